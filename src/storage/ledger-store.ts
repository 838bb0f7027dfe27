// The ledger in the database: numbering, tiles, checkpoints and queries. Events were stored by the acts they tell of.

import { sequenceLimit } from '../domain/ledger/store.ts';
import type { EntryPage, LedgerStore, StoredCheckpoint, Tile } from '../domain/ledger/store.ts';
import { readEntriesBetween, readEntryById } from './ledger-entries.ts';
import { countFound, readPage } from './ledger-search.ts';
import { rotateKey, sequenceEvents } from './ledger-sequence.ts';
import { toTile } from './ledger-rows.ts';
import type { Engine } from './engine.ts';
import { findAll, findOne, selectFrom } from './statements.ts';

/** `reader` searches: an auditor's filter may go through much of the log, and nobody who signs in waits for it. */
export function createLedgerStore(engine: Engine, reader: Pick<Engine, 'read'> = engine): LedgerStore {
  const searching: Engine = { ...engine, read: reader.read };
  const { checkpoints, ledgerTiles, logKeyChanges } = engine.tables;
  return {
    sequenceEvents: async (plan, limit = sequenceLimit) => engine.atomic(() => sequenceEvents(engine, plan, limit)),
    rotateKey: async (plan) => engine.atomic(() => rotateKey(engine, plan)),
    readKeyChanges: async () => (await findAll(engine, selectFrom(logKeyChanges, 'ORDER BY place', []))).map(({ statement }) => statement),
    findCheckpoint: async (): Promise<StoredCheckpoint | undefined> =>
      findOne(engine, selectFrom(checkpoints, 'ORDER BY size DESC LIMIT 1', [])),
    findCheckpointOfSize: async (size) => findOne(engine, selectFrom(checkpoints, 'WHERE size = ?', [size])),
    findCheckpointUpTo: async (size) => findOne(engine, selectFrom(checkpoints, 'WHERE size <= ? ORDER BY size DESC LIMIT 1', [size])),
    readCheckpoints: async (afterSize, limit) =>
      findAll(engine, selectFrom(checkpoints, 'WHERE size > ? ORDER BY size LIMIT ?', [afterSize, limit])),
    readTile: async (level, index): Promise<Tile | undefined> => {
      const row = await findOne(engine, selectFrom(ledgerTiles, 'WHERE level = ? AND tile_index = ?', [level, index]));
      return row && toTile(row);
    },
    readEntries: async (from, to) => readEntriesBetween(engine, from, to),
    findEntryByEventId: async (id) => readEntryById(engine, id),
    queryEntries: async (filter, page): Promise<EntryPage> => readPage(searching, filter, page),
    countEntries: async (filter, asked) => countFound(searching, filter, asked),
  };
}
