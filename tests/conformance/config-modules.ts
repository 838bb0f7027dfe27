// The one module of the Config plan: discovery and keys, of a provider behind https as anybody meets it.

import { expect } from 'vitest';
import { z } from 'zod';
import type { Metadata } from './discovery.ts';

export type Provider = {
  readonly issuer: string;
  /** Status, type and body of what is at this address of the issuer. */
  readonly read: (path: string) => Promise<{ readonly status: number; readonly type: string; readonly body: Metadata }>;
};

const keysSchema = z.array(z.record(z.string(), z.string())).min(1);

const texts = z.array(z.string());

/** RFC 6749 §3.3. */
const scopeValue = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

function checkLists(metadata: Metadata): void {
  expect(metadata['response_types_supported']).toContain('code');
  expect(metadata['grant_types_supported']).toContain('authorization_code');
  expect(metadata['subject_types_supported']).toEqual(['pairwise']);
  expect(metadata['id_token_signing_alg_values_supported']).toContain('RS256');
  expect(texts.parse(metadata['userinfo_signing_alg_values_supported'])).toContain('RS256');
  expect(texts.parse(metadata['claims_supported']).length).toBeGreaterThan(0);
  expect(texts.parse(metadata['code_challenge_methods_supported'])).toEqual(['S256']);
  expect(texts.parse(metadata['scopes_supported'])).toContain('openid');
  expect(texts.parse(metadata['scopes_supported']).filter((scope) => !scopeValue.test(scope))).toEqual([]);
  for (const locale of [...texts.parse(metadata['ui_locales_supported']), ...texts.parse(metadata['claims_locales_supported'])]) {
    expect(Intl.getCanonicalLocales(locale)).toEqual([locale]);
  }
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

async function checkKeys({ issuer, read }: Provider, metadata: Metadata): Promise<void> {
  const uri = String(metadata['jwks_uri']);
  const { status, type, body } = await read(uri.slice(issuer.length));
  expect([status, type]).toEqual([200, expect.stringMatching(/^application\/(?:jwk-set\+)?json/)]);
  const keys = keysSchema.parse(body['keys']);
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
  expect(keys.filter(({ kid, kty }) => kid === undefined || !['EC', 'RSA'].includes(kty ?? ''))).toEqual([]);
  expect(keys.flatMap((key) => Object.keys(key)).filter((member) => privateMembers.includes(member))).toEqual([]);
}

export const configModules: Readonly<Record<string, (provider: Provider) => Promise<void>>> = {
  'oidcc-discovery-endpoint-verification': async (provider) => {
    const { status, type, body } = await provider.read('/.well-known/openid-configuration');
    expect([status, type, body['issuer']]).toEqual([200, expect.stringMatching(/^application\/json/), provider.issuer]);
    const addresses = Object.entries(body).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
    expect(addresses.map(([name]) => name)).toEqual(
      expect.arrayContaining(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'end_session_endpoint', 'jwks_uri']),
    );
    expect(addresses.filter(([, address]) => !String(address).startsWith(`${provider.issuer}/`))).toEqual([]);
    checkLists(body);
    await checkKeys(provider, body);
  },
};
