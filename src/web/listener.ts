// The socket of a node: takes requests, and leaves off without losing an answer.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';

export type Answers = {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** What Node could not read as a request, or not in time. */
  readonly answerUnreadable: (error: NodeJS.ErrnoException, socket: Duplex) => void;
};

export type NodeListener = {
  /** Resolves when the first request can be answered. */
  readonly open: () => Promise<void>;
  /** Accepts nothing more; resolves when every request under way was answered, at the latest after ten seconds and a little. */
  readonly drain: () => Promise<void>;
};

const longestAnswerMs = 10_000;

/** What a request that lost its connection may still take to notice. */
const lastWordMs = 1000;

type Take = (request: IncomingMessage, response: ServerResponse) => void;

/** TLS ends here when certificate and key are configured, otherwise in the proxy in front. */
function createSocket({ tls }: Pick<Config, 'tls'>, take: Take): Server {
  const limits = { maxHeaderSize: 16 * 1024 };
  const server =
    tls === undefined
      ? createServer(limits, take)
      : createTlsServer(
          { ...limits, cert: readFileSync(tls.certificateFile), key: readFileSync(tls.keyFile), minVersion: 'TLSv1.2' },
          take,
        );
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.keepAliveTimeout = 5_000;
  return server;
}

async function open(server: Server, { host, port }: Config['listen']): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A client that keeps its connection would send the next request into nothing. */
function endAfterAnswer(response: ServerResponse): void {
  if (!response.headersSent) {
    response.setHeader('Connection', 'close');
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), longestAnswerMs);
  await closed;
  clearTimeout(force);
}

export function createNodeListener(config: Pick<Config, 'tls' | 'listen'>, { answer, answerUnreadable }: Answers): NodeListener {
  const underWay = new Map<ServerResponse, Promise<void>>();
  let isDraining = false;
  const take: Take = (request, response) => {
    if (isDraining) {
      endAfterAnswer(response);
    }
    underWay.set(
      response,
      answer(request, response).finally(() => underWay.delete(response)),
    );
  };
  const server = createSocket(config, take);
  server.on('clientError', answerUnreadable);
  return {
    open: async () => open(server, config.listen),
    drain: async () => {
      isDraining = true;
      [...underWay.keys()].forEach(endAfterAnswer);
      await close(server);
      await Promise.race([Promise.allSettled(underWay.values()), sleep(lastWordMs, undefined, { ref: false })]);
    },
  };
}
