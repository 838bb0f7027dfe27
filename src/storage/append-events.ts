// Events enter the ledger here and nowhere else: as statements of the act they tell of, so that neither is stored without the other.

import { sealAccount } from '../domain/ledger/erasure-account.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import type { Act, Statement } from './engine.ts';
import type { Tables } from './dialect.ts';
import { tellPerson } from './security-notices.ts';
import { insertInto } from './statements.ts';

export function* appendEvents(tables: Tables, events: readonly SealedEvent[]): Act<void> {
  for (const event of events) {
    const attributes = JSON.stringify(event.attributes);
    yield toEvidence(insertInto(tables.entries, toEntryRow(event, attributes)));
    const kept = yield toEvidence(toSecret(tables, event));
    yield* rememberList(tables, event.attributes, attributes);
    yield* tellOrKeepBack(tables, event);
    if (event.personRef !== null && kept.length === 0) {
      yield* appendEvents(tables, [sealAccount({ ids: [event.id], at: event.at, seed: event.salt })]);
    }
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

// Nothing that opens an entry is kept of a person whose account is closed: an agency that answers weeks later brings nothing back. The log accounts for it.
const insertUnlessClosed = `INSERT INTO entry_secrets (entry_id, person_ref, salt) SELECT CAST(? AS text), CAST(? AS text), CAST(? AS text)
  WHERE NOT EXISTS (SELECT 1 FROM people WHERE id = ? AND status = 'closed') RETURNING entry_id`;

function toSecret({ entrySecrets }: Tables, { id: entryId, personRef, salt }: SealedEvent): Statement {
  return personRef === null
    ? insertInto(entrySecrets, { entryId, personRef, salt })
    : { text: insertUnlessClosed, values: [entryId, personRef, salt, personRef] };
}

function toEntryRow(event: SealedEvent, attributes: string): Tables['entries']['$inferSelect'] {
  const { id, type, at, service, purpose, body, commitment } = event;
  return { id, type, at, service, purpose, attributes, body, commitment, logIndex: null, leafHash: null };
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
