// What went over the wire, in the words of the specifications: for the developer who unfolds the foot of a page. Codes and tokens are cut short.

import type { Fetched, Refusal, SignedIn } from './provider.ts';
import type { Settings } from './settings.ts';

export type Exchange = {
  readonly step: 'asked' | 'returned' | 'refused' | 'exchanged' | 'fetched' | 'denied';
  readonly sent: string;
  readonly answer: string;
};

const shown = 8;

function shorten(secret: string): string {
  return `${secret.slice(0, shown)}…`;
}

function toLines(members: URLSearchParams | Readonly<Record<string, string | undefined>>): string {
  const pairs = members instanceof URLSearchParams ? [...members] : Object.entries(members);
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}=${value}`])).join('\n');
}

export function describeAsking(url: URL): Exchange {
  return { step: 'asked', sent: `GET ${url.origin}${url.pathname}\n${toLines(url.searchParams)}`, answer: '' };
}

export function describeRefusal({ error, description }: Refusal): Exchange {
  return { step: 'refused', sent: `GET /callback\n${toLines({ error, error_description: description })}`, answer: '' };
}

export function describeReturn(returned: URL): Exchange {
  const { searchParams } = returned;
  const members = { ...Object.fromEntries(searchParams), code: shorten(searchParams.get('code') ?? '') };
  return { step: 'returned', sent: `GET /callback\n${toLines(members)}`, answer: '' };
}

export function describeTokens({ authentication }: Settings, { accessToken, facts }: SignedIn): Exchange {
  const proof =
    authentication.method === 'key'
      ? { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: 'eyJhbGci…' }
      : { 'Authorization: Basic': '…' };
  const answer = { access_token: shorten(accessToken), token_type: 'Bearer', id_token: facts };
  return {
    step: 'exchanged',
    sent: `POST token_endpoint\n${toLines({ grant_type: 'authorization_code', code: '…', code_verifier: '…', ...proof })}`,
    answer: `200\n${JSON.stringify(answer, undefined, 2)}`,
  };
}

function describeQuestion(accessToken: string): string {
  return `GET userinfo_endpoint\n  Authorization: Bearer ${shorten(accessToken)}`;
}

/** The answer itself stands beside it: a program may read it there. */
export function describeRelease({ accessToken }: SignedIn): Exchange {
  return { step: 'fetched', sent: describeQuestion(accessToken), answer: '200' };
}

export function describeDenial({ accessToken }: SignedIn, { status, challenge }: Extract<Fetched, { ok: false }>): Exchange {
  return { step: 'denied', sent: describeQuestion(accessToken), answer: `${status}\n  WWW-Authenticate: ${challenge}` };
}
