// Whether body, salt and person reference are those that were committed to.

import { hash } from 'node:crypto';
import { decodeBase64url } from './base64.ts';

const saltSize = 32;
let scratch = Buffer.alloc(4096);

export type Opening = {
  readonly body: string;
  readonly salt: string;
  readonly person: string | null;
  readonly commitment: string;
};

/** base64url(SHA-256(salt ‖ JCS({ body, person }))) = commitment, for a canonical body. */
export function isOpening({ body, salt, person, commitment }: Opening): boolean {
  const bytes = decodeBase64url(salt);
  if (bytes?.length !== saltSize) {
    return false;
  }
  const text = `{"body":${body},"person":${JSON.stringify(person)}}`;
  if (scratch.length < saltSize + text.length * 3) {
    scratch = Buffer.alloc(saltSize + text.length * 3);
  }
  bytes.copy(scratch);
  const end = saltSize + scratch.write(text, saltSize);
  return hash('sha256', scratch.subarray(0, end), 'base64url') === commitment;
}
