// Answers the request of an ordinary remembered sign-in with a code, the short way (ADR-0112): whoever is signed in, was at this service before, and decided about all
// that it asks. What is written is what the engine would have written, and its commit asks for everything anew. Undefined, with nothing done, where anything is otherwise.

import { createToken, createUuid, toDigest } from '../../domain/kernel/ids.ts';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { findPurpose } from '../../domain/agencies/agency.ts';
import type { Purpose } from '../../domain/agencies/agency.ts';
import { toAskReason } from '../../domain/consent/needs-asking.ts';
import { toAsked } from '../../domain/consent/asked.ts';
import { toArtefact, toArtefactName } from '../artefact.ts';
import type { AdapterNeeds } from '../artefact-adapter.ts';
import { toGrantId } from '../grant-id.ts';
import { lifetimes } from '../lifetimes.ts';
import { personScopes } from '../scopes.ts';
import { isAlive, seenAgainMs } from '../session-adapter.ts';
import type { EngineWrite, Remembered } from '../store.ts';
import { toPlainClaims } from './plain-claims.ts';
import { findPlainClient } from './plain-client.ts';
import type { PlainClient } from './plain-client.ts';
import type { PlainRequest } from './plain-request.ts';
import { findSessionMark } from './session-mark.ts';
import type { SessionMark } from './session-mark.ts';

export type RememberedNeeds = AdapterNeeds & {
  readonly issuer: string;
  readonly findService: (clientId: string) => Promise<RegisteredService | undefined>;
};

export type RememberedAnswer = {
  /** With the code; to be sent there. */
  readonly location: string;
  readonly clientId: string;
  /** The sign-in, for its trace. */
  readonly visit: string;
};

/** What the engine's own checks would say yes to. */
function isAllowed(client: PlainClient, { challenge, redirectUri, scopes }: PlainRequest): boolean {
  const isComplete = challenge !== undefined || !client.needsPkce;
  return isComplete && client.redirectUris.has(redirectUri) && [...scopes].every((scope) => client.scopes.has(scope));
}

type Standing = { readonly client: PlainClient; readonly purpose: Purpose; readonly request: PlainRequest; readonly found: Remembered };

/** Nobody has to be asked or shown anything. */
function isSettled({ client, purpose, request, found }: Standing, now: number): boolean {
  const { consent, hasOpenRecovery, kind, session } = found;
  const isRested = now - session.lastSeenAt > client.idleLimit;
  if (hasOpenRecovery || isRested || !isAlive(session, now) || consent.purposeVersion !== purpose.version) {
    return false;
  }
  const asked = toAsked(purpose, { scopes: [...request.scopes], claims: [] });
  const { service } = client.registered;
  return toAskReason(consent, { purpose, agreed: purpose, kind, request: asked, service }, now) === undefined;
}

type Coming = Standing & { readonly mark: SessionMark };

/** OAuth 2.0 and RFC 9207; the claims are those that the engine keeps of such a request. */
function toCodePayload({ client, request, found, mark }: Coming, now: number) {
  const iat = Math.floor(now / 1000);
  return {
    iat,
    exp: iat + lifetimes.AuthorizationCode,
    kind: 'AuthorizationCode',
    accountId: mark.personId,
    acr: mark.acr,
    amr: [...mark.amr],
    authTime: mark.authTime,
    claims: toPlainClaims(client.needsAuthTime),
    clientId: client.clientId,
    codeChallenge: request.challenge,
    ...(request.challenge === undefined ? {} : { codeChallengeMethod: 'S256' as const }),
    grantId: mark.grantId,
    nonce: request.nonce,
    redirectUri: request.redirectUri,
    scope: personScopes.filter((scope) => request.scopes.has(scope)).join(' '),
    sessionUid: found.session.uid,
    sid: mark.sid,
  };
}

function toLocation({ issuer }: RememberedNeeds, { redirectUri, state }: PlainRequest, code: string): string {
  const url = new URL(redirectUri);
  url.searchParams.set('code', code);
  if (state !== undefined) {
    url.searchParams.set('state', state);
  }
  url.searchParams.set('iss', issuer);
  return url.href;
}

async function giveCode(needs: RememberedNeeds, coming: Coming, now: number): Promise<RememberedAnswer | undefined> {
  const { client, found, request } = coming;
  const [code, visit] = [createToken(needs.random), createUuid(needs.random, now)];
  const name = toArtefactName('AuthorizationCode', code);
  const artefact = toArtefact(name, { ...toCodePayload(coming, now), visit }, { random: needs.random, now });
  const { lastSeenAt, uid } = found.session;
  const writes: readonly EngineWrite[] = [
    { kind: 'save-artefact', artefact },
    ...(now - lastSeenAt >= seenAgainMs ? [{ kind: 'touch-session', uid, at: now, isNeeded: true } as const] : []),
  ];
  const committed = await needs.store.commit(writes, now);
  return committed.ok ? { location: toLocation(needs, request, code), clientId: client.clientId, visit } : undefined;
}

type Asking = Omit<Standing, 'found'>;

async function findStanding({ findService }: RememberedNeeds, request: PlainRequest): Promise<Asking | undefined> {
  const registered = await findService(request.clientId);
  const client = registered && findPlainClient(registered);
  const purpose = registered && findPurpose(registered, request.purposeId);
  return client !== undefined && purpose !== undefined && isAllowed(client, request) ? { client, purpose, request } : undefined;
}

/** `sessionId`: of a cookie whose signature was right. */
export async function answerRemembered(
  needs: RememberedNeeds,
  request: PlainRequest,
  sessionId: string,
): Promise<RememberedAnswer | undefined> {
  const standing = await findStanding(needs, request);
  if (standing === undefined) {
    return undefined;
  }
  const now = needs.clock.now();
  const { client, purpose } = standing;
  const found = await needs.store.findRemembered({
    key: toDigest(`Session:${sessionId}`),
    clientId: client.clientId,
    purposeId: purpose.id,
    now,
    idleSince: now - needs.sessionLimits.idleMs,
  });
  const mark = found && findSessionMark(found.session, client.clientId);
  if (found === undefined || mark === undefined || !isSettled({ ...standing, found }, now)) {
    return undefined;
  }
  const grantId = toGrantId({ consentId: found.consent.id, sessionUid: found.session.uid, clientId: client.clientId });
  return mark.grantId === grantId ? giveCode(needs, { ...standing, found, mark }, now) : undefined;
}
