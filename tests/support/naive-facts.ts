// Facts filtered and counted the slow way, in memory: what every store of facts is held against.

import type { Fact, FactFilter, FactGroup, GroupAsked, GroupKey } from '../../src/domain/audit/facts.ts';

const country = 3 * 3_600_000;

const within = <T>(value: T | null, wanted: readonly T[] | undefined): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));
const isSame = <T>(value: T | null, wanted: T | undefined): boolean => wanted === undefined || value === wanted;

const isBetween = (value: number | null, from: number | undefined, to: number | undefined): boolean =>
  (from === undefined || (value !== null && value >= from)) && (to === undefined || (value !== null && value < to));

function isInTime({ at, elapsed }: Fact, { from, to, elapsedBelow, elapsedFrom }: FactFilter): boolean {
  return isBetween(at, from, to) && isBetween(elapsed, elapsedFrom, elapsedBelow);
}

export function isMatching(fact: Fact, filter: FactFilter): boolean {
  const has = (mark: { readonly kind: string; readonly term: string }): boolean =>
    fact.marks.some(({ kind, term }) => kind === mark.kind && term === mark.term);
  return [
    fact.index < filter.below,
    within(fact.type, filter.types),
    within(fact.service, filter.services),
    within(fact.personRef, filter.personRefs),
    isSame(fact.purpose, filter.purpose),
    isSame(fact.purposeVersion, filter.purposeVersion),
    isSame(fact.reason, filter.reason),
    isSame(fact.record, filter.record),
    isSame(fact.actor.ref, filter.actorRef),
    isSame(fact.actor.kind, filter.actorKind),
    isSame(fact.actedBy, filter.actedBy),
    (filter.marks ?? []).every(has),
    filter.anyAttribute?.some((term) => has({ kind: 'attribute', term })) ?? true,
    isInTime(fact, filter),
  ].every(Boolean);
}

function toKeys(fact: Fact, key: GroupKey): readonly (string | number | null)[] {
  if (typeof key !== 'string') {
    return fact.marks.filter(({ kind }) => kind === key.mark).map(({ term }) => term);
  }
  const local = new Date(fact.at + country).toISOString();
  const keys = {
    type: fact.type,
    service: fact.service,
    purpose: fact.purpose,
    purposeVersion: fact.purposeVersion,
    reason: fact.reason,
    actor: fact.actor.ref,
    actedBy: fact.actedBy,
    record: fact.record,
    person: fact.personRef,
    hour: Number(local.slice(11, 13)),
    day: local.slice(0, 10),
    month: local.slice(0, 7),
  };
  return [keys[key]];
}

const combine = (fact: Fact, by: readonly GroupKey[]): readonly (readonly (string | number | null)[])[] =>
  by.reduce<readonly (readonly (string | number | null)[])[]>(
    (rows, key) => rows.flatMap((row) => toKeys(fact, key).map((value) => [...row, value])),
    [[]],
  );

function toSpread(facts: readonly Fact[]): FactGroup['elapsed'] {
  const times = facts.flatMap(({ elapsed }) => (elapsed === null ? [] : [elapsed])).toSorted((a, b) => a - b);
  const rank = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
  return times.length === 0 ? null : { min: times[0] ?? 0, median: rank(0.5), p95: rank(0.95), max: rank(1) };
}

/** Keyed by the JSON of the keys, because only counts are in a defined order. */
export function groupNaively(facts: readonly Fact[], filter: FactFilter, asked: GroupAsked): ReadonlyMap<string, FactGroup> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts.filter((each) => isMatching(each, filter))) {
    for (const keys of combine(fact, asked.by)) {
      const name = JSON.stringify(keys);
      groups.set(name, [...(groups.get(name) ?? []), fact]);
    }
  }
  return new Map(
    [...groups].map(([name, members]): readonly [string, FactGroup] => {
      const people = new Set(members.map(({ personRef }) => personRef).filter((ref) => ref !== null)).size;
      const keys: FactGroup['keys'] = JSON.parse(name);
      const group = { keys, count: members.length };
      return [
        name,
        {
          ...group,
          ...(asked.people === true ? { people } : {}),
          ...(asked.elapsed === true ? { elapsed: toSpread(members) ?? null } : {}),
        },
      ];
    }),
  );
}
