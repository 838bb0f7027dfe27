// What a backup puts on disks while it is made, and what remains of one that was killed.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createInstallation, createUpkeepFolder } from '../../support/upkeep-world.ts';
import type { Installation } from '../../support/upkeep-world.ts';

describe('a backup', () => {
  const place = createUpkeepFolder();
  let count = 0;

  async function createFilled(): Promise<Installation> {
    const filled = await createInstallation({ folder: join(place.path, `place-${(count += 1)}`), issuer: 'http://localhost:4159' });
    await filled.grow(5);
    return filled;
  }

  afterAll(() => {
    place.remove();
  });

  it('is not kept from its name by what a run that was killed left, and clears it away', async () => {
    const again = await createFilled();
    const file = join(place.path, 'again.backup');
    const left = mkdtempSync(join(again.folder, `huwiya-check-${spawnSync(process.execPath, ['--version']).pid}-`));
    copyFileSync(again.databaseFile, join(left, 'check.db'));
    writeFileSync(`${file}.part-0123456789abcdef`, 'cut');
    writeFileSync(`${file}.partly`, 'of somebody else');
    expect(await again.backup(file)).toMatchObject({ code: 0 });
    expect(
      readdirSync(place.path)
        .filter((name) => name.startsWith('again.backup'))
        .toSorted(),
    ).toEqual(['again.backup', 'again.backup.partly']);
    expect(existsSync(left)).toBe(false);
  });

  it('keeps what is unsealed out of its own folder, and lets nobody else look at it', async () => {
    const watched = await createFilled();
    const folder = mkdtempSync(join(place.path, 'disk-'));
    const [seen, modes] = [new Set<string>(), new Set<number>()];
    const watch = setInterval(() => {
      readdirSync(folder).forEach((name) => seen.add(name.replace(/[0-9a-f]{16}$/, '')));
      readdirSync(watched.folder)
        .filter((name) => name.startsWith('huwiya-check-'))
        .forEach((name) => modes.add(statSync(join(watched.folder, name)).mode & 0o777));
    }, 1);
    const made = await watched.backup(join(folder, 'b')).finally(() => clearInterval(watch));
    expect(made).toMatchObject({ code: 0 });
    expect([...seen].filter((name) => name !== 'b')).toEqual(['b.part-']);
    expect([...modes]).toEqual([0o700]);
  });

  it('made twice at once under one name is one', async () => {
    const busy = await createFilled();
    const folder = mkdtempSync(join(place.path, 'disk-'));
    const said = await Promise.all([busy.backup(join(folder, 'b')), busy.backup(join(folder, 'b'))]);
    expect(said.filter(({ code }) => code === 0)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['b']);
  });
});
