// The services that both servers know: half hold a secret, half sign their assertions. The same names, addresses and keys on both sides.

import { createHash, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Agency, Purpose, Service } from '../src/domain/agencies/agency.ts';

export type Authentication = 'secret' | 'key';

export type BenchService = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly authentication: Authentication;
  readonly secret: string;
};

export type Registry = {
  readonly services: readonly BenchService[];
  readonly signingKey: KeyObject;
  readonly publicJwk: Readonly<Record<string, string>>;
};

export function createRegistry(count: number): Registry {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  const services = Array.from({ length: count }, (_, index): BenchService => {
    const clientId = `service-${String(index).padStart(5, '0')}`;
    return {
      clientId,
      redirectUri: `https://${clientId}.example/callback`,
      authentication: index % 2 === 0 ? 'secret' : 'key',
      secret: `secret-of-${clientId}-with-enough-characters`,
    };
  });
  return { services, signingKey: pair.privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x, y, kid: 'bench-1', alg: 'ES256', use: 'sig' } };
}

const words = { ar: 'قياس', en: 'Measurement' };

const agency: Agency = { id: 'bench', registrationNumber: '7000000009', name: words, contacts: { privacy: 'privacy@bench.example' } };

function toService(registry: Registry, service: BenchService): Service {
  const isSecret = service.authentication === 'secret';
  const credentials = isSecret
    ? {
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret_sha256: createHash('sha256').update(service.secret).digest('base64url'),
      }
    : { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [registry.publicJwk] } };
  return {
    clientId: service.clientId,
    agencyId: agency.id,
    serviceClass: isSecret ? 'legacy' : 'standard',
    name: { ar: `${words.ar} ${service.clientId}`, en: `${words.en} ${service.clientId}` },
    status: 'active',
    sector: service.clientId,
    audience: ['citizen', 'resident', 'visitor', 'gcc'],
    minimumLevel: 'substantial',
    metadata: { redirect_uris: [service.redirectUri], grant_types: ['authorization_code', 'refresh_token'], ...credentials },
  };
}

const asked = ['given_name', 'family_name', 'birthdate', 'email'] as const;

function toPurpose({ clientId }: BenchService): Purpose {
  return {
    clientId,
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
  return {
    agencies: [agency],
    services: registry.services.map((service) => toService(registry, service)),
    purposes: registry.services.map(toPurpose),
    endedPurposes: [],
    defaultPurposes: [],
    events: [],
  };
}
