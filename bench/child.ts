// A server in a process of its own, on a core of its own where the system can pin one; its CPU time is read from inside it.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

const answerSchema = z.object({ cpuMicros: z.number(), commits: z.number() });
export type Usage = z.infer<typeof answerSchema>;

export type ServerProcess = {
  readonly processId: number;
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>;
  readonly readUsage: () => Promise<Usage>;
  /** Between rounds, outside what is counted. */
  readonly tidy: () => Promise<Usage>;
  readonly startProfile: () => Promise<Usage>;
  readonly writeProfile: (file: string) => Promise<Usage>;
  readonly stop: () => Promise<void>;
};

const serverCore = '0';
const loadCore = '1';

/** Before anything is pinned: afterwards the system counts what is left. */
const cores = availableParallelism();

export const canPin: boolean = cores > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

function pinTo(list: string): void {
  if (canPin) {
    spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', list, String(process.pid)], { stdio: 'ignore' });
  }
}

/** Puts this process, which makes the load, on the other core. */
export const pinLoad = (): void => pinTo(loadCore);

/** Gives it, and what it starts from now on, every core. */
export const unpinLoad = (): void => pinTo(`0-${cores - 1}`);

async function hear(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`the server ended with ${String(code)}`));
    child.once('exit', onExit);
    child.once('message', (message: unknown) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}

/** Resolves when the server listens. */
export async function startServer(script: string, argument: string, { isPinned = canPin } = {}): Promise<ServerProcess> {
  const command = [process.execPath, script, argument];
  const [program = '', ...rest] = isPinned ? ['taskset', '--cpu-list', serverCore, ...command] : command;
  // What it logs is written as always, and read by nobody.
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await hear(child);
  const ask = async (question: string): Promise<Usage> => {
    const heard = hear(child);
    child.send(question);
    return answerSchema.parse(await heard);
  };
  const ended = async (begin: () => void): Promise<void> => {
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    begin();
    await exited;
  };
  return {
    processId: child.pid ?? 0,
    kill: async () => ended(() => child.kill('SIGKILL')),
    readUsage: () => ask('usage'),
    tidy: () => ask('tidy'),
    startProfile: () => ask('profile'),
    writeProfile: (file) => ask(file),
    stop: async () => ended(() => child.send('stop')),
  };
}
