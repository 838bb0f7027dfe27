// The first half of signing in: a fresh challenge that names nobody. The authenticator offers the passkeys it holds for this relying party.

import { toSignInOptions } from './ceremony-options.ts';
import type { SignInOptions } from './ceremony-options.ts';
import { createCeremony } from './ceremony.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export type SigningIn = {
  /** Digest of the interaction or session in which the answer must arrive. */
  readonly binding: string;
  /** When somebody proves again that it is them: only a passkey of this person will do. `null`: anybody may answer. */
  readonly personId: string | null;
};

export type BegunSignIn = { readonly ceremony: string; readonly options: SignInOptions };

export async function beginSignIn(needs: PasskeyNeeds, asked: SigningIn): Promise<BegunSignIn> {
  const ceremony = await createCeremony(needs, { purpose: 'sign-in', ...asked });
  return { ceremony: ceremony.id, options: toSignInOptions(needs.relyingParty, ceremony.challenge) };
}
