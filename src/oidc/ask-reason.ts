// Whether a person has to decide about a request, with everything that the rule looks at. Asked by the engine's prompts and, after a conflict, by the pages.

import type { Purpose } from '../domain/agencies/agency.ts';
import type { Consent, StoredConsent } from '../domain/consent/consent.ts';
import { toAskReason } from '../domain/consent/needs-asking.ts';
import type { AskReason } from '../domain/consent/needs-asking.ts';
import { isSuperseded } from '../domain/consent/superseded.ts';
import type { NowAsked } from '../domain/consent/superseded.ts';
import { isUsedUp } from '../domain/consent/uses.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { Person } from '../domain/people/person.ts';
import type { Registry } from './registry.ts';
import type { Request } from './requested.ts';

export type AskNeeds = { readonly registry: Registry; readonly clock: Clock };

type Agreed = { readonly consent: Consent; readonly purpose: Purpose };

/** The purpose in the version that the record is bound to: the registered one, as long as it has no other. */
async function findAgreed(registry: Registry, { consent, purpose }: Agreed): Promise<Purpose | undefined> {
  const { clientId, purposeId, purposeVersion } = consent;
  return purposeVersion === purpose.version ? purpose : registry.findPurposeVersion(clientId, purposeId, purposeVersion);
}

export async function findAskReason(
  needs: AskNeeds,
  person: Pick<Person, 'id' | 'kind'>,
  request: Request,
): Promise<AskReason | undefined> {
  const { asked, purpose, registered } = request;
  const consent = await needs.registry.findConsentFor(person.id, purpose.clientId, purpose.id);
  const agreed = consent && (await findAgreed(needs.registry, { consent, purpose }));
  const { service } = registered;
  return toAskReason(consent, { purpose, agreed, kind: person.kind, request: asked, service }, needs.clock.now());
}

/** What a record is held against; undefined where its service, its purpose or its person is no longer there. */
export async function findNowAsked(registry: Registry, consent: Consent): Promise<NowAsked | undefined> {
  const registered = await registry.findService(consent.clientId);
  const purpose = registered?.purposes.find(({ id }) => id === consent.purposeId);
  const person = await registry.findPerson(consent.personId);
  if (registered === undefined || purpose === undefined || person === undefined) {
    return undefined;
  }
  return { purpose, agreed: await findAgreed(registry, { consent, purpose }), kind: person.kind, service: registered.service };
}

/** `level-too-low`: not of the record, but of the sign-in that the token was made in. */
export type IdleReason = 'superseded' | 'used-up' | 'level-too-low';

/** Why nothing is released under a record that is valid: it does not cover what is asked now, or it is used up. Undefined where something may be. */
export async function findIdleReason(registry: Registry, consent: StoredConsent): Promise<IdleReason | undefined> {
  const asked = await findNowAsked(registry, consent);
  if (asked === undefined || isSuperseded(consent, asked)) {
    return 'superseded';
  }
  return isUsedUp(consent, asked) ? 'used-up' : undefined;
}
