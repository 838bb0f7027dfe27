import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readConfig } from '../../../src/config/read-config.ts';
import { readKeys } from '../../../src/config/read-keys.ts';
import { writeSetup } from '../../../src/config/write-setup.ts';

let parent = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'huwiya-setup-'));
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe('A fresh setup', () => {
  test('passes every check of the start, and only its owner can read it', () => {
    const folder = join(parent, 'id');
    const written = writeSetup({ issuer: 'http://localhost:4000', folder });
    const settingsFile = join(folder, 'huwiya.env');
    expect(written).toEqual({ ok: true, value: { settingsFile, keysFolder: join(folder, 'keys') } });
    expect(readConfig({ file: settingsFile, env: {} })).toMatchObject({
      ok: true,
      value: {
        issuer: 'http://localhost:4000',
        listen: { host: '127.0.0.1', port: 4000 },
        database: { kind: 'sqlite', path: join(folder, 'huwiya.db') },
        keysFolder: join(folder, 'keys'),
      },
    });
    expect(readKeys(join(folder, 'keys')).ok).toBe(true);
    expect([folder, join(folder, 'keys')].map(modeOf)).toEqual([0o700, 0o700]);
    const files = readdirSync(join(folder, 'keys')).map((name) => join(folder, 'keys', name));
    expect(new Set([settingsFile, ...files].map(modeOf))).toEqual(new Set([0o600]));
  });

  test('is refused whole, and leaves nothing behind, when its issuer is not acceptable', () => {
    const folder = join(parent, 'id');
    expect(writeSetup({ issuer: 'http://id.example', folder })).toMatchObject({ ok: false, faults: [{ setting: 'HUWIYA_ISSUER' }] });
    expect(existsSync(folder)).toBe(false);
  });

  test.each(['huwiya.env', 'huwiya.db'])('never overwrites %s', (name) => {
    writeFileSync(join(parent, name), 'precious');
    expect(writeSetup({ issuer: 'https://id.example', folder: parent }).ok).toBe(false);
    expect(readFileSync(join(parent, name), 'utf8')).toBe('precious');
    expect(readdirSync(parent)).toEqual([name]);
  });

  test('never overwrites an earlier setup', () => {
    writeSetup({ issuer: 'https://id.example', folder: parent });
    const before = readFileSync(join(parent, 'keys', 'data.json'), 'utf8');
    const again = writeSetup({ issuer: 'https://id.example', folder: parent });
    expect(again.ok ? [] : again.faults).toHaveLength(6);
    expect(readFileSync(join(parent, 'keys', 'data.json'), 'utf8')).toBe(before);
  });
});

describe('A settings file', () => {
  test('gives way to the environment', () => {
    writeSetup({ issuer: 'https://id.example', folder: parent });
    const read = readConfig({ file: join(parent, 'huwiya.env'), env: { HUWIYA_LISTEN: '127.0.0.1:9000', HUWIYA_ISSUER: '' } });
    expect(read).toMatchObject({ ok: true, value: { issuer: 'https://id.example', listen: { port: 9000 } } });
  });

  test('is refused when it holds a misspelt setting, together with its other faults', () => {
    const file = join(parent, 'huwiya.env');
    writeFileSync(file, 'HUWIYA_ISSUER=https://id.example\nHUWIYA_TRUSTED_HOP=1\nHUWIYA_KEYS=keys\n');
    const read = readConfig({ file, env: {} });
    expect(read.ok ? [] : read.faults.map(({ setting }) => setting)).toEqual(['HUWIYA_TRUSTED_HOP', 'HUWIYA_DATABASE']);
  });

  test('is refused when a setting in it has no equals sign', () => {
    const file = join(parent, 'huwiya.env');
    writeFileSync(file, '# HUWIYA_ISSUER is below\nHUWIYA_ISSUER = https://id.example\nHUWIYA_TRUSTED_HOPS 1\n');
    const read = readConfig({ file, env: {} });
    expect(read).toMatchObject({ ok: false, faults: [{ setting: 'HUWIYA_TRUSTED_HOPS', problem: 'has no equals sign in the file' }] });
  });

  test('is asked for when there is neither a file nor a setting', () => {
    expect(readConfig({ env: { PATH: '/bin' } })).toMatchObject({ ok: false, faults: [{ setting: '--config' }] });
  });

  test('is named when it cannot be read', () => {
    const read = readConfig({ file: join(parent, 'absent.env'), env: {} });
    expect(read).toMatchObject({ ok: false, faults: [{ problem: 'cannot be read' }] });
  });
});
