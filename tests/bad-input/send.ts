// A request written byte by byte: names twice, control characters and wrong lengths included, which no client library would send.

import { connect } from 'node:net';

export type RawResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
  readonly body: string;
};

type HeaderLine = readonly [name: string, value: string];

export function toBytes(head: string, headers: readonly HeaderLine[], body: string): Buffer {
  const lines = [head, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body, 'utf8')]);
}

function readResponse(bytes: Buffer): RawResponse {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.toString('latin1', 0, end < 0 ? bytes.length : end).split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  const cookies = headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value.split(';')[0] ?? ''] : []));
  return { status: Number(first.split(' ')[1] ?? 0), headers: Object.fromEntries(headers), cookies, body: bytes.toString('utf8', end + 4) };
}

/** Status 0: the connection was closed without an answer. */
export async function sendBytes(port: number, bytes: Buffer): Promise<RawResponse> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.setTimeout(20_000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A node that refuses in the middle of a body closes while we still write.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(readResponse(Buffer.concat(chunks))));
    socket.write(bytes);
  });
}
