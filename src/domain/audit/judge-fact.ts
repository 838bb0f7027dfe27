// What a fact shows beside what came before it in the log: how long it took, and what is wrong with it. Pure: whoever calls finds what came before.

import { isEventType } from '../ledger/event.ts';
import type { Millis } from '../kernel/clock.ts';
import { levels } from '../kernel/levels.ts';
import type { Fact, Flaw, Mark } from './facts.ts';

/** Decisions after which data may leave, and those after which they may not. Others leave it as it was. */
export const standingTypes = ['consent.given', 'consent.notified', 'consent.renewed', 'consent.resumed'] as const;
export const endingTypes = ['consent.withdrawn', 'consent.revoked', 'consent.invalidated', 'consent.expired', 'consent.paused'] as const;
/** Changes that an agency owes an answer to. */
export const owedTypes = ['consent.withdrawn', 'consent.narrowed', 'consent.revoked', 'consent.invalidated', 'erasure.requested'] as const;

/** A request older than this is not what a decision answers. */
export const requestLifeMs = 3_600_000;
/** About a thousand words a minute: nobody reads faster. */
export const readingCharactersPerSecond = 100;
/** Nobody sees a notice and finds the button in less, however short it is. */
export const seeingMs = 1000;

export type DecisionBefore = { readonly type: string; readonly at: Millis; readonly until: Millis | null };

/** What came before an entry, as far as it has to do with it. Absent: there was none, or it does not matter for this type. */
export type Before = {
  /** Of the same person, service and purpose. */
  readonly requestedAt?: Millis;
  /** When the same person decided before, whatever it was about. */
  readonly decidedAt?: Millis;
  /** Characters of the notice that the decision names. */
  readonly noticeLength?: number;
  /** The last decision on the same record that changed whether it stands. */
  readonly decision?: DecisionBefore;
  /** Attributes of the last decision on the record that names any. */
  readonly granted?: readonly string[];
  /** Attributes of this version of the purpose; absent where nobody registered it. */
  readonly registered?: readonly string[];
  /** The level that the service demanded at that time. */
  readonly minimumLevel?: string;
  /** Of an answer: the newest change of the same record that it is owed to, or what opened the same case. */
  readonly since?: Millis;
  readonly isDeceased?: boolean;
  /** The newest moment among the thousand or so entries before it. */
  readonly newestAt?: Millis;
  /** Another sign-in before it holds the same ceremony of a passkey. */
  readonly isCeremonyKnown?: boolean;
};

/** Clocks of nodes that are set by one source differ by far less. */
export const clockToleranceMs = 300_000;

/** Choices of a person at a page. */
export const chosenTypes = ['consent.given', 'consent.renewed', 'consent.refused'] as const;
export const burstMs = 60_000;

/** Types that what came before is looked for by. */
export const judgedTypes: readonly string[] = [
  ...standingTypes,
  ...endingTypes,
  ...owedTypes,
  ...chosenTypes,
  'consent.requested',
  'complaint.opened',
  'unmask.requested',
];

const has = (list: readonly string[], type: string): boolean => list.includes(type);

export const isDecided = ({ type }: Pick<Fact, 'type'>): boolean =>
  has(['consent.given', 'consent.notified', 'consent.refused', 'consent.deferred', 'consent.renewed', 'consent.narrowed'], type);

export const isChosen = ({ type }: Pick<Fact, 'type'>): boolean => has(chosenTypes, type);

const openings: Readonly<Record<string, string>> = {
  'complaint.closed': 'complaint.opened',
  'unmask.approved': 'unmask.requested',
  'unmask.denied': 'unmask.requested',
  'unmask.used': 'unmask.requested',
  'unmask.expired': 'unmask.requested',
};

/** It ends, or goes on with, what was opened under the same number of a case. */
export const isOfCase = ({ type }: Pick<Fact, 'type'>): boolean => Object.hasOwn(openings, type);
export const openingTypeOf = ({ type }: Pick<Fact, 'type'>): string => openings[type] ?? type;

