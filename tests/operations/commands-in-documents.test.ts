// Every command that a guide, a runbook or a file of deploy/ tells somebody to type is there, with these options; and what they link to as well. On the bad day
// nobody has time for a command that was renamed.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findQuestion } from '../../src/domain/audit/questions/catalogue.ts';
import { eventCatalogue } from '../../src/domain/ledger/event.ts';
import type { Verb, VerbGroup } from '../../src/cli/verb.ts';
import { verbGroups } from '../../src/cli/verbs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const list = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const documents = [
  ...list('docs/guides', /\.md$/),
  ...list('docs/runbooks', /\.md$/),
  'README.md',
  'deploy/README.md',
  'docs/reliability.md',
];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What is meant to be typed: lines of shell blocks that begin with the command, and code within a sentence that does. */
function findCommands(text: string): readonly string[] {
  const blocks = [...text.matchAll(/```(?:sh|console)\n([^]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replaceAll(/```[^]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline]
    .map((line) =>
      /^\s*(?:(?:npx|node_modules\/\.bin\/|\S*\/\.bin\/)\s?)?huwiya (.+)$/
        .exec(line)?.[1]
        ?.replace(/\s[#|>&].*$/, '')
        .trim(),
    )
    .filter((command) => command !== undefined);
}

type Meant = { readonly verb: Verb; readonly rest: readonly string[] };

function findInGroup({ name, verbs }: VerbGroup, words: readonly string[]): Meant | undefined {
  const own = name === null ? words : words.slice(1);
  const [first = ''] = own;
  const named = verbs.find((one) => one.name === first);
  const usual = name !== null && first.startsWith('--') ? verbs.find(({ isDefault }) => isDefault === true) : undefined;
  return named === undefined ? usual && { verb: usual, rest: own } : { verb: named, rest: own.slice(1) };
}

function findVerb(words: readonly string[]): Meant | undefined {
  const meant = verbGroups.filter(({ name }) => name === null || name === words[0]);
  return meant.map((group) => findInGroup(group, words)).find((found) => found !== undefined);
}

function findUnknownOption({ options = [], printsData }: Verb, rest: readonly string[]): string | undefined {
  const known = ['--config', '--help', ...(printsData === true ? ['--json'] : []), ...options.flatMap(({ flags }) => flags.split(/[ ,]+/))];
  return rest.find((word) => word.startsWith('--') && !known.includes(word.split('=')[0] ?? ''));
}

const findUnknownType = (command: string): string | undefined =>
  /--type (\S+)/
    .exec(command)?.[1]
    ?.split(',')
    .find((one) => !Object.hasOwn(eventCatalogue, one));

function findUnknownQuestion({ verb, rest }: Meant): string | undefined {
  const [question = ''] = rest;
  return verb.name === 'ask' && findQuestion(question) === undefined ? question : undefined;
}

/** Help, or a group that is named as a whole. */
const isGeneral = (command: string): boolean => command === '--help' || verbGroups.some(({ name }) => name === command);

/** Undefined where the command is as it stands there. */
function findFault(command: string): string | undefined {
  if (isGeneral(command)) {
    return undefined;
  }
  const found = findVerb(command.split(/\s+/));
  if (found === undefined) {
    return `${command}: no such command`;
  }
  const fault = findUnknownOption(found.verb, found.rest) ?? findUnknownType(command) ?? findUnknownQuestion(found);
  return fault === undefined ? undefined : `${command}: ${fault}`;
}

const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function findBrokenLinks(path: string): readonly string[] {
  const links = [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : relative(root, join(root, dirname(path), file));
    if (!existsSync(join(root, target))) {
      return true;
    }
    const headings = anchor === undefined ? [] : [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading));
    return anchor !== undefined && !headings.includes(anchor);
  });
}

describe('what operators, auditors and registrars are told to type', () => {
  it('is found, and what is wrong in it too', () => {
    expect(findCommands('```sh\nnpx huwiya doctor --full # all\ndf -h\n```\n`huwiya keys list` and `huwiya`')).toEqual([
      'doctor --full',
      'keys list',
    ]);
    expect(documents.flatMap((path) => findCommands(read(path))).length).toBeGreaterThan(100);
    expect(findFault('doctor --full')).toBeUndefined();
    expect(findFault('doctors')).toBe('doctors: no such command');
    expect(findFault('doctor --complete')).toBe('doctor --complete: --complete');
    expect(findFault('audit query --type consent.given,consent.taken')).toContain('consent.taken');
    expect(findFault('audit ask who-knows --param a=b')).toContain('who-knows');
  });

  it.each(documents)('in %s is there', (path) => {
    expect(findCommands(read(path)).flatMap((command) => findFault(command) ?? [])).toEqual([]);
  });

  it.each(documents)('in %s leads where it says', (path) => {
    expect(findBrokenLinks(path)).toEqual([]);
  });

  it('has a runbook for each bad day, which the guide names', () => {
    const runbooks = list('docs/runbooks', /\.md$/).map((path) => `../${relative('docs', path)}`);
    const guide = read('docs/guides/operator.md');
    expect(runbooks.length).toBeGreaterThanOrEqual(9);
    expect(runbooks.filter((path) => !guide.includes(`](${path})`))).toEqual([]);
  });
});
