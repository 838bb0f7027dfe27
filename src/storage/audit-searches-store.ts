// Searches that auditors keep. Whether the shelf has room and its case goes on is asked in the act that writes.

import { shelfLimit } from '../domain/audit/saved-search.ts';
import type { SavedSearch, SavedSearchStore, Shelf } from '../domain/audit/saved-search.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import type { Value } from './row.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

type Place = { readonly where: string; readonly values: readonly Value[] };

const toPlace = ({ caseId, officerId }: Shelf): Place =>
  caseId === null ? { where: 'case_id IS NULL AND officer_id = ?', values: [officerId] } : { where: 'case_id = ?', values: [caseId] };

export function createAuditSearchesStore(engine: Engine): SavedSearchStore {
  const { auditSearches } = engine.tables;
  return {
    saveSearch: async (search) => engine.atomic(() => saveSearch(engine, search)),
    listSearches: async (shelf) => {
      const { values, where } = toPlace(shelf);
      return findAll(engine, selectFrom(auditSearches, `WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ${shelfLimit}`, values));
    },
    removeSearch: async (shelf, id) => engine.atomic(() => removeSearch(shelf, id)),
  };
}

const lockCase = 'UPDATE audit_cases SET number = number WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING id';
const lockOfficer = 'UPDATE officers SET status = status WHERE id = ? RETURNING id';

/** Of several at once on one shelf each waits for the one before it, so that no shelf gets fuller than it may. */
function* lockShelf({ caseId, createdAt, officerId }: SavedSearch): Act<boolean> {
  const locked = yield caseId === null ? { text: lockOfficer, values: [officerId] } : { text: lockCase, values: [caseId, createdAt] };
  return locked.length > 0;
}

function* saveSearch(engine: Engine, search: SavedSearch): Act<'saved' | 'full' | 'ended'> {
  if (!(yield* lockShelf(search))) {
    yield undo;
    return 'ended';
  }
  const { values, where } = toPlace(search);
  const [held] = yield { text: `SELECT count(*) AS n FROM audit_searches WHERE ${where}`, values };
  if (Number(held?.['n']) >= shelfLimit) {
    yield undo;
    return 'full';
  }
  yield insertInto(engine.tables.auditSearches, search);
  return 'saved';
}

function* removeSearch(shelf: Shelf, id: string): Act<boolean> {
  const { values, where } = toPlace(shelf);
  const text = `DELETE FROM audit_searches WHERE id = ? AND officer_id = ? AND ${where} RETURNING id`;
  const removed = yield { text, values: [id, shelf.officerId, ...values] };
  return removed.length > 0;
}
