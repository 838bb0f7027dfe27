import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RelyingParty, Settings } from './relying-party.ts';

const library = readFileSync(
  fileURLToPath(new URL('../../../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', import.meta.url)),
);

/** All of the service runs in the browser: no secret, and so no refresh token, which would have to be bound to a key that the library does not use at UserInfo. */
const toScript = ({ clientId, issuer, origin, redirectUri, scope }: Settings): string => `
const { UserManager, WebStorageStateStore } = oidc;
const manager = new UserManager({
  authority: ${JSON.stringify(issuer)},
  client_id: ${JSON.stringify(clientId)},
  redirect_uri: ${JSON.stringify(redirectUri)},
  post_logout_redirect_uri: ${JSON.stringify(`${origin}/`)},
  scope: ${JSON.stringify(scope)},
  automaticSilentRenew: false,
  loadUserInfo: true,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
});
const show = (answer) => {
  const place = document.createElement('pre');
  place.dataset.answer = '';
  place.textContent = JSON.stringify(answer);
  document.body.append(place);
};
const toAnswer = (user) => (user ? { ok: true, subject: user.profile.sub, attributes: user.profile } : { ok: false, reason: 'nobody is signed in' });
const pages = {
  '/login': () => manager.signinRedirect({ nonce: crypto.randomUUID() }),
  '/callback': async () => show(toAnswer(await manager.signinRedirectCallback())),
  '/logout': () => manager.signoutRedirect(),
  '/': async () => show(toAnswer(await manager.getUser())),
};
(pages[location.pathname] ?? pages['/'])().catch((thrown) => show({ ok: false, reason: String(thrown) }));
`;

const page =
  '<!doctype html><meta charset="utf-8"><title>service</title><body><script src="/library.js"></script><script src="/service.js"></script>';

export const oidcClientTs: RelyingParty = {
  library: 'oidc-client-ts',
  callbackPath: '/callback',
  registration: { class: 'standard', token_endpoint_auth_method: 'none' },
  sendsNonce: true,
  isOffline: false,
  create: async (settings) => (request, response) => {
    const { pathname } = new URL(request.url ?? '/', settings.origin);
    const files: Readonly<Record<string, string | Buffer>> = { '/library.js': library, '/service.js': toScript(settings) };
    const file = files[pathname];
    response.writeHead(200, { 'content-type': file === undefined ? 'text/html; charset=utf-8' : 'text/javascript' }).end(file ?? page);
  },
};
