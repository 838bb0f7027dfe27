import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRoot, foldHashes, hashLeaf, planConsistency, planInclusion, toSubtrees } from '../../../src/domain/ledger/merkle.ts';
import type { Subtree } from '../../../src/domain/ledger/merkle.ts';
import { isConsistent, isIncluded } from '../../../src/domain/ledger/merkle-verify.ts';
import { createTree, naiveConsistency, naiveInclusion, naiveRoot } from './naive-tree.ts';
import vectors from './rfc6962.json' with { type: 'json' };

const leaves = vectors.leaves.map((leaf) => hashLeaf(Buffer.from(leaf, 'hex')));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const toBytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

const hashOf =
  (hashes: readonly Uint8Array[]) =>
  ({ height, position }: Subtree): Uint8Array =>
    naiveRoot(hashes.slice(position * 2 ** height, (position + 1) * 2 ** height));

const resolve = (hashes: readonly Uint8Array[], ranges: readonly (readonly Subtree[])[]): Uint8Array[] =>
  ranges.map((range) => foldHashes(range.map(hashOf(hashes))));

const flip = (bytes: Uint8Array, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
};

describe('the published vectors of RFC 6962', () => {
  it('give the root of the empty tree and of every beginning of the eight leaves', () => {
    expect(toHex(emptyRoot)).toBe(vectors.empty_root);
    for (const [at, root] of vectors.roots.entries()) {
      expect(toHex(foldHashes(toSubtrees(0, at + 1).map(hashOf(leaves))))).toBe(root);
    }
  });

  it('give every inclusion path, and each path verifies', () => {
    for (const { index, size, path } of vectors.inclusion) {
      expect(resolve(leaves, planInclusion(index, size)).map(toHex)).toEqual(path);
      const root = toBytes(vectors.roots[size - 1] ?? '');
      const leafHash = leaves[index] ?? emptyRoot;
      expect(isIncluded({ leafHash, index, size, path: path.map(toBytes), root })).toBe(true);
    }
  });

  it('give every consistency path, and each path verifies', () => {
    for (const { from: first, to: second, path } of vectors.consistency) {
      expect(resolve(leaves, planConsistency(first, second)).map(toHex)).toEqual(path);
      const rootOf = (size: number): Buffer => toBytes(vectors.roots[size - 1] ?? vectors.empty_root);
      const claim = {
        first: { size: first, root: rootOf(first) },
        second: { size: second, root: rootOf(second) },
        path: path.map(toBytes),
      };
      expect(isConsistent(claim)).toBe(true);
    }
  });
});

describe('a proof of inclusion', () => {
  it('is the one of the recursive definition, and convinces only for its own leaf, index, size, path and root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (size, pick, noise) => {
        const tree = createTree(size);
        const index = pick % size;
        const path = resolve(tree, planInclusion(index, size));
        expect(path.map(toHex)).toEqual(naiveInclusion(index, tree).map(toHex));
        const claim = { leafHash: tree[index] ?? emptyRoot, index, size, path, root: naiveRoot(tree) };
        const broken = path.map((each, at) => (at === noise % path.length ? flip(each, noise % 32) : each));
        const forgeries = [
          { ...claim, leafHash: flip(claim.leafHash, noise % 32) },
          { ...claim, root: flip(claim.root, noise % 32) },
          { ...claim, path: [...path, emptyRoot] },
          { ...claim, index: size },
          { ...claim, index: -1 },
          ...[path.slice(1), path.slice(0, -1), broken].filter(() => size > 1).map((other) => ({ ...claim, path: other })),
          ...[(index + 1) % size].filter((other) => other !== index).map((other) => ({ ...claim, index: other })),
        ];
        expect(isIncluded(claim)).toBe(true);
        expect(forgeries.filter(isIncluded)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is not given by an inner node that is passed off as a leaf', () => {
    const tree = createTree(4);
    const inner = Buffer.concat([tree[0] ?? emptyRoot, tree[1] ?? emptyRoot]);
    const claim = { leafHash: hashLeaf(inner), index: 0, size: 2, path: [naiveRoot(tree.slice(2))], root: naiveRoot(tree) };
    expect(isIncluded(claim)).toBe(false);
    expect(toHex(hashLeaf(inner))).not.toBe(toHex(naiveRoot(tree.slice(0, 2))));
  });
});

describe('a proof of consistency', () => {
  it('is the one of the recursive definition, and convinces only for its own two trees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (second, pick, noise) => {
        const tree = createTree(second);
        const first = pick % (second + 1);
        const path = resolve(tree, planConsistency(first, second));
        expect(path.map(toHex)).toEqual(naiveConsistency(first, tree).map(toHex));
        const heads = { first: { size: first, root: naiveRoot(tree.slice(0, first)) }, second: { size: second, root: naiveRoot(tree) } };
        const broken = path.map((each, at) => (at === noise % path.length ? flip(each, noise % 32) : each));
        const forgeries = [
          { ...heads, path: [...path, emptyRoot] },
          { ...heads, path, first: { size: first, root: flip(heads.first.root, noise % 32) } },
          { ...heads, path, second: { size: second, root: flip(heads.second.root, noise % 32) } },
          ...[path.slice(1), broken].filter(() => path.length > 0).map((other) => ({ ...heads, path: other })),
          ...[{ first: heads.second, second: heads.first, path }].filter(() => first < second),
        ];
        // An empty tree is the beginning of every tree, whatever its root.
        const convincing = forgeries.filter(isConsistent).filter((claim) => claim.first.size > 0);
        expect(isConsistent({ ...heads, path })).toBe(true);
        expect(convincing).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('never convinces for a history that was rewritten', () => {
    const rewritten = [hash('sha256', 'other', 'buffer'), ...createTree(9).slice(1)];
    const claim = { first: { size: 5, root: naiveRoot(createTree(5)) }, second: { size: 9, root: naiveRoot(rewritten) } };
    expect(isConsistent({ ...claim, path: resolve(rewritten, planConsistency(5, 9)) })).toBe(false);
  });
});
