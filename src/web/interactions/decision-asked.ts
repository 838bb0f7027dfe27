// What stands on a decision page and what it is printed from: the request as far as it is offered, the record there is, and the terms that one was agreed to.

import type { Purpose } from '../../domain/agencies/agency.ts';
import { toAskedOf } from '../../domain/consent/asked.ts';
import type { Asked } from '../../domain/consent/asked.ts';
import type { Change, StoredConsent } from '../../domain/consent/consent.ts';
import { toOffered } from '../../domain/consent/offered.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { isServed } from '../../domain/agencies/agency.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import type { Request } from '../../oidc/requested.ts';
import type { PageNeeds } from '../needs.ts';
import type { Step } from './page-context.ts';

export type DecisionAsked = {
  /** As far as it is offered. */
  readonly request: Request;
  /** Everything that was asked of this person. */
  readonly whole: Asked;
  readonly current: StoredConsent | undefined;
  readonly agreed: Purpose | undefined;
  /** When the person last agreed to the record there is, or was told: what they changed on their own page since then was no agreement. */
  readonly agreedAt?: Millis | undefined;
};

const agreeing: ReadonlySet<Change> = new Set(['given', 'notified', 'renewed']);

async function findAgreedAt({ consents }: PageNeeds, current: StoredConsent): Promise<Millis | undefined> {
  const decisions = agreeing.has(current.change) ? [] : await consents.listDecisions(current.id);
  return decisions.findLast(({ change }) => agreeing.has(change))?.decidedAt;
}

export function getRequest(step: Step): Request {
  if (step.pending.request === undefined) {
    throw new Fault('interaction/stale', 'this page asks for nothing');
  }
  const { request } = step.pending;
  if (step.person !== undefined && !isServed(request.registered.service, step.person.kind)) {
    throw new Fault('service/not-for-this-person', 'the service is registered for other kinds of person');
  }
  return request;
}

/** A service that asks for the page itself (`prompt=consent`) has everything on it, also what was declined a short while ago. */
export async function findDecisionAsked(
  needs: PageNeeds,
  step: Step & { readonly person: Pick<StoredPerson, 'id' | 'kind'> },
): Promise<DecisionAsked> {
  const request = getRequest(step);
  const { purpose } = request;
  const asked = toAskedOf(request.asked, purpose, step.person.kind);
  const current = await needs.consents.findConsentFor(step.person.id, purpose.clientId, purpose.id);
  const agreed = current && (await needs.agencies.findPurposeVersion(purpose.clientId, purpose.id, current.purposeVersion));
  const offered = step.pending.asksAnew ? asked : toOffered(asked, current, needs.clock.now());
  return {
    request: { ...request, asked: offered },
    whole: asked,
    current,
    agreed,
    agreedAt: current && (await findAgreedAt(needs, current)),
  };
}
