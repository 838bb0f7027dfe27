// The real tree: every file that is ours and that a rule speaks about.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { toSource } from './source.ts';
import type { Source } from './source.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['src', 'views', 'tests', 'bench', 'examples', 'docs/print', 'bin'];

export function readTree(): readonly Source[] {
  const paths = folders.flatMap((folder) => listFiles(folder)).filter((path) => /\.(?:ts|js|mjs|css)$/.test(path));
  return [...paths, 'vitest.config.ts'].map((path) => toSource(path, readFileSync(join(root, path), 'utf8')));
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
