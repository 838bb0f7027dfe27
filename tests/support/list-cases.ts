// Which tests stand for which attack or fault case, read from their titles, and how they ended in a run. A title, or that of the group around it, begins with the
// ids of its cases.

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type SourceFile = { readonly path: string; readonly text: string };
export type Case = { readonly ids: readonly string[]; readonly title: string; readonly file: string };

const id = '[A-Z]{2}-\\d{2}[a-z]?';
// The first argument of a call, so that `test.each([…])('RG-06 …')` and `describe('RG-18 …')` count as well.
const titled = new RegExp(`\\(\\s*(?<quote>['"\`])(?<ids>${id}(?: ${id})*):? (?<words>(?:\\\\.|(?!\\k<quote>)[^\\\\\\n])*)\\k<quote>`, 'g');

export function readTestFiles(): readonly SourceFile[] {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' }).map((file) => join('tests', file));
  return files
    .filter((path) => /\.(?:test|contract)\.ts$/.test(path) && !path.startsWith('tests/architecture/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function listCases(files: readonly SourceFile[]): readonly Case[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(titled)].map(({ groups }) => ({
      ids: (groups?.['ids'] ?? '').split(' '),
      title: (groups?.['words'] ?? '').replaceAll(/\\(.)/g, '$1'),
      file: path,
    })),
  );
}

/** `UI-01b` is a part of the case UI-01. */
export const toWholeCase = (caseId: string): string => caseId.replace(/[a-z]$/, '');

const reportSchema = z.object({
  startTime: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() })),
    }),
  ),
});

type FileResult = {
  readonly path: string;
  readonly isUnread: boolean;
  readonly tests: readonly { readonly titles: readonly string[]; readonly status: string }[];
};

export type Run = { readonly startedAt: Date; readonly files: readonly FileResult[] };

/** The report of a run, as Vitest writes it for `--reporter=json`. */
export function parseRun(text: string): Run {
  const { startTime, testResults } = reportSchema.parse(JSON.parse(text));
  const files = testResults.map(({ name, status, assertionResults }) => ({
    path: relative(root, name),
    isUnread: status === 'failed' && assertionResults.length === 0,
    tests: assertionResults.map((test) => ({ titles: [...test.ancestorTitles, test.title], status: test.status })),
  }));
  return { startedAt: new Date(startTime), files };
}

export type Result = 'passed' | 'failed' | 'not run';

const placeholder = /%%|%[sdifjoOc#$]|\\\$\\\{[^}]*\\\}|\\\$[\w.]+/g;

/** What stands in a title for a value of its row may be anything. */
function toPattern({ ids, title }: Case): RegExp {
  const escaped = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(placeholder, '.*');
  return new RegExp(`^${ids.join(' ')}:? ${escaped}$`, 's');
}

/** The worst of all tests of this title counts: one for each row, store or process. */
export function findResult(found: Case, run: Run): Result {
  const pattern = toPattern(found);
  // A contract runs in the files that open a store for it.
  const files = run.files.filter(({ path }) => path === found.file || found.file.endsWith('.contract.ts'));
  const statuses = files.flatMap(({ tests }) => tests.filter(({ titles }) => titles.some((one) => pattern.test(one)))).map(toStatus);
  if (statuses.includes('failed') || files.some(({ path, isUnread }) => isUnread && path === found.file)) {
    return 'failed';
  }
  return statuses.includes('passed') ? 'passed' : 'not run';
}

const toStatus = ({ status }: { readonly status: string }): string => status;
