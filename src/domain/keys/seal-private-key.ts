// The private half of a key at rest: sealed under a key that is derived for this one use from a file that only nodes can read. Whoever has the database
// alone can sign nothing; the binding keeps a sealed half from being put beside another public one.

import { createCipheriv, createDecipheriv, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Fault } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { TokenKey } from './token-key.ts';

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

type Owner = Pick<TokenKey, 'kid' | 'alg'>;

const toBound = ({ kid, alg }: Owner): Buffer => Buffer.from(`huwiya/token-key/1\n${alg}\n${kid}`);

/** base64url of nonce ‖ PKCS #8 under AES-256-GCM ‖ tag. */
export function sealPrivateKey(needs: { readonly sealingKey: KeyObject; readonly random: Random }, owner: Owner, key: KeyObject): string {
  const nonce = needs.random.bytes(nonceBytes);
  const cipher = createCipheriv(cipherName, needs.sealingKey, nonce, { authTagLength: tagBytes });
  cipher.setAAD(toBound(owner));
  const plain = key.export({ format: 'der', type: 'pkcs8' });
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

export function unsealPrivateKey(sealingKey: KeyObject, { kid, alg, sealedKey }: Owner & Pick<TokenKey, 'sealedKey'>): KeyObject {
  const bytes = Buffer.from(sealedKey, 'base64url');
  try {
    const decipher = createDecipheriv(cipherName, sealingKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(toBound({ kid, alg }));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new Fault('configuration/invalid', `the signing key ${kid} does not open: HUWIYA_KEYS/data.json is another one`, { cause });
  }
}
