// `packed` (WebAuthn L3 §8.2): signed by a key of the maker with a certificate, or by the passkey itself.

import { findCoseHash, isCoseSignature } from '../metadata/verify-signature.ts';
import { findBytes, findLeaf, namesOtherModel, toKey, toSignedBytes } from './statement.ts';
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
  return isCoseSignature(algorithm, { key: leaf.publicKey, data: toSignedBytes(asked), signature }) ? 'verified' : 'wrong';
}

function examineSelf(asked: ExaminedStatement, { algorithm, signature }: Given): Examination {
  const key = toKey(asked.credential);
  const isOwn = key !== undefined && asked.credential.publicKey.get(algorithmLabel) === algorithm;
  return isOwn && isCoseSignature(algorithm, { key, data: toSignedBytes(asked), signature }) ? 'verified' : 'wrong';
}
