// Answers UserInfo for the access token of an ordinary sign-in, the short way (ADR-0112; OIDC Core 1.0 §5.3). What leaves is said in release.ts, as on the long way, and
// is sent only once its entry is written. Undefined, with nothing done, where anything is otherwise, also where something is wrong: the engine refuses, and says why.

import { toAsked } from '../../domain/consent/asked.ts';
import type { Json } from '../../domain/kernel/canonical.ts';
import { toArtefactName } from '../artefact.ts';
import { toReleased } from '../release.ts';
import type { Release, ReleaseNeeds } from '../release.ts';
import type { Releasable } from '../store.ts';
import type { RememberedNeeds } from './answer-request.ts';
import { findCovered } from './covered.ts';
import { findPlainClient } from './plain-client.ts';
import type { PlainClient } from './plain-client.ts';
import { findTokenSource } from './token-source.ts';
import type { TokenSource } from './token-source.ts';

export type UserInfoNeeds = RememberedNeeds & ReleaseNeeds;

export type UserInfoAnswer = {
  readonly body: Readonly<Record<string, Json>>;
  readonly clientId: string;
  readonly visit: string | undefined;
};

async function findClient({ findService }: Pick<UserInfoNeeds, 'findService'>, clientId: string): Promise<PlainClient | undefined> {
  const registered = await findService(clientId);
  return registered && findPlainClient(registered);
}

async function findRelease(
  { clock, findService }: UserInfoNeeds,
  { consent, person, token }: Releasable,
  source: TokenSource,
): Promise<Release | undefined> {
  const { clientId } = source;
  const client = await findClient({ findService }, clientId);
  const scopes = source.scope.split(' ');
  const isOwn =
    token.clientId === clientId && source.grant.clientId === clientId && source.grant.consentId === consent.id && scopes.includes('openid');
  if (!isOwn || client?.isPlainUserInfo !== true) {
    return undefined;
  }
  const now = findCovered(client, { consent, kind: person.kind, personId: token.personId }, clock.now());
  return (
    now && {
      consent,
      now,
      asked: toAsked(now.purpose, { scopes, claims: [] }),
      wanted: {},
      verified: undefined,
      locales: [],
      tokenKey: token.key,
    }
  );
}

export async function answerUserInfo(needs: UserInfoNeeds, accessToken: string): Promise<UserInfoAnswer | undefined> {
  const at = needs.clock.now();
  const found = await needs.store.findReleasable(toArtefactName('AccessToken', accessToken).key, at);
  const source = found && findTokenSource(found.token);
  const release = found && source && (await findRelease(needs, found, source));
  if (found === undefined || source === undefined || release === undefined) {
    return undefined;
  }
  const { claims, writes } = await toReleased(needs, release, found.person);
  const committed = await needs.store.commit(writes, at);
  return committed.ok ? { body: { sub: found.subject, ...claims }, clientId: release.consent.clientId, visit: source.visit } : undefined;
}
