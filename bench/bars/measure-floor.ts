// W1 by the hand-written floor, beside Huwiya in turns.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../tests/support/world.ts';
import { startServer } from '../child.ts';
import { runRound } from '../measure.ts';
import type { Side } from '../measure.ts';
import type { Options } from '../options.ts';
import { toMedian } from '../report.ts';
import { operationsPerSecond } from '../sides.ts';
import type { Started } from '../sides.ts';

export type FloorRatio = { readonly ratio: number; readonly floorMs: number };

export async function measureFloor({ plainFile, sides }: Started, { connections, rounds, seconds, warmUp }: Options): Promise<FloorRatio> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-floor-'));
  const port = await findFreePort();
  const server = await startServer(
    fileURLToPath(import.meta.resolve('./serve-floor.ts')),
    JSON.stringify({ worldFile: plainFile, folder, port }),
  );
  const floor: Side = { ...sides.plain, server, target: { ...sides.plain.target, issuer: `http://localhost:${port}` } };
  try {
    await runRound(floor, 'W1', { connections, seconds: Number.POSITIVE_INFINITY, operations: warmUp });
    const extent = { connections, seconds, operations: seconds * operationsPerSecond };
    const pairs: { readonly own: number; readonly bare: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const bare = (await runRound(floor, 'W1', extent)).cpuMs;
      pairs.push({ bare, own: (await runRound(sides.huwiya, 'W1', extent)).cpuMs });
    }
    return { ratio: toMedian(pairs.map(({ bare, own }) => own / bare)), floorMs: toMedian(pairs.map(({ bare }) => bare)) };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
