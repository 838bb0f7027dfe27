// The same sign-in twice: as it is, and with a parameter that nobody knows and the engine passes over (RFC 6749 §3.1), which keeps it off the short way. What comes of
// the two must be the same: answers, and rows as they are stored, but for what is drawn, or read off a clock.

import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { clinicSecret } from './sample-services.ts';
import { createAssertion } from './service.ts';
import type { Traveller } from './person-journey.ts';
import { createEnrolledPerson, createRequest, obtainTokens, places } from './visits.ts';
import type { Place } from './visits.ts';
import type { World } from './world.ts';

export type Way = 'short' | 'long';

const ballast = ['huwiya_test', '1'] as const;

export type Signing = { readonly world: World; readonly person: StoredPerson; readonly traveller: Traveller; readonly place: Place };

/** How one sign-in differs from an ordinary one. */
export type Scenario = {
  /** Before the request for authorization. */
  readonly before?: (signing: Signing) => Promise<unknown>;
  readonly ask?: (parameters: URLSearchParams) => void;
  /** Between code and exchange. */
  readonly between?: (signing: Signing) => Promise<unknown>;
  readonly exchange?: (form: URLSearchParams) => void;
  readonly exchangedWith?: (headers: Headers) => void;
  readonly exchanges?: number;
  /** Between the exchange and UserInfo. */
  readonly after?: (signing: Signing) => Promise<unknown>;
  readonly fetchedWith?: (headers: Headers) => void;
};

export type Answer = {
  /** The engine gives the browser its cookie anew with each answer. */
  readonly isByEngine: boolean;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of a redirect. */
  readonly to: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: unknown;
};

export type Outcome = { readonly answers: readonly Answer[]; readonly rows: Readonly<Record<string, readonly unknown[]>> };

/** Of no meaning, or of the page that goes with a redirect and nobody sees. */
const passedOver: ReadonlySet<string> = new Set(['date', 'set-cookie', 'content-length', 'x-request-id']);
const ofPage: ReadonlySet<string> = new Set(['content-type', 'content-security-policy']);

function readParts(token: string): unknown {
  const parts = token.split('.').slice(0, 2);
  return parts.map((part): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
}

const jwtPattern = /^[\w-]+\.[\w-]+\.[\w-]+$/;

function readBody(text: string): unknown {
  if (jwtPattern.test(text)) {
    return readParts(text);
  }
  try {
    const body: unknown = JSON.parse(text);
    const members = Object.entries(body ?? {}).map(
      ([name, value]) => [name, name === 'id_token' ? readParts(String(value)) : value] as const,
    );
    return Object.fromEntries(members);
  } catch {
    return text;
  }
}

/** One request, with its headers in the order in which they came. */
async function call(
  url: string,
  { method, headers, body }: { readonly method: string; readonly headers: Headers; readonly body?: string },
): Promise<Answer> {
  const length =
    body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)), 'content-type': 'application/x-www-form-urlencoded' };
  const sent = request(url, { method, headers: { ...Object.fromEntries(headers), ...length } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const incoming = z.instanceof(IncomingMessage).parse(response);
  const chunks: string[] = [];
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) {
    chunks.push(String(chunk));
  }
  const pairs = Object.entries(incoming.headersDistinct).map(([name, values = []]): [string, string] => [name, values.join(', ')]);
  const answer = await toAnswer(new Response(chunks.join(''), { status: incoming.statusCode ?? 0, headers: pairs }));
  const order = incoming.rawHeaders.filter((_, place) => place % 2 === 0).map((name) => name.toLowerCase());
  // The application gives each request its number before anything else.
  return { ...answer, isByEngine: order.indexOf('x-request-id') < order.indexOf('cache-control') };
}

type Shown = Pick<Answer, 'headers' | 'to' | 'parameters' | 'body'>;

function toRedirect(url: URL, headers: Answer['headers']): Shown {
  const parameters = Object.fromEntries(url.searchParams);
  return { headers: headers.filter(([name]) => !ofPage.has(name)), to: `${url.origin}${url.pathname}`, parameters, body: '' };
}

