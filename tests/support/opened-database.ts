// A migrated, empty database for a test, and what it opens from it.

import { systemClock } from '../../src/domain/kernel/clock.ts';
import { appendEvents } from '../../src/storage/append-events.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { createStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';

export type OpenedDatabase = {
  readonly engine: Engine;
  readonly storage: Storage;
  /** Stores events without an act that they tell of. */
  readonly append: (events: readonly SealedEvent[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type TestDatabase = {
  readonly name: string;
  /** An empty database each time. */
  readonly open: () => Promise<OpenedDatabase>;
  readonly stop: () => Promise<void>;
};

export async function openDatabase(engine: Engine, dispose: () => Promise<void>): Promise<OpenedDatabase> {
  const storage = createStorage(engine);
  await storage.migrate(systemClock);
  return {
    engine,
    storage,
    append: async (events) => engine.atomic(() => appendEvents(engine.tables, events)),
    close: async () => {
      await storage.close();
      await dispose();
    },
  };
}
