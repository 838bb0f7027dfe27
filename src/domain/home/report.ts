// A person's report: something is wrong with what a service asked, received or did. It has a case number, words of the person's own, and one answer.
// The words are sealed under a key of their own, which goes with the account; neither a log line nor the ledger ever holds them.

import type { KeyObject } from 'node:crypto';
import type { Clock, Millis } from '../kernel/clock.ts';
import { createCaseNumber } from '../kernel/case-number.ts';
import { Fault, refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { SealedData } from '../people/person.ts';
import { sealData, unsealData } from '../people/seal-data.ts';

export const reportCategories = ['not-me', 'too-much', 'not-agreed', 'no-answer', 'wrong-data', 'other'] as const;
export type ReportCategory = (typeof reportCategories)[number];

export type Report = {
  /** Chosen by the form, so that a form sent twice is one report. */
  readonly id: string;
  readonly caseNumber: string;
  readonly personId: string;
  readonly clientId: string;
  /** The entry it is about, where it is about one. */
  readonly entryId: string | null;
  readonly category: ReportCategory;
  readonly openedAt: Millis;
  readonly words: SealedData;
  readonly answer: SealedData | null;
  readonly closedAt: Millis | null;
};

export type ReportPlace = { readonly openedAt: Millis; readonly id: string };
export type ReportList = { readonly reports: readonly Report[]; readonly next: ReportPlace | null };

export type ReportAnswer = { readonly id: string; readonly answer: SealedData; readonly closedAt: Millis; readonly event: SealedEvent };

export type ReportStore = {
  /** MUST be atomic with its event. The report that is stored under this id: the one given, or the one that came before with it. */
  readonly saveReport: (report: Report, event: SealedEvent) => Promise<Report>;
  /** Newest first. */
  readonly readOwnReports: (personId: string, page: { readonly after: ReportPlace | null; readonly limit: number }) => Promise<ReportList>;
  /** Those without an answer, the oldest first. */
  readonly readOpenReports: (page: {
    readonly after: ReportPlace | null;
    readonly limit: number;
    /** Of these services alone; null for all. */
    readonly services: readonly string[] | null;
  }) => Promise<ReportList>;
  readonly findReport: (caseNumber: string) => Promise<Report | undefined>;
  /** MUST be atomic with its event. False when it was answered already. */
  readonly saveAnswer: (answer: ReportAnswer) => Promise<boolean>;
};

export type ReportNeeds = { readonly clock: Clock; readonly random: Random; readonly dataKey: KeyObject; readonly reports: ReportStore };

export const longestWords = 2000;

/** Line ends stay, what nobody can see goes. Undefined for nothing, or more than anybody reads. */
export function parseWords(text: string): string | undefined {
  const visible = text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{C}\n]/gu, '')
    .trim();
  return visible === '' || visible.length > longestWords ? undefined : visible;
}

const toOwner = (id: string, part: 'words' | 'answer'): string => `report:${id}:${part}`;

const seal = (needs: ReportNeeds, owner: string, text: string): SealedData => sealData(needs, owner, { text });

/** Null once the account was closed. */
export function openWords({ dataKey }: Pick<ReportNeeds, 'dataKey'>, report: Report, part: 'words' | 'answer'): string | null {
  const sealed = report[part];
  if (sealed === null || sealed.wrappedKey === '') {
    return null;
  }
  const { text } = unsealData(dataKey, toOwner(report.id, part), sealed);
  if (typeof text !== 'string') {
    throw new Fault('internal/unexpected', 'a sealed report opened but holds no words');
  }
  return text;
}

export type Reporting = Pick<Report, 'id' | 'personId' | 'clientId' | 'entryId' | 'category'> & { readonly words: string };

/** `request/invalid` where the same form was another person's. */
export async function openReport(needs: ReportNeeds, given: Reporting): Promise<Outcome<Report, 'request/invalid'>> {
  const { words, ...about } = given;
  const report: Report = {
    ...about,
    caseNumber: createCaseNumber(needs.random),
    openedAt: needs.clock.now(),
    words: seal(needs, toOwner(given.id, 'words'), words),
    answer: null,
    closedAt: null,
  };
  const event = sealEvent(needs, {
    type: 'complaint.opened',
    personRef: given.personId,
    actor: { kind: 'person', ref: null },
    service: given.clientId,
    payload: { case: report.caseNumber, category: report.category },
  });
  const saved = await needs.reports.saveReport(report, event);
  return saved.personId === given.personId ? succeed(saved) : refuse('request/invalid', 'this form was sent before, by somebody else');
}

export async function answerReport(
  needs: ReportNeeds,
  report: Report,
  given: { readonly officerId: string; readonly words: string },
): Promise<Outcome<null, 'report/answered'>> {
  const closedAt = needs.clock.now();
  const event = sealEvent(needs, {
    type: 'complaint.closed',
    personRef: report.personId,
    actor: { kind: 'officer', ref: given.officerId },
    actedBy: null,
    service: report.clientId,
    payload: { case: report.caseNumber },
  });
  const answer = seal(needs, toOwner(report.id, 'answer'), given.words);
  const saved = await needs.reports.saveAnswer({ id: report.id, answer, closedAt, event });
  return saved ? succeed(null) : refuse('report/answered', 'the report was answered already');
}
