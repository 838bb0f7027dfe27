// Codes, tokens, interactions and pushed requests in our store. Every write waits for the request's one commit; every read asks the store whether what the token rests on still stands.

import { Provider, errors } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { SessionLimits } from '../config/config.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { toDigest } from '../domain/kernel/ids.ts';
import type { Random } from '../domain/kernel/ids.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import type { EventDraft } from '../domain/ledger/event.ts';
import { createServiceSession } from '../domain/logout/service-session.ts';
import { toArtefact, toArtefactName, toPayload } from './artefact.ts';
import type { ArtefactName } from './artefact.ts';
import { findGrantId } from './grant-id.ts';
import { toDemandedAcr } from './level-ask.ts';
import { assertProgramScope, toProgramDraft, toResource } from './program-token.ts';
import type { ArtefactModel, EngineStore, EngineWrite } from './store.ts';
import { findUnitOfWork } from './unit-of-work.ts';
import { carryPasskey, passkeyMember, toTrueLevel } from './used-passkey.ts';
import type { LevelNeeds } from './used-passkey.ts';
import { carryVisit, noteVisit } from './traced/visit.ts';

export type AdapterNeeds = {
  readonly store: EngineStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly sessionLimits: SessionLimits;
};

/** Collects the write, or commits it at once where there is no request. */
export async function write(needs: Pick<AdapterNeeds, 'store' | 'clock'>, entry: EngineWrite): Promise<void> {
  const unit = findUnitOfWork();
  if (unit !== undefined) {
    unit.writes.push(entry);
    return;
  }
  const result = await needs.store.commit([entry], needs.clock.now());
  if (!result.ok) {
    throw new errors.InvalidGrant(result.failure);
  }
}

type Entering = { readonly personRef: string | null; readonly service: string | null; readonly record: string };

/** What the first token of a sign-in proves: that a person went on to a service. */
export function toEnteringDraft(entering: Entering, payload: EventDraft['payload']): EventDraft {
  return { ...entering, type: 'service.entered', actor: { kind: 'person', ref: null }, payload: payload ?? {} };
}

/** What a token proves: that a person went on to a service, or that the service came back without them. */
function toTokenDraft(payload: AdapterPayload, consentId: string): EventDraft {
  const code = Provider.ctx?.oidc.entities.AuthorizationCode;
  const shared = { personRef: payload.accountId ?? null, service: payload.clientId ?? null, record: consentId };
  if (code === undefined) {
    return { ...shared, type: 'token.refreshed', actor: { kind: 'service', ref: shared.service }, payload: toResource(payload) };
  }
  return toEnteringDraft(shared, { acr: code.acr ?? null, amr: code.amr ?? [], ...toResource(payload) });
}

/** Where the service holds a session of its own from now on. Its ID token carries the name, or none was given and one is made here. A refresh begins none. */
async function recordEntering(needs: AdapterNeeds, payload: AdapterPayload): Promise<void> {
  const { accountId: personId, clientId } = payload;
  const sessionUid = findGrantId(payload.grantId)?.sessionUid;
  const isEntering = Provider.ctx?.oidc.entities.AuthorizationCode !== undefined;
  if (isEntering && personId && clientId && sessionUid) {
    const sid = payload.sid ?? toDigest(`sid:${sessionUid}:${clientId}`);
    await write(needs, { kind: 'enter-service', entered: createServiceSession(needs, { sessionUid, personId, clientId, sid }) });
  }
}

/** No token without its entry, a refreshed one included: where the ledger cannot be written, none leaves (decision 5). */
async function recordToken(needs: AdapterNeeds, payload: AdapterPayload): Promise<void> {
  const consentId = findGrantId(payload.grantId)?.consentId;
  if (consentId) {
    await write(needs, { kind: 'append-event', event: sealEvent(needs, toTokenDraft(payload, consentId)) });
    await recordEntering(needs, payload);
  }
}

/** `claims_locales` of the request travels with the code to its tokens. */
function carryLocales(model: ArtefactModel, payload: AdapterPayload): string | undefined {
  const grantId = payload.grantId ?? '';
  if (model === 'AuthorizationCode') {
    const asked = Provider.ctx?.oidc.params?.['claims_locales'];
    return typeof asked === 'string' ? asked : undefined;
  }
  return findUnitOfWork()?.locales.get(grantId);
}

/** A token made by a refresh may be for fewer scopes than the person was asked with; what was asked travels along. */
function carryAskedScope(model: ArtefactModel): string | undefined {
  return model === 'AccessToken' ? Provider.ctx?.oidc.entities.RefreshToken?.scope : undefined;
}

async function endTokens(needs: AdapterNeeds, grantId: string): Promise<void> {
  const grant = findGrantId(grantId);
  const unit = findUnitOfWork();
  const isKnown =
    unit?.writes.some(
      (entry) => entry.kind === 'end-tokens' && entry.clientId === grant?.clientId && entry.sessionUid === grant.sessionUid,
    ) ?? false;
  if (grant !== undefined && !isKnown) {
    await write(needs, {
      kind: 'end-tokens',
      sessionUid: grant.sessionUid,
      clientId: grant.clientId,
      at: needs.clock.now(),
      includesOffline: true,
    });
  }
}

