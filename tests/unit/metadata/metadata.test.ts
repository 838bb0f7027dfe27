// What metadata mean: which word is the newest, when they are late, what may be told of a model, and that no changed byte is believed.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findCertificate } from '../../../src/domain/metadata/certificate.ts';
import { findModel } from '../../../src/domain/metadata/describe-model.ts';
import { judgeStatus } from '../../../src/domain/metadata/judge-status.ts';
import { hasHardware, isLate } from '../../../src/domain/metadata/model.ts';
import type { Model } from '../../../src/domain/metadata/model.ts';
import { verifyBlob } from '../../../src/domain/metadata/verify-blob.ts';
import { makeAuthority, uses } from '../../support/metadata/authority.ts';
import type { CertificateAsked, Made } from '../../support/metadata/authority.ts';
import { createMetadataSource, signBlob } from '../../support/metadata/blob.ts';

const today = '2026-06-01';
const certified = { status: 'FIDO_CERTIFIED_L1', effectiveDate: '2024-01-01' };
const revoked = { status: 'REVOKED', effectiveDate: '2025-01-01' };

describe('the newest word on a model', () => {
  test.each([
    'REVOKED',
    'USER_VERIFICATION_BYPASS',
    'ATTESTATION_KEY_COMPROMISE',
    'USER_KEY_REMOTE_COMPROMISE',
    'USER_KEY_PHYSICAL_COMPROMISE',
  ])('%s warns, in whatever order it stands and whatever day it names', (status) => {
    const warning = { status, effectiveDate: '2025-01-01' };
    expect(judgeStatus([certified, warning], today)).toEqual({ isWarned: true, status, statusSince: '2025-01-01' });
    expect(judgeStatus([warning, certified], today).isWarned).toBe(true);
    expect(judgeStatus([certified, { status, effectiveDate: '2099-01-01' }], today).isWarned).toBe(true);
    expect(judgeStatus([{ status, effectiveDate: null }], today).isWarned).toBe(true);
    expect(judgeStatus([certified, { ...warning, effectiveDate: '2024-01-01' }], today).isWarned).toBe(true);
    expect(judgeStatus([{ ...warning, effectiveDate: '2024-01-01' }, certified], today).isWarned).toBe(true);
  });

  test('of a warning is taken back by a later certification alone, from its day on', () => {
    const after = (status: string, effectiveDate = '2026-01-01') =>
      judgeStatus([certified, revoked, { status, effectiveDate }], today).isWarned;
    expect(after('FIDO_CERTIFIED_L2')).toBe(false);
    expect(after('FIDO_CERTIFIED', '2026-07-01')).toBe(true);
    expect([after('UPDATE_AVAILABLE'), after('SELF_ASSERTION_SUBMITTED'), after('NOT_FIDO_CERTIFIED'), after('OF_TOMORROW')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('of a warning without a day is taken back by no certification, whatever its day and in whatever order', () => {
    const undated = { status: 'REVOKED', effectiveDate: null };
    const judged = { isWarned: true, status: 'REVOKED', statusSince: null };
    for (const other of [
      certified,
      { status: 'FIDO_CERTIFIED_L2', effectiveDate: today },
      { status: 'FIDO_CERTIFIED', effectiveDate: null },
    ]) {
      expect([judgeStatus([other, undated], today), judgeStatus([undated, other], today)]).toEqual([judged, judged]);
    }
    expect(judgeStatus([revoked, { status: 'FIDO_CERTIFIED', effectiveDate: null }], today).isWarned).toBe(true);
  });

  test('is nothing where there is none', () => {
    expect(judgeStatus([], today)).toEqual({ isWarned: false, status: null, statusSince: null });
  });
});

test.each([
  [['hardware', 'secure_element'], true],
  [['hardware', 'tee', 'remote_handle'], true],
  [['secure_element'], true],
  [[], false],
  [['remote_handle'], false],
  [['of_tomorrow'], false],
  [['software'], false],
  [['software', 'tee'], false],
])('keys that are protected by %j are in hardware: %s', (keyProtection, isInHardware) => {
  expect(hasHardware({ keyProtection })).toBe(isInHardware);
});

test('metadata are late when the promised day is over', () => {
  const nextUpdate = Date.parse('2026-06-01T00:00:00Z');
  expect([isLate({ nextUpdate }, Date.parse('2026-06-01T23:59:59Z')), isLate({ nextUpdate }, Date.parse('2026-06-02T00:00:00Z'))]).toEqual([
    false,
    true,
  ]);
});

const model: Model = {
  source: 'abc',
  aaguid: 'a',
  description: 'Key of the scheme',
  isListed: true,
  isWarned: false,
  status: null,
  statusSince: null,
  roots: [],
  userVerification: [['fingerprint_internal']],
  keyProtection: [],
  attestationTypes: [],
};

test('of a model its name and ways to verify are told, by FIDO before others, and nothing once nobody lists it', async () => {
  const told = async (...models: readonly Model[]) => findModel({ metadata: { findModels: async () => models } }, 'a');
  expect(await told(model)).toEqual({ aaguid: 'a', name: 'Key of the scheme', userVerification: [['fingerprint_internal']] });
  expect(await told(model, { ...model, source: 'fido', description: 'Key' })).toMatchObject({ name: 'Key' });
  expect(await told(model, { ...model, source: 'fido', isListed: false })).toMatchObject({ name: 'Key of the scheme' });
  expect(await told({ ...model, isListed: false }, { ...model, description: '' })).toBeUndefined();
});

const trust = (made: Made, host: string | null = null) => {
  const certificate = findCertificate(made.der);
  return certificate === undefined ? [] : [{ certificate, host }];
};

const toVerdict = (outcome: ReturnType<typeof verifyBlob>): string => (outcome.ok ? outcome.value.source : outcome.detail);

describe('a BLOB', () => {
  const source = createMetadataSource('National scheme');
  const blob = source.blob();
  const verify = (text: string): string => toVerdict(verifyBlob(text, trust(source.root), Date.now()));

  it('is not believed with any byte changed, left out or added', () => {
    expect(verify(blob)).toMatch(/^[0-9a-f]{64}$/);
    fc.assert(
      fc.property(fc.nat(blob.length - 1), fc.constantFrom('A', 'Z', 'a', '0', '-', '_', '.', '=', '+', ' ', ''), (place, letter) => {
        fc.pre(blob[place] !== letter);
        const outcome = verifyBlob(`${blob.slice(0, place)}${letter}${blob.slice(place + 1)}`, trust(source.root), Date.now());
        expect(outcome.ok).toBe(false);
      }),
    );
  });

  it('under a root that vouches for servers of the whole world is believed of its own server alone', () => {
    const root = makeAuthority('Of the whole world');
    const asked: CertificateAsked = { subject: { CN: 'server' }, keyUsage: 0x80, use: uses.server, isAuthority: false };
    const judge = (changes: CertificateAsked): string =>
      toVerdict(verifyBlob(signBlob({}, [root.issue({ ...asked, ...changes })]), trust(root, 'mds.example'), Date.now()));
    expect(judge({ host: 'mds.example' })).toBe('fido');
    expect(judge({ host: 'evil.example' })).toBe('the signer is not mds.example');
    expect(judge({ host: '*.example' })).toBe('the signer is not mds.example');
    expect(judge({ subject: { CN: 'mds.example' } })).toBe('the signer is not mds.example');
    expect(judge({ host: 'mds.example', use: uses.client })).toBe('the key of the signer is for other uses');
  });

  it('signed with RSA and SHA-256 is believed, with a shorter key not', () => {
    const root = makeAuthority('RSA', { rsaBits: 2048 });
    const judge = (rsaBits: number): string => {
      const leaf = root.issue({ subject: { CN: 'metadata' }, rsaBits, isAuthority: false });
      return toVerdict(verifyBlob(signBlob({ algorithm: 'RS256' }, [leaf]), trust(root), Date.now()));
    };
    expect(judge(2048)).toMatch(/^[0-9a-f]{64}$/);
    expect(judge(1024)).toBe('a certificate has a weak signature or key');
  });
});
