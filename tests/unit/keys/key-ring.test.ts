// The keys as a node holds them: it learns of changes by itself, and a node that slept or is cut off signs nothing with a key that has ended.

import { describe, expect, it } from 'vitest';
import { rotateKeys } from '../../../src/domain/keys/rotate-keys.ts';
import { createKeyWorld } from '../../support/memory-keys.ts';
import { days, minutes } from '../../support/shift-time.ts';

const kidOf = async (ring: { readonly getSigner: (alg: 'ES256') => Promise<{ readonly kid: string }> }): Promise<string> =>
  (await ring.getSigner('ES256')).kid;

describe('The keys of a node', () => {
  it('begin when the first node looks, and are the same for the second', async () => {
    const world = createKeyWorld();
    const [one, two] = [world.createNode(), world.createNode()];
    await Promise.all([one.refresh(), two.refresh()]);
    expect(await kidOf(one)).toBe(await kidOf(two));
    expect(world.read().version).toBe(1);
  });

  it('stay the same object while nothing changes, and cost a look at the version alone', async () => {
    const world = createKeyWorld();
    const node = world.createNode();
    const first = await node.refresh();
    const before = world.reads();
    world.wait(300);
    expect(node.find()).toBeUndefined();
    expect(await node.refresh()).toBe(first);
    expect([world.reads(), node.find()]).toEqual([before, first]);
  });

  it('follow a rotation of another node with the next look; of each algorithm the key that signs comes first', async () => {
    const world = createKeyWorld();
    const node = world.createNode();
    const before = await node.refresh();
    world.wait(days(2));
    await rotateKeys(world.needs, 'ordinary');
    const after = await node.refresh();
    expect(after).not.toBe(before);
    const [first, second, third] = after.keys.filter(({ alg }) => alg === 'ES256');
    expect([first?.privateKey === null, second?.privateKey === null, third?.privateKey === null]).toEqual([false, true, true]);
    expect(before.keys.map(({ kid }) => kid)).toContain(first?.kid);
  });

  it('FT-13 do not let a node that slept sign with a key that has ended meanwhile', async () => {
    const world = createKeyWorld();
    const sleeper = world.createNode();
    const kid = (await sleeper.refresh()).keys.find(({ privateKey }) => privateKey !== null)?.kid ?? '';
    expect(sleeper.maySign(kid)).toBe(true);
    await rotateKeys(world.needs, 'emergency');
    world.wait(minutes(5));
    expect(await sleeper.maySign(kid)).toBe(false);
    expect(await kidOf(sleeper)).not.toBe(kid);
  });

  it('let a request that had begun finish with the key it began with, for a few seconds', async () => {
    const world = createKeyWorld();
    const node = world.createNode();
    const kid = (await node.refresh()).keys.find(({ privateKey }) => privateKey !== null)?.kid ?? '';
    await rotateKeys(world.needs, 'emergency');
    world.wait(9000);
    expect(await node.maySign(kid)).toBe(true);
    world.wait(1000);
    expect(await node.maySign(kid)).toBe(false);
  });

  it('lose a revoked key within a minute without anybody doing more', async () => {
    const world = createKeyWorld();
    const node = world.createNode();
    const before = (await node.refresh()).keys.map(({ kid }) => kid);
    await rotateKeys(world.needs, 'emergency');
    const revoked = world
      .read()
      .keys.filter(({ end }) => end === 'revoked')
      .map(({ kid }) => kid);
    world.wait(59_000);
    const after = (await node.refresh()).keys.map(({ kid }) => kid);
    expect(before).toEqual(expect.arrayContaining(revoked));
    expect(after.filter((kid) => revoked.includes(kid))).toEqual([]);
  });

  it('are not shown by a node that has been cut off, and sign nothing there', async () => {
    const world = createKeyWorld();
    const node = world.createNode();
    const published = await node.refresh();
    const kid = published.keys.find(({ privateKey }) => privateKey !== null)?.kid ?? '';
    world.cutOff();
    world.wait(4000);
    expect([node.maySign(kid), node.isCurrent()]).toEqual([true, true]);
    world.wait(30_000);
    await expect(node.maySign(kid)).rejects.toThrow('cannot be reached');
    await expect(node.getSigner('ES256')).rejects.toThrow('cannot be reached');
    expect([node.findLast(), node.isCurrent()]).toEqual([published, false]);
  });
});
