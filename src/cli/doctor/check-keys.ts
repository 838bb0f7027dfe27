// Whether the keys are there, fit for use, for the eyes of their owner only, and those that the database was begun with.

import { dayMs } from '../../domain/kernel/clock.ts';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { keyFileNames } from '../../config/keys.ts';
import type { Keys } from '../../config/keys.ts';
import { compareInstallation, readFacts } from '../check-installation.ts';
import { checkTokenKeys } from './check-token-keys.ts';
import { passed, toFindings, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

/** NIST SP 800-57 part 1, 5.3.6: a signing key is used for one to three years. */
const oldestDays = 730;

/** Those that can be replaced; docs/runbooks/key-rotation.md. */
const rotating: ReadonlySet<string> = new Set(['receipt-ed25519.json', 'cookies.json', 'dpop-nonce.json']);

type Age = { readonly name: string; readonly days: number };

function readAges(folder: string): readonly Age[] {
  return keyFileNames.map((name) => ({ name, days: Math.floor((Date.now() - statSync(join(folder, name)).mtimeMs) / dayMs) }));
}

function describeKeys(keys: Keys, ages: readonly Age[]): string {
  const signing = [keys.receipt, keys.checkpoint].map(({ alg, kid }) => `${alg} ${kid.slice(0, 8)}`);
  const days = ages.map((age) => age.days);
  return `${ages.length} files, 0600, pairs match (${signing.join(', ')}); the oldest was written ${Math.max(...days)} days ago`;
}

function checkAges(ages: readonly Age[]): readonly Finding[] {
  const old = ages.filter(({ name, days }) => rotating.has(name) && days > oldestDays);
  return old.map(({ name, days }) =>
    warned('keys', `${name} was written ${days} days ago`, 'Replace it as docs/runbooks/key-rotation.md says'),
  );
}

function checkFolder(folder: string): readonly Finding[] {
  const isOpen = (statSync(folder).mode & 0o077) !== 0;
  return isOpen ? [warned('keys', 'others may look into the key folder', 'Run chmod 700 on the folder')] : [];
}

export async function checkKeys(ground: Ground): Promise<readonly Finding[]> {
  const { keys, config, locations, storage } = ground;
  const folder = locations.keysFolder;
  if (folder === undefined) {
    return toFindings('keys', [
      { setting: 'HUWIYA_KEYS', problem: 'does not say where the keys are', fix: 'Set it to the folder of the keys' },
    ]);
  }
  if (!keys.ok) {
    return toFindings('keys', keys.faults);
  }
  const ages = readAges(folder);
  const known = storage === undefined || !(await storage.health.hasMigrations()) ? {} : await readFacts(storage);
  const foreign = config.ok ? compareInstallation(known, { config: config.value, keys: keys.value }) : [];
  const faults = toFindings('keys', foreign);
  const found = [...faults, ...checkFolder(folder), ...checkAges(ages)];
  if (faults.length > 0) {
    return found;
  }
  const tokens = await checkTokenKeys(ground);
  return [passed('keys', `${describeKeys(keys.value, ages)}; ${tokens.said}`), ...found, ...tokens.findings];
}
