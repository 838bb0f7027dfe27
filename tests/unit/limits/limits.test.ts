import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, limitBounds, parseLimits } from '../../../src/config/limits.ts';
import { Fault } from '../../../src/domain/kernel/errors.ts';
import { toAddressSubject } from '../../../src/domain/limits/address.ts';
import { countBegun, countFinished } from '../../../src/domain/limits/count-begun.ts';
import { countFailure } from '../../../src/domain/limits/count-failure.ts';
import { findState } from '../../../src/domain/limits/find-state.ts';
import { toCount } from '../../../src/domain/limits/limit.ts';
import type { AddressRule, Count } from '../../../src/domain/limits/limit.ts';
import { createLocalLimits } from '../../../src/domain/limits/local-limits.ts';
import { createLimiting } from '../../../src/domain/limits/needs.ts';
import type { LimitNeeds } from '../../../src/domain/limits/needs.ts';
import type { LimitsStore } from '../../../src/domain/limits/store.ts';
import { giveBackTry, takeTry } from '../../../src/domain/limits/take-try.ts';
import { createMemoryLimits } from '../../support/memory-limits.ts';

const start = 1_800_000_000_000;

function createNeeds(store: LimitsStore = createMemoryLimits()) {
  let now = start;
  const needs: LimitNeeds = createLimiting({
    store,
    rules: defaultLimits,
    key: createSecretKey(randomBytes(32)),
    clock: { now: () => now },
  });
  return { ...needs, pass: (seconds: number) => (now += seconds * 1000) };
}

const home = toAddressSubject('2001:db8:1:2::1');

describe('A limit', () => {
  test.each([
    'enrolment-code',
    'freeze-code',
    'recovery-code',
    'recovery-begun',
    'sign-in',
    'ceremony',
    'request',
  ] satisfies readonly AddressRule[])('for %s holds for both kinds of address, whatever an operator leaves out', (rule) => {
    expect([defaultLimits.has(`${rule}.ipv4`), defaultLimits.has(`${rule}.ipv6`)]).toEqual([true, true]);
  });

  test('is moved towards safety, or up to its bound, and never beyond', () => {
    expect(parseLimits('sign-in.ipv6=5, request.ipv4=50000')?.get('sign-in.ipv6')).toEqual({ most: 5, withinSeconds: 600 });
    for (const [name, { upTo }] of limitBounds) {
      expect([name, parseLimits(`${name}=${upTo}`)?.get(name)?.most, parseLimits(`${name}=${upTo + 1}`)]).toEqual([name, upTo, undefined]);
    }
  });

  test.each(['sign-in.ipv6=0', 'sign-in.ipv6', 'sign-in=3', 'nothing.ipv4=3', 'sign-in.ipv6=3,sign-in.ipv6=4', 'sign-in.ipv6=-1', ','])(
    'is not read from %j',
    (text) => {
      expect(parseLimits(text)).toBeUndefined();
    },
  );

  test('on tries of codes closes for the address alone, says for how long, and opens again by itself', async () => {
    const needs = createNeeds();
    for (let tried = 0; tried < 10; tried += 1) {
      expect(await takeTry(needs, 'freeze-code', [home])).toEqual({ isOpen: true });
    }
    expect(await takeTry(needs, 'freeze-code', [home])).toEqual({ isOpen: false, retryAfterSeconds: 60 });
    expect(await takeTry(needs, 'freeze-code', [toAddressSubject('2001:db8:1:3::1')])).toEqual({ isOpen: true });
    expect(await takeTry(needs, 'recovery-code', [home])).toEqual({ isOpen: true });
    needs.pass(60);
    expect(await takeTry(needs, 'freeze-code', [home])).toEqual({ isOpen: true });
  });

  test('forgets what a clock had said that was put back', async () => {
    const needs = createNeeds();
    needs.pass(86_400);
    for (let tried = 0; tried < 11; tried += 1) {
      await takeTry(needs, 'freeze-code', [home]);
    }
    needs.pass(-86_400);
    expect(await takeTry(needs, 'freeze-code', [home])).toEqual({ isOpen: true });
  });

  test('never counts a code that was right', async () => {
    const needs = createNeeds();
    for (let tried = 0; tried < 50; tried += 1) {
      expect(await takeTry(needs, 'freeze-code', [home])).toEqual({ isOpen: true });
      await giveBackTry(needs, 'freeze-code', [home]);
    }
  });

  test('on failures that is reached costs the store nothing more until it opens', async () => {
    const counted: number[] = [];
    const memory = createMemoryLimits();
    const needs = createNeeds({ ...memory, count: async (counts, now) => (counted.push(now), memory.count(counts, now)) });
    const most = defaultLimits.get('sign-in.ipv6')?.most ?? 0;
    for (let tried = 0; tried < 2 * most; tried += 1) {
      await countFailure(needs, 'sign-in', [home]);
    }
    expect(counted).toHaveLength(most + 1);
  });

  test('keeps no name: what the store sees is a digest that only the holder of the key can make', async () => {
    const keys: string[] = [];
    const store: LimitsStore = { ...createMemoryLimits(), count: async (counts) => counts.map(({ key }) => (keys.push(key), 0)) };
    const subjects = [home, { kind: 'client', name: 'permit ipv4 192.0.2.1' } as const];
    await takeTry(createNeeds(store), 'request', subjects);
    await takeTry(createNeeds(store), 'request', subjects);
    expect(keys.map((key) => /^[\w-]{43}$/.test(key))).toEqual([true, true, true, true]);
    expect(new Set(keys).size).toBe(4);
  });
});

