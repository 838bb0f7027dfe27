// Whether a record covers what its purpose asks now, in the very version in which it was agreed to. A later version is held against an earlier one on the long way.

import { isSuperseded } from '../../domain/consent/superseded.ts';
import type { NowAsked } from '../../domain/consent/superseded.ts';
import { isUsedUp } from '../../domain/consent/uses.ts';
import { isValid } from '../../domain/consent/consent.ts';
import type { StoredConsent } from '../../domain/consent/consent.ts';
import type { PersonKind } from '../../domain/people/person.ts';
import type { PlainClient } from './plain-client.ts';

type Held = { readonly consent: StoredConsent; readonly kind: PersonKind; readonly personId: string | null };

/** What the record is held against; undefined where it does not cover it. */
export function findCovered({ clientId, registered }: PlainClient, { consent, kind, personId }: Held, now: number): NowAsked | undefined {
  const purpose = registered.purposes.find(({ id }) => id === consent.purposeId);
  if (
    purpose === undefined ||
    purpose.version !== consent.purposeVersion ||
    consent.clientId !== clientId ||
    consent.personId !== personId
  ) {
    return undefined;
  }
  const asked = { purpose, agreed: purpose, kind, service: registered.service };
  return isValid(consent, now) && !isSuperseded(consent, asked) && !isUsedUp(consent, asked) ? asked : undefined;
}
