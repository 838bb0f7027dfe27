// AL-11: the process that signs is killed wherever it happens to be, between the commit and what it gives out, and started again.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toLogSigner } from '../../src/cli/sequence-log.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { startProgram } from '../support/command.ts';
import { createInstallation, createUpkeepFolder } from '../support/upkeep-world.ts';
import type { Installation } from '../support/upkeep-world.ts';

const line = z.object({ size: z.int(), text: z.string() });
type Head = z.infer<typeof line>;

describe('a log whose process is killed', () => {
  const place = createUpkeepFolder();
  let own: Installation;

  beforeAll(async () => {
    own = await createInstallation({ folder: join(place.path, 'own'), issuer: 'http://localhost:4163' });
  });
  afterAll(() => place.remove());

  /** Runs until some heads are given out, and kills the process in the middle of whatever it does then. */
  async function growAndKill(): Promise<readonly Head[]> {
    const program = [join(import.meta.dirname, '../support/growing-log.ts'), own.settingsFile];
    const running = await startProgram(program, /(?:\{"size".*\n){5}/);
    const closed = new Promise((resolve) => {
      running.process.once('close', resolve);
    });
    running.process.kill('SIGKILL');
    await closed;
    const lines = running.texts.stdout.split('\n').slice(0, -1);
    return lines.map((each) => line.parse(JSON.parse(each)));
  }

  test('AL-11 goes on after each kill from the head that it gave out, and never signs two heads of one size', async () => {
    const published = [...(await growAndKill()), ...(await growAndKill())];
    await own.grow(1);
    await own.use(async (parts) => {
      const { ledger } = parts.storage;
      const stored = new Map((await ledger.readCheckpoints(-1, 10_000)).map(({ size, text }) => [size, text]));
      const sizes = published.map(({ size }) => size);
      expect(sizes.length).toBeGreaterThanOrEqual(10);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      expect(new Set(sizes).size).toBe(sizes.length);
      expect(published.filter(({ size, text }) => stored.get(size) !== text)).toEqual([]);
      const report = await verifyLog(
        { store: ledger, trusted: [toVerifier(toLogSigner(parts))] },
        { kept: published.map(({ text }) => text) },
      );
      expect([report.faults, report.size > (sizes.at(-1) ?? 0)]).toEqual([[], true]);
    });
  });
});
