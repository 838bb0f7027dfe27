// A service may show an ID token at sign-out that was signed by a key of ours which is gone. It was right once and proves nothing any more: the person is asked, as
// when no hint was given (OpenID Connect RP-Initiated Logout 1.0 §2). What was never ours, or names a key of today and does not fit, stays an error.

import { decodeProtectedHeader } from 'jose';
import type { Context, Next } from 'koa';

const endSession = '/session/end';

function findKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    return undefined;
  }
}

export function forgetOldHint(goneKids: readonly string[]) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const { id_token_hint: hint, ...others } = ctx.query;
    const kid = ctx.path === endSession && typeof hint === 'string' ? findKid(hint) : undefined;
    if (kid !== undefined && goneKids.includes(kid)) {
      ctx.query = others;
    }
    await next();
  };
}
