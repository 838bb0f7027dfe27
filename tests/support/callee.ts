// A service that is called: keeps how it was called, says 503 once and then yes to everything.

import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { findFreePort } from './world.ts';

export type Callee = {
  readonly url: string;
  /** The headers of each call. */
  readonly calls: readonly IncomingHttpHeaders[];
  readonly close: () => Promise<void>;
};

export async function startCallee(path: string): Promise<Callee> {
  const port = await findFreePort();
  const calls: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    calls.push(request.headers);
    request.resume();
    response.writeHead(calls.length === 1 ? 503 : 200).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { url: `http://localhost:${port}${path}`, calls, close };
}
