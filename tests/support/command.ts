// The real command, as an operator runs it: `bin/huwiya.mjs` in a process of its own, with nothing of this process's environment but a path.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../bin/huwiya.mjs', import.meta.url));

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Spoken = { readonly child: ChildProcess; readonly texts: { stdout: string; stderr: string }; readonly ended: Promise<Ended> };

export type Environment = Readonly<Record<string, string>>;

/** A path, and where compiled code is kept. */
const inherited = { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' };

function speak(program: readonly string[], env: Environment, cwd?: string): Spoken {
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, ...env }, cwd });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    texts.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    texts.stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, ...texts }));
  });
  return { child, texts, ended };
}

export async function runCommand(args: readonly string[], env: Environment = {}): Promise<Ended> {
  return speak([command, ...args], env).ended;
}

/** Any program of the project, to its end. */
export async function runProgram(program: readonly string[], env: Environment = {}): Promise<Ended> {
  return speak(program, env).ended;
}

/** As somebody types it who stands in that folder. */
export async function runProgramIn(folder: string, program: readonly string[]): Promise<Ended> {
  return speak(program, {}, folder).ended;
}

export type Running = {
  readonly texts: { readonly stdout: string; readonly stderr: string };
  readonly process: ChildProcess;
  readonly stop: (signal?: 'SIGTERM' | 'SIGINT') => Promise<Ended>;
};

/** Resolves when `ready` shows on either stream; throws with what was said when the process ends before. */
export async function startProgram(program: readonly string[], ready: RegExp, env: Environment = {}): Promise<Running> {
  const { child, texts, ended } = speak(program, env);
  const isReady = new Promise<'ready'>((resolve) => {
    const look = (): void => (ready.test(texts.stdout) || ready.test(texts.stderr) ? resolve('ready') : undefined);
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
  });
  const first = await Promise.race([isReady, ended]);
  if (first !== 'ready') {
    throw new Error(`${program.join(' ')} ended with ${first.code}: ${first.stdout}${first.stderr}`);
  }
  return {
    texts,
    process: child,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

export async function startCommand(args: readonly string[], ready: RegExp, env: Environment = {}): Promise<Running> {
  return startProgram([command, ...args], ready, env);
}
