// The one place that reads the environment and the configuration file.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseEnv } from 'node:util';

import type { Checked, Config, Environment, Locations, StartFault } from './config.ts';
import { findLocations, getSettingNotes, parseConfig } from './parse-config.ts';

/** The environment of this process. Everybody else receives what they need from a Config. */
export function readEnvironment(): Environment {
  return process.env;
}

const whereSettingsAre = 'Name the file that "huwiya setup --issuer URL" wrote: --config FILE';

function hasSettings(env: Environment): boolean {
  return Object.entries(env).some(([name, value]) => name.startsWith('HUWIYA_') && value !== undefined && value.trim() !== '');
}

type Asked = { readonly file?: string | undefined; readonly env: Environment };

type Written = { readonly env: Environment; readonly folder: string; readonly unknown: readonly StartFault[] };

/** The environment wins over the file. Relative paths are resolved against the file's folder, without a file against the working directory. */
function readWritten(asked: Asked): Checked<Written> {
  if (asked.file === undefined) {
    return hasSettings(asked.env)
      ? { ok: true, value: { env: asked.env, folder: process.cwd(), unknown: [] } }
      : { ok: false, faults: [{ setting: '--config', problem: 'is not given, and neither is any setting', fix: whereSettingsAre }] };
  }
  const written = readSettingsFile(asked.file);
  if (!written.ok) {
    return written;
  }
  const present = Object.entries(asked.env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const env = { ...written.value, ...Object.fromEntries(present) };
  return { ok: true, value: { env, folder: dirname(resolve(asked.file)), unknown: findUnknownSettings(written.value) } };
}

export function readConfig(asked: Asked): Checked<Config> {
  const written = readWritten(asked);
  if (!written.ok) {
    return written;
  }
  const { env, folder, unknown } = written.value;
  const parsed = parseConfig(env, folder);
  return unknown.length === 0 ? parsed : { ok: false, faults: [...unknown, ...(parsed.ok ? [] : parsed.faults)] };
}

/** Also where the rest of the configuration is not usable. */
export function readLocations(asked: Asked): Locations {
  const written = readWritten(asked);
  return written.ok
    ? findLocations(written.value.env, written.value.folder)
    : { keysFolder: undefined, database: undefined, auditDatabase: undefined };
}

function readSettingsFile(file: string): Checked<Environment> {
  try {
    const text = readFileSync(file, 'utf8');
    const faults = findUnreadLines(text);
    return faults.length === 0 ? { ok: true, value: parseEnv(text) } : { ok: false, faults };
  } catch {
    const fix = 'Write one with "huwiya setup --issuer URL", or check its path and permissions';
    return { ok: false, faults: [{ setting: `--config ${file}`, problem: 'cannot be read', fix }] };
  }
}

/** A setting without its equals sign would be passed over, which silently leaves a default in force. */
function findUnreadLines(text: string): readonly StartFault[] {
  return text.split('\n').flatMap((line) => {
    const [, setting, rest] = /^\s*(?:export\s+)?(HUWIYA_\w*)(.*)/.exec(line) ?? [];
    const isRead = setting === undefined || rest?.trimStart().startsWith('=') === true;
    return isRead ? [] : [{ setting, problem: 'has no equals sign in the file', fix: `Write it as ${setting}=value` }];
  });
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
