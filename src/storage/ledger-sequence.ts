// Numbering, under one lock for every process: tree state and pending events go in, the plan of the domain comes out, all of it is stored or nothing.

import type {
  KeyRotation,
  KeyRotationPlanner,
  NumberedEvent,
  SequencePlan,
  Sequenced,
  SequencePlanner,
  StoredCheckpoint,
  Tile,
  TreeState,
} from '../domain/ledger/store.ts';
import { toEdge } from '../domain/ledger/tiles.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { appendEvents } from './append-events.ts';
import { holdLock } from './advisory-locks.ts';
import type { Dialect } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { toTile, toTileRow } from './ledger-rows.ts';
import { insertInto, selectFrom } from './statements.ts';

const entriesPerStatement = 100;

// In the order of appending, never of ids: an id is made before its act waits for its turn, and a release must not stand in the log
// after the withdrawal that it preceded.
const selectPending: Readonly<Record<Dialect, string>> = {
  sqlite: 'SELECT id, commitment FROM entries WHERE log_index IS NULL ORDER BY rowid LIMIT ?',
  postgres: 'SELECT id, commitment FROM entries WHERE log_index IS NULL ORDER BY appended LIMIT ?',
};

export function* sequenceEvents(engine: Engine, plan: SequencePlanner, limit: number): Act<Sequenced> {
  yield* holdLock(engine, 'ledger');
  const state = yield* readState(engine);
  const rows = yield { text: selectPending[engine.dialect], values: [limit] };
  const pending = rows.map((row) => ({ id: String(row['id']), commitment: String(row['commitment']) }));
  const planned = plan(state, pending);
  if (isEmpty(planned)) {
    // Nothing to keep: no durable commit for a round without events.
    yield undo;
  }
  yield* storePlan(engine, planned);
  const size = state.size + planned.entries.length;
  return { added: planned.entries.length, size, checkpoint: planned.checkpoint ?? state.checkpoint };
}

function isEmpty(plan: SequencePlan): boolean {
  return plan.entries.length === 0 && plan.tiles.length === 0 && plan.checkpoint === null;
}

function* readState(engine: Engine): Act<TreeState> {
  const [last] = yield { text: 'SELECT log_index FROM entries WHERE log_index IS NOT NULL ORDER BY log_index DESC LIMIT 1', values: [] };
  const size = last === undefined ? 0 : Number(last['log_index']) + 1;
  const edge: Tile[] = [];
  for (const { level, index, width } of toEdge(size)) {
    const query = selectFrom(engine.tables.ledgerTiles, 'WHERE level = ? AND tile_index = ?', [level, index]);
    const [row] = yield query;
    if (row === undefined) {
      throw new Fault('ledger/broken', `tile ${index} of level ${level} is not there`);
    }
    const tile = toTile(query.decode(row));
    edge.push({ ...tile, hashes: tile.hashes.subarray(0, width * 32) });
  }
  return { size, edge, checkpoint: yield* readCheckpoint(engine), keyChange: yield* readKeyChange() };
}

function* readCheckpoint(engine: Engine): Act<StoredCheckpoint | null> {
  const query = selectFrom(engine.tables.checkpoints, 'ORDER BY size DESC LIMIT 1', []);
  const [row] = yield query;
  return row === undefined ? null : query.decode(row);
}

function* readKeyChange(): Act<string | null> {
  const [row] = yield { text: 'SELECT statement FROM log_key_changes ORDER BY place DESC LIMIT 1', values: [] };
  return row === undefined ? null : String(row['statement']);
}

export function* rotateKey(engine: Engine, plan: KeyRotationPlanner): Act<KeyRotation> {
  yield* holdLock(engine, 'ledger');
  const rotation = plan(yield* readState(engine));
  const { statement, size, at, event } = rotation;
  const [count] = yield { text: 'SELECT count(*) AS n FROM log_key_changes', values: [] };
  const row = { place: Number(count?.['n']) + 1, size, statement, at };
  yield { ...insertInto(engine.tables.logKeyChanges, row), isEvidence: true };
  yield* appendEvents(engine.tables, [event]);
  return rotation;
}

function* storePlan(engine: Engine, plan: SequencePlan): Act<void> {
  for (let from = 0; from < plan.entries.length; from += entriesPerStatement) {
    const group = plan.entries.slice(from, from + entriesPerStatement);
    const numbered = yield toNumbering(group);
    if (numbered.length !== group.length) {
      throw new Fault('store/conflict', 'an event of the plan is not pending');
    }
  }
  for (const tile of plan.tiles) {
    const grow = 'ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes';
    yield { ...insertInto(engine.tables.ledgerTiles, toTileRow(tile), grow), isEvidence: true };
  }
  if (plan.checkpoint !== null) {
    yield { ...insertInto(engine.tables.checkpoints, plan.checkpoint), isEvidence: true };
  }
}

function toNumbering(group: readonly NumberedEvent[]): Statement {
  const rows = group.map(() => '(?, CAST(? AS bigint), ?)').join(', ');
  return {
    text: `UPDATE entries SET log_index = numbered.column2, leaf_hash = numbered.column3 FROM (VALUES ${rows}) AS numbered
      WHERE entries.id = numbered.column1 AND entries.log_index IS NULL RETURNING entries.id`,
    values: group.flatMap(({ id, index, leafHash }) => [id, index, leafHash]),
    isEvidence: true,
  };
}