async function toAnswer(response: Response): Promise<Answer> {
  const location = response.headers.get('location');
  const headers = [...response.headers].filter(([name]) => !passedOver.has(name) && name !== 'location');
  const text = await response.text();
  // A page is the same but for its number and what binds its forms; that it is the same page is told by the status and its title.
  const body = readBody(/<title>[^<]*/.exec(text)?.[0] ?? text);
  const shown = location === null ? { headers, to: '', parameters: {}, body } : toRedirect(new URL(location, response.url), headers);
  return { isByEngine: response.headers.has('set-cookie'), status: response.status, ...shown };
}

type Row = Readonly<Record<string, unknown>>;

const parse = (text: unknown): Row => z.record(z.string(), z.unknown()).parse(JSON.parse(String(text)));

const toRows: Readonly<Record<string, { readonly query: string; readonly read: (row: Row) => unknown }>> = {
  artefacts: {
    query: 'SELECT * FROM artefacts WHERE person_id = ? ORDER BY rowid',
    read: ({ consumed_at: consumed, ended_at: ended, payload, ...row }) => ({
      ...row,
      payload: parse(payload),
      isConsumed: consumed !== null,
      isEnded: ended !== null,
    }),
  },
  entries: {
    query: 'SELECT e.* FROM entries e JOIN entry_secrets s ON s.entry_id = e.id WHERE s.person_ref = ? ORDER BY e.rowid',
    read: ({ attributes, body, id, purpose, service, type }) => ({ attributes, body: parse(body), id, purpose, service, type }),
  },
  serviceSessions: { query: 'SELECT * FROM service_sessions WHERE person_id = ? ORDER BY rowid', read: (row) => row },
  endedTokens: {
    query:
      'SELECT t.* FROM ended_tokens t JOIN sessions s ON s.uid = t.session_uid WHERE s.person_id = ? ORDER BY t.session_uid, t.client_id',
    read: ({ ended_before: before, offline_ended_before: offline, ...row }) => ({
      ...row,
      isEnded: before !== -1,
      isOffline: offline !== -1,
    }),
  },
};

function readRows({ config }: World, person: StoredPerson): Outcome['rows'] {
  const database = new Database(config.database.kind === 'sqlite' ? config.database.path : '', { readonly: true });
  try {
    const read = ({ query, read: toRow }: (typeof toRows)[string]): readonly unknown[] =>
      database.prepare<[string], Row>(query).all(person.id).map(toRow);
    return Object.fromEntries(Object.entries(toRows).map(([name, table]) => [name, read(table)]));
  } finally {
    database.close();
  }
}

const moments: ReadonlySet<string> = new Set([
  'at',
  'auth_time',
  'authTime',
  'created_at',
  'decided_at',
  'declined_at',
  'ended_at',
  'entered_at',
  'exp',
  'expires_at',
  'iat',
  'loginTs',
  'settled_at',
]);

// Identifiers of every kind that is drawn: UUIDs, digests and tokens, and the engine's own names.
const drawn = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![\w-])[\w-]{43}(?![\w-])|(?<![\w-])[\w-]{21,22}(?![\w-])/g;

/** In half minutes since the sign-in began, so that a life that is too long or too short shows, and a slow machine does not. */
function toHalfMinutes(value: number, begunAt: number): string {
  const milliseconds = value < 100_000_000_000 ? value * 1000 : value;
  return `${Math.floor((milliseconds - begunAt + 5000) / 30_000)} half minutes`;
}

/** The same text for two outcomes that differ in what was drawn alone: each name by its place, so that two that are the same here must be the same there. */
function toComparable(outcome: Outcome, begunAt: number): unknown {
  const names = new Map<string, string>();
  const name = (text: string): string => {
    const known = names.get(text) ?? `#${names.size}`;
    names.set(text, known);
    return known;
  };
  const text = JSON.stringify(outcome, (key, value: unknown) => {
    if (key === 'passkey') {
      return 'the passkey';
    }
    if (key === 'isByEngine') {
      return undefined;
    }
    return moments.has(key) && typeof value === 'number' ? toHalfMinutes(value, begunAt) : value;
  });
  return JSON.parse(text.replaceAll(drawn, name));
}

