// The three ports of a demo, looked at before a new one writes anything: what it writes belongs to its port for good.

import { createServer } from 'node:net';
import type { StartFault } from '../config/config.ts';

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}

/** One fault for each that a program has taken already, or that this process may not have. */
export async function findTakenPorts(first: number): Promise<readonly StartFault[]> {
  const faults: StartFault[] = [];
  for (const port of [first, first + 1, first + 2]) {
    if (!(await isFree(port))) {
      faults.push({
        setting: '--port',
        problem: `cannot begin at ${first}: ${port} is taken by another program already`,
        fix: 'Stop that program, or name the first of three free ports: npm start -- --port 4000',
      });
    }
  }
  return faults;
}
