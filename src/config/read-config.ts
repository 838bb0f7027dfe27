// The one place that reads the environment and the configuration file.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseEnv } from 'node:util';

import type { Checked, Config, Environment, StartFault } from './config.ts';
import { getSettingNotes, parseConfig } from './parse-config.ts';

/** The environment of this process. Everybody else receives what they need from a Config. */
export function readEnvironment(): Environment {
  return process.env;
}

/** The environment wins over the file. Relative paths are resolved against the file's folder, without a file against the working directory. */
export function readConfig(asked: { readonly file?: string | undefined; readonly env: Environment }): Checked<Config> {
  if (asked.file === undefined) {
    return parseConfig(asked.env, process.cwd());
  }
  const written = readSettingsFile(asked.file);
  if (!written.ok) {
    return written;
  }
  const unknown = findUnknownSettings(written.value);
  const present = Object.entries(asked.env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = parseConfig({ ...written.value, ...Object.fromEntries(present) }, dirname(resolve(asked.file)));
  if (unknown.length === 0) {
    return parsed;
  }
  return { ok: false, faults: [...unknown, ...(parsed.ok ? [] : parsed.faults)] };
}

function readSettingsFile(file: string): Checked<Environment> {
  try {
    return { ok: true, value: parseEnv(readFileSync(file, 'utf8')) };
  } catch {
    const fix = 'Write one with "huwiya setup --issuer URL", or check its path and permissions';
    return { ok: false, faults: [{ setting: `--config ${file}`, problem: 'cannot be read', fix }] };
  }
}

/** A misspelt name in the file would silently leave a default in force. */
function findUnknownSettings(written: Environment): readonly StartFault[] {
  const known = new Set(getSettingNotes().map(({ name }) => name));
  return Object.keys(written)
    .filter((name) => name.startsWith('HUWIYA_') && !known.has(name))
    .map((setting) => ({
      setting,
      problem: 'is not a setting',
      fix: 'Correct its name or remove it; see docs/reference/configuration.md',
    }));
}
