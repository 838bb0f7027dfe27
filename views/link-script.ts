// Joins modules of our own that import each other into one, in the order in which they need each other: a served name carries the digest of its
// content, so no module could name another; and a page that works from a disk has nothing to import from. There is no other build.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const importLine = /^import \{[^}]*\} from '\.\/([a-z-]+\.js)';\n/gm;

function collect(file: string, done: Map<string, string>): void {
  if (done.has(file)) {
    return;
  }
  const source = readFileSync(file, 'utf8');
  // Taken as done before its imports, so that modules that import each other end all the same.
  done.set(file, '');
  for (const [, name = ''] of source.matchAll(importLine)) {
    collect(join(dirname(file), name), done);
  }
  done.delete(file);
  done.set(file, source.replace(importLine, ''));
}

/** Comments that fill lines: they are for those who read the sources, and half of what a phone would fetch. */
const commentLines = /^[ \t]*(?:\/\/[^\n]*|\/\*\*[^]*?\*\/)\n/gm;

/** One tab for two leading spaces: as easy to read in a saved file, and half of what it weighs. */
function withTabs(text: string): string {
  return text.replace(/^(?:  )+/gm, (spaces) => '\t'.repeat(spaces.length / 2));
}

/** One module with everything that the module in `file` needs. Throws when an import remains: it would not be found where the result runs. */
export function linkScript(file: string): string {
  const done = new Map<string, string>();
  collect(file, done);
  const linked = withTabs([...done.values()].join('\n').replace(commentLines, ''))
    .replace(/\n{2,}/g, '\n')
    .trimStart();
  if (/^[ \t]*import\b/m.test(linked)) {
    throw new TypeError(`a module of ${file} imports in a form that cannot be joined`);
  }
  return linked;
}
