// Refusals that jump after the text of a purpose changed: people refuse what they did not refuse before, or what they now cannot read. The share of refusals of
// a version is held against that of the version before it, by the difference and by how much of it chance would give (two shares, pooled standard error).

import { dayMs } from '../../kernel/clock.ts';
import type { EventType } from '../../ledger/event.ts';
import type { FactGroup } from '../facts.ts';
import { nothingMore, readAll, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

const answers: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.refused'];

const limits = {
  /** Answers that each version needs before its share says anything. */
  answers: 15,
  /** In percentage points. */
  rise: 20,
  /** Standard errors. */
  deviations: 3,
  /** Of a new version, by which it is judged. */
  days: 61,
} as const;

type Counted = { readonly refused: number; readonly all: number };
type Version = { readonly service: string; readonly purpose: string; readonly version: number; readonly counted: Counted };

const isRefusal = (type: unknown): boolean => type === 'consent.refused';

function add(before: Counted | undefined, { keys, count }: FactGroup): Counted {
  const refused = isRefusal(keys.at(-1)) ? count : 0;
  return { refused: (before?.refused ?? 0) + refused, all: (before?.all ?? 0) + count };
}

/** Every version of every purpose, over the whole log. */
async function countVersions({ facts }: AnomalyPorts, { below, to, services }: Swept): Promise<readonly Version[]> {
  const filter = { types: answers, below, to, ...(services === null ? {} : { services }) };
  const groups = await facts.groupFacts(filter, { by: ['service', 'purpose', 'purposeVersion', 'type'], limit: 100_000 });
  const versions = new Map<string, Version>();
  for (const group of groups) {
    const [service, purpose, version] = group.keys;
    const place = `${service} ${purpose} ${version}`;
    const counted = add(versions.get(place)?.counted, group);
    versions.set(place, { service: String(service), purpose: String(purpose), version: Number(version), counted });
  }
  return [...versions.values()];
}

/** How many standard errors lie between two shares. */
export function toDeviations(before: Counted, after: Counted): number {
  const pooled = (before.refused + after.refused) / (before.all + after.all);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.all + 1 / after.all));
  return error === 0 ? 0 : (after.refused / after.all - before.refused / before.all) / error;
}

function isJump(before: Counted, after: Counted): boolean {
  const rise = 100 * (after.refused / after.all - before.refused / before.all);
  const isCounted = before.all >= limits.answers && after.all >= limits.answers;
  return isCounted && rise >= limits.rise && toDeviations(before, after) >= limits.deviations;
}

const toPercent = ({ refused, all }: Counted): number => Math.round((100 * refused) / all);

/** The first weeks of a version: later the people are others, or have got used to it. */
async function findFirstWeeks(ports: AnomalyPorts, swept: Swept, { service, purpose, version }: Version) {
  const asked = { types: answers, services: [service], purpose, purposeVersion: version, below: swept.below };
  const [first] = await readAll(ports, asked, 1);
  const filter = { ...asked, to: Math.min(swept.to, (first?.at ?? 0) + limits.days * dayMs) };
  const groups = await ports.facts.groupFacts(filter, { by: ['type'], limit: 10 });
  return { filter, counted: groups.reduce<Counted>(add, { refused: 0, all: 0 }) };
}

async function toAnomaly(ports: AnomalyPorts, swept: Swept, { before, after }: Pair): Promise<readonly Anomaly[]> {
  const { service, purpose, version } = after;
  const { filter, counted } = await findFirstWeeks(ports, swept, after);
  if (!isJump(before.counted, counted)) {
    return [];
  }
  const refused = await readAll(ports, { ...filter, types: ['consent.refused'], from: swept.from }, 5000);
  const numbers = { version, answers: counted.all, percent: toPercent(counted), percentBefore: toPercent(before.counted) };
  const place = toPlace(refused, swept.most);
  return refused.length === 0 ? [] : [{ ...nothingMore, rule: 'refusals-after-text', service, purpose, numbers, ...place }];
}

type Pair = { readonly before: Version; readonly after: Version };

function findPairs(versions: readonly Version[]): readonly Pair[] {
  const toName = ({ service, purpose }: Version): string => `${service} ${purpose}`;
  return [...Map.groupBy(versions, toName).values()].flatMap((own) => {
    const ordered = own.toSorted((one, other) => one.version - other.version);
    return ordered.flatMap((after, place) => {
      const before = ordered[place - 1];
      return before === undefined ? [] : [{ before, after }];
    });
  });
}

export const refusalRule: Rule = {
  name: 'refusals-after-text',
  mustBeZero: false,
  limits,
  find: async (ports, swept) => {
    const pairs = findPairs(await countVersions(ports, swept));
    return (await Promise.all(pairs.map(async (pair) => toAnomaly(ports, swept, pair)))).flat();
  },
};
