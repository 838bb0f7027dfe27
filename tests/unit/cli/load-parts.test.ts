// A database belongs to one issuer and one set of keys. Whatever comes with others is refused before it writes anything.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadParts } from '../../../src/cli/load-parts.ts';
import { writeSetup } from '../../../src/config/write-setup.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';

describe('a database that was begun', () => {
  let folder: string;
  const fileOf = (name: string): string => join(folder, name, 'huwiya.env');

  async function load(name: string, env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const parts = await loadParts({ file: fileOf(name), allowsPending: false, env });
    if (parts.ok) {
      await parts.value.storage.close();
      return [];
    }
    return parts.faults.map((fault) => fault.setting);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-parts-'));
    for (const name of ['own', 'other']) {
      writeSetup({ issuer: 'http://localhost:3999', folder: join(folder, name) });
    }
    const parts = await loadParts({ file: fileOf('own'), allowsPending: true, env: {} });
    if (!parts.ok) {
      throw new Error(JSON.stringify(parts.faults));
    }
    await parts.value.storage.migrate(systemClock);
    await parts.value.storage.close();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens with what it was begun with, again and again', async () => {
    expect(await load('own')).toEqual([]);
    expect(await load('own')).toEqual([]);
  });

  it('refuses another issuer', async () => {
    expect(await load('own', { HUWIYA_ISSUER: 'http://localhost:4000' })).toContain('HUWIYA_ISSUER');
    expect(await load('own')).toEqual([]);
  });

  it.each(['data.json', 'checkpoint-ed25519.json'])('refuses a foreign %s', async (name) => {
    const own = join(folder, 'own', 'keys', name);
    copyFileSync(own, `${own}.kept`);
    copyFileSync(join(folder, 'other', 'keys', name), own);
    expect(await load('own')).toContain(`HUWIYA_KEYS/${name}`);
    copyFileSync(`${own}.kept`, own);
    rmSync(`${own}.kept`);
    expect(await load('own')).toEqual([]);
  });
});
