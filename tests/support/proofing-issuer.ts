// A provider that checks identities elsewhere, and signs what it found.

import { randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { trustIssuer } from '../../src/domain/proofing/change-issuers.ts';
import { issuerSchema } from '../../src/domain/proofing/issuer.ts';
import type { IssuerFile } from '../../src/domain/proofing/issuer.ts';
import type { World } from './world.ts';

type Members = Readonly<Record<string, unknown>>;

export type Said = {
  readonly claims?: Members;
  readonly verification?: Members;
  readonly header?: Readonly<Record<string, string>>;
  readonly methods?: readonly string[];
  readonly document?: string;
  /** When the checks were, where not when the whole of it was. */
  readonly checkedAt?: string;
};

export type ProofingProvider = {
  readonly file: IssuerFile;
  /** Signed, about the person with this identifier. */
  readonly state: (sub: string, said?: Said) => Promise<string>;
};

export async function createProvider(
  world: Pick<World, 'issuer' | 'clock'>,
  issuer = 'https://proofing.example',
): Promise<ProofingProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const file = issuerSchema.parse({
    issuer,
    name: { ar: 'جهة التحقق', en: 'Proofing provider' },
    jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'proofing-1' }] },
    trust_framework: 'sa_registry',
    assurance_levels: ['high', 'substantial'],
    check_methods: ['vri', 'vcrypt', 'pvr', 'bvr', 'kbv'],
    high_methods: ['vcrypt'],
  });
  const state: ProofingProvider['state'] = async (sub, said = {}) => {
    const { claims = {}, verification = {}, header = {}, methods = ['vcrypt', 'bvr'], document = 'idcard' } = said;
    const now = Math.floor(world.clock.now() / 1000);
    const time = new Date((now - 60) * 1000).toISOString();
    const evidence = {
      type: 'document',
      document_details: { type: document, document_number: '7C19', issuer: { name: 'Ministry of Interior', country_code: 'SAU' } },
      check_details: methods.map((method) => ({ check_method: method, organization: 'Proofing provider', time: said.checkedAt ?? time })),
    };
    const verified = { trust_framework: 'sa_registry', assurance_level: 'high', time, evidence: [evidence], ...verification };
    const base = { iss: issuer, aud: world.issuer, sub, iat: now, exp: now + 120, jti: randomUUID(), purpose: 'enrolment' };
    const payload = { ...base, verified_claims: { verification: verified }, ...claims };
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'proofing-1', typ: 'proofing+jwt', ...header }).sign(privateKey);
  };
  return { file, state };
}

export async function trustProvider(world: Pick<World, 'storage' | 'clock'>, { file }: ProofingProvider): Promise<void> {
  await trustIssuer({ proofings: world.storage.proofings, clock: world.clock, random: systemRandom }, file);
}

export type StatementAnswer = { readonly status: number; readonly body: Members; readonly headers: Headers };

export async function handIn(issuer: string, jwt: string, headers: Readonly<Record<string, string>> = {}): Promise<StatementAnswer> {
  const answered = await fetch(`${issuer}/proofing/statements`, {
    method: 'POST',
    body: jwt,
    headers: { 'content-type': 'application/jwt', ...headers },
  });
  const body: unknown = await answered.json();
  return { status: answered.status, headers: answered.headers, body: typeof body === 'object' && body !== null ? { ...body } : {} };
}
