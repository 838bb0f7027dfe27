// A log as a stranger publishes it: over HTTP, with what it shows decided by the test. Whoever has the key can show whatever they like.

import { createServer } from 'node:http';
import { findTileBytes } from '../../src/domain/ledger/find-tile.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';
import { parseTilePath } from '../../src/domain/ledger/tile-path.ts';
import { createSampleEvents, createSteppingClock, sampleStart } from './ledger-samples.ts';
import { createMemoryLedgerStore } from './memory-ledger-store.ts';
import type { MemoryLedgerStore } from './memory-ledger-store.ts';

/** A log of entries of its own, signed after each group. Logs of one seed begin with the same entries. */
export async function createGrownLog(signer: NoteSigner, groups: readonly number[], seed = 'sample'): Promise<MemoryLedgerStore> {
  const store = createMemoryLedgerStore();
  const clock = createSteppingClock(sampleStart, 1);
  const events = createSampleEvents(2000, seed);
  let from = 0;
  for (const group of groups) {
    await store.append(events.slice(from, from + group));
    await sequenceAll({ store, signer, clock });
    from += group;
  }
  return store;
}

export const getText = (store: MemoryLedgerStore, size?: number): string =>
  store.rows.checkpoints.findLast((each) => size === undefined || each.size === size)?.text ?? '';

export type PublishedLog = {
  readonly url: string;
  /** What it shows from now on. */
  readonly show: (shown: Shown) => void;
  readonly close: () => Promise<void>;
};

export type Shown = {
  readonly store: MemoryLedgerStore;
  /** In place of the newest. */
  readonly checkpoint?: string;
  readonly keys?: string;
  /** What it says that witnesses have seen. */
  readonly witnessed?: string;
  /** Answers every address with this status. */
  readonly status?: number;
};

async function findAnswer({ store, checkpoint, keys, witnessed }: Shown, path: string): Promise<Uint8Array | string | undefined> {
  if (path === 'witnessed-checkpoint') {
    return witnessed;
  }
  if (path === 'checkpoint' || path === 'keys') {
    return path === 'keys' ? keys : (checkpoint ?? getText(store));
  }
  const address = parseTilePath(path);
  return address.ok ? findTileBytes({ store }, address.value) : undefined;
}

export async function publishLog(first: Shown): Promise<PublishedLog> {
  let shown = first;
  const server = createServer((request, response) => {
    void findAnswer(shown, (request.url ?? '').replace('/ledger/', '')).then((answer) => {
      response.statusCode = shown.status ?? (answer === undefined ? 404 : 200);
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/ledger`,
    show: (next) => {
      shown = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
