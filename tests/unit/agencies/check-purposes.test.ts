import { expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/agencies/proposal.ts';
import { checkServiceFile, createPurposeFile, servicePath, toPaths } from '../../support/sample-proposal.ts';

function checkPurposes(...purposes: readonly Readonly<Record<string, unknown>>[]): readonly Finding[] {
  return checkServiceFile({ purposes: purposes.map(createPurposeFile) });
}

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
  ['hidden characters in the text', [{ text: { ar: 'تجديد\u202E', en: 'Renew' } }], ['[0].text.ar']],
])('a purpose with %s is refused', (_title, purposes, broken) => {
  expect(toPaths(checkPurposes(...purposes))).toEqual(broken.map((path) => `${servicePath}.purposes${path}`));
});

test('the only purpose is the default one without saying so', () => {
  expect(checkPurposes({ default: undefined })).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
  ['a missing retention', { retention: undefined }, ['retention']],
  ['a long expiry', { expires_after: 'P5Y' }, ['expires_after']],
  ['a raw attribute where an answer may do', { attributes: [{ name: 'birthdate', necessity: 'required', why }] }, ['attributes[0].name']],
  ['a law that is not named', { legal_basis: { type: 'public_task' } }, ['legal_basis.law_ref']],
  ['a text nobody can read', { text: { ar: '…', en: 'Renew' } }, ['text.ar']],
])('%s is a warning and blocks nothing', (_title, purpose, warned) => {
  const findings = checkPurposes(purpose);
  expect(toPaths(findings)).toEqual([]);
  expect(toPaths(findings, 'warning')).toEqual(warned.map((member) => `${servicePath}.purposes[0].${member}`));
});
