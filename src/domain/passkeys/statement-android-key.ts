// `android-key` (WebAuthn L3 §8.4): the certificate is that of the passkey itself, and says what its keystore enforces.

import { findItems, findMembers, findWhole, isUniversal, universal } from '../metadata/parse-der.ts';
import type { DerItem } from '../metadata/parse-der.ts';
import { findCoseHash, isCoseSignature } from '../metadata/verify-signature.ts';
import { findBytes, findLeaf, isSameKey, tellingExtensions, toKey, toSignedBytes } from './statement.ts';
import type { Examination, ExaminedStatement } from './statement.ts';

/** Tags and values of an AuthorizationList (Android key attestation, schema). */
const tags = { purpose: 1, allApplications: 600, origin: 702 };
const purposeSign = 2;
const originGenerated = 0;

export function examineAndroidKey(asked: ExaminedStatement): Examination {
  const algorithm = asked.statement.get('alg');
  const signature = findBytes(asked.statement, 'sig');
  const leaf = findLeaf(asked.statement);
  if (typeof algorithm !== 'number' || signature === undefined || leaf === undefined) {
    return 'wrong';
  }
  if (findCoseHash(algorithm) === undefined) {
    return 'unexamined';
  }
  const isSigned = isCoseSignature(algorithm, { key: leaf.publicKey, data: toSignedBytes(asked), signature });
  const isOwn = isSameKey(leaf.publicKey, toKey(asked.credential));
  return isSigned && isOwn ? examineDescription(leaf.extensions.get(tellingExtensions.android)?.value, asked.clientDataHash) : 'wrong';
}

/** KeyDescription: versions and levels, challenge, unique id, what software enforces, what hardware enforces. */
function examineDescription(value: Buffer | undefined, clientDataHash: Uint8Array): Examination {
  const [, level, , , challenge, , software, hardware] = toMembers(value);
  const [bySoftware, byHardware] = [software, hardware].map(findList);
  if (bySoftware === undefined || byHardware === undefined) {
    return 'wrong';
  }
  if (challenge?.content.equals(clientDataHash) !== true) {
    return 'wrong';
  }
  if ([...bySoftware, ...byHardware].some(({ number }) => number === tags.allApplications)) {
    return 'wrong';
  }
  return isInHardware(level) && isSigningKey(byHardware) ? 'verified' : 'unexamined';
}

function toMembers(value: Buffer | undefined): readonly DerItem[] {
  return value === undefined ? [] : (findMembers(value) ?? []);
}

/** A keystore in software proves nothing that the browser does not say anyway. */
function isInHardware(level: DerItem | undefined): boolean {
  return (findWhole(level) ?? 0) > 0;
}

function findList(list: DerItem | undefined): readonly DerItem[] | undefined {
  return isUniversal(list, universal.sequence) ? findItems(list.content) : undefined;
}

function isSigningKey(enforced: readonly DerItem[]): boolean {
  const [origin] = findTagged(enforced, tags.origin);
  const [purposes] = findTagged(enforced, tags.purpose);
  const listed = (purposes && findItems(purposes.content)) ?? [];
  return findWhole(origin) === originGenerated && listed.some((purpose) => findWhole(purpose) === purposeSign);
}

function findTagged(list: readonly DerItem[], tag: number): readonly DerItem[] {
  const found = list.find(({ number }) => number === tag);
  return (found && findItems(found.content)) ?? [];
}
