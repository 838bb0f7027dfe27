// One request, one durable commit: what the engine saves while it answers is collected here and committed, conditions included, before the answer leaves.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '../domain/kernel/clock.ts';
import type { ArtefactName } from './artefact.ts';
import type { CommitFailure, EngineSession, EngineStore, EngineWrite } from './store.ts';

/** A session with the services that it had entered when it was loaded, and those that its person signed out of since. */
/**
 * `left`: services signed out of by themselves; `rested`: services that asked for a fresh ceremony since the last one; `looked`: open recoveries that the person has
 * been shown since then.
 */
export type LoadedSession = EngineSession & {
  readonly services: readonly string[];
  readonly left: readonly string[];
  readonly rested: readonly string[];
  readonly looked: readonly string[];
};

export type UnitOfWork = {
  readonly writes: EngineWrite[];
  /** What this request wrote under a key, so that it reads its own writes; null means destroyed. */
  readonly overlay: Map<string, AdapterPayload | null>;
  /** Sessions as they were loaded, by key. */
  readonly sessions: Map<string, LoadedSession>;
  /** Artefacts as they were read, by key. */
  readonly reads: Map<string, AdapterPayload>;
  /** Codes and tokens that were read, by grant id. */
  readonly tokens: Map<string, readonly ArtefactName[]>;
  /** Keys of the refresh tokens that this request was made with, by grant id. */
  readonly sources: Map<string, string>;
  /** Preferred languages of claims (`claims_locales`), by grant id: they travel from the code to its tokens. */
  readonly locales: Map<string, string>;
  /** Scope that a refreshed token was narrowed from, by grant id. */
  readonly askedScopes: Map<string, string>;
  /** Passkeys behind codes and tokens that say `high`, by grant id. */
  readonly passkeys: Map<string, string>;
  /** The sign-in that this request belongs to, for its trace; undefined where none was read or begun, null where it is not followed. */
  readonly visit: { id: string | null | undefined; readonly begin: () => string };
  /** Whose the token is that was refused because what it rests on has ended, and whether something came that may come only once. */
  readonly refused: { clientId: string | undefined; isReplay: boolean };
  /** Done once all of it is written, and not where it is not. MUST fail nothing. */
  readonly afterwards: (() => void)[];
};

const current = new AsyncLocalStorage<UnitOfWork>();

function createUnitOfWork(begin: WorkNeeds['beginVisit']): UnitOfWork {
  return {
    writes: [],
    overlay: new Map(),
    sessions: new Map(),
    reads: new Map(),
    tokens: new Map(),
    sources: new Map(),
    locales: new Map(),
    askedScopes: new Map(),
    passkeys: new Map(),
    visit: { id: undefined, begin },
    refused: { clientId: undefined, isReplay: false },
    afterwards: [],
  };
}

export function findUnitOfWork(): UnitOfWork | undefined {
  return current.getStore();
}

/** Looks each key up once per request, and every time outside of one. Nothing is kept longer than the request. */
export function rememberPerRequest<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const caches = new WeakMap<UnitOfWork, Map<string, Promise<T>>>();
  return (key) => {
    const unit = current.getStore();
    if (unit === undefined) {
      return load(key);
    }
    const cache = caches.get(unit) ?? new Map<string, Promise<T>>();
    caches.set(unit, cache);
    const known = cache.get(key) ?? load(key);
    cache.set(key, known);
    return known;
  };
}

export type WorkNeeds = {
  readonly store: EngineStore;
  readonly clock: Clock;
  /** A name for a new sign-in. */
  readonly beginVisit: () => string;
};

/** What a lost race for a code or refresh token ends: everything of that session and service, the winner's tokens too (RFC 9700 §4.14.2, RFC 6749 §4.1.2). */
function toFamilyEnds(writes: readonly EngineWrite[], at: number): readonly EngineWrite[] {
  return writes.flatMap((entry): readonly EngineWrite[] => {
    const artefact = entry.kind === 'save-artefact' ? entry.artefact : undefined;
    return artefact?.sessionUid && artefact.clientId
      ? [{ kind: 'end-tokens', sessionUid: artefact.sessionUid, clientId: artefact.clientId, at, includesOffline: true }]
      : [];
  });
}

/**
 * Runs `work`, then commits what it collected. Nothing is written when `isDiscarded` says so (a failed answer).
 * Yields the reason when a condition failed at commit; the caller MUST then replace the answer.
 */
export async function runUnitOfWork(
  needs: WorkNeeds,
  work: () => Promise<void>,
  isDiscarded: () => boolean,
): Promise<CommitFailure | undefined> {
  const unit = createUnitOfWork(needs.beginVisit);
  await current.run(unit, work);
  if (unit.writes.length === 0 || isDiscarded()) {
    return undefined;
  }
  const now = needs.clock.now();
  const result = await needs.store.commit(unit.writes, now);
  if (result.ok) {
    unit.afterwards.forEach((act) => act());
    return undefined;
  }
  const ends = result.failure === 'already-consumed' ? toFamilyEnds(unit.writes, now) : [];
  if (ends.length > 0) {
    await needs.store.commit(ends, now);
  }
  return result.failure;
}
