// Which ceremonies of passkeys the log has seen. A mark is made anew for each sign-in, so that two entries with the same one are one ceremony, written twice.

import { createHash } from 'node:crypto';
import { findCeremony } from '../domain/audit/to-fact.ts';
import type { Entry } from '../domain/ledger/store.ts';
import type { Act } from './engine.ts';

/** 48 bits: whatever seems known is compared by its words. */
const toNumber = (mark: string): number => createHash('sha256').update(mark).digest().readUIntBE(0, 6);

const note = 'INSERT INTO audit_ceremonies (mark, log_index) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING mark';
const findKnown = `SELECT e.body FROM audit_ceremonies c JOIN entries e ON e.log_index = c.log_index WHERE c.mark = ?`;

/** Whether an earlier sign-in holds the same ceremony; remembers it where none does. */
export function* noteCeremony(entry: Entry): Act<boolean> {
  const mark = findCeremony(entry);
  if (mark === null) {
    return false;
  }
  const noted = yield { text: note, values: [toNumber(mark), entry.index] };
  if (noted.length > 0) {
    return false;
  }
  const [known] = yield { text: findKnown, values: [toNumber(mark)] };
  return known !== undefined && findCeremony({ type: 'session.started', body: String(known['body']) }) === mark;
}
