// One thing has one name, however it is written: what is typed by people comes to one form or is refused, what programs send counts byte for byte
// (security contract 2.12).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/domain/declared/parse-address.ts';
import { parsePreferredName } from '../../src/domain/declared/parse-preferred-name.ts';
import { findOneTimeCode } from '../../src/domain/kernel/one-time-code.ts';
import type { ErrorCode, Outcome } from '../../src/domain/kernel/errors.ts';
import { parsePersonReference } from '../../src/domain/people/parse-person-reference.ts';
import { parseOfficerName } from '../../src/domain/staff/parse-name.ts';
import { assertionType } from '../support/audit-program.ts';
import { createAltered, createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { createRequest, exchange, getForm, obtainTokens, places, visit } from '../support/visits.ts';

const digitsFrom = (zero: number) => (text: string) => text.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const wide = (text: string): string => text.replaceAll(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));
const inserted = (sign: string) => (text: string) => `${text.slice(0, 3)}${sign}${text.slice(3)}`;

/** Ways to write a text that a reader takes for the same. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'Arabic-Indic digits': digitsFrom(0x0660),
  'Persian digits': digitsFrom(0x06f0),
  'wide signs': wide,
  'mathematical digits': digitsFrom(0x1d7ce),
  'a mark of direction': inserted('\u200F'),
  'decomposed letters': (text) => text.normalize('NFD'),
  'composed letters': (text) => text.normalize('NFC'),
  'spaces around': (text) => ` ${text}\t`,
};

/** Signs that are not seen, or change a letter without being one. */
const intruders: Readonly<Record<string, string>> = {
  'a joiner': '\u200D',
  'a non-joiner': '\u200C',
  tatweel: '\u0640',
  'a soft hyphen': '\u00AD',
  'half a surrogate pair': '\uD800',
  'the other half': '\uDC00',
  'a null': '\u0000',
  'a Cyrillic letter': '\u0430',
  'an invisible operator': '\u2062',
};

type Identifier = {
  readonly name: string;
  readonly written: string;
  readonly read: (text: string) => string | undefined;
};

const valueOf = (outcome: Outcome<string, ErrorCode>): string | undefined => (outcome.ok ? outcome.value : undefined);

const identifiers: readonly Identifier[] = [
  { name: 'a one-time code', written: 'K7Q49M2TXR5H3WDN', read: findOneTimeCode },
  { name: 'a telephone number', written: '+966501234567', read: (text) => valueOf(parseAddress('phone', text)) },
  { name: 'an email address', written: 'sara77@example.com', read: (text) => valueOf(parseAddress('email', text)) },
  { name: 'a preferred name in Arabic', written: 'سارة', read: (text) => valueOf(parsePreferredName('ar', text)) },
  { name: 'a preferred name in English', written: 'Zoë', read: (text) => valueOf(parsePreferredName('en', text)) },
];

