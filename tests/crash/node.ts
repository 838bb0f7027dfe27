// A node made of the same parts as `huwiya serve`, whose store has labelled points and whose clock can be moved. Its parent says by messages what happens to it.

import { z } from 'zod';
import { createNode } from '../../src/app.ts';
import type { Parts } from '../../src/app.ts';
import { toKeyNeeds } from '../../src/cli/key-needs.ts';
import { findInstallationFaults } from '../../src/cli/check-installation.ts';
import { readConfig, readEnvironment } from '../../src/config/read-config.ts';
import { readKeys } from '../../src/config/read-keys.ts';
import { rotateKeys } from '../../src/domain/keys/rotate-keys.ts';
import { createStorage } from '../../src/storage/open-storage.ts';
import { openPostgres, patient } from '../../src/storage/postgres-pool.ts';
import { openSqliteReader } from '../../src/storage/sqlite-reader.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { moments, watchPoints } from './points.ts';

const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('kill'), point: z.object({ moment: z.enum(moments), table: z.string(), passes: z.int() }) }),
  z.object({ order: z.literal('step'), milliseconds: z.int() }),
  z.object({ order: z.literal('rotate') }),
]);

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly unknown[] };

function getPart<T>(checked: Checked<T>): T {
  if (!checked.ok) {
    throw new Error(JSON.stringify(checked.faults));
  }
  return checked.value;
}

const config = getPart(readConfig({ file: undefined, env: readEnvironment() }));
const { database } = config;
const isFile = database.kind === 'sqlite';
const points = watchPoints(isFile ? openSqlite(database.path) : openPostgres(database.url));
const reader = isFile ? openSqliteReader(database.path) : openPostgres(database.url, patient);
const storage = createStorage(points.engine, { questions: reader, facts: reader, exports: reader, isCopied: false });

let ahead = 0;
const parts: Parts = { config, keys: getPart(readKeys(config.keysFolder)), storage, clock: { now: () => Date.now() + ahead } };

async function requireStartable(): Promise<void> {
  const faults = [...(await storage.checkStart()), ...(await findInstallationFaults(parts))];
  if (faults.length > 0) {
    throw new Error(JSON.stringify(faults));
  }
}

async function obey(message: unknown): Promise<void> {
  const said = orderSchema.parse(message);
  if (said.order === 'kill') {
    points.arm(said.point, () => process.kill(process.pid, 'SIGKILL'));
  } else if (said.order === 'step') {
    ahead = said.milliseconds;
  } else {
    const rotated = await rotateKeys(toKeyNeeds(parts), 'emergency').catch(() => undefined);
    process.send?.({ rotated: rotated?.ok ?? null });
    return;
  }
  process.send?.({ done: said.order });
}

await requireStartable();
const node = createNode(parts);
await node.start();
process.on('message', (message) => void obey(message));
process.once('disconnect', () => process.exit(0));
// As `huwiya serve` does when the disk failed.
void node.broken.then(node.stop).then(() => process.exit(1));
process.stderr.write(`Huwiya answers at ${config.issuer}\n`);
