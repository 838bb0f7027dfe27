// How long the keys of a service are believed, how often its address is asked, and which keys are taken from there.

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { createKeySets } from '../../../src/outbound/key-sets.ts';
import type { GuardedOutcome } from '../../../src/outbound/guarded-fetch.ts';

const url = 'https://mol.example/jwks';

const createJwk = (kid: string) => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' };
};
const [first, second] = [createJwk('first'), createJwk('second')];

const toOutcome = (body: unknown, changes: { readonly status?: number; readonly cacheControl?: string } = {}): GuardedOutcome => ({
  ok: true,
  value: {
    status: 200,
    type: 'application/json',
    retryAfter: '',
    cacheControl: '',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...changes,
  },
});
const down: GuardedOutcome = { ok: false, failure: 'timed-out' };

function createScene(start: GuardedOutcome = toOutcome({ keys: [first] })) {
  let [time, asked, outcome] = [1_000_000, 0, start];
  const told: string[] = [];
  const find = createKeySets({
    fetch: async () => {
      asked += 1;
      return outcome;
    },
    clock: { now: () => time },
    tell: (_, failure) => told.push(failure),
  });
  return {
    told,
    asked: () => asked,
    answer: (next: GuardedOutcome) => {
      outcome = next;
    },
    wait: (seconds: number) => {
      time += seconds * 1000;
    },
    find: async (where = url) => {
      const found = await find(where);
      return found?.map(({ kid }) => kid) ?? told.at(-1);
    },
  };
}

describe('the keys at an address', () => {
  it('are read once for everybody who asks within a minute, also at the same time', async () => {
    const scene = createScene();
    expect(await Promise.all(Array.from({ length: 20 }, async () => scene.find()))).toEqual(Array.from({ length: 20 }, () => ['first']));
    scene.wait(59);
    await scene.find();
    expect(scene.asked()).toBe(1);
    scene.wait(1);
    scene.answer(toOutcome({ keys: [second] }));
    expect([await scene.find(), scene.asked()]).toEqual([['second'], 2]);
    expect([await scene.find('https://moh.example/jwks'), scene.asked()]).toEqual([['second'], 3]);
  });

  test.each([
    ['', 60],
    ['no-store', 60],
    ['max-age=1', 60],
    ['public, max-age=300, immutable', 300],
    ['max-age=31536000', 900],
    ['max-age=99999999999999999999', 60],
    ['s-max-age=300', 60],
  ])('with "%s" are asked for again after %i seconds', async (cacheControl, seconds) => {
    const scene = createScene(toOutcome({ keys: [first] }, { cacheControl }));
    await scene.find();
    scene.wait(seconds - 1);
    await scene.find();
    expect(scene.asked()).toBe(1);
    scene.wait(1);
    await scene.find();
    expect(scene.asked()).toBe(2);
  });

  it('serve on while the address is down, asked for once in 30 seconds, and for 15 minutes at most', async () => {
    const scene = createScene();
    await scene.find();
    scene.answer(down);
    for (let second = 0; second < 899; second += 1) {
      scene.wait(1);
      expect([second, await scene.find()]).toEqual([second, ['first']]);
    }
    expect(scene.asked()).toBe(1 + 28);
    scene.wait(1);
    expect(await scene.find()).toBe('timed-out');
    scene.answer(toOutcome({ keys: [second] }));
    scene.wait(30);
    expect(await scene.find()).toEqual(['second']);
    expect(new Set(scene.told)).toEqual(new Set(['timed-out']));
  });

  it('that were never read are asked for once in 30 seconds, whoever asks', async () => {
    const scene = createScene(down);
    for (let second = 0; second < 60; second += 1) {
      expect(await scene.find()).toBe('timed-out');
      scene.wait(1);
    }
    expect([scene.asked(), scene.told.length]).toEqual([2, 2]);
  });

  test.each([
    ['another status', toOutcome({ keys: [first] }, { status: 500 }), 'status-500'],
    ['no JSON', toOutcome('<html>'), 'no-key-set'],
    ['packed bytes', toOutcome('\u001F\uFFFD\b'), 'no-key-set'],
    ['no list', toOutcome({ keys: { first } }), 'no-key-set'],
    ['a list of its own', toOutcome([first]), 'no-key-set'],
    ['nothing', toOutcome('null'), 'no-key-set'],
    ['JSON that is deep', toOutcome(`${'['.repeat(30_000)}${']'.repeat(30_000)}`), 'no-key-set'],
    ['eleven keys', toOutcome({ keys: Array.from({ length: 11 }, () => first) }), 'too-many-keys'],
    ['thousands of keys', toOutcome({ keys: Array.from({ length: 20_000 }, () => 1) }), 'too-many-keys'],
    ['no key at all', toOutcome({ keys: [] }), 'no-usable-key'],
    ['no key that is one', toOutcome({ keys: [1, 'x', null, [], {}] }), 'no-usable-key'],
  ] as const)('are none where the answer is %s', async (_, outcome, failure) => {
    expect(await createScene(outcome).find()).toBe(failure);
  });

  it('are those that may be registered; weak, private and secret ones beside them are left out (RG-13)', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
    const small = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey.export({ format: 'jwk' });
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    const odd = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
    const keys = [
      { ...weak, kid: 'weak' },
      { ...small, kid: 'small' },
      { ...own, kid: 'private' },
      { ...odd, kid: 'odd' },
      { kty: 'oct', k: 'c2VjcmV0', kid: 'symmetric' },
      { ...second, kid: 'other', alg: 'none' },
      { ...first, x: 'AAAA', kid: 'off the curve' },
      { ...first, x5u: 'https://evil.example', kid: 'with a reference' },
      second,
    ];
    expect(await createScene(toOutcome({ keys })).find()).toEqual(['with a reference', 'second']);
  });
});
