// A service on openid-client, in plain Node. With KEY_FILE it signs with a key (class `standard`), with CLIENT_SECRET it holds a secret (class `legacy`).

import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as client from 'openid-client';

const issuer = new URL(process.env['ISSUER'] ?? 'http://localhost:3000');
const port = Number(process.env['PORT'] ?? '4180');
const address = `http://localhost:${port}`;

type Person = { readonly sub: string; readonly details: unknown; readonly idToken: string; readonly refreshToken: string };
type Visit = { checks?: client.AuthorizationCodeGrantChecks; person?: Person };

/** What belongs to a browser, under the number in its cookie. */
const visits = new Map<string, Visit>();

async function howToSignIn(): Promise<client.ClientAuth> {
  const keyFile = process.env['KEY_FILE'];
  if (keyFile === undefined) {
    return client.ClientSecretBasic(process.env['CLIENT_SECRET'] ?? '');
  }
  const pkcs8 = createPrivateKey(readFileSync(keyFile)).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return client.PrivateKeyJwt({ key, kid: 'pla-1' });
}

const configuration = await client.discovery(issuer, 'pla-library', undefined, await howToSignIn(), {
  // A provider outside this machine is https, and needs no such permission.
  execute: issuer.hostname === 'localhost' ? [client.allowInsecureRequests] : [],
});

function redirect(response: ServerResponse, url: string): void {
  response.writeHead(302, { location: url }).end();
}

function findVisit({ headers }: IncomingMessage): Visit | undefined {
  return visits.get(/(?:^|; )visit=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? '');
}

/** A new number each time, so that nobody can have planted it before the sign-in. */
function begin(response: ServerResponse, visit: Visit): void {
  const number = randomUUID();
  visits.set(number, visit);
  response.setHeader('set-cookie', `visit=${number}; Path=/; HttpOnly; SameSite=Lax`);
}

async function read(tokens: client.TokenEndpointResponse, before: Omit<Person, 'details'>): Promise<Person> {
  return {
    sub: before.sub,
    details: await client.fetchUserInfo(configuration, tokens.access_token, before.sub),
    idToken: tokens.id_token ?? before.idToken,
    refreshToken: tokens.refresh_token ?? before.refreshToken,
  };
}

async function login(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const checks = { expectedState: client.randomState(), expectedNonce: client.randomNonce(), pkceCodeVerifier };
  begin(response, { checks });
  const asked = {
    redirect_uri: `${address}/callback`,
    // A refresh token needs both. Leave offline_access and prompt out where you need none.
    scope: 'openid offline_access',
    prompt: 'consent',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  };
  redirect(response, client.buildAuthorizationUrl(configuration, asked).href);
}

async function callback(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const checks = findVisit(request)?.checks;
  if (checks === undefined) {
    throw new Error('no sign-in was begun in this browser');
  }
  const returned = new URL(request.url ?? '/', address);
  const tokens = await client.authorizationCodeGrant(configuration, returned, { ...checks, idTokenExpected: true });
  const person = await read(tokens, { sub: tokens.claims()?.sub ?? '', idToken: '', refreshToken: '' });
  begin(response, { person });
  redirect(response, '/');
}

async function refresh(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const visit = findVisit(request);
  if (visit?.person !== undefined) {
    visit.person = await read(await client.refreshTokenGrant(configuration, visit.person.refreshToken), visit.person);
  }
  redirect(response, '/');
}

async function logout(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const visit = findVisit(request);
  const asked = { id_token_hint: visit?.person?.idToken ?? '', post_logout_redirect_uri: `${address}/` };
  redirect(response, visit?.person === undefined ? '/' : client.buildEndSessionUrl(configuration, asked).href);
  delete visit?.person;
}

async function home(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const person = findVisit(request)?.person;
  response.writeHead(200, { 'content-type': `${person === undefined ? 'text/plain' : 'application/json'}; charset=utf-8` });
  response.end(person === undefined ? 'Nobody is signed in. Open /login.' : JSON.stringify(person.details));
}

const pages = new Map(Object.entries({ '/': home, '/login': login, '/callback': callback, '/refresh': refresh, '/logout': logout }));

const server = createServer((request, response) => {
  const page = pages.get(new URL(request.url ?? '/', address).pathname);
  if (page === undefined) {
    response.writeHead(404).end();
    return;
  }
  page(request, response).catch((error: unknown) => {
    // The person refused, or the answer is not to be believed. The words are those of docs/guides/agency.md.
    const why = error instanceof client.AuthorizationResponseError ? `: ${error.error}` : '';
    response.writeHead(403, { 'content-type': 'text/plain' }).end(`The sign-in did not succeed${why}`);
  });
});
server.listen(port, '127.0.0.1', () => console.log(`open ${address}`));
process.once('SIGTERM', () => server.close());
