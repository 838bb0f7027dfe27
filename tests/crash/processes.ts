// The process that is killed, and the tracer that sits between it and the kernel.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../support/command.ts';
import { findProgram } from './bundle.ts';
import type { Form } from './bundle.ts';

export type Killable = {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** How it ended: its code, or the signal. */
  readonly ended: Promise<number | string>;
  /** One order, as `node.ts` understands them; resolves with its answer, or undefined when the process ended first. */
  readonly order: (message: object) => Promise<unknown>;
  readonly kill: () => Promise<number | string>;
  readonly readLog: () => string;
};

async function waitUntilReady(child: ChildProcess, readLog: () => string): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    child.stderr?.on('data', () => (readLog().includes('Huwiya answers') ? resolve() : undefined));
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error(`the node does not start: ${readLog().slice(-2000)}`);
  });
  await Promise.race([ready, gone]);
  gone.catch(() => undefined);
}

export async function startNode(env: Environment, form: Form): Promise<Killable> {
  const inherited = { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' };
  const child = spawn(process.execPath, [await findProgram(form)], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(form === 'serve' ? [] : ['ipc' as const])],
  });
  let log = '';
  const keep = (text: Buffer): void => {
    log += text.toString('utf8');
  };
  child.stderr?.on('data', keep);
  child.stdout?.on('data', keep);
  let hasEnded = false;
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      hasEnded = true;
      resolve(code ?? String(signal));
    });
  });
  await waitUntilReady(child, () => log);
  return {
    pid: child.pid ?? 0,
    hasEnded: () => hasEnded,
    ended,
    order: async (message) => {
      if (hasEnded || !child.connected) {
        return undefined;
      }
      const answered = new Promise((resolve) => {
        child.once('message', resolve);
      });
      child.send(message, () => undefined);
      return Promise.race([answered, ended.then(() => undefined)]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      return ended;
    },
    readLog: () => log,
  };
}

/** Why nothing can be put between a process and the kernel here; undefined where it can. */
export function findTracerFault(): string | undefined {
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=fsync', '-e', 'inject=fsync:error=EIO:when=1', '/bin/true'], { encoding: 'utf8' });
  if (tried.error !== undefined) {
    return 'strace is not installed';
  }
  return tried.status === 0 ? undefined : `strace may not trace here (${(tried.stderr ?? '').trim().split('\n').at(-1) ?? ''})`;
}

/** For the tracer to go, in milliseconds. */
const patience = 1500;

export type Tracer = { readonly detach: () => Promise<void> };

/** Puts strace between a running process and the kernel; resolves when it sits there. `file` takes what it saw. */
export async function attach(pid: number, expressions: readonly string[], file: string): Promise<Tracer> {
  const child = spawn('strace', ['-f', '-p', String(pid), '-o', file, ...expressions], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const sits = new Promise<void>((resolve) => {
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString('utf8');
      if (said.includes('attached')) {
        resolve();
      }
    });
  });
  const gone = once(child, 'exit');
  const first = await Promise.race([sits.then(() => 'sits'), gone.then(() => 'gone')]);
  if (first === 'gone') {
    throw new Error(`strace does not attach: ${said}`);
  }
  return {
    detach: async () => {
      child.kill('SIGINT');
      // It can wait for ever for a thread of a process that it killed; whoever it still holds is let go with it.
      if ((await Promise.race([gone, sleep(patience, 'waits')])) === 'waits') {
        child.kill('SIGKILL');
        await gone;
      }
    },
  };
}
