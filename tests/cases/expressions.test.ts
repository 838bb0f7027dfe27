// Every regular expression that is ours, and that somebody outside could make work for ever (security contract 2.12).

import { runInNewContext } from 'node:vm';
import { analyse } from 'scslre';
import { describe, expect, test } from 'vitest';
import { isFull } from '../support/counts.ts';
import { readServed } from '../architecture/read-tree.ts';
import type { Source } from '../architecture/source.ts';

type Expression = { readonly path: string; readonly source: string; readonly flags: string };

function toExpression(path: string, written: string): Expression {
  const end = written.lastIndexOf('/');
  return { path, source: written.slice(1, end), flags: written.slice(end + 1) };
}

function listExpressions(sources: readonly Source[]): readonly Expression[] {
  return sources
    .filter(({ path }) => !path.endsWith('.css'))
    .flatMap(({ path, expressions }) => expressions.map((written) => toExpression(path, written)));
}

/** Why the time to match grows faster than what is matched; none where it does not. */
function findFaults({ source, flags }: Pick<Expression, 'source' | 'flags'>): readonly string[] {
  const { reports } = analyse({ source, flags });
  return reports.map(
    ({ type, exponential, character }) => `${type}${exponential ? ', exponential' : ''}: many ${JSON.stringify(character.pick)}`,
  );
}

const lengthBytes = 100_000;
const usualPumps = [' ', 'a', '0', '"'];
const morePumps = ['A', '\\', '/', '-', '.', '<', '%', '#', '=', '\n', 'ش', '٣', 'a ', 'a,', 'a.', '\\"', '1-', '://'];
const pumps = isFull ? [...usualPumps, ...morePumps] : usualPumps;

/** Texts that are one thing for long, and end otherwise. */
const texts = pumps.map((pump) => `${pump.repeat(lengthBytes / pump.length)}\u0000`);

/** Of seconds: a text of this length takes a linear expression less than a hundredth of one, and another one minutes. */
const patienceMs = 20_000;

function runAll(expressions: readonly Pick<Expression, 'source' | 'flags'>[], timeout: number): void {
  const compiled = expressions.map(({ source, flags }) => new RegExp(source, flags.replace('g', '')));
  runInNewContext(
    'for (const one of compiled) for (const text of texts) { one.lastIndex = 0; one.test(text); }',
    { compiled, texts },
    { timeout },
  );
}

describe('Regular expressions', () => {
  const sources = readServed();
  const expressions = listExpressions(sources);

  test('IN-11 take a time that grows with the text and no faster', () => {
    expect(expressions.length).toBeGreaterThan(300);
    const faults = expressions.flatMap((each) => findFaults(each).map((fault) => `${each.path}: /${each.source}/ ${fault}`));
    expect(faults).toEqual([]);
  });

  test('IN-11 end soon on 100 KB of anything', () => {
    expect(() => runAll(expressions, patienceMs)).not.toThrow();
  });

  test.each([
    ['(a+)+$', ''],
    ['\\s+$', ''],
    ['(?:[^"]+|".)*=$', 'u'],
    ['\\d+\\w*\\d$', 'u'],
  ])('IN-11 are seen to do otherwise where they do: %s', (source, flags) => {
    expect(findFaults({ source, flags })).not.toEqual([]);
    expect(() => runAll([{ source, flags }], 300)).toThrow('timed out');
  });

  test('that are put together while the program runs are few, and their parts are not of the text that is read', () => {
    const made = sources.filter(({ code }) => code.includes('new RegExp('));
    expect(made.map(({ path }) => path).toSorted()).toEqual([
      'examples/step-up/step-up.ts',
      'src/domain/agencies/distinguished-name.ts',
      'src/domain/declared/parse-preferred-name.ts',
      'src/domain/kernel/one-time-code.ts',
      'views/agency-name.ts',
    ]);
  });
});
