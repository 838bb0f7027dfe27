// What upkeep looks for among the records: those that ran out and of which nobody was told yet, and those that stand with one service.

import type { ConsentStore } from '../domain/consent/store.ts';
import { appendEvents } from './append-events.ts';
import type { Act, Engine } from './engine.ts';
import { undo } from './engine.ts';
import { insertMessage } from './insert-message.ts';
import { toConsent } from './read-records.ts';
import { findAll, selectFrom } from './statements.ts';

type UpkeepReader = Pick<ConsentStore, 'listStandingOf' | 'listUntold' | 'tellExpiry'>;

const standingOf = `SELECT id FROM consents WHERE client_id = ? AND id > ? AND state IN ('given', 'notified', 'paused') ORDER BY id LIMIT 100`;
const untold = "expiry_told_at IS NULL AND state IN ('given', 'notified', 'paused') AND expires_at <= ?";

function* tellExpiry(engine: Engine, { id, version, at, events, outbox }: Parameters<UpkeepReader['tellExpiry']>[0]): Act<void> {
  const changed = yield {
    text: `UPDATE consents SET expiry_told_at = ? WHERE id = ? AND version = ? AND ${untold} RETURNING id`,
    values: [at, id, version, at],
  };
  if (changed.length === 0) {
    yield undo;
    return;
  }
  for (const message of outbox) {
    yield insertMessage(engine.tables, message);
  }
  yield* appendEvents(engine.tables, events);
}

export function createUpkeepReader(engine: Engine): UpkeepReader {
  const { consents } = engine.tables;
  return {
    listStandingOf: async (clientId, after) => {
      const rows = await engine.read({ text: standingOf, values: [clientId, after] });
      return rows.map((row) => String(row['id']));
    },
    listUntold: async (now, limit) => {
      const rows = await findAll(engine, selectFrom(consents, `WHERE ${untold} ORDER BY expires_at LIMIT ?`, [now, limit]));
      return rows.map(toConsent);
    },
    tellExpiry: async (told) => engine.atomic(() => tellExpiry(engine, told)),
  };
}
