// One ceremony of a passkey behind many sign-ins. The product makes a mark anew for each, so that nobody is followed by it; where two entries hold the same, one
// ceremony was written more than once. What was decided at once after such a sign-in belongs to it.

import type { EventType } from '../../ledger/event.ts';
import type { Entry } from '../../ledger/store.ts';
import type { Fact } from '../facts.ts';
import { findCeremony } from '../to-fact.ts';
import { nothingMore, readAll, toFilter, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

const limits = {
  /** After a sign-in: what is decided by then follows from it. */
  minutes: 15,
} as const;

/** Repetitions that one sweep follows, the oldest first. There must be none: where there are more, something is wrong that no list of them tells better. */
const readLimit = 200;
/** Sign-ins of the service that are looked through for the first of its kind. */
const lookBack = 500;

const signedIn: readonly EventType[] = ['session.started'];
const decided: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.refused', 'consent.notified'];
const minuteMs = 60_000;

async function readCeremony({ ledger }: AnomalyPorts, { index }: Pick<Fact, 'index'>): Promise<string | null> {
  const [entry]: readonly (Entry | undefined)[] = await ledger.readEntries(index, index + 1);
  return entry === undefined ? null : findCeremony({ type: entry.type, body: entry.body });
}

/** The first holds no flaw: when it was written nothing was wrong yet. */
async function findFirst(ports: AnomalyPorts, swept: Swept, { ceremony, repeated }: Group): Promise<readonly Fact[]> {
  const [earliest] = repeated;
  if (earliest === undefined) {
    return [];
  }
  const before = { ...swept, from: 0, below: earliest.index };
  const filter = toFilter(before, { types: signedIn, ...(earliest.service === null ? {} : { services: [earliest.service] }) });
  const { facts } = await ports.facts.readFacts(filter, { order: 'newest-first', after: null, limit: lookBack });
  for (const fact of facts) {
    if ((await readCeremony(ports, fact)) === ceremony) {
      return [fact];
    }
  }
  return [];
}

/** What was decided at the same service soon after. */
async function findDecisions(ports: AnomalyPorts, swept: Swept, { at, index, personRef, service }: Fact): Promise<readonly Fact[]> {
  if (personRef === null) {
    return [];
  }
  const own = { types: decided, personRefs: [personRef], ...(service === null ? {} : { services: [service] }) };
  const found = await readAll(ports, toFilter(swept, { ...own, from: at, to: at + limits.minutes * minuteMs }), 20);
  return found.filter((decision) => decision.index > index);
}

type Group = { readonly ceremony: string; readonly repeated: readonly Fact[] };

async function toAnomaly(ports: AnomalyPorts, swept: Swept, group: Group): Promise<Anomaly> {
  const signIns = [...(await findFirst(ports, swept, group)), ...group.repeated];
  const decisions = (await Promise.all(signIns.map(async (fact) => findDecisions(ports, swept, fact)))).flat();
  const all = [...signIns, ...decisions].toSorted((one, other) => one.index - other.index);
  const people = new Set(signIns.map(({ personRef }) => personRef)).size;
  const service = signIns[0]?.service ?? null;
  const numbers = { people, signIns: signIns.length, decisions: decisions.length };
  return { ...nothingMore, rule: 'repeated-ceremony', service, numbers, ...toPlace(all, swept.most) };
}

async function findRepeated(ports: AnomalyPorts, swept: Swept): Promise<readonly Anomaly[]> {
  const flagged = await readAll(ports, toFilter(swept, { marks: [{ kind: 'flaw', term: 'repeated-ceremony' }] }), readLimit);
  const groups = new Map<string, Fact[]>();
  for (const fact of flagged) {
    const ceremony = (await readCeremony(ports, fact)) ?? '';
    groups.set(ceremony, [...(groups.get(ceremony) ?? []), fact]);
  }
  return Promise.all([...groups].map(async ([ceremony, repeated]) => toAnomaly(ports, swept, { ceremony, repeated })));
}

export const ceremonyRule: Rule = { name: 'repeated-ceremony', mustBeZero: true, limits, find: findRepeated };
