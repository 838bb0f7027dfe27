// Makes a pack of what a query finds in the log as it stood at one checkpoint. It hands out nothing: who may take it, and the entry of it, are the caller's.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { createUuid, toDigest } from '../../kernel/ids.ts';
import { getRangePath } from '../../ledger/range-proof.ts';
import type { LeafRange } from '../../ledger/range-proof.ts';
import type { Entry, StoredCheckpoint } from '../../ledger/store.ts';
import type { Looker } from '../look.ts';
import { toCompleteness } from './completeness.ts';
import { isOpen, toEntryLine, toLeafLine } from './pack-entries.ts';
import type { EntryPlace, OpenEntry } from './pack-entries.ts';
import { toKeyFiles, toWitnessFiles } from './pack-keys.ts';
import type { PackKeys, WitnessProof } from './pack-keys.ts';
import { toPurposeParts } from './pack-purposes.ts';
import type { PurposeParts } from './pack-purposes.ts';
import { toRecordParts } from './pack-records.ts';
import { packEntryLimit, packLeafLimit } from './pack.ts';
import type { Pack, PackAsked, PackNeeds, PackSummary } from './pack.ts';
import { signManifest, toManifest, toSaidFile } from './sign-pack.ts';
import { toZip } from './zip.ts';
import type { PackFile } from './zip.ts';

type Head = Pick<StoredCheckpoint, 'size' | 'text'>;

type Found = {
  readonly head: Head;
  readonly matches: readonly Entry[];
  readonly stretch: LeafRange | null;
  /** `null` where the stretch is too long to be listed. */
  readonly leaves: readonly Entry[] | null;
  /** What the pack opens. */
  readonly opened: readonly OpenEntry[];
  readonly keys: PackKeys;
  readonly witnessed: WitnessProof | undefined;
  readonly purposes: PurposeParts;
};

const batchSize = 1000;
const toFile = (name: string, text: string): PackFile => ({ name, bytes: Buffer.from(text) });

/** `undefined` when there are more than a pack holds. */
async function readMatches(needs: PackNeeds, { query }: PackAsked, size: number): Promise<readonly Entry[] | undefined> {
  const matches: Entry[] = [];
  for await (const page of needs.findMatches(query, size)) {
    matches.push(...page);
    if (matches.length > packEntryLimit) {
      return undefined;
    }
  }
  return matches;
}

async function readLeaves(needs: PackNeeds, { from, to }: LeafRange): Promise<readonly Entry[]> {
  const leaves: Entry[] = [];
  for (let at = from; at < to; at += batchSize) {
    leaves.push(...(await needs.ledger.readEntries(at, Math.min(at + batchSize, to))));
  }
  return leaves;
}

/** A record cannot be older than its first version. Whatever clocks did, the stretch holds every match. */
function toStretch({ query }: PackAsked, stretch: LeafRange | null, matches: readonly Entry[]): LeafRange | null {
  const [first, last] = [matches[0], matches.at(-1)];
  if (stretch === null || first === undefined || last === undefined) {
    return stretch;
  }
  const isOpenEnded = query.from === null && query.record !== null;
  return { from: isOpenEnded ? first.index : Math.min(stretch.from, first.index), to: Math.max(stretch.to, last.index + 1) };
}

type Refusal = 'audit/export-too-large' | 'ledger/unavailable';

async function find(needs: PackNeeds, asked: PackAsked): Promise<Outcome<Found, Refusal>> {
  const head = await needs.findHead();
  if (head === undefined || head.size === 0) {
    return refuse('ledger/unavailable', 'the log has no checkpoint yet');
  }
  const matches = await readMatches(needs, asked, head.size);
  return matches === undefined ? refuse('audit/export-too-large', tooLarge) : gather(needs, asked, { head, matches });
}

const tooLarge = `a pack holds at most ${packEntryLimit} entries`;

const toPlace = ({ size, text }: Head, { log }: PackKeys): EntryPlace => ({ size, checkpoint: text, log: log.at(-1) ?? '' });

