// Apache with mod_auth_openidc: it signs people in before the application behind it is asked, which reads who came from headers. The listener that tests talk to
// stands in front of Apache, gives its commands shorter addresses, and says in JSON when it refuses.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../world.ts';
import { toPage } from './relying-party.ts';
import type { Answer, RelyingParty, Settings } from './relying-party.ts';

const program = '/usr/sbin/apache2';
const modules = '/usr/lib/apache2/modules';

/** Undefined where all of it is installed. */
export function findMissingApache(): string | undefined {
  return [program, `${modules}/mod_auth_openidc.so`].find((path) => !existsSync(path));
}

const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'proxy', 'proxy_http', 'auth_openidc'];

type Places = { readonly folder: string; readonly apachePort: number; readonly applicationPort: number };

const toConfiguration = (
  { clientId, issuer, redirectUri, scope, secret }: Settings,
  { folder, apachePort, applicationPort }: Places,
): string => `
ServerRoot "${folder}"
PidFile "${folder}/apache.pid"
ErrorLog "${folder}/error.log"
Mutex file:${folder} default
Listen 127.0.0.1:${apachePort}
ServerName localhost
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
ProxyPass "/" "http://127.0.0.1:${applicationPort}/"
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${secret}
OIDCRedirectURI ${redirectUri}
OIDCCryptoPassphrase ${randomBytes(16).toString('hex')}
OIDCScope "${scope}"
OIDCAuthRequestParams prompt=consent
OIDCPKCEMethod S256
<Location "/protected">
  AuthType openid-connect
  Require valid-user
</Location>
<Location "${new URL(redirectUri).pathname}">
  AuthType openid-connect
  Require valid-user
</Location>
`;

/** The application: it trusts the headers, because nobody reaches it but Apache. */
function createApplication(seen: { accessToken: string }): Server {
  return createServer(({ headers }, response) => {
    const { oidc_claim_sub: subject, oidc_claim_given_name: name, oidc_access_token: accessToken } = headers;
    seen.accessToken = String(accessToken ?? '');
    const answer: Answer =
      typeof subject === 'string'
        ? { ok: true, subject, attributes: { given_name: Buffer.from(String(name), 'latin1').toString('utf8') } }
        : { ok: false, reason: 'nobody is signed in' };
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(toPage(answer));
  });
}

/** A page of Apache's own is an error, whatever its status says. */
function passAnswer(answer: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  const { headers, statusCode = 500 } = answer;
  answer.on('data', (part: Buffer) => parts.push(part));
  answer.once('close', () => {
    const body = Buffer.concat(parts).toString('utf8');
    if (statusCode < 400 && (statusCode >= 300 || body.includes('data-answer'))) {
      const { 'content-length': _length, 'transfer-encoding': _coding, ...rest } = headers;
      response.writeHead(statusCode, rest).end(body);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(toPage({ ok: false, reason: statusCode < 400 ? 'a page of Apache' : `Apache answers ${statusCode}` }));
  });
}

function pass(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { headers, method, url } = request;
  const passed = send({ host: '127.0.0.1', port, path: url, method, headers, setHost: false }, (answer) => passAnswer(answer, response));
  // Behind a page of its own Apache sends a few bytes more than it said; what was read until then stands.
  passed.on('error', () => undefined);
  request.pipe(passed);
}

/** Its session is a cookie: without it the next sign-in begins anew. */
const forgotten = ['mod_auth_openidc_session=; Path=/; Max-Age=0'];

function createFront(settings: Settings, { apachePort }: Places, seen: { readonly accessToken: string }): RequestListener {
  const command = (fields: Readonly<Record<string, string>>) => `${settings.redirectUri}?${new URLSearchParams(fields).toString()}`;
  const targets: Readonly<Record<string, () => string>> = {
    '/login': () => `${settings.origin}/protected`,
    '/logout': () => command({ logout: `${settings.origin}/` }),
    '/refresh': () => command({ refresh: `${settings.origin}/protected`, access_token: seen.accessToken }),
  };
  return (request, response) => {
    const path = request.url ?? '/';
    const target = targets[path];
    if (target === undefined) {
      pass(apachePort, request, response);
    } else {
      response.writeHead(302, { location: target(), ...(path === '/login' ? { 'set-cookie': forgotten } : {}) }).end();
    }
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function waitUntilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isOpen = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isOpen) {
      return;
    }
    await sleep(100);
  }
  throw new Error('Apache does not start');
}

export const modAuthOpenidc: RelyingParty = {
  library: 'mod_auth_openidc',
  callbackPath: '/callback',
  registration: { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'RS256' },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => {
    const places = {
      folder: mkdtempSync(join(tmpdir(), 'huwiya-apache-')),
      apachePort: await findFreePort(),
      applicationPort: await findFreePort(),
    };
    const seen = { accessToken: '' };
    const application = createApplication(seen);
    await listen(application, places.applicationPort);
    const file = join(places.folder, 'apache.conf');
    writeFileSync(file, toConfiguration(settings, places));
    const apache = spawn(program, ['-X', '-f', file], { stdio: 'ignore' });
    settings.onClose(async () => {
      apache.kill('SIGKILL');
      application.close();
      rmSync(places.folder, { recursive: true, force: true });
    });
    await waitUntilOpen(places.apachePort);
    return createFront(settings, places, seen);
  },
};
