// The body of a form, as far as forms of a service are long.

import type { Context } from 'koa';

const limitBytes = 10_000;

export async function readForm(ctx: Context): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of ctx.req.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > limitBytes) {
      ctx.throw(413);
    }
  }
  return new URLSearchParams(text);
}
