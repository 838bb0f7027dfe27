import { randomBytes } from 'node:crypto';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import eoidc from 'express-openid-connect';
import { toPage, toReason } from './relying-party.ts';
import type { Answer, RelyingParty, Settings } from './relying-party.ts';

const { auth } = eoidc;

async function toAnswer({ oidc }: Request): Promise<Answer> {
  const subject: unknown = oidc.idTokenClaims?.sub;
  return typeof subject === 'string'
    ? { ok: true, subject, attributes: { ...(await oidc.fetchUserInfo()) } }
    : { ok: false, reason: 'nobody is signed in' };
}

function createApplication(settings: Settings): express.Express {
  const application = express();
  const middleware = auth({
    issuerBaseURL: settings.issuer,
    baseURL: settings.origin,
    clientID: settings.clientId,
    clientSecret: settings.secret,
    clientAuthMethod: 'client_secret_basic',
    secret: randomBytes(32).toString('hex'),
    idTokenSigningAlg: 'RS256',
    authRequired: false,
    idpLogout: true,
    enableTelemetry: false,
    authorizationParams: { response_type: 'code', scope: settings.scope, prompt: 'consent' },
    routes: { callback: new URL(settings.redirectUri).pathname, postLogoutRedirect: `${settings.origin}/` },
  });
  application.use(middleware);
  application.get('/refresh', async (request, response) => {
    await request.oidc.accessToken?.refresh();
    response.send(toPage(await toAnswer(request)));
  });
  application.get('/', async (request, response) => {
    response.send(toPage(await toAnswer(request)));
  });
  application.use((thrown: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.send(toPage(toReason(thrown)));
  });
  return application;
}

export const expressOpenidConnect: RelyingParty = {
  library: 'express-openid-connect',
  callbackPath: '/callback',
  registration: { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'RS256' },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => createApplication(settings),
};
