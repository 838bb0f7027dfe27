// The port of the ledger: what storage promises about events, entries, tiles and checkpoints. Events are appended by the storage of the act
// they tell of, inside its own transaction; here they are only numbered, read and proven. Nothing here changes or removes what was written.

import type { Millis } from '../kernel/clock.ts';
import type { EventType, SealedEvent } from './event.ts';

/** C2SP tlog-tiles: `hashes` is 1 to 256 hashes of 32 bytes, joined. At level L each covers 256^L entries. */
export type Tile = {
  readonly level: number;
  readonly index: number;
  readonly hashes: Uint8Array;
};

/** A signed checkpoint as it was given out. `root` (base64url) and `size` repeat what `text` (a C2SP signed note) says. */
export type StoredCheckpoint = {
  readonly size: number;
  readonly root: string;
  readonly text: string;
  readonly at: Millis;
};

/** A numbered event. Columns are as stored, believed by nobody: verification compares them with the body and the tree. */
export type Entry = {
  readonly index: number;
  readonly id: string;
  readonly type: string;
  readonly at: Millis;
  readonly service: string | null;
  readonly purpose: string | null;
  readonly attributes: readonly string[];
  readonly body: string;
  /** `null` once erased, and `personRef` with it. */
  readonly salt: string | null;
  readonly personRef: string | null;
  readonly commitment: string;
  /** base64url. */
  readonly leafHash: string;
};

/** A stored event that has no index yet. */
export type PendingEvent = Pick<SealedEvent, 'id' | 'commitment'>;

export type TreeState = {
  /** Number of entries. */
  readonly size: number;
  /** The tiles named by `toEdge(size)` of tiles.ts: those at the right edge that are not full. */
  readonly edge: readonly Tile[];
  /** The checkpoint with the greatest size. */
  readonly checkpoint: StoredCheckpoint | null;
  /** The newest statement by which the log changed its key (key-change.ts). */
  readonly keyChange: string | null;
};

export type KeyRotation = {
  readonly statement: string;
  readonly size: number;
  readonly at: Millis;
  readonly event: SealedEvent;
};

/** Synchronous and without effects, like `SequencePlanner`. */
export type KeyRotationPlanner = (state: TreeState) => KeyRotation;

export type NumberedEvent = {
  readonly id: string;
  readonly index: number;
  /** base64url. */
  readonly leafHash: string;
};

export type SequencePlan = {
  readonly entries: readonly NumberedEvent[];
  /** Each is new, or extends the stored tile of the same level and index, whose hashes it begins with. */
  readonly tiles: readonly Tile[];
  /** `null` when there is nothing to sign. */
  readonly checkpoint: StoredCheckpoint | null;
};

/** Synchronous and without effects, so that it can run inside a SQL transaction, and run again if that is retried. */
export type SequencePlanner = (state: TreeState, pending: readonly PendingEvent[]) => SequencePlan;

export type Sequenced = {
  /** Events numbered by this call. */
  readonly added: number;
  /** Entries afterwards. */
  readonly size: number;
  /** The newest checkpoint afterwards. */
  readonly checkpoint: StoredCheckpoint | null;
};

/** Members that are absent do not filter. */
export type EntryFilter = {
  readonly types?: readonly EventType[];
  readonly service?: string;
  /** Entries of any of these services; none of them lets nothing through. */
  readonly services?: readonly string[];
  readonly purpose?: string;
  /** Entries whose attributes contain this name. */
  readonly attribute?: string;
  readonly personRef?: string;
  /** Inclusive. */
  readonly from?: Millis;
  /** Exclusive. */
  readonly to?: Millis;
};

export type PageAsked = {
  readonly order: 'oldest-first' | 'newest-first';
  /** The `next` of the page before; `null` for the first page. */
  readonly after: number | null;
  readonly limit: number;
};

export type CountAsked = {
  /** Only entries with a lower index. */
  readonly below: number;
  /** Counting stops here; `null` counts all. */
  readonly limit: number | null;
};

export type EntryPage = {
  readonly entries: readonly Entry[];
  /** Index of the last entry of this page when there are more; else `null`. */
  readonly next: number | null;
};

/** Most events numbered by one call of `sequenceEvents` that names no limit. */
export const sequenceLimit = 5000;

/** What only reads the numbered log. */
export type LedgerReads = Pick<
  LedgerStore,
  'findCheckpoint' | 'findCheckpointOfSize' | 'readTile' | 'readEntries' | 'queryEntries' | 'countEntries'
>;

export type LedgerStore = {
  /**
   * In ONE atomic act, under a lock that every process shares: reads the tree state and the pending events, at most `limit` or else `sequenceLimit`,
   * in the order in which they were appended, calls `plan`, stores its entries, tiles and checkpoint. Of two acts that exclude each other, the one
   * that committed first MUST have appended first. MUST store all of it or nothing; MUST refuse a second checkpoint for a size, a second index for
   * an event and a second event for an index. When `plan` throws, MUST store nothing and throw the same. Concurrent calls MUST give the result of
   * some order of them.
   */
  readonly sequenceEvents: (plan: SequencePlanner, limit?: number) => Promise<Sequenced>;

  /**
   * In ONE atomic act, under the lock of `sequenceEvents`: reads the tree state, calls `plan`, stores its statement after all earlier ones and appends
   * its event. When `plan` throws, MUST store nothing and throw the same.
   */
  readonly rotateKey: (plan: KeyRotationPlanner) => Promise<KeyRotation>;
  /** Every statement, oldest first. */
  readonly readKeyChanges: () => Promise<readonly string[]>;

  /** The checkpoint with the greatest size. */
  readonly findCheckpoint: () => Promise<StoredCheckpoint | undefined>;
  readonly findCheckpointOfSize: (size: number) => Promise<StoredCheckpoint | undefined>;
  /** The checkpoint with the greatest size that is not above this. */
  readonly findCheckpointUpTo: (size: number) => Promise<StoredCheckpoint | undefined>;
  /** Checkpoints by size, ascending, with a size greater than `afterSize` (-1 for all), at most `limit`. */
  readonly readCheckpoints: (afterSize: number, limit: number) => Promise<readonly StoredCheckpoint[]>;

  /** The widest stored form of a tile. */
  readonly readTile: (level: number, index: number) => Promise<Tile | undefined>;

  /** Entries with `from` ≤ index < `to`, ascending by index. MUST return rows as they are: a missing one is simply not there. */
  readonly readEntries: (from: number, to: number) => Promise<readonly Entry[]>;
  /** `undefined` also while the event waits for its index. */
  readonly findEntryByEventId: (id: string) => Promise<Entry | undefined>;
  /** A page by index. MUST NOT skip or repeat an entry when others are added between two pages. */
  readonly queryEntries: (filter: EntryFilter, page: PageAsked) => Promise<EntryPage>;
  /** How many entries `queryEntries` would give. */
  readonly countEntries: (filter: EntryFilter, asked: CountAsked) => Promise<number>;
};
