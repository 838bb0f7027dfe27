// What one entry says as a fact, from its body alone. A damaged body still becomes one: it has to be found, not skipped.

import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Entry } from '../ledger/store.ts';
import { toEntryBody } from './entry-body.ts';
import type { EntryBody } from './entry-body.ts';
import type { Fact, Mark, MarkKind } from './facts.ts';

export type JsonObject = { readonly [name: string]: Json };

/** Members of payloads whose text, or each text of a list, is a mark. */
const members: readonly (readonly [member: string, kind: MarkKind])[] = [
  ['agency', 'agency'],
  ['approved_by', 'officer'],
  ['basis', 'basis'],
  ['browser', 'browser'],
  ['case', 'case'],
  ['category', 'category'],
  ['change', 'change'],
  ['declined', 'declined'],
  ['device', 'device'],
  ['document', 'document'],
  ['endpoint', 'endpoint'],
  ['fields', 'field'],
  ['language', 'language'],
  ['level', 'level'],
  ['acr', 'level'],
  ['method', 'method'],
  ['notice_sha256', 'notice'],
  ['officer', 'officer'],
  ['person_kind', 'person-kind'],
  ['query', 'query'],
  ['role', 'role'],
  ['status', 'status'],
  ['to', 'status'],
  ['way', 'way'],
];

const levelPrefix = 'urn:huwiya:loa:';
/** A term longer than this is no word of ours. */
const longestTerm = 200;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toTexts(value: Json | undefined): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((each) => typeof each === 'string').filter((text) => text.length > 0 && text.length <= longestTerm);
}

const toTerm = (kind: MarkKind, text: string): string => (kind === 'level' ? text.replace(levelPrefix, '') : text);

function toFormMarks(forms: Json | undefined): readonly Mark[] {
  const all = isObject(forms) ? Object.values(forms) : [];
  return all.flatMap(toTexts).map((term): Mark => ({ kind: 'form', term }));
}

function toWithheldMarks(withheld: Json | undefined): readonly Mark[] {
  const all: readonly Json[] = Array.isArray(withheld) ? withheld : [];
  return all.flatMap((each) => toTexts(isObject(each) ? each['reason'] : undefined)).map((term): Mark => ({ kind: 'withheld', term }));
}

function* toPayloadMarks(payload: JsonObject): Generator<Mark> {
  for (const [member, kind] of members) {
    for (const text of toTexts(payload[member])) {
      yield { kind, term: toTerm(kind, text) };
    }
  }
  if (payload['shared_computer'] === true) {
    yield { kind: 'shared', term: 'yes' };
  }
  yield* toFormMarks(payload['forms']);
  yield* toWithheldMarks(payload['withheld']);
}

/** Each mark once. */
function toDifferent(marks: Iterable<Mark>): readonly Mark[] {
  const known = new Map<string, Mark>();
  for (const mark of marks) {
    known.set(`${mark.kind} ${mark.term}`, mark);
  }
  return [...known.values()];
}

export type ReadFact = {
  readonly fact: Fact;
  /** Until when a decision lets data go, in milliseconds since the epoch. */
  readonly until: Millis | null;
  /** Of a sign-in: the mark of its ceremony, which no other has. */
  readonly ceremony: string | null;
  readonly isReadable: boolean;
};

/** Of what was refused or put off, the version that was asked: the record beside it may stand on an earlier one. */
function toVersion({ payload, purposeVersion }: EntryBody): number | null {
  const asked = payload['asked_version'];
  return typeof asked === 'number' ? asked : purposeVersion;
}

function toCeremony(type: string, { payload }: EntryBody): string | null {
  const mark = type === 'session.started' ? payload['passkey'] : undefined;
  return typeof mark === 'string' ? mark : null;
}

export const findCeremony = ({ body, type }: Pick<Entry, 'body' | 'type'>): string | null => toCeremony(type, toEntryBody(body));

/** Without `elapsed` and flaws, which need what came before. */
export function readFact(entry: Entry): ReadFact {
  const body = toEntryBody(entry.body);
  const attributes = toTexts(entry.attributes).map((term): Mark => ({ kind: 'attribute', term }));
  const { index, at, type, service, purpose, personRef } = entry;
  const until = type.startsWith('consent.') ? body.payload['expires_at'] : null;
  const fact: Fact = {
    index,
    at,
    type,
    service,
    purpose,
    purposeVersion: toVersion(body),
    reason: body.reason,
    record: body.record,
    personRef,
    actor: { kind: body.actor.kind ?? 'unknown', ref: body.actor.ref },
    actedBy: body.actedBy,
    elapsed: null,
    marks: toDifferent([...attributes, ...toPayloadMarks(body.payload)]),
  };
  return { fact, until: typeof until === 'number' ? until : null, ceremony: toCeremony(type, body), isReadable: body.isReadable };
}

export const toFact = (entry: Entry): Fact => readFact(entry).fact;
