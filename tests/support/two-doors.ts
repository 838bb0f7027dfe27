// Requests for races: built whole beforehand, sent to one of several processes of the same issuer, and timed.

import { sendRaw, toPort } from './raw-request.ts';
import type { RawAnswer, RawRequest } from './raw-request.ts';
import type { UserAgent } from './user-agent.ts';

export type Shot = Omit<RawRequest, 'port'>;
export type Timed = { readonly answer: RawAnswer; readonly sentAt: number; readonly answeredAt: number };

const form = 'application/x-www-form-urlencoded';

export function createPost(issuer: string, path: string, fields: Readonly<Record<string, string>>): Shot {
  return {
    method: 'POST',
    path,
    headers: { host: new URL(issuer).host, 'content-type': form },
    body: new URLSearchParams(fields).toString(),
  };
}

/** What the browser would send along: its cookies for this path, and that it comes from our own page. */
export function asBrowser(agent: UserAgent, shot: Shot): Shot {
  const isUnder = (folder: string): boolean =>
    folder === '/' || shot.path === folder || shot.path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
  const sent = [...agent.cookies.values()].filter(({ path }) => isUnder(path)).map(({ name, value }) => `${name}=${value}`);
  return { ...shot, headers: { accept: 'text/html', ...shot.headers, cookie: sent.join('; '), 'sec-fetch-site': 'same-origin' } };
}

/** Passing time is measured by a clock that only goes forward. */
export async function fire(port: number, shot: Shot, delayMs = 0): Promise<Timed> {
  if (delayMs > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, delayMs);
    });
  }
  const sentAt = performance.now();
  const answer = await sendRaw({ ...shot, port });
  return { answer, sentAt, answeredAt: performance.now() };
}

export const toPorts = (issuer: string, second: { readonly port: number }): readonly number[] => [toPort(issuer), second.port];
