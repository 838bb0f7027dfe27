// The public log as an outsider mirrors it: checkpoint, tiles and entry bundles over HTTP, put together by code that shares nothing with the product.

import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readVerifierFile } from '../../views/asset-list.ts';
import { readLog } from '../support/read-log.ts';
import { createEnrolled, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const sha256 = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** RFC 6962 §2.1, as written there. */
function toRoot(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined || leaves.length === 1) {
    return first ?? sha256();
  }
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Uint8Array.of(1), toRoot(leaves.slice(0, split)), toRoot(leaves.slice(split)));
}

/** C2SP tlog-tiles: each entry behind its length in two bytes. */
function splitBundle(bundle: Buffer): readonly Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) {
    entries.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
  }
  return entries;
}

describe('the public log', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await obtainTokens(traveller, 'clinic');
    await readLog(world);
  });

  afterAll(async () => {
    await world.close();
  });

  const get = async (path: string): Promise<Buffer> => {
    const response = await fetch(`${world.issuer}/ledger/${path}`);
    expect([path, response.status]).toEqual([path, 200]);
    return Buffer.from(await response.arrayBuffer());
  };

  it('hands out the offline verifier, the very file that stands in the sources', async () => {
    expect((await get('huwiya-verify.mjs')).toString()).toBe(readVerifierFile());
  });

  it('holds together: signature, size, root, tile and entries', async () => {
    const [text = '', signatures = ''] = (await get('checkpoint')).toString().split('\n\n');
    const [origin, size, root] = text.split('\n');
    // Base 64 has plus signs of its own.
    const [, name = '', keyId = '', key = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)\n$/.exec((await get('key')).toString()) ?? [];
    const raw = Buffer.from(key, 'base64').subarray(1);
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
    const signed = Buffer.from(signatures.trim().split(' ')[2] ?? '', 'base64');
    expect([origin, signed.subarray(0, 4).toString('hex')]).toEqual([name, keyId]);
    expect(verify(null, Buffer.from(`${text}\n`), publicKey, signed.subarray(4))).toBe(true);
    const tile = await get(`tile/0/000.p/${size}`);
    const leaves = Array.from({ length: tile.length / 32 }, (_, index) => tile.subarray(index * 32, index * 32 + 32));
    expect([leaves.length, toRoot(leaves).toString('base64')]).toEqual([Number(size), root]);
    const entries = splitBundle(await get(`tile/entries/000.p/${size}`));
    expect(entries.map((entry) => sha256(Uint8Array.of(0), entry).toString('hex'))).toEqual(leaves.map((leaf) => leaf.toString('hex')));
  });

  it('says nothing of anybody: random ids and salted commitments only', async () => {
    const { length } = await readLog(world);
    const entries = splitBundle(await get(`tile/entries/000.p/${length}`)).map((entry) => entry.toString());
    expect(entries.map((entry) => entry.replace(/"(?:commitment|id)":"[A-Za-z0-9_-]+"/g, ''))).toEqual(entries.map(() => '{,,"v":1}'));
  });

  it('may be kept for ever tile by tile, and its head and what is missing not at all', async () => {
    const width = Number((await get('checkpoint')).toString().split('\n')[1]);
    const cached = async (path: string): Promise<string | null> =>
      (await fetch(`${world.issuer}/ledger/${path}`)).headers.get('cache-control');
    const forEver = 'public, max-age=31536000, immutable';
    expect(await Promise.all([`tile/0/000.p/${width}`, `tile/entries/000.p/${width}`].map(cached))).toEqual([forEver, forEver]);
    expect(await Promise.all(['checkpoint', 'tile/0/000', 'tile/0/001', `tile/0/000.p/${width + 1}`].map(cached))).toEqual(
      Array.from({ length: 4 }, () => 'no-store'),
    );
  });

  it.each(['tile/0/000.p/255', 'tile/0/0', 'tile/9/000', 'tile/entries/001', 'tile/0/../checkpoint'])('has nothing at %s', async (path) => {
    expect((await fetch(`${world.issuer}/ledger/${path}`.replace('..', '%2e%2e'))).status).toBe(404);
  });
});
