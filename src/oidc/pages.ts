// The pages that the engine shows by itself, as needs: web/ renders them, the engine only says when.

import type { KoaContextWithOIDC } from 'oidc-provider';
import type { PersonSession } from './person-session.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';

export type EnginePages = {
  /** `fault` is for the log under the same reference. */
  readonly showError: (ctx: KoaContextWithOIDC, shown: { readonly code: ErrorCode; readonly fault: unknown }) => Promise<void>;
  readonly showSignOut: (
    ctx: KoaContextWithOIDC,
    choice: {
      readonly action: string;
      readonly xsrf: string;
      readonly clientId: string | null;
      readonly openClientIds: readonly string[];
      readonly session: Pick<PersonSession, 'uid' | 'isShared'> | undefined;
    },
  ) => Promise<void>;
  /**
   * Leaves the browser of a session that has just ended what it needs to be shown how the services were told, or nothing at all where others use it. `goesOn`:
   * another person signed in and is on the way to a service, and must see nothing of the one before.
   */
  readonly noteSignedOut: (
    ctx: KoaContextWithOIDC,
    session: Pick<PersonSession, 'uid' | 'isShared'> & { readonly goesOn: boolean },
  ) => void;
  /** `isStillSignedIn`: what the address says has happened has not, or not any more. */
  readonly showSignedOut: (
    ctx: KoaContextWithOIDC,
    reach: { readonly clientId: string | null; readonly isStillSignedIn: boolean },
  ) => Promise<void>;
};