const tokensSchema = z.object({ access_token: z.string() });

/** Somebody who has signed in there once, and agreed. */
export async function createRemembered(world: World, place: Place = 'clinic'): Promise<Signing> {
  const { person, traveller } = await createEnrolledPerson(world);
  await obtainTokens(traveller, place, { attributes: [place === 'clinic' ? 'gender' : 'email'] });
  return { world, person, traveller, place };
}

type Asked = { readonly code: string | null; readonly verifier: string; readonly answer: Answer };

async function ask({ place, traveller }: Signing, way: Way, { ask: change }: Scenario): Promise<Asked> {
  const authorization = createRequest(traveller.issuer, place);
  const url = new URL(authorization.url);
  url.searchParams.set('state', 'a state');
  url.searchParams.set('nonce', 'a nonce');
  change?.(url.searchParams);
  if (way === 'long') {
    url.searchParams.append(...ballast);
  }
  const response = await traveller.agent.send(url.href);
  const location = response.headers.get('location') ?? '';
  const code = location.startsWith(places[place].redirectUri) ? new URL(location).searchParams.get('code') : null;
  return { code, verifier: authorization.verifier, answer: await toAnswer(response) };
}

type Coming = Pick<Asked, 'verifier'> & { readonly code: string; readonly scenario: Scenario };

/** The clinic holds a secret, and the other signs an assertion. */
function prove(place: Place, issuer: string, { form, headers }: { readonly form: URLSearchParams; readonly headers: Headers }): void {
  if (place === 'clinic') {
    headers.set('authorization', `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}`);
  } else {
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', createAssertion(issuer));
  }
}

async function exchange({ place, world }: Signing, way: Way, { code, verifier, scenario }: Coming): Promise<Answer> {
  const { redirectUri } = places[place];
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri });
  const headers = new Headers();
  prove(place, world.issuer, { form, headers });
  scenario.exchange?.(form);
  scenario.exchangedWith?.(headers);
  if (way === 'long') {
    form.append(...ballast);
  }
  return call(`${world.issuer}/token`, { method: 'POST', headers, body: form.toString() });
}

async function fetchDetails(
  { world }: Signing,
  way: Way,
  { token, scenario }: { readonly token: string; readonly scenario: Scenario },
): Promise<Answer> {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  scenario.fetchedWith?.(headers);
  return call(`${world.issuer}/me${way === 'long' ? `?${ballast.join('=')}` : ''}`, { method: 'GET', headers });
}

function findToken(answers: readonly Answer[]): string | undefined {
  const bodies = answers.map(({ body }) => tokensSchema.safeParse(body).data);
  return bodies.find((body) => body !== undefined)?.access_token;
}

async function exchangeAll(signing: Signing, way: Way, coming: Coming): Promise<readonly Answer[]> {
  const { scenario } = coming;
  await scenario.between?.(signing);
  const answers: Answer[] = [];
  for (let turn = 0; turn < (scenario.exchanges ?? 1); turn += 1) {
    answers.push(await exchange(signing, way, coming));
  }
  const token = findToken(answers);
  if (token !== undefined) {
    await scenario.after?.(signing);
    answers.push(await fetchDetails(signing, way, { token, scenario }));
  }
  return answers;
}

export type Came = {
  /** In a form that two can be compared in. */
  readonly came: unknown;
  readonly answers: readonly Answer[];
};

/** A whole sign-in of somebody who is remembered. */
export async function signInAs(signing: Signing, way: Way, scenario: Scenario): Promise<Came> {
  const { person, world } = signing;
  const begunAt = world.clock.now();
  await scenario.before?.(signing);
  const { answer, code, verifier } = await ask(signing, way, scenario);
  const answers = [answer, ...(code === null ? [] : await exchangeAll(signing, way, { code, verifier, scenario }))];
  return { came: toComparable({ answers, rows: readRows(world, person) }, begunAt), answers };
}
