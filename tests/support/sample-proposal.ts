// A file of agencies that passes the check, to be spoilt one member at a time.

import { generateKeyPairSync } from 'node:crypto';
import { parseAgenciesFile } from '../../src/cli/files/agencies-file.ts';
import { checkAgencies } from '../../src/domain/agencies/check-agencies.ts';
import type { Finding, Jwk } from '../../src/domain/agencies/proposal.ts';

const wording = { ar: 'تجديد تصريح العمل', en: 'Renew a work permit' };
const why = { ar: 'لإصدار التصريح باسمك.', en: 'To issue the permit in your name.' };

type Members = Readonly<Record<string, unknown>>;

export function createPublicJwk(members: Jwk = {}): Jwk {
  const { kty = '', crv = '', x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return { kty, crv, x, y, kid: 'one', alg: 'ES256', use: 'sig', ...members };
}

export function createRsaJwk(bits: number, publicExponent = 65537): Jwk {
  const {
    kty = '',
    n = '',
    e = '',
  } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent }).publicKey.export({ format: 'jwk' });
  return { kty, n, e, kid: 'rsa' };
}

export function createOkpJwk(): Jwk {
  const { kty = '', crv = '', x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return { kty, crv, x, kid: 'okp', alg: 'EdDSA', use: 'sig' };
}

export function createPurposeFile(members: Members = {}): Members {
  return {
    id: 'permit-renewal',
    default: true,
    text: wording,
    legal_basis: { type: 'consent' },
    retention: 'P2Y',
    expires_after: 'P1Y',
    attributes: [{ name: 'given_name', necessity: 'required', why }],
    ...members,
  };
}

/** A member that is given as `undefined` is left out of the file. */
export function createServiceFile(members: Members = {}): Members {
  return {
    client_id: 'mol-work-permit',
    class: 'standard',
    name: { ar: 'تصاريح العمل', en: 'Work permits' },
    redirect_uris: ['https://permits.mol.example/callback'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [createPublicJwk()] },
    sector: 'mol',
    support: { email: 'help@mol.example' },
    offline_alternative: { ar: 'في أي مكتب عمل.', en: 'At any labour office.' },
    audience: ['citizen', 'resident'],
    purposes: [createPurposeFile()],
    ...members,
  };
}

export function createAgencyFile(services: readonly Members[], members: Members = {}): Members {
  return {
    id: 'mol',
    registration_number: '7000000001',
    name: { ar: 'وزارة العمل', en: 'Ministry of Labour' },
    contacts: { privacy: 'privacy@mol.example', security: 'soc@mol.example' },
    services,
    ...members,
  };
}

export function toFileText(...agencies: readonly Members[]): string {
  return JSON.stringify({ agencies });
}

/** Where the only service of a file stands. */
export const servicePath = 'agencies[0].services[0]';

/** The check of a file against an empty register. */
export function checkFile(text: string, isLoopback = false): readonly Finding[] {
  const parsed = parseAgenciesFile(text);
  return parsed.ok ? checkAgencies({ isLoopback }, parsed.proposal, { agencies: [], services: [], versions: [] }) : parsed.findings;
}

export function checkServiceFile(members: Members, isLoopback = false): readonly Finding[] {
  return checkFile(toFileText(createAgencyFile([createServiceFile(members)])), isLoopback);
}

export function toPaths(findings: readonly Finding[], severity: Finding['severity'] = 'refusal'): readonly string[] {
  return findings.filter((finding) => finding.severity === severity).map(({ path }) => path);
}
