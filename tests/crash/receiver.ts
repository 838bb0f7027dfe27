// Where services take sign-outs: it confirms each one and remembers which it was, by the id that tells a repetition.

import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { decodeJwt } from 'jose';

export type Delivery = { readonly jti: string; readonly sid: string; readonly service: string };

export type Receiver = { readonly url: string; readonly taken: readonly Delivery[]; readonly close: () => Promise<void> };

async function read(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of request.setEncoding('utf8')) {
    parts.push(String(part));
  }
  return parts.join('');
}

function toDelivery(body: string): Delivery {
  const { jti, sid, aud } = decodeJwt(new URLSearchParams(body).get('logout_token') ?? '');
  return { jti: String(jti), sid: String(sid), service: String(aud) };
}

export async function startReceiver(): Promise<Receiver> {
  const taken: Delivery[] = [];
  const server = createServer((request, response) => {
    read(request)
      .then((body) => {
        taken.push(toDelivery(body));
        response.writeHead(200).end();
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://localhost:${port}/backchannel-logout`,
    taken,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
