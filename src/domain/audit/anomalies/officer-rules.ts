// Officers under the same light: many people at one counter within minutes, approvals at night, and an auditor who keeps opening entries of one person.

import { dayMs } from '../../kernel/clock.ts';
import type { EventType } from '../../ledger/event.ts';
import type { Entry } from '../../ledger/store.ts';
import { countryOffsetMs } from '../country-day.ts';
import { toEntryBody } from '../entry-body.ts';
import type { Fact } from '../facts.ts';
import { isObject } from '../to-fact.ts';
import type { JsonObject } from '../to-fact.ts';
import { nothingMore, readAll, toFilter, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

const readLimit = 20_000;

const counterActs: readonly EventType[] = ['person.proofed', 'person.level_code_made', 'person.looked_up'];
const burstLimits = { people: 12, minutes: 20 } as const;

type Act = Pick<Fact, 'index' | 'at' | 'personRef'>;

/** Facts, the oldest first, that lie in some stretch of so many minutes with so many people. */
export function findCrowded(facts: readonly Act[]): readonly number[] {
  const span = burstLimits.minutes * 60_000;
  const crowded = new Set<number>();
  const within: Act[] = [];
  for (const fact of facts) {
    within.push(fact);
    const stale = within.findIndex(({ at }) => at > fact.at - span);
    within.splice(0, stale);
    if (new Set(within.map(({ personRef }) => personRef)).size >= burstLimits.people) {
      within.forEach(({ index }) => crowded.add(index));
    }
  }
  return [...crowded].toSorted((one, other) => one - other);
}

async function findBursts(ports: AnomalyPorts, swept: Swept): Promise<readonly Anomaly[]> {
  const asked = toFilter(swept, { types: counterActs });
  // Days first, which are counted without reading: only officers who saw that many people on some day are looked at closely.
  const days = await ports.facts.groupFacts(asked, { by: ['actor', 'day'], people: true, limit: 100_000 });
  const busy = new Set(days.filter(({ people = 0 }) => people >= burstLimits.people).map(({ keys }) => String(keys[0])));
  const found = await Promise.all([...busy].map(async (officer) => ({ officer, own: await readOfficer(ports, { swept, officer }) })));
  return found.flatMap(({ officer, own }) => {
    const crowded = new Set(findCrowded(own));
    const within = own.filter(({ index }) => crowded.has(index));
    const people = new Set(within.map(({ personRef }) => personRef)).size;
    const place = toPlace(within, swept.most);
    return within.length === 0 ? [] : [{ ...nothingMore, rule: 'counter-burst' as const, officer, numbers: { people }, ...place }];
  });
}

type OfOfficer = { readonly swept: Swept; readonly officer: string };

async function readOfficer(ports: AnomalyPorts, { swept, officer }: OfOfficer): Promise<readonly Fact[]> {
  return readAll(ports, toFilter(swept, { types: counterActs, actorRef: officer }), readLimit);
}

export const burstRule: Rule = { name: 'counter-burst', mustBeZero: false, limits: burstLimits, readsAll: true, find: findBursts };

const weighty: readonly EventType[] = ['purpose.approved', 'purpose.declined', 'recovery.approved', 'service.status_changed'];
/** Hours of the state's clock. */
const nightLimits = { from: 22, to: 5 } as const;

export function isNight(at: number): boolean {
  const hour = new Date(at + countryOffsetMs).getUTCHours();
  return hour >= nightLimits.from || hour < nightLimits.to;
}

async function findNights(ports: AnomalyPorts, swept: Swept): Promise<readonly Anomaly[]> {
  const acts = await readAll(ports, toFilter(swept, { types: weighty }), readLimit);
  const nights = acts.filter(({ at, actor }) => actor.kind === 'officer' && isNight(at));
  return [...Map.groupBy(nights, ({ actor }) => actor.ref)].map(([officer, own]) => {
    const numbers = { count: own.length };
    return { ...nothingMore, rule: 'night-approval' as const, officer, numbers, ...toPlace(own, swept.most) };
  });
}

export const nightRule: Rule = { name: 'night-approval', mustBeZero: false, limits: nightLimits, find: findNights };

const curiousLimits = { entries: 20, days: 30 } as const;

type Look = {
  readonly index: number;
  readonly at: number;
  readonly looker: string;
  readonly officer: string | null;
  readonly person: string;
};

const readPayload = ({ body }: Pick<Entry, 'body'>): JsonObject => toEntryBody(body).payload;

/** Whom an entry that was opened is about; `null` where it is about nobody. */
async function findViewed({ ledger }: AnomalyPorts, { index }: JsonObject): Promise<string | null> {
  const [entry] = typeof index === 'number' ? await ledger.readEntries(index, index + 1) : [];
  return entry?.personRef ?? null;
}

/** The pseudonym that was asked about in a case; people have no name outside one. */
function findAsked(payload: JsonObject): string | null {
  const { case: number, filter, parameters } = payload;
  const asked = [parameters, filter]
    .map((each) => (isObject(each) ? each['person'] : undefined))
    .find((person) => typeof person === 'string');
  return typeof number === 'string' && asked !== undefined ? `${number} ${asked}` : null;
}

async function toLook(ports: AnomalyPorts, { index, at, actor, type }: Fact): Promise<readonly Look[]> {
  const [look] = await ports.ledger.readEntries(index, index + 1);
  const payload = look === undefined ? {} : readPayload(look);
  const person = type === 'record.viewed' ? await findViewed(ports, payload) : findAsked(payload);
  return person === null ? [] : [{ index, at, looker: `${actor.kind} ${actor.ref ?? ''}`, officer: actor.ref, person }];
}

/** Looks, the oldest first, that lie in some stretch of so many days with so many others. */
function findRepeated(looks: readonly Look[]): readonly Look[] {
  const span = curiousLimits.days * dayMs;
  const repeated = new Set<Look>();
  let first = 0;
  for (const [last, { at }] of looks.entries()) {
    while ((looks[first]?.at ?? at) <= at - span) {
      first += 1;
    }
    if (last - first + 1 >= curiousLimits.entries) {
      looks.slice(first, last + 1).forEach((look) => repeated.add(look));
    }
  }
  return [...repeated];
}

/** Entries of one person that one officer opened, and questions about one pseudonym of a case. */
async function findCurious(ports: AnomalyPorts, swept: Swept): Promise<readonly Anomaly[]> {
  const views = await readAll(ports, toFilter(swept, { types: ['record.viewed'] }), readLimit);
  const searches = await readAll(ports, toFilter(swept, { types: ['record.searched'] }), readLimit);
  const inCases = searches.filter(({ marks }) => marks.some(({ kind }) => kind === 'case'));
  const looks: Look[] = [];
  for (const fact of [...views, ...inCases]) {
    looks.push(...(await toLook(ports, fact)));
  }
  const groups = Map.groupBy(looks, ({ looker, person }) => `${looker} ${person}`);
  return [...groups.values()].flatMap((own) => {
    const repeated = findRepeated(own.toSorted((one, other) => one.at - other.at));
    const { officer = null } = repeated[0] ?? {};
    const numbers = { count: repeated.length };
    const place = toPlace(repeated, swept.most);
    return repeated.length === 0 ? [] : [{ ...nothingMore, rule: 'curious-auditor' as const, officer, numbers, ...place }];
  });
}

export const curiousRule: Rule = { name: 'curious-auditor', mustBeZero: false, limits: curiousLimits, readsAll: true, find: findCurious };
