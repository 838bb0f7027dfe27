// The receiver of a service as an agency would run it: takes security event tokens (RFC 8935) and believes them only after it checked them with jose
// against the provider's published keys. A test decides how it answers.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Json } from '../../src/domain/kernel/canonical.ts';
import type { World } from './world.ts';

export type Taken = { readonly jti: string; readonly payload: JWTPayload; readonly type: string };

export type Receiver = {
  readonly url: string;
  /** What was checked and found good, in the order of arrival. */
  readonly taken: readonly Taken[];
  /** Attempts, good or not. */
  readonly attempts: () => number;
  /** How it answers next; `accept` until told otherwise. */
  readonly answer: (how: (response: ServerResponse) => void) => void;
  readonly close: () => Promise<void>;
};

export const accept = (response: ServerResponse): void => void response.writeHead(202).end();

async function read(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  request.setEncoding('utf8');
  request.on('data', (part: string) => parts.push(part));
  await new Promise((resolve) => {
    request.on('end', resolve);
  });
  return parts.join('');
}

export async function startReceiver(issuer: string, clientId: string): Promise<Receiver> {
  const keys = createRemoteJWKSet(new URL('/jwks', issuer));
  const taken: Taken[] = [];
  let attempts = 0;
  let how = accept;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    attempts += 1;
    const { payload } = await jwtVerify(await read(request), keys, {
      issuer,
      audience: clientId,
      typ: 'secevent+jwt',
      algorithms: ['ES256'],
    });
    taken.push({ jti: payload.jti ?? '', payload, type: request.headers['content-type'] ?? '' });
    how(response);
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"err":"invalid_key"}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://localhost:${port}/events`,
    taken,
    attempts: () => attempts,
    answer: (next) => {
      how = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Registers members of the service's metadata besides those it has. */
export async function registerMetadata(world: World, clientId: string, metadata: Readonly<Record<string, Json>>): Promise<void> {
  const registered = await world.storage.agencies.findService(clientId);
  if (registered === undefined) {
    throw new Error(`${clientId} is not registered`);
  }
  const { service } = registered;
  const changed = { ...service, metadata: { ...service.metadata, ...metadata } };
  const none = { agencies: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };
  await world.storage.agencies.saveChanges({ ...none, services: [changed] });
}
