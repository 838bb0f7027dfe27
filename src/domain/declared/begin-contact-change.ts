import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { getPersonalData } from '../people/get-personal-data.ts';
import type { StoredPerson } from '../people/person.ts';
import { channelAttributes } from './channel.ts';
import type { Channel } from './channel.ts';
import type { ContactChange } from './contact-change.ts';
import type { LetterWords } from './letter.ts';
import type { DeclaredNeeds } from './needs.ts';
import { parseAddress } from './parse-address.ts';
import { sendCode } from './send-code.ts';

export type ChangeAsked = {
  readonly person: StoredPerson;
  readonly channel: Channel;
  readonly sessionDigest: string;
  /** As it was typed. */
  readonly address: string;
  readonly toWords: (code: string) => LetterWords;
};

/** Sends a code to the new address and nowhere else. The caller MUST have seen a passkey within the last minutes: a contact is a way to take over. */
export async function beginContactChange(
  needs: DeclaredNeeds,
  asked: ChangeAsked,
): Promise<Outcome<ContactChange, 'contact/address-invalid' | 'contact/unchanged' | 'contact/too-many-codes'>> {
  const { person, channel, sessionDigest, toWords } = asked;
  const parsed = parseAddress(channel, asked.address);
  if (!parsed.ok) {
    return parsed;
  }
  const data = getPersonalData(needs, person);
  const attribute = channelAttributes[channel];
  if (data[attribute] === parsed.value && data[`${attribute}_verified`] === true) {
    return refuse('contact/unchanged', 'this address is held and proven');
  }
  return sendCode(needs, { personId: person.id, channel, sessionDigest, address: parsed.value, begunAt: null, toWords });
}
