// The shortest service that signs somebody in with Huwiya: for the first half hour, and nothing to build on. It keeps one sign-in at a time in memory
// and shows what arrived. What a real service does besides is in ../service.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as client from 'openid-client';
import { sendFailure } from './send-failure.ts';

const issuer = new URL(process.env['ISSUER'] ?? 'http://localhost:3000');
const address = `http://localhost:${process.env['PORT'] ?? '4180'}`;
const clientId = process.env['CLIENT_ID'] ?? 'pla-library';
const secret = process.env['CLIENT_SECRET'];
if (secret === undefined) {
  throw new Error('CLIENT_SECRET is not set: it is what you put into the file of the agency');
}

const configuration = await client.discovery(issuer, clientId, undefined, client.ClientSecretBasic(secret), {
  // A provider outside this machine is https, and needs no such permission.
  execute: issuer.hostname === 'localhost' ? [client.allowInsecureRequests] : [],
});

let checks = { expectedState: '', expectedNonce: '', pkceCodeVerifier: '' };

async function toSignIn(): Promise<URL> {
  checks = { expectedState: client.randomState(), expectedNonce: client.randomNonce(), pkceCodeVerifier: client.randomPKCECodeVerifier() };
  return client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${address}/callback`,
    scope: 'openid',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
}

async function finish(returned: URL): Promise<string> {
  const tokens = await client.authorizationCodeGrant(configuration, returned, { ...checks, idTokenExpected: true });
  const claims = await client.fetchUserInfo(configuration, tokens.access_token, tokens.claims()?.sub ?? '');
  return JSON.stringify(claims, undefined, 2);
}

async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = new URL(url, address);
  if (asked.pathname === '/callback') {
    const claims = await finish(asked);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(claims);
  } else if (asked.pathname === '/') {
    response.writeHead(302, { location: (await toSignIn()).href }).end();
  } else {
    // A browser asks for an icon too, and that begins no sign-in.
    response.writeHead(404).end();
  }
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => sendFailure(response, error));
});
server.listen(Number(new URL(address).port), '127.0.0.1', () => console.log(`open ${address}`));
process.once('SIGTERM', () => server.close());
