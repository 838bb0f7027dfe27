// A life day by day: what waits, what is planned, what happens to people in a year, and the visits that a day brings.

import type { Person } from '../../src/domain/people/person.ts';
import { isServed } from '../../src/domain/agencies/agency.ts';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import { hourMs, toHours, toOfficeHour } from './calendar.ts';
import type { Day } from './calendar.ts';
import { createDice, drawBetween, drawCount, drawTail, drawWhole, isLucky, pick, pickPlace } from './dice.ts';
import { atCounter, drawHappenings, enrol, happen } from './happenings.ts';
import type { Happening } from './happenings.ts';
import type { Act } from './acts.ts';
import type { Country, Life, Waiting } from './life.ts';
import { plant } from './planted.ts';
import { reserved } from './plan.ts';
import type { Planted } from './plan.ts';
import { drawWish, visit } from './visit.ts';

export type Lived = { readonly life: Life; readonly happenings: ReadonlyMap<number, readonly Happening[]> };

const phones = ['safari/iphone', 'chrome/android', 'samsung/android', 'safari/iphone', 'chrome/android'];
const computers = ['chrome/windows', 'edge/windows', 'safari/mac', 'firefox/linux'];

/** About one visit in three weeks, of most people far fewer. */
const usualRate = 0.045;

/** How many of each kind read Arabic. */
const arabic = { citizen: 0.96, gcc: 0.96, resident: 0.45, visitor: 0.3 } as const;

export type Born = { readonly index: number; readonly person: Person; readonly planted: readonly Planted[] };

function toWeights(country: Country, { person, planted }: Born, level: Life['level']): number[] {
  const dice = createDice(country.seed, 'taste', person.id);
  return country.services.map(({ clientId, weight }) => {
    const service = country.epochs.get(clientId)?.[0]?.registered.service;
    const isOpen = service !== undefined && isServed(service, person.kind) && (service.minimumLevel !== 'high' || level === 'high');
    const isReserved = planted.some(({ kind }) => reserved[kind] === clientId);
    const taste = drawTail(dice, 1.4);
    return isOpen && !isReserved ? weight * taste : 0;
  });
}

export function createLife(country: Country, born: Born): Lived {
  const { index, person, planted } = born;
  const dice = createDice(country.seed, 'life', index);
  const level = isLucky(dice, 0.45) ? 'high' : 'substantial';
  const isPlanted = planted.length > 0;
  const language = isLucky(dice, arabic[person.kind]) ? 'ar' : 'en';
  const enrolledOn = !isPlanted && isLucky(dice, 0.12) ? drawWhole(dice, 0, country.days.length) : -1;
  const life: Life = {
    country,
    index,
    person,
    language,
    dice,
    level,
    device: isLucky(dice, 0.78) ? pick(dice, phones) : pick(dice, computers),
    rate: usualRate * drawTail(dice, 0.9),
    weights: toWeights(country, born, level),
    enrolledOn,
    planted,
    records: new Map(),
    duties: new Map(),
    subjects: new Map(),
    session: null,
    waiting: [],
    acts: [],
    marks: [],
    now: 0,
    behind: 0,
    allOf: null,
    seq: 0,
    isGone: false,
    isErased: false,
  };
  return { life, happenings: isPlanted ? new Map() : drawHappenings(life) };
}

function drawTime(life: Life, day: Day): number {
  const hour = pickPlace(life.dice, toHours(day));
  return day.startsAt + (hour + life.dice.next()) * hourMs;
}

function toVisit(life: Life, day: Day): Waiting {
  return {
    at: drawTime(life, day),
    run: async (visitor) => {
      const wish = visitor.isGone ? undefined : drawWish(visitor);
      if (wish !== undefined && visitor.weights.some((weight) => weight > 0)) {
        await visit(visitor, wish);
      }
    },
  };
}

function collect({ happenings, life }: Lived, day: Day): Waiting[] {
  const agenda: Waiting[] = [];
  if (life.enrolledOn === day.number) {
    agenda.push({ at: day.startsAt + drawBetween(life.dice, 8.5, 15) * hourMs, run: enrol });
  }
  const isOff = life.enrolledOn >= day.number;
  const visits = isOff ? 0 : drawCount(life.dice, life.rate * day.weight);
  for (let count = 0; count < visits; count += 1) {
    agenda.push(toVisit(life, day));
  }
  for (const happening of happenings.get(day.number) ?? []) {
    const at = atCounter.has(happening) ? toOfficeHour(day, life.dice.next()) : drawTime(life, day);
    agenda.push({ at, run: async (whom) => happen(whom, happening) });
  }
  for (const planted of life.planted.filter(({ day: planned }) => planned === day.number)) {
    agenda.push({ at: day.startsAt + planted.time, run: async (whom) => plant(whom, planted) });
  }
  return agenda;
}

const byTime = (one: Waiting, other: Waiting): number => one.at - other.at;

function takeDue(life: Life, until: number): Waiting[] {
  if (!life.waiting.some(({ at }) => at < until)) {
    return [];
  }
  const due = life.waiting.filter(({ at }) => at < until);
  life.waiting = life.waiting.filter(({ at }) => at >= until);
  return due;
}

/** Everything that the person and what follows from them do on this day. A visit that began before midnight may end after it. */
export async function liveDay(lived: Lived, day: Day): Promise<readonly Act[]> {
  const { life } = lived;
  const until = day.startsAt + dayMs;
  let agenda = [...collect(lived, day), ...takeDue(life, until)].toSorted(byTime);
  while (agenda.length > 0) {
    const [first, ...rest] = agenda;
    if (first !== undefined) {
      life.now = Math.max(first.at, life.now + 1);
      await first.run(life);
    }
    agenda = [...rest, ...takeDue(life, until)].toSorted(byTime);
  }
  const ready = life.acts.filter(({ at }) => at < until);
  life.acts = life.acts.filter(({ at }) => at >= until);
  return ready;
}
