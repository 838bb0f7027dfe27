// The two pages of RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0 §2), from the engine's state to ours.

import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isFirstParty } from './clients.ts';
import type { EnginePages } from './pages.ts';
import type { PersonSession } from './person-session.ts';
import { findLoaded } from './session-adapter.ts';

function toClientId(ctx: KoaContextWithOIDC): string | null {
  const clientId = ctx.oidc.client?.clientId;
  return clientId === undefined || isFirstParty(clientId) ? null : clientId;
}

export function toShown(uid: string | undefined): Pick<PersonSession, 'uid' | 'isShared'> | undefined {
  const loaded = uid === undefined ? undefined : findLoaded(uid);
  return loaded === undefined ? undefined : { uid: loaded.uid, isShared: loaded.isShared };
}

/** The address of the page can be opened by anybody at any time; the page must not say what is not so. */
async function isStillSignedIn(ctx: KoaContextWithOIDC, clientId: string | null): Promise<boolean> {
  const { accountId, authorizations = {} } = await ctx.oidc.provider.Session.get(ctx);
  return accountId !== undefined && (clientId === null || authorizations[clientId]?.persistsLogout === true);
}

export function createLogoutPages(pages: EnginePages) {
  return {
    showSignOut: async (ctx: KoaContextWithOIDC): Promise<void> => {
      const secret = ctx.oidc.session?.state?.['secret'];
      const openClientIds = Object.keys(ctx.oidc.session?.authorizations ?? {}).filter((clientId) => !isFirstParty(clientId));
      await pages.showSignOut(ctx, {
        action: ctx.oidc.urlFor('end_session_confirm'),
        xsrf: typeof secret === 'string' ? secret : '',
        clientId: toClientId(ctx),
        openClientIds,
        session: toShown(ctx.oidc.session?.uid),
      });
    },
    showSignedOut: async (ctx: KoaContextWithOIDC): Promise<void> => {
      const clientId = toClientId(ctx);
      await pages.showSignedOut(ctx, { clientId, isStillSignedIn: await isStillSignedIn(ctx, clientId) });
    },
  };
}

/** Where another person signed in, the engine ends the session of the one before and resumes the request (its route `resume`). */
function isWayOn(ctx: KoaContextWithOIDC, next: unknown): boolean {
  const resume = ctx.oidc.urlFor('resume', { uid: '-' }).slice(0, -1);
  return typeof next === 'string' && next.startsWith(resume);
}

/** The engine says so before it answers. No evidence, which is written with the end itself: only what the next page shows (security finding M18). */
export function noteSignOuts(provider: Provider, pages: Pick<EnginePages, 'noteSignedOut'>): void {
  provider.on('end_session.success', (ctx) => {
    const { session, params } = ctx.oidc;
    if (session?.accountId !== undefined && params?.['logout'] !== undefined) {
      const isShared = toShown(session.uid)?.isShared === true;
      pages.noteSignedOut(ctx, { uid: session.uid, isShared, goesOn: isWayOn(ctx, session.state?.['postLogoutRedirectUri']) });
    }
  });
}
