// The first half of confirming an act with a passkey: the challenge is the digest of what is confirmed, and only passkeys of the one person are asked.

import type { Level } from '../kernel/levels.ts';
import { reachesLevel } from './authentication-facts.ts';
import { toConfirmationOptions } from './ceremony-options.ts';
import type { ConfirmationOptions } from './ceremony-options.ts';
import { createCeremony } from './ceremony.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export type Confirming = {
  /** Digest of the interaction and session in which the answer must arrive. */
  readonly binding: string;
  readonly personId: string;
  /** What the service demands of every sign-in: passkeys below it are not named. */
  readonly level: Level;
  /** base64url SHA-256 of what is confirmed. It holds fresh random bytes, so that no two are the same. */
  readonly challenge: string;
};

export type BegunConfirmation = { readonly ceremony: string; readonly options: ConfirmationOptions };

export async function beginConfirmation(needs: PasskeyNeeds, { level, ...asked }: Confirming): Promise<BegunConfirmation> {
  const ceremony = await createCeremony(needs, { purpose: 'confirm', ...asked });
  const passkeys = (await needs.passkeys.listPasskeys(asked.personId)).filter((passkey) => reachesLevel(passkey, level));
  return { ceremony: ceremony.id, options: toConfirmationOptions(needs.relyingParty, ceremony.challenge, passkeys) };
}
