import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runProofingEnd } from '../../../src/cli/proofing-end.ts';
import { runProofingList } from '../../../src/cli/proofing-list.ts';
import { runProofingTrust } from '../../../src/cli/proofing-trust.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createPublicJwk } from '../../support/sample-proposal.ts';
import { createSqliteDatabase, createTestFolder } from '../../support/sqlite-database.ts';

const toKey = (alg: string, { publicKey }: { readonly publicKey: KeyObject }): Readonly<Record<string, unknown>> => ({
  jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), alg, kid: 'x' }] },
});
const wrongKey = 'jwks.keys.0: is no key of its alg';

const issuer = 'https://registry.example.gov';
const listSchema = z.object({ issuers: z.array(z.record(z.string(), z.unknown())) });

describe('whose statements are taken, at the command line', () => {
  const database = createSqliteDatabase();
  const folder = createTestFolder();
  let opened: OpenedDatabase;
  let captured: CapturedContext;

  beforeAll(async () => {
    opened = await database.open();
    captured = createCapturedContext(opened.storage);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
    folder.remove();
  });

  const registry = {
    issuer,
    name: { ar: 'السجل المدني', en: 'Civil registry' },
    jwks: { keys: [{ ...createPublicJwk(), alg: 'ES256', kid: 'registry-1' }] },
    trust_framework: 'urn:example:registry',
    assurance_levels: ['high'],
    check_methods: ['vri', 'vcrypt'],
    high_methods: ['vcrypt'],
  };
  const trust = async (changes: Readonly<Record<string, unknown>> = {}, json = true): Promise<number> => {
    writeFileSync(folder.path('registry.json'), JSON.stringify({ ...registry, ...changes }));
    return runProofingTrust(captured.context, { file: folder.path('registry.json'), json });
  };
  const list = async (): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    expect(await runProofingList(captured.context, { json: true })).toBe(0);
    return listSchema.parse(JSON.parse(captured.takeOut())).issuers;
  };
  const readEntries = async (type: string): Promise<readonly string[]> =>
    (await opened.engine.read({ text: 'SELECT body FROM entries WHERE type = ? ORDER BY id', values: [type] })).map((row) =>
      String(row['body']),
    );

  test('an issuer is trusted as its file says, listed with the names of its keys, and ended; each is an entry', async () => {
    expect(await trust()).toBe(0);
    expect(JSON.parse(captured.takeOut())).toEqual({ issuer, keys: ['registry-1'] });
    const { name, trust_framework, assurance_levels, check_methods, high_methods } = registry;
    const listed = { issuer, name, trust_framework, assurance_levels, check_methods, high_methods, keys: ['registry-1'], ended_at: null };
    expect(await list()).toEqual([{ ...listed, since: expect.any(String) }]);
    expect(await runProofingList(captured.context, { json: false })).toBe(0);
    expect(captured.takeOut()).toMatch(/STATE +FRAMEWORK[\s\S]*taken +urn:example:registry +high +vcrypt +https:\/\/registry/);
    expect(await runProofingEnd(captured.context, { issuer, json: false })).toBe(0);
    expect(captured.takeOut()).toBe(`no statement of ${issuer} is taken any more\n`);
    expect(await list()).toMatchObject([{ issuer, ended_at: expect.any(String) }]);
    const entries = [await readEntries('issuer.trusted'), await readEntries('issuer.ended')];
    expect(entries.map((bodies) => bodies.map((body): unknown => JSON.parse(body).actor))).toEqual([
      [{ kind: 'operator', ref: null }],
      [{ kind: 'operator', ref: null }],
    ]);
  });

  test('a later file of the same issuer takes the place of the one before, also after its end', async () => {
    expect(await trust({ high_methods: [] }, false)).toBe(0);
    expect(captured.takeOut()).toBe(`statements of ${issuer} are taken, signed with registry-1\n`);
    expect(await list()).toMatchObject([{ issuer, high_methods: [], ended_at: null }]);
  });

  test.each([
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['PS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ])('a key of %s is taken', async (alg, pair) => {
    expect(await trust(toKey(alg, pair))).toBe(0);
    expect(JSON.parse(captured.takeOut())).toEqual({ issuer, keys: ['x'] });
  });

  test.each([
    ['a private key', { jwks: { keys: [{ ...createPublicJwk(), alg: 'ES256', kid: 'x', d: 'x' }] } }, 'jwks.keys.0: is a private key'],
    ['a key of another curve than its alg', toKey('ES256', generateKeyPairSync('ec', { namedCurve: 'P-384' })), wrongKey],
    ['a key of another kind than its alg', toKey('EdDSA', generateKeyPairSync('ec', { namedCurve: 'P-256' })), wrongKey],
    ['a key that is too short', toKey('PS256', generateKeyPairSync('rsa', { modulusLength: 1024 })), wrongKey],
    ['what is no key', { jwks: { keys: [{ kty: 'EC', alg: 'ES256', kid: 'x' }] } }, wrongKey],
    ['a strong method that it may not use', { high_methods: ['vpip'] }, 'high_methods: names a method that check_methods does not'],
    ['a strong method that shows nobody', { check_methods: ['kbv'], high_methods: ['kbv'] }, 'high_methods.0: '],
    ['a member that nobody knows', { verified: true }, 'the file: Unrecognized key'],
    ['no name', { name: undefined }, 'name: '],
  ])('%s is refused by its place, and nothing changes', async (_what, changes, says) => {
    const before = await list();
    expect(await trust(changes)).toBe(1);
    expect(captured.takeErr()).toContain(says);
    expect(await list()).toEqual(before);
  });

  test('what is no file, no JSON, or no issuer that is taken, is said in one line', async () => {
    expect(await runProofingTrust(captured.context, { file: folder.path('none.json'), json: true })).toBe(1);
    expect(captured.takeErr()).toContain('cannot be read');
    writeFileSync(folder.path('bad.json'), '{');
    expect(await runProofingTrust(captured.context, { file: folder.path('bad.json'), json: true })).toBe(1);
    expect(captured.takeErr()).toMatch(/bad\.json: is no JSON\n$/);
    expect(await runProofingEnd(captured.context, { issuer: 'https://nobody.example', json: true })).toBe(1);
    expect(captured.takeErr()).toContain('proofing/issuer-unknown');
  });
});
