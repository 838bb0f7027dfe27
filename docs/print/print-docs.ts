// `npm run docs`: prints the reference from the code. With `--check` it changes nothing and fails when a file would change.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { toMatrixTable } from '../../tests/architecture/matrix.ts';
import { printAttributes, printErrors, printEvents } from './print-catalogues.ts';
import { printConfiguration, printEnvironmentExample } from './print-configuration.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const begin = '<!-- matrix: begin -->';
const end = '<!-- matrix: end -->';

function readPresent(path: string): string {
  try {
    return readFileSync(root + path, 'utf8');
  } catch {
    return '';
  }
}

function withMatrix(text: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`docs/architecture.md has lost its markers ${begin} and ${end}`);
  }
  return `${text.slice(0, from + begin.length)}\n\n${toMatrixTable()}\n\n${text.slice(to)}`;
}

const documents: Readonly<Record<string, string>> = {
  'docs/reference/configuration.md': printConfiguration(),
  'docs/reference/errors.md': printErrors(),
  'docs/reference/attributes.md': printAttributes(),
  'docs/reference/events.md': printEvents(),
  '.env.example': printEnvironmentExample(),
  'docs/architecture.md': withMatrix(readPresent('docs/architecture.md')),
};

const changed = Object.entries(documents).filter(([path, text]) => readPresent(path) !== text);
const isCheck = process.argv.includes('--check');

for (const [path, text] of changed) {
  console.log(`${isCheck ? 'out of date, run "npm run docs"' : 'printed'}: ${path}`);
  if (!isCheck) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text);
  }
}
if (isCheck && changed.length > 0) {
  process.exitCode = 1;
}
