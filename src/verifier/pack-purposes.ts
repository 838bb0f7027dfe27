// Whether the words of each purpose are those that the log fixes: the entry by which a version took effect names the digest of its content.

import { hash } from 'node:crypto';
import { checkOpening, isIncludedIn } from './check-proof.ts';
import type { ProofEvidence } from './check-proof.ts';
import { findCount, findString, isObject, isStringOrNull, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';

export type PurposeLine = {
  readonly service: string;
  readonly purpose: string;
  readonly version: number;
  readonly text: unknown;
  /** `null` where the log does not fix it. */
  readonly content: string | null;
  readonly index: unknown;
};

export function findPurposeLine(object: JsonObject): PurposeLine | undefined {
  const [service, purpose, version] = [findString(object, 'service'), findString(object, 'purpose'), findCount(object, 'version')];
  const content = object['content'] ?? null;
  return service === undefined || purpose === undefined || version === undefined || !isStringOrNull(content)
    ? undefined
    : { service, purpose, version, content, text: object['text'], index: object['index'] };
}

export type Purposes = { readonly purposes: readonly PurposeLine[]; readonly registrations: readonly ProofEvidence[] };

/** It took effect by this entry, of this service, under this number, with this digest. */
function isRegisteredBy({ content, purpose, service, version }: PurposeLine, { body }: ProofEvidence): boolean {
  const payload = isObject(body?.['payload']) ? body['payload'] : {};
  const named = JSON.stringify(['purpose.changed', service, purpose, version, hash('sha256', content ?? '', 'base64url')]);
  return JSON.stringify([body?.['type'], body?.['service'], body?.['purpose'], body?.['purpose_version'], payload['sha256']]) === named;
}

function isLineRight(line: PurposeLine, registrations: Purposes['registrations']): boolean {
  if (line.content === null) {
    return true;
  }
  const entry = registrations.find(({ proven }) => proven.entry.index === line.index);
  const text = parseObject(line.content)?.['text'];
  return entry !== undefined && isRegisteredBy(line, entry) && JSON.stringify(text) === JSON.stringify(line.text);
}

/** Every entry of a registration is in the log of the pack, and every line with its content is named by one. */
export function arePurposesRight({ purposes, registrations }: Purposes, checkpoint: string): boolean {
  const areIn = registrations.every(
    (entry) =>
      entry.proven.checkpoint === checkpoint && isIncludedIn(entry) && checkOpening(entry).every(({ result }) => result === 'passed'),
  );
  return areIn && purposes.every((line) => isLineRight(line, registrations));
}

export const areWordsProven = ({ purposes }: Purposes): boolean => purposes.every(({ content }) => content !== null);
