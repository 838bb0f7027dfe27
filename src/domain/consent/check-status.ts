// Whether a service may still use what it holds: asked by the service itself, before a nightly job or in front of a counter.

import type { RegisteredService } from '../agencies/agency.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { isStanding, isValid, toGranted, toState } from './consent.ts';
import type { Consent, ConsentState } from './consent.ts';
import type { ConsentStore } from './store.ts';

export type StatusAsked = { readonly subject: string; readonly purposeId: string };

export type ConsentStatus = StatusAsked & {
  readonly isValid: boolean;
  readonly state: ConsentState | 'none';
  /** Names of the attributes that may be used now. */
  readonly attributes: readonly string[];
  readonly expiresAt: Millis | null;
  readonly changedAt: Millis | null;
};

export type StatusNeeds = { readonly clock: Clock; readonly consents: Pick<ConsentStore, 'listOfSubjects'> };

/** Whoever is not known here, or to this service, or not under this purpose, is answered alike. */
function toNone(asked: StatusAsked): ConsentStatus {
  return { ...asked, isValid: false, state: 'none', attributes: [], expiresAt: null, changedAt: null };
}

function toStatus(
  registered: RegisteredService,
  consent: Consent,
  at: { readonly asked: StatusAsked; readonly now: Millis },
): ConsentStatus {
  const { asked, now } = at;
  const purpose = registered.purposes.find(({ id }) => id === asked.purposeId);
  const approved = new Set(purpose?.attributes.map(({ name }) => name));
  const valid = purpose !== undefined && isValid(consent, now);
  return {
    ...asked,
    isValid: valid,
    state: toState(consent, now),
    attributes: valid ? toGranted(consent).filter((name) => approved.has(name)) : [],
    expiresAt: isStanding(consent) ? consent.expiresAt : null,
    changedAt: consent.decidedAt,
  };
}

/** One answer for each question, in their order. A service sees its own records only, and people by the subjects of its own sector. */
export async function checkStatus(
  needs: StatusNeeds,
  registered: RegisteredService,
  asked: readonly StatusAsked[],
): Promise<readonly ConsentStatus[]> {
  const { clientId, sector } = registered.service;
  const records = await needs.consents.listOfSubjects({ clientId, sector, subjects: asked.map(({ subject }) => subject) });
  const known = new Map(records.map(({ subject, consent }) => [`${subject}\n${consent.purposeId}`, consent]));
  const now = needs.clock.now();
  return asked.map((question) => {
    const consent = known.get(`${question.subject}\n${question.purposeId}`);
    return consent === undefined ? toNone(question) : toStatus(registered, consent, { asked: question, now });
  });
}