describe('What is begun', () => {
  const { most: room, withinSeconds } = defaultLimits.get('request.ipv6') ?? { most: 0, withinSeconds: 0 };
  const ofService = defaultLimits.get('request.client')?.most ?? 0;
  const toBegun = (occasion: string, subjects = [home]) => ({ rule: 'request', subjects, occasion }) as const;

  test('counts until it is finished, so that whoever finishes is never stopped', () => {
    const needs = createNeeds();
    for (let begun = 0; begun < 2 * room; begun += 1) {
      expect(countBegun(needs, toBegun('one'))).toEqual({ isOpen: true });
      countFinished(needs, toBegun('one'));
    }
    for (let begun = 0; begun < room; begun += 1) {
      expect(countBegun(needs, toBegun(`${begun}`)).isOpen).toBe(true);
    }
    expect(countBegun(needs, toBegun('late'))).toEqual({ isOpen: false, retryAfterSeconds: withinSeconds / room });
    countFinished(needs, toBegun('7'));
    expect(countBegun(needs, toBegun('late'))).toEqual({ isOpen: true });
  });

  test('is given back where it was counted, and as often, also when its person has another address by then', () => {
    const needs = createNeeds();
    const away = toAddressSubject('2001:db8:9:9::1');
    for (let begun = 0; begun < room; begun += 1) {
      expect(countBegun(needs, toBegun(begun < 3 ? 'page' : `${begun}`)).isOpen).toBe(true);
    }
    countFinished(needs, toBegun('page', [away]));
    const again = [1, 2, 3, 4].map((begun) => countBegun(needs, toBegun(`again ${begun}`)).isOpen);
    expect(again).toEqual([true, true, true, false]);
  });

  test('is given back one by one where answers come that lead to nothing', () => {
    const needs = createNeeds();
    for (let begun = 0; begun < room; begun += 1) {
      countBegun(needs, toBegun('page'));
    }
    countFinished(needs, toBegun('page'), 'last');
    expect([1, 2].map(() => countBegun(needs, toBegun('other')).isOpen)).toEqual([true, false]);
  });

  test('and finds no room under one name counts under none', () => {
    const needs = createNeeds();
    const [here, there] = ['one', 'other'].map((name) => ({ kind: 'client', name: `${name} ipv4 192.0.2.1` }) as const);
    const shared = toAddressSubject('192.0.2.1');
    for (let begun = 0; begun < 2 * ofService; begun += 1) {
      countBegun(needs, { rule: 'request', subjects: [shared, here ?? shared], occasion: `${begun}` });
    }
    expect(countBegun(needs, { rule: 'request', subjects: [shared, here ?? shared], occasion: 'more' }).isOpen).toBe(false);
    for (let begun = 0; begun < ofService; begun += 1) {
      expect(countBegun(needs, { rule: 'request', subjects: [shared, there ?? shared], occasion: `other ${begun}` }).isOpen).toBe(true);
    }
  });

  test('takes bounded memory, whoever comes from wherever', () => {
    const local = createLocalLimits(100);
    const toOne = (key: string): Count => ({ key, most: 1, stepMs: 1000 });
    for (let from = 0; from < 10_000; from += 1) {
      local.count(toOne(`k${from}`), start);
      local.close(toOne(`k${from}`), start + 1000);
      local.note(`k${from}`, [toOne(`k${from}`)]);
    }
    expect([local.takeNoted('k0', 'all'), local.takeNoted('k9999', 'all')?.length]).toEqual([undefined, 1]);
    expect(local.findWait(toOne('k0'), start)).toBe(0);
    expect(local.findWait(toOne('k9999'), start)).toBe(1000);
    expect(local.count(toOne('k9999'), start)).toBe(1000);
  });
});

