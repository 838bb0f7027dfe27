// A node on a world's database whose durable commits are those of its requests alone: it answers on a port of its own and numbers no events
// (the world's own node does, through its own connection).

import { createServer } from 'node:http';
import { createNode } from '../../src/app.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import type { World } from './world.ts';

export type CountingNode = { readonly port: number; readonly commits: () => number; readonly close: () => Promise<void> };

export async function startCountingNode(world: World): Promise<CountingNode> {
  const storage = openStorage(world.config.database);
  const { config, keys, clock } = world;
  const answer = createNode({ config, keys, storage, clock, log: createLog('error', { write: () => undefined }) }).answer;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    commits: storage.commits,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await storage.close();
    },
  };
}
