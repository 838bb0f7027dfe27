// The first half of creating a passkey: a fresh challenge and the options for the browser.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toRegistrationOptions } from './ceremony-options.ts';
import type { RegistrationOptions } from './ceremony-options.ts';
import { createCeremony } from './ceremony.ts';
import { findRegistrant } from './find-registrant.ts';
import type { Registering, RegistrantRefusal } from './find-registrant.ts';
import { mostPasskeys } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export type BegunRegistration = {
  /** Id of the ceremony, to be sent back with the answer. */
  readonly ceremony: string;
  readonly options: RegistrationOptions;
};

/** `label` is shown by the authenticator to tell accounts apart; the caller takes it from the person's own data. */
export async function beginRegistration(
  needs: PasskeyNeeds,
  by: Registering,
  label: string,
): Promise<Outcome<BegunRegistration, RegistrantRefusal | 'passkey/too-many'>> {
  const registrant = await findRegistrant(needs, by);
  if (!registrant.ok) {
    return registrant;
  }
  const { person, purpose, binding } = registrant.value;
  const passkeys = await needs.passkeys.listPasskeys(person.id);
  if (passkeys.length >= mostPasskeys) {
    // Before the authenticator makes one that nobody would accept.
    return refuse('passkey/too-many', 'begin');
  }
  const ceremony = await createCeremony(needs, { purpose, personId: person.id, binding });
  const options = toRegistrationOptions(needs.relyingParty, ceremony.challenge, {
    handle: person.handle,
    label,
    passkeys,
    isSpare: purpose === 'enrol-spare',
  });
  return succeed({ ceremony: ceremony.id, options });
}
