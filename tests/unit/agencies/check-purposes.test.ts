import { expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/agencies/proposal.ts';
import { checkServiceFile, createPurposeFile, servicePath, toPaths } from '../../support/sample-proposal.ts';

function checkPurposes(...purposes: readonly Readonly<Record<string, unknown>>[]): readonly Finding[] {
  return checkServiceFile({ purposes: purposes.map(createPurposeFile) });
}

const text = { ar: 'مركز البيانات الحكومي في الرياض', en: 'Government data centre, Riyadh' };
const recipient = { ar: 'شركة البريد', en: 'Post company' };
const why = { ar: 'لإصدار التصريح باسمك.', en: 'To issue the permit in your name.' };

test.each<[string, readonly Readonly<Record<string, unknown>>[], readonly string[]]>([
  ['two defaults', [{}, { id: 'second' }], ['']],
  ['no default', [{ default: false }], ['']],
  ['one id twice', [{}, { default: false }], ['']],
  ['a bad id', [{ id: 'Permit Renewal' }], ['[0].id']],
  ['a duration that is none', [{ retention: '2 years', expires_after: 'P0D' }], ['[0].retention', '[0].expires_after']],
  ['an unknown attribute', [{ attributes: [{ name: 'shoe_size', necessity: 'required', why }] }], ['[0].attributes[0].name']],
  ['sub as an attribute', [{ attributes: [{ name: 'sub', necessity: 'required', why }] }], ['[0].attributes[0].name']],
  [
    'a claim in the place of an attribute',
    [{ attributes: [{ name: 'given_name#ar', necessity: 'required', why }] }],
    ['[0].attributes[0].name'],
  ],
  [
    'one attribute twice',
    [
      {
        attributes: [
          { name: 'email', necessity: 'required', why },
          { name: 'email', necessity: 'optional', why },
        ],
      },
    ],
    ['[0].attributes'],
  ],
  [
    'a form that the detail has not',
    [{ attributes: [{ name: 'email', necessity: 'required', why, form: 'yes_no' }] }],
    ['[0].attributes[0].form'],
  ],
  [
    'a ground that a special detail cannot be had on',
    [{ legal_basis: { type: 'legitimate' }, attributes: [{ name: 'disability_support', necessity: 'required', why }] }],
    ['[0].attributes[0].name'],
  ],
  [
    'such a ground for one kind of person',
    [
      {
        legal_basis_by_kind: { resident: { type: 'contract' } },
        attributes: [
          { name: 'national_id_last4', necessity: 'required', why },
          { name: 'dependants_count', necessity: 'required', why },
        ],
      },
    ],
    ['[0].attributes[1].name'],
  ],
  [
    'a choice where the law decides for everybody',
    [{ legal_basis: { type: 'public_task', law_ref: 'Labour Law' }, attributes: [{ name: 'email', necessity: 'optional', why }] }],
    ['[0].attributes[0].necessity'],
  ],
  ['a code of no vocabulary', [{ code: 'ServiceProvision' }], ['[0].code']],
  [
    'a recipient that hides its name',
    [{ recipients: [{ role: 'processor', name: { ar: 'شركة\u200B', en: 'Company' } }] }],
    ['[0].recipients[0].name.ar'],
  ],
  [
    'one recipient twice',
    [
      {
        recipients: [
          { role: 'processor', name: recipient },
          { role: 'third_party', name: recipient },
        ],
      },
    ],
    ['[0].recipients'],
  ],
  ['a country that is none', [{ storage: { location: text, jurisdiction: 'Saudi' } }], ['[0].storage.jurisdiction']],
  [
    'a transfer to where the details are anyway',
    [{ storage: { location: text, jurisdiction: 'SA', transfers: [{ country: 'SA', why }] } }],
    ['[0].storage.transfers[0].country'],
  ],
  ['many uses of what is fetched once', [{ terms: { fetch: 'once', max_uses: 2 } }], ['[0].terms.max_uses']],
  ['a frequency without a period', [{ terms: { frequency: { times: 2, per: 'day' } } }], ['[0].terms.frequency.per']],
  ['a range of days, which no detail has', [{ terms: { data_range: { from: '2026-01-01', to: '2026-12-31' } } }], ['[0].terms.data_range']],
  ['hidden characters in the law', [{ legal_basis: { type: 'public_task', law_ref: 'Law\u202E' } }], ['[0].legal_basis.law_ref']],
  ['hidden characters in the text', [{ text: { ar: 'تجديد\u202E', en: 'Renew' } }], ['[0].text.ar']],
])('a purpose with %s is refused', (_title, purposes, broken) => {
  expect(toPaths(checkPurposes(...purposes))).toEqual(broken.map((path) => `${servicePath}.purposes${path}`));
});

test('a choice may be given to some kinds of person alone', () => {
  const task = { type: 'public_task', law_ref: 'Labour Law' };
  const choice = { legal_basis_by_kind: { citizen: task }, attributes: [{ name: 'email', necessity: 'optional', why }] };
  expect(checkPurposes(choice)).toEqual([]);
});

test('the only purpose is the default one without saying so', () => {
  expect(checkPurposes({ default: undefined })).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
  ['a missing retention', { retention: undefined }, ['retention']],
  ['a long expiry', { expires_after: 'P5Y' }, ['expires_after']],
  ['a raw attribute where an answer may do', { attributes: [{ name: 'birthdate', necessity: 'required', why }] }, ['attributes[0].name']],
  ['a law that is not named', { legal_basis: { type: 'public_task' } }, ['legal_basis.law_ref']],
  [
    'a ground for people whom the service does not serve',
    { legal_basis_by_kind: { visitor: { type: 'consent' } } },
    ['legal_basis_by_kind.visitor'],
  ],
  [
    'a law that is not named for one kind',
    { legal_basis_by_kind: { citizen: { type: 'public_task' } } },
    ['legal_basis_by_kind.citizen.law_ref'],
  ],
  ['a special detail without an assessment', { attributes: [{ name: 'picture', necessity: 'optional', why }] }, ['dpia_ref']],
  ['a text nobody can read', { text: { ar: '…', en: 'Renew' } }, ['text.ar']],
])('%s is a warning and blocks nothing', (_title, purpose, warned) => {
  const findings = checkPurposes(purpose);
  expect(toPaths(findings)).toEqual([]);
  expect(toPaths(findings, 'warning')).toEqual(warned.map((member) => `${servicePath}.purposes[0].${member}`));
});
