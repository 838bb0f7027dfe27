// What services use once: codes, refresh tokens that are rotated, pushed requests, assertions and proofs.

import * as client from 'openid-client';
import { toDigest } from '../../../src/domain/kernel/ids.ts';
import { discoverAs, registerProgram } from '../audit-program.ts';
import { createProof, createProofKey } from '../dpop-proof.ts';
import type { ProofKey } from '../dpop-proof.ts';
import { sendRaw, toObject, toPort } from '../raw-request.ts';
import { clinicSecret } from '../sample-services.ts';
import { createAssertion } from '../service.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import { createEnrolled, createRequest, obtainTokens, places, visit } from '../visits.ts';
import { countArtefacts, countEntries, repeat } from './arena.ts';
import type { Arena, SingleUse } from './arena.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const offline = { extra: { scope: 'openid offline_access', prompt: 'consent' } };
const basic = { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` };

type Fields = Readonly<Record<string, string>>;

/** With an assertion of its own. */
function asPermit(issuer: string, path: string, fields: Fields): Shot {
  return createPost(issuer, path, { client_assertion_type: assertionType, client_assertion: createAssertion(issuer), ...fields });
}

const withHeaders = (shot: Shot, headers: Fields): Shot => ({ ...shot, headers: { ...shot.headers, ...headers } });

const toParameters = (issuer: string): Fields => Object.fromEntries(new URL(createRequest(issuer, 'permit').url).searchParams);

const code: SingleUse = {
  name: 'authorization code',
  table: 'artefacts',
  begin: async ({ world, issuer }) => {
    const traveller = await createEnrolled(world);
    return async () => {
      const { answer, request } = await visit(traveller, 'permit');
      const fields = {
        grant_type: 'authorization_code',
        code: answer.get('code') ?? '',
        code_verifier: request.verifier,
        redirect_uri: places.permit.redirectUri,
      };
      const shots = repeat(() => asPermit(issuer, '/token', fields));
      return { shots, won: '200 ok', lost: /^400 invalid_grant$/, left: countEntries('service.entered') };
    };
  },
};

/** Most of its life is over, so that its use rotates it. */
async function makeOld(arena: Arena, token: string): Promise<void> {
  const older = arena.isSqlite
    ? "json_set(payload, '$.iat', json_extract(payload, '$.iat') - 21600000)"
    : "jsonb_set(payload::jsonb, '{iat}', to_jsonb((payload::jsonb ->> 'iat')::bigint - 21600000))::text";
  await arena.run({ text: `UPDATE artefacts SET payload = ${older} WHERE key = ?`, values: [toDigest(`RefreshToken:${token}`)] });
}

const refreshToken: SingleUse = {
  name: 'refresh token',
  table: 'artefacts',
  begin: async (arena) => {
    const traveller = await createEnrolled(arena.world);
    return async () => {
      const { body } = await obtainTokens(traveller, 'clinic', offline);
      const token = String(body['refresh_token']);
      await makeOld(arena, token);
      const shot = withHeaders(createPost(arena.issuer, '/token', { grant_type: 'refresh_token', refresh_token: token }), basic);
      // The replay ends the successor too, so what was made is counted, and not what stands.
      return { shots: repeat(() => shot), won: '200 ok', lost: /^400 invalid_grant$/, left: countArtefacts('RefreshToken') };
    };
  },
};

const pushedRequest: SingleUse = {
  name: 'pushed request',
  table: 'artefacts',
  begin: async ({ world, issuer }) => {
    const traveller = await createEnrolled(world);
    await visit(traveller, 'permit');
    return async () => {
      const pushed = await sendRaw({ ...asPermit(issuer, '/request', toParameters(issuer)), port: toPort(issuer) });
      const query = new URLSearchParams({ client_id: places.permit.clientId, request_uri: String(toObject(pushed.body)['request_uri']) });
      const shot = asBrowser(traveller.agent, {
        method: 'GET',
        path: '/auth',
        headers: { host: new URL(issuer).host },
      });
      const shots = repeat(() => ({ ...shot, path: `/auth?${query.toString()}` }));
      // Whoever lost the race at the commit is sent to ask again, and finds the request used.
      return { shots, won: '303 code', lost: /^(?:400 interaction\/expired|303 \/auth)$/, left: countArtefacts('AuthorizationCode') };
    };
  },
};

const assertion: SingleUse = {
  name: 'client assertion',
  table: 'replays',
  begin: async ({ issuer }) => {
    const parameters = toParameters(issuer);
    return async () => {
      const shot = asPermit(issuer, '/request', parameters);
      const left = countArtefacts('PushedAuthorizationRequest');
      return { shots: repeat(() => shot), won: '201 ok', lost: /^401 invalid_client$/, left };
    };
  },
};

const proof: SingleUse = {
  name: 'proof of possession',
  table: 'artefacts',
  begin: async ({ issuer }) => {
    const key = createProofKey();
    const parameters = toParameters(issuer);
    const prove = (nonce?: string): Fields => ({
      dpop: createProof(key, { url: `${issuer}/request`, claims: { htm: 'POST', nonce } }),
    });
    return async () => {
      const told = await sendRaw({ ...withHeaders(asPermit(issuer, '/request', parameters), prove()), port: toPort(issuer) });
      const proven = prove(String(told.headers['dpop-nonce']));
      const shots = repeat(() => withHeaders(asPermit(issuer, '/request', parameters), proven));
      const left = countArtefacts('PushedAuthorizationRequest');
      return { shots, won: '201 ok', lost: /^(?:400 invalid_request|401 invalid_client)$/, left };
    };
  },
};

async function importPair({ privateKey, jwk }: ProofKey): Promise<CryptoKeyPair> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']),
  };
}

const ownProof: SingleUse = {
  name: 'proof at our own interface',
  table: 'replays',
  begin: async ({ world, issuer }) => {
    const program = await registerProgram(world, 'gac-races', { class: 'fapi' });
    const key = createProofKey();
    const configuration = await discoverAs(world, program);
    const DPoP = client.getDPoPHandle(configuration, await importPair(key));
    const url = `${issuer}/audit/api/v1/entries`;
    return async () => {
      const { access_token: token } = await client.clientCredentialsGrant(configuration, { scope: 'audit:read' }, { DPoP });
      const call = (nonce?: string): Shot => ({
        method: 'GET',
        path: '/audit/api/v1/entries',
        headers: {
          host: new URL(issuer).host,
          authorization: `DPoP ${token}`,
          dpop: createProof(key, { url, token, claims: { nonce } }),
        },
      });
      const told = await sendRaw({ ...call(), port: toPort(issuer) });
      const shot = call(String(told.headers['dpop-nonce']));
      return { shots: repeat(() => shot), won: '200 ok', lost: /^401 token\/proof-refused$/, left: countEntries('record.searched') };
    };
  },
};

export const tokenUses: readonly SingleUse[] = [code, refreshToken, pushedRequest, assertion, proof, ownProof];
