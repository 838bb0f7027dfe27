// What a stored code says, as far as the short way goes (ADR-0112). With anything else in it, a code is more than that of an ordinary sign-in.

import { z } from 'zod';
import { levelNames } from '../../domain/kernel/levels.ts';
import { parsePayload } from '../artefact.ts';
import { findGrantId } from '../grant-id.ts';
import type { GrantId } from '../grant-id.ts';
import type { RestingArtefact } from '../store.ts';
import { plainClaims } from './plain-claims.ts';

const payloadSchema = z.strictObject({
  kind: z.literal('AuthorizationCode'),
  iat: z.number(),
  exp: z.number(),
  accountId: z.string(),
  // A higher level is asked for anew each time, of the passkey behind it.
  acr: z.literal(levelNames.substantial),
  amr: z.array(z.string()),
  authTime: z.number(),
  claims: plainClaims,
  clientId: z.string(),
  codeChallenge: z.string().optional(),
  codeChallengeMethod: z.literal('S256').optional(),
  grantId: z.string(),
  nonce: z.string().optional(),
  redirectUri: z.string(),
  scope: z.string(),
  sessionUid: z.string(),
  sid: z.string(),
  visit: z.string().optional(),
});

export type CodeSource = z.infer<typeof payloadSchema> & { readonly grant: GrantId };

/** Undefined for a code that asks for more, or was begun at another level. */
export function findCodeSource({ isOffline, payload, personId }: RestingArtefact): CodeSource | undefined {
  const source = payloadSchema.safeParse(parsePayload(payload)).data;
  const grant = findGrantId(source?.grantId);
  return source !== undefined && grant !== undefined && !isOffline && source.accountId === personId ? { ...source, grant } : undefined;
}
