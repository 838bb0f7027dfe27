// What the plain engine starts from: the same services, people who are signed in, and Grants for the services they have been to.

import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { createAuthorization, createTraveller, submit } from '../tests/support/person-journey.ts';
import { createFirstVisits } from './first-visits.ts';
import type { BenchService, Registry } from './registry.ts';
import { enginePaths } from './target.ts';
import type { Entered, Entering, Target, Visit } from './target.ts';

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
  const credentials = {
    secret: { token_endpoint_auth_method: 'client_secret_basic', client_secret: service.secret },
    key: { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [registry.publicJwk] } },
    none: { token_endpoint_auth_method: 'none' },
  }[service.authentication];
  return {
    client_id: service.clientId,
    redirect_uris: [service.redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
    ...credentials,
  };
}

function toProgram({ publicJwk }: Registry, clientId: string): PlainWorld['clients'][number] {
  return {
    client_id: clientId,
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    scope: 'audit:read',
    id_token_signed_response_alg: 'ES256',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [publicJwk] },
  };
}

/** At a new browser, through the two forms of plain-pages.ts: any name is let in, and there is no passkey. */
async function enter(issuer: string, { person, service, extra }: Entering): Promise<Entered> {
  const fresh = createTraveller(issuer);
  const asked = createAuthorization(issuer, {
    clientId: service.clientId,
    redirectUri: service.redirectUri,
    extra: { scope, ...extra },
  });
  const signedIn = await submit(fresh, await fresh.agent.get(asked.url), { login: `person-${person}` });
  const decided = await submit(fresh, signedIn, {});
  return { callback: decided.url, verifier: asked.verifier };
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
  const visits = persons.flatMap(({ session, services }, person): readonly Visit[] =>
    services.map((service) => ({ person, service, cookie: toCookie(cookieKey, session.jti) })),
  );
  const world = {
    issuer,
    port: asked.port,
    cookieKey,
    signingJwk: { kty: 'EC', crv: 'P-256', x: jwk.x ?? '', y: jwk.y ?? '', d: jwk.d ?? '', kid: 'plain-1', alg: 'ES256', use: 'sig' },
    clients: [
      ...[...asked.registry.services, ...asked.registry.publicServices].map((service) => toClient(asked.registry, service)),
      ...asked.registry.programs.map((clientId) => toProgram(asked.registry, clientId)),
    ],
    sessions: persons.map(({ session }) => session),
    grants: persons.flatMap(({ grants }) => grants),
  };
  const { registry, visitedBy } = asked;
  return {
    world,
    target: {
      name: 'plain',
      paths: enginePaths,
      issuer,
      scope,
      visits,
      people: visitedBy.length,
      nextFirst: createFirstVisits(registry, visitedBy.length),
      publicServices: registry.publicServices,
      programs: registry.programs,
      enter: async (entering) => enter(issuer, entering),
    },
  };
}
