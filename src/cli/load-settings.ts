// Settings and keys without a database: for what makes one, or carries one over.

import type { Checked, Config } from '../config/config.ts';
import type { Keys } from '../config/keys.ts';
import { readConfig, readEnvironment } from '../config/read-config.ts';
import { readKeys } from '../config/read-keys.ts';

export type Settings = { readonly config: Config; readonly keys: Keys };

export function loadSettings(file: string | undefined): Checked<Settings> {
  const config = readConfig({ file, env: readEnvironment() });
  if (!config.ok) {
    return config;
  }
  const keys = readKeys(config.value.keysFolder);
  return keys.ok ? { ok: true, value: { config: config.value, keys: keys.value } } : keys;
}
