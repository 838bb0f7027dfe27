// A list of elements under `verified_claims` on its way through the engine, which lets a member of `claims` pass only where it is null or an object: between
// the request and UserInfo the list stands in one.

import type { KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { verifiedClaims } from '../domain/verified/ask-verified.ts';

const member = 'elements';
const wrapped = z.strictObject({ [member]: z.array(z.unknown()) });

/** As it was sent. */
export function unwrapElements(given: unknown): unknown {
  return wrapped.safeParse(given).data?.[member] ?? given;
}

/** Before the claims of a request go into its code. */
export function wrapElements({ oidc: { claims } }: KoaContextWithOIDC): void {
  const given: unknown = claims.userinfo?.[verifiedClaims];
  if (Array.isArray(given)) {
    claims.userinfo = { ...claims.userinfo, [verifiedClaims]: { [member]: given } };
  }
}
