import { expect, test } from 'vitest';
import { checkServiceFile, createPublicJwk, createRsaJwk, servicePath, toPaths } from '../../support/sample-proposal.ts';

const signing = createPublicJwk();
const encryption = createPublicJwk({ kid: 'two', use: 'enc', alg: 'ECDH-ES+A256KW' });

const good = {
  jwks: { keys: [signing, encryption] },
  userinfo_signed_response_alg: 'ES256',
  userinfo_encrypted_response_alg: 'ECDH-ES+A256KW',
  userinfo_encrypted_response_enc: 'A256GCM',
  id_token_encrypted_response_alg: 'ECDH-ES+A256KW',
  id_token_encrypted_response_enc: 'A256GCM',
};

test('a service with a key of its own for encryption may have its answers encrypted', () => {
  expect(checkServiceFile(good)).toEqual([]);
  const { alg: _alg, ...open } = encryption;
  expect(checkServiceFile({ ...good, jwks: { keys: [signing, open] } })).toEqual([]);
  const rsa = { jwks: { keys: [signing, { ...createRsaJwk(2048), use: 'enc' }] }, id_token_encrypted_response_alg: 'RSA-OAEP-256' };
  expect(checkServiceFile({ ...good, ...rsa, userinfo_encrypted_response_alg: 'RSA-OAEP-256' })).toEqual([]);
});

test.each([
  ['userinfo_encrypted_response_alg', { userinfo_encrypted_response_alg: 'RSA-OAEP' }],
  ['userinfo_encrypted_response_alg', { userinfo_encrypted_response_alg: 'dir' }],
  ['userinfo_encrypted_response_alg', { userinfo_encrypted_response_alg: undefined }],
  ['userinfo_encrypted_response_enc', { userinfo_encrypted_response_enc: 'A128CBC-HS256' }],
  ['userinfo_encrypted_response_enc', { userinfo_encrypted_response_enc: undefined }],
  ['id_token_encrypted_response_alg', { id_token_encrypted_response_alg: 'A256KW' }],
  ['id_token_encrypted_response_enc', { id_token_encrypted_response_enc: 'A256CBC-HS512' }],
  ['userinfo_signed_response_alg', { userinfo_signed_response_alg: undefined }],
  ['jwks', { jwks: { keys: [signing] } }],
  ['jwks', { jwks: { keys: [signing, createPublicJwk({ kid: 'two' })] } }],
  ['jwks', { userinfo_encrypted_response_alg: 'RSA-OAEP-256' }],
])('%s is refused with %j', (member, changes) => {
  expect(toPaths(checkServiceFile({ ...good, ...changes }))).toContain(`${servicePath}.${member}`);
});
