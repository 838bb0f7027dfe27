// Every proof of the server, and every check of the verifier, against the definition of RFC 6962 §2.1 itself.

import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldHashes, planConsistency, planInclusion } from '../../../src/domain/ledger/merkle.ts';
import type { Subtree } from '../../../src/domain/ledger/merkle.ts';
import { isConsistent, isIncluded } from '../../../src/domain/ledger/merkle-verify.ts';
import { planRange } from '../../../src/domain/ledger/range-proof.ts';
import { findGrownRoot } from '../../../src/verifier/consistency.ts';
import { findRootOfRun } from '../../../src/verifier/range.ts';
import { findRootOfPath, toTreeHash } from '../../../src/verifier/tree.ts';
import { createTreeReference, createUniformReference } from './reference-tree.ts';
import type { Reference } from './reference-tree.ts';
import { isFull } from '../../support/counts.ts';

const limit = 300;
const leaves = Array.from({ length: limit }, (_, at) => hash('sha256', `leaf ${at}`, 'buffer'));
const small = createTreeReference(leaves);
const uniform = createUniformReference(leaves[0] ?? Buffer.alloc(32));

/** The proof that the plan of the server stands for. */
const resolve = (reference: Reference, plan: readonly (readonly Subtree[])[]): Buffer[] =>
  plan.map((range) => Buffer.from(foldHashes(range.map(({ height, position }) => reference.root(position * 2 ** height, 2 ** height)))));

const toText = (path: readonly Uint8Array[]): string => Buffer.concat(path).toString('hex');

type Inclusion = {
  readonly leafHash: Buffer;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Buffer[];
  readonly root: Buffer;
};

const toInclusion = (reference: Reference, index: number, size: number): Inclusion => ({
  leafHash: reference.root(index, 1),
  index,
  size,
  path: reference.inclusion(index, size),
  root: reference.root(0, size),
});

const verifierTakes = ({ leafHash, index, size, path, root }: Inclusion): boolean =>
  findRootOfPath(toTreeHash(leafHash), { index, size, hashes: path.map(toTreeHash) }) === toTreeHash(root);

const verifierTakesGrowth = ({ first, second, path }: Parameters<typeof isConsistent>[0]): boolean =>
  findGrownRoot({
    first: first.size,
    second: second.size,
    firstRoot: toTreeHash(Buffer.from(first.root)),
    path: path.map((each) => toTreeHash(Buffer.from(each))),
  }) === toTreeHash(Buffer.from(second.root));

const toConsistency = (reference: Reference, first: number, second: number): Parameters<typeof isConsistent>[0] => ({
  first: { size: first, root: reference.root(0, first) },
  second: { size: second, root: reference.root(0, second) },
  path: reference.consistency(first, second),
});

const flip = (bytes: Uint8Array): Buffer => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(7) ^ 16, 7);
  return copy;
};

/** The path with one hash bent, left out, doubled or changed with its neighbour, in every place. */
const bend = (path: readonly Buffer[]): (readonly Buffer[])[] => [
  ...path.flatMap((each, at) => [path.with(at, flip(each)), path.toSpliced(at, 1), path.toSpliced(at, 0, each)]),
  ...path.slice(1).map((each, at) => path.with(at, each).with(at + 1, path[at] ?? each)),
  [...path, Buffer.alloc(32)],
  [Buffer.alloc(32), ...path],
];

const sizes = Array.from({ length: limit }, (_, at) => at + 1);
/** All of them in a full run; otherwise those with every shape, and some beyond. */
const tried = sizes.filter((size) => isFull || size <= 70 || size % 43 === 0 || Math.abs(size - 256) <= 1);

