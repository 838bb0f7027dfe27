// The receiver of a service for logout tokens, as an agency would run it: it believes a token only after jose checked it against the published keys
// (OpenID Connect Back-Channel Logout 1.0 §2.6). A test decides how it answers.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload, JWTHeaderParameters } from 'jose';

export type LogoutTaken = {
  readonly payload: JWTPayload;
  readonly header: JWTHeaderParameters | Readonly<Record<string, unknown>>;
  readonly type: string;
};

export type LogoutReceiver = {
  readonly url: string;
  /** What was checked and found good, in the order of arrival. */
  readonly taken: readonly LogoutTaken[];
  readonly attempts: () => number;
  /** How it answers from now on, after it checked the token; `confirm` until told otherwise. */
  readonly answer: (how: (response: ServerResponse) => void) => void;
  readonly close: () => Promise<void>;
};

export const confirm = (response: ServerResponse): void => void response.writeHead(200).end();

async function read(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  request.setEncoding('utf8');
  for await (const part of request) {
    parts.push(String(part));
  }
  return parts.join('');
}

export async function startLogoutReceiver(issuer: string, clientId: string): Promise<LogoutReceiver> {
  const keys = createRemoteJWKSet(new URL('/jwks', issuer));
  const expected = { issuer, audience: clientId, typ: 'logout+jwt', algorithms: ['ES256', 'RS256'], clockTolerance: 5 };
  const taken: LogoutTaken[] = [];
  let attempts = 0;
  let how = confirm;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    attempts += 1;
    const token = new URLSearchParams(await read(request)).get('logout_token') ?? '';
    const { payload, protectedHeader: header } = await jwtVerify(token, keys, expected);
    taken.push({ payload, header, type: request.headers['content-type'] ?? '' });
    how(response);
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => {
      response.writeHead(400).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://localhost:${port}/backchannel-logout`,
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
