// The services that both servers know: half hold a secret, half sign their assertions; beside them a few public applications, whose refresh tokens rotate,
// and programs that ask for tokens of their own. The same names, addresses and keys on both sides.

import { createHash, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { standardDetails } from '../src/domain/agencies/agency.ts';
import type { Agency, Purpose, Service } from '../src/domain/agencies/agency.ts';

export type Authentication = 'secret' | 'key' | 'none';

export type BenchService = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly authentication: Authentication;
  readonly secret: string;
};

export type Registry = {
  readonly services: readonly BenchService[];
  /** Registered here without the check of `agencies apply`, which gives refresh tokens to no public application that is not bound to a key. */
  readonly publicServices: readonly BenchService[];
  /** Names of programs (`client_credentials`), which sign with the same key. */
  readonly programs: readonly string[];
  readonly signingKey: KeyObject;
  readonly publicJwk: Readonly<Record<string, string>>;
};

/** As many as a country may have of each. */
const besideCount = 16;

function createService(clientId: string, authentication: Authentication): BenchService {
  return {
    clientId,
    redirectUri: `https://${clientId}.example/callback`,
    authentication,
    secret: `secret-of-${clientId}-with-enough-characters`,
  };
}

const createNames = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(5, '0')}`);

export function createRegistry(count: number): Registry {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  return {
    services: createNames('service', count).map((name, index) => createService(name, index % 2 === 0 ? 'secret' : 'key')),
    publicServices: createNames('public', besideCount).map((name) => createService(name, 'none')),
    programs: createNames('program', besideCount),
    signingKey: pair.privateKey,
    publicJwk: { kty: 'EC', crv: 'P-256', x, y, kid: 'bench-1', alg: 'ES256', use: 'sig' },
  };
}

const words = { ar: 'قياس', en: 'Measurement' };

const agency: Agency = { id: 'bench', registrationNumber: '7000000009', name: words, contacts: { privacy: 'privacy@bench.example' } };

function toCredentials(registry: Registry, { authentication, secret }: BenchService): Service['metadata'] {
  switch (authentication) {
    case 'secret':
      return {
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret_sha256: createHash('sha256').update(secret).digest('base64url'),
      };
    case 'key':
      return { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [registry.publicJwk] } };
    case 'none':
      return { token_endpoint_auth_method: 'none' };
  }
}

function toService(registry: Registry, service: BenchService): Service {
  return {
    clientId: service.clientId,
    agencyId: agency.id,
    serviceClass: service.authentication === 'secret' ? 'legacy' : 'standard',
    name: { ar: `${words.ar} ${service.clientId}`, en: `${words.en} ${service.clientId}` },
    status: 'active',
    sector: service.clientId,
    audience: ['citizen', 'resident', 'visitor', 'gcc'],
    minimumLevel: 'substantial',
    metadata: {
      redirect_uris: [service.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      ...toCredentials(registry, service),
    },
  };
}

function toProgram(registry: Registry, clientId: string): Service {
  const program = { ...createService(clientId, 'key'), redirectUri: '' };
  const metadata = { redirect_uris: [], response_types: [], grant_types: ['client_credentials'], scope: 'audit:read' };
  const service = toService(registry, program);
  return { ...service, audience: [], metadata: { ...toCredentials(registry, program), ...metadata } };
}

const asked = ['given_name', 'family_name', 'birthdate', 'email'] as const;

function toPurpose({ clientId }: BenchService): Purpose {
  return {
    clientId,
    ...standardDetails,
    id: 'measurement',
    version: 1,
    isDefault: true,
    text: { ar: 'قياس السرعة', en: 'Measure the speed' },
    legalBasis: { type: 'consent', lawRef: null },
    retention: 'P1Y',
    expiresAfter: 'P1Y',
    attributes: asked.map((name) => ({ name, necessity: 'required', why: { ar: 'للقياس', en: 'To measure' } })),
  };
}

/** The registry as Huwiya stores it. */
export function toAgencyChanges(registry: Registry) {
  const forPeople = [...registry.services, ...registry.publicServices];
  return {
    agencies: [agency],
    services: [
      ...forPeople.map((service) => toService(registry, service)),
      ...registry.programs.map((clientId) => toProgram(registry, clientId)),
    ],
    purposes: forPeople.map(toPurpose),
    endedPurposes: [],
    defaultPurposes: [],
    events: [],
  };
}
