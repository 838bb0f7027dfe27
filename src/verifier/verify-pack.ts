// Verifies an evidence pack without a network: who signed it, that every file is the one that was signed for, that each entry is in the log, and how far the pack
// can show that nothing was held back. Imports nothing of the server.

import { hash } from 'node:crypto';
import { checkHistory, checkOpening, checkSigned, isIncludedIn, isWhole, toCheck, toTrust } from './check-proof.ts';
import type { Check, Signed, Trust } from './check-proof.ts';
import { isSignedByOneOf } from './jws.ts';
import { areOpeningsRight, areVersionsWhole, isPeriodCovered, isStretchWhole } from './pack-completeness.ts';
import { areCountsRight } from './pack-counts.ts';
import { findPackEvidence } from './pack-evidence.ts';
import type { PackEvidence, PackTrusted } from './pack-evidence.ts';
import type { PackFiles } from './pack-files.ts';
import { findSaid } from './pack-said.ts';
import type { Said } from './pack-said.ts';
import { arePurposesRight } from './pack-purposes.ts';
import { isGrownFrom } from './pack-witnesses.ts';
import { areNoticesRight, areRecordsRight } from './pack-records.ts';

export const packChecks = [
  'pack-form',
  'key-history',
  'pack-signature',
  'issuer',
  'pack-files',
  'checkpoint-signature',
  'witnesses',
  'kept-checkpoint',
  'witnessed',
  'entry-canonical',
  'commitment',
  'inclusion',
  'openings',
  'stretch',
  'versions',
  'counts',
  'records',
  'notices',
] as const;

export type PackCheckName = (typeof packChecks)[number];
export type PackCheck = Check<PackCheckName>;

export type PackReport = {
  readonly format: 'huwiya-pack/1';
  readonly isValid: boolean;
  readonly trust: { readonly keys: Trust; readonly log: Trust };
  readonly checks: readonly PackCheck[];
  /** What the pack is; only when its signature holds. */
  readonly said: Said | null;
};

const packType = 'huwiya-pack+jwt';

function isPackSigned({ jws, keys, manifest }: PackEvidence): boolean {
  const payload = jws?.signed.split('.')[1];
  return (
    jws !== undefined &&
    keys !== undefined &&
    payload === Buffer.from(manifest.text).toString('base64url') &&
    isSignedByOneOf(jws, keys, packType)
  );
}

