// HTTP of a witness: small bodies, short times, nothing kept between requests. TLS ends in a proxy in front.

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { addCheckpoint, findPublic } from './answer.ts';
import type { WitnessAnswer, WitnessNeeds } from './answer.ts';

const longestBody = 65_536;
const plain = 'text/plain; charset=utf-8';

function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > longestBody) {
        resolve(undefined);
        request.pause();
        return;
      }
      parts.push(part);
    });
    request.on('end', () => {
      const bytes = Buffer.concat(parts);
      const text = bytes.toString('utf8');
      // Bytes that are no text are no note either.
      resolve(Buffer.from(text).equals(bytes) ? text : '');
    });
    request.on('error', reject);
  });
}

async function findAnswer(needs: WitnessNeeds, request: IncomingMessage): Promise<WitnessAnswer> {
  const [path = ''] = (request.url ?? '').split('?');
  if (request.method === 'POST' && path === '/add-checkpoint') {
    const body = await readBody(request);
    return body === undefined ? { status: 413, type: plain, body: 'too large\n' } : addCheckpoint(needs, body);
  }
  return request.method === 'GET' ? findPublic(needs, path) : { status: 405, type: plain, body: 'no such method\n' };
}

function send(response: ServerResponse, { status, type, body }: WitnessAnswer): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers);
  response.end(body);
}

export function createWitnessServer(needs: WitnessNeeds): Server {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 15_000, maxHeaderSize: 16_384 }, (request, response) => {
    findAnswer(needs, request).then(
      (found) => send(response, found),
      (thrown: unknown) => {
        // What could not be stored was not cosigned.
        needs.alarm(`fault: ${thrown instanceof Error ? thrown.message : 'unknown'}`);
        send(response, { status: 503, type: plain, body: 'not now\n' });
      },
    );
  });
  server.maxConnections = 256;
  return server;
}
