// What `huwiya setup` writes: a settings file and fresh keys that pass every check of the start. Never overwrites anything.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Checked, StartFault } from './config.ts';
import { createKeys } from './create-keys.ts';
import { isLoopbackHost } from './parse-address.ts';
import { parseConfig } from './parse-config.ts';

/** Absolute paths of what was written. */
export type WrittenSetup = { readonly settingsFile: string; readonly keysFolder: string };

type PlannedFile = { readonly path: string; readonly text: string };

export function writeSetup(asked: { readonly issuer: string; readonly folder: string }): Checked<WrittenSetup> {
  const folder = resolve(asked.folder);
  const settings = toSettings(asked.issuer);
  const parsed = parseConfig(settings, folder);
  if (!parsed.ok) {
    return parsed;
  }
  const settingsFile = join(folder, 'huwiya.env');
  const { keysFolder } = parsed.value;
  const keyFiles = createKeys().map(({ name, text }) => ({ path: join(keysFolder, name), text }));
  const files = [...keyFiles, { path: settingsFile, text: toSettingsText(settings) }];
  const inTheWay = findFilesInTheWay([...files.map(({ path }) => path), join(folder, 'huwiya.db')]);
  if (inTheWay.length > 0) {
    return { ok: false, faults: inTheWay };
  }
  writeFiles([folder, keysFolder], files);
  return { ok: true, value: { settingsFile, keysFolder } };
}

function toSettings(issuer: string): Readonly<Record<string, string>> {
  return {
    HUWIYA_ISSUER: issuer.replace(/\/$/, ''),
    HUWIYA_LISTEN: toListen(issuer),
    HUWIYA_DATABASE: 'sqlite:./huwiya.db',
    HUWIYA_KEYS: './keys',
  };
}

/** The issuer's own port; behind a proxy on the default port of https there is none to follow. */
function toListen(issuer: string): string {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const host = url?.hostname === '[::1]' ? '[::1]' : '127.0.0.1';
  const unnamed = url?.protocol === 'http:' ? '80' : '3000';
  return `${host}:${url?.port || unnamed}`;
}

function toSettingsText(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const isPublic = !isLoopbackHost(new URL(settings['HUWIYA_ISSUER'] ?? '').hostname);
  const note = ['# Something has to end TLS: a proxy in front (HUWIYA_TRUSTED_HOPS=1), or this process (HUWIYA_TLS_CERT, HUWIYA_TLS_KEY).'];
  return [...lines, ...(isPublic ? note : []), ''].join('\n');
}

function findFilesInTheWay(paths: readonly string[]): readonly StartFault[] {
  return paths
    .filter((path) => existsSync(path))
    .map((path) => ({ setting: path, problem: 'exists already and is never overwritten', fix: 'Choose another --dir, or move it away' }));
}

function writeFiles(folders: readonly string[], files: readonly PlannedFile[]): void {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  for (const { path, text } of files) {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600, flush: true });
  }
}
