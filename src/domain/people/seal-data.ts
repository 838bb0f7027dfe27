// Personal data at rest. Each person has a key of their own, so that destroying 32 bytes erases one person and nobody else (decision 6).
// Must never say in an error what it could not read.

import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { Fault } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { openBytes, sealBytes } from '../kernel/sealed-text.ts';
import type { Sealing } from '../kernel/sealed-text.ts';
import type { PersonalData, SealedData } from './person.ts';

const keyBytes = 32;

export type SealNeeds = { readonly dataKey: KeyObject; readonly random: Random };

/**
 * `owner` is the person's registry digest: it is bound into both layers, so that sealed data moved to another person's row does not open.
 * It is known before the row exists and is the same under any race of two imports, which the internal id is not.
 */
export function sealData(needs: SealNeeds, owner: string, data: PersonalData): SealedData {
  const personKey = Buffer.from(needs.random.bytes(keyBytes));
  return {
    wrappedKey: sealBytes(needs, { key: needs.dataKey, bound: toBound('key', owner) }, personKey),
    ciphertext: sealBytes(needs, { key: createSecretKey(personKey), bound: toBound('data', owner) }, Buffer.from(toCanonicalJson(data))),
  };
}

/** Throws a Fault when the data was changed, belongs to another person or was sealed under another key. */
export function unsealData(dataKey: KeyObject, owner: string, sealed: SealedData): PersonalData {
  // As a key object: the library throws and catches inside itself for each key given as bytes.
  const personKey = createSecretKey(open({ key: dataKey, bound: toBound('key', owner) }, sealed.wrappedKey));
  const plain = open({ key: personKey, bound: toBound('data', owner) }, sealed.ciphertext);
  const data: unknown = JSON.parse(plain.toString('utf8'));
  if (!isPersonalData(data)) {
    throw new Fault('internal/unexpected', 'sealed data opened but does not hold attributes');
  }
  return data;
}

function toBound(purpose: 'key' | 'data', owner: string): string {
  return `huwiya/person-${purpose}/1\n${owner}`;
}

function open(sealing: Sealing, text: string): Buffer {
  try {
    return openBytes(sealing, text);
  } catch (cause) {
    throw new Fault('internal/unexpected', 'sealed data of a person does not open: it was changed, or the data key is another one', {
      cause,
    });
  }
}

function isPersonalData(value: unknown): value is PersonalData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
