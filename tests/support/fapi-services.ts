// Two services of class `fapi` as the OpenID Foundation's suite brings them: its addresses, the second with a query, one key each, every standard claim.

import { constants, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { standardDetails } from '../../src/domain/agencies/agency.ts';
import type { Agency, Purpose, Service } from '../../src/domain/agencies/agency.ts';
import type { PersonalData } from '../../src/domain/people/person.ts';
import type { World } from './world.ts';

const callback = 'https://suite.conformance.example/test/a/huwiya/callback';

export type AssertionAlgorithm = 'PS256' | 'ES256' | 'RS256';

export type FapiClient = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly algorithm: AssertionAlgorithm;
  readonly key: KeyObject;
};

/** An RSA key, so that the suite's attempt to sign with RS256 can be made. */
export const firstClient: FapiClient = {
  clientId: 'conformance-fapi-1',
  redirectUri: callback,
  algorithm: 'PS256',
  key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};

export const secondClient: FapiClient = {
  clientId: 'conformance-fapi-2',
  redirectUri: `${callback}?dummy1=lorem&dummy2=ipsum`,
  algorithm: 'ES256',
  key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
};

/** Signed with a key and under an algorithm, whatever the registration says of either. */
export function signText(text: string, key: KeyObject, algorithm: AssertionAlgorithm): string {
  const ways = {
    ES256: { key, dsaEncoding: 'ieee-p1363' },
    PS256: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    RS256: { key, padding: constants.RSA_PKCS1_PADDING },
  } as const;
  return sign('sha256', Buffer.from(text), ways[algorithm]).toString('base64url');
}

export const standardClaims = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'address',
  'updated_at',
] as const;

/** One language: the suite takes a tagged member (OIDC Core 1.0 §5.2) for one that it does not know. */
export const standardPerson: PersonalData = {
  id: '1000000099',
  national_id: '1000000099',
  name: 'Noura Salem Alharbi',
  given_name: 'Noura',
  family_name: 'Alharbi',
  middle_name: 'Salem',
  nickname: 'Umm Salem',
  preferred_username: 'noura',
  profile: 'https://people.conformance.example/noura',
  picture: 'https://pictures.conformance.example/noura',
  website: 'https://noura.conformance.example/',
  email: 'noura@conformance.example',
  email_verified: true,
  gender: 'female',
  birthdate: '1992-04-11',
  zoneinfo: 'Asia/Riyadh',
  locale: 'en',
  phone_number: '+966500000099',
  phone_number_verified: true,
  address: { street_address: '2929 King Fahd Road', locality: 'Riyadh', region: 'Riyadh Region', postal_code: '12211', country: 'SA' },
  updated_at: 1_763_712_000,
};

const agency: Agency = {
  id: 'conformance',
  registrationNumber: '7000000009',
  name: { ar: 'فريق فحص المطابقة', en: 'Conformance Team' },
  contacts: { privacy: 'privacy@conformance.example' },
};

function createService(client: FapiClient): Service {
  const publicKey = { ...client.key.export({ format: 'jwk' }) };
  const { kty = '', crv = null, x = null, y = null, n = null, e = null } = publicKey;
  const members = Object.entries({ kty, crv, x, y, n, e }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return {
    clientId: client.clientId,
    agencyId: agency.id,
    serviceClass: 'fapi',
    name: { ar: 'فحص المطابقة', en: 'Conformance suite' },
    status: 'active',
    sector: 'conformance',
    audience: ['citizen', 'resident', 'visitor', 'gcc'],
    minimumLevel: 'substantial',
    metadata: {
      redirect_uris: [client.redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'private_key_jwt',
      require_pushed_authorization_requests: true,
      dpop_bound_access_tokens: true,
      jwks: { keys: [{ ...Object.fromEntries(members), kid: client.clientId, alg: client.algorithm, use: 'sig' }] },
    },
  };
}

function createPurpose(client: FapiClient): Purpose {
  const why = { ar: 'لفحص أن كل بيان قياسي يصل كما هو', en: 'To check that every standard detail arrives as it is' };
  return {
    ...standardDetails,
    clientId: client.clientId,
    id: 'conformance',
    isDefault: true,
    version: 1,
    text: { ar: 'فحص مطابقة المعيار', en: 'Check conformance to the standard' },
    legalBasis: { type: 'consent', lawRef: null },
    retention: 'P1D',
    expiresAfter: 'P1Y',
    attributes: standardClaims.map((name) => ({ name, necessity: 'required', why })),
  };
}

export async function addFapiServices(world: World): Promise<void> {
  const clients = [firstClient, secondClient];
  await world.storage.agencies.saveChanges({
    agencies: [agency],
    services: clients.map(createService),
    purposes: clients.map(createPurpose),
    endedPurposes: [],
    defaultPurposes: [],
    events: [],
  });
}
