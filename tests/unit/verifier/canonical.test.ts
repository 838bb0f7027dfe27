import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../../src/domain/kernel/canonical.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';
import { findMembers } from '../../../src/verifier/canonical.ts';
import type { Members } from '../../../src/verifier/canonical.ts';
import { findPlainMembers } from '../../../src/verifier/plain-line.ts';
import { createExport, createSampleLog } from '../../support/receipt-samples.ts';

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

describe('the short cut for the lines of an export', () => {
  const toText = (spelled: string): string => {
    try {
      return String(JSON.parse(spelled));
    } catch {
      return '';
    }
  };
  /** What is not checked by it repeats the body, and is compared with it. */
  const isRepeated = (members: Members): boolean => {
    const body = findMembers(toText(members.get('body') ?? ''));
    return ['id', 'type', 'at', 'service', 'purpose', 'attributes'].every((name) => body?.get(name) === members.get(name));
  };
  const isAgreed = (line: string): boolean => {
    const plain = findPlainMembers(line);
    const members = findMembers(line);
    return plain === undefined || !isRepeated(plain) || (members !== undefined && [...plain].join() === [...members].join());
  };

  it('takes every line that an honest log consists of, and reads in it what is there', async () => {
    const lines = (await createExport(await createSampleLog([6]))).trimEnd().split('\n').slice(1);
    expect(lines.map((line) => [...(findPlainMembers(line) ?? [])])).toEqual(lines.map((line) => [...(findMembers(line) ?? [])]));
  });

  it('takes no line that has another spelling', async () => {
    const [, line = ''] = (await createExport(await createSampleLog([1]))).split('\n');
    const flipped = Array.from({ length: line.length * 7 }, (_, bit) => {
      const at = Math.floor(bit / 7);
      return line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ (1 << (bit % 7))) + line.slice(at + 1);
    });
    const cut = Array.from(line, (_, at) => line.slice(0, at) + line.slice(at + 1));
    const doubled = Array.from(line, (each, at) => line.slice(0, at) + each + line.slice(at));
    expect([...flipped, ...cut, ...doubled].filter((each) => !isAgreed(each))).toEqual([]);
  });

  it.each([
    ['"index":0', '"index":00'],
    ['"index":0', '"index":-0'],
    ['"index":0', '"index":"0"'],
    ['"index":0', '"index":0.0'],
    [/"salt":"[^"]+"/, '"salt":"a b"'],
    [/"salt":"[^"]+"/, '"salt":nullnull'],
    [/"salt":"[^"]+"/, String.raw`"salt":"\u0041"`],
    [/"commitment":"[^"]+"/, '"commitment":null'],
    [/"commitment":"[^"]+"/, '"commitment":""'],
    [/"person":"[^"]+"/, '"person":"a\u007f"'],
    [/"person":"[^"]+"/, '"person":"a"b"'],
    [/"person":"[^"]+"/, String.raw`"person":"\\"`],
    [/"body":"/, String.raw`"body":"\u0020`],
    [/"body":"/, String.raw`"body":"\/`],
    [/^\{"at":/, '{ "at":'],
    [/\}$/, '} '],
  ])('leaves to the whole reading what is not as plain: %s as %s', async (from, to) => {
    const [, line = ''] = (await createExport(await createSampleLog([1]))).split('\n');
    const bent = line.replace(from, () => to);
    expect(bent).not.toBe(line);
    expect(findPlainMembers(bent)).toBeUndefined();
  });
});
