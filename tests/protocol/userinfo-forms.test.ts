// The forms in which UserInfo and ID tokens leave: plain, signed, and encrypted to a key of the service (OIDC Core 1.0 §5.3.2, §10.2).

import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { compactDecrypt, createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientMetadata } from '../../src/domain/agencies/agency.ts';
import { whileRegistered } from '../support/change-standing.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { permitJwk } from '../support/sample-services.ts';
import { createEnrolled, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type EncryptionKey = { readonly privateKey: KeyObject; readonly jwk: Readonly<Record<string, string>> };

function createKey(alg: 'ECDH-ES+A256KW' | 'RSA-OAEP-256'): EncryptionKey {
  const { privateKey, publicKey } =
    alg === 'RSA-OAEP-256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty = '', crv, x, y, n, e } = publicKey.export({ format: 'jwk' });
  const members = Object.entries({ kty, crv, x, y, n, e, kid: 'for-answers', use: 'enc', alg });
  return { privateKey, jwk: Object.fromEntries(members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))) };
}

describe('UserInfo and ID tokens', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const releases = (): number => database.rows("SELECT id FROM entries WHERE type = 'data.released'").length;

  const decrypt = async (key: EncryptionKey, text: string): Promise<{ readonly inner: string; readonly header: object }> => {
    const { plaintext, protectedHeader } = await compactDecrypt(text, key.privateKey);
    return { inner: Buffer.from(plaintext).toString('utf8'), header: protectedHeader };
  };

  const verify = async (text: string, alg = 'ES256') => {
    const keys = createRemoteJWKSet(new URL('/jwks', world.issuer));
    return jwtVerify(text, keys, { issuer: world.issuer, audience: 'mol-work-permit', algorithms: [alg] });
  };

  /** What the service receives, registered like this. */
  const receive = async (more: ClientMetadata) =>
    whileRegistered(world, { place: 'permit', more }, async () => {
      const tokens = await obtainTokens(await createEnrolled(world), 'permit', { attributes: ['email'] });
      const authorization = `Bearer ${String(tokens.body['access_token'])}`;
      const response = await fetch(`${world.issuer}/me`, { headers: { authorization } });
      const text = await response.text();
      return { idToken: String(tokens.body['id_token']), type: response.headers.get('content-type'), text, status: response.status };
    });

  const encryptedTo = (key: EncryptionKey): ClientMetadata => ({
    jwks: { keys: [permitJwk, key.jwk] },
    id_token_encrypted_response_alg: key.jwk['alg'] ?? '',
    id_token_encrypted_response_enc: 'A256GCM',
    userinfo_signed_response_alg: 'ES256',
    userinfo_encrypted_response_alg: key.jwk['alg'] ?? '',
    userinfo_encrypted_response_enc: 'A256GCM',
  });

  it('leave as plain JSON where nothing else is registered', async () => {
    const got = await receive({});
    expect([got.status, got.type]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(got.text)).toMatchObject({ email: 'sara@example.test' });
  });

  it.each(['ES256', 'PS256'])('UserInfo leaves signed with %s, made for this service and as short-lived as its token', async (alg) => {
    const before = releases();
    const got = await receive({ userinfo_signed_response_alg: alg, id_token_signed_response_alg: alg });
    expect(got.type).toBe('application/jwt; charset=utf-8');
    const { payload } = await verify(got.text, alg);
    expect((await verify(got.idToken, alg)).payload.sub).toBe(payload.sub);
    expect(payload).toMatchObject({ email: 'sara@example.test', iss: world.issuer, aud: 'mol-work-permit' });
    expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(300);
    expect(releases()).toBe(before + 1);
  });

  it.each(['ECDH-ES+A256KW', 'RSA-OAEP-256'] as const)(
    'both leave signed and then encrypted with %s to a key of the service',
    async (alg) => {
      const key = createKey(alg);
      const got = await receive(encryptedTo(key));
      expect(got.type).toBe('application/jwt; charset=utf-8');
      for (const text of [got.text, got.idToken]) {
        expect(decodeProtectedHeader(text)).toMatchObject({ alg, enc: 'A256GCM', kid: 'for-answers', cty: 'JWT' });
        expect(text).not.toContain('sara');
      }
      const info = await verify((await decrypt(key, got.text)).inner);
      const idToken = await verify((await decrypt(key, got.idToken)).inner);
      expect([info.payload['email'], info.payload.sub]).toEqual(['sara@example.test', idToken.payload.sub]);
      expect(JSON.stringify((await decrypt(key, got.text)).header)).not.toContain(String(info.payload.sub));
    },
  );

  it('nothing leaves in the clear, and nothing is recorded as released, while the service has no key to encrypt to', async () => {
    const before = releases();
    const { alg: _alg, ...signing } = permitJwk;
    const got = await whileRegistered(world, { place: 'permit', more: {} }, async () => {
      const tokens = await obtainTokens(await createEnrolled(world), 'permit');
      const { jwks: _jwks, ...more } = encryptedTo(createKey('RSA-OAEP-256'));
      return whileRegistered(world, { place: 'permit', more: { ...more, jwks: { keys: [signing] } } }, async () => {
        const authorization = `Bearer ${String(tokens.body['access_token'])}`;
        const response = await fetch(`${world.issuer}/me`, { headers: { authorization } });
        return { status: response.status, text: await response.text() };
      });
    });
    expect(got.status).toBeGreaterThanOrEqual(400);
    expect(got.text).not.toContain('سارة');
    expect(releases()).toBe(before);
  });

  it('what discovery offers for encryption is what can be registered', async () => {
    const discovery: unknown = await (await fetch(`${world.issuer}/.well-known/openid-configuration`)).json();
    const offered = { alg: ['ECDH-ES+A256KW', 'RSA-OAEP-256'], enc: ['A256GCM'] };
    expect(discovery).toMatchObject({
      id_token_encryption_alg_values_supported: offered.alg,
      id_token_encryption_enc_values_supported: offered.enc,
      userinfo_encryption_alg_values_supported: offered.alg,
      userinfo_encryption_enc_values_supported: offered.enc,
    });
    expect(discovery).not.toHaveProperty('request_object_encryption_alg_values_supported');
  });
});
