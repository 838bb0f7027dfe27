// The sockets of a node when it stops, and what a client hears when there is no answer.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionLimits, createNodeListener } from '../../../src/web/listener.ts';
import type { Answers, ListenerNeeds, NodeListener } from '../../../src/web/listener.ts';
import { createCertificate } from '../../support/certificate.ts';
import { findFreePort } from '../../support/world.ts';

const day = 86_400_000;

describe('the sockets of a node', () => {
  let folder: string;
  let port: number;
  let faults: unknown[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-listener-'));
    port = await findFreePort();
    faults = [];
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (answer: Answers['answer'], withTls: boolean, more: Partial<ListenerNeeds> = {}): Promise<NodeListener> => {
    const { certificate, key } = createCertificate({
      host: 'id.example',
      from: new Date(Date.now() - day),
      until: new Date(Date.now() + 90 * day),
    });
    const tls = { certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem'), settings: 'HUWIYA_TLS' as const };
    writeFileSync(tls.certificateFile, certificate);
    writeFileSync(tls.keyFile, key);
    const log = { write: () => undefined, fault: (code: string, thrown: unknown) => void faults.push(code, thrown) };
    const listener = createNodeListener(
      { clock: { now: Date.now }, log, answerMs: 300, ...more },
      [{ listen: { host: '127.0.0.1', port }, tls: withTls ? tls : undefined }],
      { answer, answerUnreadable: (_, socket) => void socket.destroy() },
    );
    await listener.open();
    return listener;
  };

  const reach = async (): Promise<Socket> => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  it.each([
    ['that never spoke, at a door with TLS', true, ''],
    ['that stopped in its handshake', true, '\u0016\u0003\u0001'],
    ['that never spoke, at a plain door', false, ''],
    ['that stopped in its headers', false, 'GET / HTTP/1.1\r\nHost: id.example\r\n'],
  ])('do not keep it from stopping: one %s', async (_, withTls, said) => {
    const listener = await open(async (_request, response) => void response.end(), withTls);
    const socket = await reach();
    socket.write(said, 'latin1');
    const closed = once(socket, 'close');
    const begunAt = performance.now();
    await Promise.all([listener.drain(), closed]);
    expect(performance.now() - begunAt).toBeLessThan(3000);
  });

  describe('RX-04 a client that takes its time', () => {
    const limits = { ...connectionLimits, headersMs: 200, requestMs: 400, silenceMs: 500, lookMs: 20 };
    const big = Buffer.alloc(16 * 1024 * 1024, 'x');
    let ended = 0;
    const answerAll: Answers['answer'] = async (request, response) => {
      request.resume();
      response.once('close', () => {
        ended += 1;
      });
      if (request.url === '/big') {
        response.end(big);
      } else if (request.method === 'GET') {
        response.end('here');
      } else {
        request.once('end', () => response.end('taken'));
      }
    };

    it('has ten seconds for headers, fifteen for a request and a minute of silence, and ten thousand may be connected', () => {
      expect(connectionLimits).toEqual({
        headerBytes: 16_384,
        headersMs: 10_000,
        requestMs: 15_000,
        keepAliveMs: 5000,
        silenceMs: 60_000,
        lookMs: 1000,
        connections: 10_000,
      });
    });

    it.each([
      ['says nothing', ['', ''], 1],
      ['sends its headers by the letter', ['GET / HTTP/1.1\r\nHost: id.example\r\n', 'x'], 1],
      ['sends its body by the letter', ['POST / HTTP/1.1\r\nHost: id.example\r\nContent-Length: 1000000\r\n\r\n', 'x'], 21],
      [
        'sends a body in pieces without end',
        ['POST / HTTP/1.1\r\nHost: id.example\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
        21,
      ],
      ['does not read its answer', ['GET /big HTTP/1.1\r\nHost: id.example\r\n\r\n', undefined], 21],
    ])('and %s is disconnected, and nobody waits for it', async (_, [said = '', drip], answers) => {
      const listener = await open(answerAll, false, { limits });
      const slow = await Promise.all(Array.from({ length: 20 }, reach));
      ended = 0;
      // An end may come as a reset, where letters were still on their way.
      const closed = slow.map(async (socket) => new Promise((resolve) => void socket.once('close', resolve)));
      slow.forEach((socket) => void socket.write(said, 'latin1'));
      const dripping = setInterval(() => slow.forEach((socket) => void (drip ? socket.write(drip) : undefined)), 20);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
      await expect.poll(() => ended).toBe(answers);
      // Only who reads hears of the end.
      slow.forEach((socket) => socket.resume());
      await Promise.all(closed);
      clearInterval(dripping);
      await listener.drain();
    });

    it('leaves room: beyond the number of connections nobody is taken, and the next one when somebody went', async () => {
      const listener = await open(answerAll, false, { limits: { ...connectionLimits, connections: 3 } });
      const taken = await Promise.all(Array.from({ length: 3 }, reach));
      await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
      taken[0]?.destroy();
      await expect
        .poll(async () =>
          fetch(`http://127.0.0.1:${port}/`).then(
            async (answer) => answer.text(),
            () => 'refused',
          ),
        )
        .toBe('here');
      taken.forEach((socket) => socket.destroy());
      await listener.drain();
    });
  });

  it('a request over TLS that nothing answers does not keep it from stopping', async () => {
    const listener = await open(async () => new Promise(() => undefined), true);
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write('GET / HTTP/1.1\r\nHost: id.example\r\n\r\n');
    const closed = once(socket, 'close');
    const begunAt = performance.now();
    await Promise.all([listener.drain(), closed]);
    expect(performance.now() - begunAt).toBeLessThan(3000);
  });

  it.each([
    ['before anything was said', false, 503],
    ['in the middle of an answer', true, undefined],
  ])('an answer that fails %s ends the request and not the node', async (_, hasBegun, status) => {
    const listener = await open(async (_request, response) => {
      if (hasBegun) {
        response.writeHead(200, { 'content-length': '10' }).write('half');
      }
      throw new Error('no engine');
    }, false);
    const answer = await fetch(`http://127.0.0.1:${port}/`).then(
      async (response) => ({ status: response.status, body: await response.text().catch(() => undefined) }),
      () => ({ status: undefined, body: undefined }),
    );
    expect(hasBegun ? answer.body : answer.status).toBe(status);
    expect(faults).toEqual(['internal/unexpected', expect.objectContaining({ message: 'no engine' })]);
    await listener.drain();
  });
});
