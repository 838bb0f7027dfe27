// What an evidence pack answers: every entry up to a checkpoint that meets all conditions given. Whoever checks the pack applies the same conditions to
// what it opens; a person is the one condition that nobody can apply from outside, because their mask is another in each entry.

import type { Json } from '../../kernel/canonical.ts';
import type { Millis } from '../../kernel/clock.ts';
import type { Entry } from '../../ledger/store.ts';
import { findRecord } from '../entry-body.ts';

/** `null` where it does not narrow. */
export type PackQuery = {
  /** Id of a consent record. */
  readonly record: string | null;
  readonly service: string | null;
  readonly purpose: string | null;
  readonly types: readonly string[] | null;
  readonly attribute: string | null;
  /** A case pseudonym, never a reference. */
  readonly person: string | null;
  /** Inclusive. */
  readonly from: Millis | null;
  /** Exclusive. */
  readonly to: Millis | null;
};

export const wholeLog: PackQuery = {
  record: null,
  service: null,
  purpose: null,
  types: null,
  attribute: null,
  person: null,
  from: null,
  to: null,
};

export function toQueryJson({ types, ...rest }: PackQuery): Json {
  return { ...rest, types: types === null ? null : [...types] };
}

const isMet = <T>(condition: T | null, value: T | null): boolean => condition === null || condition === value;

const isAmong = (types: PackQuery['types'], type: string): boolean => types === null || types.includes(type);
const isNamed = (name: string | null, names: readonly string[]): boolean => name === null || names.includes(name);
const isInPeriod = ({ from, to }: PackQuery, at: Millis): boolean => at >= (from ?? 0) && at < (to ?? Number.MAX_SAFE_INTEGER);

/** All conditions but the person. */
export function isMatch(query: PackQuery, entry: Entry): boolean {
  const { record, service, purpose, types, attribute } = query;
  return (
    isMet(service, entry.service) &&
    isMet(purpose, entry.purpose) &&
    isAmong(types, entry.type) &&
    isNamed(attribute, entry.attributes) &&
    isInPeriod(query, entry.at) &&
    (record === null || findRecord(entry.body) === record)
  );
}
