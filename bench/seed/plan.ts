// What is planted among the ordinary life: acts that an auditor should find, and beside each kind lawful ones that look alike. Which person, and when.

import { dayMs } from '../../src/domain/kernel/clock.ts';
import { createDice, drawWhole } from './dice.ts';
import type { Day } from './calendar.ts';
import { laterChanges } from './seed-registry.ts';

export const plantedKinds = [
  'hasty',
  'hasty-decoy',
  'below-level',
  'below-level-decoy',
  'outside-purpose',
  'outside-purpose-decoy',
  'after-withdrawal',
  'after-withdrawal-decoy',
  'after-expiry',
  'after-expiry-decoy',
  'no-record',
  'after-death',
  'after-death-decoy',
  'device-burst',
  'device-burst-decoy',
  'counter-burst',
  'counter-burst-decoy',
  'clock-back',
] as const;
export type PlantedKind = (typeof plantedKinds)[number];

export type Planted = {
  readonly kind: PlantedKind;
  readonly day: number;
  /** Milliseconds after midnight. */
  readonly time: number;
  /** Which of the group, from 0. */
  readonly place: number;
};

type Rule = {
  readonly count: number;
  /** Of the whole run: when the first may be, and the last. */
  readonly from: number;
  readonly to: number;
  /** All on one working day, one after the other, beginning at this hour and so many seconds apart. */
  readonly together?: { readonly hour: number; readonly apartSeconds: number };
};

const rules: Readonly<Record<PlantedKind, Rule>> = {
  hasty: { count: 7, from: 0.1, to: 0.95 },
  'hasty-decoy': { count: 4, from: 0.1, to: 0.95 },
  'below-level': { count: 4, from: 0.1, to: 0.95 },
  'below-level-decoy': { count: 3, from: 0.1, to: 0.95 },
  'outside-purpose': { count: 4, from: 0.1, to: 0.95 },
  'outside-purpose-decoy': { count: 4, from: 0.1, to: 0.95 },
  'after-withdrawal': { count: 5, from: 0.1, to: 0.9 },
  'after-withdrawal-decoy': { count: 4, from: 0.1, to: 0.9 },
  'after-expiry': { count: 3, from: 0.05, to: 0.6 },
  'after-expiry-decoy': { count: 3, from: 0.05, to: 0.6 },
  'no-record': { count: 3, from: 0.1, to: 0.95 },
  'after-death': { count: 2, from: 0.2, to: 0.85 },
  'after-death-decoy': { count: 2, from: 0.2, to: 0.85 },
  'device-burst': { count: 14, from: 0.35, to: 0.5, together: { hour: 13.2, apartSeconds: 130 } },
  'device-burst-decoy': { count: 12, from: 0.55, to: 0.7, together: { hour: 9, apartSeconds: 1500 } },
  'counter-burst': { count: 24, from: 0.2, to: 0.4, together: { hour: 12.5, apartSeconds: 41 } },
  'counter-burst-decoy': { count: 24, from: 0.7, to: 0.9, together: { hour: 8.4, apartSeconds: 840 } },
  'clock-back': { count: 8, from: 0.6, to: 0.8, together: { hour: 11, apartSeconds: 70 } },
};

/** Fewer people than that have no room for everything that is planted. */
export const fewestPeople = Object.values(rules).reduce((sum, { count }) => sum + count, 20);

const hourMs = 3_600_000;

function shuffle(count: number, seed: string): readonly number[] {
  const dice = createDice(seed, 'planted people');
  const order = Array.from({ length: count }, (_, index) => index);
  for (let place = count - 1; place > 0; place -= 1) {
    const other = drawWhole(dice, 0, place + 1);
    const [a = 0, b = 0] = [order[place], order[other]];
    order[place] = b;
    order[other] = a;
  }
  return order;
}

type Days = readonly Day[];

function findWorkingDay(days: Days, from: number): number {
  const found = days.find(({ isRamadan, isWorking, number }) => number >= from && isWorking && !isRamadan);
  return found?.number ?? from;
}

export type PlanAsked = { readonly seed: string; readonly people: number; readonly days: Days };

/** By the number of the person. The more people, the more is planted, but for what happens together. */
export function createPlan({ days, people, seed }: PlanAsked): ReadonlyMap<number, readonly Planted[]> {
  const order = shuffle(people, seed);
  const dice = createDice(seed, 'plan');
  const plan = new Map<number, readonly Planted[]>();
  let next = 0;
  for (const kind of plantedKinds) {
    const { count, from, to, together } = rules[kind];
    const many = together === undefined ? Math.round(count * Math.min(1 + people / 5000, 20)) : count;
    const [first, last] = [Math.floor(from * days.length), Math.floor(to * days.length)];
    const shared = findWorkingDay(days, drawWhole(dice, first, last));
    for (let place = 0; place < many; place += 1) {
      const day = together === undefined ? drawWhole(dice, first, last) : shared;
      const time = together === undefined ? (9 + dice.next() * 12) * hourMs : together.hour * hourMs + place * together.apartSeconds * 1000;
      plan.set(order[next] ?? 0, [{ kind, day, time: Math.floor(time), place }]);
      next += 1;
    }
  }
  return plan;
}

/** Only one reserved service for each kind: nothing ordinary happens between the person and it. */
export const reserved: Readonly<Partial<Record<PlantedKind, string>>> = {
  hasty: 'sports-tickets',
  'hasty-decoy': 'sports-tickets',
  'below-level': 'passports-travel',
  'below-level-decoy': 'passports-travel',
  'outside-purpose': 'library-reading',
  'outside-purpose-decoy': 'library-reading',
  'after-withdrawal': 'moh-appointments',
  'after-withdrawal-decoy': 'moh-appointments',
  'after-expiry': 'sports-tickets',
  'after-expiry-decoy': 'sports-tickets',
  'no-record': 'post-address',
  'after-death': 'moh-appointments',
  'after-death-decoy': 'moh-appointments',
  'device-burst': 'library-reading',
  'device-burst-decoy': 'library-reading',
  'clock-back': 'moh-appointments',
};

type Unrest = { readonly refuses: number; readonly group: string };

const unrests: Readonly<Record<string, Unrest>> = {
  'ufuq-lines/offers': { refuses: 0.5, group: 'refusals-after-text' },
  'post-address/track': { refuses: 0.09, group: 'refusals-after-text-decoy' },
};

const unrestDays = 60;

/** For two months after its text changed people refuse one service far more often than before, and another hardly more. */
export function findUnrest(
  { days }: { readonly days: Days },
  { at, clientId, purposeId }: { readonly at: number; readonly clientId: string; readonly purposeId: string },
): Unrest | undefined {
  const unrest = unrests[`${clientId}/${purposeId}`];
  const change = laterChanges.find((each) => each.clientId === clientId && each.purposeId === purposeId);
  if (unrest === undefined || change === undefined) {
    return undefined;
  }
  const from = (days[Math.floor(change.part * days.length)]?.startsAt ?? 0) + change.hour * hourMs;
  return at >= from && at < from + unrestDays * dayMs ? unrest : undefined;
}
