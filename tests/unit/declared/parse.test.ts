// What a person may type: addresses that are one address, and names that are what they look like.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../src/domain/declared/parse-address.ts';
import { parsePreferredName } from '../../../src/domain/declared/parse-preferred-name.ts';
import { findAttribute } from '../../../src/domain/attributes/catalogue.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { findFormatProblem } from '../../../src/domain/attributes/formats.ts';

function getFormat(name: string) {
  const attribute = findAttribute(name);
  if (attribute === undefined) {
    throw new TypeError(`no attribute ${name}`);
  }
  return attribute;
}

describe('an email address', () => {
  test.each([
    ['sara@example.test', 'sara@example.test'],
    [' Sara.A+x@EXAMPLE.Test\u200F', 'Sara.A+x@example.test'],
    ["o'neil@a.b-c.museum", "o'neil@a.b-c.museum"],
  ])('%j is %s', (typed, address) => {
    expect(parseAddress('email', typed)).toEqual({ ok: true, value: address });
  });

  test.each([
    '',
    'sara',
    'sara@',
    '@example.test',
    'sara@localhost',
    'sara@example..test',
    'a..b@example.test',
    '.a@example.test',
    'a.@example.test',
    'sara@example.test,evil@example.test',
    'sara@example.test\r\nBcc: evil@example.test',
    'Sara <sara@example.test>',
    '"sara"@example.test',
    'sara@[127.0.0.1]',
    'سارة@example.test',
    'sara@examplе.test',
    `${'a'.repeat(65)}@example.test`,
    `a@${'b.'.repeat(130)}test`,
  ])('%j is none', (typed) => {
    expect(parseAddress('email', typed)).toMatchObject({ ok: false, code: 'contact/address-invalid' });
  });
});

describe('a telephone number', () => {
  test.each([
    ['+966500000000', '+966500000000'],
    ['00966 50 000 0000', '+966500000000'],
    ['+٩٦٦ ٥٠ ٠٠٠ ٠٠٠٠', '+966500000000'],
    ['+۹۷۱ (50) 000-0000', '+971500000000'],
    ['\u202A+966500000000\u202C', '+966500000000'],
  ])('%j is %s', (typed, number) => {
    expect(parseAddress('phone', typed)).toEqual({ ok: true, value: number });
  });

  test.each([
    '',
    '0500000000',
    '+0966500000000',
    '+9665',
    '+9665000000000000',
    '+96650000000a',
    '+966500000000;+966500000001',
    '+966500000000@x',
  ])('%j is none', (typed) => {
    expect(parseAddress('phone', typed)).toMatchObject({ ok: false, code: 'contact/address-invalid' });
  });
});

const channelNames = [
  ['email', 'email'],
  ['phone', 'phone_number'],
] as const;

test('what is accepted on either channel is a value of its attribute and holds nothing that could end a header', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ maxLength: 60 }), fc.stringMatching(/^[+0-9 ()-]{0,24}$/)), (typed) => {
      const accepted = channelNames.flatMap(([channel, name]) => {
        const parsed = parseAddress(channel, typed);
        return parsed.ok ? [{ channel, name, value: parsed.value }] : [];
      });
      const faulty = accepted.filter(
        ({ channel, name, value }) =>
          findFormatProblem(getFormat(name), value) !== undefined ||
          /[\s<>",;:()\\]/.test(value) ||
          getValue(parseAddress(channel, value)) !== value,
      );
      expect(faulty).toEqual([]);
    }),
  );
});

describe('a preferred name', () => {
  test.each([
    ['ar', '  سارة   عبدالله ', 'سارة عبدالله'],
    ['ar', 'أم كلثوم', 'أم كلثوم'],
    ['ar', 'چاسم', 'چاسم'],
    ['en', 'Sara', 'Sara'],
    ['en', "D'Arcy O’Neil-Smith", 'D’Arcy O’Neil-Smith'],
    ['en', 'Zoe\u0308', 'Zoë'],
    ['en', 'Şule Łucja', 'Şule Łucja'],
    ['ar', '   ', ''],
  ] as const)('in %s: %j is %j', (language, typed, name) => {
    expect(parsePreferredName(language, typed)).toEqual({ ok: true, value: name });
  });

  test.each([
    ['ar', 'Sara'],
    ['ar', 'سارةS'],
    ['ar', 'ســارة'],
    ['ar', 'سَارة'],
    ['ar', 'سارة1'],
    ['ar', 'علی'],
    ['ar', 'ﺳﺎﺭﺓ'],
    ['ar', 'سارة\u202Eevil'],
    ['ar', 'سا\u200Dرة'],
    ['en', 'سارة'],
    ['en', 'Sаra'],
    ['en', 'Sara ✓'],
    ['en', 'Sara1'],
    ['en', 'ıvan'],
    ['en', 'ſara'],
    ['en', 'Ｓara'],
    ['en', 'Sa\u0336ra'],
    ['en', '<b>Sara</b>'],
    ['en', '-Sara'],
    ['en', 'Sara--Ann'],
    ['en', 'a'.repeat(61)],
  ] as const)('in %s: %j is not accepted', (language, typed) => {
    expect(parsePreferredName(language, typed)).toMatchObject({ ok: false, code: 'name/not-accepted' });
  });

  const scripts = { ar: /^[\p{Script=Arabic} -]*$/u, en: /^[\p{Script=Latin}’ -]*$/u };

  test('that is accepted has one script, no sign that cannot be seen, and comes out the same again', () => {
    fc.assert(
      fc.property(fc.constantFrom('ar', 'en'), fc.string({ unit: 'grapheme', maxLength: 80 }), (language, typed) => {
        const parsed = parsePreferredName(language, typed);
        const name = parsed.ok ? parsed.value : '';
        expect(name).toMatch(scripts[language]);
        expect(name.length).toBeLessThanOrEqual(60);
        expect(parsePreferredName(language, name)).toEqual({ ok: true, value: name });
      }),
    );
  });

  test('of a hundred thousand letters is refused at once', () => {
    const begun = performance.now();
    expect(parsePreferredName('en', `${"a'".repeat(50_000)}!`).ok).toBe(false);
    expect(parseAddress('email', `${'a.'.repeat(50_000)}@example.test`).ok).toBe(false);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
