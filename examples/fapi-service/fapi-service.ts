// The first service again, in class `fapi`: it signs with a key instead of holding a secret, pushes its requests, and its tokens serve nobody who lacks its key.
// It keeps one sign-in at a time in memory and shows what arrived. What a real service does besides is in ../service.

import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as client from 'openid-client';
import { sendFailure } from '../first-service/send-failure.ts';

const issuer = new URL(process.env['ISSUER'] ?? 'http://localhost:3000');
const address = `http://localhost:${process.env['PORT'] ?? '4180'}`;
const keyFile = process.env['KEY_FILE'];
if (keyFile === undefined) {
  throw new Error('KEY_FILE is not set: it is the file that make-key.ts wrote');
}

const pkcs8 = createPrivateKey(readFileSync(keyFile)).export({ type: 'pkcs8', format: 'der' });
const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const authentication = client.PrivateKeyJwt({ key, kid: 'pla-1' });
const configuration = await client.discovery(issuer, 'pla-library', undefined, authentication, {
  // A provider outside this machine is https, and needs no such permission.
  execute: issuer.hostname === 'localhost' ? [client.allowInsecureRequests] : [],
});

// Made anew at each start and never stored: an access token lives five minutes, and a refresh token may come with another key.
const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));

// FAPI 2.0 Message Signing: each request is signed by the key of the service, and each answer by the provider.
const isSigned = process.env['SIGNED'] === 'yes';
if (isSigned) {
  client.useJwtResponseMode(configuration);
}

let checks = { expectedState: '', expectedNonce: '', pkceCodeVerifier: '' };

async function toSignIn(): Promise<URL> {
  checks = { expectedState: client.randomState(), expectedNonce: client.randomNonce(), pkceCodeVerifier: client.randomPKCECodeVerifier() };
  const parameters = {
    redirect_uri: `${address}/callback`,
    scope: 'openid',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  };
  if (isSigned) {
    const signed = await client.buildAuthorizationUrlWithJAR(configuration, { ...parameters, response_mode: 'jwt' }, { key, kid: 'pla-1' });
    return client.buildAuthorizationUrlWithPAR(configuration, signed.searchParams, { DPoP });
  }
  // The request goes to us over your own connection; the browser carries a reference that lives a minute.
  return client.buildAuthorizationUrlWithPAR(configuration, parameters, { DPoP });
}

async function finish(returned: URL): Promise<string> {
  const tokens = await client.authorizationCodeGrant(configuration, returned, { ...checks, idTokenExpected: true }, undefined, { DPoP });
  const claims = await client.fetchUserInfo(configuration, tokens.access_token, tokens.claims()?.sub ?? '', { DPoP });
  return JSON.stringify(claims, undefined, 2);
}

async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = new URL(url, address);
  if (asked.pathname === '/callback') {
    const claims = await finish(asked);
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(claims);
  } else if (asked.pathname === '/') {
    const { href } = await toSignIn();
    response.writeHead(302, { location: href }).end();
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
