// A provider under a public name, as far as it knows, with one private host that its operator opened, and everything around it that it must never touch.

import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../src/domain/kernel/canonical.ts';
import { toNoticeBody } from '../../src/domain/logout/notice.ts';
import { createCertificate } from './certificate.ts';
import { openWorldDatabase } from './open-database.ts';
import type { OpenDatabase } from './open-database.ts';
import { sendRaw, toObject } from './raw-request.ts';
import { createService } from './store-samples.ts';
import { createWorld, findFreePort } from './world.ts';
import type { World } from './world.ts';

type Port = { readonly port: number; readonly close: () => Promise<void> };

async function open(server: Server, host: string, port = 0): Promise<Port> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const close = async (): Promise<void> => {
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close };
}

/** Listens where nobody may call, and counts who does. */
export type Trap = { readonly port: number; readonly touched: () => number; readonly close: () => Promise<void> };

export async function startTrap(): Promise<Trap> {
  let touched = 0;
  const count = (): Server =>
    createServer((socket) => {
      touched += 1;
      socket.destroy();
    });
  const first = await open(count(), '127.0.0.1');
  const second = await open(count(), '::1', first.port).catch(() => undefined);
  return {
    port: first.port,
    touched: () => touched,
    close: async () => {
      await Promise.all([first.close(), second?.close()]);
    },
  };
}

/** The one private host that may be called. */
export type Inside = {
  readonly origin: string;
  readonly paths: readonly string[];
  /** How it answers under a path; anything else is 404. */
  readonly answers: Map<string, RequestListener>;
  readonly close: () => Promise<void>;
};

const insideHost = '127.0.0.2';
const day = 86_400_000;
const dates = () => ({ from: new Date(Date.now() - day), until: new Date(Date.now() + day) });

async function startInside(folder: string): Promise<Inside & { readonly caFile: string }> {
  const { certificate, key } = createCertificate({ host: insideHost, ...dates() });
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificate);
  const paths: string[] = [];
  const answers = new Map<string, RequestListener>();
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    paths.push(path);
    const answer = answers.get(path) ?? ((_, missing) => void missing.writeHead(404).end());
    answer(request, response);
  };
  const server = createTlsServer({ cert: certificate, key }, take);
  const { port, close } = await open(server, insideHost);
  const end = async (): Promise<void> => {
    server.closeAllConnections();
    await close();
  };
  return { origin: `https://${insideHost}:${port}`, paths, answers, caFile, close: end };
}

export type Named = { readonly port: number; readonly certificate: string; readonly close: () => Promise<void> };

/** Answers under a name, at every address of this machine, with the address that was called. */
export async function startNamed(host: string): Promise<Named> {
  const { certificate, key } = createCertificate({ host, ...dates() });
  const server = createTlsServer({ cert: certificate, key }, (request, response) => void response.end(request.socket.localAddress));
  return { ...(await open(server, '0.0.0.0')), certificate };
}

export type SigningKey = {
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<'kty' | 'crv' | 'x' | 'y' | 'kid' | 'alg' | 'use', string>>;
};

export function createSigningKey(kid: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' } };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the provider says to whoever signs in as this service with this key: `believed`, or the error. */
async function prove(
  { issuer, port }: { readonly issuer: string; readonly port: number },
  clientId: string,
  key: SigningKey,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: clientId, sub: clientId, aud: issuer, iat: now, exp: now + 60, jti: randomUUID() };
  const text = `${encode({ alg: 'ES256', kid: key.jwk.kid, typ: 'JWT' })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const answer = await sendRaw({
    port,
    method: 'POST',
    path: '/token/revocation',
    headers: { host: new URL(issuer).host, 'x-forwarded-proto': 'https', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      token: 'unknown',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${text}.${signature}`,
    }).toString(),
  });
  return answer.status === 200 ? 'believed' : String(toObject(answer.body)['error']);
}

export type OutboundWorld = {
  readonly world: World;
  readonly port: number;
  readonly inside: Inside;
  readonly trap: Trap;
  readonly database: OpenDatabase;
  /** Registers a service for each metadata; says their ids in the same order. */
  readonly register: (metadata: readonly Readonly<Record<string, Json>>[]) => Promise<readonly string[]>;
  /** Puts one logout token on its way to each service; `outcome` says what became of its first attempt: `sent`, or the failure. */
  readonly signOut: (clientIds: readonly string[]) => { readonly outcome: (clientId: string) => string | undefined };
  readonly prove: (clientId: string, key: SigningKey) => Promise<string>;
  readonly close: () => Promise<void>;
};

async function registerServices(world: World, given: readonly Readonly<Record<string, Json>>[]): Promise<readonly string[]> {
  const none = { agencies: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };
  const services = given.map((metadata) =>
    createService('mol', {
      clientId: `probe-${randomUUID()}`,
      sector: randomUUID(),
      metadata: {
        redirect_uris: ['http://localhost:3001/callback'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        ...metadata,
      },
    }),
  );
  await world.storage.agencies.saveChanges({ ...none, services });
  return services.map(({ clientId }) => clientId);
}

function createSignOut(world: World, database: OpenDatabase): OutboundWorld['signOut'] {
  return (clientIds) => {
    const ids = new Map(clientIds.map((clientId) => [clientId, randomUUID()]));
    const now = world.clock.now();
    const body = toNoticeBody({ sub: null, sid: 'session' });
    const rows = clientIds.map(
      (clientId) =>
        `('${ids.get(clientId)}', 'logout', '${clientId}', NULL, '${body}', ${now}, ${now + 3_600_000}, 'waiting', 0, ${now}, NULL, 0, NULL, NULL, NULL)`,
    );
    const columns =
      'id, topic, client_id, person_id, body, created_at, give_up_at, state, attempts, next_attempt_at, lease_id, lease_until, failure, sent_at, expires_at';
    database.run(`INSERT INTO outbox (${columns}) VALUES ${rows.join(', ')}`);
    const outcome = (clientId: string): string | undefined => {
      const [row] = database.rows('SELECT state, failure FROM outbox WHERE id = ?', ids.get(clientId) ?? '');
      const said = row?.['state'] === 'sent' ? 'sent' : row?.['failure'];
      return typeof said === 'string' ? said : undefined;
    };
    return { outcome };
  };
}

export async function createOutboundWorld(): Promise<OutboundWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-outbound-'));
  const [port, trap, inside] = [await findFreePort(), await startTrap(), await startInside(folder)];
  const world = await createWorld({
    issuer: 'https://id.example.gov',
    env: {
      HUWIYA_LISTEN: `127.0.0.1:${port}`,
      HUWIYA_TRUSTED_HOPS: '1',
      HUWIYA_OUTBOUND_ALLOW: new URL(inside.origin).host,
      HUWIYA_EXTRA_CA: inside.caFile,
    },
  });
  const database = openWorldDatabase(world);
  return {
    world,
    port,
    inside,
    trap,
    database,
    register: async (metadata) => registerServices(world, metadata),
    signOut: createSignOut(world, database),
    prove: async (clientId, key) => prove({ issuer: world.issuer, port }, clientId, key),
    close: async () => {
      database.close();
      await world.close();
      await Promise.all([inside.close(), trap.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
