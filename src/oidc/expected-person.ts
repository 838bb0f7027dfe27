// Whom a service names in its request, by the subject that it knows: `id_token_hint` (OIDC Core 1.0 §3.1.2.1) or `sub` as a claim of the ID token (§5.5.1).
// The engine holds a hint against the session that it finds and forgets it once somebody has signed in, so whoever signs in is ours to check (ADR-0047).

import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { RequestParams } from './requested.ts';

const claimsSchema = z.object({ id_token: z.object({ sub: z.object({ value: z.string() }) }) });

function findHinted(hint: unknown): readonly string[] {
  // The engine has checked signature, issuer and audience before the request was kept. An expired hint is as good as any.
  const subject = typeof hint === 'string' ? decodeJwt(hint).sub : undefined;
  return subject === undefined ? [] : [subject];
}

function findClaimed(claims: unknown): readonly string[] {
  const parsed = typeof claims === 'string' ? claimsSchema.safeParse(JSON.parse(claims)).data : undefined;
  return parsed === undefined ? [] : [parsed.id_token.sub.value];
}

/** Empty where the request is for whoever comes. One that names two different people is for nobody. */
export function findExpectedSubjects(params: RequestParams): readonly string[] {
  return [...findHinted(params['id_token_hint']), ...findClaimed(params['claims'])];
}
