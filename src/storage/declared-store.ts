// What people declare, in the database: one waiting change for each channel, the codes that were sent, and the sealed text itself.

import type { CodeLimit, ContactChange } from '../domain/declared/contact-change.ts';
import type { DeclaredStore, SentCode } from '../domain/declared/store.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { insertMessage } from './insert-message.ts';
import { findOne, insertInto, selectFrom } from './statements.ts';

const replaceChange = `ON CONFLICT (person_id, channel) DO UPDATE SET id = excluded.id, session_digest = excluded.session_digest,
  wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext, code_digest = excluded.code_digest, tries = excluded.tries,
  begun_at = excluded.begun_at, sent_at = excluded.sent_at, expires_at = excluded.expires_at`;

export function createDeclaredStore(engine: Engine): DeclaredStore {
  const { contactChanges } = engine.tables;
  return {
    saveChange: async (saved) => engine.atomic(() => saveChange(engine, saved)),
    findChange: async (personId, channel) => {
      const row = await findOne(engine, selectFrom(contactChanges, 'WHERE person_id = ? AND channel = ?', [personId, channel]));
      return row && toChange(row);
    },
    takeTry: async ({ id, sessionDigest, now, mostTries }) =>
      engine.atomic(function* () {
        const shape = selectFrom(contactChanges, '', []);
        const [row] = yield {
          text: `UPDATE contact_changes SET tries = tries + 1 WHERE id = ? AND session_digest = ? AND tries < ? AND expires_at > ? RETURNING *`,
          values: [id, sessionDigest, mostTries, now],
        };
        return row && toChange(shape.decode(row));
      }),
    findFormerAddress: async (id) => {
      const row = await findOne(engine, selectFrom(engine.tables.formerAddresses, 'WHERE id = ?', [id]));
      if (row === undefined) {
        return undefined;
      }
      const { wrappedKey, ciphertext, ...columns } = row;
      return { ...columns, address: { wrappedKey, ciphertext } };
    },
    saveDeclared: async (saved) => engine.atomic(() => saveDeclared(engine, saved)),
  };
}

const counted: Readonly<Record<CodeLimit['by'], string>> = {
  channel: 'SELECT count(*) AS count FROM contact_codes WHERE sent_at > ? AND person_id = ? AND channel = ?',
  person: 'SELECT count(*) AS count FROM contact_codes WHERE sent_at > ? AND person_id = ?',
  destination: 'SELECT count(*) AS count FROM contact_codes WHERE sent_at > ? AND destination_digest = ?',
};

function toCount({ by, withinMs }: CodeLimit, sent: SentCode): Statement {
  const values = { channel: [sent.personId, sent.channel], person: [sent.personId], destination: [sent.destinationDigest] } as const;
  return { text: counted[by], values: [sent.sentAt - withinMs, ...values[by]] };
}

/** Two people who ask for codes to one address at the same moment come one after the other. The person's row is locked already. */
function lockDestination(digest: string): Statement {
  return { text: 'SELECT pg_advisory_xact_lock(?)', values: [Buffer.from(digest, 'base64url').readUIntBE(0, 6)] };
}

type SavedChange = Parameters<DeclaredStore['saveChange']>[0];

function* saveChange(engine: Engine, { change, sent, limits, message }: SavedChange): Act<'saved' | 'contact/too-many-codes'> {
  yield lockPerson(change.personId);
  if (engine.dialect === 'postgres') {
    yield lockDestination(sent.destinationDigest);
  }
  for (const limit of limits) {
    const [row] = yield toCount(limit, sent);
    if (Number(row?.['count']) >= limit.most) {
      yield undo;
      return 'contact/too-many-codes';
    }
  }
  yield insertInto(engine.tables.contactChanges, toRow(change), replaceChange);
  yield insertInto(engine.tables.contactCodes, sent);
  yield insertMessage(engine.tables, message);
  return 'saved';
}

type SavedDeclared = Parameters<DeclaredStore['saveDeclared']>[0];

function* saveDeclared(engine: Engine, saved: SavedDeclared): Act<Awaited<ReturnType<DeclaredStore['saveDeclared']>>> {
  const { personId, expected, declared, proven, event, messages, former = null } = saved;
  const written = yield {
    text: `UPDATE people SET declared_key = ?, declared_ciphertext = ?, updated_at = ?
      WHERE id = ? AND status = 'active' AND coalesce(declared_ciphertext, '') = ? RETURNING id`,
    values: [declared.wrappedKey, declared.ciphertext, event.at, personId, expected ?? ''],
  };
  if (written.length === 0) {
    return 'store/conflict';
  }
  if (proven !== null) {
    const taken = yield {
      text: 'DELETE FROM contact_changes WHERE id = ? AND code_digest = ? AND person_id = ? RETURNING id',
      values: [proven.id, proven.codeDigest, personId],
    };
    if (taken.length === 0) {
      yield undo;
      return 'contact/code-ended';
    }
  }
  for (const message of messages) {
    yield insertMessage(engine.tables, message);
  }
  if (former !== null) {
    const { address, ...columns } = former;
    yield insertInto(engine.tables.formerAddresses, { ...columns, ...address });
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

function toRow({ destination, ...columns }: ContactChange): RowOf<Tables['contactChanges']> {
  return { ...columns, wrappedKey: destination.wrappedKey, ciphertext: destination.ciphertext };
}

function toChange({ wrappedKey, ciphertext, ...columns }: RowOf<Tables['contactChanges']>): ContactChange {
  return { ...columns, destination: { wrappedKey, ciphertext } };
}
