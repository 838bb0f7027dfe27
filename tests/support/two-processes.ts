// Two other processes that try the same thing on one database at the same moment.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Race = { readonly url: string; readonly name: string; readonly attempts: number; readonly about: string };

const worker = fileURLToPath(new URL('storage-worker.ts', import.meta.url));

/** How many attempts won, of twice `attempts`. */
export async function raceTwice(race: Race): Promise<number> {
  const children = [1, 2].map(() => fork(worker, [race.url, race.name, String(race.attempts), race.about]));
  await Promise.all(children.map(async (child) => receive(child)));
  const won = await Promise.all(
    children.map(async (child) => {
      const answer = receive(child);
      child.send('go');
      return answer;
    }),
  );
  return won.map(Number).reduce((sum, count) => sum + count, 0);
}

async function receive(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a process of the race ended with ${String(code)} before it answered`);
  });
  const [message] = await Promise.race([once(child, 'message'), exit]);
  ended.abort();
  await exit.catch(() => undefined);
  return message;
}