export const isAnswer = ({ type }: Pick<Fact, 'type'>): boolean => type.startsWith('rp.') || type.startsWith('set.');

export const termsOf = (fact: Fact, kind: Mark['kind']): readonly string[] =>
  fact.marks.filter((mark) => mark.kind === kind).map(({ term }) => term);

function findEnd(before: DecisionBefore | undefined, at: Millis): { readonly flaw: Flaw; readonly since: Millis | null } | undefined {
  if (before === undefined) {
    return { flaw: 'no-record', since: null };
  }
  if (has(endingTypes, before.type)) {
    const ways: Readonly<Record<string, Flaw>> = { 'consent.paused': 'paused', 'consent.expired': 'after-expiry' };
    return { flaw: ways[before.type] ?? 'after-withdrawal', since: before.at };
  }
  return before.until !== null && before.until <= at ? { flaw: 'after-expiry', since: before.until } : undefined;
}

function judgeRelease(fact: Fact, before: Before): readonly Flaw[] {
  const released = termsOf(fact, 'attribute');
  const end = findEnd(before.decision, fact.at);
  const { granted, registered } = before;
  return [
    ...(end === undefined ? [] : [end.flaw]),
    ...(registered === undefined || released.some((name) => !registered.includes(name)) ? (['beyond-purpose'] as const) : []),
    ...(granted !== undefined && released.some((name) => !granted.includes(name)) ? (['beyond-consent'] as const) : []),
  ];
}

const toRank = (level: string | undefined): number => levels.findIndex((each) => each === level);

function isBelowLevel(fact: Fact, { minimumLevel }: Before): boolean {
  return minimumLevel !== undefined && toRank(termsOf(fact, 'level')[0]) < toRank(minimumLevel);
}

function findSince(fact: Fact, before: Before): Millis | null {
  if (isDecided(fact)) {
    return before.requestedAt ?? null;
  }
  if (before.since !== undefined) {
    return before.since;
  }
  return fact.type === 'data.released' ? (findEnd(before.decision, fact.at)?.since ?? null) : null;
}

export function findElapsed(fact: Fact, before: Before): Millis | null {
  const since = findSince(fact, before);
  return since === null ? null : fact.at - since;
}

function isHasty(fact: Fact, before: Before): boolean {
  const elapsed = findElapsed(fact, before);
  const isAgreement = has(['consent.given', 'consent.renewed', 'consent.notified'], fact.type);
  const readingMs = Math.max(seeingMs, ((before.noticeLength ?? 0) * 1000) / readingCharactersPerSecond);
  return isAgreement && elapsed !== null && elapsed < readingMs;
}

/** Acts of a person, or of a service for one. What officers and the registry do about a dead person is their work. */
const ownActs: readonly string[] = ['session.started', 'service.entered', 'data.released', 'consent.given', 'consent.renewed'];

type Judged = readonly [flaw: Flaw, isWrong: boolean];

function judgeAct(fact: Fact, before: Before): readonly Judged[] {
  return [
    ['below-level', fact.type === 'service.entered' && isBelowLevel(fact, before)],
    ['hasty', isHasty(fact, before)],
    ['twice-in-a-minute', isChosen(fact) && Math.abs(fact.at - (before.decidedAt ?? -Infinity)) < burstMs],
    ['after-death', before.isDeceased === true && has(ownActs, fact.type)],
  ];
}

/** Of the entry as it stands in the log, whatever was done. */
function judgeEntry(fact: Fact, { isCeremonyKnown, newestAt = fact.at }: Before): readonly Judged[] {
  return [
    ['clock-back', fact.at < newestAt - clockToleranceMs],
    ['repeated-ceremony', isCeremonyKnown === true],
    ['unreadable', !isEventType(fact.type)],
  ];
}

export function findFlaws(fact: Fact, before: Before): readonly Flaw[] {
  const release = fact.type === 'data.released' ? judgeRelease(fact, before) : [];
  const judged = [...judgeAct(fact, before), ...judgeEntry(fact, before)];
  return [...release, ...judged.filter(([, isWrong]) => isWrong).map(([flaw]) => flaw)];
}
