// The evidence pack: what an auditor takes to a court. It opens the entries that a query found and proves each, holds the texts that people were shown, and
// says by counts how much of the log it speaks about. It names no person: each entry has a mask of its own, and receipts, which hold the number by which a
// service knows the person, travel only where the auditor was entitled to them (ADR-0099).

import type { ConsentStore } from '../../consent/store.ts';
import type { AgenciesStore } from '../../agencies/store.ts';
import type { Clock, Millis } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Entry, LedgerStore, StoredCheckpoint } from '../../ledger/store.ts';
import type { ReceiptSigner } from '../../consent/receipt.ts';
import type { LeafRange } from '../../ledger/range-proof.ts';
import type { Looker } from '../look.ts';
import type { PackKeys, WitnessProof } from './pack-keys.ts';
import type { PackQuery } from './query.ts';

export const packFormat = 'huwiya-pack/1';

/** More entries than this are no evidence that a court could read; they are taken as lines. */
export const packEntryLimit = 5000;
/** Leaves that are listed one by one, about 120 bytes each; a longer stretch is told by its length alone. */
export const packLeafLimit = 100_000;

export type PackAsked = {
  readonly query: PackQuery;
  /** Number of the case, as on the paper. */
  readonly case: string;
  readonly reason: string;
  /** For whom it is made: stands on every copy. */
  readonly recipient: string;
  readonly expiresAt: Millis;
  /** `all` opens every leaf of the stretch, so that nothing has to be believed about those that do not match. */
  readonly openings: 'matching' | 'all';
  /** Receipts hold the number by which the service knows the person. */
  readonly receipts: 'withheld' | 'included';
  /** The officer who agreed, where one had to. */
  readonly approvedBy?: string | null;
};

export type PackNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger: Pick<LedgerStore, 'queryEntries' | 'readEntries' | 'readTile'>;
  /** The checkpoint that the pack stands on: the newest with enough witnesses, or the newest. */
  readonly findHead: () => Promise<Pick<StoredCheckpoint, 'size' | 'text'> | undefined>;
  /** MUST give every entry below `below` that meets the query, the person included, by index. */
  readonly findMatches: (query: PackQuery, below: number) => AsyncIterable<readonly Entry[]>;
  /** Leaves that hold every entry of the period, or `null` where there is none. */
  readonly findStretch: (period: Pick<PackQuery, 'from' | 'to'>, size: number) => Promise<LeafRange | null>;
  readonly consents: Pick<ConsentStore, 'readRecord' | 'findNotice' | 'findNoticeIn'>;
  readonly agencies: Pick<AgenciesStore, 'findPurposeVersion'>;
  readonly signer: Pick<ReceiptSigner, 'issuer' | 'key' | 'kid'>;
  readonly readKeys: () => Promise<PackKeys>;
  /** Of a log of this size; `undefined` where nobody outside has seen as much of it. */
  readonly findWitnessProof: (size: number) => Promise<WitnessProof | undefined>;
  /** The words for people, as one page. */
  readonly renderReadme: (manifest: PackSummary) => string;
  /** The offline verifier as one file. */
  readonly verifier: string;
};

export type PackSummary = Omit<PackAsked, 'expiresAt'> & {
  readonly id: string;
  readonly issuer: string;
  readonly author: Looker;
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
  readonly size: number;
  readonly rows: number;
  readonly opened: number;
  readonly stretch: LeafRange | null;
  /** Whether the leaves of the stretch are in the pack. */
  readonly isListed: boolean;
  /** Whether enough witnesses cosigned a log that holds this one. */
  readonly isWitnessed: boolean;
  /** Whether the log fixes the words of every purpose in it. */
  readonly areWordsProven: boolean;
};

export type Pack = {
  readonly id: string;
  readonly rows: number;
  /** Entries that it opens. */
  readonly opened: number;
  readonly size: number;
  /** A ZIP file. */
  readonly bytes: Buffer;
  /** base64url SHA-256 of `bytes`. */
  readonly digest: string;
};
