// Holds the facts that questions are answered from against the log: each is worked out again from its entry and from what stood before it. The log proves itself; this
// proves that nobody changed what auditors are shown of it. Reads only; tells names of members, never a value. Whoever changes what is judged MUST empty the facts by a
// migration, or those of yesterday differ from those of today.

import type { Fact, Flaw } from './facts.ts';
import { isDecided, isOfCase } from './judge-fact.ts';

/** What each difference means; the command line prints it. */
export const factFaultCatalogue = {
  'fact-missing': 'An entry has no fact, so that no question finds it.',
  'fact-differs': 'A fact differs from what its entry says.',
  'fact-unfounded': 'A fact stands where the log has no entry.',
  'flaw-differs': 'What the log shows to be wrong with an entry is hidden, or made up.',
  'mark-missing': 'An entry cannot be found by something that it says.',
  'marks-differ': 'There are marks that no entry says.',
  'days-differ': 'The counts of a day differ from its entries.',
} as const;

export type FactFaultCode = keyof typeof factFaultCatalogue;

export type FactFault = {
  readonly code: FactFaultCode;
  /** Null where it concerns no single entry. */
  readonly index: number | null;
  /** Names of columns or kinds of marks, or a day. */
  readonly detail: string;
};

/** One walk over the log, from its first entry on. */
export type FactComparison = {
  /** The next entries; undefined after the last that has a fact. */
  readonly next: () => Promise<{ readonly size: number; readonly faults: readonly FactFault[] } | undefined>;
  /** What concerns no single entry. Undefined while facts are added: then it is asked again after further entries. */
  readonly settle: () => Promise<readonly FactFault[] | undefined>;
};

export type FactChecks = { readonly beginComparison: () => FactComparison };

export type FactsReport = {
  readonly compared: number;
  /** In the order of the log, so that the first is the first difference. */
  readonly faults: readonly FactFault[];
  /** True when there were more faults than are listed. */
  readonly isCut: boolean;
  /** False where facts were added without a pause, so that the counts of days could not be compared. */
  readonly isSettled: boolean;
};

export type VerifyFactsNeeds = {
  readonly facts: FactChecks;
  readonly total: number;
  readonly progress?: (done: number, total: number) => void;
};

const listLimit = 1000;
const tries = 5;

/** Flaws that only what came before of the same person shows. */
export const personalFlaws = ['hasty', 'after-death', 'twice-in-a-minute'] as const satisfies readonly Flaw[];

/** Of whom an entry no longer names, nobody can tell any more what they were asked or chose before, or that they had died. */
export function canJudge(
  { personRef, type }: Pick<Fact, 'personRef' | 'type'>,
  member: 'elapsed' | (typeof personalFlaws)[number],
): boolean {
  const isOfRequest = member === 'elapsed' || member === 'hasty';
  return personRef !== null || (isOfRequest && !isDecided({ type }) && !isOfCase({ type }));
}

export async function verifyFacts({ facts, total, progress }: VerifyFactsNeeds): Promise<FactsReport> {
  const comparison = facts.beginComparison();
  const faults: FactFault[] = [];
  let compared = 0;
  let whole: readonly FactFault[] | undefined;
  for (let round = 0; round < tries && whole === undefined; round += 1) {
    for (let batch = await comparison.next(); batch !== undefined; batch = await comparison.next()) {
      compared = batch.size;
      faults.push(...batch.faults.slice(0, listLimit + 1 - faults.length));
      progress?.(compared, Math.max(total, compared));
    }
    whole = await comparison.settle();
  }
  const all = [...faults, ...(whole ?? [])];
  return { compared, faults: all.slice(0, listLimit), isCut: all.length > listLimit, isSettled: whole !== undefined };
}
