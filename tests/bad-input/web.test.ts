// Every row of the table of bad input that travels over HTTP, against the running product.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailEnv } from '../support/mailbox.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { webRows } from './all-rows.ts';
import { roomForAll } from './room.ts';
import { readTold, sendRow, toExpected, toLanguages } from './run-row.ts';
import { takeSnapshot } from './snapshot.ts';
import { createStages } from './stages.ts';
import type { OpenStage } from './stages.ts';

/** Rows that share a world. Many of them bring people of their own, and each is held against the whole database, which therefore stays small. */
const rowsInWorld = 100;

const parts = Array.from({ length: Math.ceil(webRows.length / rowsInWorld) }, (_, part) => ({
  part: part + 1,
  rows: webRows.slice(part * rowsInWorld, (part + 1) * rowsInWorld),
}));

describe.each(parts)('bad input over HTTP, part $part', ({ rows }) => {
  let world: World;
  let database: OpenDatabase;
  let openStage: OpenStage;

  beforeAll(async () => {
    world = await createWorld({ env: { ...mailEnv, ...roomForAll } });
    database = openWorldDatabase(world);
    openStage = createStages(world);
    // The number 1000000008 is somebody's.
    await world.addPerson();
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  test.each(rows)('$id $where: $what', async (row) => {
    for (const asked of toLanguages(row)) {
      const stage = await openStage(row.stage, asked);
      const before = takeSnapshot(database);
      const told = readTold(await sendRow({ world, row, stage, language: asked }));
      expect({ asked, ...told }).toMatchObject({ asked, ...toExpected(row, asked) });
      expect(takeSnapshot(database)).toEqual(before);
    }
  });
});

test('the table of bad input has an id for every row', () => {
  expect(new Set(webRows.map(({ id }) => id)).size).toBe(webRows.length);
});