describe('an identifier', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });
  afterAll(async () => {
    await at.close();
  });

  test.each(identifiers)('IN-07 $name has one form, or is none', ({ written, read }) => {
    expect(read(written)).toBe(written);
    for (const [how, write] of Object.entries(spellings)) {
      expect([how, read(write(written)) ?? written]).toEqual([how, written]);
    }
    for (const [what, sign] of Object.entries(intruders)) {
      const found = read(inserted(sign)(written));
      expect([what, found?.includes(sign) ?? false]).toEqual([what, false]);
    }
  });

  test('IN-07 the name of an officer is one text, of signs that are seen', () => {
    const read = (text: string): string | undefined => valueOf(parseOfficerName(text));
    const written = 'Zoë Alharbi';
    expect(Object.values(spellings).map((write) => read(write(written)))).toEqual(Object.keys(spellings).map(() => written));
    const seen = Object.entries(intruders).filter(([, sign]) => read(inserted(sign)(written))?.includes(sign));
    // What is left is a letter to its reader; two names are compared without it (`foldName`), or an operator wrote another name.
    expect(seen.map(([what]) => what)).toEqual(['tatweel', 'a Cyrillic letter']);
  });

  test('IN-07 a person is one, however the number is typed, and none by a number that only looks like it', async () => {
    const person = await at.world.addPerson();
    const needs = { people: at.world.storage.people, lookupKey: at.world.keys.data.lookup };
    const find = async (text: string): Promise<string | undefined> => {
      const found = await parsePersonReference(needs, text);
      return found.ok ? found.value.id : undefined;
    };
    const number = '1000000008';
    const found = await Promise.all(Object.values(spellings).map(async (write) => find(write(number))));
    expect(found).toEqual(found.map(() => person.id));
    for (const [what, sign] of Object.entries(intruders)) {
      expect([what, await find(inserted(sign)(number))]).toEqual([what, undefined]);
    }
  });

  const toLookalikes = (text: string): readonly string[] =>
    [
      wide(text),
      text.toUpperCase(),
      ` ${text}`,
      `${text}\u200F`,
      ...Object.values(intruders).map((sign) => inserted(sign)(text)),
      text.replace('o', '\u03BF'),
      text.replace('i', '\u0131'),
    ].filter((look) => look !== text);

  test('IN-07 what programs send is the name of one thing byte for byte, and whatever looks like it names nothing', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'permit');
    const usual = new URL(createRequest(at.issuer, 'permit').url).searchParams;
    await at.changesNothing(async () => {
      for (const name of ['client_id', 'redirect_uri', 'response_type', 'code_challenge_method']) {
        for (const value of toLookalikes(usual.get(name) ?? '')) {
          const page = await traveller.agent.get(createAltered(at.issuer, 'permit', { [name]: value, prompt: 'none' }));
          expect([name, value, new URL(page.url).searchParams.has('code'), page.status < 500]).toEqual([name, value, false, true]);
        }
      }
      for (const value of toLookalikes('permit-renewal')) {
        const page = await traveller.agent.get(createAltered(at.issuer, 'permit', { purpose: value, prompt: 'none' }));
        expect([value, new URL(page.url).searchParams.has('code'), page.status < 500]).toEqual([value, false, true]);
      }
      for (const grant of toLookalikes('authorization_code')) {
        expect([grant, (await requestTokens(at.issuer, { grant_type: grant, code: 'x' })).status]).toEqual([grant, 400]);
      }
    });
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
    expect((await exchange(await visit(traveller, 'permit'), at.issuer)).status).toBe(200);
  });

  test('IN-07 what a service must get back comes back as it was sent', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    for (const state of ['Zoë', 'Zoë'.normalize('NFD'), '٣', 'ﷺ', 'a\u200Db', '\u{1F600}']) {
      const page = await traveller.agent.get(createAltered(at.issuer, 'permit', { state, prompt: 'none' }));
      expect(new URL(page.url).searchParams.get('state')).toBe(state);
    }
  });

  const form = 'application/x-www-form-urlencoded';
  const oddTypes = [
    'text/plain',
    'application/json',
    `multipart/form-data; boundary=x`,
    `${form}; charset=utf-16`,
    `${form}; charset=utf-7`,
    'x',
    '',
  ];

  test('IN-09 a form of another type, in another charset or with a mark at its head is no form, at the engine’s addresses and at ours', async () => {
    const traveller = await at.newPerson();
    await obtainTokens(traveller, 'permit');
    const visited = await visit(traveller, 'permit');
    const exchanged = {
      grant_type: 'authorization_code',
      code: visited.answer.get('code') ?? '',
      code_verifier: visited.request.verifier,
      redirect_uri: places.permit.redirectUri,
    };
    const post = async (url: string, type: string, body: string): Promise<number> =>
      (await traveller.agent.send(url, { method: 'POST', headers: { 'content-type': type, origin: at.issuer }, body })).status;
    const token = async (type: string, mark = ''): Promise<number> => {
      const proof = { client_assertion_type: assertionType, client_assertion: createAssertion(at.issuer) };
      const body = `${mark}${new URLSearchParams({ ...exchanged, ...proof }).toString()}`;
      return (await fetch(`${at.issuer}/token`, { method: 'POST', headers: { 'content-type': type }, body })).status;
    };
    const { action, fields } = getForm(await traveller.agent.get(createRequest(at.issuer, 'clinic').url), /\/decision$/);
    const refused = new URLSearchParams({ ...fields, decision: 'refuse' }).toString();
    await at.changesNothing(async () => {
      const answers = await Promise.all(oddTypes.map(async (type) => `${type}: ${await token(type)} ${await post(action, type, refused)}`));
      expect(answers).toEqual(oddTypes.map((type) => `${type}: 400 400`));
      expect(await token(form, '\uFEFF')).toBe(400);
      expect(await post(action, form, `\uFEFFdecision=refuse&${new URLSearchParams(fields).toString()}`)).toBe(400);
    });
    expect([await token(`${form};charset=UTF-8`), await post(action, `${form}; charset="utf-8"`, refused)]).toEqual([200, 303]);
  });
});
