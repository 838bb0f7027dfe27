// Threads that judge blocks of a long log beside the one that grows its tree. They run this very file and can do nothing else; what one of them cannot say, or does
// not live to say, is judged where it was asked.

import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { findRun } from './export-run.ts';
import type { FindRun, Run } from './export-run.ts';

const mark = 'huwiya-verify: judge blocks';
const mostThreads = 8;

type Answer = { readonly run: Run | undefined };

export type Threads = { readonly findRun: FindRun; readonly stop: () => Promise<unknown> };

export const isThread = (): boolean => parentPort !== null && workerData === mark;

export function answerAsThread(): void {
  parentPort?.on('message', (bytes: Uint8Array) => {
    const run = findRun({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), isWhole: true });
    parentPort?.postMessage({ run } satisfies Answer);
  });
}

type Asked = (run: Run | undefined) => void;

/** Answers come in the order of what was asked. */
function startThread(file: URL): { readonly worker: Worker; readonly waiting: Asked[] } {
  const worker = new Worker(file, { workerData: mark });
  const waiting: Asked[] = [];
  const end = (): void => waiting.splice(0).forEach((tell) => tell(undefined));
  worker.on('message', ({ run }: Answer) => waiting.shift()?.(run));
  worker.on('error', end);
  worker.on('exit', end);
  return { worker, waiting };
}

/** `file`: the one that calls `answerAsThread` where `isThread`. */
export function startThreads(file: URL): Threads {
  const threads = Array.from({ length: Math.min(mostThreads, availableParallelism()) }, () => startThread(file));
  let turn = 0;
  return {
    findRun: async ({ bytes, isWhole }) => {
      const thread = threads[turn % threads.length];
      turn += 1;
      if (thread === undefined || !isWhole || thread.worker.threadId < 0) {
        return undefined;
      }
      return new Promise((resolve) => {
        thread.waiting.push(resolve);
        thread.worker.postMessage(bytes);
      });
    },
    stop: () => Promise.all(threads.map(({ worker }) => worker.terminate())),
  };
}
