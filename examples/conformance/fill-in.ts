// What neither side may share with another installation: the address of the suite, the address of the provider, and a secret or a key for each client.
// The same secrets go into the file of services and into the configuration of the suite; of a key, the public half into the one and the whole into the other.

import { generateKeyPairSync, randomBytes } from 'node:crypto';

const suiteBase = 'https://localhost.emobix.co.uk:8443/test/a/huwiya';
const issuer = 'https://id.example.gov';
const marker = 'fill-in';
const keyMarker = /^fill-in (public|private) (PS256|ES256)$/;

export type Places = {
  /** Where the suite answers, without a slash at the end. */
  readonly suite: string;
  /** Names the configuration in the suite; part of every address of its clients. */
  readonly alias: string;
  readonly issuer: string;
};

export type FillIn = (template: string) => string;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

type Jwk = Readonly<Record<string, unknown>>;

function createKey(algorithm: string, clientId: string): Jwk {
  const { privateKey } =
    algorithm === 'PS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: `${clientId}-1`, alg: algorithm, use: 'sig' };
}

const publicMembers: ReadonlySet<string> = new Set(['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use']);

const toPublic = (key: Jwk): Jwk => Object.fromEntries(Object.entries(key).filter(([name]) => publicMembers.has(name)));

/** Makes each thing once. */
function rememberEach<T>(create: (clientId: string) => T): (clientId: string) => T {
  const made = new Map<string, T>();
  return (clientId) => {
    const one = made.get(clientId) ?? create(clientId);
    made.set(clientId, one);
    return one;
  };
}

/** One for each run: the files of a run belong together. */
export function createFillIn(places: Places): FillIn {
  const toSecret = rememberEach(() => randomBytes(32).toString('base64url'));
  const keys = { PS256: rememberEach((id) => createKey('PS256', id)), ES256: rememberEach((id) => createKey('ES256', id)) };
  const toKeys = (text: unknown, clientId: string): object => {
    const [, half, algorithm] = keyMarker.exec(String(text)) ?? [];
    if (algorithm !== 'PS256' && algorithm !== 'ES256') {
      return {};
    }
    const key = keys[algorithm](clientId);
    return { jwks: { keys: [half === 'public' ? toPublic(key) : key] } };
  };
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(fill);
    }
    if (!isObject(value)) {
      return value;
    }
    const filled: Readonly<Record<string, unknown>> = Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, fill(member)] as const),
    );
    const clientId = String(filled['client_id']);
    const secret = filled['client_secret'] === marker ? { client_secret: toSecret(clientId) } : {};
    return { ...filled, ...secret, ...toKeys(filled['jwks'], clientId) };
  };
  return (template) => {
    const placed = template.replaceAll(suiteBase, `${places.suite}/test/a/${places.alias}`).replaceAll(issuer, places.issuer);
    const parsed: unknown = JSON.parse(placed);
    const filled = fill(parsed);
    const named = isObject(filled) && 'alias' in filled ? { ...filled, alias: places.alias } : filled;
    return `${JSON.stringify(named, null, 2)}\n`;
  };
}
