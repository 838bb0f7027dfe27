import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Auth, skipCSRFCheck } from '@auth/core';
import type { AuthConfig } from '@auth/core';
import { getToken } from '@auth/core/jwt';
import { z } from 'zod';
import { toPage, toReason } from './relying-party.ts';
import type { Answer, RelyingParty, Settings } from './relying-party.ts';

const metadataSchema = z.object({ token_endpoint: z.string(), userinfo_endpoint: z.string(), end_session_endpoint: z.string() });
const keptSchema = z.object({ sub: z.string(), idToken: z.string(), refreshToken: z.string(), givenName: z.string() });
const tokensSchema = z.object({ access_token: z.string(), refresh_token: z.string().optional() });

function createConfig(settings: Settings, secret: string): AuthConfig {
  return {
    basePath: '/auth',
    secret,
    trustHost: true,
    skipCSRFCheck,
    session: { strategy: 'jwt' },
    pages: { error: '/refused' },
    logger: { error: () => undefined },
    providers: [
      {
        id: 'huwiya',
        name: 'Huwiya',
        type: 'oidc',
        issuer: settings.issuer,
        clientId: settings.clientId,
        clientSecret: settings.secret,
        checks: ['pkce', 'state', 'nonce'],
        authorization: { params: { scope: settings.scope, prompt: 'consent' } },
        idToken: false,
        client: { id_token_signed_response_alg: 'RS256' },
      },
    ],
    callbacks: {
      jwt: ({ token, account, profile }) =>
        account === null || account === undefined
          ? token
          : {
              ...token,
              sub: account.providerAccountId,
              idToken: account.id_token,
              refreshToken: account.refresh_token,
              givenName: profile?.given_name,
            },
    },
  };
}

type Application = { readonly settings: Settings; readonly config: AuthConfig; readonly secret: string };

async function ask(
  { config, settings }: Application,
  request: IncomingMessage,
  change: { readonly path: string; readonly method: string },
): Promise<Response> {
  const headers = new Headers({ cookie: request.headers.cookie ?? '', 'content-type': 'application/x-www-form-urlencoded' });
  const body = change.method === 'POST' ? new URLSearchParams({ callbackUrl: `${settings.origin}/` }) : null;
  return Auth(new Request(new URL(change.path, settings.origin), { method: change.method, headers, body }), config);
}

async function pass(answer: Response, response: ServerResponse): Promise<void> {
  const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
  response.writeHead(answer.status, { ...Object.fromEntries(headers), 'set-cookie': answer.headers.getSetCookie() });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function findKept({ secret, settings }: Application, request: IncomingMessage): Promise<z.infer<typeof keptSchema> | undefined> {
  const headers = new Headers({ cookie: request.headers.cookie ?? '' });
  return keptSchema.safeParse(await getToken({ req: new Request(settings.origin, { headers }), secret, secureCookie: false })).data;
}

async function readMetadata({ issuer }: Settings): Promise<z.infer<typeof metadataSchema>> {
  return metadataSchema.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json());
}

function show(response: ServerResponse, answer: Answer): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(toPage(answer));
}

/** As the library's own guide has it: the refresh is asked for by hand. */
async function refresh({ settings }: Application, refreshToken: string): Promise<unknown> {
  const metadata = await readMetadata(settings);
  const credentials = Buffer.from(`${settings.clientId}:${settings.secret}`).toString('base64');
  const response = await fetch(metadata.token_endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
  const tokens = tokensSchema.parse(await response.json());
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  return (await fetch(metadata.userinfo_endpoint, { headers })).json();
}

type Page = (application: Application, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const pages: Readonly<Record<string, Page>> = {
  '/login': async (application, request, response) =>
    pass(await ask(application, request, { path: '/auth/signin/huwiya', method: 'POST' }), response),
  '/refused': async (_application, request, response) => show(response, { ok: false, reason: request.url ?? '' }),
  '/refresh': async (application, request, response) => {
    const kept = keptSchema.parse(await findKept(application, request));
    const attributes = z.record(z.string(), z.unknown()).parse(await refresh(application, kept.refreshToken));
    show(response, { ok: true, subject: kept.sub, attributes });
  },
  '/logout': async (application, request, response) => {
    const { idToken } = keptSchema.parse(await findKept(application, request));
    const ended = await ask(application, request, { path: '/auth/signout', method: 'POST' });
    const url = new URL((await readMetadata(application.settings)).end_session_endpoint);
    url.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${application.settings.origin}/` }).toString();
    response.writeHead(302, { location: url.href, 'set-cookie': ended.headers.getSetCookie() }).end();
  },
  '/': async (application, request, response) => {
    const kept = await findKept(application, request);
    const answer: Answer =
      kept === undefined
        ? { ok: false, reason: 'nobody is signed in' }
        : { ok: true, subject: kept.sub, attributes: { given_name: kept.givenName } };
    show(response, answer);
  },
};

export const authCore: RelyingParty = {
  library: '@auth/core',
  callbackPath: '/auth/callback/huwiya',
  registration: { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'RS256' },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => {
    const secret = randomBytes(32).toString('hex');
    const application: Application = { settings, secret, config: createConfig(settings, secret) };
    return (request, response) => {
      const url = new URL(request.url ?? '/', settings.origin);
      const page = pages[url.pathname];
      const answered =
        page === undefined
          ? ask(application, request, { path: `${url.pathname}${url.search}`, method: request.method ?? 'GET' }).then(async (answer) =>
              pass(answer, response),
            )
          : page(application, request, response);
      answered.catch((thrown: unknown) => show(response, toReason(thrown)));
    };
  },
};
