// Threads that judge blocks of a long log beside the one that grows its tree. They run this very file and can do nothing else; what one of them cannot say, or does
// not live to say, is judged where it was asked.

import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { findRun } from './export-run.ts';
import type { FindRun, Run } from './export-run.ts';

const mark = 'huwiya-verify: judge blocks';
const mostThreads = 8;

type Answer = { readonly run: Run | undefined };

export type Helpers = { readonly findRun: FindRun; readonly stop: () => Promise<unknown> };

export const isHelper = (): boolean => parentPort !== null && workerData === mark;

export function answerAsHelper(): void {
  parentPort?.on('message', (bytes: Uint8Array) => {
    const run = findRun({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), isWhole: true });
    parentPort?.postMessage({ run } satisfies Answer);
  });
}

type Asked = (run: Run | undefined) => void;

/** Answers come in the order of what was asked. */
function startHelper(file: URL): { readonly worker: Worker; readonly waiting: Asked[] } {
  const worker = new Worker(file, { workerData: mark });
  const waiting: Asked[] = [];
  const end = (): void => waiting.splice(0).forEach((tell) => tell(undefined));
  worker.on('message', ({ run }: Answer) => waiting.shift()?.(run));
  worker.on('error', end);
  worker.on('exit', end);
  return { worker, waiting };
}

/** `file`: the one that calls `answerAsHelper` where `isHelper`. */
export function startHelpers(file: URL): Helpers {
  const helpers = Array.from({ length: Math.min(mostThreads, availableParallelism()) }, () => startHelper(file));
  let turn = 0;
  return {
    findRun: async ({ bytes, isWhole }) => {
      const helper = helpers[turn % helpers.length];
      turn += 1;
      if (helper === undefined || !isWhole || helper.worker.threadId < 0) {
        return undefined;
      }
      return new Promise((resolve) => {
        helper.waiting.push(resolve);
        helper.worker.postMessage(bytes);
      });
    },
    stop: () => Promise.all(helpers.map(({ worker }) => worker.terminate())),
  };
}
