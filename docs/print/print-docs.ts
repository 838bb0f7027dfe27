// `npm run docs`: prints the reference from the code. With `--check` it changes nothing and fails when a file would change.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { toMatrixTable } from '../../tests/architecture/matrix.ts';
import { toAnswerTable } from './print-answers.ts';
import { toCapacityTable } from './print-capacity.ts';
import { toClassTable } from './print-classes.ts';
import { printAttributes, printErrors, printEvents, printMetrics } from './print-catalogues.ts';
import { toLimitTable } from './print-limits.ts';
import { printConfiguration, printEnvironmentExample } from './print-configuration.ts';
import { printVerifier } from './print-verifier.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function readPresent(path: string): string {
  try {
    return readFileSync(root + path, 'utf8');
  } catch {
    return '';
  }
}

/** A written document with one printed table in it. */
function withTable(path: string, name: string, table: string): string {
  const text = readPresent(path);
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`${path} has lost its markers ${begin} and ${end}`);
  }
  return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
}

const documents: Readonly<Record<string, string>> = {
  'docs/reference/configuration.md': printConfiguration(),
  'docs/reference/errors.md': printErrors(),
  'docs/reference/attributes.md': printAttributes(),
  'docs/reference/events.md': printEvents(),
  'docs/reference/metrics.md': printMetrics(),
  'docs/reference/huwiya-verify.mjs': printVerifier(),
  '.env.example': printEnvironmentExample(),
  'docs/architecture.md': withTable('docs/architecture.md', 'matrix', toMatrixTable()),
  'docs/capacity.md': withTable('docs/capacity.md', 'countries', toCapacityTable()),
  'docs/guides/agency.md': withTable('docs/guides/agency.md', 'answers', toAnswerTable()),
  'docs/guides/operator.md': withTable('docs/guides/operator.md', 'limits', toLimitTable()),
  'docs/guides/files.md': withTable('docs/guides/files.md', 'classes', toClassTable()),
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
