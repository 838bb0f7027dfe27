// The form of a pack, read without believing any of it: its manifest, what it says of its completeness, its stretch of the log.

import { findMembers } from './canonical.ts';
import { findCount, findString, findStrings, isObject, isStringOrNull, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { PackFiles } from './pack-files.ts';

export type PackQuery = {
  readonly record: string | null;
  readonly service: string | null;
  readonly purpose: string | null;
  readonly types: readonly string[] | null;
  readonly attribute: string | null;
  readonly person: string | null;
  readonly from: number | null;
  readonly to: number | null;
};

export type Manifest = {
  readonly text: string;
  readonly object: JsonObject;
  readonly issuer: string;
  readonly openings: 'matching' | 'all';
  readonly receipts: 'withheld' | 'included';
  readonly rows: number;
  readonly size: number;
  readonly query: PackQuery;
  readonly files: ReadonlyMap<string, { readonly bytes: number; readonly sha256: string }>;
};

const isCountOrNull = (value: unknown): value is number | null => value === null || Number.isSafeInteger(value);
const isTextsOrNull = (value: unknown): value is readonly string[] | null =>
  value === null || (Array.isArray(value) && value.every((each) => typeof each === 'string'));

const queryTexts = ['record', 'service', 'purpose', 'attribute', 'person'] as const;

function findTexts(value: JsonObject): ReadonlyMap<string, string | null> | undefined {
  const texts = new Map<string, string | null>();
  for (const name of queryTexts) {
    const text = value[name];
    if (!isStringOrNull(text)) {
      return undefined;
    }
    texts.set(name, text);
  }
  return texts;
}

function findQuery(value: unknown): PackQuery | undefined {
  const texts = isObject(value) ? findTexts(value) : undefined;
  if (!isObject(value) || texts === undefined) {
    return undefined;
  }
  const { from, to, types } = { from: value['from'], to: value['to'], types: value['types'] };
  if (!isCountOrNull(from) || !isCountOrNull(to) || !isTextsOrNull(types)) {
    return undefined;
  }
  const get = (name: (typeof queryTexts)[number]): string | null => texts.get(name) ?? null;
  const [record, service, purpose, attribute, person] = [get('record'), get('service'), get('purpose'), get('attribute'), get('person')];
  return { record, service, purpose, attribute, person, types, from, to };
}

function findFileList(value: unknown): Manifest['files'] | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const files = new Map<string, { bytes: number; sha256: string }>();
  for (const [name, said] of Object.entries(value)) {
    const bytes = isObject(said) ? findCount(said, 'bytes') : undefined;
    const sha256 = isObject(said) ? findString(said, 'sha256') : undefined;
    if (bytes === undefined || sha256 === undefined) {
      return undefined;
    }
    files.set(name, { bytes, sha256 });
  }
  return files;
}

const findOne = <T extends string>(known: readonly T[], value: unknown): T | undefined => known.find((each) => each === value);

function findModes(object: JsonObject): Pick<Manifest, 'openings' | 'receipts'> | undefined {
  const openings = findOne(['matching', 'all'] as const, object['openings']);
  const receipts = findOne(['withheld', 'included'] as const, object['receipts']);
  return openings === undefined || receipts === undefined ? undefined : { openings, receipts };
}

function findCounts(object: JsonObject): Pick<Manifest, 'rows' | 'size' | 'issuer'> | undefined {
  const rows = findCount(object, 'rows');
  const size = findCount(object, 'size');
  const issuer = findString(object, 'issuer');
  return rows === undefined || size === undefined || issuer === undefined ? undefined : { rows, size, issuer };
}

export function findManifest(files: PackFiles): Manifest | undefined {
  const text = files.get('manifest.json')?.toString() ?? '';
  const object = findMembers(text) === undefined ? undefined : parseObject(text);
  return object?.['format'] === 'huwiya-pack/1' ? findManifestOf(text, object) : undefined;
}

function findManifestOf(text: string, object: JsonObject): Manifest | undefined {
  const counts = findCounts(object);
  const modes = findModes(object);
  const query = findQuery(object['query']);
  const list = findFileList(object['files']);
  return counts === undefined || modes === undefined || query === undefined || list === undefined
    ? undefined
    : { text, object, ...counts, ...modes, query, files: list };
}

export type Stretch = { readonly from: number; readonly to: number };

/** What the pack says of itself and nothing else in it can tell. */
export type Stated = {
  readonly text: string;
  readonly stretch: Stretch | null;
  readonly erased: readonly number[];
  readonly missing: readonly string[];
};

function findStretch(value: unknown): Stretch | null | undefined {
  if (!isObject(value)) {
    return value === null ? null : undefined;
  }
  const [from, to] = [findCount(value, 'from'), findCount(value, 'to')];
  return from === undefined || to === undefined || from >= to ? undefined : { from, to };
}

const isIndexes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number' && Number.isSafeInteger(each) && each >= 0);

export function findStated(files: PackFiles): Stated | undefined {
  const text = files.get('completeness.json')?.toString() ?? '';
  const object = parseObject(text);
  return object && findStatedOf(text, object);
}

function findStatedOf(text: string, object: JsonObject): Stated | undefined {
  const stretch = findStretch(object['stretch']);
  const erased = object['erased'];
  const missing = findStrings(object, 'missing_notices');
  return stretch === undefined || !isIndexes(erased) || missing === undefined ? undefined : { text, stretch, erased, missing };
}

export type RangeProof = Stretch & { readonly size: number; readonly path: readonly string[] };

/** `null` where the pack lists no leaves. */
export function findRangeProof(files: PackFiles): RangeProof | null | undefined {
  const file = files.get('proofs/range.json');
  if (file === undefined) {
    return files.has('proofs/leaves.jsonl') ? undefined : null;
  }
  const object = parseObject(file.toString());
  const stretch = findStretch(object);
  const size = object === undefined ? undefined : findCount(object, 'size');
  const path = object === undefined ? undefined : findStrings(object, 'path');
  return !stretch || size === undefined || path === undefined ? undefined : { ...stretch, size, path };
}
