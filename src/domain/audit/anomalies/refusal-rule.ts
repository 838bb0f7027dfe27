// Refusals that jump after the text of a purpose changed: people refuse what they did not refuse before, or what they now cannot read. The share of refusals of
// a version is held against that of the version before it, by the difference and by how much of it chance would give (two shares, pooled standard error).

import { dayMs } from '../../kernel/clock.ts';
import type { EventType } from '../../ledger/event.ts';
import { nothingMore, readAll, toFilter, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

const answers: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.refused'];

const limits = {
  /** Answers that each version needs before its share says anything. */
  answers: 30,
  /** In percent. */
  rise: 15,
  /** Standard errors. */
  deviations: 4,
  days: 61,
} as const;

type Counted = { readonly refused: number; readonly all: number };
type Version = Counted & { readonly service: string; readonly purpose: string; readonly version: number };

async function countVersions({ facts }: AnomalyPorts, { below, services }: Swept): Promise<readonly Version[]> {
  const filter = { types: answers, below, ...(services === null ? {} : { services }) };
  const groups = await facts.groupFacts(filter, { by: ['service', 'purpose', 'purposeVersion', 'type'], limit: 10_000 });
  const versions = new Map<string, Version>();
  for (const { keys, count } of groups) {
    const [service, purpose, version, type] = keys;
    const place = `${service} ${purpose} ${version}`;
    const before = versions.get(place) ?? {
      service: String(service),
      purpose: String(purpose),
      version: Number(version),
      refused: 0,
      all: 0,
    };
    versions.set(place, { ...before, all: before.all + count, refused: before.refused + (type === 'consent.refused' ? count : 0) });
  }
  return [...versions.values()];
}

/** How many standard errors lie between two shares. */
export function toDeviations(before: Counted, after: Counted): number {
  const pooled = (before.refused + after.refused) / (before.all + after.all);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.all + 1 / after.all));
  return error === 0 ? 0 : (after.refused / after.all - before.refused / before.all) / error;
}

function isJump(before: Version, after: Version): boolean {
  const rise = 100 * (after.refused / after.all - before.refused / before.all);
  const isCounted = before.all >= limits.answers && after.all >= limits.answers;
  return isCounted && rise >= limits.rise && toDeviations(before, after) >= limits.deviations;
}

const toPercent = ({ refused, all }: Counted): number => Math.round((100 * refused) / all);

async function toAnomaly(ports: AnomalyPorts, swept: Swept, { before, after }: Pair): Promise<readonly Anomaly[]> {
  const { service, purpose, version } = after;
  const asked = { types: answers, services: [service], purpose, purposeVersion: version, below: swept.below };
  const [first] = await readAll(ports, asked, 1);
  const until = Math.min(swept.to, (first?.at ?? 0) + limits.days * dayMs);
  const refused = await readAll(ports, { ...toFilter(swept, asked), types: ['consent.refused'], to: until }, 5000);
  const numbers = { version, answers: after.all, percent: toPercent(after), percentBefore: toPercent(before) };
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
      return before !== undefined && isJump(before, after) ? [{ before, after }] : [];
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
