// A node on a world's database whose work can be counted: which stores it asks, how often, and how often it signs, checks, seals and digests. Time is not measured:
// what does the same work takes the same time, on every machine.

import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { createNode } from '../../src/app.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { sendRaw } from './raw-request.ts';
import type { World } from './world.ts';

export type CountedNode = {
  readonly fetcher: (url: string, init: RequestInit) => Promise<Response>;
  /** What `work` asked of stores and of cryptography, by name and number. */
  readonly count: (work: () => Promise<unknown>) => Promise<string>;
  readonly close: () => Promise<void>;
};

type Note = (name: string) => void;

function watchCalls<T extends object>(watched: T, note: Note, prefix: string): T {
  return new Proxy(watched, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') {
        return value;
      }
      return (...given: readonly unknown[]): unknown => {
        note(`${prefix}.${String(key)}`);
        return Reflect.apply(value, target, given);
      };
    },
  });
}

/** Of each store, by its name. */
function watchStorage(storage: Storage, note: Note): Storage {
  return new Proxy(storage, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'object' && value !== null ? watchCalls(value, note, String(key)) : value;
    },
  });
}

const operations = ['verify', 'sign', 'createHmac', 'createHash', 'createCipheriv', 'createDecipheriv', 'createPublicKey'] as const;

/** Every module of this process sees it, and sees the real ones again afterwards. */
function watchCryptography(note: Note): () => void {
  const real: readonly (readonly [string, Parameters<typeof Reflect.apply>[0]])[] = operations.map((name) => [name, crypto[name]]);
  const replace = (name: string, operation: unknown): void => {
    Reflect.set(crypto, name, operation);
    syncBuiltinESMExports();
  };
  for (const [name, operation] of real) {
    replace(name, (...given: readonly unknown[]): unknown => {
      note(name);
      const result: unknown = Reflect.apply(operation, crypto, given);
      return result;
    });
  }
  return () => real.forEach(([name, operation]) => replace(name, operation));
}

function createFetcher(port: number): CountedNode['fetcher'] {
  return async (url, init) => {
    const { host, pathname, search } = new URL(url);
    const isForm = init.body instanceof URLSearchParams;
    const body = init.body instanceof URLSearchParams || typeof init.body === 'string' ? init.body.toString() : '';
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      ...(isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      host,
    };
    const answer = await sendRaw({ port, method: init.method ?? 'GET', path: `${pathname}${search}`, headers, body });
    const answered = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      [value ?? []].flat().forEach((one) => answered.append(name, one));
    }
    return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answered });
  };
}

const toText = (names: readonly string[]): string =>
  [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]) => `${name} × ${length}`)
    .toSorted()
    .join(', ');

/** What a request does because its time has come, whoever it is about: look whether keys were rotated. */
const byTime = /^keys\./;

/** Only what requests to this node do is counted, whatever else goes on in the process. */
export async function startCountedNode(world: World): Promise<CountedNode> {
  const noted: string[] = [];
  const asked = new AsyncLocalStorage<string>();
  const note: Note = (name) => {
    if (asked.getStore() !== undefined && !byTime.test(name)) {
      noted.push(name);
    }
  };
  const storage = openStorage(world.config.database);
  const watched = watchStorage(storage, note);
  const { config, keys, clock } = world;
  const { answer } = createNode({ config, keys, storage: watched, clock, log: createLog('error', { write: () => undefined }) });
  const server = createServer((request, response) => void asked.run(request.url ?? '', () => answer(request, response)));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    fetcher: createFetcher(typeof address === 'object' && address !== null ? address.port : 0),
    count: async (work) => {
      noted.length = 0;
      const restore = watchCryptography(note);
      try {
        await work();
      } finally {
        restore();
      }
      return toText(noted);
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await storage.close();
    },
  };
}
