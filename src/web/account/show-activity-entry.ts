// One entry of the person's thread: who received what, when, why and on what ground, in plain words; who acted; where it stands in the log.

import type { Context } from 'koa';
import { z } from 'zod';
import { toLawText } from '../../domain/agencies/agency.ts';
import type { LegalBasis, Purpose } from '../../domain/agencies/agency.ts';
import type { OwnEntry } from '../../domain/home/store.ts';
import { documentTypes } from '../../domain/proofing/evidence.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { verifiedClaims } from '../../domain/verified/ask-verified.ts';
import { actedBys, actorKinds } from '../../domain/ledger/event.ts';
import { withheldReasons } from '../../../views/activity-model.ts';
import type { ActivityEntryPage, ActivityItem } from '../../../views/activity-model.ts';
import { renderActivityEntryPage } from '../../../views/activity-entry.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createActivityReader, toDetailLabel, toItem } from './activity.ts';
import { findIssuerName } from './identity-check.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { readReceiptRecord } from './receipt-record.ts';

const bodySchema = z.object({
  actor: z.object({ kind: z.enum(actorKinds) }),
  acted_by: z.enum(actedBys).nullable(),
  purpose_version: z.int().nullable(),
  record: z.string().nullable(),
  // A release names the version of the record that it stood on, a decision the one that it made.
  payload: z.object({
    record_version: z.int().optional(),
    version: z.int().optional(),
    /** There where the service was told how the person's identity was checked. */
    verified: z.object({ attributes: z.array(z.string()) }).optional(),
    /** Where a person's identity was checked: the kinds of documents, and the issuer of the statement; null where an officer did it. */
    documents: z.array(z.enum(documentTypes)).optional(),
    issuer: z.string().nullish(),
    withheld: z.array(z.object({ name: z.string(), reason: z.enum(withheldReasons) })).default([]),
  }),
});

type Body = z.infer<typeof bodySchema>;

/** The purpose as it was when this happened: later words of the agency say nothing about it. */
async function findPurpose(needs: PageNeeds, entry: OwnEntry, body: Body): Promise<Purpose | undefined> {
  const { service, purpose } = entry;
  return service === null || purpose === null || body.purpose_version === null
    ? undefined
    : needs.agencies.findPurposeVersion(service, purpose, body.purpose_version);
}

/** The ground as the signed record says it: the person may be of another kind today, and the purpose on another law. */
async function findBasis(needs: PageNeeds, { person }: Account, { record, payload }: Body): Promise<LegalBasis | undefined> {
  const version = payload.record_version ?? payload.version;
  if (record === null || version === undefined) {
    return undefined;
  }
  const [decision] = await needs.home.readDecisionsAt(person.id, [{ consentId: record, version }]);
  const receipt = decision && (await needs.consents.findReceipt(decision.id));
  if (receipt === undefined) {
    return undefined;
  }
  const { type, law_ref: lawRef } = readReceiptRecord(receipt).legal_basis;
  return { type, lawRef };
}

type Told = {
  readonly entry: OwnEntry;
  readonly item: ActivityItem;
  readonly body: Body;
  readonly purpose: Purpose | undefined;
  readonly basis: LegalBasis | undefined;
};

function toGround(basis: LegalBasis | undefined, language: Account['language']): Pick<ActivityEntryPage, 'basis' | 'lawReference'> {
  return basis === undefined ? { basis: null, lawReference: null } : { basis: basis.type, lawReference: toLawText(basis.lawRef, language) };
}

/** Beside which details it was told stands among the terms of the service. */
function toVerified({ body, purpose }: Pick<Told, 'body' | 'purpose'>, account: Account): ActivityEntryPage['attributes'] {
  const why = purpose?.verification?.why[account.language] ?? null;
  return body.payload.verified === undefined ? [] : [{ label: toDetailLabel(account, verifiedClaims), why }];
}

function toPage({ entry, item, body, purpose, basis }: Told, account: Account): Omit<ActivityEntryPage, 'item' | 'checked'> {
  const { language } = account;
  return {
    attributes: [
      ...entry.attributes.map((name) => ({
        label: toDetailLabel(account, name),
        why: purpose?.attributes.find((asked) => asked.name === name)?.why[language] ?? null,
      })),
      ...toVerified({ body, purpose }, account),
    ],
    withheld: body.payload.withheld.map(({ name, reason }) => ({
      label: toDetailLabel(account, name),
      reason,
    })),
    purpose: purpose?.text[language] ?? item.purpose,
    ...toGround(basis, language),
    retention: purpose?.retention ?? null,
    actor: body.actor.kind,
    actedBy: body.acted_by,
    index: entry.index,
    reportUrl: item.service === null ? null : `/account/report?entry=${encodeURIComponent(entry.id)}`,
    activityUrl: '/account/activity',
  };
}

/** By whom, in the reader's language; an issuer that was never registered by this name is called by its identifier. */
async function findChecked(needs: PageNeeds, { language }: Account, { payload }: Body): Promise<ActivityEntryPage['checked']> {
  const { documents, issuer } = payload;
  if (documents === undefined) {
    return null;
  }
  return { documents, by: typeof issuer === 'string' ? await findIssuerName(needs, issuer, language) : null };
}

/** `account/entry-unknown` in the same words for no entry and for somebody else's. */
export async function getOwnItem(
  needs: PageNeeds,
  account: Account,
  id: string,
): Promise<{ readonly entry: OwnEntry; readonly item: ActivityItem }> {
  const entry = await needs.home.findEntry(account.person.id, id);
  const item = entry && toItem(entry, await createActivityReader(needs, account, [entry]));
  if (entry === undefined || item === undefined) {
    throw new Fault('account/entry-unknown', 'no such entry about this person');
  }
  return { entry, item };
}

export async function showActivityEntry(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const { entry, item } = await getOwnItem(needs, account, id);
  const body = bodySchema.parse(JSON.parse(entry.body));
  const purpose = await findPurpose(needs, entry, body);
  const basis = await findBasis(needs, account, body);
  const checked = await findChecked(needs, account, body);
  sendPage(ctx, renderActivityEntryPage(account.frame, { item, checked, ...toPage({ entry, item, body, purpose, basis }, account) }));
}
