// `packed` (WebAuthn L3 §8.2): signed by a key of the maker with a certificate, or by the passkey itself.

import { listUnits } from '../metadata/certificate.ts';
import type { Certificate } from '../metadata/certificate.ts';
import { findCoseHash, isCoseSignature } from '../metadata/verify-signature.ts';
import { findBytes, findLeaf, namesOtherModel, tellingExtensions, toKey, toSignedBytes } from './statement.ts';
import type { Examination, ExaminedStatement } from './statement.ts';

const algorithmLabel = 3;

export function examinePacked(asked: ExaminedStatement): Examination {
  const algorithm = asked.statement.get('alg');
  const signature = findBytes(asked.statement, 'sig');
  if (typeof algorithm !== 'number' || signature === undefined) {
    return 'wrong';
  }
  const given = { algorithm, signature };
  return asked.statement.has('x5c') ? examineFull(asked, given) : examineSelf(asked, given);
}

type Given = { readonly algorithm: number; readonly signature: Uint8Array };

function examineFull(asked: ExaminedStatement, { algorithm, signature }: Given): Examination {
  const leaf = findLeaf(asked.statement);
  if (leaf === undefined || namesOtherModel(leaf, asked.credential)) {
    return 'wrong';
  }
  if (findCoseHash(algorithm) === undefined) {
    return 'unexamined';
  }
  if (!isCoseSignature(algorithm, { key: leaf.publicKey, data: toSignedBytes(asked), signature })) {
    return 'wrong';
  }
  return isForAuthenticators(leaf) ? 'verified' : 'unexamined';
}

const attestationUnit = 'Authenticator Attestation';

/**
 * A certificate for statements of this format says so in its subject (WebAuthn L3 §8.2.1). One that an Android keystore or Apple wrote over the passkey itself is
 * none, whatever its subject says: the statement of that format holds here too, and what the keystore tells of the key, as that it was brought in from
 * outside, would go unread.
 */
function isForAuthenticators(leaf: Certificate): boolean {
  return listUnits(leaf).includes(attestationUnit) && !Object.values(tellingExtensions).some((oid) => leaf.extensions.has(oid));
}

function examineSelf(asked: ExaminedStatement, { algorithm, signature }: Given): Examination {
  const key = toKey(asked.credential);
  const isOwn = key !== undefined && asked.credential.publicKey.get(algorithmLabel) === algorithm;
  return isOwn && isCoseSignature(algorithm, { key, data: toSignedBytes(asked), signature }) ? 'verified' : 'wrong';
}
