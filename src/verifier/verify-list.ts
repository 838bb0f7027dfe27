// Verifies a list that left a case without a network: who signed its provenance, that the rows are those that were signed for, and that they add up. What a row
// says is the issuer's signed word; a row has no proof of its own in the log.

import { hash } from 'node:crypto';
import { findMembers } from './canonical.ts';
import { isWhole, toCheck } from './check-proof.ts';
import type { Check, Trust } from './check-proof.ts';
import { findCount, findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { findJws, isSignedByOneOf } from './jws.ts';
import { countRows } from './list-rows.ts';
import type { CountedRows, ListForm } from './list-rows.ts';
import type { PackFiles } from './pack-files.ts';

export const listChecks = ['list-form', 'list-signature', 'issuer', 'list-files', 'list-rows'] as const;
export type ListCheckName = (typeof listChecks)[number];

export type ListReport = {
  readonly format: 'huwiya-list/1';
  readonly isValid: boolean;
  readonly trust: { readonly keys: Trust | 'none' };
  readonly checks: readonly Check<ListCheckName>[];
  /** What the provenance says; only when its signature holds. */
  readonly said: JsonObject | null;
};

export type ListTrusted = {
  /** A JWK Set as JSON text: a list brings none of its own. */
  readonly keys?: string;
  readonly issuer?: string;
};

type List = { readonly text: string; readonly provenance: JsonObject; readonly form: ListForm; readonly bytes: Buffer };

export function isList(files: PackFiles): boolean {
  return files.has('provenance.json');
}

function findProvenance(text: string): JsonObject | undefined {
  const object = findMembers(text) === undefined ? undefined : parseObject(text);
  return object?.['format'] === 'huwiya-list/1' ? object : undefined;
}

function findList(files: PackFiles): List | undefined {
  const text = files.get('provenance.json')?.toString() ?? '';
  const form = (['csv', 'jsonl'] as const).find((each) => files.has(`entries.${each}`));
  const bytes = files.get(`entries.${form}`);
  const provenance = findProvenance(text);
  return provenance === undefined || form === undefined || bytes === undefined ? undefined : { text, provenance, form, bytes };
}

function isSigned(files: PackFiles, { text }: List, keys: JsonObject | undefined): boolean {
  const jws = findJws(files.get('provenance.jws')?.toString() ?? '');
  const isSame = jws?.signed.split('.')[1] === Buffer.from(text).toString('base64url');
  return jws !== undefined && keys !== undefined && isSame && isSignedByOneOf(jws, keys, 'huwiya-pack+jwt');
}

const unsigned = ['provenance.json', 'provenance.jws'];

function areFilesRight(files: PackFiles, { bytes, form, provenance }: List): boolean {
  const name = `entries.${form}`;
  const said = isObject(provenance['files']) ? provenance['files'] : {};
  const one = said[name];
  const isOnly = [...files.keys()].every((each) => each === name || unsigned.includes(each)) && Object.keys(said).length === 1;
  return isOnly && isObject(one) && one['bytes'] === bytes.length && one['sha256'] === hash('sha256', bytes, 'base64url');
}

function toDays({ days }: CountedRows): string {
  const sorted = [...days].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(sorted.map(([day, rows]) => ({ day, rows })));
}

function areRowsRight({ bytes, form, provenance }: List): boolean {
  const counted = countRows(form, bytes);
  const size = findCount(provenance, 'size') ?? 0;
  return (
    counted !== undefined &&
    counted.rows === provenance['rows'] &&
    counted.last < size &&
    toDays(counted) === JSON.stringify(provenance['days'])
  );
}

function checkList(files: PackFiles, list: List, trusted: ListTrusted): readonly Check<ListCheckName>[] {
  const keys = trusted.keys === undefined ? undefined : parseObject(trusted.keys);
  const issuer = findString(list.provenance, 'issuer');
  return [
    toCheck('list-form', true, 'every part has the form of a list'),
    toCheck('list-signature', isSigned(files, list, keys), 'the provenance is signed by a key of the issuer, which you give with --keys'),
    toCheck(
      'issuer',
      issuer !== undefined && (trusted.issuer === undefined || trusted.issuer === issuer),
      'the issuer is the expected one',
    ),
    toCheck('list-files', areFilesRight(files, list), 'the list is the one that was signed for'),
    toCheck('list-rows', areRowsRight(list), 'the rows stand in the order of the log, and add up by day as was signed'),
  ];
}

/** Takes the files of a list. Every check is listed in order; a list is valid when all of them passed. */
export function verifyList(files: PackFiles, trusted: ListTrusted = {}): ListReport {
  const list = findList(files);
  const trust = { keys: trusted.keys === undefined ? ('none' as const) : ('given' as const) };
  if (list === undefined) {
    const rest = listChecks.slice(1).map((name) => ({ name, result: 'not-run' as const, detail: 'the file is no list' }));
    const checks = [toCheck('list-form', false, 'a part is missing or does not have the form of a list'), ...rest];
    return { format: 'huwiya-list/1', isValid: false, trust, checks, said: null };
  }
  const checks = checkList(files, list, trusted);
  const hasSigned = checks.some(({ name, result }) => name === 'list-signature' && result === 'passed');
  return { format: 'huwiya-list/1', isValid: isWhole(checks), trust, checks, said: hasSigned ? list.provenance : null };
}
