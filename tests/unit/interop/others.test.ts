// What the libraries of others made, read by the server's code and by the verifier's. How it was made: tests/support/interop/README.md.

import { hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { parseCheckpoint, parseCheckpointBody } from '../../../src/domain/ledger/checkpoint.ts';
import { foldHashes, hashLeaf, planConsistency, planInclusion } from '../../../src/domain/ledger/merkle.ts';
import type { Subtree } from '../../../src/domain/ledger/merkle.ts';
import { isConsistent, isIncluded } from '../../../src/domain/ledger/merkle-verify.ts';
import {
  createSharedNote,
  isSignedBy,
  parseNote,
  parseVerifier,
  toVerifier,
  toVerifierText,
} from '../../../src/domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../../../src/domain/ledger/signed-note.ts';
import type { Tile } from '../../../src/domain/ledger/store.ts';
import { parseTilePath, toBundle, toTilePath } from '../../../src/domain/ledger/tile-path.ts';
import { extendTiles, getConsistencyPath, getInclusionPath, getRoot } from '../../../src/domain/ledger/tiles.ts';
import type { TileReader } from '../../../src/domain/ledger/tiles.ts';
import { findCosignedAt } from '../../../src/domain/witnesses/cosignature.ts';
import { isQuorum, parsePolicy } from '../../../src/domain/witnesses/policy.ts';
import { findSignedHead } from '../../../src/verifier/checkpoint.ts';
import { findGrownRoot } from '../../../src/verifier/consistency.ts';
import { findLogKeys } from '../../../src/verifier/log-keys.ts';
import type { LogKeys } from '../../../src/verifier/log-keys.ts';
import { findNote, findNoteKey, isSignedBy as isSignedForVerifier } from '../../../src/verifier/note.ts';
import { readPolicy } from '../../../src/verifier/policy.ts';
import { findWitnessed } from '../../../src/verifier/witnesses.ts';
import { createTree, findRootOfPath, toTreeHash } from '../../../src/verifier/tree.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import { createTreeReference } from './reference-tree.ts';
import theirs from './theirs.json' with { type: 'json' };

const toBytes = (text: string): Buffer => Buffer.from(text, 'base64');
const toTexts = (path: readonly Uint8Array[]): string[] => path.map((each) => Buffer.from(each).toString('base64'));

function getLogKeys(text: string): LogKeys {
  const keys = findLogKeys([text]);
  if (keys === undefined) {
    throw new TypeError('this is no key of a log');
  }
  return keys;
}

/** What the verifier makes of a checkpoint with cosignatures. */
function isEnoughForVerifier(checkpoint: string, log: string, policyText: string): boolean {
  const policy = readPolicy(policyText);
  return typeof policy !== 'number' && findWitnessed(checkpoint, getLogKeys(log), policy).isEnough;
}

const { size } = theirs.tree;
let leaves: readonly Uint8Array[] = [];
const roots = new Map(Object.entries(theirs.tree.roots).map(([at, root]) => [Number(at), toBytes(root)]));
const getTheirRoot = (at: number): Buffer => roots.get(at) ?? Buffer.alloc(32);

/** As the sequencer would: in groups, keeping every tile. */
function growTiles(): Map<string, Tile> {
  const tiles = new Map<string, Tile>();
  let tree: Pick<ReturnType<typeof extendTiles>, 'size' | 'edge'> = { size: 0, edge: [] };
  while (tree.size < size) {
    const grown = extendTiles(tree, leaves.slice(tree.size, tree.size + 4000));
    grown.changed.forEach((tile) => tiles.set(`${tile.level}/${tile.index}`, tile));
    tree = grown;
  }
  return tiles;
}

let tiles = new Map<string, Tile>();
const reader: TileReader = { readTile: (level, index) => Promise.resolve(tiles.get(`${level}/${index}`)) };

beforeAll(() => {
  leaves = Array.from({ length: size }, (_, at) => hashLeaf(Buffer.from(`record ${at}`)));
  tiles = growTiles();
});

describe('a log of 66,000 entries made by golang.org/x/mod/sumdb/tlog', () => {
  it('has our tiles, byte for byte, under our addresses', () => {
    const made = theirs.tree.tiles.map(({ path }) => {
      const { level, index, width } = getValue(parseTilePath(path));
      const tile = tiles.get(`${level}/${index}`)?.hashes.subarray(0, width * 32) ?? Buffer.alloc(0);
      return { path, sha256: hash('sha256', tile) };
    });
    expect(made).toEqual(theirs.tree.tiles);
    expect(made.length).toBe(tiles.size);
  });

  it('has our roots, on the server and in the verifier', async () => {
    const tree = createTree();
    const told = new Map<number, string>();
    for (const [at, leaf] of leaves.entries()) {
      tree.add(toTreeHash(Buffer.from(leaf)));
      if (roots.has(at + 1)) {
        told.set(at + 1, tree.root());
      }
    }
    for (const [at, root] of roots) {
      expect(told.get(at)).toBe(toTreeHash(root));
      expect(Buffer.from(await getRoot(reader, at))).toEqual(root);
    }
    expect(roots.size).toBe(12);
  });

  it('has our paths of inclusion, which convince server and verifier', async () => {
    for (const { index, size: asked, path } of theirs.tree.inclusion) {
      const leafHash = leaves[index] ?? Buffer.alloc(32);
      const root = getTheirRoot(asked);
      expect(toTexts(await getInclusionPath(reader, index, asked))).toEqual(path);
      expect(isIncluded({ leafHash, index, size: asked, path: path.map(toBytes), root })).toBe(true);
      const hashes = path.map((each) => toTreeHash(toBytes(each)));
      expect(findRootOfPath(toTreeHash(Buffer.from(leafHash)), { index, size: asked, hashes })).toBe(toTreeHash(root));
    }
    expect(theirs.tree.inclusion.length).toBe(8);
  });

  it('has our paths of consistency, which convince', async () => {
    for (const { first, second, path } of theirs.tree.consistency) {
      const heads = { first: { size: first, root: getTheirRoot(first) }, second: { size: second, root: getTheirRoot(second) } };
      expect(toTexts(await getConsistencyPath(reader, first, second))).toEqual(path);
      // Of some of the beginnings they gave no root.
      const isKnown = roots.has(first) && roots.has(second);
      const [firstRoot, secondRoot] = [toTreeHash(heads.first.root), toTreeHash(heads.second.root)];
      expect(isConsistent({ ...heads, path: path.map(toBytes) })).toBe(isKnown);
      expect(findGrownRoot({ first, second, firstRoot, path: path.map((each) => toTreeHash(toBytes(each))) }) === secondRoot).toBe(isKnown);
    }
    expect(theirs.tree.consistency.length).toBe(8);
  });

  it('has every path of ours in every tree up to 130 entries, which github.com/transparency-dev/merkle has too', () => {
    const reference = createTreeReference(leaves.slice(0, 130));
    const hashOf = ({ height, position }: Subtree): Buffer => reference.root(position * 2 ** height, 2 ** height);
    const toPath = (plan: readonly (readonly Subtree[])[]): Uint8Array[] => plan.map((range) => foldHashes(range.map(hashOf)));
    const inclusions: Uint8Array[] = [];
    const consistencies: Uint8Array[] = [];
    for (let count = 1; count <= 130; count += 1) {
      for (let at = 0; at < count; at += 1) {
        inclusions.push(...toPath(planInclusion(at, count)));
        consistencies.push(...toPath(planConsistency(at + 1, count)));
      }
    }
    expect(hash('sha256', Buffer.concat(inclusions))).toBe(theirs.tree.everyInclusionTo130);
    expect(hash('sha256', Buffer.concat(consistencies))).toBe(theirs.tree.everyConsistencyTo130);
  });
});

describe('what filippo.io/torchwood writes after C2SP tlog-tiles', () => {
  it('has our addresses of tiles and bundles', () => {
    const named = theirs.places.map(({ level, index, width }) => ({
      level: level === 'entries' ? ('entries' as const) : Number(level),
      index,
      width,
    }));
    expect(named.map(toTilePath)).toEqual(theirs.places.map(({ path }) => path));
    expect(theirs.places.map(({ path }) => getValue(parseTilePath(path)))).toEqual(named);
  });

  it('has our bundles of entries', () => {
    expect(Buffer.from(toBundle(theirs.bundle.records.map((each) => Buffer.from(each)))).toString('base64')).toBe(theirs.bundle.bytes);
  });
});

describe('a note that golang.org/x/mod/sumdb/note signed', () => {
  it('is the note that we would have written with the same keys, and verifies under their keys alone', () => {
    for (const { keys, text, note } of theirs.notes) {
      const verifiers = keys.map((key) => getValue(parseVerifier(key)));
      const parsed = getValue(parseNote(note));
      expect(parsed.text).toBe(text);
      expect(verifiers.map((key) => isSignedBy(parsed, key))).toEqual(keys.map(() => true));
      expect(verifiers.map((key) => toVerifierText(key))).toEqual(keys);
      expect(isSignedBy(parsed, toVerifier(createSigner(verifiers[0]?.name ?? '', 'another key')))).toBe(false);
      expect(
        createSharedNote(
          verifiers.map(({ name }) => createSigner(name)),
          text,
        ),
      ).toBe(note);
    }
    expect(theirs.notes.length).toBe(4);
  });
});

describe('a checkpoint with cosignatures by filippo.io/torchwood', () => {
  const { cosigned } = theirs;
  const getLog = (): NoteVerifier => getValue(parseVerifier(cosigned.log));
  const notes = new Map(Object.entries(cosigned.notes));
  const policies = new Map(Object.entries(cosigned.policies));

  it('meets with us the policies that it meets with them, and no other', () => {
    const judged = cosigned.verdicts.map(({ policy, cosignedBy }) => {
      const text = notes.get(cosignedBy) ?? '';
      const policyText = `log ${cosigned.log}\n${cosigned.witnesses}${policies.get(policy)}`;
      const { witnesses, quorum } = getValue(parsePolicy(policyText));
      const note = getValue(parseNote(text));
      const names = witnesses.filter(({ key }) => findCosignedAt(note, key, Number.MAX_SAFE_INTEGER) !== undefined).map(({ name }) => name);
      const holds = parseCheckpoint(text, [getLog()]).ok && isQuorum(quorum, new Set(names));
      return { policy, cosignedBy, holds, verifier: isEnoughForVerifier(text, cosigned.log, policyText) };
    });
    expect(judged).toEqual(cosigned.verdicts.map((verdict) => ({ ...verdict, verifier: verdict.holds })));
    expect(judged.filter(({ holds }) => holds).length).toBeGreaterThan(10);
  });

  it('says the same head to server and verifier', () => {
    for (const text of notes.values()) {
      const head = { origin: 'log.example', size: cosigned.size, root: toBytes(cosigned.root) };
      expect(getValue(parseCheckpoint(text, [getLog()]))).toEqual(head);
      expect(findSignedHead(text, getLogKeys(cosigned.log))).toEqual(head);
    }
    expect(notes.size).toBe(6);
  });
});

describe('the public checksum database of Go, a log of seventy million records', () => {
  const { key, head, index, record, path } = theirs.checksumDatabase;
  const root = toBytes(head.split('\n')[2] ?? '');
  const toClaim = (text: string): Parameters<typeof isIncluded>[0] => ({
    leafHash: hashLeaf(Buffer.from(text)),
    index,
    size: theirs.checksumDatabase.size,
    path: path.map(toBytes),
    root,
  });

  it('has signed its head with the key that the go command knows', () => {
    const note = getValue(parseNote(head));
    expect(isSignedBy(note, getValue(parseVerifier(key)))).toBe(true);
    const [theirNote, theirKey] = [findNote(head), findNoteKey(key)];
    expect(theirKey?.name).toBe('sum.golang.org');
    expect(theirNote && theirKey && isSignedForVerifier(theirNote, theirKey)).toBe(true);
    expect(parseCheckpointBody(note.text)).toEqual({ origin: 'go.sum database tree', size: theirs.checksumDatabase.size, root });
  });

  it('has its record of golang.org/x/mod where it says, by the server and by the verifier', () => {
    const claim = toClaim(record);
    const leaf = toTreeHash(Buffer.from(claim.leafHash));
    const place = { size: claim.size, hashes: path.map((each) => toTreeHash(toBytes(each))) };
    expect(isIncluded(claim)).toBe(true);
    expect(findRootOfPath(leaf, { ...place, index })).toBe(toTreeHash(root));
    const bent = [toClaim(record.replace('v0.42.0', 'v0.42.1')), { ...claim, index: index + 1 }];
    expect(bent.filter(isIncluded)).toEqual([]);
    expect(findRootOfPath(leaf, { ...place, index: index - 1 })).not.toBe(toTreeHash(root));
  });
});
