// One HTTP request as a program on the wire sends it: the address it connects to, the Host it names and the path it asks are three different things.

import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export type RawRequest = {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
};

export type RawAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export async function sendRaw(asked: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const body = asked.body ?? '';
    const headers = body === '' ? asked.headers : { 'content-length': Buffer.byteLength(body), ...asked.headers };
    const sent = request(
      { host: '127.0.0.1', port: asked.port, method: asked.method ?? 'GET', path: asked.path, headers: headers ?? {}, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export function toPort(issuer: string): number {
  return Number(new URL(issuer).port);
}

/** The members of a JSON object; none for anything else. */
export function toObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}
