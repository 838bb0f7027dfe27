// The attestation object (WebAuthn L3 §6.5.4): a map of exactly three members.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isCborMap, parseCborItem } from './parse-cbor.ts';
import type { CborMap, CborValue } from './parse-cbor.ts';

export type Attestation = {
  readonly format: string;
  readonly authenticatorData: Uint8Array;
  readonly statement: CborMap;
};

/** WebAuthn L3 §8.1: at most 32 printable ASCII characters without quotation mark and backslash. */
const formatPattern = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,32}$/;

export function parseAttestation(bytes: Uint8Array): Outcome<Attestation, 'passkey/refused'> {
  const item = parseCborItem(bytes, 0);
  if (!item.ok) {
    return item;
  }
  const { value, end } = item.value;
  const attestation = end === bytes.length && isCborMap(value) && value.size === 3 ? findAttestation(value) : undefined;
  return attestation === undefined ? refuse('passkey/refused', 'attestation-object') : succeed(attestation);
}

function findAttestation(members: CborMap): Attestation | undefined {
  const format = members.get('fmt');
  const authenticatorData = members.get('authData');
  const statement = members.get('attStmt');
  return isFormat(format) && authenticatorData instanceof Uint8Array && isCborMap(statement)
    ? { format, authenticatorData, statement }
    : undefined;
}

function isFormat(value: CborValue | undefined): value is string {
  return typeof value === 'string' && formatPattern.test(value);
}

/**
 * The same authenticator data in an object with format `none` (WebAuthn L3 §8.7): statements are none of the library's business.
 * Members in the order and with the lengths that CTAP 2.2 §8 prescribes.
 */
export function toUnattested(authenticatorData: Uint8Array): string {
  const size = Buffer.alloc(2);
  size.writeUInt16BE(authenticatorData.length);
  const head = 'a363666d74646e6f6e656761747453746d74a068617574684461746159';
  return Buffer.concat([Buffer.from(head, 'hex'), size, authenticatorData]).toString('base64url');
}
