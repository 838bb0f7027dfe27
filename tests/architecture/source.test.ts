import { describe, expect, test } from 'vitest';

import { toSource } from './source.ts';

describe('The reader of sources', () => {
  test('finds imports in every form, over several lines, and none in comments and texts', () => {
    const { imports } = toSource(
      'src/web/a.ts',
      [
        `import { a,`,
        `  b as c } from './one.ts';`,
        `import type D from "./two.ts";`,
        `import e, * as f from './three.ts';`,
        `export * from './four.ts';`,
        `export type { G } from './five.ts';`,
        `import './six.ts';`,
        `const h = await import('./seven.ts');`,
        `// import { i } from './comment.ts';`,
        'const j = `import k from "./template.ts"`;',
        `const l = /import m from '.\\/regex.ts'/;`,
        `const n = "import o from './text.ts'";`,
        `export const p = 'no import', from = './value.ts';`,
      ].join('\n'),
    );
    expect(imports.map(({ specifier, isType, line }) => `${line} ${specifier}${isType ? ' type' : ''}`).toSorted()).toEqual([
      '1 ./one.ts',
      '3 ./two.ts type',
      '4 ./three.ts',
      '5 ./four.ts',
      '6 ./five.ts type',
      '7 ./six.ts',
      '8 ./seven.ts',
    ]);
  });

  test('keeps every offset when it blanks texts and comments', () => {
    const text = 'a = `x${b + `y${`z`}`}`; // c\nd = /[/"]/g; e = "f\\"g"; /* h\ni */ j';
    const { code, commentLines } = toSource('src/a.ts', text);
    expect(code).toHaveLength(text.length);
    expect(code.replace(/\s+/g, ' ')).toBe('a = ` ${b + ` ${` `}`}`; d = ; e = " "; j');
    expect(commentLines).toBe(3);
  });
});
