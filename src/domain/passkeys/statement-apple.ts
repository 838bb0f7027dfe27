// `apple` (WebAuthn L3 §8.8): no signature of its own; the maker's certificate over the passkey holds a digest of the ceremony.

import { findMembers } from '../metadata/parse-der.ts';
import { findLeaf, hash, isSameKey, tellingExtensions, toKey, toSignedBytes } from './statement.ts';
import type { Examination, ExaminedStatement } from './statement.ts';

export function examineApple(asked: ExaminedStatement): Examination {
  const leaf = findLeaf(asked.statement);
  const extension = leaf?.extensions.get(tellingExtensions.apple);
  // SEQUENCE { [1] { OCTET STRING } }
  const [tagged] = (extension && findMembers(extension.value)) ?? [];
  const nonce = hash('sha256', toSignedBytes(asked));
  const isOfThisCeremony = tagged?.content.equals(Buffer.concat([Buffer.of(4, nonce.length), nonce])) === true;
  return isOfThisCeremony && isSameKey(leaf?.publicKey, toKey(asked.credential)) ? 'verified' : 'wrong';
}
