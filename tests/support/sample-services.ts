// Two agencies with one service each: one that signs its assertions, one that holds a secret.

import { createHash, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { standardDetails } from '../../src/domain/agencies/agency.ts';
import type { Agency, AskedAttribute, Purpose, Service } from '../../src/domain/agencies/agency.ts';

export const permitRedirect = 'http://localhost:3001/callback';
export const clinicRedirect = 'http://localhost:3002/callback';
export const clinicSecret = 'clinic-secret-of-at-least-32-characters';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const permitKey: KeyObject = pair.privateKey;
const publicJwk = pair.publicKey.export({ format: 'jwk' });
export const permitJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: publicJwk.x ?? '',
  y: publicJwk.y ?? '',
  kid: 'mol-1',
  alg: 'ES256',
  use: 'sig',
} as const;

const agencies: readonly Agency[] = [
  {
    id: 'mol',
    registrationNumber: '7000000001',
    name: { ar: 'وزارة العمل', en: 'Ministry of Labour' },
    contacts: { privacy: 'privacy@mol.example' },
  },
  {
    id: 'moh',
    registrationNumber: '7000000002',
    name: { ar: 'وزارة الصحة', en: 'Ministry of Health' },
    contacts: { privacy: 'privacy@moh.example' },
  },
];

const audience = ['citizen', 'resident', 'visitor', 'gcc'] as const;

const services: readonly Service[] = [
  {
    clientId: 'mol-work-permit',
    agencyId: 'mol',
    serviceClass: 'standard',
    name: { ar: 'تصاريح العمل', en: 'Work permits' },
    status: 'active',
    sector: 'mol',
    audience,
    minimumLevel: 'substantial',
    metadata: {
      redirect_uris: [permitRedirect],
      post_logout_redirect_uris: ['http://localhost:3001/'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [permitJwk] },
      grant_types: ['authorization_code', 'refresh_token'],
    },
  },
  {
    clientId: 'moh-clinic',
    agencyId: 'moh',
    serviceClass: 'legacy',
    name: { ar: 'حجز العيادات', en: 'Clinic booking' },
    status: 'active',
    sector: 'moh',
    audience,
    minimumLevel: 'substantial',
    metadata: {
      redirect_uris: [clinicRedirect],
      post_logout_redirect_uris: ['http://localhost:3002/'],
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret_sha256: createHash('sha256').update(clinicSecret).digest('base64url'),
      grant_types: ['authorization_code', 'refresh_token'],
    },
  },
];

const why = { ar: 'لإصدار الوثيقة باسمك', en: 'To issue the document in your name' };

function ask(name: string, necessity: AskedAttribute['necessity']): AskedAttribute {
  return { name, necessity, why };
}

function createPurpose(named: Pick<Purpose, 'clientId' | 'id' | 'isDefault' | 'text'>, attributes: readonly AskedAttribute[]): Purpose {
  const terms = { legalBasis: { type: 'consent', lawRef: null }, retention: 'P2Y', expiresAfter: 'P1Y' } as const;
  return { ...standardDetails, ...named, version: 1, ...terms, attributes };
}

const purposes: readonly Purpose[] = [
  createPurpose(
    { clientId: 'mol-work-permit', id: 'permit-renewal', isDefault: true, text: { ar: 'تجديد تصريح العمل', en: 'Renew a work permit' } },
    [ask('given_name', 'required'), ask('family_name', 'required'), ask('email', 'optional'), ask('birthdate', 'optional')],
  ),
  createPurpose(
    { clientId: 'mol-work-permit', id: 'job-fair', isDefault: false, text: { ar: 'دعوة إلى معرض التوظيف', en: 'Invite to the job fair' } },
    [ask('email', 'required')],
  ),
  createPurpose({ clientId: 'moh-clinic', id: 'booking', isDefault: true, text: { ar: 'حجز موعد', en: 'Book an appointment' } }, [
    ask('given_name', 'required'),
    ask('gender', 'optional'),
  ]),
];

export const sampleServices = { agencies, services, purposes };
