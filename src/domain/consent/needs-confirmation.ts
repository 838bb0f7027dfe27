// When a button is not enough: what is sensitive, what lasts long, and what goes on while the person is away is confirmed with a passkey over the record
// (domain model 3.8, rule 12). Where the law decides there is nothing to agree to, and so nothing to confirm.

import { getAttribute } from '../attributes/catalogue.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { toGranted } from './consent.ts';
import type { Terms } from './decide.ts';

export const confirmationReasons = ['sensitive', 'long', 'offline'] as const;
export type ConfirmationReason = (typeof confirmationReasons)[number];

/** Longer than this is long. */
const longestByButton = 'P1Y';

/** What of a decision asks for a passkey; nothing when a button is enough. */
export function findConfirmationReasons(
  terms: Pick<Terms, 'attributes' | 'basis' | 'expiresAt'>,
  { now, isOffline }: { readonly now: Millis; readonly isOffline: boolean },
): readonly ConfirmationReason[] {
  if (terms.basis !== 'consent') {
    return [];
  }
  const granted = toGranted(terms);
  const found: Readonly<Record<ConfirmationReason, boolean>> = {
    sensitive: granted.some((name) => getAttribute(name).sensitivity !== 'normal'),
    long: granted.length > 0 && terms.expiresAt > addDuration(now, longestByButton),
    offline: isOffline,
  };
  return confirmationReasons.filter((reason) => found[reason]);
}
