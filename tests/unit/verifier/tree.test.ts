import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLeafHash } from '../../../src/domain/ledger/event.ts';
import { createTree, findRootOfPath, hashEntry } from '../../../src/verifier/tree.ts';
import { createSampleEvents } from '../../support/ledger-samples.ts';
import { createTree as createLeaves, naiveInclusion, naiveRoot } from '../ledger/naive-tree.ts';
import vectors from '../ledger/rfc6962.json' with { type: 'json' };

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const leaves = createLeaves(300).map((leaf) => Buffer.from(leaf));
const none = Buffer.alloc(32);

describe('the tree of the verifier', () => {
  it('has the root of the recursive definition at every size', () => {
    const tree = createTree();
    expect(toHex(tree.root())).toBe(vectors.empty_root);
    for (const [at, leaf] of leaves.entries()) {
      tree.add(leaf);
      expect(toHex(tree.root())).toBe(toHex(naiveRoot(leaves.slice(0, at + 1))));
    }
  });

  it('follows the path of the recursive definition to the root, and no path of another length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, pick) => {
        const within = leaves.slice(0, size);
        const index = pick % size;
        const hashes = naiveInclusion(index, within).map((each) => Buffer.from(each));
        const leaf = within[index] ?? none;
        expect(toHex(findRootOfPath(leaf, { index, size, hashes }) ?? none)).toBe(toHex(naiveRoot(within)));
        expect(findRootOfPath(leaf, { index, size, hashes: [...hashes, none] })).toBeUndefined();
        expect(findRootOfPath(leaf, { index, size: 0, hashes })).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('gives the roots of the published vectors along their published paths', () => {
    for (const { index, size, path } of vectors.inclusion.filter((each) => each.path.length > 0)) {
      const hashes = path.map((hash) => Buffer.from(hash, 'hex'));
      expect(findRootOfPath(hashes[0] ?? none, { index, size, hashes: hashes.slice(1) })).toBeUndefined();
    }
    expect(vectors.inclusion.length).toBeGreaterThan(30);
  });

  it('hashes an entry as the server does, also one of unusual sizes', () => {
    for (const event of [...createSampleEvents(5), { id: 'a"b', commitment: 'ü' }]) {
      expect(toHex(hashEntry(event.id, event.commitment))).toBe(toHex(toLeafHash(event)));
    }
  });
});
