// What Huwiya makes, as others read it: `ours.json` is what the product gives today, and `go run . check` of tests/support/interop accepts it.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toLeafBytes, toLeafHash } from '../../../src/domain/ledger/event.ts';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { parseNote, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { Tile } from '../../../src/domain/ledger/store.ts';
import { toBundle, toTilePath } from '../../../src/domain/ledger/tile-path.ts';
import { extendTiles, getConsistencyPath, getInclusionPath, getRoot, toRoot } from '../../../src/domain/ledger/tiles.ts';
import { addLines, createCosignature } from '../../../src/domain/witnesses/cosignature.ts';
import { createSampleEvents, createSigner, sampleStart } from '../../support/ledger-samples.ts';

const size = 300;
const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function createOurs(): Promise<Record<string, unknown>> {
  const events = createSampleEvents(size, 'interop');
  const grown = extendTiles({ size: 0, edge: [] }, events.map(toLeafHash));
  const tiles = new Map<string, Tile>(grown.changed.map((tile) => [`${tile.level}/${tile.index}`, tile]));
  const reader = { readTile: (level: number, index: number) => Promise.resolve(tiles.get(`${level}/${index}`)) };
  const signer = createSigner('id.example/ledger');
  const witnesses = ['court', 'authority'].map((name) => createSigner(`${name}.example/witness`));
  const checkpoint = createCheckpoint(signer, { size, root: toRoot(grown) });
  const { text } = getValue(parseNote(checkpoint));
  const inclusion = await Promise.all(
    [0, 1, 255, 256, 299].map(async (index) => ({ index, size, path: (await getInclusionPath(reader, index, size)).map(toText) })),
  );
  const consistency = await Promise.all(
    [1, 3, 128, 255, 256, 299].map(async (first) => ({
      first,
      second: size,
      path: (await getConsistencyPath(reader, first, size)).map(toText),
    })),
  );
  const roots = await Promise.all([1, 3, 128, 255, 256, 299, 300].map(async (at) => [at, toText(await getRoot(reader, at))] as const));
  const hashTiles = grown.changed.map(({ level, index, hashes }) => ({
    path: toTilePath({ level, index, width: hashes.length / 32 }),
    bytes: toText(hashes),
  }));
  const bundles = [0, 1].map((index) => {
    const within = events.slice(index * 256, (index + 1) * 256);
    return { path: toTilePath({ level: 'entries', index, width: within.length }), bytes: toText(toBundle(within.map(toLeafBytes))) };
  });
  const [court = '', authority = ''] = witnesses.map((witness) => toVerifierText(toVerifier(witness, 'witness'), 'witness'));
  return {
    logKey: toVerifierText(toVerifier(signer)),
    policy: `log ${toVerifierText(toVerifier(signer))}\nwitness court ${court}\nwitness authority ${authority}\ngroup state all court authority\nquorum state\n`,
    checkpoint,
    cosigned: addLines(
      checkpoint,
      witnesses.map((witness) => createCosignature(witness, text, sampleStart)),
    ),
    tiles: [...hashTiles, ...bundles],
    inclusion,
    consistency,
    roots: Object.fromEntries(roots),
  };
}

describe('a log that Huwiya made', () => {
  it('is to the byte the one that the libraries of others accepted', async () => {
    const accepted: unknown = JSON.parse(readFileSync(new URL('./ours.json', import.meta.url), 'utf8'));
    expect(await createOurs()).toEqual(accepted);
  });
});
