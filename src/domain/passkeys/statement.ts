// What an attestation statement is examined with, and the parts that several formats share.

import { createHash, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { findCertificate } from '../metadata/certificate.ts';
import type { Certificate } from '../metadata/certificate.ts';
import { findJwk } from './check-public-key.ts';
import type { CborMap } from './parse-cbor.ts';
import type { AttestedCredential } from './parse-authenticator-data.ts';

export type ExaminedStatement = {
  readonly format: string;
  readonly statement: CborMap;
  readonly authenticatorData: Uint8Array;
  /** SHA-256 of the client data: there at registration and never again. */
  readonly clientDataHash: Uint8Array;
  readonly credential: AttestedCredential;
};

/**
 * `verified`: made by the key that it names, over this passkey and this ceremony. Whose key that is, the certificates say, and the metadata whether they count.
 * `unexamined`: of a form that proves nothing here. `wrong`: it contradicts itself, the passkey or the ceremony.
 */
export type Examination = 'verified' | 'unexamined' | 'wrong';

/** Undefined where there are none; where one of them is no certificate, nothing of the chain counts. */
export function findChain(statement: CborMap): readonly Certificate[] | undefined {
  const listed = statement.get('x5c');
  if (!Array.isArray(listed)) {
    return undefined;
  }
  const found = listed.map((der) => (der instanceof Uint8Array ? findCertificate(der) : undefined));
  const certificates = found.filter((certificate) => certificate !== undefined);
  return certificates.length === found.length ? certificates : [];
}

/** By whose key the statement was made. Whether the rest of the chain can be read matters later, and refuses nobody. */
export function findLeaf(statement: CborMap): Certificate | undefined {
  const listed = statement.get('x5c');
  const first: unknown = Array.isArray(listed) ? listed[0] : undefined;
  return first instanceof Uint8Array ? findCertificate(first) : undefined;
}

export function findBytes(statement: CborMap, name: string): Uint8Array | undefined {
  const value = statement.get(name);
  return value instanceof Uint8Array ? value : undefined;
}

export function toSignedBytes({ authenticatorData, clientDataHash }: ExaminedStatement): Buffer {
  return Buffer.concat([authenticatorData, clientDataHash]);
}

export function toKey(credential: AttestedCredential): KeyObject | undefined {
  const jwk = findJwk(credential.publicKey);
  return jwk && createPublicKey({ key: jwk, format: 'jwk' });
}

export function isSameKey(one: KeyObject | undefined, other: KeyObject | undefined): boolean {
  return one !== undefined && other !== undefined && one.equals(other);
}

export function hash(name: string, bytes: Uint8Array): Buffer {
  return createHash(name).update(bytes).digest();
}

/** By which formats tell what a key in a certificate is: the description by an Android keystore, the digest of a ceremony by Apple. */
export const tellingExtensions = { android: '1.3.6.1.4.1.11129.2.1.17', apple: '1.2.840.113635.100.8.2' } as const;

const modelExtension = '1.3.6.1.4.1.45724.1.1.4';

/** Certificates of makers name the model that they stand for, in an OCTET STRING of 16 bytes (WebAuthn L3 §8.2.1); where one does, it must be this one. */
export function namesOtherModel(leaf: Certificate, { aaguid }: AttestedCredential): boolean {
  const extension = leaf.extensions.get(modelExtension);
  return extension !== undefined && !extension.value.equals(Buffer.concat([Buffer.of(4, 16), aaguid]));
}
