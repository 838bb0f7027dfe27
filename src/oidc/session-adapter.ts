// The engine's session, the only session of persons. Its row is known by `uid`; the cookie value rotates, is stored as a digest only,
// and an ended uid never comes back, whatever is still in flight.

import { Provider } from 'oidc-provider';
import { z } from 'zod';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Millis } from '../domain/kernel/clock.ts';
import { toDigest } from '../domain/kernel/ids.ts';
import { levelNames } from '../domain/kernel/levels.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { parsePayload } from './artefact.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import { parseUserAgent, toDeviceText } from './device.ts';
import { endSession, sealSessionEnd } from './end-session.ts';
import { findLookedAt } from './looked-at.ts';
import { openPayload, sealPayload } from './sealed-payload.ts';
import type { EngineSession, SessionRoom } from './store.ts';
import { findUnitOfWork } from './unit-of-work.ts';
import type { LoadedSession } from './unit-of-work.ts';
import { findAnsweredAt, findUsedPasskey, isStillHigh } from './used-passkey.ts';
import type { LevelNeeds } from './used-passkey.ts';

/** Of the answer to a sign-in, in the engine's interaction. */
export const sharedMember = 'on_shared_computer';

/** On a computer that others use, at most (ADR-0080). */
const sharedIdleLimitMs = 5 * 60 * 1000;
const sharedLimitMs = 60 * 60 * 1000;

const toSessionKey = (id: string): string => toDigest(`Session:${id}`);

export function toEnteredServices(payload: AdapterPayload): readonly string[] {
  return Object.keys(payload.authorizations ?? {});
}

/** What the store gives is alive by the longer limit. */
export function isAlive(session: Pick<EngineSession, 'isShared' | 'lastSeenAt'>, now: Millis): boolean {
  return !session.isShared || session.lastSeenAt >= now - sharedIdleLimitMs;
}

