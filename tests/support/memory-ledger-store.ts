// A ledger in memory that keeps the promises of the port. `rows` lets a test damage what a database could hold damaged.

import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { hashSize } from '../../src/domain/ledger/merkle.ts';
import { sequenceLimit } from '../../src/domain/ledger/store.ts';
import type { Entry, EntryFilter, LedgerStore, SequencePlan, StoredCheckpoint, Tile } from '../../src/domain/ledger/store.ts';
import { toEdge } from '../../src/domain/ledger/tiles.ts';

export type MemoryRows = {
  pending: SealedEvent[];
  entries: Entry[];
  tiles: Map<string, Tile>;
  checkpoints: StoredCheckpoint[];
  keyChanges: string[];
};

export type MemoryLedgerStore = LedgerStore & {
  readonly rows: MemoryRows;
  readonly append: (events: readonly SealedEvent[]) => Promise<void>;
};

const isWithin = (entry: Entry, { from, to }: EntryFilter): boolean => entry.at >= (from ?? -Infinity) && entry.at < (to ?? Infinity);

const isOf = (entry: Entry, { types, attribute }: EntryFilter): boolean =>
  (attribute === undefined || entry.attributes.includes(attribute)) && (types === undefined || types.some((type) => type === entry.type));

const isAbout = (entry: Entry, filter: EntryFilter): boolean =>
  isOf(entry, filter) &&
  (filter.services === undefined || filter.services.some((service) => service === entry.service)) &&
  (['service', 'purpose', 'personRef'] as const).every((name) => filter[name] === undefined || entry[name] === filter[name]);

const toLatest = (rows: MemoryRows): StoredCheckpoint | undefined => rows.checkpoints.toSorted((a, b) => a.size - b.size).at(-1);

function cutEdge(rows: MemoryRows, size: number): Tile[] {
  return toEdge(size).flatMap(({ level, index, width }) => {
    const tile = rows.tiles.get(`${level}/${index}`);
    return tile === undefined ? [] : [{ level, index, hashes: tile.hashes.subarray(0, width * hashSize) }];
  });
}

function storePlan(rows: MemoryRows, plan: SequencePlan): void {
  const numbered = plan.entries.map(({ id, index, leafHash }) => {
    const event = rows.pending.find((each) => each.id === id);
    if (event === undefined || rows.entries.some((entry) => entry.index === index)) {
      throw new Error('an event or an index was numbered twice');
    }
    return { ...event, index, leafHash };
  });
  const { checkpoint } = plan;
  if (checkpoint !== null && rows.checkpoints.some((each) => each.size === checkpoint.size)) {
    throw new Error('a size was signed twice');
  }
  rows.pending = rows.pending.filter((each) => !numbered.some((entry) => entry.id === each.id));
  rows.entries.push(...numbered);
  for (const tile of plan.tiles) {
    rows.tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  rows.checkpoints.push(...(checkpoint === null ? [] : [checkpoint]));
}

function createWriter(rows: MemoryRows): Pick<MemoryLedgerStore, 'append' | 'sequenceEvents' | 'rotateKey' | 'readKeyChanges'> {
  return {
    append: (events) => {
      const known = [...rows.pending, ...rows.entries].map((each) => each.id);
      if (events.some((event) => known.includes(event.id))) {
        return Promise.reject(new Error('an event was stored twice'));
      }
      rows.pending.push(...events);
      return Promise.resolve();
    },
    rotateKey: async (plan) => {
      await Promise.resolve();
      const size = rows.entries.length;
      const rotation = plan({
        size,
        edge: cutEdge(rows, size),
        checkpoint: toLatest(rows) ?? null,
        keyChange: rows.keyChanges.at(-1) ?? null,
      });
      rows.keyChanges.push(rotation.statement);
      rows.pending.push(rotation.event);
      return rotation;
    },
    readKeyChanges: () => Promise.resolve([...rows.keyChanges]),
    sequenceEvents: async (plan, limit = sequenceLimit) => {
      await Promise.resolve();
      const size = rows.entries.length;
      const pending = rows.pending.slice(0, limit);
      const planned = plan(
        { size, edge: cutEdge(rows, size), checkpoint: toLatest(rows) ?? null, keyChange: rows.keyChanges.at(-1) ?? null },
        pending,
      );
      storePlan(rows, planned);
      return { added: planned.entries.length, size: rows.entries.length, checkpoint: toLatest(rows) ?? null };
    },
  };
}

export function createMemoryLedgerStore(): MemoryLedgerStore {
  const rows: MemoryRows = { pending: [], entries: [], tiles: new Map(), checkpoints: [], keyChanges: [] };
  const byIndex = (): Entry[] => rows.entries.toSorted((a, b) => a.index - b.index);
  return {
    rows,
    ...createWriter(rows),
    findCheckpoint: () => Promise.resolve(toLatest(rows)),
    findCheckpointOfSize: (size) => Promise.resolve(rows.checkpoints.find((each) => each.size === size)),
    findCheckpointUpTo: (size) =>
      Promise.resolve(rows.checkpoints.filter((each) => each.size <= size).toSorted((a, b) => b.size - a.size)[0]),
    readCheckpoints: (afterSize, limit) =>
      Promise.resolve(
        rows.checkpoints
          .filter((each) => each.size > afterSize)
          .toSorted((a, b) => a.size - b.size)
          .slice(0, limit),
      ),
    readTile: (level, index) => Promise.resolve(rows.tiles.get(`${level}/${index}`)),
    readEntries: (from, to) => Promise.resolve(byIndex().filter((entry) => entry.index >= from && entry.index < to)),
    findEntryByEventId: (id) => Promise.resolve(rows.entries.find((entry) => entry.id === id)),
    queryEntries: (filter, { order, after, limit }) => {
      const sorted = order === 'oldest-first' ? byIndex() : byIndex().toReversed();
      const isPast = (entry: Entry): boolean => after === null || (order === 'oldest-first' ? entry.index > after : entry.index < after);
      const found = sorted.filter((entry) => isPast(entry) && isWithin(entry, filter) && isAbout(entry, filter));
      const entries = found.slice(0, limit);
      return Promise.resolve({ entries, next: found.length > limit ? (entries.at(-1)?.index ?? null) : null });
    },
    countEntries: (filter, { below, limit }) => {
      const found = rows.entries.filter((entry) => entry.index < below && isWithin(entry, filter) && isAbout(entry, filter));
      return Promise.resolve(Math.min(found.length, limit ?? found.length));
    },
  };
}
