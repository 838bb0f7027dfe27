// The text that somebody was shown, by its digest: whoever holds a record can read it and hash it. It holds nothing of a person, and is found by nobody who
// does not know the digest already.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import type { WebNeeds } from '../needs.ts';

const digestForm = /^[\w-]{43}$/;

export async function serveNotice(needs: WebNeeds, ctx: Context, digest: string): Promise<void> {
  const notice = digestForm.test(digest) ? await needs.consents.findNotice(digest) : undefined;
  if (notice === undefined) {
    throw new Fault('request/not-found', 'no text of this digest');
  }
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Content-Language', notice.language);
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
  ctx.body = notice.text;
}
