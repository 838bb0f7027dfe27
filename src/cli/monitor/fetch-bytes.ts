// Plain HTTP for a monitor: never follows another address, never reads more than was asked for, never throws.

import type { GetBytes, Got } from '../../monitor/read-published.ts';

const longestWait = 15_000;

async function readAtMost(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > mostBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readAnswer(response: Response, mostBytes: number): Promise<Got> {
  if (response.status === 404 || response.status === 410) {
    return { kind: 'absent' };
  }
  if (response.status !== 200) {
    return { kind: 'lost', detail: `the answer was ${response.status}` };
  }
  const bytes = response.body === null ? Buffer.alloc(0) : await readAtMost(response.body, mostBytes);
  return bytes === undefined ? { kind: 'absent' } : { kind: 'bytes', bytes };
}

function toReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : 'no answer';
}

export const fetchBytes: GetBytes = async (url, mostBytes) => {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(longestWait) });
    return await readAnswer(response, mostBytes);
  } catch (error) {
    return { kind: 'lost', detail: toReason(error) };
  }
};
