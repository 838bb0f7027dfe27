// The baseline: the engine alone, of the same version, its default rules, everything in memory. Reads its world from the file named by the argument.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import { answerParent } from './answer-parent.ts';
import { createMapStore } from './map-adapter.ts';
import { createPlainPages } from './plain-pages.ts';
import { plainWorldSchema } from './plain-world.ts';

const world = plainWorldSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const store = createMapStore();
world.sessions.forEach((payload) => store.seed('Session', payload));
world.grants.forEach((payload) => store.seed('Grant', payload));

const configuration: Configuration = {
  adapter: store.createAdapter,
  clients: world.clients,
  cookies: { keys: [world.cookieKey] },
  claims: { openid: ['sub'], profile: ['given_name', 'family_name', 'birthdate'], email: ['email', 'email_verified'] },
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  scopes: ['openid', 'offline_access', 'audit:read'],
  findAccount: async (_ctx, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      given_name: 'Sara',
      family_name: 'Alqahtani',
      birthdate: '1990-05-17',
      email: 'sara@example.test',
      email_verified: true,
    }),
  }),
  jwks: { keys: [world.signingJwk] },
  ttl: {
    AccessToken: 300,
    AuthorizationCode: 60,
    ClientCredentials: 300,
    RefreshToken: 7_776_000,
    Grant: 43_200,
    IdToken: 300,
    Interaction: 600,
    Session: 43_200,
  },
};

const provider = new Provider(world.issuer, configuration);
provider.use(createPlainPages(provider));
const answer = provider.callback();
const server = createServer((request, response) => {
  void answer(request, response);
});
await new Promise<void>((resolve) => {
  server.listen({ host: 'localhost', port: world.port }, resolve);
});

answerParent({
  commits: () => 0,
  tidy: store.tidy,
  stop: () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
});
