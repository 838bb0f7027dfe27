// Whether a service may still use what it holds: asked by the service itself, before a nightly job or in front of a counter.

import type { Purpose, RegisteredService } from '../agencies/agency.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { isStanding, isValid, toState } from './consent.ts';
import type { Consent, ConsentState } from './consent.ts';
import { toReleasable } from './release.ts';
import type { ConsentStore, SubjectRecord } from './store.ts';
import { isSuperseded } from './superseded.ts';
import type { NowAsked } from './superseded.ts';
import { findUseHindrance, toUseLimits } from './uses.ts';

export type StatusAsked = { readonly subject: string; readonly purposeId: string };

export const idleReasons = ['used_up', 'too_often', 'ask_again', 'purpose_ended'] as const;
/** Why nothing would leave under a record that stands. That the person is of another kind now, or of a kind the service no longer serves, is `ask_again` too: what they are is theirs to tell. */
export type IdleReason = (typeof idleReasons)[number];

export type ConsentStatus = StatusAsked & {
  /** Whether the next release would be made. */
  readonly isValid: boolean;
  readonly state: ConsentState | 'none';
  /** Null where it is valid, and where `state` says it. */
  readonly reason: IdleReason | null;
  /** Names of the attributes that may be used now. */
  readonly attributes: readonly string[];
  readonly expiresAt: Millis | null;
  readonly changedAt: Millis | null;
  /** When the next release may be made, where that is only a matter of time. */
  readonly nextUseAt: Millis | null;
};

export type StatusNeeds = {
  readonly clock: Clock;
  readonly consents: Pick<ConsentStore, 'listOfSubjects'>;
  readonly agencies: { readonly findPurposeVersion: (clientId: string, id: string, version: number) => Promise<Purpose | undefined> };
};

type Known = SubjectRecord & { readonly agreed: Purpose | undefined };

/** Whoever is not known here, or to this service, or not under this purpose, is answered alike. */
function toNone(asked: StatusAsked): ConsentStatus {
  const nothing = { attributes: [], expiresAt: null, changedAt: null, nextUseAt: null } as const;
  return { ...asked, isValid: false, state: 'none', reason: null, ...nothing };
}

type Use = Pick<ConsentStatus, 'reason' | 'attributes' | 'nextUseAt'>;

const nothing = { attributes: [], nextUseAt: null } as const;

/** What would happen to the next release under a record that stands. */
function toUse({ consent, period }: Known, asked: NowAsked, now: Millis): Use {
  if (isSuperseded(consent, asked)) {
    return { ...nothing, reason: 'ask_again' };
  }
  const hindrance = findUseHindrance({ ...consent, period }, toUseLimits(asked), now);
  if (hindrance !== undefined) {
    return hindrance.reason === 'used-up'
      ? { ...nothing, reason: 'used_up' }
      : { ...nothing, reason: 'too_often', nextUseAt: hindrance.until };
  }
  const request = { attributes: asked.purpose.attributes, overAsked: [] };
  return { ...nothing, reason: null, attributes: toReleasable(consent, { ...asked, request }, now) };
}

function findUse(registered: RegisteredService, known: Known, now: Millis): Use {
  const { agreed, consent, kind } = known;
  const purpose = registered.purposes.find(({ id }) => id === consent.purposeId);
  if (!isValid(consent, now)) {
    return { ...nothing, reason: null };
  }
  return purpose === undefined
    ? { ...nothing, reason: 'purpose_ended' }
    : toUse(known, { purpose, agreed, kind, service: registered.service }, now);
}

function toStatus(asked: StatusAsked, { consent }: Known, at: { readonly use: Use; readonly now: Millis }): ConsentStatus {
  const { now, use } = at;
  return {
    ...asked,
    ...use,
    isValid: isValid(consent, now) && use.reason === null,
    state: toState(consent, now),
    expiresAt: isStanding(consent) ? consent.expiresAt : null,
    changedAt: consent.decidedAt,
  };
}

/** The versions that these records are bound to, each read once however many rest on it. */
async function findAgreed(
  needs: StatusNeeds,
  registered: RegisteredService,
  records: readonly Consent[],
): Promise<ReadonlyMap<string, Purpose>> {
  const agreed = new Map(registered.purposes.map((purpose) => [toVersionKey(purpose.id, purpose.version), purpose]));
  for (const { clientId, purposeId, purposeVersion } of records) {
    const key = toVersionKey(purposeId, purposeVersion);
    const found = agreed.get(key) ?? (await needs.agencies.findPurposeVersion(clientId, purposeId, purposeVersion));
    if (found !== undefined) {
      agreed.set(key, found);
    }
  }
  return agreed;
}

const toVersionKey = (id: string, version: number): string => `${id}\n${version}`;

/** One answer for each question, in their order. A service sees its own records only, and people by the subjects of its own sector. */
export async function checkStatus(
  needs: StatusNeeds,
  registered: RegisteredService,
  asked: readonly StatusAsked[],
): Promise<readonly ConsentStatus[]> {
  const { clientId, sector } = registered.service;
  const records = await needs.consents.listOfSubjects({ clientId, sector, subjects: asked.map(({ subject }) => subject) });
  const known = new Map(records.map((record) => [`${record.subject}\n${record.consent.purposeId}`, record]));
  const versions = await findAgreed(
    needs,
    registered,
    records.map(({ consent }) => consent),
  );
  const now = needs.clock.now();
  return asked.map((question) => {
    const record = known.get(`${question.subject}\n${question.purposeId}`);
    if (record === undefined) {
      return toNone(question);
    }
    const agreed = versions.get(toVersionKey(question.purposeId, record.consent.purposeVersion));
    const found = { ...record, agreed };
    return toStatus(question, found, { use: findUse(registered, found, now), now });
  });
}
