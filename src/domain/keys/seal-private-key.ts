// The private half of a key at rest: sealed under a key that is derived for this one use from a file that only nodes can read. Whoever has the database
// alone can sign nothing; the binding keeps a sealed half from being put beside another public one.

import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Fault } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { openBytes, sealBytes } from '../kernel/sealed-text.ts';
import type { TokenKey } from './token-key.ts';

type Owner = Pick<TokenKey, 'kid' | 'alg'>;

const toBound = ({ kid, alg }: Owner): string => `huwiya/token-key/1\n${alg}\n${kid}`;

/** The key is sealed as PKCS #8. */
export function sealPrivateKey(needs: { readonly sealingKey: KeyObject; readonly random: Random }, owner: Owner, key: KeyObject): string {
  return sealBytes(needs, { key: needs.sealingKey, bound: toBound(owner) }, key.export({ format: 'der', type: 'pkcs8' }));
}

export function unsealPrivateKey(sealingKey: KeyObject, { kid, alg, sealedKey }: Owner & Pick<TokenKey, 'sealedKey'>): KeyObject {
  try {
    const plain = openBytes({ key: sealingKey, bound: toBound({ kid, alg }) }, sealedKey);
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new Fault('configuration/invalid', `the signing key ${kid} does not open: HUWIYA_KEYS/data.json is another one`, { cause });
  }
}
