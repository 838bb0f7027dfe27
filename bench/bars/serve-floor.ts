// The floor: what a remembered sign-in cannot do without, by hand. Bare HTTP, the session looked up, a code in one durable transaction, its use in another with an entry
// beside it, PKCE, one ES256 signature. No checks of anything else: nobody should run this. Reads the same world as the plain engine.

import { createHash, createPrivateKey, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { answerParent } from '../answer-parent.ts';
import { plainWorldSchema } from '../plain-world.ts';

const asked = z.object({ worldFile: z.string(), folder: z.string(), port: z.number() }).parse(JSON.parse(process.argv[2] ?? ''));
const world = plainWorldSchema.parse(JSON.parse(readFileSync(asked.worldFile, 'utf8')));
const issuer = `http://localhost:${asked.port}`;
const key = createPrivateKey({ key: { ...world.signingJwk }, format: 'jwk' });
const people = new Map(world.sessions.map(({ accountId, jti }) => [jti, accountId]));

const database = new Database(join(asked.folder, 'floor.db'));
['journal_mode=WAL', 'synchronous=FULL'].forEach((text) => database.pragma(text));
database.exec(`
  CREATE TABLE codes (n integer PRIMARY KEY, person text NOT NULL, client text NOT NULL, challenge text NOT NULL, nonce text NOT NULL, is_used integer NOT NULL) STRICT;
  CREATE TABLE entries (n integer PRIMARY KEY, body text NOT NULL) STRICT;
`);
type Code = { readonly person: string; readonly client: string; readonly challenge: string; readonly nonce: string };
const insertCode = database.prepare<[string, string, string, string], unknown>(
  'INSERT INTO codes (person, client, challenge, nonce, is_used) VALUES (?, ?, ?, ?, 0)',
);
const useCode = database.prepare<[number], Code>(
  'UPDATE codes SET is_used = 1 WHERE n = ? AND is_used = 0 RETURNING person, client, challenge, nonce',
);
const insertEntry = database.prepare<[string], unknown>('INSERT INTO entries (body) VALUES (?)');

const takeCode = database.transaction((number: number): Code | undefined => {
  const code = useCode.get(number);
  if (code !== undefined) {
    insertEntry.run(JSON.stringify({ type: 'service.entered', person: code.person, service: code.client, at: Date.now() }));
  }
  return code;
});

let commits = 0;

function answerAuthorization(request: IncomingMessage, response: ServerResponse): void {
  const query = new URL(request.url ?? '', issuer).searchParams;
  const [, session = ''] = /_session=([^;]+)/.exec(request.headers.cookie ?? '') ?? [];
  const read = (name: string): string => query.get(name) ?? '';
  const { lastInsertRowid } = insertCode.run(people.get(session) ?? '', read('client_id'), read('code_challenge'), read('nonce'));
  commits += 1;
  response.writeHead(303, { location: `${read('redirect_uri')}?code=${String(lastInsertRowid)}&state=${read('state')}` }).end();
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const head = encode({ alg: 'ES256', kid: 'floor-1', typ: 'JWT' });

/** ECDSA in DER (RFC 3279 §2.2.3) to r‖s (RFC 7518 §3.4). */
function toHalves(der: Buffer): Buffer {
  const halves = Buffer.alloc(64);
  const length = der[3] ?? 0;
  const [r, s] = [der.subarray(4, 4 + length), der.subarray(6 + length)];
  r.subarray(-32).copy(halves, Math.max(0, 32 - r.length));
  s.subarray(-32).copy(halves, 64 - Math.min(32, s.length));
  return halves;
}

function createIdToken({ client, nonce, person }: Code): string {
  const now = Math.floor(Date.now() / 1000);
  const text = `${head}.${encode({ iss: issuer, sub: person, aud: client, nonce, iat: now, exp: now + 300 })}`;
  return `${text}.${toHalves(sign('sha256', Buffer.from(text), key)).toString('base64url')}`;
}

function answerExchange(body: string, response: ServerResponse): void {
  const fields = new URLSearchParams(body);
  const code = takeCode(Number(fields.get('code')));
  commits += 1;
  const digest = createHash('sha256')
    .update(fields.get('code_verifier') ?? '')
    .digest();
  if (code === undefined || !timingSafeEqual(digest, Buffer.from(code.challenge, 'base64url'))) {
    response.writeHead(400).end();
    return;
  }
  const tokens = {
    access_token: randomBytes(32).toString('base64url'),
    token_type: 'Bearer',
    expires_in: 300,
    id_token: createIdToken(code),
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(tokens));
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    answerAuthorization(request, response);
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => answerExchange(body, response));
});
await new Promise<void>((resolve) => {
  server.listen({ host: 'localhost', port: asked.port }, resolve);
});

answerParent({
  commits: () => commits,
  tidy: () => undefined,
  stop: () =>
    new Promise((resolve) => {
      server.close(() => {
        database.close();
        resolve();
      });
      server.closeAllConnections();
    }),
});
