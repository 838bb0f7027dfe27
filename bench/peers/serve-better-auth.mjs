// better-auth with its OAuth 2.1 provider and its passkeys, as its documents set it up: a file of SQLite, here as durable as ours (WAL, synchronous=FULL), ES256, PKCE.
// Off: telemetry, limits of rates, its log. Registers the services and people of the file named by the argument by its own adapter, then listens.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { oauthProvider } from '@better-auth/oauth-provider';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import Database from 'better-sqlite3';
import { answerParent } from '../answer-parent.ts';

const { databaseFile, people, port, secret, services } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const origin = `http://localhost:${port}`;
const database = new Database(databaseFile);
['journal_mode=WAL', 'synchronous=FULL'].forEach((text) => database.pragma(text));

const options = {
  baseURL: origin,
  secret,
  database,
  telemetry: { enabled: false },
  logger: { disabled: true },
  rateLimit: { enabled: false },
  disabledPaths: ['/token'],
  plugins: [
    jwt({ jwks: { keyPairConfig: { alg: 'ES256' } } }),
    passkey({ rpID: 'localhost', rpName: 'Peer', origin }),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      scopes: ['openid', 'profile', 'email'],
      rateLimit: { authorize: false, token: false, userinfo: false },
      customUserInfoClaims: () => ({ birthdate: '1990-05-17' }),
    }),
  ],
};

await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
const { adapter } = await auth.$context;
const now = new Date();
const later = new Date(now.getTime() + 12 * 3_600_000);

database.exec('BEGIN');
for (const service of services) {
  await adapter.create({
    model: 'oauthClient',
    data: {
      clientId: service.clientId,
      clientSecret: createHash('sha256').update(service.secret).digest('base64url'),
      redirectUris: [service.redirectUri],
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      scopes: ['openid', 'profile', 'email'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      requirePKCE: true,
      createdAt: now,
      updatedAt: now,
    },
  });
}
for (const { clientIds, email, token } of people) {
  const person = await adapter.create({
    model: 'user',
    data: { name: 'Sara Alqahtani', email, emailVerified: true, createdAt: now, updatedAt: now },
  });
  await adapter.create({
    model: 'session',
    data: { userId: person.id, token, expiresAt: later, createdAt: now, updatedAt: now, ipAddress: '', userAgent: '' },
  });
  for (const clientId of clientIds) {
    const data = { clientId, userId: person.id, scopes: ['openid', 'profile', 'email'], createdAt: now, updatedAt: now };
    await adapter.create({ model: 'oauthConsent', data });
  }
}
database.exec('COMMIT');

const server = createServer(toNodeHandler(auth));
await new Promise((resolve) => {
  server.listen({ host: 'localhost', port }, resolve);
});

answerParent({
  commits: () => 0,
  tidy: () => undefined,
  stop: () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
});
