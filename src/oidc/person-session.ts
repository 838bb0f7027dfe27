// The engine's session as our own pages see it: who is signed in, since when, and how. There is no other session of a person.

import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { accountClientId } from './clients.ts';

export type PersonSession = {
  readonly uid: string;
  readonly personId: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Seconds since the epoch. */
  readonly authTime: number;
  /** Whether the person came to their own page through an authorization request of this session. */
  readonly hasOpenedAccount: boolean;
};

export type Sessions = {
  /** Undefined when nobody is signed in, or no longer. */
  readonly findSession: (ctx: Context) => Promise<PersonSession | undefined>;
  /** Ends the session for every service; the cookie is cleared. */
  readonly endSession: (ctx: Context) => Promise<void>;
};

export function createSessions(provider: Provider): Sessions {
  return {
    findSession: async (ctx) => {
      const session = await provider.Session.get(ctx);
      if (session.accountId === undefined) {
        return undefined;
      }
      return {
        uid: session.uid,
        personId: session.accountId,
        acr: session.acr ?? '',
        amr: session.amr ?? [],
        authTime: session.authTime() ?? 0,
        hasOpenedAccount: session.authorizations?.[accountClientId]?.persistsLogout === true,
      };
    },
    endSession: async (ctx) => {
      const session = await provider.Session.get(ctx);
      await session.destroy();
      const name = provider.cookieName('session');
      for (const cookie of [name, `${name}.sig`]) {
        ctx.cookies.set(cookie, null, { signed: false, path: '/', httpOnly: true, sameSite: 'lax', secure: ctx.secure });
      }
    },
  };
}
