// Two other processes that try the same thing on one database at the same moment, again and again: they open it once and go when they are told what it is about.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Heat = { readonly race: string; readonly about: string; readonly attempts: number };

export type TwoProcesses = {
  /** How many attempts won, of twice `attempts`. */
  readonly race: (heat: Heat) => Promise<number>;
  readonly close: () => Promise<void>;
};

const worker = fileURLToPath(new URL('storage-worker.ts', import.meta.url));

/** `url` opens the database from anywhere: `sqlite:PATH` or `postgres://…`. */
export async function startTwoProcesses(url: string): Promise<TwoProcesses> {
  const children = [1, 2].map(() => fork(worker, [url]));
  await Promise.all(children.map(async (child) => receive(child)));
  return {
    race: async (heat) => {
      const won = await Promise.all(
        children.map(async (child) => {
          const answer = receive(child);
          child.send(heat);
          return answer;
        }),
      );
      return won.map(Number).reduce((sum, count) => sum + count, 0);
    },
    close: async () => {
      const ended = children.map(async (child) => once(child, 'exit'));
      children.forEach((child) => child.disconnect());
      await Promise.all(ended);
    },
  };
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
