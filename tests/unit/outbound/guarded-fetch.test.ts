// What the guarded fetch does with real servers that redirect, drip, flood, lie about who they are, or say nothing at all.

import { Server, createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { Server as TlsServer, createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import type { Server as NetServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedFetch } from '../../../src/outbound/guarded-fetch.ts';
import type { GuardNeeds, GuardedOutcome } from '../../../src/outbound/guarded-fetch.ts';
import { createCertificate } from '../../support/certificate.ts';
import { findFreePort } from '../../support/world.ts';

const opened: NetServer[] = [];

afterEach(async () => {
  for (const server of opened.splice(0)) {
    if (server instanceof Server || server instanceof TlsServer) {
      server.closeAllConnections();
    }
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

const listen = async (server: NetServer): Promise<number> => {
  opened.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const serve = async (answer: RequestListener): Promise<string> => `http://localhost:${await listen(createServer(answer))}/`;

const call = async (url: string, changes: Partial<GuardNeeds> & { readonly body?: string } = {}): Promise<GuardedOutcome> => {
  const { body, ...needs } = changes;
  const fetch = createGuardedFetch({
    rules: {
      issuer: 'http://localhost:1',
      loopback: true,
      outboundAllow: [{ kind: 'network', address: '127.0.0.1', prefix: 32, family: 'ipv4', port: null }],
      ownAddresses: [],
    },
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    extraCa: undefined,
    timeoutMs: 5000,
    ...needs,
  });
  return fetch({ url, method: 'POST', headers: { 'content-type': 'text/plain' }, ...(body === undefined ? {} : { body }) });
};

describe('the guarded fetch', () => {
  it('sends what it was handed, and brings back status, kind and text', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, answer) => {
      const { cookie, authorization, host } = request.headers;
      seen.push([request.method, request.url, request.headers['content-type'], cookie, authorization, host]);
      request.on('data', (bytes: Buffer) => seen.push(bytes.toString()));
      request.on('end', () => answer.writeHead(429, { 'content-type': 'text/x', 'retry-after': '7' }).end('slowly'));
    });
    expect(await call(`${url}here?x=1`, { body: 'said' })).toEqual({
      ok: true,
      value: { status: 429, type: 'text/x', retryAfter: '7', cacheControl: '', body: 'slowly' },
    });
    expect(seen).toEqual([['POST', '/here?x=1', 'text/plain', undefined, undefined, new URL(url).host], 'said']);
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const inside = await serve((_, answer) => {
      asked += 1;
      answer.end('secret');
    });
    const url = await serve((_, answer) => answer.writeHead(307, { location: inside }).end());
    expect(await call(url)).toEqual({ ok: false, failure: 'redirected' });
    expect(asked).toBe(0);
  });

  it('asks for the address once, and connects to the one that it judged', async () => {
    const url = await serve((_, answer) => answer.end('here'));
    const answers = ['127.0.0.1', '10.0.0.1', '10.0.0.1'];
    let asked = 0;
    const resolve = async () => [{ address: answers[asked++] ?? '10.0.0.1', family: 4 }];
    expect(await call(url, { resolve })).toMatchObject({ ok: true, value: { body: 'here' } });
    expect(asked).toBe(1);
  });

  it('waits for nobody longer than it said: not for a name, an answer, or one that drips', async () => {
    const timeoutMs = 400;
    const never = new Promise<never>(() => undefined);
    expect(await call('https://rp.internal/', { timeoutMs, resolve: () => never })).toEqual({ ok: false, failure: 'timed-out' });
    const silent = await serve(() => undefined);
    expect(await call(silent, { timeoutMs })).toEqual({ ok: false, failure: 'timed-out' });
    const dripping = await serve((_, answer) => {
      const drip = setInterval(() => answer.write('.'), 50);
      answer.on('close', () => clearInterval(drip));
    });
    expect(await call(dripping, { timeoutMs })).toEqual({ ok: false, failure: 'timed-out' });
  });

  it('reads 64 KB and no more', async () => {
    const exact = await serve((_, answer) => answer.end('x'.repeat(65_536)));
    expect(await call(exact)).toMatchObject({ ok: true });
    let written = 0;
    const flood = await serve((_, answer) => {
      const chunk = 'x'.repeat(16_384);
      const pour = (): void => {
        while (!answer.destroyed && written < 1e9 && answer.write(chunk)) {
          written += chunk.length;
        }
      };
      answer.on('drain', pour);
      pour();
    });
    expect(await call(flood)).toEqual({ ok: false, failure: 'too-large' });
    expect(written).toBeLessThan(20_000_000);
  });

  it('tells what is not there from what is no web server', async () => {
    const port = await listen(createNetServer((socket) => socket.end('220 mail.example ESMTP\r\n').destroySoon()));
    expect(await call(`http://localhost:${port}/`)).toEqual({ ok: false, failure: 'no-http' });
    expect(await call(`http://localhost:${await findFreePort()}/`)).toEqual({ ok: false, failure: 'unreachable' });
  });

  it('believes a certificate for that very name, from an authority that it was told to trust', async () => {
    const day = 86_400_000;
    const dates = { from: new Date(Date.now() - day), until: new Date(Date.now() + day) };
    const own = createCertificate({ host: 'rp.internal', ...dates });
    const other = createCertificate({ host: 'other.internal', ...dates });
    const serveTls = async ({ certificate: cert, key }: typeof own): Promise<string> => {
      const port = await listen(createTlsServer({ cert, key }, (_, answer) => answer.end('tls')));
      return `https://rp.internal:${port}/`;
    };
    const url = await serveTls(own);
    expect(await call(url, { extraCa: own.certificate })).toMatchObject({ ok: true, value: { body: 'tls' } });
    expect(await call(url)).toEqual({ ok: false, failure: 'certificate-refused' });
    expect(await call(url, { extraCa: other.certificate })).toEqual({ ok: false, failure: 'certificate-refused' });
    expect(await call(await serveTls(other), { extraCa: other.certificate })).toEqual({ ok: false, failure: 'certificate-refused' });
  });
});
