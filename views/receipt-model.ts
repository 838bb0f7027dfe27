// The receipt as a sheet, and the list of all receipts: the hand-over between web/ and views/. No value of personal data and no name.

import type { ShownNotice } from './shown-notice.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { DecisionKind } from './decision-kind.ts';
import type { Language } from './messages/messages.ts';
import type { NoticeBasis, ReceiptLink } from './models.ts';
import type { Acts, ShownVerification } from './terms-model.ts';

export type ReceiptAttribute = {
  readonly label: string;
  readonly necessity: 'required' | 'optional';
  /** `stopped`: was shared until this withdrawal. */
  readonly decision: 'granted' | 'declined' | 'notified' | 'stopped';
  readonly answerOnly: boolean;
};

export type ReceiptProof = {
  readonly index: number;
  /** SHA-256 of the signed receipt, hexadecimal. */
  readonly digest: string;
  readonly log: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  readonly checkpointAt: Millis;
};

export type ReceiptPage = {
  readonly link: ReceiptLink;
  readonly kind: DecisionKind;
  readonly agencyName: string;
  readonly serviceName: string;
  readonly serviceUrl: string;
  readonly purpose: string;
  readonly purposeVersion: number;
  readonly basis: NoticeBasis | 'consent';
  readonly lawReference: string | null;
  readonly decidedAt: Millis;
  /** Null where the person did not act. */
  readonly level: 'substantial' | 'high' | null;
  /** Whether the person’s passkey signed the record itself. */
  readonly isConfirmed: boolean;
  /** Why an authority ended the record; null where the person decided. */
  readonly act: { readonly reason: string; readonly reference: string } | null;
  /** The language of the text that was shown; null where none was, as at a withdrawal. */
  readonly shownIn: Language | null;
  /** The text itself; null where none was shown, or none is kept. */
  readonly notice: ShownNotice | null;
  /** Null where nothing is shared any more, or nothing ever was. */
  readonly endsAt: Millis | null;
  /** ISO 8601 duration. */
  readonly retention: string;
  /** Whether the service may come back while the person is away. */
  readonly isOffline: boolean;
  /** Email address for questions about privacy. */
  readonly contact: string | null;
  /** Who watches over the protection of personal data; null in a record that does not name it. */
  readonly authority: { readonly name: string; readonly uri: string | null } | null;
  readonly attributes: readonly ReceiptAttribute[];
  /** What the service may do for the person at interfaces; empty where nothing was agreed to. */
  readonly acts: readonly Acts[];
  /** What it learns of how the person’s identity was checked; null for nothing. */
  readonly verification: ShownVerification | null;
  readonly proof: ReceiptProof;
  /** What the QR code holds: a link to the page that checks receipts. */
  readonly codeUrl: string;
  readonly receiptsUrl: string;
};

export type ReceiptRow = {
  readonly link: ReceiptLink;
  readonly kind: DecisionKind;
  /** Which decision about the record it is of, counted from 1. */
  readonly version: number;
  readonly agencyName: string;
  readonly serviceName: string;
  readonly purpose: string;
};

export type ReceiptsPage = {
  /** Newest first. */
  readonly receipts: readonly ReceiptRow[];
  readonly verifyUrl: string;
  readonly olderUrl: string | null;
  /** The first page, when this is another. */
  readonly newestUrl: string | null;
};
