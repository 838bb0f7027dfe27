// The word of a passkey over a record, where the record says that one confirmed it (WebAuthn L3 §7.2): the challenge is the digest of the record itself, the
// person was verified by the authenticator, and the signature is by the key that the issuer names. Nothing of it can be taken from another record.

import { createPublicKey, hash, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { decodeBase64url } from './base64.ts';
import { findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Jws } from './jws.ts';
import { findRecordDigest, isRecordNamed } from './record-digest.ts';

type Assertion = { readonly key: JsonObject; readonly data: Buffer; readonly client: Buffer; readonly signature: Buffer };

function findObject(object: JsonObject, name: string): JsonObject | undefined {
  const value = object[name];
  return isObject(value) ? value : undefined;
}

function findBytes(object: JsonObject, name: string): Buffer | undefined {
  const text = findString(object, name);
  return text === undefined ? undefined : decodeBase64url(text);
}

function toAssertion(value: JsonObject): Assertion | undefined {
  const key = findObject(value, 'key');
  const data = findBytes(value, 'authenticator_data');
  const client = findBytes(value, 'client_data_json');
  const signature = findBytes(value, 'signature');
  return key === undefined || data === undefined || client === undefined || signature === undefined
    ? undefined
    : { key, data, client, signature };
}

/** WebAuthn L3 §7.2 steps 9 to 14. */
function isClientRight(bytes: Buffer, challenge: string, origin: string): boolean {
  const client = parseObject(bytes.toString());
  const isOwnPage = client?.['crossOrigin'] === undefined || client['crossOrigin'] === false;
  const isSaid = client?.['type'] === 'webauthn.get' && client['challenge'] === challenge && client['origin'] === origin;
  return isSaid && isOwnPage && client['topOrigin'] === undefined;
}

const userPresentAndVerified = 0x05;

/** WebAuthn L3 §7.2 steps 15 to 17: of this relying party, with the person there and verified. */
function isDataRight(data: Buffer, host: string): boolean {
  return (
    data.length >= 37 &&
    data.toString('base64url', 0, 32) === hash('sha256', host, 'base64url') &&
    (data.readUInt8(32) & userPresentAndVerified) === userPresentAndVerified
  );
}

type Kind = {
  readonly named: Readonly<Record<string, string>>;
  /** Fewest and most bytes of each number. */
  readonly sizes: Readonly<Record<string, readonly [number, number]>>;
  readonly algorithm: 'sha256' | null;
};

/** The three kinds of key that a passkey may have here. */
const kinds: readonly Kind[] = [
  { named: { kty: 'EC', crv: 'P-256' }, sizes: { x: [32, 32], y: [32, 32] }, algorithm: 'sha256' },
  { named: { kty: 'OKP', crv: 'Ed25519' }, sizes: { x: [32, 32] }, algorithm: null },
  { named: { kty: 'RSA' }, sizes: { n: [256, 512], e: [1, 8] }, algorithm: 'sha256' },
];

function isKind(key: JsonObject, { named, sizes }: Kind): boolean {
  const isSized = Object.entries(sizes).every(([name, [least, most]]) => {
    const size = findBytes(key, name)?.length ?? 0;
    return size >= least && size <= most;
  });
  return isSized && Object.entries(named).every(([name, value]) => key[name] === value);
}

type Known = { readonly jwk: JsonWebKey; readonly algorithm: Kind['algorithm'] };

/** Nothing else of the JWK is read. */
function findKey(key: JsonObject): Known | undefined {
  const kind = kinds.find((each) => isKind(key, each));
  if (kind === undefined) {
    return undefined;
  }
  const numbers = Object.fromEntries(Object.keys(kind.sizes).map((name) => [name, findString(key, name) ?? '']));
  return { jwk: { ...kind.named, ...numbers }, algorithm: kind.algorithm };
}

function isSignedBy({ client, data, key, signature }: Assertion): boolean {
  const known = findKey(key);
  if (known === undefined) {
    return false;
  }
  try {
    const signed = Buffer.concat([data, hash('sha256', client, 'buffer')]);
    return verify(known.algorithm, signed, createPublicKey({ key: known.jwk, format: 'jwk' }), signature);
  } catch {
    // The crypto library throws for a point that is not on the curve.
    return false;
  }
}

function isConfirmed(jws: Jws, given: JsonObject): boolean {
  const assertion = toAssertion(given);
  const digest = findRecordDigest(jws);
  const issuer = findString(jws.claims, 'iss') ?? '';
  if (assertion === undefined || digest === undefined || isRecordNamed(jws) !== true || !URL.canParse(issuer)) {
    return false;
  }
  const { hostname, origin } = new URL(issuer);
  return isClientRight(assertion.client, digest, origin) && isDataRight(assertion.data, hostname) && isSignedBy(assertion);
}

/** Undefined for a record that nobody confirmed with a passkey, and that does not say so. */
export function findConfirmation(jws: Jws): boolean | undefined {
  const record = findObject(jws.claims, 'record') ?? {};
  const integrity = findObject(record, 'integrity') ?? {};
  const isSaid = findObject(record, 'expression')?.['method'] === 'button_passkey';
  const assertion = integrity['assertion'];
  if (!isSaid && assertion === undefined) {
    return undefined;
  }
  return isSaid && isObject(assertion) && isConfirmed(jws, assertion);
}
