// Bodies of our own routes: read once, within a limit, as a form or as JSON and nothing else.

import type { Context } from 'koa';
import { z } from 'zod';
import { Fault } from '../domain/kernel/errors.ts';

const usualLimitBytes = 32 * 1024;

/** No body of any route is larger; what stands in front of a node lets no larger one through (deploy/nginx). */
export const largestBodyBytes = 256 * 1024;

async function readText(ctx: Context, limitBytes = usualLimitBytes): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Leaving the loop must not tear the connection down: the refusal goes over it.
  for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(z.instanceof(Uint8Array).parse(chunk));
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) {
      ctx.set('Connection', 'close');
      throw new Fault('request/too-large', `body over ${limitBytes} bytes`);
    }
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.includes('\u0000') || text.includes('%00')) {
    throw new Fault('request/invalid', 'body holds a null character');
  }
  return text;
}

/** A form as names with all their values, in order. */
export async function readForm(ctx: Context): Promise<URLSearchParams> {
  if (ctx.is('application/x-www-form-urlencoded') !== 'application/x-www-form-urlencoded') {
    throw new Fault('request/invalid', 'a form was expected');
  }
  return new URLSearchParams(await readText(ctx));
}

export async function readJson(ctx: Context, limitBytes = usualLimitBytes): Promise<unknown> {
  if (ctx.is('application/json') !== 'application/json') {
    throw new Fault('request/invalid', 'JSON was expected');
  }
  try {
    const value: unknown = JSON.parse(await readText(ctx, limitBytes));
    return value;
  } catch (cause) {
    throw cause instanceof Fault ? cause : new Fault('request/invalid', 'body is not JSON');
  }
}

/** A signed object in compact form. */
export async function readJwt(ctx: Context): Promise<string> {
  if (ctx.is('application/jwt') !== 'application/jwt') {
    throw new Fault('request/invalid', 'a JWT was expected');
  }
  return readText(ctx);
}

/** The one value of a field; a field that comes twice is refused, never first-wins or last-wins. */
export function findField(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name);
  if (values.length > 1) {
    throw new Fault('request/invalid', `field ${name} came more than once`);
  }
  return values[0];
}

/** What goes back into a field of the form, to whoever sent it: no more than a field takes. */
export function toTyped(text: string): string {
  return text.slice(0, 64);
}
