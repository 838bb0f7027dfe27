// A form of another site may start a request (OIDC Core 1.0 §3.1.2.1, RP-Initiated Logout 1.0 §2), but its post carries no Lax cookie: the same request by GET does.

import type { Context } from 'koa';
import { Fault } from '../domain/kernel/errors.ts';
import { readForm } from './body.ts';
import { redirectTo } from './frame.ts';
import type { PageNeeds } from './needs.ts';

// What proxies and browsers carry without a word; the browser's cookies come on top, within the 16 KB of all headers.
const longestAddress = 8000;

export async function repeatByGet(_needs: PageNeeds, ctx: Context): Promise<void> {
  const form = await readForm(ctx);
  const address = `${ctx.path}?${new URLSearchParams([...new URLSearchParams(ctx.querystring), ...form]).toString()}`;
  if (address.length > longestAddress) {
    throw new Fault('request/address-too-long', `the request would take ${address.length} characters as an address`);
  }
  redirectTo(ctx, address);
}
