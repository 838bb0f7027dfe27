// The real tree: every file that is ours and that a rule speaks about.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { toSource } from './source.ts';
import type { Source } from './source.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const everyFolder = ['src', 'views', 'tests', 'bench', 'examples', 'docs/print', 'bin'];

export function readTree(): readonly Source[] {
  return readSources([...listSources(everyFolder), 'vitest.config.ts']);
}

/** What people and agencies meet: neither tests nor measurements. */
export function readServed(): readonly Source[] {
  return readSources(listSources(['src', 'views', 'examples']));
}

function listSources(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => listFiles(folder)).filter((path) => /\.(?:ts|js|mjs|css)$/.test(path));
}

function readSources(paths: readonly string[]): readonly Source[] {
  return paths.map((path) => toSource(path, readFileSync(join(root, path), 'utf8')));
}

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
  } catch {
    return [];
  }
}
