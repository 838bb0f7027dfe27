// An auditor's program as its makers write it: registered by a file, on openid-client, with a key of its own. By hand where a test means to break a rule.

import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as client from 'openid-client';
import { parseAgenciesFile } from '../../src/cli/files/agencies-file.ts';
import { applyAgencies } from '../../src/domain/agencies/apply-agencies.ts';
import { changeServiceStatus } from '../../src/domain/agencies/change-service-status.ts';
import type { ServiceStatus } from '../../src/domain/agencies/agency.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createAgencyFile, toFileText } from './sample-proposal.ts';
import type { World } from './world.ts';

type Members = Readonly<Record<string, unknown>>;

export type AuditProgram = { readonly clientId: string; readonly kid: string; readonly key: KeyObject };

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** As it stands in a file of agencies. */
export function createProgramFile(program: AuditProgram, members: Members = {}): Members {
  const { kty, crv, x, y } = program.key.export({ format: 'jwk' });
  return {
    client_id: program.clientId,
    class: 'standard',
    name: { ar: 'برنامج المراجعة', en: 'Audit program' },
    grant_types: ['client_credentials'],
    scope: 'audit:read',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ kty, crv, x, y, kid: program.kid, alg: 'ES256', use: 'sig' }] },
    ...members,
  };
}

const court = { id: 'gac', registration_number: '7000000009', name: { ar: 'ديوان المراقبة', en: 'Court of Audit' } };

export function createProgramKey(clientId: string): AuditProgram {
  return { clientId, kid: `${clientId}-1`, key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
}

/** Registers a new program by the product's own use case. */
export async function registerProgram(world: World, clientId: string, members: Members = {}): Promise<AuditProgram> {
  const program = createProgramKey(clientId);
  const parsed = parseAgenciesFile(toFileText(createAgencyFile([createProgramFile(program, members)], court)));
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.findings));
  }
  const needs = {
    agencies: world.storage.agencies,
    clock: world.clock,
    random: systemRandom,
    hasApprover: async () => false,
    rules: { isLoopback: true },
  };
  const result = await applyAgencies(needs, parsed.proposal);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.findings));
  }
  return program;
}

export async function setProgramStatus(world: World, program: Pick<AuditProgram, 'clientId'>, status: ServiceStatus): Promise<void> {
  const needs = { agencies: world.storage.agencies, clock: world.clock, random: systemRandom };
  const changed = await changeServiceStatus(needs, program.clientId, status);
  if (!changed.ok) {
    throw new Error(changed.code);
  }
}

export async function discoverAs(world: World, program: AuditProgram): Promise<client.Configuration> {
  const der = program.key.export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const authentication = client.PrivateKeyJwt({ key, kid: program.kid });
  return client.discovery(new URL(world.issuer), program.clientId, {}, authentication, { execute: [client.allowInsecureRequests] });
}

export async function obtainProgramToken(world: World, program: AuditProgram): Promise<string> {
  const tokens = await client.clientCredentialsGrant(await discoverAs(world, program), { scope: 'audit:read' });
  return tokens.access_token;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createProgramAssertion(issuer: string, program: AuditProgram, claims: Members = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const own = { iss: program.clientId, sub: program.clientId, aud: issuer, iat: now, exp: now + 60, jti: randomUUID(), ...claims };
  const text = `${encode({ alg: 'ES256', kid: program.kid, typ: 'JWT' })}.${encode(own)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: program.key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** The request for a token, with fields changed; an empty text takes one out. */
export function toTokenForm(issuer: string, program: AuditProgram, changes: Readonly<Record<string, string>> = {}): URLSearchParams {
  const fields = {
    grant_type: 'client_credentials',
    scope: 'audit:read',
    client_assertion_type: assertionType,
    client_assertion: changes['client_assertion'] ?? createProgramAssertion(issuer, program),
    ...changes,
  };
  return new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
}
