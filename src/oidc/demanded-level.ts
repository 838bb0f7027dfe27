// A level that a request demands (`acr` as an essential claim, OIDC Core 1.0 §5.5.1.1), read off the request itself: where the request also wishes for levels by
// `acr_values`, the engine writes the wish over the demand, and the demand would be lost without a word (ADR-0047).

import { errors } from 'oidc-provider';
import { z } from 'zod';
import { isShallow } from '../domain/verified/verified-request.ts';
import type { RequestParams } from './requested.ts';

const texts = z.array(z.string().min(1)).min(1);
const acrSchema = z.union([
  z.null(),
  z.strictObject({ essential: z.boolean().optional() }),
  z.strictObject({ essential: z.boolean().optional(), value: z.string().min(1) }),
  z.strictObject({ essential: z.boolean().optional(), values: texts }),
]);

const member = z.union([z.null(), z.record(z.string(), z.unknown())]);

/** One element or a list of them; what is in them is read where it is answered, and refuses nobody. */
const verified = z.union([member, z.array(z.record(z.string(), z.unknown()))]).optional();

const claimsSchema = z.object({
  userinfo: z.object({ verified_claims: verified }).catchall(member).optional(),
  id_token: z.object({ acr: acrSchema.optional(), verified_claims: verified }).catchall(member).optional(),
});

/** A request of verified claims is the deepest that there is; whoever nests without end ends no node. */
const deepest = 16;

/** Refuses claims that cannot be read, before anybody signs in for them. Takes the place of the engine's own look at their shape. */
export function assertReadableClaims(claims: unknown): void {
  if (!isShallow(claims, deepest)) {
    throw new errors.InvalidRequest('claims are nested too deep');
  }
  const [issue] = claimsSchema.safeParse(claims).error?.issues ?? [];
  if (issue !== undefined) {
    const isLevel = issue.path[0] === 'id_token' && issue.path[1] === 'acr';
    throw new errors.InvalidRequest(
      isLevel ? 'claims.id_token.acr must be null or name one value or a list of values' : 'members of claims must be null or objects',
    );
  }
}

/** Whether the engine takes the parameter, as it was sent (OIDC Core 1.0 §5.5). */
export function isReadableClaims(text: string): boolean {
  const parsed = parseJson(text);
  const claims = isShallow(parsed, deepest) ? claimsSchema.safeParse(parsed).data : undefined;
  return claims !== undefined && (claims.userinfo !== undefined || claims.id_token !== undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Any of these is enough. Undefined where no level is demanded. */
export function findDemandedLevels(params: RequestParams): readonly string[] | undefined {
  const text = params['claims'];
  const claims = typeof text === 'string' ? claimsSchema.safeParse(JSON.parse(text)).data : undefined;
  const acr = claims?.id_token?.acr;
  if (acr?.essential !== true) {
    return undefined;
  }
  if ('values' in acr) {
    return acr.values;
  }
  return 'value' in acr ? [acr.value] : undefined;
}
