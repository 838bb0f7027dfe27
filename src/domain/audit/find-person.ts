// Finding a complainant within a case: by the person's own receipt, as we issued it, or by the code of a registrar who had the person before them. There is no third way:
// nobody is looked up by a name or a number. The person sees that they were found.

import type { ConsentStore, Receipt } from '../consent/store.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toDigest } from '../kernel/ids.ts';
import { findOneTimeCode } from '../kernel/one-time-code.ts';
import { toCaseFilter } from './case-people.ts';
import { sealCaseEvent } from './case-event.ts';
import type { CaseNeeds } from './case-needs.ts';
import type { CaseLinkStore } from './case-link.ts';
import { toCasePseudonym } from './case.ts';
import type { OpenedCase } from './case.ts';
import { findReceiptId } from './read-receipt.ts';
import type { ReceiptKeySet } from './read-receipt.ts';

export type FindNeeds = CaseNeeds & {
  readonly links: CaseLinkStore;
  readonly consents: Pick<ConsentStore, 'findReceipt' | 'readRecord'>;
  /** Ours, and nobody else's. */
  readonly receiptKeys: ReceiptKeySet;
};

type Finding = {
  readonly personRef: string;
  readonly officerId: string;
  readonly way: 'receipt' | 'registrar';
  readonly codeDigest: string | null;
};

async function saveFound(
  needs: FindNeeds,
  opened: OpenedCase,
  { personRef, officerId, way, codeDigest }: Finding,
): Promise<Outcome<string, 'audit/case-ended' | 'audit/code-unknown'>> {
  const pseudonym = toCasePseudonym(opened, personRef);
  const event = sealCaseEvent(needs, { type: 'audit.person_found', officerId, about: opened, personRef }, { way });
  const found = { at: event.at, by: officerId, way };
  const saved = await needs.links.saveFound({ person: { caseId: opened.id, pseudonym, personRef, found }, codeDigest, event });
  return saved === 'saved' ? succeed(pseudonym) : refuse(saved, opened.id);
}

type Found<Code extends 'audit/receipt-refused' | 'audit/code-unknown'> = Promise<Outcome<string, Code | 'audit/case-ended'>>;

/** The receipt as it was issued, of a service within the reach of the case. */
async function findIssued(needs: FindNeeds, opened: OpenedCase, text: string): Promise<Receipt | undefined> {
  const signed = findReceiptId(needs.receiptKeys, text);
  const receipt = signed && (await needs.consents.findReceipt(signed.id));
  if (receipt === undefined || receipt.jws !== signed?.jws || receipt.personId === '') {
    return undefined;
  }
  return (await isWithin(needs, opened, receipt)) ? receipt : undefined;
}

async function isWithin(needs: FindNeeds, opened: OpenedCase, { consentId }: Receipt): Promise<boolean> {
  const { services } = await toCaseFilter(needs, opened);
  const record = await needs.consents.readRecord(consentId);
  return record !== undefined && (services === undefined || services.includes(record.consent.clientId));
}

/** `audit/receipt-refused` for what we did not sign, did not issue as it stands, or what is outside the scope of the case: in the same words. */
export async function findByReceipt(
  needs: FindNeeds,
  opened: OpenedCase,
  { officerId, text }: { readonly officerId: string; readonly text: string },
): Found<'audit/receipt-refused'> {
  const receipt = await findIssued(needs, opened, text);
  if (receipt === undefined) {
    return refuse('audit/receipt-refused', 'not signed by us, not as it was issued, or outside the scope');
  }
  const saved = await saveFound(needs, opened, { personRef: receipt.personId, officerId, way: 'receipt', codeDigest: null });
  return saved.ok ? saved : refuse(saved.code === 'audit/case-ended' ? saved.code : 'audit/receipt-refused', saved.detail);
}

/** The code of a registrar for the number of this very case, once. */
export async function findByCode(
  needs: FindNeeds,
  opened: OpenedCase,
  { officerId, text }: { readonly officerId: string; readonly text: string },
): Found<'audit/code-unknown'> {
  const code = findOneTimeCode(text);
  const codeDigest = code === undefined ? null : toDigest(code);
  const link =
    codeDigest === null ? undefined : await needs.links.findLink(codeDigest, { caseNumber: opened.number, now: needs.clock.now() });
  return link === undefined || codeDigest === null
    ? refuse('audit/code-unknown', 'no code, used, expired, or for another case')
    : saveFound(needs, opened, { personRef: link.personRef, officerId, way: 'registrar', codeDigest });
}
