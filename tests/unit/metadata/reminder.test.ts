// Metadata whose next edition is overdue go on counting, and the log of a node says so each day until somebody imports the next one (ADR-0068).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createNode } from '../../../src/app.ts';
import { loadParts } from '../../../src/cli/load-parts.ts';
import { writeSetup } from '../../../src/config/write-setup.ts';
import { dayMs, systemClock } from '../../../src/domain/kernel/clock.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createEvent } from '../../support/store-samples.ts';
import { findFreePort } from '../../support/world.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huwiya-reminder-'));
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

it('reminds once a day, for as long as an edition is overdue, and no more when the next one came', async () => {
  writeSetup({ issuer: `http://localhost:${await findFreePort()}`, folder });
  const loaded = await loadParts({ file: join(folder, 'huwiya.env'), allowsPending: true, env: {} });
  if (!loaded.ok) {
    throw new Error(JSON.stringify(loaded.faults));
  }
  const { storage } = loaded.value;
  await storage.migrate(systemClock);
  const begun = Date.now();
  const save = async (number: number, nextUpdate: number): Promise<void> => {
    const source = { source: 'fido', name: 'Alliance', number, digest: '', nextUpdate, importedAt: begun };
    await storage.metadata.saveEdition({ source, models: [], event: createEvent('metadata.imported') });
  };
  await save(1, begun - 2 * dayMs);
  let now = begun;
  let reads = 0;
  const said: unknown[] = [];
  const read = (line: string): void => {
    const { msg, days } = z.object({ msg: z.string(), days: z.number().optional() }).parse(JSON.parse(line));
    said.push(...(msg === 'metadata late' ? [days] : []));
  };
  const counted = { ...storage, removeExpired: async (at: number) => ((reads += 1), storage.removeExpired(at)) };
  const node = createNode({
    ...loaded.value,
    storage: counted,
    clock: { now: () => now },
    log: createLog('warn', { write: (line) => read(line) }),
  });
  /** A minute of the node, from its beginning to its end. */
  const work = async (): Promise<void> => {
    const before = reads;
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(reads).toBeGreaterThan(before));
  };
  await node.start();
  await vi.waitFor(() => expect(said).toEqual([2]));
  await work();
  expect(said).toEqual([2]);
  now += dayMs;
  await work();
  await work();
  expect(said).toEqual([2, 3]);
  await save(2, now + 30 * dayMs);
  now += dayMs;
  await work();
  expect(said).toEqual([2, 3]);
  await node.stop();
});
