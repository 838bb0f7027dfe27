// What every command starts from: configuration, keys and an open database, or the full list of what stands against it.

import type { Checked, StartFault } from '../config/config.ts';
import { readConfig, readEnvironment } from '../config/read-config.ts';
import { readKeys } from '../config/read-keys.ts';
import type { Parts } from '../app.ts';

export type PartsAsked = { readonly file: string | undefined; /** `migrate` opens a database that still needs it. */ readonly allowsPending: boolean };

export async function loadParts(asked: PartsAsked): Promise<Checked<Parts>> {
  const config = readConfig({ file: asked.file, env: readEnvironment() });
  if (!config.ok) {
    return config;
  }
  // The database library is large: commands that only print help never load it.
  const { openStorage } = await import('../storage/open-storage.ts');
  const keys = readKeys(config.value.keysFolder);
  const storage = openStorage(config.value.database);
  const found: readonly StartFault[] = asked.allowsPending ? [] : await storage.checkStart();
  const faults = [...(keys.ok ? [] : keys.faults), ...found];
  if (!keys.ok || faults.length > 0) {
    await storage.close();
    return { ok: false, faults };
  }
  return { ok: true, value: { config: config.value, keys: keys.value, storage } };
}
