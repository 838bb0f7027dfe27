// The port of cases. Everything that must be provable arrives with its sealed event and MUST commit with it, in ONE atomic act.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { AuditCase, CaseMember } from './case.ts';
import type { WaitingDecision } from './waiting.ts';

/** Who stands under a pseudonym of one case. `found`: how they were found within it; null for who only came up in what was read. */
export type CasePerson = {
  readonly caseId: string;
  readonly pseudonym: string;
  readonly personRef: string;
  readonly found: FoundPerson | null;
};

export const findWays = ['receipt', 'registrar'] as const;
export type FindWay = (typeof findWays)[number];
export type FoundPerson = { readonly at: Millis; readonly by: string; readonly way: FindWay };

export type CasePlace = { readonly openedAt: Millis; readonly id: string };
export type CaseList = { readonly cases: readonly AuditCase[]; readonly next: CasePlace | null };

/** `audit/case-ended` also when the case ended at the time of the event, whatever its row says. */
export type CasesStore = {
  readonly findCase: (id: string) => Promise<AuditCase | undefined>;
  readonly findCaseByNumber: (number: string) => Promise<AuditCase | undefined>;
  /** The cases of which this officer is a member, newest first. */
  readonly readCasesOf: (officerId: string, page: { readonly after: CasePlace | null; readonly limit: number }) => Promise<CaseList>;
  /** What others asked in cases of this officer that go on, and may still be decided by them. The oldest first, at most 50. */
  readonly listWaiting: (officerId: string, now: Millis) => Promise<readonly WaitingDecision[]>;
  /** Oldest first. */
  readonly listMembers: (caseId: string) => Promise<readonly CaseMember[]>;
  /** The opener becomes its first member. */
  readonly saveCase: (opened: { readonly opened: AuditCase; readonly event: SealedEvent }) => Promise<'saved' | 'audit/case-number-taken'>;
  /** Only an active auditor, by a member, while the case goes on. */
  readonly saveMember: (added: {
    readonly member: CaseMember;
    readonly event: SealedEvent;
  }) => Promise<'saved' | 'audit/case-ended' | 'audit/member-unfit'>;
  readonly saveClosed: (closed: { readonly caseId: string; readonly event: SealedEvent }) => Promise<'saved' | 'audit/case-ended'>;
  /** Remembers under which pseudonyms people came up, so that a look can be led back within the case. Known ones stay as they are. */
  readonly rememberPeople: (caseId: string, people: readonly Pick<CasePerson, 'pseudonym' | 'personRef'>[]) => Promise<void>;
  readonly findCasePerson: (caseId: string, pseudonym: string) => Promise<CasePerson | undefined>;
  /** Those who were found within the case, in the order of finding. */
  readonly listFound: (caseId: string) => Promise<readonly CasePerson[]>;
  /** Destroys the keys of cases whose retention has passed, and with them who stood under their pseudonyms. How many. */
  readonly destroyKeys: (now: Millis) => Promise<number>;
};
