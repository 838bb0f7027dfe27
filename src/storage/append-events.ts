// Events enter the ledger here and nowhere else: as statements of the act they tell of, so that neither is stored without the other.

import { sealAccount } from '../domain/ledger/erasure-account.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import type { Act, Statement } from './engine.ts';
import { insertMany } from './many-rows.ts';
import type { ManyRows } from './many-rows.ts';
import type { Value } from './row.ts';
import type { Tables } from './dialect.ts';
import { tellPerson } from './security-notices.ts';
import { insertInto } from './statements.ts';

export function* appendEvents(tables: Tables, events: readonly SealedEvent[]): Act<void> {
  const lists = events.map(({ attributes }) => JSON.stringify(attributes));
  yield* insertMany(
    entryRows,
    events.map((event, place) => toEntryValues(event, lists[place] ?? '[]')),
  );
  const kept = yield* insertMany(
    secretRows,
    events.map(({ id, personRef, salt }) => [id, personRef, salt]),
  );
  yield* rememberLists(tables, new Map(events.map(({ attributes }, place) => [lists[place] ?? '[]', attributes])));
  for (const event of events) {
    yield* tellOrKeepBack(tables, event);
  }
  if (kept.length < events.length) {
    const opened = new Set(kept.map((row) => row['entry_id']));
    const closed = events.filter(({ id }) => !opened.has(id));
    yield* appendEvents(
      tables,
      closed.map(({ at, id, salt }) => sealAccount({ ids: [id], at, seed: salt })),
    );
  }
}

const keepBack = `INSERT INTO kept_back_entries (entry_id, person_id, until) SELECT CAST(? AS text), CAST(? AS text), CAST(? AS bigint)
  WHERE EXISTS (SELECT 1 FROM people WHERE id = ? AND status <> 'closed')`;

function* tellOrKeepBack(tables: Tables, event: SealedEvent): Act<void> {
  const { id, personRef, keptBackUntil } = event;
  if (keptBackUntil === undefined || personRef === null) {
    yield* tellPerson(tables, event);
  } else {
    yield { text: keepBack, values: [id, personRef, keptBackUntil, personRef] };
  }
}

const entryRows: ManyRows = {
  head: 'INSERT INTO entries (id, type, at, service, purpose, attributes, body, commitment) VALUES ',
  row: '(?, ?, ?, ?, ?, ?, ?, ?)',
  tail: '',
  isEvidence: true,
};

function toEntryValues({ at, body, commitment, id, purpose, service, type }: SealedEvent, attributes: string): readonly Value[] {
  return [id, type, at, service, purpose, attributes, body, commitment];
}

// Nothing that opens an entry is kept of a person whose account is closed: an agency that answers weeks later brings nothing back. The log accounts for it.
const secretRows: ManyRows = {
  head: 'INSERT INTO entry_secrets (entry_id, person_ref, salt) SELECT given.column1, given.column2, given.column3 FROM (VALUES ',
  row: '(CAST(? AS text), CAST(? AS text), CAST(? AS text))',
  tail: ") AS given WHERE NOT EXISTS (SELECT 1 FROM people WHERE id = given.column2 AND status = 'closed') RETURNING entry_id",
  isEvidence: true,
};

function* rememberLists(tables: Tables, lists: ReadonlyMap<string, readonly string[]>): Act<void> {
  for (const [attributes, names] of lists) {
    yield* rememberList(tables, names, attributes);
  }
}

function* rememberList(tables: Tables, names: readonly string[], attributes: string): Act<void> {
  if (names.length === 0) {
    return;
  }
  const known = yield { text: 'SELECT attribute FROM entry_attributes WHERE attributes = ? LIMIT 1', values: [attributes] };
  if (known.length > 0) {
    return;
  }
  for (const attribute of new Set(names)) {
    yield toEvidence(insertInto(tables.entryAttributes, { attributes, attribute }, 'ON CONFLICT DO NOTHING'));
  }
}

function toEvidence(statement: Statement): Statement {
  return { ...statement, isEvidence: true };
}
