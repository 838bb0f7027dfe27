// The form of a whole-log export: a header line and a line for each entry, all canonical JSON, so that no byte of the file is free to change.

import { findMembers } from './canonical.ts';
import type { Members } from './canonical.ts';
import { findString, findStrings, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Line } from './lines.ts';
import { findPlainMembers, memberNames } from './plain-line.ts';

export type ExportHeader = { readonly log: string; readonly checkpoint: string; readonly kept: readonly string[] };

export type ExportEntry = {
  readonly index: number;
  readonly id: string;
  readonly body: string;
  readonly salt: string | null;
  readonly person: string | null;
  readonly commitment: string;
  /** The line as it is spelled, for the members that repeat the body. */
  readonly members: Members;
};

export function findHeader(line: Line): ExportHeader | undefined {
  const isCanonical = line.isWhole && findMembers(line.text) !== undefined;
  const object = isCanonical ? parseObject(line.text) : undefined;
  const isHeader = object?.['format'] === 'huwiya-log/1' && Object.keys(object).every((name) => headerNames.includes(name));
  return isHeader ? findHeaderMembers(object) : undefined;
}

const headerNames = ['checkpoint', 'format', 'kept', 'log'];

function findHeaderMembers(object: JsonObject): ExportHeader | undefined {
  const log = findString(object, 'log');
  const checkpoint = findString(object, 'checkpoint');
  const kept = 'kept' in object ? findStrings(object, 'kept') : [];
  return log === undefined || checkpoint === undefined || kept === undefined ? undefined : { log, checkpoint, kept };
}

function parseString(spelled: string): string | undefined {
  try {
    const value: unknown = JSON.parse(spelled);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The string or null that a member spells; `undefined` for anything else. */
function findText(members: Members, name: string): string | null | undefined {
  const spelled = members.get(name);
  if (spelled === undefined || spelled === 'null') {
    return spelled === undefined ? undefined : null;
  }
  // The short cut of plain-line.ts does not look for quotes within a body.
  return /^"[^"\\]*"$/.test(spelled) ? spelled.slice(1, -1) : parseString(spelled);
}

function findTexts(members: Members): Pick<ExportEntry, 'id' | 'body' | 'commitment'> | undefined {
  const id = findText(members, 'id');
  const body = findText(members, 'body');
  const commitment = findText(members, 'commitment');
  return typeof id === 'string' && typeof body === 'string' && typeof commitment === 'string' ? { id, body, commitment } : undefined;
}

/** Canonical members are in order of their names, so a line that has these and no more has them in this order. */
function findEntryMembers(line: Line): Members | undefined {
  if (!line.isWhole) {
    return undefined;
  }
  const members = findPlainMembers(line.text) ?? findMembers(line.text);
  return members?.size === memberNames.length && memberNames.every((name) => members.has(name)) ? members : undefined;
}

export function findEntry(line: Line): ExportEntry | undefined {
  const members = findEntryMembers(line);
  if (members === undefined) {
    return undefined;
  }
  const texts = findTexts(members);
  const index = Number(members.get('index'));
  const salt = findText(members, 'salt');
  const person = findText(members, 'person');
  if (texts === undefined || salt === undefined || person === undefined) {
    return undefined;
  }
  return Number.isSafeInteger(index) && index >= 0 ? { ...texts, index, salt, person, members } : undefined;
}
