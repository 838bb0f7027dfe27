import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import session from 'express-session';
import { Passport } from 'passport';
import { Strategy } from 'passport-openidconnect';
import { z } from 'zod';
import { toPage, toReason } from './relying-party.ts';
import type { Answer, RelyingParty, Settings } from './relying-party.ts';

const metadataSchema = z.object({
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  userinfo_endpoint: z.string(),
  end_session_endpoint: z.string(),
});
const profileSchema = z.object({ id: z.string(), name: z.object({ givenName: z.string().optional() }).optional() });
const userSchema = z.object({ subject: z.string(), givenName: z.string().optional(), idToken: z.string(), refreshToken: z.string() });
const tokensSchema = z.object({ access_token: z.string(), refresh_token: z.string().optional() });

type Metadata = z.infer<typeof metadataSchema>;
type User = z.infer<typeof userSchema>;

/** Who came back, or why nobody is believed. */
type Returned = (thrown: unknown, user: unknown, information: unknown) => void;

function createPassport(settings: Settings, metadata: Metadata) {
  const passport = new Passport();
  const options = {
    issuer: settings.issuer,
    authorizationURL: metadata.authorization_endpoint,
    tokenURL: metadata.token_endpoint,
    userInfoURL: metadata.userinfo_endpoint,
    clientID: settings.clientId,
    clientSecret: settings.secret,
    callbackURL: settings.redirectUri,
    scope: settings.scope.replace('openid ', ''),
    nonce: 'random',
    prompt: 'consent',
    skipUserProfile: false,
  };
  const verify = (...given: readonly unknown[]): void => {
    const [, profile, , idToken, , refreshToken, done] = given;
    const { id, name } = profileSchema.parse(profile);
    const user: User = { subject: id, givenName: name?.givenName, idToken: String(idToken), refreshToken: String(refreshToken) };
    if (typeof done === 'function') {
      done(null, user);
    }
  };
  // The library counts the parameters to know what is wanted: with seven it gives the tokens too.
  Object.defineProperty(verify, 'length', { value: 7 });
  const strategy = new Strategy(options, verify);
  passport.use(strategy);
  return passport;
}

const people = new WeakMap<Express, User>();

function toAnswer(user: User | undefined): Answer {
  return user === undefined
    ? { ok: false, reason: 'nobody is signed in' }
    : { ok: true, subject: user.subject, attributes: { given_name: user.givenName } };
}

/** The library knows no refresh tokens: its users ask for themselves. */
async function refresh(settings: Settings, metadata: Metadata, user: User): Promise<User> {
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: settings.clientId,
    client_secret: settings.secret,
  };
  const response = await fetch(metadata.token_endpoint, { method: 'POST', body: new URLSearchParams(fields) });
  const tokens = tokensSchema.parse(await response.json());
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const attributes = z.object({ given_name: z.string() }).parse(await (await fetch(metadata.userinfo_endpoint, { headers })).json());
  return { ...user, givenName: attributes.given_name, refreshToken: tokens.refresh_token ?? user.refreshToken };
}

function addOwnPages(application: Express, settings: Settings, metadata: Metadata): void {
  application.get('/refresh', async (_request, response) => {
    const user = await refresh(settings, metadata, userSchema.parse(people.get(application)));
    people.set(application, user);
    response.send(toPage(toAnswer(user)));
  });
  application.get('/logout', (_request, response) => {
    const { idToken } = userSchema.parse(people.get(application));
    people.delete(application);
    const url = new URL(metadata.end_session_endpoint);
    url.search = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${settings.origin}/` }).toString();
    response.redirect(url.href);
  });
  application.get('/', (_request, response) => {
    response.send(toPage(toAnswer(people.get(application))));
  });
}

function createApplication(settings: Settings, metadata: Metadata): Express {
  const application = express();
  const passport = createPassport(settings, metadata);
  application.use(session({ secret: randomBytes(32).toString('hex'), resave: false, saveUninitialized: true }));
  application.get('/login', passport.authenticate('openidconnect'));
  application.get(new URL(settings.redirectUri).pathname, (request, response, next) => {
    people.delete(application);
    const returned: Returned = (thrown, user, information) => {
      const known = userSchema.safeParse(user);
      if (known.success) {
        people.set(application, known.data);
      }
      response.send(toPage(known.success ? toAnswer(known.data) : toReason(thrown ?? JSON.stringify(information))));
    };
    passport.authenticate('openidconnect', returned)(request, response, next);
  });
  addOwnPages(application, settings, metadata);
  application.use((thrown: unknown, _request: Request, response: Response, _next: NextFunction) => {
    response.send(toPage(toReason(thrown)));
  });
  return application;
}

export const passportOpenidconnect: RelyingParty = {
  library: 'passport-openidconnect',
  callbackPath: '/callback',
  registration: { class: 'legacy', token_endpoint_auth_method: 'client_secret_post', id_token_signed_response_alg: 'RS256' },
  sendsNonce: true,
  isOffline: true,
  create: async (settings) => {
    const response = await fetch(`${settings.issuer}/.well-known/openid-configuration`);
    return createApplication(settings, metadataSchema.parse(await response.json()));
  },
};
