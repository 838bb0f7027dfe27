// Whether this node can do its work now. A probe may come often and from many places: the database is asked at most once a second.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Sleep } from '../domain/ledger/sleep.ts';

export type ReadinessNeeds = {
  /** Never goes back. */
  readonly steady: Clock;
  readonly sleep: Sleep;
  readonly isDraining: () => boolean;
  /** Throws where the database cannot be written. */
  readonly probeWrite: () => Promise<void>;
  readonly hasMigrations: () => Promise<boolean>;
  /** How far the clock of this node is from that of the database, which all nodes share; 0 where it has none of its own. */
  readonly findSkew: () => Promise<Millis>;
  /** Once each time that the clock is found to be too far away, for the operator’s log. */
  readonly tellSkew: (skew: Millis) => void;
  /** By the steady clock: what was committed before has its number. */
  readonly caughtUpAt: () => Millis;
  /** By the steady clock: when the outbox was last looked into. */
  readonly outboxLookedAt: () => Millis;
};

/** Names that a probe may see, and nothing about the inside. */
export type Readiness = {
  readonly accepting: boolean;
  readonly database: boolean;
  readonly migrations: boolean;
  /** Two nodes that are further apart would believe what the other has ended, or refuse what it has just begun (FT-11). */
  readonly clock: boolean;
  readonly sequencer: boolean;
  readonly outbox: boolean;
};

const keptMs = 1000;

/** Numbering takes less than a second, and so does a look into the outbox; a node that is so far behind keeps its promises to nobody. */
const longestWaitMs = 10_000;

const mostSkewMs = 10_000;

/** All its questions together: whom a database keeps waiting for longer serves nobody, and a balancer does not wait either. */
const longestAskMs = 2000;

type Stored = Pick<Readiness, 'database' | 'migrations' | 'clock'>;

type ClockWatch = (skew: Millis) => boolean;

function watchClock({ tellSkew }: Pick<ReadinessNeeds, 'tellSkew'>): ClockWatch {
  let wasNear = true;
  return (skew) => {
    const isNear = skew <= mostSkewMs;
    if (wasNear && !isNear) {
      tellSkew(skew);
    }
    wasNear = isNear;
    return isNear;
  };
}

// The reason is in the log of whoever needed the database; a probe learns only that it fails.
const away: Stored = { database: false, migrations: false, clock: false };

async function askDatabase(needs: ReadinessNeeds, isNear: ClockWatch): Promise<Stored> {
  const begunAt = needs.steady.now();
  try {
    await needs.probeWrite();
    const stored = { database: true, migrations: await needs.hasMigrations(), clock: isNear(await needs.findSkew()) };
    return needs.steady.now() - begunAt > longestAskMs ? away : stored;
  } catch {
    return away;
  }
}

/** One question at a time, however long it takes; nobody waits longer than the limit for its answer. */
function createAsking(needs: ReadinessNeeds): () => Promise<Stored> {
  const isNear = watchClock(needs);
  let asking: Promise<Stored> | undefined;
  const begin = async (): Promise<Stored> => {
    try {
      return await askDatabase(needs, isNear);
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    asking ??= begin();
    const ended = new AbortController();
    const late = needs.sleep(longestAskMs, ended.signal).then(() => away);
    return Promise.race([asking.finally(() => ended.abort()), late]);
  };
}

export function createReadiness(needs: ReadinessNeeds): () => Promise<Readiness> {
  let known: { readonly at: Millis; readonly stored: Promise<Stored> } | undefined;
  const ask = createAsking(needs);
  return async () => {
    const now = needs.steady.now();
    if (known === undefined || now - known.at >= keptMs) {
      known = { at: now, stored: ask() };
    }
    const stored = await known.stored;
    const isFresh = (at: Millis): boolean => needs.steady.now() - at < longestWaitMs;
    return { accepting: !needs.isDraining(), ...stored, sequencer: isFresh(needs.caughtUpAt()), outbox: isFresh(needs.outboxLookedAt()) };
  };
}
