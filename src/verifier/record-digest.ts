// What a record says of itself (`integrity.content_sha256`): the digest of everything else in it. It is what a passkey signs, and what names the record elsewhere.

import { hash } from 'node:crypto';
import { decodeBase64url } from './base64.ts';
import { findMembers } from './canonical.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Jws } from './jws.ts';

/** base64url SHA-256 of the record as it is spelled, without its member `integrity`; undefined where the receipt is not in canonical form. */
export function findRecordDigest({ signed }: Pick<Jws, 'signed'>): string | undefined {
  const payload = decodeBase64url(signed.split('.')[1] ?? '')?.toString() ?? '';
  const record = findMembers(payload)?.get('record');
  const members = record === undefined ? undefined : findMembers(record);
  if (members === undefined) {
    return undefined;
  }
  const content = Array.from(members)
    .filter(([name]) => name !== 'integrity')
    .map(([name, spelled]) => `${JSON.stringify(name)}:${spelled}`);
  return hash('sha256', `{${content.join(',')}}`, 'base64url');
}

function findIntegrity({ claims }: Jws): JsonObject | undefined {
  const record = claims['record'];
  const integrity = isObject(record) ? record['integrity'] : undefined;
  return isObject(integrity) ? integrity : undefined;
}

/** Whether the record is the one that its digest names. Undefined for a record from before records carried one. */
export function isRecordNamed(jws: Jws): boolean | undefined {
  const integrity = findIntegrity(jws);
  const digest = findRecordDigest(jws);
  return integrity === undefined ? undefined : digest !== undefined && integrity['content_sha256'] === digest;
}
