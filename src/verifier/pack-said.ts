// What a pack is and what it comes to, for whoever reads the result: who took it, for whom, and what stays unproven.

import { findString } from './json.ts';
import type { PackEvidence } from './pack-evidence.ts';
import { areVersionsWhole, isStretchWhole } from './pack-completeness.ts';
import { areWordsProven } from './pack-purposes.ts';

export type Said = {
  readonly case: string;
  readonly recipient: string;
  readonly reason: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly rows: number;
  readonly size: number;
  readonly proven: readonly string[];
  readonly unproven: readonly string[];
};

const always = [
  'that what was never written into the log did not happen',
  'that the log has no other form elsewhere; witnesses, whose keys you take from them, or a checkpoint that you kept yourself speak to that',
  'that no entry made by a clock that was behind stands after the end of the stretch with a time within the period',
  'who the person is: an entry holds a mask that is the same in no other',
];

/** Where every leaf is opened and nobody narrowed by a person, the query can be repeated from outside. */
const isRepeatable = ({ manifest }: PackEvidence): boolean => manifest.openings === 'all' && manifest.query.person === null;

function toProven(evidence: PackEvidence): readonly string[] {
  const { entries, manifest, stated } = evidence;
  const { stretch } = stated;
  const isListed = isStretchWhole(evidence) === true && stretch !== null;
  return [
    `that each of the ${entries.length} opened entries stands in the log of ${manifest.size} entries, word for word`,
    ...(isListed ? [`that the log holds exactly ${stretch.to - stretch.from} entries from ${stretch.from} to ${stretch.to - 1}`] : []),
    ...(areVersionsWhole(evidence) === true ? ['that no version is missing between the first and the last shown of any record'] : []),
    ...(areWordsProven(evidence) ? ['that each purpose stands here in both languages as it was registered in this log'] : []),
    ...(isRepeatable(evidence) ? ['that no readable entry of the stretch that meets the query was left out'] : []),
  ];
}

function toUnproven(evidence: PackEvidence): readonly string[] {
  const { entries, stated } = evidence;
  const { stretch } = stated;
  const closed = stretch === null ? 0 : stretch.to - stretch.from - entries.length;
  const told =
    isStretchWhole(evidence) === true
      ? `that none of the ${closed} entries left closed meets the query: the issuer signed so, and a court can have any of them opened`
      : 'that nothing else in the log meets the query: the stretch is too long to be listed, and the issuer signed so';
  const words = 'that each purpose stood in the register in these words: the log of this pack does not name the digest of all of them';
  return [
    ...(isRepeatable(evidence) ? [] : [told]),
    ...(areWordsProven(evidence) ? [] : [words]),
    ...(stated.erased.length > 0 ? ['what the erased entries said'] : []),
    ...always,
  ];
}

export function findSaid(evidence: PackEvidence): Said {
  const { object, rows, size } = evidence.manifest;
  const get = (name: string): string => findString(object, name) ?? '';
  return {
    case: get('case'),
    recipient: get('recipient'),
    reason: get('reason'),
    createdAt: get('created_at'),
    expiresAt: get('expires_at'),
    rows,
    size,
    proven: toProven(evidence),
    unproven: toUnproven(evidence),
  };
}
