// What this service has to be told, from the environment, and what it says about itself, from the file with which its agency registered it.

import type { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findMember, getList, getText } from './read-json.ts';

export type Words = { readonly ar: string; readonly en: string };

export type Asked = { readonly name: string; readonly isOptional: boolean; readonly why: Words };

export type Purpose = {
  readonly id: string;
  readonly text: Words;
  readonly attributes: readonly Asked[];
  /** Beside which of these the service may learn how the person's identity was checked. */
  readonly verified: readonly string[];
};

export type Profile = {
  readonly clientId: string;
  readonly name: Words;
  readonly agency: Words;
  readonly purposes: readonly Purpose[];
};

/** `private_key_jwt` or `client_secret_basic`. */
export type Authentication =
  | { readonly method: 'key'; readonly jwk: webcrypto.JsonWebKey; readonly kid: string }
  | { readonly method: 'secret'; readonly secret: string };

export type Settings = {
  readonly issuer: URL;
  readonly port: number;
  /** Where browsers find this service. */
  readonly address: string;
  readonly profile: Profile;
  readonly authentication: Authentication;
};

type Environment = { readonly [name: string]: string | undefined };

function getSetting(env: Environment, name: string): string {
  const value = env[name]?.trim();
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set`);
  }
  return value;
}

function toWords(value: unknown): Words {
  return { ar: getText(value, 'ar'), en: getText(value, 'en') };
}

function toPurpose(purpose: unknown): Purpose {
  const attributes = getList(purpose, 'attributes').map((attribute) => ({
    name: getText(attribute, 'name'),
    isOptional: getText(attribute, 'necessity') === 'optional',
    why: toWords(findMember(attribute, 'why')),
  }));
  const verification = findMember(purpose, 'verification');
  const verified = verification === undefined ? [] : getList(verification, 'attributes').map(String);
  return { id: getText(purpose, 'id'), text: toWords(findMember(purpose, 'text')), attributes, verified };
}

function toProfile(agencies: unknown, clientId: string): Profile {
  for (const agency of getList(agencies, 'agencies')) {
    const service = getList(agency, 'services').find((candidate) => findMember(candidate, 'client_id') === clientId);
    if (service !== undefined) {
      const purposes = getList(service, 'purposes').map(toPurpose);
      return { clientId, name: toWords(findMember(service, 'name')), agency: toWords(findMember(agency, 'name')), purposes };
    }
  }
  throw new Error(`the agencies file has no service ${clientId}`);
}

function readAuthentication(env: Environment): Authentication {
  const secretFile = env['CLIENT_SECRET_FILE'];
  if (secretFile !== undefined) {
    return { method: 'secret', secret: readFileSync(secretFile, 'utf8').trim() };
  }
  const key: unknown = JSON.parse(readFileSync(getSetting(env, 'CLIENT_KEY_FILE'), 'utf8'));
  const member = (name: string): string => getText(key, name);
  const jwk = { kty: member('kty'), crv: member('crv'), x: member('x'), y: member('y'), d: member('d') };
  return { method: 'key', jwk, kid: member('kid') };
}

/**
 * ISSUER, CLIENT_ID, PORT; CLIENT_KEY_FILE (a private JWK, for `private_key_jwt`) or CLIENT_SECRET_FILE (for `client_secret_basic`);
 * AGENCIES_FILE with the registration, if it is not the one of the demo.
 */
export function readSettings(env: Environment): Settings {
  const port = Number(getSetting(env, 'PORT'));
  const file = env['AGENCIES_FILE'] ?? fileURLToPath(new URL('../demo/agencies.json', import.meta.url));
  return {
    issuer: new URL(getSetting(env, 'ISSUER')),
    port,
    address: `http://localhost:${port}`,
    profile: toProfile(JSON.parse(readFileSync(file, 'utf8')), getSetting(env, 'CLIENT_ID')),
    authentication: readAuthentication(env),
  };
}