async function gather(
  needs: PackNeeds,
  asked: PackAsked,
  { head, matches }: Pick<Found, 'head' | 'matches'>,
): Promise<Outcome<Found, Refusal>> {
  const stretch = toStretch(asked, await needs.findStretch(asked.query, head.size), matches);
  const limit = asked.openings === 'all' ? packEntryLimit : packLeafLimit;
  const leaves = stretch !== null && stretch.to - stretch.from <= limit ? await readLeaves(needs, stretch) : null;
  if (asked.openings === 'all' && leaves === null) {
    return refuse('audit/export-too-large', tooLarge);
  }
  const opened = (asked.openings === 'all' ? (leaves ?? []) : matches).filter(isOpen);
  const [keys, witnessed] = await Promise.all([needs.readKeys(), needs.findWitnessProof(head.size)]);
  const purposes = await toPurposeParts(needs, opened, toPlace(head, keys));
  return succeed({ head, matches, stretch, leaves, opened, keys, witnessed, purposes });
}

async function toProofFiles(needs: PackNeeds, { head, leaves, stretch }: Found): Promise<readonly PackFile[]> {
  if (leaves === null || stretch === null) {
    return [];
  }
  const path = await getRangePath(needs.ledger, stretch, head.size);
  const range = { from: stretch.from, path: path.map((hash) => Buffer.from(hash).toString('base64url')), size: head.size, to: stretch.to };
  return [toFile('proofs/range.json', JSON.stringify(range)), toFile('proofs/leaves.jsonl', leaves.map(toLeafLine).join(''))];
}

async function toFiles(needs: PackNeeds, asked: PackAsked, found: Found): Promise<readonly PackFile[]> {
  const { head, keys, leaves, matches, opened, stretch, witnessed } = found;
  const place = toPlace(head, keys);
  const lines: string[] = [];
  for (const entry of opened) {
    lines.push(await toEntryLine(needs.ledger, entry, place));
  }
  const records = await toRecordParts(needs, opened, asked);
  const { missingNotices } = records;
  const closed = (asked.openings === 'all' ? (leaves ?? []) : matches).filter((entry) => !isOpen(entry));
  const erased = closed.map(({ index }) => index);
  const rows = matches.filter(isOpen).length;
  const completeness = toCompleteness({ size: head.size, rows, stretch, leaves, opened, erased, missingNotices });
  return [
    toFile('entries.jsonl', lines.join('')),
    ...records.files,
    ...found.purposes.files,
    toFile('completeness.json', completeness),
    ...(await toProofFiles(needs, found)),
    toFile('checkpoint.txt', head.text),
    ...toWitnessFiles(witnessed, head.size),
    ...toKeyFiles(keys),
  ];
}

function toSummary(needs: PackNeeds, { asked, by, found }: { asked: PackAsked; by: Looker; found: Found }): PackSummary {
  const createdAt = needs.clock.now();
  const { head, leaves, matches, opened, stretch, witnessed } = found;
  return {
    ...asked,
    id: createUuid(needs.random, createdAt),
    issuer: needs.signer.issuer,
    author: by,
    createdAt,
    size: head.size,
    rows: matches.filter(isOpen).length,
    opened: opened.length,
    stretch,
    isListed: leaves !== null,
    isWitnessed: witnessed !== undefined,
    areWordsProven: found.purposes.areProven,
  };
}

/** The log as it stood at its checkpoint; what came later, the entry of this very export first, is not in it. */
export async function createPack(needs: PackNeeds, by: Looker, asked: PackAsked): Promise<Outcome<Pack, Refusal>> {
  const found = await find(needs, asked);
  if (!found.ok) {
    return found;
  }
  const summary = toSummary(needs, { asked, by, found: found.value });
  const evidence = await toFiles(needs, asked, found.value);
  const files = [...evidence, toFile('README.html', needs.renderReadme(summary)), toFile('verify.mjs', needs.verifier)];
  const manifest = toManifest(summary, files.map(toSaidFile));
  const signed = [toFile('manifest.json', manifest), toFile('manifest.jws', signManifest(needs.signer, manifest))];
  const bytes = toZip([...signed, ...files]);
  return succeed({ id: summary.id, rows: summary.rows, opened: summary.opened, size: summary.size, bytes, digest: toDigest(bytes) });
}
