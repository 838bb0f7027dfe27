import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLeafHash } from '../../../src/domain/ledger/event.ts';
import { hashEntry } from '../../../views/assets/verification.js';
import { findRootOfPath, hashLeaf, isConsistent, isIncluded } from '../../../views/assets/verification-tree.js';
import { createSampleEvents } from '../../support/ledger-samples.ts';
import { createTree, naiveConsistency, naiveInclusion, naiveRoot } from '../ledger/naive-tree.ts';
import vectors from '../ledger/rfc6962.json' with { type: 'json' };

const { subtle } = crypto;
type Bytes = Uint8Array<ArrayBuffer>;

const toBytes = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, 'hex'));
const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
const toHex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const flip = (bytes: Bytes): Bytes => bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte));
const leaves = createTree(200).map(copy);
const none = new Uint8Array(32);

describe('the published vectors of RFC 6962, in the code of the page', () => {
  const published = Promise.all(vectors.leaves.map(async (leaf) => hashLeaf(subtle, toBytes(leaf))));
  const rootOf = (size: number): Bytes => toBytes(vectors.roots[size - 1] ?? vectors.empty_root);

  it('are followed from every leaf to every root', async () => {
    for (const { index, size, path } of vectors.inclusion) {
      const leafHash = (await published)[index] ?? none;
      const proof = { index, size, path: path.map(toBytes) };
      expect(toHex(await findRootOfPath(subtle, leafHash, proof))).toBe(vectors.roots[size - 1]);
      expect(await isIncluded(subtle, { ...proof, leafHash, head: { size, root: rootOf(size) } })).toBe(true);
    }
  });

  it('are followed from every smaller tree to every greater one', async () => {
    for (const { from, to, path } of vectors.consistency) {
      const claim = { first: { size: from, root: rootOf(from) }, second: { size: to, root: rootOf(to) }, path: path.map(toBytes) };
      expect(await isConsistent(subtle, claim)).toBe(true);
    }
  });
});

describe('a path in the code of the page', () => {
  it('is that of the recursive definition, and convinces only for its own leaf, index, size, path and root', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(), async (size, pick) => {
        const within = leaves.slice(0, size);
        const index = pick % size;
        const path = naiveInclusion(index, within).map(copy);
        const leafHash = within[index] ?? none;
        const head = { size, root: copy(naiveRoot(within)) };
        const claim = { leafHash, index, path, head };
        expect(await isIncluded(subtle, claim)).toBe(true);
        const others = [
          { ...claim, leafHash: flip(leafHash) },
          { ...claim, index: index + 1 },
          { ...claim, index: size },
          { ...claim, path: [...path, none] },
          { ...claim, head: { size, root: flip(head.root) } },
          { ...claim, head: { ...head, size: 0 } },
          ...path.map((_, at) => ({ ...claim, path: path.map((hash, place) => (place === at ? flip(hash) : hash)) })),
          ...path.map((_, at) => ({ ...claim, path: path.toSpliced(at, 1) })),
        ];
        expect(await Promise.all(others.map(async (other) => isIncluded(subtle, other)))).not.toContain(true);
      }),
      { numRuns: 60 },
    );
  });

  it('proves that a log only grew, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(), async (to, pick) => {
        const from = 1 + (pick % to);
        const first = { size: from, root: copy(naiveRoot(leaves.slice(0, from))) };
        const second = { size: to, root: copy(naiveRoot(leaves.slice(0, to))) };
        const path = from === to ? [] : naiveConsistency(from, leaves.slice(0, to)).map(copy);
        const claim = { first, second, path };
        expect(await isConsistent(subtle, claim)).toBe(true);
        const others = [
          { ...claim, path: [...path, none] },
          { ...claim, first: { ...first, root: flip(first.root) } },
          { ...claim, second: { ...second, root: flip(second.root) } },
          { ...claim, first: second, second: { ...first, root: flip(first.root) } },
          ...path.map((_, at) => ({ ...claim, path: path.map((hash, place) => (place === at ? flip(hash) : hash)) })),
        ];
        expect(await Promise.all(others.map(async (other) => isConsistent(subtle, other)))).not.toContain(true);
      }),
      { numRuns: 60 },
    );
  });

  it('takes an empty log for the beginning of every log, if its root is that of nothing', async () => {
    const second = { size: 3, root: copy(naiveRoot(leaves.slice(0, 3))) };
    expect(await isConsistent(subtle, { first: { size: 0, root: toBytes(vectors.empty_root) }, second, path: [] })).toBe(true);
    expect(await isConsistent(subtle, { first: { size: 0, root: none }, second, path: [] })).toBe(false);
  });

  it('begins at the leaf that the server writes, also for an entry of unusual texts', async () => {
    for (const event of [...createSampleEvents(3), { id: 'a"b', commitment: 'ü' }]) {
      expect(toHex(await hashEntry(subtle, event))).toBe(toHex(toLeafHash(event)));
    }
  });
});
