// The states of the keys that sign tokens, and how they change.

import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { completeKeys } from '../../../src/domain/keys/complete-keys.ts';
import { createTokenKey } from '../../../src/domain/keys/create-token-key.ts';
import { findKey, findPublished, isComplete } from '../../../src/domain/keys/key-set.ts';
import { toStanding } from '../../../src/domain/keys/next-step.ts';
import { rotateKeys } from '../../../src/domain/keys/rotate-keys.ts';
import { sealPrivateKey, unsealPrivateKey } from '../../../src/domain/keys/seal-private-key.ts';
import { findNextRotation, tendKeys } from '../../../src/domain/keys/tend-keys.ts';
import { canSign, publishedBeforeMs, toKeyState, tokenAlgorithms } from '../../../src/domain/keys/token-key.ts';
import type { TokenKey } from '../../../src/domain/keys/token-key.ts';
import { createKeyWorld } from '../../support/memory-keys.ts';
import type { KeyWorld } from '../../support/memory-keys.ts';
import { days } from '../../support/shift-time.ts';
import { createTokenKey as createSampleKey } from '../../support/store-samples.ts';

const lifeMs = days(90);

let world: KeyWorld;

const now = (): number => world.needs.clock.now();
const states = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    world
      .read()
      .keys.filter(({ alg }) => alg === 'RS256')
      .map((key) => [key.kid, toKeyState(key, now())]),
  );
const getKid = (state: 'active' | 'staged'): string => findKey(world.read(), 'RS256', state)?.kid ?? 'none';
const typesOf = (): readonly string[] => world.events.map(({ type }) => type);

beforeEach(async () => {
  world = createKeyWorld();
  await completeKeys(world.needs, world.read());
});

