import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { listThreats } from '../support/threats.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${root}docs/threat-model.md`, 'utf8');
const threats = listThreats(text);

const planted = `## Doors
| Way | Level |
| --- | --- |
| A window | none |

| Attack | What stops it | Shown by | What remains |
| --- | --- | --- | --- |
| A forced lock | steel | \`tests/architecture\`, \`tests/a.test.ts\` | time |
`;

describe('The threat model', () => {
  test('is read by its tables of attacks', () => {
    expect(listThreats(planted)).toEqual([
      { section: 'Doors', attack: 'A forced lock', shownBy: ['tests/architecture', 'tests/a.test.ts'], remains: 'time' },
    ]);
    expect(threats.length).toBeGreaterThan(30);
  });

  test('names for each attack a test that is there, and says what remains', () => {
    const faults = threats.flatMap(({ section, attack, shownBy, remains }) => [
      ...(shownBy.length === 0 ? [`${section}, ${attack}: no test`] : []),
      ...shownBy.filter((path) => !existsSync(root + path)).map((path) => `${section}, ${attack}: ${path} is not there`),
      ...(remains === '' ? [`${section}, ${attack}: what remains?`] : []),
    ]);
    expect(faults).toEqual([]);
  });

  test('links to decisions that are there', () => {
    const links = [...text.matchAll(/\]\((?<path>[^)#]+)/g)].map(({ groups }) => groups?.['path'] ?? '');
    expect(links.filter((path) => !path.includes(':') && !existsSync(`${root}docs/${path}`))).toEqual([]);
  });
});
