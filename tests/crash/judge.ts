// What must hold after a crash (I0 to I9), said about what was seen and nothing else: no network, no database, nothing of the server's code.

import type { Fate } from './citizen.ts';
import { countLines } from './history.ts';
import type { Line } from './history.ts';
import type { Delivery } from './receiver.ts';
import type { StoreFaults } from './rows.ts';

export const invariants = {
  I0: 'it starts again, fails closed while a fault lasts, and goes on when it is over',
  I1: 'every acknowledged decision is there, in order, and proven by its receipt; none is there that nobody asked for',
  I2: 'no consent without its entry, no entry without its consent',
  I3: 'at most one set of tokens for each code and each refresh token',
  I4: 'what must not open anything opens nothing, and what was handed out works',
  I5: 'each checkpoint seen earlier is a beginning of the log',
  I6: 'no session is alive after an acknowledged sign-out',
  I7: 'exactly one active key for each use',
  I8: 'each message arrives, and is one and the same however often it arrives',
  I9: 'the database is whole',
} as const;

export type Invariant = keyof typeof invariants;
export type Violation = { readonly invariant: Invariant; readonly detail: string };

/** What the receipts say that are new since the last look, of one person and one service, in the order of their versions. */
export type RecordSeen = {
  readonly who: string;
  readonly about: string;
  readonly changes: readonly string[];
  readonly hasGap: boolean;
  /** Receipts that the offline verifier does not accept. */
  readonly unproven: readonly string[];
};

export type Tried = { readonly who: string; readonly what: string; readonly fate: Fate; readonly works: boolean };

/** Entries that are new since the last look. */
export type EntriesSeen = {
  readonly who: string;
  readonly about: string;
  readonly act: 'exchange' | 'refresh' | 'release';
  readonly count: number;
};

export type Evidence = {
  readonly lines: readonly Line[];
  readonly records: readonly RecordSeen[];
  readonly entries: readonly EntriesSeen[];
  readonly tokens: readonly Tried[];
  readonly passkeys: readonly Tried[];
  readonly sessions: readonly Tried[];
  readonly store: StoreFaults;
  /** What does not fit in the published log. */
  readonly log: readonly string[];
  readonly deliveries: readonly Delivery[];
  /** What the process did that it must not do. */
  readonly process: readonly string[];
};

const decisions = ['given', 'withdrawn', 'narrowed', 'paused', 'resumed'];

/** What is agreed to again beside what stands is a renewal. */
const isSame = (expected: string, seen: string | undefined): boolean => expected === seen || (expected === 'given' && seen === 'renewed');

/** The acknowledged ones all, in their order; one that was not answered may be among them or not. */
export function isExplained(lines: readonly Pick<Line, 'act' | 'outcome'>[], seen: readonly string[]): boolean {
  const [line, ...rest] = lines;
  if (line === undefined) {
    return seen.length === 0;
  }
  const isDone = isSame(line.act, seen[0]) && isExplained(rest, seen.slice(1));
  if (line.outcome === 'ok') {
    return isDone;
  }
  return isExplained(rest, seen) || (line.outcome === 'unknown' && isDone);
}

function judgeRecord(lines: readonly Line[], { who, about, changes, hasGap, unproven }: RecordSeen): readonly string[] {
  const asked = lines.filter((line) => line.who === who && line.about === about && decisions.includes(line.act));
  const told = asked.map(({ act, outcome }) => `${act} ${outcome}`).join(', ');
  return [
    ...(isExplained(asked, changes) ? [] : [`${who} at ${about} was told (${told}) and has (${changes.join(', ')})`]),
    ...(hasGap ? [`${who} at ${about} has a gap between the versions of a record`] : []),
    ...unproven.map((why) => `${who} at ${about} has a receipt that is not proven: ${why}`),
  ];
}

/** `resolved`: what was not answered was not done, because trying it again succeeded. */
function judgeEntries(lines: readonly Line[], { who, about, act, count }: EntriesSeen): readonly string[] {
  const done = countLines(lines, { who, about, act, outcome: 'ok' });
  const resolved = act === 'exchange' ? countLines(lines, { who, about, act: 'resolved' }) : 0;
  const most = done + countLines(lines, { who, about, act, outcome: 'unknown' }) - resolved;
  return count < done || count > most
    ? [`${who} at ${about}: ${act} acknowledged ${done} times, at most ${most} times done, and entered ${count} times`]
    : [];
}

function judgeTried({ who, what, fate, works }: Tried): readonly string[] {
  if (fate === 'dead' && works) {
    return [`${who}: ${what} still works`];
  }
  return fate === 'live' && !works ? [`${who}: ${what} does not work any more`] : [];
}

/** One message for one session of one service: another id would be another message. */
export function findRepeated(deliveries: readonly Delivery[]): readonly string[] {
  const ids = new Map<string, Set<string>>();
  for (const { service, sid, jti } of deliveries) {
    const key = `${service} ${sid}`;
    ids.set(key, (ids.get(key) ?? new Set()).add(jti));
  }
  return [...ids].filter(([, known]) => known.size > 1).map(([key, known]) => `${known.size} messages for ${key}`);
}

/** Sign-outs that were acknowledged and of which a service heard nothing. */
export function findUnheard(expected: readonly string[], deliveries: readonly Delivery[]): readonly Violation[] {
  const heard = new Set(deliveries.map(({ sid }) => sid));
  const unheard = expected.filter((sid) => !heard.has(sid));
  return unheard.map((sid) => ({ invariant: 'I8', detail: `nobody was told that the session ${sid} ended` }));
}

export function judge(evidence: Evidence): readonly Violation[] {
  const { lines, store } = evidence;
  const found: Readonly<Record<Invariant, readonly string[]>> = {
    I0: evidence.process,
    I1: evidence.records.flatMap((seen) => judgeRecord(lines, seen)),
    I2: store.consents,
    I3: [
      ...evidence.entries.flatMap((seen) => judgeEntries(lines, seen)),
      ...lines
        .filter(({ act }) => act === 'served-twice')
        .map(({ who, about }) => `${who} at ${about}: one code brought two sets of tokens`),
    ],
    I4: [...evidence.tokens, ...evidence.passkeys].flatMap(judgeTried),
    I5: evidence.log,
    I6: evidence.sessions.flatMap(judgeTried),
    I7: store.keys,
    I8: findRepeated(evidence.deliveries),
    I9: store.integrity,
  };
  return Object.entries(found).flatMap(([invariant, details]) =>
    details.map((detail) => ({ invariant: isInvariant(invariant) ? invariant : 'I0', detail })),
  );
}

export const isInvariant = (text: string): text is Invariant => text in invariants;
