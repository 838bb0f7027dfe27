// The engine's session, the only session of persons. Its row is known by `uid`; the cookie value rotates, is stored as a digest only,
// and an ended uid never comes back, whatever is still in flight.

import type { Adapter, AdapterPayload } from 'oidc-provider';
import { toDigest } from '../domain/kernel/ids.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import { parsePayload } from './artefact.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import { openPayload, sealPayload } from './sealed-payload.ts';
import type { EngineSession } from './store.ts';
import { findUnitOfWork } from './unit-of-work.ts';
import type { LoadedSession } from './unit-of-work.ts';

export const idleLimitMs = 30 * 60 * 1000;
export const absoluteLimitSeconds = 12 * 60 * 60;

const toSessionKey = (id: string): string => toDigest(`Session:${id}`);

function toEnteredServices(payload: AdapterPayload): readonly string[] {
  return Object.keys(payload.authorizations ?? {});
}

/** Services that the person signed out of "only here": their tokens end, the session goes on. */
async function endLeftServices(needs: AdapterNeeds, loaded: LoadedSession | undefined, payload: AdapterPayload): Promise<void> {
  const kept = payload.authorizations ?? {};
  for (const clientId of loaded?.services ?? []) {
    if (Object.hasOwn(kept, clientId)) {
      continue;
    }
    await write(needs, { kind: 'end-tokens', sessionUid: loaded?.uid ?? '', clientId, at: needs.clock.now(), includesOffline: false });
  }
}

/** However a person signs out, of everything, the end and its entry are one act. */
async function endSession(needs: AdapterNeeds, session: EngineSession): Promise<void> {
  await write(needs, { kind: 'end-session', uid: session.uid, at: needs.clock.now() });
  if (session.personId !== null) {
    const event = sealEvent(needs, {
      type: 'session.ended',
      personRef: session.personId,
      actor: { kind: 'person', ref: null },
      reason: 'signed-out',
      payload: { reach: 'everywhere' },
    });
    await write(needs, { kind: 'append-event', event });
  }
}

/** A rotation arrives as "destroy the old id, save the new one": the save takes the end back. */
function takeBackEnd(uid: string): void {
  const writes = findUnitOfWork()?.writes ?? [];
  const index = writes.findIndex((entry) => entry.kind === 'end-session' && entry.uid === uid);
  const next = writes[index + 1];
  const isTold = next?.kind === 'append-event' && next.event.type === 'session.ended';
  if (index >= 0) {
    writes.splice(index, isTold ? 2 : 1);
  }
}

function findLoaded(uid: string): LoadedSession | undefined {
  return findUnitOfWork()
    ?.sessions.values()
    .find((session) => session.uid === uid);
}

/** A sign-out under way holds the secret of its form: it is sealed under the cookie value, as everything that opens something. */
function toStored(needs: AdapterNeeds, id: string, payload: AdapterPayload): string {
  const { jti: _jti, state, ...rest } = payload;
  const sealed = state === undefined ? {} : { sealedState: sealPayload(needs.random, id, JSON.stringify({ state })) };
  return JSON.stringify({ ...rest, ...sealed });
}

/** The cookie value before a rotation finds the session but opens nothing: that sign-out starts anew. */
function openState(sealed: unknown, id: string | undefined): Pick<AdapterPayload, 'state'> {
  if (typeof sealed !== 'string' || id === undefined) {
    return {};
  }
  try {
    const { state } = parsePayload(openPayload(id, sealed));
    return state === undefined ? {} : { state };
  } catch {
    return {};
  }
}

function toFound(
  session: EngineSession | undefined,
  lookup: { readonly key: string; readonly id: string } | undefined,
): AdapterPayload | undefined {
  if (session === undefined) {
    return undefined;
  }
  const { sealedState, ...payload } = parsePayload(session.payload);
  findUnitOfWork()?.sessions.set(lookup?.key ?? session.key, { ...session, services: toEnteredServices(payload) });
  return { ...payload, ...openState(sealedState, lookup?.id), uid: session.uid, jti: lookup?.id ?? session.key };
}

export function createSessionAdapter(needs: AdapterNeeds): Adapter {
  return {
    async upsert(id, payload) {
      const now = needs.clock.now();
      const uid = payload.uid ?? '';
      const personId = payload.accountId ?? null;
      const loaded = findLoaded(uid);
      const key = toSessionKey(id);
      takeBackEnd(uid);
      // After a sign-in the value from before it is dead at once; otherwise two tabs may finish with either value.
      const previousKey = loaded !== undefined && loaded.key !== key && loaded.personId === personId ? loaded.key : null;
      const session = { uid, key, payload: toStored(needs, id, payload), personId, expiresAt: (payload.exp ?? 0) * 1000, lastSeenAt: now };
      await write(needs, { kind: 'save-session', session, previousKey, at: now });
      await endLeftServices(needs, loaded, payload);
    },
    async find(id) {
      const now = needs.clock.now();
      const key = toSessionKey(id);
      return toFound(await needs.store.findSession(key, now, now - idleLimitMs), { key, id });
    },
    async findByUid(uid) {
      const now = needs.clock.now();
      return toFound(await needs.store.findSessionByUid(uid, now, now - idleLimitMs), undefined);
    },
    async destroy(id) {
      const loaded = findUnitOfWork()?.sessions.get(toSessionKey(id));
      if (loaded !== undefined) {
        await endSession(needs, loaded);
      }
    },
    findByUserCode: async () => undefined,
    consume: async () => undefined,
    revokeByGrantId: async () => undefined,
  };
}
