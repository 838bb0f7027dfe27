// One way to seal what rests in a database: AES-256-GCM under a key from outside of it, bound to where it belongs, so that nothing sealed opens in another place.
// The nonce is drawn here and by nobody else: twice the same under one key gives the key's secrets away (NIST SP 800-38D §8).

import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Random } from './ids.ts';

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export type Sealing = {
  readonly key: KeyObject;
  /** Where it belongs: the use, its version, and whose it is. */
  readonly bound: string;
};

/** base64url of nonce ‖ ciphertext ‖ tag. */
export function sealBytes({ random }: { readonly random: Random }, { key, bound }: Sealing, plain: Uint8Array): string {
  const nonce = random.bytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Throws where it was changed, belongs elsewhere, or was sealed under another key; what it says then is for nobody's eyes. */
export function openBytes({ key, bound }: Sealing, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}
