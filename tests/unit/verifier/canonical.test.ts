import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../../src/domain/kernel/canonical.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';
import { findMembers } from '../../../src/verifier/canonical.ts';

const isJson = (value: unknown): value is Json => value !== undefined;
const names = fc.string({ unit: 'grapheme' }).filter((name) => name.isWellFormed());

describe('canonical JSON as the verifier reads it', () => {
  it('is what the server writes, whatever the value', () => {
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue({ stringUnit: 'grapheme' })), (object) => {
        const spell = (value: unknown): string => (isJson(value) ? toCanonicalJson(value) : '');
        const members = findMembers(spell(object));
        const expected = Object.keys(object).map((name) => [name, spell(object[name])]);
        expect(members === undefined ? undefined : Object.fromEntries(members)).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('has no second spelling', () => {
    const wrong = [
      '',
      '[]',
      '{} ',
      ' {}',
      '{"a":1,}',
      '{"a" :1}',
      '{"a": 1}',
      '{"b":1,"a":1}',
      '{"a":1,"a":1}',
      '{"a":1.0}',
      '{"a":01}',
      '{"a":+1}',
      '{"a":-0}',
      '{"a":1e3}',
      '{"a":1E21}',
      '{"a":.5}',
      '{"a":NaN}',
      '{"a":1e999}',
      '{"a":9007199254740993}',
      '{"a":tru}',
      '{"a":undefined}',
      String.raw`{"a":"\/"}`,
      String.raw`{"a":"\u0041"}`,
      String.raw`{"a":"\u000A"}`,
      String.raw`{"a":"\u000a"}`,
      String.raw`{"a":"\u001F"}`,
      String.raw`{"a":"\ud800"}`,
      String.raw`{"\u0061":1}`,
      '{"a":"\n"}',
      '{"a":"\ud800"}',
      '{"a":"',
      '{"a":[1,2}',
      '{"a":[1 ,2]}',
      '{"a":{"c":1,"b":1}}',
      `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    ];
    expect(wrong.filter((text) => findMembers(text) !== undefined)).toEqual([]);
  });

  it('orders names by UTF-16 code units and spells numbers and escapes as RFC 8785 does', () => {
    const right = [
      '{}',
      '{"":0,"1":1,"10":2,"9":3}',
      '{"\\n":1," ":2}',
      '{"\u{1f600}":1,"\ufb33":2}',
      '{"a":[1e+21,1e-7,-5,0.5,333333333.3333333,null,true,false,{}]}',
      String.raw`{"a":"\u0001\b\t\n\f\r\"\\/\u001f` + '\u007f\u2028é"}',
    ];
    expect(right.filter((text) => findMembers(text) === undefined)).toEqual([]);
  });
});
