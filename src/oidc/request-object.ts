// Request objects (RFC 9101): what one must be beyond what the engine asks, and whose are looked at at all (ADR-0060). The engine checks the issuer, the audience, the
// algorithm and the signature; how long one may be believed, and that it is no other JWT of the same key, it leaves to us.

import { errors } from 'oidc-provider';
import type { Client, Configuration } from 'oidc-provider';
import type { Context, Next } from 'koa';
import { classRules, takesRequestObjects } from '../domain/agencies/class-rules.ts';
import type { RegisteredService, ServiceClass } from '../domain/agencies/agency.ts';
import { classMember } from './clients.ts';

const longestLifeSeconds = 3600;
const toleranceSeconds = 10;

type Members = Readonly<Record<string, unknown>>;

export type ObjectRules = { readonly clientId: string; readonly nowSeconds: number };

/** Explicit types of RFC 9101 §4 and RFC 7519 §5.1. Another one says that the service signed something else. */
const ownTypes: ReadonlySet<string> = new Set(['oauth-authz-req+jwt', 'jwt']);

function isOwnType(typ: unknown): boolean {
  return typ === undefined || (typeof typ === 'string' && ownTypes.has(typ.toLowerCase().replace(/^application\//, '')));
}

function isReached(at: unknown, nowSeconds: number): boolean {
  return typeof at === 'number' && at <= nowSeconds + toleranceSeconds;
}

/** FAPI 2.0 Message Signing §5.3.1. Without the engine's tolerance at the end: the reference that a pushed one gets lives as long as it does. */
function isTimely({ exp, iat, nbf }: Members, nowSeconds: number): boolean {
  if (typeof nbf !== 'number' || typeof exp !== 'number' || !isReached(nbf, nowSeconds)) {
    return false;
  }
  const isMade = nowSeconds - nbf <= longestLifeSeconds && (iat === undefined || isReached(iat, nowSeconds));
  return isMade && exp > Math.max(nowSeconds, nbf) && exp - nbf <= longestLifeSeconds;
}

/** Undefined for one that may be believed once its signature is checked. */
export function findObjectProblem(claims: Members, header: Members, { clientId, nowSeconds }: ObjectRules): string | undefined {
  const rules: Readonly<Record<string, boolean>> = {
    'typ is of another kind of JWT': isOwnType(header['typ']),
    'crit is not taken': header['crit'] === undefined,
    'client_id must be there, and be that of the service': claims['client_id'] === clientId,
    // So that none of them is ever a client assertion of the same key, nor the other way round (RFC 9101 §10.8).
    'sub must not be the client_id': claims['sub'] !== clientId,
    'nbf and exp must be there, at most 60 minutes apart and around now': isTimely(claims, nowSeconds),
  };
  return Object.keys(rules).find((problem) => rules[problem] === false);
}

function isServiceClass(value: unknown): value is ServiceClass {
  return typeof value === 'string' && Object.hasOwn(classRules, value);
}

function isTakenFrom(client: Client): boolean {
  const serviceClass: unknown = client[classMember];
  const metadata = {
    ...(client.requestObjectSigningAlg === undefined ? {} : { request_object_signing_alg: client.requestObjectSigningAlg }),
    require_signed_request_object: client.requireSignedRequestObject === true,
  };
  return isServiceClass(serviceClass) && takesRequestObjects(serviceClass, metadata);
}

type Asserted = Parameters<NonNullable<NonNullable<NonNullable<Configuration['features']>['requestObjects']>['assertJwtClaimsAndHeader']>>;

/** Called with what is not proven yet: the engine checks the signature afterwards. */
export function assertRequestObject(nowSeconds: number, ...[ctx, claims, header, client]: Asserted): void {
  // What was pushed was looked at when it came; the engine keeps it as an object, also where none was sent.
  if (ctx.oidc.entities.PushedAuthorizationRequest !== undefined) {
    return;
  }
  if (!isTakenFrom(client)) {
    throw new errors.RequestNotSupported('this service is not registered for request objects');
  }
  const problem = findObjectProblem(claims, header, { clientId: client.clientId, nowSeconds });
  if (problem !== undefined) {
    throw new errors.InvalidRequestObject(problem);
  }
}

type StandInNeeds = { readonly issuer: string; readonly findService: (clientId: string) => Promise<RegisteredService | undefined> };

const authorizationPath = '/auth';
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Says nothing, and is refused by `assertRequestObject` before anybody would look for a signature. */
function createStandIn(issuer: string, clientId: string): string {
  return `${encode({ alg: 'ES256' })}.${encode({ iss: clientId, aud: issuer, client_id: clientId })}.none`;
}

/**
 * A service that is not registered for request objects hears `request_not_supported`, whatever it sent. The engine takes `state` and `response_mode` out of an object
 * before it knows who signed it, and complains of its form before it asks whether there may be one.
 */
export function passOverRequestObject({ issuer, findService }: StandInNeeds) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const { request, client_id: clientId } = ctx.query;
    if (ctx.path === authorizationPath && typeof request === 'string' && typeof clientId === 'string') {
      const service = (await findService(clientId))?.service;
      if (service !== undefined && !takesRequestObjects(service.serviceClass, service.metadata)) {
        ctx.query = { ...ctx.query, request: createStandIn(issuer, clientId) };
      }
    }
    await next();
  };
}
