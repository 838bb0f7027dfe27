// The form of a whole-log export: a header line and a line for each entry, all canonical JSON, so that no byte of the file is free to change.

import { findCount, findString, findStrings, isCanonical, isStringOrNull, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Line } from './lines.ts';

export type ExportHeader = { readonly log: string; readonly checkpoint: string; readonly kept: readonly string[] };

export type ExportEntry = {
  readonly index: number;
  readonly id: string;
  readonly body: string;
  readonly salt: string | null;
  readonly person: string | null;
  readonly commitment: string;
  /** The line as it was read, for the members that repeat the body. */
  readonly members: JsonObject;
};

function findCanonical(line: Line): JsonObject | undefined {
  const object = line.isWhole ? parseObject(line.text) : undefined;
  return object !== undefined && isCanonical(line.text, object) ? object : undefined;
}

export function findHeader(line: Line): ExportHeader | undefined {
  const object = findCanonical(line);
  if (object?.['format'] !== 'huwiya-log/1') {
    return undefined;
  }
  const log = findString(object, 'log');
  const checkpoint = findString(object, 'checkpoint');
  const kept = 'kept' in object ? findStrings(object, 'kept') : [];
  return log === undefined || checkpoint === undefined || kept === undefined ? undefined : { log, checkpoint, kept };
}

/** In canonical order. */
const memberNames = ['at', 'attributes', 'body', 'commitment', 'id', 'index', 'person', 'purpose', 'salt', 'service', 'type'];

/** The members of a line that has these names in this order and no other byte than its canonical spelling. */
function findMembers(line: Line): JsonObject | undefined {
  const members = line.isWhole ? parseObject(line.text) : undefined;
  const names = members === undefined ? [] : Object.keys(members);
  const isComplete = names.length === memberNames.length && names.every((name, at) => name === memberNames[at]);
  return isComplete && members !== undefined && isCanonical(line.text, members) ? members : undefined;
}

export function findEntry(line: Line): ExportEntry | undefined {
  const members = findMembers(line);
  if (members === undefined) {
    return undefined;
  }
  const identity = findIdentity(members);
  const salt = members['salt'];
  const person = members['person'];
  return identity !== undefined && isStringOrNull(salt) && isStringOrNull(person) ? { ...identity, salt, person, members } : undefined;
}

type Identity = Pick<ExportEntry, 'index' | 'id' | 'body' | 'commitment'>;

function findIdentity(members: JsonObject): Identity | undefined {
  const index = findCount(members, 'index');
  const id = findString(members, 'id');
  const body = findString(members, 'body');
  const commitment = findString(members, 'commitment');
  return index === undefined || id === undefined || body === undefined || commitment === undefined
    ? undefined
    : { index, id, body, commitment };
}
