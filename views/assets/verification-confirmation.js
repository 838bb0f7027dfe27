// The word of a passkey over a record, where the record says that one confirmed it (WebAuthn L3 §7.2): the challenge is the digest of the record itself, the
// person was verified by the authenticator, and the signature is by the key that the issuer names.

import { decodeBase64url, digest, encodeBase64url, joinBytes, toBytes, toText } from './verification-bytes.js';
import { findObject, findString, isObject, parseObject } from './verification-json.js';
import { readRecordDigest } from './verification-record.js';
import { checkEd25519 } from './verification-signature.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-json.js').JsonObject} JsonObject */
/** @typedef {import('./verification-signature.js').Finding} Finding */
/** @typedef {import('./verification-signature.js').Jws} Jws */

/** @typedef {{ readonly key: JsonObject, readonly data: Bytes, readonly client: Bytes, readonly signature: Bytes }} Assertion */

/**
 * @param {JsonObject} object
 * @param {string} name
 */
function findBytes(object, name) {
  const text = findString(object, name);
  return text === undefined ? undefined : decodeBase64url(text);
}

/**
 * @param {JsonObject} value
 * @returns {Assertion | undefined}
 */
function toAssertion(value) {
  const key = findObject(value, 'key');
  const data = findBytes(value, 'authenticator_data');
  const client = findBytes(value, 'client_data_json');
  const signature = findBytes(value, 'signature');
  return key === undefined || data === undefined || client === undefined || signature === undefined
    ? undefined
    : { key, data, client, signature };
}

/**
 * @param {Bytes} bytes
 * @param {string} challenge
 * @param {string} origin
 */
function isClientRight(bytes, challenge, origin) {
  const client = parseObject(toText(bytes));
  const isOwnPage = client?.['crossOrigin'] === undefined || client['crossOrigin'] === false;
  const isSaid = client?.['type'] === 'webauthn.get' && client['challenge'] === challenge && client['origin'] === origin;
  return isSaid && isOwnPage && client['topOrigin'] === undefined;
}

// The person was there, and the authenticator verified them.
const presentAndVerified = 0x05;

/**
 * @param {Subtle} subtle
 * @param {Bytes} data
 * @param {string} host
 */
async function isDataRight(subtle, data, host) {
  const [set = 0] = data.slice(32, 33);
  const party = encodeBase64url(await digest(subtle, toBytes(host)));
  return data.length >= 37 && encodeBase64url(data.slice(0, 32)) === party && (set & presentAndVerified) === presentAndVerified;
}

/**
 * Whether a number that is not negative is spelled with as few bytes as it needs (X.690 §8.3.2).
 * @param {Bytes} bytes
 */
function isShortest([first = 0x80, second = 0x80]) {
  return first === 0 ? second >= 0x80 : first < 0x80;
}

/**
 * A whole number of a DER signature at a place, in its one spelling, as 32 bytes; and where it ends.
 * @param {Bytes} der
 * @param {number} at
 * @returns {{ readonly scalar: Bytes, readonly end: number } | undefined}
 */
function findScalar(der, at) {
  const [kind, size = 0] = der.slice(at, at + 2);
  const end = at + 2 + size;
  const bytes = der.slice(at + 2, end);
  const scalar = bytes[0] === 0 ? bytes.slice(1) : bytes;
  return kind === 2 && bytes.length === size && isShortest(bytes) && scalar.length <= 32
    ? { scalar: joinBytes(new Uint8Array(32 - scalar.length), scalar), end }
    : undefined;
}

/**
 * ECDSA-Sig-Value (RFC 3279 §2.2.3) as WebCrypto wants it: r ‖ s. Undefined where it is spelled otherwise than DER does.
 * @param {Bytes} signature
 * @returns {Bytes | undefined}
 */
function findRaw(signature) {
  const r = findScalar(signature, 2);
  const s = r === undefined ? undefined : findScalar(signature, r.end);
  const isWhole = signature[0] === 0x30 && signature[1] === signature.length - 2 && s?.end === signature.length;
  return isWhole && r !== undefined ? joinBytes(r.scalar, s.scalar) : undefined;
}

/** @typedef {{ readonly signed: Bytes, readonly signature: Bytes }} Message */

/**
 * `use` is absent for Ed25519, which not every browser knows.
 * @typedef {object} Kind
 * @property {Readonly<Record<string, string>>} named
 * @property {Readonly<Record<string, readonly [number, number]>>} sizes fewest and most bytes of each number
 * @property {{ readonly given: EcKeyImportParams | RsaHashedImportParams, readonly asked: EcdsaParams | Algorithm }} [use]
 */

