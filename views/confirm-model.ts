// What the page needs on which a person confirms a decision with a passkey.

import type { ConfirmationReason } from '../src/domain/consent/needs-confirmation.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { Asker, CeremonyTarget, FormTarget } from './models.ts';
import type { ShownVerification } from './terms-model.ts';

export type ConfirmedAttribute = { readonly label: string; readonly answerOnly: boolean };

/** Button of the form: `decision=refuse`; `version` is posted back unchanged. */
export type ConfirmPage = {
  readonly asker: Asker;
  readonly purpose: string;
  readonly reasons: readonly ConfirmationReason[];
  /** In the order of the record. */
  readonly shared: readonly ConfirmedAttribute[];
  readonly leftOut: readonly ConfirmedAttribute[];
  /** Beside the shared ones alone; null where none of them is told with it. */
  readonly verification: ShownVerification | null;
  /** ISO 8601 duration; null where the agency looks and keeps nothing. */
  readonly retention: string | null;
  readonly endsAt: Millis;
  readonly ceremony: CeremonyTarget;
  readonly form: FormTarget;
  readonly version: string;
  /** The page of the decision, as it was before the choice. */
  readonly changeUrl: string;
};
