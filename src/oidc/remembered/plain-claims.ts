// The claims that the engine keeps of an ordinary request, beside what the service asked (OIDC Core 1.0 §5.5): that the ID token names the session, and, as registered,
// the time of the sign-in.

import { z } from 'zod';

const named = { sid: z.null() };
const dated = { auth_time: z.strictObject({ essential: z.literal(true) }), ...named };

/** Nothing else was asked. */
export const plainClaims = z.union([
  z.strictObject({ id_token: z.strictObject(dated) }),
  z.strictObject({ id_token: z.strictObject(named) }),
]);

type PlainClaims = z.infer<typeof plainClaims>;

/** A fresh one each time, because what is made of it may be written to. */
export function toPlainClaims(needsAuthTime: boolean): PlainClaims {
  return needsAuthTime ? { id_token: { auth_time: { essential: true }, sid: null } } : { id_token: { sid: null } };
}
