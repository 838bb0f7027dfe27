// Codes, tokens, interactions and pushed requests in our store. Every write waits for the request's one commit; every read asks the store whether what the token rests on still stands.

import { Provider, errors } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '../domain/kernel/clock.ts';
import type { Random } from '../domain/kernel/ids.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import { toArtefact, toKey, toPayload } from './artefact.ts';
import { findGrantId } from './grant-id.ts';
import { isFirstParty } from './clients.ts';
import type { ArtefactModel, EngineStore, EngineWrite } from './store.ts';
import { findUnitOfWork } from './unit-of-work.ts';

export type AdapterNeeds = { readonly store: EngineStore; readonly clock: Clock; readonly random: Random };

/** Collects the write, or commits it at once where there is no request. */
export async function write(needs: AdapterNeeds, entry: EngineWrite): Promise<void> {
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

async function enterService(needs: AdapterNeeds, payload: AdapterPayload): Promise<void> {
  const clientId = payload.clientId ?? null;
  if (clientId === null || isFirstParty(clientId)) {
    return;
  }
  const event = sealEvent(needs, {
    type: 'service.entered',
    personRef: payload.accountId ?? null,
    actor: { kind: 'person', ref: null },
    actedBy: 'self',
    service: clientId,
    purpose: null,
    purposeVersion: null,
    record: findGrantId(payload.grantId)?.consentId ?? null,
    attributes: [],
    reason: null,
    payload: { acr: payload.acr ?? null, amr: payload.amr ?? [], auth_time: payload.authTime ?? null },
  });
  await write(needs, { kind: 'append-event', event });
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

async function endTokens(needs: AdapterNeeds, grantId: string): Promise<void> {
  const grant = findGrantId(grantId);
  const unit = findUnitOfWork();
  const isKnown = unit?.writes.some((entry) => entry.kind === 'end-tokens' && entry.clientId === grant?.clientId && entry.sessionUid === grant.sessionUid) ?? false;
  if (grant !== undefined && !isKnown) {
    await write(needs, { kind: 'end-tokens', sessionUid: grant.sessionUid, clientId: grant.clientId, at: needs.clock.now(), includesOffline: true });
  }
}

export function createArtefactAdapter(needs: AdapterNeeds, model: ArtefactModel): Adapter {
  const keyOf = (id: string): string => toKey({ model, id });
  const notFound = async (): Promise<undefined> => undefined;
  return {
    async upsert(id, payload) {
      const locales = carryLocales(model, payload);
      const kept = { ...payload, ...(locales === undefined ? {} : { claimsLocales: locales }) };
      await write(needs, { kind: 'save-artefact', artefact: toArtefact({ model, id }, kept, { random: needs.random, now: needs.clock.now() }) });
      findUnitOfWork()?.overlay.set(keyOf(id), payload);
      if (model === 'AuthorizationCode') {
        await enterService(needs, payload);
      }
    },
    async find(id) {
      const written = findUnitOfWork()?.overlay.get(keyOf(id));
      if (written !== undefined) {
        return written ?? undefined;
      }
      const artefact = await needs.store.findArtefact(model, keyOf(id), needs.clock.now());
      if (artefact === undefined) {
        return undefined;
      }
      const payload = toPayload({ model, id }, artefact);
      const locales: unknown = Reflect.get(payload, 'claimsLocales');
      if (typeof locales === 'string') {
        findUnitOfWork()?.locales.set(payload.grantId ?? '', locales);
      }
      return payload;
    },
    findByUid: notFound,
    findByUserCode: notFound,
    async consume(id) {
      await write(needs, { kind: 'consume', model, key: keyOf(id), at: needs.clock.now() });
    },
    async destroy(id) {
      await write(needs, { kind: 'destroy', key: keyOf(id) });
      findUnitOfWork()?.overlay.set(keyOf(id), null);
    },
    async revokeByGrantId(grantId) {
      await endTokens(needs, grantId);
    },
  };
}