describe('a proof of inclusion', () => {
  it('is the one of the definition for every leaf of tree after tree up to 300, and convinces server and verifier', () => {
    const wrong: string[] = [];
    for (const size of tried) {
      for (let index = 0; index < size; index += 1) {
        const claim = toInclusion(small, index, size);
        const isSame = toText(resolve(small, planInclusion(index, size))) === toText(claim.path);
        if (!isSame || !isIncluded(claim) || !verifierTakes(claim)) {
          wrong.push(`${index} of ${size}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('convinces nobody when it is bent anywhere, in any tree up to 33', () => {
    const taken: string[] = [];
    for (const size of sizes.slice(0, 33)) {
      for (let index = 0; index < size; index += 1) {
        const claim = toInclusion(small, index, size);
        const bent = [
          ...bend(claim.path).map((path) => ({ ...claim, path })),
          { ...claim, root: flip(claim.root) },
          { ...claim, leafHash: flip(claim.leafHash) },
          ...sizes.slice(0, size).map((at) => ({ ...claim, index: at - 1 })),
        ].filter(
          (each) => each.index !== index || each.path !== claim.path || each.root !== claim.root || each.leafHash !== claim.leafHash,
        );
        taken.push(
          ...bent.filter((each) => isIncluded(each) || verifierTakes(each)).map((each) => `${each.index} for ${index} of ${size}`),
        );
      }
    }
    expect(taken).toEqual([]);
  });

  it('is the one of the definition in trees as great as any log', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (some, pick) => {
        const size = some + 1;
        const index = pick % size;
        const claim = toInclusion(uniform, index, size);
        expect(toText(resolve(uniform, planInclusion(index, size)))).toBe(toText(claim.path));
        expect([isIncluded(claim), verifierTakes(claim)]).toEqual([true, true]);
        const bent = { ...claim, path: claim.path.map((each, at) => (at === pick % claim.path.length ? flip(each) : each)) };
        expect([isIncluded(bent), verifierTakes(bent)].includes(true)).toBe(claim.path.length === 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a proof of consistency', () => {
  it('is the one of the definition for every beginning of tree after tree up to 300, and convinces', () => {
    const wrong: string[] = [];
    for (const second of tried) {
      for (let first = 1; first <= second; first += 1) {
        const claim = toConsistency(small, first, second);
        if (
          toText(resolve(small, planConsistency(first, second))) !== toText(claim.path) ||
          !isConsistent(claim) ||
          !verifierTakesGrowth(claim)
        ) {
          wrong.push(`${first} in ${second}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('convinces nobody when it is bent anywhere, in any tree up to 33', () => {
    const taken: string[] = [];
    for (const second of sizes.slice(0, 33)) {
      for (let first = 1; first <= second; first += 1) {
        const claim = toConsistency(small, first, second);
        const bent = [
          ...bend([...claim.path].map((each) => Buffer.from(each))).map((path) => ({ ...claim, path })),
          { ...claim, first: { ...claim.first, root: flip(claim.first.root) } },
          { ...claim, second: { ...claim.second, root: flip(claim.second.root) } },
          { ...claim, first: { ...claim.first, size: first + 1 } },
          { ...claim, first: { ...claim.first, size: first - 1 } },
        ];
        taken.push(
          ...bent
            .filter((each) => isConsistent(each) || verifierTakesGrowth(each))
            .map((each) => `${each.first.size} for ${first} in ${second}`),
        );
      }
    }
    expect(taken).toEqual([]);
  });

  it('is the one of the definition in trees as great as any log', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (some, pick) => {
        const second = some + 1;
        const first = (pick % second) + 1;
        const claim = toConsistency(uniform, first, second);
        expect(toText(resolve(uniform, planConsistency(first, second)))).toBe(toText(claim.path));
        const other = { ...claim, second: { size: second, root: flip(claim.second.root) } };
        expect([isConsistent(claim), verifierTakesGrowth(claim)]).toEqual([true, true]);
        expect([isConsistent(other), verifierTakesGrowth(other)]).toEqual([false, false]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a proof of a range', () => {
  const findRoot = (range: { readonly from: number; readonly to: number }, path: readonly Buffer[], size: number): string | undefined =>
    findRootOfRun({ from: range.from, leaves: leaves.slice(range.from, range.to).map(toTreeHash), path: path.map(toTreeHash) }, size);

  const toRuns = (size: number): { readonly from: number; readonly to: number; readonly size: number }[] =>
    sizes.slice(0, size).flatMap((to) => sizes.slice(0, to).map((at) => ({ from: at - 1, to, size })));

  it('is the one of the definition for every run in every tree up to 33; the verifier finds the root by it and by no bent one', () => {
    const isRight = ({ from, to, size }: ReturnType<typeof toRuns>[number]): boolean => {
      const path = small.range(from, to, size);
      const root = toTreeHash(small.root(0, size));
      const bent = (from + to) % 7 === 0 ? bend(path) : [[...path, Buffer.alloc(32)]];
      return (
        toText(resolve(small, planRange({ from, to }, size))) === toText(path) &&
        findRoot({ from, to }, path, size) === root &&
        !bent.some((each) => findRoot({ from, to }, each, size) === root)
      );
    };
    expect(
      sizes
        .slice(0, 33)
        .flatMap(toRuns)
        .filter((run) => !isRight(run)),
    ).toEqual([]);
  });

  it('leaves no room for another run: one leaf more, fewer or moved gives another root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: limit }), fc.nat(), fc.nat(), (size, a, b) => {
        const from = a % (size - 1);
        const to = from + 1 + (b % (size - from - 1));
        const path = small.range(from, to, size);
        const root = toTreeHash(small.root(0, size));
        expect(toText(resolve(small, planRange({ from, to }, size)))).toBe(toText(path));
        expect(findRoot({ from, to }, path, size)).toBe(root);
        const others = [
          { from, to: to + 1 },
          { from: from + 1, to },
          { from: from + 1, to: to + 1 },
        ];
        expect(others.filter((each) => findRoot(each, path, size) === root)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
