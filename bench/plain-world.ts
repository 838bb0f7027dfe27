// What the plain engine starts from: the same services, people who are signed in, and Grants for the services they have been to.

import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { BenchService, Registry } from './registry.ts';
import type { Target, Visit } from './target.ts';

const payloadSchema = z.object({
  jti: z.string(),
  kind: z.string(),
  uid: z.string().optional(),
  accountId: z.string(),
  clientId: z.string().optional(),
  loginTs: z.number().optional(),
  iat: z.number(),
  exp: z.number(),
  openid: z.object({ scope: z.string() }).optional(),
  authorizations: z.record(z.string(), z.object({ grantId: z.string(), sid: z.string(), persistsLogout: z.boolean() })).optional(),
});

export const plainWorldSchema = z.object({
  issuer: z.string(),
  port: z.number(),
  cookieKey: z.string(),
  signingJwk: z.record(z.string(), z.string()),
  clients: z.array(z.looseObject({ client_id: z.string() })),
  sessions: z.array(payloadSchema),
  grants: z.array(payloadSchema),
});

export type PlainWorld = z.infer<typeof plainWorldSchema>;
type Payload = z.infer<typeof payloadSchema>;

const scope = 'openid profile email';
const createId = (): string => randomBytes(32).toString('base64url');

function toClient(registry: Registry, service: BenchService): PlainWorld['clients'][number] {
  const credentials =
    service.authentication === 'secret'
      ? { token_endpoint_auth_method: 'client_secret_basic', client_secret: service.secret }
      : { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [registry.publicJwk] } };
  return {
    client_id: service.clientId,
    redirect_uris: [service.redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
    ...credentials,
  };
}

type Person = { readonly session: Payload; readonly grants: readonly Payload[]; readonly services: readonly BenchService[] };

function createPerson(index: number, services: readonly BenchService[]): Person {
  const now = Math.floor(Date.now() / 1000);
  const common = { accountId: `person-${index}`, iat: now, exp: now + 12 * 60 * 60 };
  const grants = services.map((service) => ({ ...common, jti: createId(), kind: 'Grant', clientId: service.clientId, openid: { scope } }));
  const entered = grants.map((grant): [string, { grantId: string; sid: string; persistsLogout: boolean }] => [
    grant.clientId,
    { grantId: grant.jti, sid: createId(), persistsLogout: true },
  ]);
  const session = {
    ...common,
    jti: createId(),
    kind: 'Session',
    uid: createId(),
    loginTs: now,
    authorizations: Object.fromEntries(entered),
  };
  return { session, grants, services };
}

/** The session cookie and its signature, as the cookie library of the engine makes them. */
function toCookie(key: string, sessionId: string): string {
  const cookie = `_session=${sessionId}`;
  const signature = createHmac('sha1', key).update(cookie).digest('base64url');
  return `${cookie}; _session.sig=${signature}`;
}

export type PlainAsked = { readonly port: number; readonly registry: Registry; readonly visitedBy: readonly (readonly BenchService[])[] };

export function createPlainWorld(asked: PlainAsked): { readonly world: PlainWorld; readonly target: Target } {
  const issuer = `http://localhost:${asked.port}`;
  const cookieKey = createId();
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const persons = asked.visitedBy.map((services, index) => createPerson(index, services));
  const visits = persons.flatMap(({ session, services }): readonly Visit[] =>
    services.map((service) => ({ service, cookie: toCookie(cookieKey, session.jti) })),
  );
  const world = {
    issuer,
    port: asked.port,
    cookieKey,
    signingJwk: { kty: 'EC', crv: 'P-256', x: jwk.x ?? '', y: jwk.y ?? '', d: jwk.d ?? '', kid: 'plain-1', alg: 'ES256', use: 'sig' },
    clients: asked.registry.services.map((service) => toClient(asked.registry, service)),
    sessions: persons.map(({ session }) => session),
    grants: persons.flatMap(({ grants }) => grants),
  };
  return { world, target: { name: 'plain', issuer, scope, visits } };
}
