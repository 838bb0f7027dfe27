// Authenticator data (WebAuthn L3 §6.1): rpIdHash 32, flags 1, counter 4, then attested credential data and extensions if the flags say so.

import { createHash } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isCborMap, parseCborItem } from './parse-cbor.ts';
import type { CborMap } from './parse-cbor.ts';

export type AuthenticatorData = {
  readonly counter: number;
  readonly isBackupEligible: boolean;
  readonly isBackedUp: boolean;
  readonly attested: AttestedCredential | undefined;
  /** Undefined where there are none. Under the signature, as everything here. */
  readonly extensions: CborMap | undefined;
};

export type AttestedCredential = {
  /** base64url. */
  readonly id: string;
  readonly aaguid: Uint8Array;
  readonly publicKey: CborMap;
};

const flags = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10, attested: 0x40, extensions: 0x80 };
const headSizeBytes = 37;
const idSizeLimitBytes = 1023;

/** Parses, and refuses at once what no ceremony accepts: another relying party, no presence, no verification, backed up though not eligible. */
export function parseAuthenticatorData(bytes: Buffer, relyingPartyId: string): Outcome<AuthenticatorData, 'passkey/refused'> {
  if (bytes.length < headSizeBytes) {
    return refuse('passkey/refused', 'authenticator-data');
  }
  const set = bytes.readUInt8(32);
  const failed = findFailedHead(bytes, set, relyingPartyId);
  if (failed !== undefined) {
    return refuse('passkey/refused', failed);
  }
  const attested = (set & flags.attested) === 0 ? succeed({ credential: undefined, end: headSizeBytes }) : parseAttested(bytes);
  if (!attested.ok) {
    return attested;
  }
  const rest =
    (set & flags.extensions) === 0 ? succeed({ map: undefined, end: attested.value.end }) : parseExtensions(bytes, attested.value.end);
  if (!rest.ok) {
    return rest;
  }
  if (rest.value.end !== bytes.length) {
    return refuse('passkey/refused', 'authenticator-data');
  }
  return succeed({
    counter: bytes.readUInt32BE(33),
    isBackupEligible: (set & flags.backupEligible) !== 0,
    isBackedUp: (set & flags.backedUp) !== 0,
    attested: attested.value.credential,
    extensions: rest.value.map,
  });
}

/** WebAuthn L3 §7.1 steps 14 to 18, §7.2 steps 15 to 19. */
function findFailedHead(bytes: Buffer, set: number, relyingPartyId: string): string | undefined {
  if (!createHash('sha256').update(relyingPartyId).digest().equals(bytes.subarray(0, 32))) {
    return 'rp-id';
  }
  if ((set & flags.userPresent) === 0) {
    return 'user-presence';
  }
  if ((set & flags.userVerified) === 0) {
    return 'user-verification';
  }
  return (set & flags.backedUp) !== 0 && (set & flags.backupEligible) === 0 ? 'backup-state' : undefined;
}

type Attested = { readonly credential: AttestedCredential | undefined; readonly end: number };

/** AAGUID 16, length of the id 2, id, COSE key (WebAuthn L3 §6.5.1). */
function parseAttested(bytes: Buffer): Outcome<Attested, 'passkey/refused'> {
  const idStart = headSizeBytes + 18;
  if (bytes.length < idStart) {
    return refuse('passkey/refused', 'authenticator-data');
  }
  const keyStart = idStart + bytes.readUInt16BE(idStart - 2);
  if (keyStart === idStart || keyStart - idStart > idSizeLimitBytes || keyStart > bytes.length) {
    return refuse('passkey/refused', 'credential-id');
  }
  const key = parseMapAt(bytes, keyStart);
  if (!key.ok) {
    return key;
  }
  const id = bytes.subarray(idStart, keyStart).toString('base64url');
  const aaguid = bytes.subarray(headSizeBytes, headSizeBytes + 16);
  return succeed({ credential: { id, aaguid, publicKey: key.value.map }, end: key.value.end });
}

type MapAt = { readonly map: CborMap; readonly end: number };

/** WebAuthn L3 §9.1: identifiers of extensions are text. Ones that nobody asked for are allowed, as the specification demands. */
function parseExtensions(bytes: Buffer, start: number): Outcome<MapAt, 'passkey/refused'> {
  const extensions = parseMapAt(bytes, start);
  const isNamed = extensions.ok && [...extensions.value.map.keys()].every((name) => typeof name === 'string');
  return !extensions.ok || isNamed ? extensions : refuse('passkey/refused', 'extensions');
}

function parseMapAt(bytes: Buffer, start: number): Outcome<MapAt, 'passkey/refused'> {
  const item = parseCborItem(bytes, start);
  if (!item.ok) {
    return item;
  }
  const { value, end } = item.value;
  return isCborMap(value) ? succeed({ map: value, end }) : refuse('passkey/refused', 'cbor');
}
