// What a file may say about how much a service is told of the check of a person's identity.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attributeCatalogue } from '../../../src/domain/attributes/catalogue.ts';
import { isVouched, vouchedClaimNames } from '../../../src/domain/attributes/vouched.ts';
import type { Finding } from '../../../src/domain/agencies/proposal.ts';
import { checkFile, checkServiceFile, createPurposeFile, servicePath, toPaths } from '../../support/sample-proposal.ts';

type Members = Readonly<Record<string, unknown>>;

const why = { ar: 'يلزم البنك أن يعرف كيف جرى التحقق.', en: 'The bank has to know how it was checked.' };
const ask = (...names: readonly string[]): Members => ({ attributes: names.map((name) => ({ name, necessity: 'required', why })) });
const whole = { attributes: ['given_name'], parts: ['assurance_level', 'time'], evidence: 'types', why };
const path = `${servicePath}.purposes[0].verification`;

function check(verification: Members, purpose: Members = {}): readonly Finding[] {
  return checkServiceFile({ purposes: [createPurposeFile({ ...ask('given_name'), verification, ...purpose })] });
}

describe('a purpose with verification', () => {
  test('passes with each depth of evidence that it can justify', () => {
    const law = { legal_basis: { type: 'consent', law_ref: 'Banking Law, article 7' } };
    expect(check(whole)).toEqual([]);
    expect(check({ attributes: ['given_name'], why })).toEqual([]);
    expect(check({ ...whole, evidence: 'details' }, law)).toEqual([]);
  });

  test('is warned where it asks for details of documents and names no law', () => {
    const findings = check({ ...whole, evidence: 'details' });
    expect([toPaths(findings), toPaths(findings, 'warning')]).toEqual([[], [`${path}.evidence`]]);
  });

  test.each<[string, Members, readonly string[]]>([
    ['a detail that people declare', { ...whole, attributes: ['email'] }, ['attributes[0]']],
    ['a detail of another register', { ...whole, attributes: ['given_name', 'employer_org_id'] }, ['attributes[1]']],
    ['a comparison', { ...whole, attributes: ['name_match'] }, ['attributes[0]']],
    ['a detail that the purpose does not ask for', { ...whole, attributes: ['birthdate'] }, ['attributes[0]']],
    ['one detail twice', { ...whole, attributes: ['given_name', 'given_name'] }, ['attributes']],
    ['a reason in one language', { ...whole, why: { ...why, ar: '' } }, ['why.ar']],
  ])('is refused with %s', (_what, verification, refused) => {
    const asked = ask('given_name', 'email', 'employer_org_id', 'name_match');
    expect(toPaths(check(verification, asked))).toEqual(refused.map((member) => `${path}.${member}`));
  });

  test.each<[string, Members]>([
    ['no detail', { ...whole, attributes: [] }],
    ['another part', { ...whole, parts: ['verification_process'] }],
    ['another depth', { ...whole, evidence: 'attachments' }],
    ['a member that does not exist', { ...whole, attachments: true }],
  ])('does not have the right shape with %s', (_what, verification) => {
    expect(toPaths(check(verification)).join(' ')).toContain(path);
  });
});

test('no detail that people declare about themselves is ever vouched for', () => {
  for (const { name, source, isCompared, claims } of attributeCatalogue) {
    const isLeftOut = source.id === 'self' || isCompared;
    expect([name, isLeftOut && isVouched(name)]).toEqual([name, false]);
    expect([name, claims.some((claim) => vouchedClaimNames().includes(claim))]).toEqual([name, isVouched(name)]);
  }
  expect(['given_name', 'birthdate', 'nationalities', 'national_id'].every(isVouched)).toBe(true);
});

test('the example of the guide passes, and the guide shows what stands in it', () => {
  const text = readFileSync('examples/verified-service/agencies.json', 'utf8');
  const findings = checkFile(text, true);
  expect(toPaths(findings)).toEqual([]);
  expect(toPaths(findings, 'warning').filter((at) => at.includes('verification'))).toEqual([]);
  const shown = /```json\n("verification": [\s\S]*?)```/.exec(readFileSync('docs/guides/agency.md', 'utf8'))?.[1] ?? '';
  expect(JSON.parse(text)).toMatchObject({ agencies: [{ services: [{ purposes: [JSON.parse(`{${shown}}`)] }] }] });
});
