// What the page needs that explains why a sign-in is not enough, and what would be.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { Shortfall } from '../src/domain/passkeys/authentication-facts.ts';
import type { Asker, CeremonyTarget, FormTarget, Passkey } from './models.ts';

/** How much the level is wanted: of everybody at this service, by this request, or as a wish. */
export type LevelWanted = 'minimum' | 'demanded' | 'wished';

/** `shortfall` is null where the passkey would do and this sign-in was made before it did. */
export type UsedPasskey = Passkey & { readonly shortfall: Shortfall | null; readonly signedInAt: Millis };

/** Buttons of the form: `decision=back` to the service; where it is a wish also `decision=below`, which goes on as it is. */
export type StepUpPage = {
  readonly asker: Asker;
  readonly ask: LevelWanted;
  /** With which the person is signed in; null where it is there no more. */
  readonly used: UsedPasskey | null;
  readonly reaching: readonly Passkey[];
  /** Null where no passkey of the person reaches the level. */
  readonly ceremony: CeremonyTarget | null;
  readonly form: FormTarget;
  /** Whether anybody can reach the level here: nobody is sent for a key that could not help. */
  readonly isReachable: boolean;
  /** Back to this page, as it then is. */
  readonly againUrl: string;
  /** To the page of the passkey, for whoever it is. */
  readonly otherUrl: string;
};
