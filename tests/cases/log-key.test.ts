// The key of the log is changed while people go on: what those see who kept the old key, who come new, and who stole the old one.

import { createPrivateKey } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCheckpoint, createLogSigner, parseCheckpoint } from '../../src/domain/ledger/checkpoint.ts';
import { followKeys, toTrusted } from '../../src/domain/ledger/key-chain.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { parseNote, parseVerifier, toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import { toLogSigner } from '../../src/cli/sequence-log.ts';
import { runCommand, startProgram } from '../support/command.ts';
import type { Ended } from '../support/command.ts';
import { createInstallation } from '../support/upkeep-world.ts';
import type { Installation } from '../support/upkeep-world.ts';
import { findFreePort } from '../support/world.ts';
import { toObject } from '../support/raw-request.ts';

describe('the key of the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-log-key-'));
  const oldNode = join(folder, 'old-node');
  let issuer: string;
  let own: Installation;
  let earlier: string;
  let oldKey: string;

  const run = (...words: readonly string[]): Promise<Ended> => runCommand([...words, '--config', own.settingsFile]);
  const readText = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const readSignatures = async (file: string): Promise<number> => getValue(parseNote(readFileSync(file, 'utf8'))).signatures.length;
  const readChanges = (): Promise<readonly string[]> => own.use(async ({ storage }) => storage.ledger.readKeyChanges());

  beforeAll(async () => {
    issuer = `http://localhost:${await findFreePort()}`;
    own = await createInstallation({ folder: join(folder, 'own'), issuer });
    earlier = await own.grow(3);
    oldKey = await own.use(async (parts) => toVerifierText(toVerifier(toLogSigner(parts))));
    cpSync(join(folder, 'own', 'keys'), oldNode, { recursive: true });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('AL-13: is made first and follows second; then both sign, and one entry and one statement tell of it', async () => {
    const prepared = await run('keys', 'rotate', '--log');
    expect([prepared.code, await readChanges()]).toEqual([0, []]);
    expect(await readSignatures(await own.grow(1))).toBe(1);
    const rotated = await run('keys', 'rotate', '--log', '--json');
    expect([rotated.code, toObject(rotated.stdout)['from'], toObject(rotated.stdout)['last_size']]).toEqual([0, oldKey, 4]);
    expect((await readChanges()).length).toBe(1);
    const during = await own.grow(2);
    expect(await readSignatures(during)).toBe(2);
    const entries = await own.use(async ({ storage }) => storage.ledger.readEntries(4, 5));
    expect(entries.map(({ type }) => type)).toEqual(['key.log_rotated']);
    expect(parseCheckpoint(readFileSync(during, 'utf8'), [getValue(parseVerifier(oldKey))]).ok).toBe(true);
    expect((await run('keys', 'rotate', '--log')).code).toBe(1);
    expect((await run('audit', 'verify', '--since', earlier, '--since', during)).code).toBe(0);
  });

  test('AL-13: a node that has only the old key does not start, and signs nothing', async () => {
    const place = join(folder, 'own', 'keys');
    renameSync(place, join(folder, 'kept-keys'));
    cpSync(oldNode, place, { recursive: true });
    const refused = await run('audit', 'verify');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is not the key that signs the log')]);
    rmSync(place, { recursive: true });
    renameSync(join(folder, 'kept-keys'), place);
  });

  test('AL-13: once the file is replaced the new key signs alone, and everybody still follows from the old one', async () => {
    const place = join(folder, 'own', 'keys');
    renameSync(join(place, 'checkpoint-next-ed25519.json'), join(place, 'checkpoint-ed25519.json'));
    const after = await own.grow(2);
    expect(await readSignatures(after)).toBe(1);
    expect((await run('audit', 'verify', '--since', earlier, '--since', after)).code).toBe(0);
    expect((await run('doctor', '--full')).stdout).toMatch(/log .*entries verify/);
    const node = await startProgram([join(import.meta.dirname, '../../src/main.ts')], /Huwiya answers/, {
      HUWIYA_ISSUER: issuer,
      HUWIYA_KEYS: place,
      HUWIYA_DATABASE: `sqlite:${own.databaseFile}`,
      HUWIYA_LISTEN: `127.0.0.1:${new URL(issuer).port}`,
    });
    writeFileSync(join(folder, 'new-key'), await (await fetch(`${issuer}/ledger/key`)).text());
    writeFileSync(join(folder, 'keys.json'), await (await fetch(`${issuer}/ledger/keys`)).text());
    const watch = async (key: string, state: string): Promise<number> =>
      (
        await runCommand([
          'audit',
          'monitor',
          '--log',
          `${issuer}/ledger`,
          '--key',
          key,
          '--state',
          join(folder, state),
          '--once',
          '--rebuild',
        ])
      ).code;
    const codes = [await watch(oldKey, 'from-old'), await watch(readText('new-key').trim(), 'from-new')];
    await node.stop();
    expect(codes).toEqual([0, 0]);
    expect(toObject(readText('keys.json'))).toMatchObject({ format: 'huwiya-log-keys/1', key: readText('new-key').trim() });
    expect(await watch(oldKey, 'from-old')).toBe(0);
  });

  test('AL-13: whoever stole the old key signs nothing that is believed beyond its end', async () => {
    const stolen = toObject(readFileSync(join(oldNode, 'checkpoint-ed25519.json'), 'utf8'));
    const thief = createLogSigner(issuer, createPrivateKey({ key: stolen, format: 'jwk' }));
    const trusted = toTrusted(getValue(followKeys(getValue(parseVerifier(oldKey)), await readChanges())));
    const forge = (size: number): string => createCheckpoint(thief, { size, root: Buffer.alloc(32, 9) });
    expect([parseCheckpoint(forge(4), trusted).ok, parseCheckpoint(forge(5), trusted).ok]).toEqual([true, false]);
  });
});
