// What can be wrong with one entry of an export by itself.

import { findMembers } from './canonical.ts';
import { addFound, addSaid } from './erasures.ts';
import type { Erasures } from './erasures.ts';
import type { ExportEntry } from './export-form.ts';
import { isOpening } from './opening.ts';

export type EntryFaultCode = 'body-not-canonical' | 'column-mismatch' | 'commitment-mismatch';

/** Members of the line that repeat the body. Both are canonical, so equal values are spelled alike. */
const repeated = ['id', 'type', 'at', 'service', 'purpose', 'attributes'] as const;

/** Salt and person are erased together; the tree still proves the leaf, but nothing proves the body any more. */
export function isErased(entry: ExportEntry): boolean {
  return entry.salt === null && entry.person === null;
}

function isOpened({ body, salt, person, commitment }: ExportEntry): boolean {
  return salt !== null && isOpening({ body, salt, person, commitment });
}

export function findEntryFault(entry: ExportEntry): EntryFaultCode | undefined {
  const body = findMembers(entry.body);
  if (body === undefined) {
    return 'body-not-canonical';
  }
  if (!repeated.every((name) => body.get(name) === entry.members.get(name))) {
    return 'column-mismatch';
  }
  return isErased(entry) || isOpened(entry) ? undefined : 'commitment-mismatch';
}

/** Only what is proven accounts for anything. */
export function countErasure(erasures: Erasures, entry: ExportEntry, isWhole: boolean): void {
  if (isErased(entry)) {
    addFound(erasures, entry.id);
  } else if (isWhole && entry.members.get('type') === '"person.secrets_destroyed"') {
    addSaid(erasures, entry.body);
  }
}
