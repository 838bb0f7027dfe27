// Rules about names, sizes and how much has to be explained.

import type { Source } from '../source.ts';
import { isProduct, isScript, perFile } from './rule.ts';
import type { Rule } from './rule.ts';

const longestFile = 300;
const budget = { median: 70, p90: 180 };
const largestCommentShare = 0.15;

export const fileLength: Rule = perFile('file-length', ({ path, lines }) =>
  isScript(path) && lines > longestFile ? [`${lines} lines, at most ${longestFile}`] : [],
);

export const indexFile: Rule = perFile('index-file', ({ path }) => (/(?:^|\/)index\.[a-z]+$/.test(path) ? ['is named index'] : []));

const forbidden = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'misc',
  'manager',
  'managers',
  'handler',
  'handlers',
  'shared',
  'base',
  'lib',
]);

export const forbiddenName: Rule = perFile('forbidden-name', ({ path }) =>
  path.split('/').flatMap((part) => {
    const name = part.replace(/\..*$/, '');
    const isKebab = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
    return [...(forbidden.has(name) ? [`${part} says nothing`] : []), ...(isKebab ? [] : [`${part} is not kebab-case`])];
  }),
);

export const sizeBudget: Rule = (sources) => {
  const sizes = sources
    .filter(({ path }) => isProduct(path) && isScript(path))
    .map(({ lines }) => lines)
    .toSorted((a, b) => a - b);
  const at = (share: number): number => sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))] ?? 0;
  const found = [
    { name: 'median', is: at(0.5), most: budget.median },
    { name: 'p90', is: at(0.9), most: budget.p90 },
  ];
  return found
    .filter(({ is, most }) => is > most)
    .map(({ name, is, most }) => ({ rule: 'size-budget', path: 'src/, views/', detail: `${name} is ${is} lines, at most ${most}` }));
};

export const commentShare: Rule = (sources) => {
  const folders = Map.groupBy(
    sources.filter(({ path }) => path.startsWith('src/domain/')),
    ({ path }) => path.split('/').slice(0, 3).join('/'),
  );
  return [...folders].flatMap(([folder, members]) => {
    const share = sum(members, ({ commentLines }) => commentLines) / sum(members, ({ lines }) => lines);
    const detail = `${Math.round(share * 100)} % of the lines are comments, at most ${largestCommentShare * 100} %`;
    return share > largestCommentShare ? [{ rule: 'comment-share', path: folder, detail }] : [];
  });
};

function sum(sources: readonly Source[], measure: (source: Source) => number): number {
  return sources.reduce((total, source) => total + measure(source), 0);
}
