// HTTP as the load speaks it: few allocations, connections kept, nothing followed.

import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';

export type Reply = { readonly status: number; readonly location: string; readonly body: string };

export type Call = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Caller = { readonly send: (call: Call) => Promise<Reply>; readonly close: () => void };

async function readReply(response: IncomingMessage): Promise<Reply> {
  const chunks: string[] = [];
  response.setEncoding('utf8');
  for await (const chunk of response) {
    chunks.push(String(chunk));
  }
  return { status: response.statusCode ?? 0, location: response.headers.location ?? '', body: chunks.join('') };
}

export function createCaller(issuer: string, connections: number): Caller {
  const { hostname, port } = new URL(issuer);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (call: Call): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const length = call.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(call.body)) };
      const outgoing = request({ agent, hostname, port, method: call.method, path: call.path, headers: { ...call.headers, ...length } });
      outgoing.on('response', (response) => {
        readReply(response).then(resolve, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(call.body);
    });
  return { send, close: () => agent.destroy() };
}
