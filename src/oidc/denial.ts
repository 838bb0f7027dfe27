// A service asked for data under a record that no longer lets any leave. The store has refused the token already, whatever happens here; this only keeps that
// it was tried: once for each token and reason, so that nobody fills the log with one dead token.

import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { z } from 'zod';
import { toAsked } from '../domain/consent/asked.ts';
import type { Asked } from '../domain/consent/asked.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import type { IdleReason } from './ask-reason.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import type { ArtefactName } from './artefact.ts';
import type { Registry } from './registry.ts';
import { claimsSchema, toAttributeRequest } from './requested.ts';
import type { RestingToken } from './store.ts';
import { findUnitOfWork } from './unit-of-work.ts';

export type DenialNeeds = AdapterNeeds & {
  readonly registry: Registry;
  /** For references to tokens in the log: whoever reads it learns which entries are of one token, and nothing of the token. */
  readonly referenceKey: KeyObject;
};

export function toTokenReference({ referenceKey }: Pick<DenialNeeds, 'referenceKey'>, key: string): string {
  return createHmac('sha256', referenceKey).update(`token:${key}`).digest('base64url');
}

export type DenialReason = 'paused' | 'withdrawn' | 'revoked' | 'invalidated' | 'expired' | 'ended' | IdleReason;

const endings: ReadonlyMap<string, DenialReason> = new Map(
  (['paused', 'withdrawn', 'revoked', 'invalidated'] as const).map((state) => [state, state]),
);

/** Undefined where the record stands: then the token fell with a session, a person or a service. */
function findReason({ state, consentExpiresAt, isSameRun }: RestingToken, now: Millis): DenialReason | undefined {
  if (state !== 'given' && state !== 'notified') {
    return endings.get(state) ?? 'ended';
  }
  if (consentExpiresAt <= now) {
    return 'expired';
  }
  return isSameRun ? undefined : 'ended';
}

const doors: ReadonlyMap<string, { readonly route: string; readonly endpoint: string }> = new Map([
  ['AccessToken', { route: 'userinfo', endpoint: 'userinfo' }],
  ['RefreshToken', { route: 'token', endpoint: 'token' }],
]);

/** Where the named token asks for data at this moment; undefined where it is only looked at. */
function findEndpoint({ model }: ArtefactName): string | undefined {
  const door = doors.get(model);
  return door !== undefined && Provider.ctx?.oidc.route === door.route ? door.endpoint : undefined;
}

const payloadSchema = z.object({
  scope: z.string().optional(),
  askedScope: z.string().optional(),
  claims: claimsSchema.optional(),
});

type Denied = { readonly named: ArtefactName; readonly token: RestingToken; readonly reason: DenialReason; readonly endpoint: string };

/** What the token asks for, as a release would have had it: names alone. */
async function findAsked({ registry }: DenialNeeds, { clientId, payload, purposeId, purposeVersion }: RestingToken): Promise<Asked> {
  const { askedScope, claims, scope } = payloadSchema.parse(JSON.parse(payload));
  const registered = await registry.findService(clientId);
  const current = registered?.purposes.find(({ id }) => id === purposeId);
  const purpose = current ?? (await registry.findPurposeVersion(clientId, purposeId, purposeVersion));
  return purpose === undefined
    ? { attributes: [], overAsked: [] }
    : toAsked(purpose, { ...toAttributeRequest(scope, claims), narrowedFrom: askedScope?.split(' ') });
}

/** Commits by itself, because what the refused request collected is thrown away. */
async function record(needs: DenialNeeds, { named, token, reason, endpoint }: Denied): Promise<void> {
  const { attributes, overAsked } = await findAsked(needs, token);
  const about = {
    personRef: token.personId,
    actor: { kind: 'service', ref: token.clientId },
    service: token.clientId,
    purpose: token.purposeId,
    purposeVersion: token.purposeVersion,
    record: token.consentId,
    payload: { endpoint, record_version: token.version, token_ref: toTokenReference(needs, named.key) },
  } as const;
  const names = attributes.map(({ name }) => name);
  const denied = sealEvent(needs, { ...about, type: 'data.denied', attributes: names, reason });
  const beyond = sealEvent(needs, { ...about, type: 'data.over_ask', attributes: overAsked, reason: 'beyond-purpose' });
  const events = overAsked.length === 0 ? [denied] : [denied, beyond];
  const once = { kind: 'save-replay', key: `denied:${reason}:${named.key}`, expiresAt: token.expiresAt } as const;
  await needs.store.commit([once, ...events.map((event) => ({ kind: 'append-event', event }) as const)], needs.clock.now());
}

/** For a token that the store did not give: keeps why, where it fell with its record. */
export async function recordEndedToken(needs: DenialNeeds, named: ArtefactName): Promise<void> {
  const endpoint = findEndpoint(named);
  const token = endpoint === undefined ? undefined : await needs.store.findRestingToken(named.model, named.key, needs.clock.now());
  const reason = token && findReason(token, needs.clock.now());
  const unit = findUnitOfWork();
  if (unit !== undefined && token !== undefined) {
    unit.refused.clientId = token.clientId;
  }
  if (endpoint !== undefined && token !== undefined && reason !== undefined) {
    await record(needs, { named, token, reason, endpoint });
  }
}

/** For a token that stands on a record under which nothing leaves any more. */
export async function recordIdleToken(needs: DenialNeeds, named: ArtefactName, reason: IdleReason): Promise<void> {
  const endpoint = findEndpoint(named);
  const token = endpoint === undefined ? undefined : await needs.store.findRestingToken(named.model, named.key, needs.clock.now());
  if (endpoint !== undefined && token !== undefined) {
    await record(needs, { named, token, reason, endpoint });
  }
}
