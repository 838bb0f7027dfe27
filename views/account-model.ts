// The person's own page and the page of one service: the hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { ActivityItem } from './activity-model.ts';
import type { AccountConsent, AccountService, Asker, Passkey, SharedAttribute, Terms } from './models.ts';

export type AccountPage = {
  readonly givenName: string;
  /** The sign-in before this one. */
  readonly lastSignInAt: Millis | null;
  /** Current first; services whose consents have all ended come last. */
  readonly services: readonly AccountService[];
  /** Newest first, a handful. */
  readonly activity: readonly ActivityItem[];
  readonly passkeys: readonly Passkey[];
};

export type ServiceConsent = AccountConsent & {
  readonly attributes: readonly SharedAttribute[];
  readonly terms: Terms;
  /** Newest first. */
  readonly history: readonly ActivityItem[];
};

export type ServicePage = {
  readonly clientId: string;
  readonly asker: Asker;
  readonly accountUrl: string;
  readonly consents: readonly ServiceConsent[];
};
