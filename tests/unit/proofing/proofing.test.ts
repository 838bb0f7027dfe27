import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { evidenceSchema, isProvenByIssuer, isSeenInPresence, strongMethods } from '../../../src/domain/proofing/evidence.ts';
import type { CheckMethod, DocumentType, Evidence } from '../../../src/domain/proofing/evidence.ts';
import { findProofing } from '../../../src/domain/proofing/find-proofing.ts';
import { sealProofing } from '../../../src/domain/proofing/proofing.ts';
import type { Proofing } from '../../../src/domain/proofing/proofing.ts';

const time = '2026-11-22T09:00:00Z';

const createEvidence = (type: DocumentType, methods: readonly CheckMethod[]): Evidence => ({
  type: 'document',
  document_details: { type, document_number: '42', issuer: { name: 'وزارة الداخلية', country_code: 'SAU' }, date_of_expiry: '2031-01-31' },
  check_details: methods.map((method) => ({ check_method: method, organization: 'Registration office', time })),
});

const needs = { dataKey: createSecretKey(randomBytes(32)), random: systemRandom };
const person = { id: 'person', registryDigest: 'digest' };
const proofing: Proofing = {
  id: 'proofing',
  personId: person.id,
  at: Date.parse(time),
  isHigh: true,
  trustFramework: 'urn:huwiya:proofing',
  assuranceLevel: 'high',
  evidence: [createEvidence('idcard', ['vpip', 'pvp'])],
  by: { kind: 'officer', ref: 'officer' },
};

test('the newest proofing counts, and opens as it was sealed', async () => {
  const older = { ...proofing, id: 'older', assuranceLevel: 'substantial' };
  const stored = [proofing, older].map((one) => sealProofing(needs, person, one));
  const proofings = { listProofings: async () => stored };
  expect(await findProofing({ ...needs, proofings }, person)).toEqual(proofing);
  expect(await findProofing({ ...needs, proofings: { listProofings: async () => [] } }, person)).toBeUndefined();
});

test('a proofing opens for nobody else and in the place of no other, and its row says nothing', async () => {
  const stored = sealProofing(needs, person, proofing);
  expect(JSON.stringify(stored)).not.toMatch(/idcard|SAU|officer"|urn:/);
  const open = async (changes: Partial<typeof stored>, owner = person) =>
    findProofing({ ...needs, proofings: { listProofings: async () => [{ ...stored, ...changes }] } }, owner);
  await expect(open({ id: 'another' })).rejects.toThrow('internal/unexpected');
  await expect(open({}, { ...person, registryDigest: 'other' })).rejects.toThrow('internal/unexpected');
});

test.each([
  ['idcard', ['vpip', 'pvp'], true],
  ['passport', ['vcrypt', 'bvp'], true],
  ['residence_permit', ['vpip', 'bvp'], true],
  ['idcard', ['vpip'], false],
  ['idcard', ['pvp'], false],
  ['idcard', ['vri', 'pvr'], false],
  ['birth_certificate', ['vpip', 'pvp'], false],
  ['guardianship_order', ['vpip', 'pvp'], false],
] as const)('%s checked by %j counts as seen in presence: %s', (type, methods, isHigh) => {
  expect(isSeenInPresence(createEvidence(type, methods))).toBe(isHigh);
});

test.each([
  ['idcard', ['vcrypt', 'bvr'], true],
  ['passport', ['vcrypt', 'pvp'], true],
  ['residence_permit', ['vpip', 'bvp'], true],
  ['idcard', ['vpip', 'bvr'], false],
  ['idcard', ['vcrypt'], false],
  ['idcard', ['vri', 'bvp'], false],
  ['idcard', ['kbv', 'data', 'auth', 'pvp'], false],
  ['birth_certificate', ['vcrypt', 'bvp'], false],
] as const)('%s checked by %j reaches high by a statement: %s', (type, methods, isHigh) => {
  const evidence = createEvidence(type, methods);
  expect(isProvenByIssuer(evidence, strongMethods)).toBe(isHigh);
  expect(isProvenByIssuer(evidence, [])).toBe(false);
});

test.each([
  ['a whole number', { document_number: '1020304050' }],
  ['one character', { document_number: '4' }],
  ['a kind of document that nobody knows', { type: 'library_card' }],
  ['a member of its own making', { assurance: 'very high' }],
  ['a day that does not exist', { date_of_expiry: '2031-02-30' }],
  ['another form of country', { issuer: { name: 'Ministry', country_code: 'Saudi Arabia' } }],
])('evidence with %s is none', (_what, changes) => {
  const evidence = createEvidence('idcard', ['vpip']);
  expect(evidenceSchema.safeParse(evidence).success).toBe(true);
  const changed = { ...evidence, document_details: { ...evidence.document_details, ...changes } };
  expect(evidenceSchema.safeParse(changed).success).toBe(false);
});
