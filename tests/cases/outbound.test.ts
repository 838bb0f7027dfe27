// Calls that leave, to addresses that a service chose: to tell it something, and to read its keys (security contract 2.5). The provider has a public name;
// one private host is opened by its operator.

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuardedFetch } from '../../src/outbound/guarded-fetch.ts';
import { createOutboundWorld, createSigningKey, startNamed } from '../support/outbound-world.ts';
import type { OutboundWorld } from '../support/outbound-world.ts';
import { registerMetadata } from '../support/receiver.ts';
import { shiftTime } from '../support/shift-time.ts';

const waiting = { timeout: 15_000, interval: 50 };

/** Every way to write where nobody may call. `PORT` is one at which somebody listens on this machine. */
const forbidden = [
  'https://127.0.0.1:PORT/',
  'https://localhost:PORT/',
  'https://a.localhost:PORT/',
  'https://[::1]:PORT/',
  'https://[::ffff:127.0.0.1]:PORT/',
  'https://2130706433:PORT/',
  'https://017700000001:PORT/',
  'https://0x7f.1:PORT/',
  'https://127.1:PORT/',
  'https://0:PORT/',
  'https://①②⑦.⓪.⓪.①:PORT/',
  'http://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'https://127.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/',
  'https://100.64.0.1/',
  'https://[fd00::1]/',
  'https://[64:ff9b::7f00:1]:PORT/',
  'https://id.example.gov/token',
  'https://id.example.gov:PORT/',
  'https://93.184.215.14:22/',
  'https://93.184.215.14:6379/',
] as const;

