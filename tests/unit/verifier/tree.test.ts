import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLeafHash } from '../../../src/domain/ledger/event.ts';
import { hashLeaf } from '../../../src/domain/ledger/merkle.ts';
import { createTree, findRootOfPath, hashEntry, toTreeHash } from '../../../src/verifier/tree.ts';
import type { TreeHash } from '../../../src/verifier/tree.ts';
import { createSampleEvents } from '../../support/ledger-samples.ts';
import { createTree as createLeaves, naiveInclusion, naiveRoot } from '../ledger/naive-tree.ts';
import vectors from '../ledger/rfc6962.json' with { type: 'json' };

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromTree = (hash: TreeHash): string => Buffer.from(hash, 'latin1').toString('hex');
const leaves = createLeaves(300);
const none = '\0'.repeat(32);
const toHash = (bytes: Uint8Array): TreeHash => toTreeHash(Buffer.from(bytes));

describe('the tree of the verifier', () => {
  it('has the root of the recursive definition at every size', () => {
    const tree = createTree();
    expect(fromTree(tree.root())).toBe(vectors.empty_root);
    for (const [at, leaf] of leaves.entries()) {
      tree.add(toHash(leaf));
      expect(fromTree(tree.root())).toBe(toHex(naiveRoot(leaves.slice(0, at + 1))));
    }
  });

  it('follows the path of the recursive definition to the root, and no path of another length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, pick) => {
        const within = leaves.slice(0, size);
        const index = pick % size;
        const hashes = naiveInclusion(index, within).map(toHash);
        const leaf = toHash(within[index] ?? new Uint8Array(32));
        expect(fromTree(findRootOfPath(leaf, { index, size, hashes }) ?? none)).toBe(toHex(naiveRoot(within)));
        expect(findRootOfPath(leaf, { index, size, hashes: [...hashes, none] })).toBeUndefined();
        expect(findRootOfPath(leaf, { index, size: 0, hashes })).toBeUndefined();
        expect(findRootOfPath(leaf, { index: size, size, hashes })).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('follows the published paths of the published leaves to the published roots', () => {
    const published = vectors.leaves.map((leaf) => toHash(hashLeaf(Buffer.from(leaf, 'hex'))));
    for (const { index, size, path } of vectors.inclusion) {
      const hashes = path.map((hash) => toHash(Buffer.from(hash, 'hex')));
      expect(fromTree(findRootOfPath(published[index] ?? none, { index, size, hashes }) ?? none)).toBe(vectors.roots[size - 1]);
    }
  });

  it('hashes an entry as the server does, also one of unusual sizes', () => {
    const [id, commitment] = ['a'.repeat(36), 'C'.repeat(43)];
    const unusual = [
      { id: 'a"b', commitment: 'ü' },
      { id, commitment: `C${commitment}` },
      { id, commitment: `${commitment}"` },
      { id, commitment: `"${commitment}` },
      { id: `${id}a`, commitment },
      { id: `"${id}`, commitment },
      { id: `${id}"`, commitment },
      { id: id.slice(1), commitment },
      { id, commitment: commitment.slice(1) },
    ];
    for (const event of [...createSampleEvents(5), ...unusual]) {
      expect(fromTree(hashEntry(event.id, event.commitment))).toBe(toHex(toLeafHash(event)));
    }
  });
});