async function recordIssue(needs: AdapterNeeds, model: ArtefactModel, payload: AdapterPayload): Promise<void> {
  if (model === 'AccessToken') {
    await recordToken(needs, payload);
  } else if (model === 'ClientCredentials') {
    await write(needs, { kind: 'append-event', event: sealEvent(needs, toProgramDraft(payload, 'token.issued')) });
  }
}

function toShown({ model }: ArtefactName, payload: AdapterPayload): AdapterPayload {
  return model === 'AuthorizationCode' ? { ...payload, acr: toDemandedAcr(Provider.ctx?.oidc.params ?? {}, payload.acr) } : payload;
}

async function saveArtefact(needs: AdapterNeeds, named: ArtefactName, given: AdapterPayload): Promise<void> {
  const payload = toShown(named, given);
  if (named.model === 'ClientCredentials') {
    assertProgramScope(payload);
  }
  const carried = {
    claimsLocales: carryLocales(named.model, payload),
    askedScope: carryAskedScope(named.model),
    visit: carryVisit(named.model),
    [passkeyMember]: carryPasskey(named.model, payload),
  };
  const kept = { ...payload, ...carried };
  await write(needs, { kind: 'save-artefact', artefact: toArtefact(named, kept, { random: needs.random, now: needs.clock.now() }) });
  const unit = findUnitOfWork();
  unit?.overlay.set(named.key, payload);
  const source = unit?.sources.get(payload.grantId ?? '');
  if (source !== undefined && named.model === 'AccessToken') {
    await write(needs, { kind: 'require-artefact', key: source });
  }
  await recordIssue(needs, named.model, payload);
}

function remember(
  known: Map<string, string>,
  payload: AdapterPayload,
  member: 'claimsLocales' | 'askedScope' | typeof passkeyMember,
): void {
  const carried: unknown = Reflect.get(payload, member);
  if (typeof carried === 'string') {
    known.set(payload.grantId ?? '', carried);
  }
}

/** What later writes of this request need to know of what it read. */
function noteRead(named: ArtefactName, payload: AdapterPayload): void {
  const unit = findUnitOfWork();
  if (unit === undefined) {
    return;
  }
  const { grantId = '' } = payload;
  unit.reads.set(named.key, payload);
  noteVisit(named.model, payload);
  unit.tokens.set(grantId, [...(unit.tokens.get(grantId) ?? []), named]);
  if (named.model === 'RefreshToken') {
    unit.sources.set(grantId, named.key);
  }
  remember(unit.locales, payload, 'claimsLocales');
  remember(unit.askedScopes, payload, 'askedScope');
  remember(unit.passkeys, payload, passkeyMember);
}

export type ArtefactNeeds = AdapterNeeds & LevelNeeds;

/** Hears of a token that was asked for and does not stand. */
export type OnEnded = (named: ArtefactName) => Promise<void>;

async function findPayload(needs: ArtefactNeeds, named: ArtefactName, onEnded: OnEnded): Promise<AdapterPayload | undefined> {
  const written = findUnitOfWork()?.overlay.get(named.key);
  if (written !== undefined) {
    return written ?? undefined;
  }
  const artefact = await needs.store.findArtefact(named.model, named.key, needs.clock.now());
  if (artefact === undefined) {
    await onEnded(named);
    return undefined;
  }
  const payload = await toTrueLevel(needs, named.model, toPayload(named, artefact));
  noteRead(named, payload);
  return payload;
}

function toRevocationDraft(model: ArtefactModel, payload: AdapterPayload): EventDraft | undefined {
  if (model === 'ClientCredentials') {
    return toProgramDraft(payload, 'token.revoked');
  }
  const { clientId: service = null, accountId: personRef = null } = payload;
  const record = findGrantId(payload.grantId)?.consentId;
  return record ? { type: 'token.revoked', personRef, actor: { kind: 'service', ref: service }, service, record } : undefined;
}

/** A token that its service gives back (RFC 7009) leaves an entry; an interaction that was answered is no token. */
async function recordRevocation(needs: AdapterNeeds, model: ArtefactModel, payload: AdapterPayload): Promise<void> {
  const draft = toRevocationDraft(model, payload);
  if (draft !== undefined) {
    await write(needs, { kind: 'append-event', event: sealEvent(needs, draft) });
  }
}

async function destroyArtefact(needs: AdapterNeeds, named: ArtefactName): Promise<void> {
  const unit = findUnitOfWork();
  // An interaction is answered by one request: of two that come back from its page at once, one brings a code. A token may be given back twice.
  await write(needs, { kind: 'destroy', key: named.key, isOnce: named.model === 'Interaction' });
  unit?.overlay.set(named.key, null);
  const payload = unit?.reads.get(named.key);
  if (payload !== undefined) {
    await recordRevocation(needs, named.model, payload);
  }
}

export function createArtefactAdapter(needs: ArtefactNeeds, model: ArtefactModel, onEnded: OnEnded): Adapter {
  const notFound = async (): Promise<undefined> => undefined;
  return {
    upsert: (id, payload) => saveArtefact(needs, toArtefactName(model, id), payload),
    find: (id) => findPayload(needs, toArtefactName(model, id), onEnded),
    findByUid: notFound,
    findByUserCode: notFound,
    consume: (id) => write(needs, { kind: 'consume', model, key: toArtefactName(model, id).key, at: needs.clock.now() }),
    destroy: (id) => destroyArtefact(needs, toArtefactName(model, id)),
    revokeByGrantId: (grantId) => endTokens(needs, grantId),
  };
}
