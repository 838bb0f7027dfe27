// What a stored access token says, as far as the short way goes (ADR-0112): one that came of a code in an ordinary sign-in, for UserInfo. With anything else in it, a
// token is bound, narrowed, of a refresh, or for another place.

import { z } from 'zod';
import { levelNames } from '../../domain/kernel/levels.ts';
import { parsePayload } from '../artefact.ts';
import { findGrantId } from '../grant-id.ts';
import type { GrantId } from '../grant-id.ts';
import type { RestingArtefact } from '../store.ts';
import { plainClaims } from './plain-claims.ts';

const payloadSchema = z.strictObject({
  kind: z.literal('AccessToken'),
  iat: z.number(),
  exp: z.number(),
  accountId: z.string(),
  claims: plainClaims,
  clientId: z.string(),
  extra: z.strictObject({ acr: z.literal(levelNames.substantial), auth_time: z.number(), purpose: z.string() }),
  grantId: z.string(),
  gty: z.literal('authorization_code'),
  scope: z.string(),
  sessionUid: z.string(),
  sid: z.string(),
  visit: z.string().optional(),
});

export type TokenSource = z.infer<typeof payloadSchema> & { readonly grant: GrantId };

export function findTokenSource({ isOffline, payload, personId }: RestingArtefact): TokenSource | undefined {
  const source = payloadSchema.safeParse(parsePayload(payload)).data;
  const grant = findGrantId(source?.grantId);
  return source !== undefined && grant !== undefined && !isOffline && source.accountId === personId ? { ...source, grant } : undefined;
}
