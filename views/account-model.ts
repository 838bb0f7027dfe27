// The person's own page and the page of one service: the hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { ActivityItem } from './activity-model.ts';
import type { AccountConsent, AccountService, Asker, Passkey, SharedAttribute, Terms } from './models.ts';

export type EndingSoon = {
  readonly purpose: string;
  readonly endsAt: Millis;
  /** Whole days until then, at least one. */
  readonly days: number;
  readonly url: string;
};

export type AccountPage = {
  /** A decision of the last day with its receipt. */
  readonly latest: ActivityItem | null;
  /** The consent that ends first, when it does within days. */
  readonly endingSoon: EndingSoon | null;
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
