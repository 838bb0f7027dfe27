import { describe, expect, test } from 'vitest';

import { planted } from './planted.ts';
import type { File } from './planted.ts';
import { rules } from './rules/all.ts';
import type { RuleName } from './rules/all.ts';
import { toSource } from './source.ts';

function violationsOf(rule: RuleName, files: readonly File[]): readonly string[] {
  const sources = files.map(([path, text]) => toSource(path, text));
  return rules[rule](sources).map((violation) => violation.rule);
}

describe('A planted violation', () => {
  test.each(planted)('of $rule is caught ($bad.0.0)', ({ rule, bad }) => {
    expect(violationsOf(rule, bad)).toContain(rule);
  });

  test.each(planted)('of $rule is told from its innocent neighbour ($good.0.0)', ({ rule, good }) => {
    expect(violationsOf(rule, good)).toEqual([]);
  });

  test('exists for every rule', () => {
    expect(new Set(planted.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
  });
});
