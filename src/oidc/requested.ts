// What the request at hand asks, read off the engine's own view of it.

import type { KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { findAttribute } from '../domain/attributes/catalogue.ts';
import type { AttributeValues } from '../domain/attributes/tagged-value.ts';
import { allowsOffline, findPurpose } from '../domain/agencies/agency.ts';
import type { Purpose, RegisteredService } from '../domain/agencies/agency.ts';
import { toAsked } from '../domain/consent/asked.ts';
import type { Asked, AttributeRequest } from '../domain/consent/asked.ts';
import { verifiedClaims } from '../domain/verified/ask-verified.ts';
import { parseVerifiedRequest } from '../domain/verified/verified-request.ts';
import type { VerifiedRequest } from '../domain/verified/verified-request.ts';
import type { Registry } from './registry.ts';
import { unwrapElements } from './verified-elements.ts';

export type Request = {
  readonly registered: RegisteredService;
  readonly purpose: Purpose;
  readonly asked: Asked;
  /** To compare with: only answers leave. */
  readonly wanted: AttributeValues;
  /** Whether the service may come back for the details while the person is away (`offline_access`, OIDC Core 1.0 §11). */
  readonly isOffline: boolean;
};

/** The `claims` parameter as far as names go (OIDC Core 1.0 §5.5). */
export type NamedClaims = {
  readonly userinfo?: Readonly<Record<string, unknown>> | undefined;
  readonly id_token?: Readonly<Record<string, unknown>> | undefined;
};

/** Facts of authentication, which are no attributes (OIDC Core 1.0 §2). */
const protocolClaims: ReadonlySet<string> = new Set(['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss']);

export function toAttributeRequest(scope: string | undefined, claims: NamedClaims | undefined): AttributeRequest {
  const named = [...Object.keys(claims?.userinfo ?? {}), ...Object.keys(claims?.id_token ?? {})];
  const attributes = [...new Set(named)].filter((name) => !protocolClaims.has(name) && name !== verifiedClaims);
  return { scopes: scope?.split(' ') ?? [], claims: attributes, verified: findVerified(claims) };
}

/** As they were sent, from either member, because all of it leaves through UserInfo (decision 9). */
export function listVerified(claims: NamedClaims | undefined): readonly unknown[] {
  const parts = [claims?.userinfo, claims?.id_token];
  return parts.flatMap((part) => (part !== undefined && verifiedClaims in part ? [unwrapElements(part[verifiedClaims])] : []));
}

function findVerified(claims: NamedClaims | undefined): VerifiedRequest | undefined {
  const given = listVerified(claims);
  return given.length === 0 ? undefined : given.flatMap(parseVerifiedRequest);
}

/** What a request brings to be compared with, under the names of attributes that only say whether it is so (OIDC Core 1.0 §5.5.1). */
export function toWanted(claims: NamedClaims | undefined): AttributeValues {
  const given = Object.entries({ ...claims?.id_token, ...claims?.userinfo });
  return Object.fromEntries(
    given.flatMap(([name, member]) => {
      const wanted = valueSchema.safeParse(member);
      return wanted.success && findAttribute(name)?.isCompared === true ? [[name, wanted.data.value] as const] : [];
    }),
  );
}

const valueSchema = z.object({ value: z.string().max(300) });

export const claimsSchema = z.object({
  userinfo: z.record(z.string(), z.unknown()).optional(),
  id_token: z.record(z.string(), z.unknown()).optional(),
});

/** The engine has refused anything that is not such an object before this is read. */
export function parseClaims(value: unknown): NamedClaims | undefined {
  const text = toText(value);
  return text === undefined ? undefined : claimsSchema.safeParse(JSON.parse(text)).data;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export type RequestParams = Readonly<Record<string, unknown>>;

/** Undefined for a first-party page, which asks for nothing, and for a service without this purpose or suspended meanwhile. */
export async function findRequestOf(registry: Registry, clientId: string, params: RequestParams): Promise<Request | undefined> {
  const registered = await registry.findService(clientId);
  const purpose = registered === undefined ? undefined : findPurpose(registered, toText(params['purpose']));
  if (registered === undefined || registered.service.status !== 'active' || purpose === undefined) {
    return undefined;
  }
  const claims = parseClaims(params['claims']);
  const request = toAttributeRequest(toText(params['scope']), claims);
  const isOffline = request.scopes.includes('offline_access') && allowsOffline(registered.service, purpose);
  return { registered, purpose, asked: toAsked(purpose, request), wanted: toWanted(claims), isOffline };
}

export async function findRequest(registry: Registry, ctx: KoaContextWithOIDC): Promise<Request | undefined> {
  return findRequestOf(registry, ctx.oidc.client?.clientId ?? '', ctx.oidc.params ?? {});
}
