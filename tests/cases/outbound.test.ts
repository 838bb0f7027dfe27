// Calls that leave, to addresses that a service chose (security contract 2.5). The provider has a public name; one private host is opened by its operator.

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuardedFetch } from '../../src/outbound/guarded-fetch.ts';
import { createOutboundWorld, startNamed } from '../support/outbound-world.ts';
import type { OutboundWorld } from '../support/outbound-world.ts';

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
});
