// Interactions and pushed requests hold other live values (the way back, hints, state). They are sealed under a key that only the bearer value yields,
// so that a copy of the database says nothing (security contract 4.1).

import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '../domain/kernel/ids.ts';

function toKey(bearer: string): Buffer {
  return Buffer.from(hkdfSync('sha256', bearer, 'huwiya', 'engine-payload', 32));
}

export function sealPayload(random: Random, bearer: string, payload: string): string {
  const nonce = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', toKey(bearer), nonce);
  const body = Buffer.concat([cipher.update(payload, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Throws when the text was not sealed under this bearer value. */
export function openPayload(bearer: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', toKey(bearer), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
