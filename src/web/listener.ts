// The sockets of a node: take requests, and leave off without losing an answer.

import { constants } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { toFaultReport } from '../config/config.ts';
import type { Door, Listener, TlsFiles } from '../config/config.ts';
import { readTlsPair } from '../config/read-tls.ts';
import type { TlsPair } from '../config/read-tls.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { Log } from '../telemetry/log.ts';
import { noteCertificateDoor } from './client-certificates.ts';
import { createRenewal } from './renew-tls.ts';

export type ListenerNeeds = {
  readonly clock: Clock;
  readonly log: Pick<Log, 'write' | 'fault'>;
  /** How often certificates are looked at; ten seconds where it is not said. */
  readonly renewMs?: number;
  /** What is under way may take this long when the node stops; ten seconds where it is not said. */
  readonly answerMs?: number;
  /** `connectionLimits` where it is not said. */
  readonly limits?: ConnectionLimits;
};

export type Answers = {
  /** Where it rejects, the client hears 503 and the log the reason. */
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

const usualAnswerMs = 10_000;
const usualRenewMs = 10_000;

/** What a connection may hold and how long it may take (RX-04). What stands in front of a node takes no more and waits no less (deploy/nginx). */
export const connectionLimits = {
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  /** Headers and body together. */
  requestMs: 15_000,
  keepAliveMs: 5000,
  /** In which neither side moves a byte: longer than the slowest answer, and the end of a client that does not read. */
  silenceMs: 60_000,
  /** How often the times are looked at; Node does it twice in a minute. */
  lookMs: 1000,
  /** At one door. */
  connections: 10_000,
} as const;

export type ConnectionLimits = { readonly [Name in keyof typeof connectionLimits]: number };

/** As long as a request may take for its headers; Node gives twelve times as much. */
const handshakeMs = connectionLimits.headersMs;

/** What a request that lost its connection may still take to notice. */
const lastWordMs = 1000;

type Take = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * TLS 1.3, and 1.2 with forward secrecy and authenticated encryption only (BCP 195; FAPI 2.0 Security Profile §5.2.2). The order is the node's.
 */
const tlsRules = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
  ].join(':'),
} as const;

function toContext({ certificate: cert, key }: TlsPair) {
  return { ...tlsRules, cert, key };
}

/**
 * Whoever connects is asked for a certificate and told no names of authorities, because many libraries then keep back one that nobody issued. Which is believed
 * is decided at each request. No connection goes on from another: it would bring a certificate that was looked at before, and without its chain.
 */
const asking = { requestCert: true, rejectUnauthorized: false } as const;
const unresumed = { secureOptions: constants.SSL_OP_NO_TICKET } as const;

function getPair(files: TlsFiles, clock: Clock): TlsPair {
  const read = readTlsPair(files, clock.now());
  if (!read.ok) {
    throw new Fault('configuration/invalid', toFaultReport(read.faults));
  }
  return read.value;
}

type Opened = { readonly server: Server; readonly renew: () => void };

/** Every connection, also one that never came as far as TLS, which the server itself does not know of. */
function collectSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** TLS ends here when certificate and key are configured, otherwise in the proxy in front. */
function createSocket({ tls: files, isForCertificates = false }: Door, needs: ListenerNeeds, take: Take): Opened {
  const { clock, log, limits: own = connectionLimits } = needs;
  const limits = { maxHeaderSize: own.headerBytes, connectionsCheckingInterval: own.lookMs };
  if (files === undefined) {
    return { server: createServer(limits, take), renew: () => undefined };
  }
  const pair = getPair(files, clock);
  const toOwn = (of: TlsPair) => ({ ...toContext(of), ...(isForCertificates ? unresumed : {}) });
  const server = createTlsServer({ ...limits, handshakeTimeout: handshakeMs, ...(isForCertificates ? asking : {}), ...toOwn(pair) }, take);
  const renewed = (next: TlsPair): void => server.setSecureContext(toOwn(next));
  return { server, renew: createRenewal({ files, clock, log, take: renewed }, pair) };
}

function setLimits(server: Server, limits: ConnectionLimits): void {
  server.headersTimeout = limits.headersMs;
  server.requestTimeout = limits.requestMs;
  server.keepAliveTimeout = limits.keepAliveMs;
  server.timeout = limits.silenceMs;
  server.maxConnections = limits.connections;
}

async function open(server: Server, { host, port }: Listener): Promise<void> {
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

type Closing = { readonly server: Server; readonly sockets: ReadonlySet<Socket> };

async function close({ server, sockets }: Closing, answerMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const force = setTimeout(() => {
    server.closeAllConnections();
    sockets.forEach((socket) => socket.destroy());
  }, answerMs);
  await closed;
  clearTimeout(force);
}

/** Nothing is known but that there is no answer. */
function answerBriefly(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
  } else {
    response.writeHead(503, { 'Cache-Control': 'no-store' }).end();
  }
}

type Taking = { readonly take: Take; readonly endAll: () => void; readonly allAnswered: () => Promise<unknown> };

function createTaking(log: ListenerNeeds['log'], answer: Answers['answer']): Taking {
  const underWay = new Map<ServerResponse, Promise<void>>();
  let isDraining = false;
  return {
    take: (request, response) => {
      if (isDraining) {
        endAfterAnswer(response);
      }
      const answered = answer(request, response).catch((thrown: unknown) => {
        log.fault('internal/unexpected', thrown, {});
        answerBriefly(response);
      });
      underWay.set(
        response,
        answered.finally(() => underWay.delete(response)),
      );
    },
    endAll: () => {
      isDraining = true;
      [...underWay.keys()].forEach(endAfterAnswer);
    },
    allAnswered: async () => Promise.allSettled(underWay.values()),
  };
}

/** Every door leads to the same answers; each has its own socket and certificate. */
export function createNodeListener(needs: ListenerNeeds, doors: readonly Door[], { answer, answerUnreadable }: Answers): NodeListener {
  const { take, endAll, allAnswered } = createTaking(needs.log, answer);
  let timer: NodeJS.Timeout | undefined;
  const takeWithCertificate: Take = (request, response) => {
    noteCertificateDoor(request);
    take(request, response);
  };
  const opened = doors.map((door) => {
    const taken = door.isForCertificates === true ? takeWithCertificate : take;
    const made = createSocket(door, needs, taken);
    return { ...made, sockets: collectSockets(made.server), listen: door.listen };
  });
  opened.forEach(({ server }) => {
    setLimits(server, needs.limits ?? connectionLimits);
    server.on('clientError', answerUnreadable);
  });
  return {
    open: async () => {
      await Promise.all(opened.map(async ({ server, listen }) => open(server, listen)));
      timer = setInterval(() => opened.forEach(({ renew }) => renew()), needs.renewMs ?? usualRenewMs);
      timer.unref();
    },
    drain: async () => {
      clearInterval(timer);
      endAll();
      await Promise.all(opened.map(async (door) => close(door, needs.answerMs ?? usualAnswerMs)));
      await Promise.race([allAnswered(), sleep(lastWordMs, undefined, { ref: false })]);
    },
  };
}
