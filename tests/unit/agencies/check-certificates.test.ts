// What a registration says of certificates (RFC 8705): each rule beside one that breaks it, and the names that stand in certificates.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { checkAgencies } from '../../../src/domain/agencies/check-agencies.ts';
import { checkServicesTogether } from '../../../src/domain/agencies/check-together.ts';
import { isSameName, parseName } from '../../../src/domain/agencies/distinguished-name.ts';
import { createSelfSigned } from '../../support/certificate.ts';
import { fapi, legacy } from '../../support/class-rows.ts';
import type { Row } from '../../support/class-rows.ts';
import {
  checkServiceFile,
  createAgencyFile,
  createPublicJwk,
  createServiceFile,
  servicePath,
  toFileText,
  toPaths,
} from '../../support/sample-proposal.ts';
import { createService } from '../../support/store-samples.ts';

const own = createSelfSigned({ subject: { CN: 'permits' } }).jwk;
const other = createSelfSigned({ subject: { CN: 'permits' } }).jwk;
const byName = { token_endpoint_auth_method: 'tls_client_auth', jwks: undefined, tls_client_auth_san_dns: 'permits.mol.example' };
const listed = { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [own] } };
const named = (member: string, value: string) => ({ ...byName, tls_client_auth_san_dns: undefined, [member]: value });
const bound = { tls_client_certificate_bound_access_tokens: true };

