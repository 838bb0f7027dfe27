// `npm run cases`: every attack and fault case that has a test, by its id. A title in tests/cases begins with the id of its case.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('../', import.meta.url));
const title = /\btest(?:\.\w+)*\(\s*(?<quote>['"`])(?<id>[A-Z]{2}-\d{2}[a-z]?)[ :](?<rest>[^\n]*?)\k<quote>/g;

type Case = { readonly id: string; readonly title: string; readonly file: string };

function listCases(): readonly Case[] {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  return files.flatMap((file) =>
    [...readFileSync(join(tests, file), 'utf8').matchAll(title)].map(({ groups }) => ({
      id: groups?.['id'] ?? '',
      title: (groups?.['rest'] ?? '').replace(/^\s*[:–-]?\s*/, ''),
      file: `tests/${file}`,
    })),
  );
}

const cases = listCases().toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
for (const { id, title: text, file } of cases) {
  console.log(`${id.padEnd(6)} ${text}  (${file})`);
}
console.log(`${new Set(cases.map(({ id }) => id)).size} cases have a test`);