/** Undefined when it has ended, or its person is not active. */
export async function findAliveSession(needs: AdapterNeeds, uid: string): Promise<EngineSession | undefined> {
  const now = needs.clock.now();
  const session = await needs.store.findSessionByUid(uid, now, now - needs.sessionLimits.idleMs);
  return session !== undefined && isAlive(session, now) ? session : undefined;
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

/** A rotation arrives as "destroy the old id, save the new one": the save takes the end back. */
function takeBackEnd(uid: string): void {
  const writes = findUnitOfWork()?.writes ?? [];
  const index = writes.findIndex((entry) => entry.kind === 'end-session' && entry.uid === uid);
  if (index >= 0) {
    writes.splice(index, 1);
  }
}

/** Services that the person signed out of "only here", until a code is issued to them again: they are not entered without the person (`prompt=none`). */
function toLeft(loaded: LoadedSession | undefined, payload: AdapterPayload): readonly string[] {
  const authorizations = payload.authorizations ?? {};
  const isSamePerson = loaded?.personId === payload.accountId;
  const gone = loaded?.services.filter((clientId) => !Object.hasOwn(authorizations, clientId)) ?? [];
  const left = new Set(isSamePerson ? [...(loaded?.left ?? []), ...gone] : []);
  return [...left].filter((clientId) => authorizations[clientId]?.persistsLogout !== true);
}

const namesSchema = z.array(z.string()).catch([]);

/** For whom the session has rested too long, until the next ceremony: to ask again is no use of it. */
function toRested(loaded: LoadedSession | undefined): readonly string[] {
  return findUsedPasskey() === null ? (loaded?.rested ?? []) : [];
}

/** Shown anew after each ceremony. */
function toLooked(loaded: LoadedSession | undefined): readonly string[] {
  const shown = findLookedAt();
  if (shown !== undefined) {
    return [shown];
  }
  return findUsedPasskey() === null ? (loaded?.looked ?? []) : [];
}

type SessionFacts = Pick<EngineSession, 'startedAt' | 'device' | 'isShared' | 'passkeyId'>;

/** What the sign-in page sent with the sign-in that this request resumes. */
const isSharedChosen = (): boolean => Provider.ctx?.oidc.result?.login?.[sharedMember] === true;

/** Since when and on what, as of the sign-in; a later save of the same person changes neither. */
function toFacts(loaded: LoadedSession | undefined, personId: string | null, now: number): SessionFacts {
  if (personId === null) {
    return { startedAt: now, device: null, isShared: false, passkeyId: null };
  }
  const passkeyId = findUsedPasskey();
  if (loaded?.personId === personId) {
    const { startedAt, device } = loaded;
    return { startedAt, device, isShared: loaded.isShared || isSharedChosen(), passkeyId: passkeyId ?? loaded.passkeyId };
  }
  const device = toDeviceText(parseUserAgent(Provider.ctx?.get('user-agent') ?? ''));
  return { startedAt: now, device, isShared: isSharedChosen(), passkeyId };
}

/** An hour from the sign-in on a computer that others use, and never longer than the engine says. */
function toExpiry({ exp = 0, loginTs }: AdapterPayload, isShared: boolean, now: Millis): Millis {
  const signedInAt = loginTs === undefined ? now : loginTs * 1000;
  return isShared ? Math.min(exp * 1000, signedInAt + sharedLimitMs) : exp * 1000;
}

/** Saved with the session, which every request of the protocol saves. */
export function noteRested(loaded: LoadedSession, clientId: string): void {
  const sessions = findUnitOfWork()?.sessions ?? new Map<string, LoadedSession>();
  for (const [key, session] of sessions) {
    if (session.uid === loaded.uid) {
      sessions.set(key, { ...session, rested: [...new Set([...session.rested, clientId])] });
    }
  }
}

export function findLoaded(uid: string): LoadedSession | undefined {
  return findUnitOfWork()
    ?.sessions.values()
    .find((session) => session.uid === uid);
}

type Saved = {
  readonly id: string;
  readonly payload: AdapterPayload;
  readonly names: Readonly<Record<'left' | 'rested' | 'looked', readonly string[]>>;
};

/** A sign-out under way holds the secret of its form: it is sealed under the cookie value, as everything that opens something. */
function toStored(needs: AdapterNeeds, { id, payload, names }: Saved): string {
  const { jti: _jti, state, ...rest } = payload;
  const sealed = state === undefined ? {} : { sealedState: sealPayload(needs.random, id, JSON.stringify({ state })) };
  const named = Object.fromEntries(Object.entries(names).filter(([, services]) => services.length > 0));
  return JSON.stringify({ ...rest, ...sealed, ...named });
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

/** Asked for none but a session that says `high`: the level is what its passkey is worth now. */
async function toLevelNow(needs: LevelNeeds, { acr }: AdapterPayload, { passkeyId }: EngineSession): Promise<Pick<AdapterPayload, 'acr'>> {
  return acr !== levelNames.high || (await isStillHigh(needs, passkeyId)) ? {} : { acr: levelNames.substantial };
}

async function toFound(
  needs: LevelNeeds,
  session: EngineSession | undefined,
  lookup: { readonly key: string; readonly id: string } | undefined,
): Promise<AdapterPayload | undefined> {
  if (session === undefined) {
    return undefined;
  }
  const { sealedState, left, rested, looked, ...stored } = parsePayload(session.payload);
  const payload = { ...stored, ...(await toLevelNow(needs, stored, session)) };
  const standing = { left: namesSchema.parse(left), rested: namesSchema.parse(rested), looked: namesSchema.parse(looked) };
  const loaded = { ...session, services: toEnteredServices(payload), ...standing };
  findUnitOfWork()?.sessions.set(lookup?.key ?? session.key, loaded);
  return { ...payload, ...openState(sealedState, lookup?.id), uid: session.uid, jti: lookup?.id ?? session.key };
}

/** SE-07: more than anybody uses, and few enough to survey. */
const mostSessions = 10;

/** Since when a session must have been seen to be alive. */
function toSeenSince({ sessionLimits }: AdapterNeeds, now: Millis): Pick<SessionRoom, 'seenSince' | 'sharedSeenSince'> {
  return { seenSince: now - sessionLimits.idleMs, sharedSeenSince: now - sharedIdleLimitMs };
}

function toRoom(needs: AdapterNeeds, personId: string, now: Millis): SessionRoom {
  const seal = (): SealedEvent => sealSessionEnd(needs, personId, 'too-many-sessions');
  return { most: mostSessions, ...toSeenSince(needs, now), seal };
}

/** All of a person but one, with the sign-ins that were answered and have begun none yet. */
export async function endSignIns(needs: AdapterNeeds, personId: string, except: string): Promise<void> {
  const at = needs.clock.now();
  const seal = (): SealedEvent => sealSessionEnd(needs, personId, 'ended-on-own-page');
  await write(needs, { kind: 'end-sign-ins', personId, except, at, ...toSeenSince(needs, at), seal });
}

/** Two tabs may finish with either value. After a ceremony the one from before it is dead at once: who stole it must not stand in a fresh session. */
function findPreviousKey(loaded: LoadedSession | undefined, { key, personId }: Pick<EngineSession, 'key' | 'personId'>): string | null {
  return loaded !== undefined && loaded.key !== key && loaded.personId === personId ? loaded.key : null;
}

const described = ['key', 'payload', 'personId', 'expiresAt', 'startedAt', 'device', 'isShared', 'passkeyId'] as const;

/** Nothing about it is new but that it was seen. */
function isUnchanged(loaded: LoadedSession, session: EngineSession): boolean {
  return described.every((member) => loaded[member] === session[member]);
}

/** A second is nothing beside the shortest rest after which a session is asked for a ceremony. */
export const seenAgainMs = 1000;

/** What is saved beside it asks whether the session is alive by itself. */
async function noteSeen(needs: AdapterNeeds, { lastSeenAt, uid }: LoadedSession, at: Millis): Promise<void> {
  if (at - lastSeenAt >= seenAgainMs) {
    await write(needs, { kind: 'touch-session', uid, at, isNeeded: true });
  }
}

type Given = { readonly id: string; readonly payload: AdapterPayload; readonly loaded: LoadedSession | undefined };

function toSaved(needs: AdapterNeeds, { id, loaded, payload }: Given, now: Millis): EngineSession {
  const personId = payload.accountId ?? null;
  const facts = toFacts(loaded, personId, now);
  const names = { left: toLeft(loaded, payload), rested: toRested(loaded), looked: toLooked(loaded) };
  return {
    uid: payload.uid ?? '',
    key: toSessionKey(id),
    payload: toStored(needs, { id, payload, names }),
    personId,
    expiresAt: toExpiry(payload, facts.isShared, now),
    lastSeenAt: now,
    ...facts,
  };
}

async function saveSession(needs: AdapterNeeds, id: string, payload: AdapterPayload): Promise<void> {
  const now = needs.clock.now();
  const uid = payload.uid ?? '';
  const loaded = findLoaded(uid);
  takeBackEnd(uid);
  const session = toSaved(needs, { id, loaded, payload }, now);
  const { personId } = session;
  if (personId !== null && findUsedPasskey() !== null) {
    const signIn = { room: toRoom(needs, personId, now), answeredAt: findAnsweredAt() ?? 0 };
    await write(needs, { kind: 'save-session', session, previousKey: null, isSignIn: true, ...signIn, at: now });
  } else if (loaded !== undefined && isUnchanged(loaded, session)) {
    await noteSeen(needs, loaded, now);
    return;
  } else {
    await write(needs, { kind: 'save-session', session, previousKey: findPreviousKey(loaded, session), isSignIn: false, at: now });
  }
  await endLeftServices(needs, loaded, payload);
}

export function createSessionAdapter(needs: AdapterNeeds & LevelNeeds): Adapter {
  return {
    upsert: (id, payload) => saveSession(needs, id, payload),
    async find(id) {
      const now = needs.clock.now();
      const key = toSessionKey(id);
      const session = await needs.store.findSession(key, now, now - needs.sessionLimits.idleMs);
      return session !== undefined && isAlive(session, now) ? toFound(needs, session, { key, id }) : undefined;
    },
    async findByUid(uid) {
      return toFound(needs, await findAliveSession(needs, uid), undefined);
    },
    async destroy(id) {
      const loaded = findUnitOfWork()?.sessions.get(toSessionKey(id));
      if (loaded !== undefined) {
        await endSession(needs, loaded, 'signed-out');
      }
    },
    findByUserCode: async () => undefined,
    consume: async () => undefined,
    revokeByGrantId: async () => undefined,
  };
}
