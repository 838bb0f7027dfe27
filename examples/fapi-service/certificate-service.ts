// The service of class `fapi` once more, with a certificate in place of the key and of the proofs (RFC 8705): it shows the certificate on every connection to us,
// and its tokens serve nobody who cannot.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import * as client from 'openid-client';
import { sendFailure } from '../first-service/send-failure.ts';

const issuer = new URL(process.env['ISSUER'] ?? 'http://localhost:3000');
const address = `http://localhost:${process.env['PORT'] ?? '4180'}`;
const { CERTIFICATE_FILE: certificateFile, KEY_FILE: keyFile } = process.env;
if (certificateFile === undefined || keyFile === undefined) {
  throw new Error('CERTIFICATE_FILE and KEY_FILE are not set: your certificate, and its key');
}

const own = { cert: readFileSync(certificateFile), key: readFileSync(keyFile) };

/** As `fetch`, with the certificate. Only a provider on this machine is asked without TLS, for its discovery and its keys. */
async function fetchWithCertificate(url: string, options: client.CustomFetchOptions): Promise<Response> {
  const { method, headers, body } = options;
  if (!url.startsWith('https:')) {
    return fetch(url, { method, headers });
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...own, method, headers }, (response) => {
      const known = { status: response.statusCode ?? 500, headers: { 'content-type': response.headers['content-type'] ?? '' } };
      text(response).then((content) => resolve(new Response(content, known)), reject);
    });
    sent.on('error', reject);
    sent.end(body instanceof URLSearchParams ? body.toString() : undefined);
  });
}

const metadata = { use_mtls_endpoint_aliases: true };
const configuration = await client.discovery(issuer, 'pla-library', metadata, client.TlsClientAuth(), {
  [client.customFetch]: fetchWithCertificate,
  // A provider outside this machine is https, and needs no such permission.
  execute: issuer.hostname === 'localhost' ? [client.allowInsecureRequests] : [],
});

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
  // The request goes to us over your own connection; the browser carries a reference that lives a minute.
  return client.buildAuthorizationUrlWithPAR(configuration, parameters);
}

async function finish(returned: URL): Promise<string> {
  const tokens = await client.authorizationCodeGrant(configuration, returned, { ...checks, idTokenExpected: true });
  const claims = await client.fetchUserInfo(configuration, tokens.access_token, tokens.claims()?.sub ?? '');
  return JSON.stringify(claims, undefined, 2);
}

async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = new URL(url, address);
  if (asked.pathname === '/callback') {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(await finish(asked));
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
