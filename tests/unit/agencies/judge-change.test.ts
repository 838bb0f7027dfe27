// Of which class each change of the register is: at once, one approver, two.

import { expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { compareAgencies } from '../../../src/domain/agencies/compare-agencies.ts';
import { judgeChange, judgeSubmission } from '../../../src/domain/agencies/judge-change.ts';
import type { Review } from '../../../src/domain/agencies/judge-change.ts';
import type { Proposal, RegisteredState } from '../../../src/domain/agencies/proposal.ts';
import { toAgency, toPurposes, toService } from '../../../src/domain/agencies/to-registered.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../../support/sample-proposal.ts';

type Members = Readonly<Record<string, unknown>>;

const verification = { attributes: ['given_name'], why: { ar: 'يلزم لفتح الحساب.', en: 'Needed to open the account.' } };
const jwks = { keys: [createPublicJwk()] };
const why = { ar: 'لإصدار التصريح باسمك.', en: 'To issue the permit in your name.' };
const law = { type: 'public_task', law_ref: { ar: 'نظام العمل', en: 'Labour Law' } };
const secret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';
const bound = { require_pushed_authorization_requests: true, dpop_bound_access_tokens: true };
const encrypted = {
  id_token_encrypted_response_alg: 'ECDH-ES+A256KW',
  id_token_encrypted_response_enc: 'A256GCM',
};
const given = [{ name: 'given_name', necessity: 'required', why }];
const email = [{ name: 'email', necessity: 'required', why }];
/** By law, and beside a purpose that asks for the given name with a choice. */
const notice = (attributes: readonly unknown[]): Members =>
  createPurposeFile({ id: 'second', default: false, legal_basis: law, attributes });
const legacy = { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', client_secret: secret, jwks: undefined };

function parse(service: Members, agency: Members): Proposal {
  const parsed = parseAgenciesFile(toFileText(createAgencyFile([createServiceFile({ jwks, ...service })], agency)));
  if (!parsed.ok) {
    throw new Error(`the file has the wrong shape: ${JSON.stringify(parsed.findings)}`);
  }
  return parsed.proposal;
}

function toState({ agencies }: Proposal): RegisteredState {
  const services = agencies.flatMap((agency) =>
    agency.services.map((proposed) => ({
      agency: toAgency(agency),
      service: toService(agency.id, proposed, undefined),
      version: 1,
      purposes: toPurposes(proposed, () => undefined).map((purpose) => ({ ...purpose, version: 1 })),
    })),
  );
  return { agencies: agencies.map(toAgency), services, versions: services.flatMap(({ purposes }) => purposes) };
}

function judge(
  after: Members,
  before: Members = {},
  agency: Members = {},
): { readonly reviews: readonly Review[]; readonly whole: string } {
  const state = toState(parse(before, {}));
  const difference = compareAgencies(parse(after, agency), state);
  const reviews = difference.changes.map((change) => judgeChange(change, difference, state));
  return { reviews, whole: judgeSubmission(difference, state) };
}

test.each<[string, Members, Members?]>([
  ['a key', { jwks: { keys: [createPublicJwk()] } }],
  ['a secret', { ...legacy, client_secret: `${secret}2` }, legacy],
  [
    'a choice where there was a duty',
    { purposes: [createPurposeFile({ attributes: [{ name: 'given_name', necessity: 'optional', why }] })] },
  ],
  ['fewer kinds of person', { audience: ['citizen'] }],
  ['a higher level', { minimum_loa: 'high' }],
  ['to sign every request', { require_signed_request_object: true }],
  ['to be told less of the check of identity', {}, { purposes: [createPurposeFile({ verification })] }],
  ['consent where the law decided', {}, { purposes: [createPurposeFile({ legal_basis: law })] }],
])('%s takes effect at once', (_what, after, before) => {
  expect(judge(after, before).reviews).toEqual([{ reviewClass: 'safe', reasons: [] }]);
});

test('a contact takes effect at once', () => {
  expect(judge({}, {}, { contacts: { privacy: 'new@mol.example' } }).reviews).toEqual([{ reviewClass: 'safe', reasons: [] }]);
});

test.each<[string, Members, Members?]>([
  ['an address', { redirect_uris: ['https://permits.mol.example/other'] }],
  ['a name', { name: { ar: 'تصاريح', en: 'Permits' } }],
  ['a detail', { purposes: [createPurposeFile({ attributes: [{ name: 'email', necessity: 'optional', why }] })] }],
  ['a longer time of keeping', { purposes: [createPurposeFile({ retention: 'P3Y' })] }],
  ['other words', { purposes: [createPurposeFile({ text: { ar: 'غرض آخر', en: 'Something else' } })] }],
  [
    'other words for why the check of identity is told',
    { purposes: [createPurposeFile({ verification: { ...verification, why } })] },
    { purposes: [createPurposeFile({ verification })] },
  ],
  ['a new purpose of consent', { purposes: [createPurposeFile(), createPurposeFile({ id: 'second', default: false })] }],
  ['a stricter class', { class: 'fapi' }],
])('%s waits for one approver', (_what, after, before) => {
  const { reviews, whole } = judge(after, before);
  expect([reviews, whole]).toEqual([[{ reviewClass: 'reviewed', reasons: [] }], 'reviewed']);
});

test.each<[string, string, Members, Members?]>([
  ['another basis', 'basis choice', { purposes: [createPurposeFile({ legal_basis: law })] }],
  [
    'another law',
    'basis',
    { purposes: [createPurposeFile({ legal_basis: { ...law, law_ref: 'Other' } })] },
    { purposes: [createPurposeFile({ legal_basis: law })] },
  ],
  ['a basis for one kind of person', 'basis choice', { purposes: [createPurposeFile({ legal_basis_by_kind: { citizen: law } })] }],
  [
    'the same detail without a choice, as a new purpose',
    'choice',
    { purposes: [createPurposeFile(), createPurposeFile({ id: 'second', default: false, legal_basis: law })] },
  ],
  [
    'the same detail without a choice, as a new purpose, where some have the choice and others not',
    'choice',
    { purposes: [createPurposeFile({ legal_basis: law, legal_basis_by_kind: { visitor: { type: 'consent' } } }), notice(given)] },
    { purposes: [createPurposeFile({ legal_basis: law, legal_basis_by_kind: { visitor: { type: 'consent' } } })] },
  ],
  [
    'the same detail without a choice, in a purpose that is there',
    'choice',
    { purposes: [createPurposeFile(), notice([...email, ...given])] },
    { purposes: [createPurposeFile(), notice(email)] },
  ],
  ['to be told of the check of identity', 'verification', { purposes: [createPurposeFile({ verification })] }],
  [
    'to be told more of the check of identity',
    'verification',
    { purposes: [createPurposeFile({ verification: { ...verification, evidence: 'types' } })] },
    { purposes: [createPurposeFile({ verification })] },
  ],
  [
    'a new purpose that is told of the check of identity',
    'verification',
    { purposes: [createPurposeFile(), createPurposeFile({ id: 'second', default: false, verification })] },
    { purposes: [createPurposeFile()] },
  ],
  ['no proof of who asks', 'protection', { token_endpoint_auth_method: 'none', jwks: undefined }],
  ['requests through the browser', 'protection', { dpop_bound_access_tokens: true }, bound],
  ['tokens that anybody can use', 'protection', { require_pushed_authorization_requests: true }, bound],
  ['answers in a form', 'protection', { response_modes: ['query', 'form_post'] }],
  ['answers without a signature', 'protection', { response_modes: ['query', 'jwt'] }, { response_modes: ['jwt'] }],
  ['requests without a signature', 'protection', {}, { require_signed_request_object: true }],
  ['an ID token in the clear', 'protection', {}, encrypted],
  ['a lower level', 'level', {}, { minimum_loa: 'high' }],
  ['a weaker class', 'class', legacy],
  ['another sector', 'sector', { sector: 'other' }],
])('%s waits for two, who read why', (_what, ...[reason, after, before]) => {
  const { reviews, whole } = judge(after, before);
  expect([reviews, whole]).toEqual([[{ reviewClass: 'dual', reasons: reason.split(' ') }], 'dual']);
});

test('what has been asked without a choice before, and more of it that was never a choice, waits for one', () => {
  const { whole } = judge(
    { purposes: [createPurposeFile(), notice([...email, { name: 'birthdate', necessity: 'required', why }])] },
    { purposes: [createPurposeFile(), notice(email)] },
  );
  expect(whole).toBe('reviewed');
});

test('more protection waits for one, or for nobody', () => {
  expect([judge(bound).whole, judge(encrypted).whole, judge({ ...bound, ...encrypted }, bound).whole]).toEqual([
    'reviewed',
    'reviewed',
    'reviewed',
  ]);
});

test('what waits together is judged by its strictest part', () => {
  expect(judge({ name: { ar: 'تصاريح', en: 'Permits' }, purposes: [createPurposeFile({ legal_basis: law })] })).toEqual({
    reviews: [
      { reviewClass: 'reviewed', reasons: [] },
      { reviewClass: 'dual', reasons: ['basis', 'choice'] },
    ],
    whole: 'dual',
  });
});