describe('calls that leave', () => {
  let at: OutboundWorld;

  beforeAll(async () => {
    at = await createOutboundWorld();
    at.inside.answers.set('/logout', (_, response) => void response.writeHead(200).end());
  });

  afterAll(async () => {
    await at.close();
  });

  const toTargets = (): readonly string[] => forbidden.map((target) => target.replace('PORT', String(at.trap.port)));

  /** What became of the first attempt at each address. */
  const callAll = async (targets: readonly string[]): Promise<readonly (readonly [string, string | undefined])[]> => {
    const clientIds = await at.register(targets.map((target) => ({ backchannel_logout_uri: target })));
    const { outcome } = at.signOut(clientIds);
    await expect.poll(() => clientIds.every((clientId) => outcome(clientId) !== undefined), waiting).toBe(true);
    return clientIds.map((clientId, index) => [targets[index] ?? '', outcome(clientId)] as const);
  };

  test('RG-08 a receiver at an address of this machine, of a private network or of the provider itself is never connected to', async () => {
    const outcomes = await callAll([...toTargets(), `${at.inside.origin}/logout`]);
    expect(outcomes.at(-1)).toEqual([`${at.inside.origin}/logout`, 'sent']);
    for (const [target, outcome] of outcomes.slice(0, -1)) {
      expect([target, outcome]).toEqual([target, expect.toBeOneOf(['address-refused', 'url-refused', 'name-unknown'])]);
    }
    expect([at.trap.touched(), at.inside.paths]).toEqual([0, ['/logout']]);
  });

  test('RG-08 keys at such an address are never read, and the service is not believed', async () => {
    const key = createSigningKey('probe');
    at.inside.answers.set('/jwks', (_, response) => void response.end(JSON.stringify({ keys: [key.jwk] })));
    const clientIds = await at.register([...toTargets(), `${at.inside.origin}/jwks`].map((target) => ({ jwks_uri: target })));
    const answers = await Promise.all(clientIds.map(async (clientId) => at.prove(clientId, key)));
    expect(answers.at(-1)).toBe('believed');
    expect(new Set(answers.slice(0, -1))).toEqual(new Set(['invalid_client']));
    expect([at.trap.touched(), at.inside.paths.filter((path) => path === '/jwks')]).toEqual([0, ['/jwks']]);
  });

  test('RG-08 an address that names a sector is not read at all', async () => {
    const [key, read] = [createSigningKey('sector'), at.inside.paths.length];
    const metadata = { jwks: { keys: [key.jwk] }, redirect_uris: ['https://a.example/callback', 'https://b.example/callback'] };
    const [clientId = ''] = await at.register([{ ...metadata, sector_identifier_uri: `${at.inside.origin}/sector` }]);
    expect(await at.prove(clientId, key)).toBe('believed');
    expect(at.inside.paths.length).toBe(read);
  });

  test('RG-09 a name is asked for its address once, and the call goes to the one that was judged', async () => {
    const server = await startNamed('rebinding.example');
    const opened = { kind: 'network', address: '127.0.0.2', prefix: 32, family: 'ipv4', port: null } as const;
    const call = async (answers: readonly (readonly string[])[]): Promise<readonly [number, string]> => {
      let asked = 0;
      const fetch = createGuardedFetch({
        rules: { issuer: at.world.issuer, loopback: false, outboundAllow: [opened], ownAddresses: [] },
        resolve: async () => {
          asked += 1;
          return (answers[asked - 1] ?? []).map((address) => ({ address, family: 4 }));
        },
        extraCa: server.certificate,
        timeoutMs: 2500,
      });
      const outcome = await fetch({ url: `https://rebinding.example:${server.port}/`, method: 'GET', headers: {} });
      return [asked, outcome.ok ? outcome.value.body : outcome.failure];
    };
    expect(await call([['127.0.0.2'], ['127.0.0.1']])).toEqual([1, '127.0.0.2']);
    expect(await call([['127.0.0.1'], ['127.0.0.2']])).toEqual([1, 'address-refused']);
    expect(await call([['127.0.0.2', '127.0.0.1']])).toEqual([1, 'address-refused']);
    await server.close();
  });

  test('RG-09 nobody is followed to another address: not inside, not elsewhere, not without TLS', async () => {
    const { origin } = at.inside;
    const turns = [`${origin}/secret`, '/secret', `https://127.0.0.1:${at.trap.port}/`, `http://127.0.0.1:${at.trap.port}/`];
    turns.forEach((location, index) => {
      at.inside.answers.set(`/turn-${index}`, (_, response) => void response.writeHead(index % 2 === 0 ? 302 : 307, { location }).end());
    });
    const outcomes = await callAll([...turns.map((_, index) => `${origin}/turn-${index}`), `${origin}/logout`]);
    expect(outcomes.map(([, outcome]) => outcome)).toEqual([...turns.map(() => 'redirected'), 'sent']);
    expect([at.trap.touched(), at.inside.paths.includes('/secret')]).toEqual([0, false]);
  });

  test('RG-10 an answer that drips, never ends or unpacks to far more is cut at 2.5 seconds and 64 KB', { timeout: 30_000 }, async () => {
    const { answers, origin } = at.inside;
    let poured = 0;
    answers.set('/drip', (_, response) => {
      const drip = setInterval(() => response.write('.'), 100);
      response.on('close', () => clearInterval(drip));
    });
    answers.set('/silent', () => undefined);
    answers.set('/pour', (_, response) => {
      const chunk = 'x'.repeat(16_384);
      const pour = (): void => {
        while (!response.destroyed && poured < 1e9 && response.write(chunk)) {
          poured += chunk.length;
        }
      };
      response.on('drain', pour);
      pour();
    });
    answers.set('/head', (_, response) => void response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end());
    const bomb = gzipSync(Buffer.alloc(60_000_000));
    answers.set('/bomb', (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const [began, before] = [Date.now(), process.memoryUsage().rss];
    const outcomes = await callAll(['drip', 'silent', 'pour', 'head', 'bomb', 'logout'].map((name) => `${origin}/${name}`));
    const expected = ['timed-out', 'timed-out', 'too-large', 'no-http', 'sent', 'sent'];
    expect([bomb.length < 65_536, outcomes.map(([, outcome]) => outcome)]).toEqual([true, expected]);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect([poured < 20_000_000, process.memoryUsage().rss - before < 100_000_000]).toEqual([true, true]);
  });

  test('RG-10 keys that drip, never end, are packed, deep or too many are not read, and the service is not believed', async () => {
    const key = createSigningKey('large');
    const { answers, origin } = at.inside;
    const set = JSON.stringify({ keys: [key.jwk] });
    const bodies: Readonly<Record<string, string | Buffer>> = {
      good: set,
      long: `${set}${' '.repeat(70_000)}`,
      packed: gzipSync(set),
      deep: `{"keys":${'['.repeat(32_000)}${']'.repeat(32_000)}}`,
      many: JSON.stringify({ keys: Array.from({ length: 11 }, (_, index) => ({ ...key.jwk, kid: `k${index}` })) }),
      million: `{"keys":[${'0,'.repeat(1_000_000)}0]}`,
      page: '<html></html>',
    };
    for (const [name, body] of Object.entries(bodies)) {
      const headers = name === 'packed' ? { 'content-encoding': 'gzip' } : {};
      answers.set(`/keys-${name}`, (_, response) => void response.writeHead(200, headers).end(body));
    }
    const names = [...Object.keys(bodies).map((name) => `keys-${name}`), 'drip', 'silent'];
    const clientIds = await at.register(names.map((name) => ({ jwks_uri: `${origin}/${name}` })));
    const began = Date.now();
    const said = await Promise.all(clientIds.map(async (clientId) => at.prove(clientId, key)));
    expect(said).toEqual(['believed', ...names.slice(1).map(() => 'invalid_client')]);
    expect(Date.now() - began).toBeLessThan(5000);
  });

  test('RG-11 an address that is down is asked once in half a minute, and the keys that were read serve on', async () => {
    const [key, time] = [createSigningKey('down'), shiftTime()];
    const { answers, origin, paths } = at.inside;
    const asked = (path: string): number => paths.filter((seen) => seen === path).length;
    const work = (_: unknown, response: ServerResponse): void => void response.end(JSON.stringify({ keys: [key.jwk] }));
    const fail = (_: unknown, response: ServerResponse): void => void response.writeHead(503).end('{}');
    answers.set('/never', fail);
    answers.set('/sometimes', work);
    const [never = '', sometimes = ''] = await at.register(['/never', '/sometimes'].map((path) => ({ jwks_uri: `${origin}${path}` })));
    for (let round = 0; round < 10; round += 1) {
      expect([await at.prove(never, key), await at.prove(sometimes, key)]).toEqual(['invalid_client', 'believed']);
    }
    expect([asked('/never'), asked('/sometimes')]).toEqual([1, 1]);
    answers.set('/sometimes', fail);
    time.advance(65_000);
    expect([await at.prove(sometimes, key), await at.prove(sometimes, key), asked('/sometimes')]).toEqual(['believed', 'believed', 2]);
    answers.set('/never', work);
    expect(await at.prove(never, key)).toBe('believed');
    time.restore();
  });

  /** Publishes a key, takes it out, and says what happens to it. */
  const rotate = async (headers: OutgoingHttpHeaders): Promise<readonly string[]> => {
    const [old, fresh, time] = [createSigningKey('old'), createSigningKey('fresh'), shiftTime()];
    const publish = (key: typeof old): void => {
      at.inside.answers.set('/rotated', (_request, response) => {
        response.writeHead(200, headers).end(JSON.stringify({ keys: [key.jwk] }));
      });
    };
    publish(old);
    const [clientId = ''] = await at.register([{ jwks_uri: `${at.inside.origin}/rotated?${old.jwk.x}` }]);
    at.inside.answers.set(`/rotated?${old.jwk.x}`, (request, response) => at.inside.answers.get('/rotated')?.(request, response));
    const said = [await at.prove(clientId, old)];
    publish(fresh);
    said.push(await at.prove(clientId, fresh));
    time.advance(900_000);
    said.push(await at.prove(clientId, old), await at.prove(clientId, fresh));
    // Also where the service cannot be reached any more.
    at.inside.answers.delete(`/rotated?${old.jwk.x}`);
    time.advance(900_000);
    said.push(await at.prove(clientId, fresh));
    time.restore();
    return said;
  };

  const rotated = ['believed', 'invalid_client', 'invalid_client', 'believed', 'invalid_client'];

  test('RG-12 a key that was taken out of its address is refused within 15 minutes, although the answer came for a year', async () => {
    expect(await rotate({ 'cache-control': 'public, max-age=31536000, immutable' })).toEqual(rotated);
    expect(await rotate({ expires: new Date(Date.now() + 31_536_000_000).toUTCString() })).toEqual(rotated);
  });

  test('TK-31 a key that was taken out of its address is refused within 15 minutes, and another is believed', async () => {
    expect(await rotate({ 'cache-control': 'max-age=300' })).toEqual(rotated);
    expect(await rotate({})).toEqual(rotated);
  });

  test('TK-31 a key that was given inline is refused at once when it was changed', async () => {
    const [old, fresh] = [createSigningKey('old'), createSigningKey('fresh')];
    const [clientId = ''] = await at.register([{ jwks: { keys: [old.jwk] } }]);
    expect(await at.prove(clientId, old)).toBe('believed');
    await registerMetadata(at.world, clientId, { jwks: { keys: [fresh.jwk] } });
    expect([await at.prove(clientId, old), await at.prove(clientId, fresh)]).toEqual(['invalid_client', 'believed']);
  });
});
