// What can be wrong with one entry by itself. Columns repeat the body for queries, so a changed column is a lie even when the body is whole.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { toCommitment } from './event.ts';
import type { Entry } from './store.ts';

export type EntryFaultCode = 'body-not-canonical' | 'column-mismatch' | 'commitment-mismatch';

export type EntryFault = { readonly code: EntryFaultCode; readonly detail: string };

type JsonObject = { readonly [name: string]: Json };

/** What `JSON.parse` gave is Json by construction; only the outermost form is in question. */
function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body, if it is an object in its one canonical spelling. */
function parseBody(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && toCanonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

const columns = ['id', 'type', 'at', 'service', 'purpose', 'attributes'] as const;

function findChangedColumn(entry: Entry, body: JsonObject): string | undefined {
  return columns.find((column) => toCanonicalJson(entry[column]) !== toCanonicalJson(body[column] ?? null));
}

/** True when the salt is what `sealEvent` wrote in form: 32 bytes in their only spelling. */
function isSalt(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === text;
}

function isOpenedBy(entry: Entry, salt: string): boolean {
  return isSalt(salt) && toCommitment({ body: entry.body, salt, personRef: entry.personRef }) === entry.commitment;
}

/** Erasure destroys salt and reference together; what is left then is the leaf, which the tree still proves. */
export function isErased(entry: Entry): boolean {
  return entry.salt === null && entry.personRef === null;
}

export function checkEntry(entry: Entry): readonly EntryFault[] {
  const faults: EntryFault[] = [];
  const body = parseBody(entry.body);
  if (body === undefined) {
    faults.push({ code: 'body-not-canonical', detail: 'the body is not in its one canonical form' });
  }
  const column = body === undefined ? undefined : findChangedColumn(entry, body);
  if (column !== undefined) {
    faults.push({ code: 'column-mismatch', detail: `the column ${column} differs from the body` });
  }
  if (!isErased(entry) && (entry.salt === null || !isOpenedBy(entry, entry.salt))) {
    faults.push({ code: 'commitment-mismatch', detail: 'body, salt and person reference do not give the commitment' });
  }
  return faults;
}
