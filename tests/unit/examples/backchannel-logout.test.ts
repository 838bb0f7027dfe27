// The receiver that the demo services run, and that agencies read: it ends the session that a good logout token names, and takes nothing else for one
// (OpenID Connect Back-Channel Logout 1.0 §2.6).

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { SignJWT } from 'jose';
import Koa from 'koa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLogoutReceiver } from '../../../examples/service/backchannel-logout.ts';
import type { Left } from '../../../examples/service/visits.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwks = JSON.stringify({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] });
const event = 'http://schemas.openid.net/event/backchannel-logout';

async function listen(server: Server): Promise<string> {
  await once(server, 'listening');
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('the receiver of the demo services', () => {
  const provider = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(jwks));
  const ended: Left[] = [];
  let issuer = '';
  let service: Server;
  let address = '';

  beforeAll(async () => {
    issuer = await listen(provider.listen(0, '127.0.0.1'));
    const words = { ar: '', en: '' };
    const profile = { clientId: 'mol-work-permit', name: words, agency: words, purposes: [] };
    const authentication = { method: 'key', jwk: {}, kid: 'x' } as const;
    const settings = { issuer: new URL(issuer), port: 0, address: '', profile, authentication };
    const app = new Koa();
    app.use(createLogoutReceiver({ settings, end: (left) => ended.push(left) }));
    service = app.listen(0, '127.0.0.1');
    address = await listen(service);
  });

  beforeEach(() => {
    ended.length = 0;
  });

  afterAll(() => {
    provider.close();
    service.close();
  });

  type Changes = {
    readonly claims?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string>>;
    readonly key?: typeof pair.privateKey;
  };

  const sign = async ({ claims, header, key = pair.privateKey }: Changes = {}): Promise<string> => {
    const iat = Math.floor(Date.now() / 1000);
    const good = { iss: issuer, aud: 'mol-work-permit', sub: 'subject', sid: 'session', iat, exp: iat + 120, jti: randomUUID() };
    return new SignJWT({ ...good, events: { [event]: {} }, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'logout+jwt', ...header })
      .sign(key);
  };
  const post = async (token: string): Promise<number> =>
    (await fetch(address, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })).status;

  test('ends the session that the token names, and once when it comes again', async () => {
    const token = await sign();
    expect([await post(token), await post(token)]).toEqual([200, 200]);
    expect(ended).toEqual([{ sid: 'session', subject: 'subject' }]);
  });

  test('takes a token that names the person alone', async () => {
    expect(await post(await sign({ claims: { sid: undefined } }))).toBe(200);
    expect(ended).toEqual([{ sid: undefined, subject: 'subject' }]);
  });

  test.each<readonly [string, Changes]>([
    ['an ID token', { header: { typ: 'JWT' }, claims: { events: undefined, nonce: 'n' } }],
    ['one with a nonce', { claims: { nonce: 'n' } }],
    ['one of another type', { header: { typ: 'secevent+jwt' } }],
    ['one without the event', { claims: { events: { other: {} } } }],
    ['one without an id', { claims: { jti: undefined } }],
    ['one that names nobody', { claims: { sub: undefined, sid: undefined } }],
    ['one for another service', { claims: { aud: 'moh-clinic' } }],
    ['one of another provider', { claims: { iss: 'https://other.example' } }],
    ['one that is too old', { claims: { iat: 1, exp: 2 } }],
    ['one without an end', { claims: { exp: undefined } }],
    ['one with the key of somebody else', { key: stranger.privateKey }],
  ])('refuses %s', async (_, changes) => {
    expect(await post(await sign(changes))).toBe(400);
    expect(ended).toEqual([]);
  });

  test.each(['', 'x', 'x.y.z', 'A'.repeat(20_000)])('refuses what is no token', async (text) => {
    expect(await post(text)).toBe(400);
    expect(ended).toEqual([]);
  });
});
