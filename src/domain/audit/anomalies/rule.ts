// A rule that an auditor need not think of: it says what it looks for, by which named limits, and leads to the entries. Plain counting only, so that whoever is
// told of a finding can count it again. Never here: a person's name, number or reference.

import type { AgenciesStore } from '../../agencies/store.ts';
import type { Millis } from '../../kernel/clock.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import type { FactFilter, FactStore } from '../facts.ts';

export const ruleNames = [
  'no-record',
  'after-withdrawal',
  'after-expiry',
  'paused',
  'outside-purpose',
  'beyond-consent',
  'below-level',
  'widened-unannounced',
  'after-death',
  'repeated-ceremony',
  'hasty',
  'refusals-after-text',
  'overdue-answers',
  'unused-approval',
  'counter-burst',
  'night-approval',
  'curious-auditor',
  'clock-back',
] as const;

export type RuleName = (typeof ruleNames)[number];

export type AnomalyPorts = {
  readonly facts: Pick<FactStore, 'projectFacts' | 'findProjected' | 'findReadable' | 'readFacts' | 'groupFacts'>;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint' | 'readEntries'>;
  readonly agencies: Pick<AgenciesStore, 'listServices' | 'listPurposeVersions'>;
};

export type Swept = {
  readonly from: Millis;
  /** Exclusive. */
  readonly to: Millis;
  /** The log as it stood: lower indexes only. */
  readonly below: number;
  /** Services of the mandate; null for all. */
  readonly services: readonly string[] | null;
  /** People of the case; absent for all. */
  readonly personRefs?: readonly string[];
  /** Most entries that one finding names. */
  readonly most: number;
};

export type Anomaly = {
  readonly rule: RuleName;
  readonly service: string | null;
  readonly purpose: string | null;
  /** Reference of the officer whose acts these are. */
  readonly officer: string | null;
  /** What was counted, by name; the words of the rule say it. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly from: Millis;
  readonly to: Millis;
  /** Indexes, the oldest first, at most `most`. */
  readonly entries: readonly number[];
};

export type Rule = {
  readonly name: RuleName;
  /** Whether one is one too many. */
  readonly mustBeZero: boolean;
  /** The limits that the rule goes by, by name. */
  readonly limits: Readonly<Record<string, number>>;
  /** It looks at acts that belong to no service: only for whoever may see the whole log. */
  readonly readsAll?: true;
  readonly find: (ports: AnomalyPorts, swept: Swept) => Promise<readonly Anomaly[]>;
};

export const nothingMore = { service: null, purpose: null, officer: null } as const;

export function toFilter({ from, to, below, personRefs, services }: Swept, more: Partial<FactFilter>): FactFilter {
  const sight = { ...(services === null ? {} : { services }), ...(personRefs === undefined ? {} : { personRefs }) };
  return { from, to, below, ...sight, ...more };
}

/** Facts of a filter, the oldest first, at most `most`. */
export async function readAll({ facts }: Pick<AnomalyPorts, 'facts'>, filter: FactFilter, most: number) {
  const { facts: found } = await facts.readFacts(filter, { order: 'oldest-first', after: null, limit: most });
  return found;
}

type Told = { readonly index: number; readonly at: Millis };

/** Where and when, of facts the oldest first. */
export function toPlace(found: readonly Told[], most: number): Pick<Anomaly, 'from' | 'to' | 'entries'> {
  return { from: found[0]?.at ?? 0, to: found.at(-1)?.at ?? 0, entries: found.slice(0, most).map(({ index }) => index) };
}
