// One of the two translators of errors: an OAuth error of the engine becomes a row of our catalogue. It matches error codes, never texts.

import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { EnginePages } from './pages.ts';

const codesByError: Readonly<Record<string, ErrorCode>> = {
  invalid_client: 'service/unknown',
  unauthorized_client: 'service/unknown',
  invalid_request: 'service/refused',
  invalid_redirect_uri: 'service/return-address-unknown',
  invalid_request_uri: 'interaction/expired',
  server_error: 'internal/unexpected',
  temporarily_unavailable: 'store/unavailable',
};

/** What a service can get wrong about a sign-out: nobody was signed out, and the person has to know that. */
const refusedErrors: ReadonlySet<string> = new Set(['invalid_client', 'invalid_request']);

// Pages that a person reaches by waiting too long or going back, told by the route and not by the text of the error.
const expiringPaths = /^\/auth\/[^/]+$|^\/session\/end\/confirm$/;

const signOutPath = '/session/end';

export function toErrorCode(error: string, thrown: unknown, path: string): ErrorCode {
  if (thrown instanceof Fault) {
    return thrown.code;
  }
  if (error === 'invalid_request' && expiringPaths.test(path)) {
    return 'interaction/expired';
  }
  if (path === signOutPath && refusedErrors.has(error)) {
    return 'sign-out/refused';
  }
  return codesByError[error] ?? 'service/refused';
}

export function createErrorRenderer(pages: EnginePages) {
  return async (ctx: KoaContextWithOIDC, out: { readonly error: string }, thrown: unknown): Promise<void> => {
    await pages.showError(ctx, { code: toErrorCode(out.error, thrown, ctx.path), fault: thrown });
  };
}
