// What can be wrong with one entry of an export by itself.

import type { ExportEntry } from './export-form.ts';
import { isCanonical, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { isOpening } from './opening.ts';

export type EntryFaultCode = 'body-not-canonical' | 'column-mismatch' | 'commitment-mismatch';

const repeated = ['id', 'type', 'at', 'service', 'purpose'] as const;

function isSameList(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isRepeated(members: JsonObject, body: JsonObject): boolean {
  return repeated.every((name) => members[name] === body[name]) && isSameList(members['attributes'], body['attributes']);
}

/** Salt and person are erased together; the tree still proves the leaf, but nothing proves the body any more. */
export function isErased(entry: ExportEntry): boolean {
  return entry.salt === null && entry.person === null;
}

function isOpened({ body, salt, person, commitment }: ExportEntry): boolean {
  return salt !== null && isOpening({ body, salt, person, commitment });
}

export function findEntryFault(entry: ExportEntry): EntryFaultCode | undefined {
  const body = parseObject(entry.body);
  if (body === undefined || !isCanonical(entry.body, body)) {
    return 'body-not-canonical';
  }
  if (!isRepeated(entry.members, body)) {
    return 'column-mismatch';
  }
  return isErased(entry) || isOpened(entry) ? undefined : 'commitment-mismatch';
}
