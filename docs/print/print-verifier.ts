// The offline verifier as one file: each module of src/verifier becomes a function that gives what it exports, in the order in which they need each other.
// Types are taken out by Node itself, so the file is the source without them; whoever has Node can make it again and compare.

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../src/verifier/', import.meta.url));

const importPattern = /^import \{([^}]*)\} from '([^']+)';\n/gm;
const typeImportPattern = /^import type \{[^}]*\} from '[^']+';\n/gm;
const exportPattern = /^export (async )?(function\*?|const) (\w+)/gm;

const toModuleName = (specifier: string): string =>
  `$${specifier.replace(/^(?:node:|\.\/)|\.ts$/g, '').replace(/[^a-z]+([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;

type Collected = { readonly parts: Map<string, string>; readonly builtins: Set<string> };

/** `x`: blanked out; a space: one that was there; `k`: anything else. */
function toMark(letter: string, before: string | undefined): string {
  if (letter !== ' ') {
    return 'k';
  }
  return before === ' ' ? ' ' : 'x';
}

/** Source without types and without the room that they leave: what Node blanked out is taken away, with the spaces within it. */
function readPlain(file: string): string {
  const source = readFileSync(join(folder, file), 'utf8').replace(typeImportPattern, '');
  const stripped = stripTypeScriptTypes(source, { mode: 'strip' });
  if (stripped.length !== source.length) {
    throw new TypeError(`${file}: Node moved what it should only blank out`);
  }
  const mask = stripped.split('').map((letter, place) => toMark(letter, source[place]));
  const blanked = [...mask.join('').matchAll(/x[ x]*x|x/g)].toReversed();
  const plain = blanked.reduce((text, { index, 0: { length } }) => text.slice(0, index) + text.slice(index + length), stripped);
  return plain
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/ ;$/gm, ';');
}

function toBindings(names: string): string {
  const bound = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
  return bound.join(', ');
}

/** What a module takes from others, as it is written within the one file; whatever is not there yet is joined before it. */
function bindImports(source: string, collected: Collected): string {
  const bindings = [...source.matchAll(importPattern)].map(([, names = '', from = '']) => {
    if (from.startsWith('node:')) {
      collected.builtins.add(from);
    } else if (!collected.parts.has(from)) {
      wrap(from, collected);
    }
    return `const { ${toBindings(names)} } = ${toModuleName(from)};`;
  });
  return bindings.join('\n');
}

function collect(file: string, collected: Collected): string {
  const source = readPlain(file);
  const bindings = bindImports(source, collected);
  const body = source.replace(importPattern, '').replace(exportPattern, (exported: string) => exported.slice('export '.length));
  const [, title = '', rest = ''] = /^((?:\/\/[^\n]*\n)*)([^]*)$/.exec(body) ?? [];
  if (/^(?:import|export)\b/m.test(rest)) {
    throw new TypeError(`${file} imports or exports in a form that cannot be joined`);
  }
  return `${title}${bindings}\n${rest}`;
}

function wrap(specifier: string, collected: Collected): void {
  const source = readFileSync(join(folder, specifier), 'utf8');
  const exported = [...source.matchAll(exportPattern)].map(([, , , name = '']) => name);
  const body = collect(basename(specifier), collected).trim();
  collected.parts.set(specifier, `const ${toModuleName(specifier)} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`);
}

const opening = `#!/usr/bin/env node
// huwiya-verify.mjs: the offline verifier of Huwiya as one file. It needs Node 24 and nothing else, and opens no connection.
// "node huwiya-verify.mjs --help" says how it is used. Made from src/verifier/ by "npm run docs"; never edited.
`;

/** The whole file, the same bytes for the same sources. */
export function printVerifier(): string {
  const collected: Collected = { parts: new Map(), builtins: new Set() };
  const main = collect('main.ts', collected);
  const imports = [...collected.builtins].toSorted().map((name) => `import * as ${toModuleName(name)} from '${name}';`);
  return `${opening}\n${imports.join('\n')}\n\n${[...collected.parts.values()].join('\n')}\n${main.trim()}\n`;
}
