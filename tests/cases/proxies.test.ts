// Behind proxies: what their headers may say, and what a client may make of them (security contract 2.12, finding M3).

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RawAnswer } from '../support/raw-request.ts';
import { createAssertion } from '../support/service.ts';
import { createRequest } from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const issuer = 'https://id.example.gov';
const host = 'id.example.gov';

describe.each([1, 2])('behind %i of our own', (hops) => {
  let world: World;
  let port: number;

  beforeAll(async () => {
    port = await findFreePort();
    world = await createWorld({ issuer, env: { HUWIYA_LISTEN: `127.0.0.1:${port}`, HUWIYA_TRUSTED_HOPS: String(hops) } });
  });

  afterAll(async () => {
    await world.close();
  });

  const get = async (path: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> =>
    sendRaw({ port, path, headers: { host, accept: 'text/html', ...headers } });
  const begin = async (proto: string | undefined): Promise<RawAnswer> => {
    const { pathname, search } = new URL(createRequest(issuer, 'permit').url);
    return get(`${pathname}${search}`, proto === undefined ? {} : { 'x-forwarded-proto': proto });
  };
  const cookies = ({ headers }: RawAnswer): readonly string[] => headers['set-cookie'] ?? [];

  test('IN-05 the word of the outermost trusted proxy says whether TLS was spoken, whatever a client wrote before it', async () => {
    const tail = ', https'.repeat(hops - 1);
    for (const proto of ['https', `https${tail}`, `http, https${tail}`, `evil, http, https${tail}`, ` http , https${tail}`]) {
      const answer = await begin(proto);
      expect([proto, answer.status, cookies(answer).length > 0]).toEqual([proto, 303, true]);
      expect(cookies(answer).every((cookie) => /; ?secure/i.test(cookie))).toBe(true);
    }
    for (const proto of [undefined, 'http', `https, http${tail}`, `https, https, http${tail}`, `https,${tail}`, 'on']) {
      const answer = await begin(proto);
      expect([proto, answer.status >= 400, cookies(answer)]).toEqual([proto, true, []]);
    }
  });

  test('IN-04 IN-05 another host is refused, whoever names it', async () => {
    const proto = { 'x-forwarded-proto': 'https' };
    const path = '/.well-known/openid-configuration';
    for (const forwarded of [undefined, host, `${host}, ${host}`]) {
      const answer = await get(path, { ...proto, ...(forwarded === undefined ? {} : { 'x-forwarded-host': forwarded }) });
      expect([forwarded, answer.status, answer.body.includes(`"token_endpoint":"${issuer}/token"`)]).toEqual([forwarded, 200, true]);
    }
    for (const forwarded of ['evil.example', `evil.example, ${host}`, `${host}, evil.example`, `${host}:443`, `${host}.`, ',']) {
      const answer = await get(path, { ...proto, 'x-forwarded-host': forwarded });
      expect([forwarded, answer.status, answer.body.includes('evil.example')]).toEqual([forwarded, 421, false]);
    }
    for (const name of ['evil.example', `${host}:443`, `${host}.`, '127.0.0.1', 'localhost']) {
      const answer = await get(path, { ...proto, host: name, 'x-forwarded-host': host });
      expect([name, answer.status, findErrorCode(answer) ?? answer.body.includes('evil')]).toEqual([name, 421, false]);
    }
    const others = {
      forwarded: 'host=evil.example;proto=http',
      'x-real-ip': '203.0.113.7',
      'x-original-url': '/account',
      'x-forwarded-port': '8443',
    };
    const plain = await get(path, proto);
    expect((await get(path, { ...proto, ...others })).body).toBe(plain.body);
    expect(plain.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  });

  test('TK-11 a forwarded host cannot make another audience right', async () => {
    const push = async (aud: string, headers: Readonly<Record<string, string>>): Promise<number> => {
      const body = new URLSearchParams({
        ...Object.fromEntries(new URL(createRequest(issuer, 'permit').url).searchParams),
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: createAssertion(issuer, { aud }),
      }).toString();
      const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-proto': 'https' };
      return (await sendRaw({ port, method: 'POST', path: '/request', body, headers: { host, ...form, ...headers } })).status;
    };
    expect(await push(issuer, {})).toBe(201);
    for (const aud of ['https://evil.example', 'https://evil.example/token', issuer]) {
      expect([aud, await push(aud, { 'x-forwarded-host': 'evil.example' })]).toEqual([aud, 421]);
      expect([aud, await push(aud, { host: 'evil.example' })]).toEqual([aud, 421]);
    }
    expect(await push('https://evil.example/token', { forwarded: 'host=evil.example' })).toBe(401);
  });

  test('IN-06 a request that two readers could cut in different places is refused, and the connection ended', async () => {
    const send = async (text: string): Promise<readonly string[]> =>
      new Promise((resolve, reject) => {
        const parts: Buffer[] = [];
        const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
        socket.on('data', (part) => parts.push(part));
        socket.on('error', reject);
        socket.on('close', () =>
          resolve(
            [
              ...Buffer.concat(parts)
                .toString('latin1')
                .matchAll(/HTTP\/1\.1 (\d{3})/g),
            ].map(([, status = '']) => status),
          ),
        );
      });
    const head = `Host: ${host}\r\nX-Forwarded-Proto: https\r\n`;
    const type = 'Content-Type: application/x-www-form-urlencoded\r\n';
    const hidden = `GET /account HTTP/1.1\r\n${head}Connection: close\r\n\r\n`;
    const whole = `POST /token HTTP/1.1\r\n${head}${type}Content-Length: 3\r\nConnection: close\r\n\r\na=b`;
    expect((await send(whole)).length).toBe(1);
    const odd = [
      `POST /token HTTP/1.1\r\n${head}${type}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      `POST /token HTTP/1.1\r\n${head}${type}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
      `POST /token HTTP/1.1\r\n${head}${type}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
      `POST /token HTTP/1.1\r\n${head}${type}Content-Length: 3\r\nContent-Length: 30\r\n\r\na=b${hidden}`,
      `POST /token HTTP/1.1\r\n${head}${type}Content-Length: +3\r\n\r\na=b${hidden}`,
      `POST /token HTTP/1.1\r\n${head}${type}Content-Length : 3\r\n\r\na=b${hidden}`,
      `POST /token HTTP/1.1\r\n${head}${type}Transfer-Encoding: chunked\r\n\r\n3\na=b\r\n0\r\n\r\n${hidden}`,
      `GET / HTTP/1.1\r\n${head}X-Odd: a\r\n b\r\n\r\n`,
      `GET / HTTP/1.1\nHost: ${host}\n\n`,
      `GET / HTTP/1.1\r\n${head}X-Odd: a\0b\r\n\r\n`,
      `GET / HTTP/1.1\r\n${head}X Odd: a\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    ];
    for (const text of odd) {
      expect([text, await send(text)]).toEqual([text, [expect.toBeOneOf(['400', '421'])]]);
    }
    expect((await send(whole)).length).toBe(1);
  });
});
