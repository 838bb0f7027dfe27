// Personal data at rest. Each person has a key of their own, so that destroying 32 bytes erases one person and nobody else (decision 6).
// Must never be called with a nonce that is not random, and must never say in an error what it could not read.

import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { Fault } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { PersonalData, SealedData } from './person.ts';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export type SealNeeds = { readonly dataKey: KeyObject; readonly random: Random };

/**
 * `owner` is the person's registry digest: it is bound into both layers, so that sealed data moved to another person's row does not open.
 * It is known before the row exists and is the same under any race of two imports, which the internal id is not.
 */
export function sealData(needs: SealNeeds, owner: string, data: PersonalData): SealedData {
  const personKey = Buffer.from(needs.random.bytes(keyBytes));
  return {
    wrappedKey: encrypt(needs.dataKey, { nonce: needs.random.bytes(nonceBytes), bound: toBound('key', owner), plain: personKey }),
    ciphertext: encrypt(createSecretKey(personKey), {
      nonce: needs.random.bytes(nonceBytes),
      bound: toBound('data', owner),
      plain: Buffer.from(toCanonicalJson(data)),
    }),
  };
}

/** Throws a Fault when the data was changed, belongs to another person or was sealed under another key. */
export function unsealData(dataKey: KeyObject, owner: string, sealed: SealedData): PersonalData {
  // As a key object: the library throws and catches inside itself for each key given as bytes.
  const personKey = createSecretKey(decrypt(dataKey, toBound('key', owner), sealed.wrappedKey));
  const plain = decrypt(personKey, toBound('data', owner), sealed.ciphertext);
  const data: unknown = JSON.parse(plain.toString('utf8'));
  if (!isPersonalData(data)) {
    throw new Fault('internal/unexpected', 'sealed data opened but does not hold attributes');
  }
  return data;
}

function toBound(purpose: 'key' | 'data', owner: string): Buffer {
  return Buffer.from(`huwiya/person-${purpose}/1\n${owner}`);
}

type Secret = { readonly nonce: Uint8Array; readonly bound: Uint8Array; readonly plain: Uint8Array };

/** base64url of nonce ‖ ciphertext ‖ tag. */
function encrypt(key: KeyObject, { nonce, bound, plain }: Secret): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: KeyObject, bound: Uint8Array, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(bound);
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new Fault('internal/unexpected', 'sealed data of a person does not open: it was changed, or the data key is another one', {
      cause,
    });
  }
}

function isPersonalData(value: unknown): value is PersonalData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
