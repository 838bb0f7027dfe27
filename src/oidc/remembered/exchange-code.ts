// Exchanges the code of an ordinary sign-in for its tokens, the short way (ADR-0112; RFC 6749 §4.1.3, RFC 7636 §4.6). What is written is what the engine would have
// written, and its commit asks for everything anew: that the code is used once, and that session, person, service and record stand. Undefined, with nothing done, where
// anything is otherwise, also where something is wrong: the engine refuses, and says why.

import { createToken, toDigest } from '../../domain/kernel/ids.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { createServiceSession } from '../../domain/logout/service-session.ts';
import { toArtefact, toArtefactName } from '../artefact.ts';
import { toEnteringDraft } from '../artefact-adapter.ts';
import { isSameText } from '../client-secret.ts';
import { lifetimes } from '../lifetimes.ts';
import type { EngineWrite, Exchange } from '../store.ts';
import type { RememberedNeeds } from './answer-request.ts';
import { findCodeSource } from './code-source.ts';
import type { CodeSource } from './code-source.ts';
import type { createIdTokenSigner } from './id-token.ts';
import { findCovered } from './covered.ts';
import { isProof, toReplay } from './plain-assertion.ts';
import { findPlainClient } from './plain-client.ts';
import type { PlainClient, PlainExchange } from './plain-client.ts';
import type { PlainCredentials, PlainExchangeRequest } from './plain-request.ts';

export type ExchangeNeeds = RememberedNeeds & { readonly idTokens: ReturnType<typeof createIdTokenSigner> };

/** RFC 6749 §5.1, OIDC Core 1.0 §3.1.3.3. */
export type TokenAnswer = {
  readonly access_token: string;
  readonly expires_in: number;
  readonly id_token: string;
  readonly scope: string;
  readonly token_type: 'Bearer';
};

export type ExchangeAnswer = { readonly body: TokenAnswer; readonly clientId: string; readonly visit: string | undefined };

type Proven = {
  readonly client: PlainClient;
  readonly exchange: PlainExchange;
  /** What must be written so that it proves nothing a second time. */
  readonly spent: readonly EngineWrite[];
};

type Naming = { readonly clientId: string; readonly issuer: string; readonly now: number };

/** Undefined where nothing is proven. */
function findSpent({ keys, secretDigest }: PlainExchange, given: PlainCredentials, naming: Naming): readonly EngineWrite[] | undefined {
  if (given.kind === 'assertion') {
    return isProof(given.assertion, { ...naming, keys }) ? [toReplay(given.assertion)] : undefined;
  }
  return secretDigest !== undefined && isSameText(toDigest(given.secret), secretDigest) ? [] : undefined;
}

async function findProven(
  { clock, findService, idTokens, issuer }: ExchangeNeeds,
  credentials: PlainCredentials,
): Promise<Proven | undefined> {
  const { clientId } = credentials;
  const registered = await findService(clientId);
  const client = registered && findPlainClient(registered);
  const exchange = client?.exchange;
  if (client === undefined || exchange === undefined || !idTokens.has(exchange.alg)) {
    return undefined;
  }
  const spent = findSpent(exchange, credentials, { clientId, issuer, now: clock.now() });
  return spent && { client, exchange, spent };
}

function isBegunBy({ codeChallenge: challenge, redirectUri }: CodeSource, asked: PlainExchangeRequest): boolean {
  const given = asked.verifier === undefined ? undefined : toDigest(asked.verifier);
  const isBeginner = challenge === undefined || given === undefined ? challenge === given : isSameText(given, challenge);
  return isBeginner && redirectUri === asked.redirectUri;
}

type Coming = Proven & { readonly found: Exchange; readonly source: CodeSource };

function toTokenPayload({ client, found, source }: Coming, iat: number) {
  const { acr, authTime, claims, grant, grantId, scope, sid, visit } = source;
  return {
    iat,
    exp: iat + lifetimes.AccessToken,
    kind: 'AccessToken',
    gty: 'authorization_code',
    grantId,
    sessionUid: grant.sessionUid,
    accountId: found.consent.personId,
    claims,
    // As of every token: what a resource server may learn of it.
    extra: { acr, auth_time: authTime, purpose: found.consent.purposeId },
    scope,
    sid,
    clientId: client.clientId,
    visit,
  };
}

function toWrites(
  needs: ExchangeNeeds,
  coming: Coming,
  { token, now }: { readonly token: string; readonly now: number },
): readonly EngineWrite[] {
  const { client, found, source, spent } = coming;
  const { code, consent } = found;
  const name = toArtefactName('AccessToken', token);
  const payload = toTokenPayload(coming, Math.floor(now / 1000));
  const entering = { personRef: consent.personId, service: client.clientId, record: consent.id };
  const entered = { sessionUid: source.grant.sessionUid, personId: consent.personId, clientId: client.clientId, sid: source.sid };
  return [
    ...spent,
    { kind: 'consume', model: 'AuthorizationCode', key: code.key, at: now },
    { kind: 'save-artefact', artefact: toArtefact(name, payload, { random: needs.random, now }) },
    { kind: 'append-event', event: sealEvent(needs, toEnteringDraft(entering, { acr: source.acr, amr: [...source.amr] })) },
    { kind: 'enter-service', entered: createServiceSession(needs, entered) },
  ];
}

async function giveTokens(needs: ExchangeNeeds, coming: Coming, now: number): Promise<ExchangeAnswer | undefined> {
  const { client, exchange, found, source } = coming;
  const token = createToken(needs.random);
  const told = { clientId: client.clientId, subject: found.subject, source, iat: Math.floor(now / 1000) };
  const idToken = await needs.idTokens.sign(exchange.alg, told);
  const committed = await needs.store.commit(toWrites(needs, coming, { token, now }), now);
  if (!committed.ok) {
    return undefined;
  }
  const body = {
    access_token: token,
    expires_in: lifetimes.AccessToken,
    id_token: idToken,
    scope: source.scope,
    token_type: 'Bearer',
  } as const;
  return { body, clientId: client.clientId, visit: source.visit };
}

/** Whether the code is this service's, was asked for by whoever exchanges it, and rests on a record that covers what is asked now. */
function isRight({ client, found, source }: Coming, asked: PlainExchangeRequest, now: number): boolean {
  const { code, consent } = found;
  const isOwn = source.grant.clientId === client.clientId && code.clientId === client.clientId && source.grant.consentId === consent.id;
  return isOwn && isBegunBy(source, asked) && findCovered(client, { ...found, personId: code.personId }, now) !== undefined;
}

export async function exchangeCode(needs: ExchangeNeeds, asked: PlainExchangeRequest): Promise<ExchangeAnswer | undefined> {
  const proven = await findProven(needs, asked.credentials);
  if (proven === undefined) {
    return undefined;
  }
  const now = needs.clock.now();
  const found = await needs.store.findExchange(toArtefactName('AuthorizationCode', asked.code).key, now);
  const source = found && findCodeSource(found.code);
  if (found === undefined || source === undefined) {
    return undefined;
  }
  const coming = { ...proven, found, source };
  return isRight(coming, asked, now) ? giveTokens(needs, coming, now) : undefined;
}