/** The name of the log is the issuer's address without its scheme, and a path. */
function isIssuerRight({ logKeys, manifest }: PackEvidence, { issuer }: PackTrusted): boolean {
  const address = /^https?:\/\/([^\s?#]+?)\/?$/.exec(manifest.issuer)?.[1];
  const isOfIssuer = address !== undefined && logKeys?.name.startsWith(`${address}/`) === true;
  return isOfIssuer && (issuer === undefined || issuer === manifest.issuer);
}

const unsigned = new Set(['manifest.json', 'manifest.jws']);

/** The name of a file that is missing, changed, or not signed for. */
function findChangedFile({ files, manifest }: PackEvidence): string | undefined {
  const names = new Set([...files.keys(), ...manifest.files.keys()]);
  return [...names].find((name) => {
    const [file, said] = [files.get(name), manifest.files.get(name)];
    const isSame = file !== undefined && said?.bytes === file.length && said.sha256 === hash('sha256', file, 'base64url');
    return !isSame && !(unsigned.has(name) && file !== undefined && said === undefined);
  });
}

function checkFiles(evidence: PackEvidence): PackCheck {
  const changed = findChangedFile(evidence);
  return toCheck(
    'pack-files',
    changed === undefined,
    changed === undefined ? 'every file is the one that was signed for' : `not as signed: ${changed}`,
  );
}

/** The first that fails in any entry. */
function checkEntries(evidence: PackEvidence): readonly PackCheck[] {
  const { checkpoint, entries } = evidence;
  const opened = entries.flatMap(checkOpening);
  const isPassed = (name: string): boolean => opened.every((check) => check.name !== name || check.result === 'passed');
  const isIn = entries.every((entry) => entry.proven.checkpoint === checkpoint && isIncludedIn(entry));
  return [
    toCheck('entry-canonical', isPassed('entry-canonical'), 'each entry is in its one canonical form'),
    toCheck('commitment', isPassed('commitment'), 'each entry is the one that was committed to'),
    toCheck('inclusion', isIn, `each of ${entries.length} entries is in the log of this checkpoint`),
  ];
}

function toMaybe(name: PackCheckName, isPassed: boolean | undefined, detail: string): PackCheck {
  return isPassed === undefined ? { name, result: 'not-run', detail } : toCheck(name, isPassed, detail);
}

/** A stretch that is listed has to be whole, hold the entries, and reach over the period. */
function checkStretch(evidence: PackEvidence): PackCheck {
  const isListed = isStretchWhole(evidence);
  const isHeld = evidence.entries.every(({ proven }) => {
    const leaf = evidence.leaves?.[proven.entry.index - (evidence.stated.stretch?.from ?? 0)];
    return leaf?.id === proven.entry.id && leaf.commitment === proven.entry.commitment;
  });
  const isPassed = isListed === undefined ? undefined : isListed && isHeld && isPeriodCovered(evidence);
  return toMaybe('stretch', isPassed, 'the listed leaves are all that the log holds there, and reach over the period');
}

function checkCompleteness(evidence: PackEvidence): readonly PackCheck[] {
  return [
    toCheck('openings', areOpeningsRight(evidence), 'every entry was asked for, once and in the order of the log'),
    checkStretch(evidence),
    toMaybe('versions', areVersionsWhole(evidence), 'the versions of each record follow each other without a gap'),
    toCheck('counts', areCountsRight(evidence), 'the counts of the pack are those of its parts'),
    toCheck('records', areRecordsRight(evidence), 'each decision has its line, and its receipt where receipts travel'),
    toCheck(
      'notices',
      areNoticesRight(evidence) && arePurposesRight(evidence, evidence.checkpoint),
      'the texts are those that the entries name',
    ),
  ];
}

function checkWitnessed({ head, witnessed }: PackEvidence): PackCheck {
  if (witnessed === null) {
    return { name: 'witnessed', result: 'not-run', detail: 'the pack brings no word of witnesses' };
  }
  return toCheck(
    'witnessed',
    isGrownFrom(witnessed, head),
    `the log of ${witnessed.second} entries that others cosigned begins with this one`,
  );
}

/** A policy asks of the checkpoint that witnesses have seen; the one of the pack may be smaller, and seen by nobody. */
function toSigned({ head, logKeys, checkpoint, witnessed }: PackEvidence): Signed {
  const seen = witnessed ?? { head, text: checkpoint };
  return { head, logKeys, seen: { head: seen.head, checkpoint: seen.text } };
}

function checkSignatures(evidence: PackEvidence, trusted: PackTrusted): readonly PackCheck[] {
  return [
    toCheck('pack-signature', isPackSigned(evidence), 'the manifest is signed by a key of the issuer'),
    toCheck('issuer', isIssuerRight(evidence, trusted), 'pack and log are of one issuer, the expected one'),
    checkFiles(evidence),
    ...checkSigned(toSigned(evidence), evidence.trusted),
    checkWitnessed(evidence),
  ];
}

/** What the query, the length of the stretch or the lack of witnesses leaves nothing to check of. */
const occasional: ReadonlySet<PackCheckName> = new Set(['stretch', 'versions', 'witnessed']);

function isAllWell(checks: readonly PackCheck[]): boolean {
  return isWhole(checks.filter(({ name, result }) => !(occasional.has(name) && result === 'not-run')));
}

function toUnformed(trust: PackReport['trust']): PackReport {
  const rest = packChecks.slice(1).map((name) => ({ name, result: 'not-run' as const, detail: 'the file is no pack' }));
  const checks = [toCheck('pack-form', false, 'a part is missing or does not have the form of a pack'), ...rest];
  return { format: 'huwiya-pack/1', isValid: false, trust, checks, said: null };
}

/** Takes the files of a pack; `undefined` when there were none to read. Every check is listed in order; a pack is valid when all passed that could be made. */
export function verifyPack(files: PackFiles | undefined, trusted: PackTrusted = {}): PackReport {
  const trust = {
    keys: trusted.keys === undefined ? ('from-file' as const) : ('given' as const),
    log: toTrust(trusted),
  };
  const evidence = files && findPackEvidence(files, trusted);
  if (evidence === undefined) {
    return toUnformed(trust);
  }
  const checks = [
    toCheck('pack-form', true, 'every part has the form of a pack'),
    ...checkHistory(evidence, evidence.trusted),
    ...checkSignatures(evidence, trusted),
    ...checkEntries(evidence),
    ...checkCompleteness(evidence),
  ];
  const isValid = isAllWell(checks);
  return { format: 'huwiya-pack/1', isValid, trust, checks, said: isPackSigned(evidence) ? findSaid(evidence) : null };
}
