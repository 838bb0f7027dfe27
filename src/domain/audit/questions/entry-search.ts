// What entries are narrowed by (the filters an auditor combines), in the terms that they see: an agency by its id, a person by the pseudonym of the
// case. Every figure of an answer carries the search that counts it, so that it leads to the very entries.

import type { Sensitivity } from '../../attributes/attribute.ts';
import { attributeCatalogue } from '../../attributes/catalogue.ts';
import type { Millis } from '../../kernel/clock.ts';
import type { EventType } from '../../ledger/event.ts';
import type { FactFilter, Mark } from '../facts.ts';

export type EntrySearch = {
  readonly types?: readonly EventType[];
  readonly agency?: string;
  readonly service?: string;
  readonly purpose?: string;
  readonly purposeVersion?: number;
  readonly reason?: string;
  readonly record?: string;
  /** Pseudonym of the case. */
  readonly person?: string;
  /** Reference of whoever acted: an officer, a program. */
  readonly actor?: string;
  readonly actorKind?: string;
  readonly actedBy?: string;
  /** An entry names an attribute that the catalogue holds to be so sensitive. */
  readonly sensitivity?: Sensitivity;
  /** An entry has all of them. */
  readonly marks?: readonly Mark[];
  readonly from?: Millis;
  /** Exclusive. */
  readonly to?: Millis;
  readonly elapsedBelow?: Millis;
  readonly elapsedFrom?: Millis;
};

/** What whoever asks may see, worked out once for each question. */
export type Sight = {
  /** The log as it stood: lower indexes only. */
  readonly below: number;
  /** Services in sight, by agency; null where all are. */
  readonly services: readonly string[] | null;
  readonly personRefs: readonly string[] | null;
  /** The time in sight; `to` is exclusive, null for open. */
  readonly covers: { readonly from: Millis | null; readonly to: Millis | null };
  readonly servicesOf: (agency: string) => readonly string[];
  /** Whom a pseudonym of this question stands for; empty where it names nobody in sight. */
  readonly refsOf: (pseudonym: string) => readonly string[];
};

const meet = (left: readonly string[] | null, right: readonly string[] | null): readonly string[] | null =>
  left === null || right === null ? (left ?? right) : left.filter((each) => right.includes(each));

function toServices({ agency, service }: EntrySearch, sight: Sight): readonly string[] | null {
  const ofAgency = agency === undefined ? null : sight.servicesOf(agency);
  return meet(meet(sight.services, ofAgency), service === undefined ? null : [service]);
}

function toTimes({ from, to }: EntrySearch, { covers }: Sight): Pick<FactFilter, 'from' | 'to'> {
  const starts = [from, covers.from].filter((at) => typeof at === 'number');
  const ends = [to, covers.to].filter((at) => typeof at === 'number');
  return { ...(starts.length === 0 ? {} : { from: Math.max(...starts) }), ...(ends.length === 0 ? {} : { to: Math.min(...ends) }) };
}

const toAttributes = (sensitivity: Sensitivity): readonly string[] =>
  attributeCatalogue.filter((attribute) => attribute.sensitivity === sensitivity).map(({ name }) => name);

/** Never wider than the sight. A list that is empty matches nothing. */
export function toFactFilter(search: EntrySearch, sight: Sight): FactFilter {
  const { agency: _agency, service: _service, person, actor, sensitivity, from: _from, to: _to, ...same } = search;
  const services = toServices(search, sight);
  const refs = meet(sight.personRefs, person === undefined ? null : sight.refsOf(person));
  return {
    ...same,
    ...toTimes(search, sight),
    ...(services === null ? {} : { services }),
    ...(refs === null ? {} : { personRefs: refs }),
    ...(actor === undefined ? {} : { actorRef: actor }),
    ...(sensitivity === undefined ? {} : { anyAttribute: toAttributes(sensitivity) }),
    below: sight.below,
  };
}

const toBound = (name: 'from' | 'to', choose: (...of: readonly number[]) => number, searches: readonly EntrySearch[]) => {
  const all = searches.map((each) => each[name]).filter((at) => at !== undefined);
  return all.length === 0 ? {} : { [name]: choose(...all) };
};

/** Both conditions at once. */
export function narrow(search: EntrySearch, more: EntrySearch): EntrySearch {
  const marks = [...(search.marks ?? []), ...(more.marks ?? [])];
  const times = { ...toBound('from', Math.max, [search, more]), ...toBound('to', Math.min, [search, more]) };
  return { ...search, ...more, ...times, ...(marks.length === 0 ? {} : { marks }) };
}
