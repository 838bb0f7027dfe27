// The short number of a request: on the error page, and in the log beside the cause. Letters and digits that are not confused on the telephone.

import type { Context } from 'koa';
import type { Random } from '../domain/kernel/ids.ts';

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const references = new WeakMap<object, string>();

export function createReference(random: Random): string {
  const letters = [...random.bytes(8)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The same for the whole of a request. */
export function getReference(ctx: Pick<Context, 'req'>, random: Random): string {
  const known = references.get(ctx.req);
  if (known !== undefined) {
    return known;
  }
  const reference = createReference(random);
  references.set(ctx.req, reference);
  return reference;
}
