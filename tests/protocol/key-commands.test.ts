// The keys of tokens as an operator looks after them, on an installation that began when they were files.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, startProgram } from '../support/command.ts';
import type { Ended } from '../support/command.ts';
import { openDatabaseFile } from '../support/open-database.ts';
import { toObject } from '../support/raw-request.ts';
import { findFreePort } from '../support/world.ts';

type Listed = Readonly<Record<string, unknown>>;

const program = join(import.meta.dirname, '../../src/main.ts');

const isList = (value: unknown): value is readonly Listed[] => Array.isArray(value);

const toList = (value: unknown): readonly Listed[] => (isList(value) ? value : []);

describe('the keys of an earlier installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-keys-'));
  const config = join(folder, 'huwiya.env');
  let issuer: string;

  const run = async (...words: readonly string[]): Promise<Ended> => runCommand([...words, '--config', config]);
  const list = async (): Promise<readonly Listed[]> => toList(toObject((await run('keys', 'list', '--json')).stdout)['keys']);
  const toStates = (keys: readonly Listed[], alg: string) => keys.filter((key) => key['alg'] === alg).map(({ state }) => state);

  const writeEarlier = (file: string, alg: string): void => {
    const pair = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = { kid: `earlier-${alg}`, alg, use: 'sig', ...pair.privateKey.export({ format: 'jwk' }) };
    writeFileSync(join(folder, 'keys', file), JSON.stringify(jwk), { mode: 0o600 });
  };

  beforeAll(async () => {
    issuer = `http://localhost:${await findFreePort()}`;
    await runCommand(['setup', '--issuer', issuer, '--dir', folder]);
    writeEarlier('token-es256.json', 'ES256');
    writeEarlier('token-rs256.json', 'RS256');
    await run('migrate');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are not begun by whoever only looks', async () => {
    const looked = await run('keys', 'list', '--json');
    expect([looked.code, toList(toObject(looked.stdout)['keys']).map(({ use }) => use)]).toEqual([0, ['receipt', 'checkpoint']]);
    expect(looked.stderr).toBe('keys list: the first start of a node makes the keys of tokens\n');
    expect((await run('keys', 'list')).stdout).toMatch(/^KID .*\n\S+ +receipt .*\n\S+ +checkpoint .*\n$/);
    const database = openDatabaseFile(join(folder, 'huwiya.db'));
    const written = [database.rows('SELECT * FROM token_keys'), database.rows('SELECT * FROM entries')];
    database.close();
    expect(written).toEqual([[], []]);
  });

  it('are not rotated before the next have been published for a day, and the moment is named', async () => {
    const refused = await run('keys', 'rotate');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/^keys rotate: key\/too-early\. The waiting keys may sign from \d{4}-\d\d-\d\dT[^\n]+\n$/);
    expect((await run('keys', 'rotate', '--use', 'cookies')).code).toBe(2);
  });

  it('go on signing under their names, with others that wait already', async () => {
    const keys = await list();
    expect(keys.filter(({ state, use }) => state === 'active' && use === 'token').map(({ kid }) => kid)).toEqual(
      expect.arrayContaining(['earlier-ES256', 'earlier-RS256']),
    );
    expect(['ES256', 'PS256', 'RS256'].map((alg) => toStates(keys, alg))).toEqual(Array.from({ length: 3 }, () => ['active', 'staged']));
    expect(keys.filter(({ use }) => use !== 'token').map(({ use, state }) => [use, state])).toEqual([
      ['receipt', 'active'],
      ['checkpoint', 'active'],
    ]);
    expect((await run('doctor')).stdout).toContain('token-es256.json is of no more use');
  });

  it('end at once in an emergency while a node runs, which needs no restart; the list and the log tell of it', async () => {
    const node = await startProgram([program], /Huwiya answers/, toSettings());
    const published = async (): Promise<readonly unknown[]> => {
      const { keys } = toObject(await (await fetch(`${issuer}/jwks`)).text());
      return toList(keys).map(({ kid }) => kid);
    };
    expect(await published()).toContain('earlier-ES256');
    const rotated = toObject((await run('keys', 'rotate', '--emergency', '--json')).stdout);
    const turns = toList(rotated['keys']);
    expect([rotated['kind'], turns.map(({ alg }) => alg), rotated['tell']]).toEqual(['emergency', ['ES256', 'PS256', 'RS256'], []]);
    expect(await published()).toEqual(expect.arrayContaining(turns.map(({ staged }) => staged)));
    await node.stop();
    expect(toStates(await list(), 'ES256')).toEqual(['active', 'staged', 'revoked']);
    expect((await run('keys', 'list')).stdout).toMatch(/earlier-ES256 +token +ES256 +revoked +\S+ +(?:accepted until \S+|refused)\n/);
    const database = openDatabaseFile(join(folder, 'huwiya.db'));
    const types = database.rows("SELECT type, body FROM entries WHERE type LIKE 'key.%' ORDER BY rowid").map(({ type }) => type);
    database.close();
    expect(types).toEqual([...Array.from({ length: 3 }, () => 'key.begun'), ...Array.from({ length: 3 }, () => 'key.revoked')]);
  });

  /** Of the settings file, for a process that is given none. */
  function toSettings(): Readonly<Record<string, string>> {
    return {
      HUWIYA_ISSUER: issuer,
      HUWIYA_LISTEN: `127.0.0.1:${new URL(issuer).port}`,
      HUWIYA_DATABASE: `sqlite:${join(folder, 'huwiya.db')}`,
      HUWIYA_KEYS: join(folder, 'keys'),
    };
  }
});
