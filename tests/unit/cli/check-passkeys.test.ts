import { expect, test } from 'vitest';
import { toCounterFindings, toStaffFindings, toSuspicionFindings } from '../../../src/cli/doctor/check-passkeys.ts';
import type { Role } from '../../../src/domain/staff/officer.ts';
import type { KeyFacts, ListedOfficer } from '../../../src/domain/staff/store.ts';

const attested: KeyFacts = { standing: 'trusted', isBackupEligible: false, endedAt: null, endReason: null };
const copied: KeyFacts = { ...attested, isBackupEligible: true };
const revoked: KeyFacts = { ...attested, standing: 'revoked' };

function toOfficer(role: Role, passkey: KeyFacts, status: ListedOfficer['status'] = 'active'): ListedOfficer {
  const names = { id: role, name: role, agencyId: null, language: null, handle: '', createdAt: 0 };
  return { ...names, role, status, passkeyCount: 1, passkeys: [passkey] };
}

const after = { rule: 'metadata', hasMetadata: true } as const;
const check = (officers: readonly ListedOfficer[], state: Parameters<typeof toStaffFindings>[1] = after): readonly string[] =>
  toStaffFindings(officers, state).map(({ result, detail }) => `${result}: ${detail}`);

test('doctor is content with staff whose passkeys are what their roles need', () => {
  expect(check([])).toEqual(['ok: 0 passkeys attested, 0 unproven, 0 of a revoked model']);
  const fit = [toOfficer('registrar', attested), toOfficer('auditor', copied), toOfficer('approver', revoked, 'suspended')];
  expect(check(fit)).toEqual(['ok: 1 passkeys attested, 1 unproven, 0 of a revoked model']);
  expect(check([toOfficer('registrar', copied)], { rule: 'metadata', hasMetadata: false })).toHaveLength(1);
});

test('doctor warns while fewer than two registrars could do a recovery at a counter, and not where there is no staff', () => {
  const warn = (officers: readonly ListedOfficer[]): readonly string[] =>
    toCounterFindings(officers, { rule: 'metadata' }).map(({ result, detail }) => `${result}: ${detail.slice(0, 17)}`);
  const one = toOfficer('registrar', attested);
  const two = { ...one, id: 'two', name: 'Another' };
  expect(warn([])).toEqual([]);
  expect(warn([toOfficer('auditor', attested)])).toEqual(['warning: 0 of 2 registrars']);
  expect(warn([one])).toEqual(['warning: 1 of 2 registrars']);
  expect(warn([one, two])).toEqual([]);
  // The same name twice is one officer, and neither a suspended one nor one whose passkey opens nothing takes part.
  expect(warn([one, { ...two, name: one.name }])).toHaveLength(1);
  expect(warn([one, { ...two, status: 'suspended' }])).toHaveLength(1);
  expect(warn([one, { ...two, passkeys: [revoked] }])).toHaveLength(1);
  expect(warn([one, { ...two, passkeys: [] }])).toHaveLength(1);
});

test('doctor counts passkeys of staff that should be attested, and those of a revoked model', () => {
  const short = [toOfficer('registrar', copied), toOfficer('developer', copied), toOfficer('auditor', revoked)];
  expect(check(short)).toEqual([
    'warning: 0 passkeys attested, 2 unproven, 1 of a revoked model; those of a revoked model open no desk',
    'warning: 0 passkeys attested, 2 unproven, 1 of a revoked model; 1 of the unproven should be attested',
  ]);
  expect(check([toOfficer('auditor', copied)], { rule: 'attested', hasMetadata: false })).toEqual([
    'warning: 0 passkeys attested, 1 unproven, 0 of a revoked model; 1 of the unproven open no desk by the strict rule',
  ]);
});

test('doctor warns for 30 days of each officer who was suspended because the passkey is not what it was', () => {
  const day = 24 * 60 * 60 * 1000;
  const suspended = [
    toOfficer('registrar', { ...attested, endedAt: 100 * day, endReason: 'copied' }, 'suspended'),
    toOfficer('approver', { ...attested, endedAt: 101 * day, endReason: 'changed' }),
    toOfficer('auditor', revoked, 'suspended'),
  ];
  const warn = (now: number): readonly string[] =>
    toSuspicionFindings(suspended, { now }).map(({ result, detail }) => `${result}: ${detail}`);
  expect(warn(102 * day)).toEqual([expect.stringMatching(/^warning: 2 accounts were suspended/)]);
  expect(warn(130.5 * day)).toEqual([expect.stringMatching(/^warning: 1 accounts were suspended/)]);
  expect(warn(131 * day)).toEqual([]);
  expect(check(suspended)).toEqual(['ok: 0 passkeys attested, 0 unproven, 0 of a revoked model']);
});
