// On which terms something is shared, as every page that shows them gets it.

import type { Millis } from '../src/domain/kernel/clock.ts';

export type OtherRecipient = { readonly name: string; readonly role: 'processor' | 'joint_controller' | 'third_party' };

/** At one interface. */
export type Acts = { readonly at: string; readonly what: readonly string[] };

/** What a service is told of how the person's identity was checked. */
export type ShownVerification = {
  /** Labels of the details beside which it is told. */
  readonly attributes: readonly string[];
  readonly parts: readonly ('trust_framework' | 'assurance_level' | 'time' | 'types' | 'details')[];
  readonly why: string;
};

export type StoragePlace = {
  readonly location: string;
  /** Names of countries, in the page's language. */
  readonly country: string;
  readonly transfers: readonly { readonly country: string; readonly why: string }[];
};

/** What limits the use; null and `periodic` are no limits. */
export type Use = {
  readonly fetch: 'once' | 'session' | 'periodic';
  readonly maxUses: number | null;
  readonly frequency: { readonly times: number; readonly per: string } | null;
  /** `YYYY-MM-DD`. */
  readonly from: string | null;
  readonly to: string | null;
};

export type Terms = {
  readonly purpose: string;
  readonly recipient: string;
  /** Besides the agency. */
  readonly others: readonly OtherRecipient[];
  /** What the service may do for the person at other interfaces. */
  readonly acts: readonly Acts[];
  /** Null where it is told nothing of that. */
  readonly verification: ShownVerification | null;
  /** ISO 8601 duration; null where the agency looks and keeps nothing. */
  readonly retention: string | null;
  /** Null where the agency did not say. */
  readonly storage: StoragePlace | null;
  readonly use: Use;
  /** Of the service in the public register. */
  readonly registerUrl: string;
  readonly endsAt: Millis;
  /** Whether the service may fetch the details again while the person is away. */
  readonly isOffline: boolean;
  /** Email address for questions about privacy. */
  readonly contact: string | null;
};