/**
 * The three kinds of key that a passkey may have here.
 * @type {readonly Kind[]}
 */
const keyKinds = [
  {
    named: { kty: 'EC', crv: 'P-256' },
    sizes: { x: [32, 32], y: [32, 32] },
    use: { given: { name: 'ECDSA', namedCurve: 'P-256' }, asked: { name: 'ECDSA', hash: 'SHA-256' } },
  },
  { named: { kty: 'OKP', crv: 'Ed25519' }, sizes: { x: [32, 32] } },
  {
    named: { kty: 'RSA' },
    sizes: { n: [256, 512], e: [1, 8] },
    use: { given: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, asked: { name: 'RSASSA-PKCS1-v1_5' } },
  },
];

/**
 * @param {JsonObject} key
 * @param {Kind} kind
 */
function isKind(key, { named, sizes }) {
  const isSized = Object.entries(sizes).every(([name, [least, most]]) => {
    const size = findBytes(key, name)?.length ?? 0;
    return size >= least && size <= most;
  });
  return isSized && Object.entries(named).every(([name, value]) => key[name] === value);
}

/**
 * Nothing of the JWK is read but what its kind has.
 * @param {Subtle} subtle
 * @param {{ readonly key: JsonObject, readonly kind: Kind, readonly use: NonNullable<Kind['use']> }} known
 * @param {Message} message
 * @returns {Promise<Finding>}
 */
async function checkWith(subtle, { key, kind, use }, { signed, signature }) {
  const numbers = Object.keys(kind.sizes).map((name) => [name, findString(key, name)]);
  const jwk = { ...kind.named, ...Object.fromEntries(numbers) };
  try {
    const imported = await subtle.importKey('jwk', jwk, use.given, false, ['verify']);
    return (await subtle.verify(use.asked, imported, signature, signed)) ? 'good' : 'bad';
  } catch {
    // Thrown for a point that is not on the curve; every browser with WebCrypto knows both algorithms.
    return 'bad';
  }
}

/**
 * @param {Subtle} subtle
 * @param {JsonObject} key
 * @param {Message} message
 * @returns {Promise<Finding>}
 */
async function checkSignature(subtle, key, message) {
  const kind = keyKinds.find((each) => isKind(key, each));
  if (kind === undefined) {
    return 'bad';
  }
  const { use } = kind;
  if (use === undefined) {
    return checkEd25519(subtle, findBytes(key, 'x') ?? new Uint8Array(32), message);
  }
  const signature = kind.named['kty'] === 'EC' ? findRaw(message.signature) : message.signature;
  return signature === undefined ? 'bad' : checkWith(subtle, { key, kind, use }, { ...message, signature });
}

/**
 * @param {Subtle} subtle
 * @param {Assertion} assertion
 * @param {{ readonly digest: string, readonly issuer: URL }} expected
 * @returns {Promise<Finding>}
 */
async function checkAssertion(subtle, { client, data, key, signature }, { digest: challenge, issuer }) {
  if (!isClientRight(client, challenge, issuer.origin) || !(await isDataRight(subtle, data, issuer.hostname))) {
    return 'bad';
  }
  const signed = joinBytes(data, await digest(subtle, client));
  return checkSignature(subtle, key, { signed, signature });
}

/**
 * @param {Subtle} subtle
 * @param {Jws} jws
 * @param {unknown} given
 * @returns {Promise<Finding>}
 */
async function checkGiven(subtle, jws, given) {
  const assertion = isObject(given) ? toAssertion(given) : undefined;
  const { content, isNamed } = await readRecordDigest(subtle, jws);
  const issuer = findString(jws.claims, 'iss') ?? '';
  return assertion === undefined || content === undefined || isNamed !== true || !URL.canParse(issuer)
    ? 'bad'
    : checkAssertion(subtle, assertion, { digest: content, issuer: new URL(issuer) });
}

/**
 * Undefined for a record that nobody confirmed with a passkey, and that does not say so.
 * @param {Subtle} subtle
 * @param {Jws} jws
 * @returns {Promise<Finding | undefined>}
 */
export async function findConfirmation(subtle, jws) {
  const record = findObject(jws.claims, 'record') ?? {};
  const isSaid = findObject(record, 'expression')?.['method'] === 'button_passkey';
  const given = findObject(record, 'integrity')?.['assertion'];
  if (!isSaid && given === undefined) {
    return undefined;
  }
  return isSaid ? checkGiven(subtle, jws, given) : 'bad';
}
