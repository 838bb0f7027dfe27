// One receipt as a sheet. Only its holder sees it; to everybody else it is not there, whether or not it exists.

import type { Context } from 'koa';
import { toLawText, verificationParts } from '../../domain/agencies/agency.ts';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { Receipt } from '../../domain/consent/store.ts';
import { toReceiptDigest } from '../../domain/consent/receipt.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { proveEntry } from '../../domain/ledger/prove-entry.ts';
import type { EntryProof } from '../../domain/ledger/prove-entry.ts';
import { renderReceiptPage } from '../../../views/receipt.ts';
import type { DecisionKind } from '../../../views/decision-kind.ts';
import type { ReceiptAttribute, ReceiptPage } from '../../../views/receipt-model.ts';
import { sendPage } from '../frame.ts';
import { toShownVerification } from '../shown-verification.ts';
import type { PageNeeds } from '../needs.ts';
import { findShownNotice } from '../shown-notice.ts';
import { toReceiptLink, toServiceUrl } from './account-model.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { readReceiptRecord, readRefused, toDecisionKind } from './receipt-record.ts';
import type { ReceiptRecord } from './receipt-record.ts';

type Language = Account['language'];

/** `consent/not-found`, in the same words for no receipt and for somebody else's. */
export async function getOwnReceipt(needs: PageNeeds, account: Account, receiptId: string): Promise<Receipt> {
  const receipt = await needs.consents.findReceipt(receiptId);
  if (receipt === undefined || receipt.personId !== account.person.id) {
    throw new Fault('consent/not-found', 'no such receipt of this person');
  }
  return receipt;
}

const toHex = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('hex');

/** What the code on paper carries stands after the `#`, which a browser keeps to itself. */
export function toCodeUrl(issuer: string, jws: string, { entry }: Pick<EntryProof, 'entry'>): string {
  return `${issuer}/verify#i=${entry.index}&r=${toReceiptDigest(jws)}&l=${entry.leafHash}`;
}

type Decided = { readonly record: ReceiptRecord; readonly kind: DecisionKind };

/** What was turned down stands in the record; in one from before, its entry names it. */
function toDecisions({ record, kind }: Decided, { entry }: EntryProof): readonly ReceiptRecord['claims'][number][] {
  if (kind !== 'refused' && kind !== 'deferred') {
    return record.claims;
  }
  const necessities = new Map([...record.claims, ...(record.request?.claims ?? [])].map(({ name, necessity }) => [name, necessity]));
  return readRefused(entry).map((name) => ({
    name,
    necessity: necessities.get(name) ?? ('required' as const),
    decision: 'declined' as const,
  }));
}

function toAttributes(decided: Decided, proven: EntryProof, language: Language): readonly ReceiptAttribute[] {
  return toDecisions(decided, proven).map(({ name, necessity, decision }) => {
    const { labels, forms } = getAttribute(name);
    const isStopped = stopping.has(decided.kind) && decision !== 'declined';
    const answerOnly = forms.every((form) => form === 'yes_no');
    return { label: labels[language], necessity, decision: isStopped ? 'stopped' : decision, answerOnly };
  });
}

const over: ReadonlySet<DecisionKind> = new Set(['refused', 'deferred', 'withdrawn', 'revoked', 'invalidated']);
const stopping: ReadonlySet<DecisionKind> = new Set(['withdrawn', 'revoked', 'invalidated']);

function toLevel({ expression }: ReceiptRecord): ReceiptPage['level'] {
  if (expression === undefined) {
    return null;
  }
  return expression.acr.endsWith(':high') ? 'high' : 'substantial';
}

function toAuthority({ rights }: ReceiptRecord, language: Language): ReceiptPage['authority'] {
  const authority = rights?.authority;
  return authority === undefined ? null : { name: authority.name[language], uri: authority.uri ?? null };
}

/** Of what stands beside a refusal nothing was decided here. */
function toActs({ record, kind }: Decided, language: Language): ReceiptPage['acts'] {
  const uses = kind === 'refused' || kind === 'deferred' ? [] : record.resources;
  return uses.map(({ name, scopes }) => ({ at: name[language], what: scopes.map(({ text }) => text[language]) }));
}

/** As the acts: only where it was decided here. */
function toVerification({ record, kind }: Decided, language: Language): ReceiptPage['verification'] {
  const told = kind === 'refused' || kind === 'deferred' ? undefined : record.verification;
  if (told === undefined) {
    return null;
  }
  const parts = verificationParts.filter((part) => told.parts.includes(part));
  return toShownVerification({ ...told, parts, why: told.why_needed }, language);
}

function toTerms({ record, kind }: Decided, language: Language) {
  const isOver = over.has(kind);
  // Beside what stands a later version may be refused: the sheet is of what was shown.
  const { purpose, legal_basis: basis } = record.request ?? record;
  return {
    agencyName: record.controller.org_name[language],
    serviceName: record.service.name[language],
    serviceUrl: toServiceUrl(record.service.client_id),
    purpose: purpose.text[language],
    purposeVersion: purpose.version,
    basis: basis.type,
    lawReference: toLawText(basis.law_ref, language),
    decidedAt: record.created_at,
    level: toLevel(record),
    isConfirmed: record.expression?.method === 'button_passkey',
    act: record.authority_act ?? null,
    shownIn: record.notice?.language ?? null,
    endsAt: isOver ? null : record.validity.expires_at,
    retention: record.terms.data_life,
    isOffline: record.terms.offline_access,
    contact: record.controller.contacts['privacy'] ?? null,
    authority: toAuthority(record, language),
  };
}

function toProof(receipt: Receipt, { entry, checkpoint }: EntryProof, log: string): ReceiptPage['proof'] {
  return {
    index: entry.index,
    digest: toHex(toReceiptDigest(receipt.jws)),
    log,
    size: checkpoint.size,
    root: toHex(checkpoint.root),
    checkpointAt: checkpoint.at,
  };
}

export async function showReceipt(needs: PageNeeds, ctx: Context, receiptId: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const receipt = await getOwnReceipt(needs, account, receiptId);
  const proven = getValue(await proveEntry({ ...needs, store: needs.ledger }, receipt.eventId));
  const record = readReceiptRecord(receipt);
  const decided = { record, kind: toDecisionKind(record, proven.entry) };
  const page = renderReceiptPage(account.frame, {
    ...toTerms(decided, account.language),
    link: toReceiptLink(receipt),
    notice: await findShownNotice(needs.consents, record.notice?.rendered_sha256),
    kind: decided.kind,
    attributes: toAttributes(decided, proven, account.language),
    acts: toActs(decided, account.language),
    verification: toVerification(decided, account.language),
    proof: toProof(receipt, proven, needs.logVerifier.name),
    codeUrl: toCodeUrl(needs.issuer, receipt.jws, proven),
    receiptsUrl: '/account/receipts',
  });
  sendPage(ctx, page);
}