const rows: readonly Row[] = [
  {
    rule: 'fapi may sign in with a certificate that was issued',
    keeps: { ...fapi, ...byName },
    breaks: { ...legacy, ...byName },
    at: 'token_endpoint_auth_method',
  },
  {
    rule: 'fapi may sign in with a certificate of its own',
    keeps: { ...fapi, ...listed },
    breaks: { ...legacy, ...listed },
    at: 'token_endpoint_auth_method',
  },
  {
    rule: 'a certificate is known by a name',
    keeps: byName,
    breaks: { ...byName, tls_client_auth_san_dns: undefined },
    at: 'tls_client_auth_subject_dn',
  },
  {
    rule: 'and by one alone',
    keeps: byName,
    breaks: { ...byName, tls_client_auth_san_uri: 'https://mol.example/' },
    at: 'tls_client_auth_san_dns',
  },
  {
    rule: 'a name is for who signs in by it',
    keeps: {},
    breaks: { tls_client_auth_san_dns: 'permits.mol.example' },
    at: 'tls_client_auth_san_dns',
  },
  {
    rule: 'a subject is written as RFC 4514 does',
    keeps: named('tls_client_auth_subject_dn', 'CN=permits,O=وزارة العمل,C=SA'),
    breaks: named('tls_client_auth_subject_dn', 'permits, Ministry'),
    at: 'tls_client_auth_subject_dn',
  },
  { rule: 'a host is one host', keeps: byName, breaks: named('tls_client_auth_san_dns', '*.mol.example'), at: 'tls_client_auth_san_dns' },
  {
    rule: 'a URI is one',
    keeps: named('tls_client_auth_san_uri', 'urn:gov:mol:permits'),
    breaks: named('tls_client_auth_san_uri', 'permits'),
    at: 'tls_client_auth_san_uri',
  },
  {
    rule: 'an address of email is one',
    keeps: named('tls_client_auth_san_email', 'permits@mol.example'),
    breaks: named('tls_client_auth_san_email', 'permits'),
    at: 'tls_client_auth_san_email',
  },
  {
    rule: 'who has a certificate of its own registers it',
    keeps: listed,
    breaks: { ...listed, jwks: { keys: [createPublicJwk()] } },
    at: 'jwks',
  },
  {
    rule: 'a key comes with its own certificate',
    keeps: listed,
    breaks: { ...listed, jwks: { keys: [{ ...own, x5c: other['x5c'] }] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'a certificate can be read',
    keeps: listed,
    breaks: { ...listed, jwks: { keys: [{ ...own, x5c: ['AAAA'] }] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'tokens are bound to one thing',
    keeps: bound,
    breaks: { ...bound, dpop_bound_access_tokens: true },
    at: 'tls_client_certificate_bound_access_tokens',
  },
  {
    rule: 'fapi binds its tokens to proofs or to a certificate',
    keeps: { ...fapi, ...bound, dpop_bound_access_tokens: false },
    breaks: { ...fapi, tls_client_certificate_bound_access_tokens: false, dpop_bound_access_tokens: false },
    at: 'dpop_bound_access_tokens',
  },
  { rule: 'legacy knows no certificates', keeps: bound, breaks: { ...legacy, ...bound }, at: 'tls_client_certificate_bound_access_tokens' },
  {
    rule: 'what runs on the devices of people has no certificate',
    keeps: bound,
    breaks: { ...bound, token_endpoint_auth_method: 'none', jwks: undefined },
    at: 'tls_client_certificate_bound_access_tokens',
  },
];

test.each(rows)('$rule', ({ keeps, breaks, at }) => {
  const refusals = (members: Row['keeps']) => checkServiceFile(members).filter(({ severity }) => severity === 'refusal');
  expect(refusals(keeps)).toEqual([]);
  expect(toPaths(refusals(breaks))).toContain(`${servicePath}.${at}`);
});

test('one certificate is one service, in whatever spelling its name is registered', () => {
  const service = (name: string) =>
    createService('mol', { metadata: { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: name } });
  const check = (name: string) =>
    toPaths(checkServicesTogether([{ path: 's', service: service(name) }], [service('CN=tax,O=Zakat\\, Tax')]));
  expect(check('cn=tax, o=Zakat\\2C Tax')).toContain('s.token_endpoint_auth_method');
  expect(check('CN=tax2,O=Zakat\\, Tax')).not.toContain('s.token_endpoint_auth_method');
});

test('a provider without a listener for certificates says so, and refuses nothing', () => {
  const parsed = parseAgenciesFile(toFileText(createAgencyFile([createServiceFile({ ...byName, ...bound })])));
  const check = (hasCertificateDoor: boolean) =>
    parsed.ok
      ? toPaths(
          checkAgencies({ isLoopback: false, hasCertificateDoor }, parsed.proposal, { agencies: [], services: [], versions: [] }),
          'warning',
        )
      : [];
  const members = ['token_endpoint_auth_method', 'tls_client_certificate_bound_access_tokens'].map((name) => `${servicePath}.${name}`);
  expect(check(false)).toEqual(expect.arrayContaining(members));
  expect(check(true)).toEqual(check(false).filter((path) => !members.includes(path)));
});

describe('the name in a certificate', () => {
  test.each([
    ['CN=a,O=b', 'cn=a, o=b'],
    ['CN=a,O=b', '2.5.4.3=a,2.5.4.10=b'],
    ['CN=a\\,b', 'CN=a\\2cb'],
    ['CN=a+UID=1,O=b', 'UID=1+CN=a,O=b'],
    ['CN=هوية', 'CN=\\D9\\87\\D9\\88\\D9\\8A\\D8\\A9'],
    ['CN=a\\ ', 'CN=a\\20'],
  ])('%j is %j', (one, two) => {
    expect(isSameName(one, two)).toBe(true);
  });

  test.each([
    ['CN=a,O=b', 'O=b,CN=a'],
    ['CN=a,O=b', 'CN=a'],
    ['CN=a,O=b', 'CN=a+O=b'],
    ['CN=a\\,O\\=b', 'CN=a,O=b'],
    ['CN=a', 'CN=A'],
    ['CN=a', 'CN=a\\ '],
  ])('%j is not %j', (one, two) => {
    expect([parseName(one) === undefined, parseName(two) === undefined, isSameName(one, two)]).toEqual([false, false, false]);
  });

  test.each(['', 'CN', 'CN=', 'CN=a,', ',CN=a', 'CN=a;O=b', 'CN=#0403', 'CN="a"', 'CN=a\\', '=a', `CN=${'a'.repeat(600)}`])(
    '%j is none',
    (text) => {
      expect(parseName(text)).toBeUndefined();
    },
  );

  test('no two lists of parts are one name, whatever stands in them', () => {
    const escape = (text: string): string => [...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    const write = (parts: readonly (readonly [string, string])[]): string =>
      parts.map(([type, text]) => `${type}=${escape(text)}`).join(',');
    const value = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
    // Longer ones are no names.
    const name = fc
      .array(fc.tuple(fc.constantFrom('CN', 'O', 'OU'), value), { minLength: 1, maxLength: 4 })
      .filter((parts) => write(parts).length <= 500);
    fc.assert(
      fc.property(name, name, (one, two) => {
        expect(isSameName(write(one), write(two))).toBe(JSON.stringify(one) === JSON.stringify(two));
        expect(isSameName(write(one), write(one))).toBe(true);
      }),
    );
  });
});
