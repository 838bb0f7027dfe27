// A state-changing request must come from our own pages. The browser says so itself; where it does not, its Origin must be ours.

import type { Context } from 'koa';
import { Fault } from '../domain/kernel/errors.ts';

export function assertSameSite(ctx: Context, origin: string): void {
  const site = ctx.get('sec-fetch-site');
  if (site !== '') {
    if (site !== 'same-origin' && site !== 'none') {
      throw new Fault('request/cross-site', `sec-fetch-site ${site === 'same-site' ? 'same-site' : 'cross-site'}`);
    }
    return;
  }
  // A browser that says nothing of the site hides its origin too, because our pages send no referrer; the form's token then decides alone.
  const given = ctx.get('origin');
  if (given !== '' && given !== 'null' && given !== origin) {
    throw new Fault('request/cross-site', 'origin is not ours');
  }
}
