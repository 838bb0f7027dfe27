// The names that people give their passkeys, sealed when they arrive and when they leave.

import type { PasskeyNamesStore } from '../domain/passkeys/store.ts';
import { appendEvents } from './append-events.ts';
import type { Act, Engine } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

const replace = 'ON CONFLICT (passkey_id) DO UPDATE SET wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext';

export function createPasskeyNamesStore(engine: Engine): PasskeyNamesStore {
  return {
    listNames: async (personId) => {
      const rows = await findAll(engine, selectFrom(engine.tables.passkeyNames, 'WHERE person_id = ?', [personId]));
      return rows.map(({ passkeyId, wrappedKey, ciphertext }) => ({ passkeyId, sealed: { wrappedKey, ciphertext } }));
    },
    saveName: async (named) => engine.atomic(() => saveName(engine, named)),
  };
}

function* saveName(engine: Engine, named: Parameters<PasskeyNamesStore['saveName']>[0]): Act<boolean> {
  const { personId, passkeyId, sealed, event } = named;
  yield lockPerson(personId);
  const held = yield {
    text: 'SELECT id FROM passkeys WHERE id = ? AND person_id = ? AND ended_at IS NULL',
    values: [passkeyId, personId],
  };
  if (held.length === 0) {
    return false;
  }
  yield sealed === null
    ? { text: 'DELETE FROM passkey_names WHERE passkey_id = ?', values: [passkeyId] }
    : insertInto(engine.tables.passkeyNames, { passkeyId, personId, ...sealed }, replace);
  yield* appendEvents(engine.tables, [event]);
  return true;
}
