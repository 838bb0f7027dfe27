// A registrar's code: one person, who stands before the registrar, for one case, once. Whether there is such a case the registrar does not learn.

import type { Clock, Millis } from '../kernel/clock.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { createOneTimeCode } from '../kernel/one-time-code.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { CasePerson } from './case-store.ts';

export const caseLinkMs = 72 * 3_600_000;

export type CaseLink = {
  readonly digest: string;
  readonly caseNumber: string;
  readonly personRef: string;
  readonly madeBy: string;
  readonly madeAt: Millis;
  readonly expiresAt: Millis;
};

export type CaseLinkStore = {
  /** In ONE atomic act with its event; an unused one of the same person and case number stops working. */
  readonly saveLink: (link: CaseLink, event: SealedEvent) => Promise<void>;
  /** Unused, not expired, and for this case number. Reading has no effect. */
  readonly findLink: (digest: string, asked: { readonly caseNumber: string; readonly now: Millis }) => Promise<CaseLink | undefined>;
  /** In ONE atomic act with its event, while the case goes on, and with the code used up where there is one: of two that come with one code, one. */
  readonly saveFound: (saved: {
    readonly person: CasePerson;
    readonly codeDigest: string | null;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'audit/case-ended' | 'audit/code-unknown'>;
};

export type LinkNeeds = { readonly clock: Clock; readonly random: Random; readonly links: CaseLinkStore };

export type LinkAsked = { readonly caseNumber: string; readonly personRef: string; readonly officerId: string };

/** The code, for the paper alone; only its digest is stored. The look at the person is the entry, with the number of the case. */
export async function makeCaseLink(
  needs: LinkNeeds,
  { caseNumber, personRef, officerId }: LinkAsked,
): Promise<{ code: string; expiresAt: Millis }> {
  const madeAt = needs.clock.now();
  const code = createOneTimeCode(needs.random);
  const expiresAt = madeAt + caseLinkMs;
  const actor = { kind: 'officer', ref: officerId } as const;
  const payload = { found: true, case: caseNumber, link_until: expiresAt };
  const event = sealEvent(needs, { type: 'person.looked_up', personRef, actor, actedBy: null, payload });
  await needs.links.saveLink({ digest: toDigest(code), caseNumber, personRef, madeBy: officerId, madeAt, expiresAt }, event);
  return { code, expiresAt };
}
