// What a registered issuer states: that it checked one person's identity, for our provider, for an enrolment, just now. Explicitly typed, for one audience, of
// a few minutes and one use (RFC 8725 §3), with `verified_claims.verification` as OpenID Connect for Identity Assurance spells it. Strict: what is not named
// here, such as a flag about the person, makes the statement none (EN-05).

import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import { evidenceSchema } from './evidence.ts';
import type { ProofingIssuer } from './issuer.ts';
import type { ProofingStore } from './store.ts';

export const statementType = 'proofing+jwt';
export const longestLifeSeconds = 300;
/** Between two machines with good clocks. */
const toleranceSeconds = 10;

const word = z.string().min(1).max(200);
const seconds = z.int().positive();

const statementSchema = z
  .strictObject({
    iss: word,
    aud: word,
    /** The identifier of the state's registry. */
    sub: z.string().min(1).max(64),
    iat: seconds,
    exp: seconds,
    jti: z.string().min(16).max(200),
    purpose: z.literal('enrolment'),
    verified_claims: z.strictObject({
      verification: z.strictObject({
        trust_framework: word,
        assurance_level: word,
        time: z.iso.datetime({ offset: true }),
        evidence: z.array(evidenceSchema).min(1).max(5).readonly(),
      }),
    }),
  })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= longestLifeSeconds, { path: ['exp'], message: 'lives too long' })
  .readonly();

export type Statement = z.infer<typeof statementSchema>;

export type StatementNeeds = {
  readonly clock: Clock;
  readonly proofings: Pick<ProofingStore, 'findIssuer'>;
  /** Our own name: whom the statement is for. */
  readonly issuer: string;
};

type Verified = { readonly issuer: ProofingIssuer; readonly statement: Statement };

const refused = (detail: string) => refuse('proofing/statement-refused', detail);

/** Nothing of it is looked at before the signature is checked but the name under which its keys are found. */
export async function verifyStatement(needs: StatementNeeds, jwt: string): Promise<Outcome<Verified, 'proofing/statement-refused'>> {
  const issuer = await findIssuer(needs, jwt);
  if (issuer === undefined) {
    return refused('issuer');
  }
  const read = await readPayload(needs, issuer, jwt);
  if (!read.ok) {
    return read;
  }
  const parsed = statementSchema.safeParse(read.value);
  if (!parsed.success) {
    return refused(`form: ${parsed.error.issues.map(({ path, code }) => path.join('.') || code).join(' ')}`);
  }
  const beyond = findBeyond(issuer, parsed.data);
  return beyond === undefined ? succeed({ issuer, statement: parsed.data }) : refused(beyond);
}

async function findIssuer({ proofings }: StatementNeeds, jwt: string): Promise<ProofingIssuer | undefined> {
  try {
    const { iss } = decodeJwt(jwt);
    return iss === undefined ? undefined : await proofings.findIssuer(iss);
  } catch (thrown) {
    if (isOfJose(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}

/** The header names the key, so that a second one can be registered without a doubt which is meant; the key says its algorithm, and the header only repeats it (RFC 8725 §3.1). */
async function readPayload(
  { clock, issuer: audience }: StatementNeeds,
  issuer: ProofingIssuer,
  jwt: string,
): Promise<Outcome<unknown, 'proofing/statement-refused'>> {
  const keys: JSONWebKeySet = { keys: issuer.jwks.keys.map((key) => ({ ...key })) };
  try {
    if (decodeProtectedHeader(jwt).kid === undefined) {
      return refused('key');
    }
    const { payload } = await jwtVerify(jwt, createLocalJWKSet(keys), {
      issuer: issuer.issuer,
      audience,
      algorithms: ['ES256', 'PS256', 'EdDSA'],
      typ: statementType,
      clockTolerance: toleranceSeconds,
      maxTokenAge: longestLifeSeconds,
      currentDate: new Date(clock.now()),
    });
    return succeed(payload);
  } catch (thrown) {
    if (isOfJose(thrown)) {
      return refused(toStep(thrown));
    }
    throw thrown;
  }
}

const stepsByCode: Readonly<Record<string, string>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWKS_NO_MATCHING_KEY: 'key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'key',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWT_EXPIRED: 'time',
};
const stepsByMember: Readonly<Record<string, string>> = { typ: 'type', aud: 'audience', iat: 'time', exp: 'time', nbf: 'time' };

/** For the log of the operator: which step, in words of ours. */
function toStep(thrown: { readonly code: string; readonly claim?: unknown }): string {
  return stepsByCode[thrown.code] ?? stepsByMember[String(thrown.claim)] ?? 'form of a JWT';
}

function isOfJose(thrown: unknown): thrown is Error & { readonly code: string; readonly claim?: unknown } {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('ERR_J');
}

/** What it says beyond what it may say. */
function findBeyond(issuer: ProofingIssuer, { verified_claims: { verification }, iat }: Statement): string | undefined {
  const methods = verification.evidence.flatMap(({ check_details: checks }) => checks.map(({ check_method: method }) => method));
  if (verification.trust_framework !== issuer.trust_framework) {
    return 'trust framework';
  }
  if (
    !issuer.assurance_levels.includes(verification.assurance_level) ||
    !methods.every((method) => issuer.check_methods.includes(method))
  ) {
    return 'level or method';
  }
  return Date.parse(verification.time) / 1000 > iat + toleranceSeconds ? 'checked in the future' : undefined;
}