describe('Fresh keys', () => {
  it('are one that signs and one that waits for every algorithm, and an entry for each', () => {
    expect(isComplete(world.read())).toBe(true);
    expect(world.read().keys).toHaveLength(2 * tokenAlgorithms.length);
    expect(typesOf()).toEqual(tokenAlgorithms.map(() => 'key.begun'));
  });

  it('begin with those that services know already, under their names', async () => {
    const upgraded = createKeyWorld();
    const known = { ...(await upgraded.needs.createKey('ES256')), kid: 'from-a-file' };
    const set = await completeKeys({ ...upgraded.needs, given: [known] }, upgraded.read());
    expect(findKey(set, 'ES256', 'active')?.kid).toBe('from-a-file');
    expect(unsealPrivateKey(upgraded.needs.sealingKey, findKey(set, 'ES256', 'active') ?? createSampleKey())).toMatchObject({
      type: 'private',
    });
    expect(findKey(set, 'ES256', 'staged')?.kid).not.toBe('from-a-file');
  });

  it('are named by their thumbprint, and their private half opens beside their own public half alone', async () => {
    const fresh = await createTokenKey('ES256');
    const { crv, kty, x, y } = fresh.publicJwk;
    expect(fresh.kid).toBe(createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url'));
    const sealedKey = sealPrivateKey(world.needs, fresh, fresh.privateKey);
    expect(unsealPrivateKey(world.needs.sealingKey, { ...fresh, sealedKey }).equals(fresh.privateKey)).toBe(true);
    expect(() => unsealPrivateKey(world.needs.sealingKey, { ...fresh, kid: 'other', sealedKey })).toThrow(/does not open/);
  });
});

describe('A rotation', () => {
  it('waits until the next key has been published for a day, and says until when', async () => {
    world.wait(publishedBeforeMs - 1);
    const early = await rotateKeys(world.needs, 'ordinary');
    expect(early).toMatchObject({ ok: false, code: 'key/too-early', detail: new Date(now() + 1).toISOString() });
    expect(world.read().version).toBe(1);
    world.wait(1);
    expect((await rotateKeys(world.needs, 'ordinary')).ok).toBe(true);
  });

  it('hands over to the key that waited; the one before is published for a week and can never sign again', async () => {
    const [active, staged] = [getKid('active'), getKid('staged')];
    world.wait(days(2));
    await rotateKeys(world.needs, 'ordinary');
    expect(states()).toEqual({ [active]: 'retiring', [staged]: 'active', [getKid('staged')]: 'staged' });
    const ended = world.read().keys.find(({ kid }) => kid === active) ?? createSampleKey();
    expect(ended.sealedKey).toBe('');
    expect([canSign(ended, now()), canSign(ended, now() + 10_000)]).toEqual([true, false]);
    world.wait(days(7) - 1);
    expect(findPublished(world.read(), now()).map(({ kid }) => kid)).toContain(active);
    world.wait(1);
    expect(states()[active]).toBe('retired');
    expect(findPublished(world.read(), now()).map(({ kid }) => kid)).not.toContain(active);
    expect(typesOf().slice(3)).toEqual(tokenAlgorithms.map(() => 'key.rotated'));
  });

  it('does not wait in an emergency: the key that signed is gone within a minute', async () => {
    const [active, staged] = [getKid('active'), getKid('staged')];
    expect((await rotateKeys(world.needs, 'emergency')).ok).toBe(true);
    expect(states()).toEqual({ [active]: 'revoked', [staged]: 'active', [getKid('staged')]: 'staged' });
    world.wait(59_000);
    expect(findPublished(world.read(), now()).map(({ kid }) => kid)).not.toContain(active);
    expect(states()[active]).toBe('revoked');
    expect(typesOf().slice(3)).toEqual(tokenAlgorithms.map(() => 'key.revoked'));
    // The key that waited may be known as well: a second emergency ends it too.
    expect((await rotateKeys(world.needs, 'emergency')).ok).toBe(true);
    expect(states()[staged]).toBe('revoked');
  });

  it('ends in an emergency also what had ended before and was still accepted', async () => {
    const first = getKid('active');
    world.wait(days(2));
    await rotateKeys(world.needs, 'ordinary');
    await rotateKeys(world.needs, 'emergency');
    expect(states()[first]).toBe('revoked');
    expect(world.events.at(-1)?.body).toContain('"also_ended"');
    world.wait(30_000);
    expect(findPublished(world.read(), now()).map(({ kid }) => kid)).not.toContain(first);
  });

  it('that a node makes in the moment of an emergency does not save a key from it; two emergencies are one', async () => {
    world.wait(days(2));
    const first = getKid('active');
    const results = await Promise.all([rotateKeys(world.needs, 'ordinary'), rotateKeys(world.needs, 'emergency')]);
    expect([results.map(({ ok }) => ok), states()[first]]).toEqual([[true, true], 'revoked']);
    const both = await Promise.all([rotateKeys(world.needs, 'emergency'), rotateKeys(world.needs, 'emergency')]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('FT-13 of two at once is one', async () => {
    world.wait(days(2));
    const results = await Promise.all([rotateKeys(world.needs, 'ordinary'), rotateKeys(world.needs, 'ordinary')]);
    expect(results.map((result) => (result.ok ? 'rotated' : result.code)).toSorted()).toEqual(['rotated', 'store/conflict']);
    expect(world.read().keys).toHaveLength(3 * tokenAlgorithms.length);
  });

  it('comes by itself when a key has signed for its whole life, and the log learns which are gone', async () => {
    const tend = async () => tendKeys({ ...world.needs, lifeMs });
    const first = getKid('active');
    world.wait(lifeMs - 1);
    expect(await tend()).toBe(0);
    world.wait(1);
    expect(findNextRotation(world.read(), lifeMs)).toBe(now());
    expect([await tend(), await tend()]).toEqual([1, 0]);
    expect(states()[first]).toBe('retiring');
    world.wait(days(7));
    expect([await tend(), await tend()]).toEqual([3, 0]);
    expect(typesOf().slice(6)).toEqual(['key.retired', 'key.retired', 'key.retired']);
  });
});

describe('A key', () => {
  it('says where it stands and what happens to it next', () => {
    const rotationAt = 100;
    const standing = (changes: Partial<TokenKey>, at: number) =>
      toStanding(createSampleKey({ stagedAt: 0, ...changes }), { now: at, rotationAt });
    const ended = { activeAt: 1, endedAt: 2, goneAt: 9, end: 'rotated' } as const;
    expect([
      standing({}, 5),
      standing({ activeAt: 1 }, 5),
      standing(ended, 5),
      standing(ended, 9),
      standing({ ...ended, end: 'revoked' }, 5),
      standing({ ...ended, end: 'revoked' }, 9),
    ]).toEqual([
      { state: 'staged', since: 0, next: { step: 'sign', at: publishedBeforeMs } },
      { state: 'active', since: 1, next: { step: 'rotate', at: 100 } },
      { state: 'retiring', since: 2, next: { step: 'disappear', at: 9 } },
      { state: 'retired', since: 9, next: null },
      { state: 'revoked', since: 2, next: { step: 'disappear', at: 9 } },
      { state: 'revoked', since: 2, next: null },
    ]);
  });

  it('that signs was published for a day, and is published while it signs, whatever is done in whatever order', async () => {
    const step = fc.oneof(
      fc.record({ wait: fc.integer({ min: 0, max: days(30) }) }),
      fc.constant({ rotate: 'ordinary' } as const),
      fc.constant('tend' as const),
    );
    const examples: readonly [(typeof step extends fc.Arbitrary<infer T> ? T : never)[]][] = [
      [[{ wait: days(1) }, { rotate: 'ordinary' }, { rotate: 'ordinary' }, { wait: days(89) }, 'tend', { wait: days(8) }, 'tend']],
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const own = createKeyWorld();
        await completeKeys(own.needs, own.read());
        for (const each of steps) {
          if (each === 'tend') {
            await tendKeys({ ...own.needs, lifeMs });
          } else if ('wait' in each) {
            own.wait(each.wait);
          } else {
            await rotateKeys(own.needs, each.rotate);
          }
          const at = own.needs.clock.now();
          const { keys } = own.read();
          const begun = Math.min(...keys.map(({ stagedAt }) => stagedAt));
          for (const key of keys.filter((candidate) => canSign(candidate, at))) {
            // The first keys are nobody's yet: there is no copy of an earlier set.
            expect((key.activeAt ?? 0) - key.stagedAt >= publishedBeforeMs || key.stagedAt === begun).toBe(true);
            expect(findPublished(own.read(), at)).toContain(key);
          }
          expect(isComplete(own.read())).toBe(true);
        }
      }),
      { numRuns: 60, examples: examples.map(([steps]) => [steps]) },
    );
  });
});