describe('RX-07 While the store of limits cannot be reached', () => {
  const down: LimitsStore = {
    count: () => Promise.reject(new Fault('store/unavailable', 'gone')),
    giveBack: () => Promise.reject(new Fault('store/unavailable', 'gone')),
  };

  test('no code is looked at', async () => {
    await expect(takeTry(createNeeds(down), 'enrolment-code', [home])).rejects.toMatchObject({ code: 'store/unavailable' });
  });

  test('a code that was right stays right', async () => {
    await expect(giveBackTry(createNeeds(down), 'enrolment-code', [home])).resolves.toBeUndefined();
  });

  test('sign-ins go on, and the node counts failures by itself', async () => {
    const needs = createNeeds(down);
    expect(findState(needs, 'sign-in', [home])).toEqual({ isOpen: true });
    for (let failed = 0; failed < 40; failed += 1) {
      expect((await countFailure(needs, 'sign-in', [home])).isOpen).toBe(true);
    }
    expect(await countFailure(needs, 'sign-in', [home])).toEqual({ isOpen: false, retryAfterSeconds: 15 });
  });

  test('a defect is no outage', async () => {
    const broken: LimitsStore = { ...createMemoryLimits(), count: () => Promise.reject(new TypeError('defect')) };
    await expect(countFailure(createNeeds(broken), 'sign-in', [home])).rejects.toThrow('defect');
  });
});

describe('EN-01 A million tries from a thousand addresses and a thousand networks', () => {
  const toKeys = (rule: string): readonly Count[] =>
    Array.from({ length: 2000 }, (_, n) => {
      const kind = n % 2 === 0 ? 'ipv4' : 'ipv6';
      return toCount(`${kind} ${n}`, limitBounds.get(`${rule}.${kind}`) ?? { most: 0, withinSeconds: 0 });
    });

  test('come to a share of all codes that nobody can measure, and no address gets more than its own', () => {
    const counts = createLocalLimits();
    const keys = toKeys('enrolment-code');
    let looked = 0;
    // 500 tries from each, spread over ten minutes.
    for (let round = 0; round < 500; round += 1) {
      for (const key of keys) {
        looked += counts.count(key, start + round * 1200) === 0 ? 1 : 0;
      }
    }
    // What a vessel holds, and what leaks from it in ten minutes.
    expect(looked).toBeLessThanOrEqual(1000 * (60 + 60) + 1000 * (20 + 20));
    expect(looked).toBeGreaterThan(100_000);
    // The shortest code there may be has 64 bits; a hundred thousand may be alive.
    expect((looked * 100_000) / 2 ** 64).toBeLessThan(1e-8);
  });

  test('whatever the limit and whenever they come: never more than the vessel holds and what has leaked since', () => {
    const tries = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 3600 }), tries, (most, withinSeconds, gaps) => {
        const counts = createLocalLimits();
        const count = toCount('one', { most, withinSeconds });
        let now = start;
        const taken: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (counts.count(count, now) === 0) {
            taken.push(now);
          }
        }
        taken.forEach((first, index) => {
          const within = taken.slice(index);
          within.forEach((last, more) => expect(more + 1).toBeLessThanOrEqual(most + (last - first) / count.stepMs + 1e-9));
        });
      }),
      { numRuns: 50 },
    );
  });
});
