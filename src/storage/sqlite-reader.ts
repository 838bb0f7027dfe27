// Questions of auditors are read beside the writer: a thread of its own with a connection that can only read, so that nobody who signs in waits for a count
// over millions of rows. It starts with the first question and ends with the database.

import { Worker } from 'node:worker_threads';
import { Fault } from '../domain/kernel/errors.ts';
import type { Engine, Statement } from './engine.ts';
import type { ReaderAnswer, ReaderRequest } from './sqlite-reader-thread.ts';
import type { Row } from './row.ts';

export type Reader = { readonly read: Engine['read']; readonly close: () => Promise<void> };

type Asked = { readonly resolve: (rows: readonly Row[]) => void; readonly reject: (fault: unknown) => void };

type Thread = { readonly worker: Worker; readonly waiting: Map<number, Asked> };

function settle({ waiting }: Thread, answer: ReaderAnswer): void {
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (answer.rows === undefined) {
    asked?.reject(new Fault('store/unavailable', answer.failure));
  } else {
    asked?.resolve(answer.rows);
  }
}

function startThread(path: string, onEnd: () => void): Thread {
  const worker = new Worker(new URL('./sqlite-reader-thread.ts', import.meta.url), { workerData: { path } });
  const thread: Thread = { worker, waiting: new Map() };
  const fail = (detail: string): void => {
    onEnd();
    thread.waiting.forEach(({ reject }) => reject(new Fault('store/unavailable', detail)));
    thread.waiting.clear();
  };
  worker.on('message', (answer: ReaderAnswer) => settle(thread, answer));
  worker.on('error', (error) => fail(`the thread that reads ended: ${String(error)}`));
  worker.on('exit', () => fail('the thread that reads ended'));
  // Alone it keeps no process alive; what is asked of it does.
  worker.unref();
  return thread;
}

/** As long as on PostgreSQL: whoever asks hears of it, and may ask for less. The database finishes what it began; nothing can stop it in the middle. */
const usualLimitMs = 30_000;

type Question = { readonly request: ReaderRequest; readonly limitMs: number; readonly onLate: () => void };

function ask({ worker, waiting }: Thread, { request, limitMs, onLate }: Question): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    worker.ref();
    const done = (): void => {
      clearTimeout(late);
      if (waiting.size === 0) {
        worker.unref();
      }
    };
    const fail = (fault: unknown): void => {
      done();
      reject(fault instanceof Error ? fault : new Fault('store/unavailable', 'the thread that reads ended'));
    };
    const late = setTimeout(() => {
      waiting.delete(request.id);
      fail(new Fault('store/unavailable', 'the question took too long'));
      onLate();
    }, limitMs);
    waiting.set(request.id, {
      resolve: (rows) => {
        done();
        resolve(rows);
      },
      reject: fail,
    });
    worker.postMessage(request);
  });
}

/** `path` MUST be a file: a database in memory has no second connection. */
export function openSqliteReader(path: string, limitMs = usualLimitMs): Reader {
  let thread: Thread | undefined;
  let asked = 0;
  const read = ({ text, values }: Statement): Promise<readonly Row[]> => {
    const current = (thread ??= startThread(path, () => {
      thread = thread === current ? undefined : thread;
    }));
    asked += 1;
    const request: ReaderRequest = { id: asked, text, values: values.map((value) => (typeof value === 'boolean' ? Number(value) : value)) };
    const onLate = (): void => {
      // It is busy for as long as the database is; others wait for a thread of their own.
      thread = thread === current ? undefined : thread;
      void current.worker.terminate();
    };
    return ask(current, { request, limitMs, onLate });
  };
  return {
    read,
    close: async () => {
      await thread?.worker.terminate();
    },
  };
}
