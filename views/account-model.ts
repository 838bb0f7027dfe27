// The person's own page and the page of one service: the hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { ConsentGroup } from '../src/domain/home/store.ts';
import type { MessageKey } from './messages/messages.ts';
import type { ActivityItem } from './activity-model.ts';
import type { DutyItem } from './duty-model.ts';
import type { DecisionKind } from './decision-kind.ts';
import type { AccountConsent, AccountService, Asker, ConsentState, FormTarget, Passkey, ReceiptLink, SharedAttribute } from './models.ts';
import type { Terms } from './terms-model.ts';

export const consentGroups = ['valid', 'law', 'ends-soon', 'paused', 'refused', 'ended'] as const satisfies readonly ConsentGroup[];

export type Ending = {
  readonly purpose: string;
  readonly endsAt: Millis;
  /** Calendar days until then, at least one. */
  readonly days: number;
  readonly url: string;
};

/** One page of the person's services, and what it was searched and filtered by. */
export type ServiceList = {
  /** Where the form of the filters goes, by GET. */
  readonly url: string;
  readonly words: string;
  readonly group: ConsentGroup | null;
  /** All that match. */
  readonly count: number;
  readonly items: readonly AccountService[];
  readonly moreUrl: string | null;
  /** The first page of the same filter, when this is another. */
  readonly firstUrl: string | null;
};

export type LatestDecision = ActivityItem & { readonly actedBy: 'self' | 'authority' };

export type AccountPage = {
  /** A decision of the last day with its receipt, and who took it. */
  readonly latest: LatestDecision | null;
  /** The consent that ends first, when it does within days. */
  readonly endingSoon: Ending | null;
  /** What ends within weeks, the first to end first. */
  readonly ending: readonly Ending[];
  readonly givenName: string;
  /** For somebody else at the same screen. */
  readonly switchUrl: string;
  /** The sign-in before this one. */
  readonly lastSignInAt: Millis | null;
  /** Current first; services whose consents have all ended come last. */
  readonly services: ServiceList;
  /** Newest first, a handful. */
  readonly activity: readonly ActivityItem[];
  readonly passkeys: readonly Passkey[];
  /** What else can be done from here. */
  /** Security notices of the last two weeks. */
  readonly alerts: { readonly count: number; readonly url: string };
  readonly actions: readonly { readonly url: string; readonly text: MessageKey }[];
};

/** One decision about a record. */
export type HistoryItem = {
  readonly kind: DecisionKind;
  readonly at: Millis;
  readonly actedBy: 'self' | 'authority';
  readonly receipt: ReceiptLink;
};

/** Null for what cannot be done now. */
export type ConsentControls = {
  /** Posted back unchanged: a page older than the last decision changes nothing. */
  readonly version: number;
  readonly pause: FormTarget | null;
  readonly resume: FormTarget | null;
  /** Asks the agency to erase what it was sent. */
  readonly erase: FormTarget | null;
  /** The details that are shared by choice; a box without its tick is taken out. */
  readonly narrow: { readonly form: FormTarget; readonly choices: readonly { readonly name: string; readonly label: string }[] } | null;
};

export const changesShown = ['paused', 'resumed', 'narrowed', 'withdrawn'] as const;
export type ShownChange = (typeof changesShown)[number];

export type ChangedPage = {
  readonly change: ShownChange;
  readonly clientId: string;
  readonly asker: Asker;
  readonly purpose: string;
  readonly at: Millis;
  readonly endsAt: Millis;
  readonly receipt: ReceiptLink | null;
  /** What the agency owes after it. */
  readonly duties: readonly DutyItem[];
  readonly serviceUrl: string;
  readonly accountUrl: string;
};

export type ServiceConsent = AccountConsent & {
  /** What is asked now goes beyond what was agreed to: nothing leaves until the person agrees anew. */
  readonly isSuperseded: boolean;
  /** It rests on a law or a contract, not on a consent: there is none to change. */
  readonly isByLaw: boolean;
  readonly uses: number;
  readonly lastUsedAt: Millis | null;
  readonly controls: ConsentControls;
  readonly attributes: readonly SharedAttribute[];
  readonly terms: Terms;
  /** What the agency owes under it, newest first. */
  readonly duties: readonly DutyItem[];
  /** Newest first. */
  readonly history: readonly HistoryItem[];
};

export type ServicePage = {
  readonly clientId: string;
  readonly asker: Asker;
  /** Where a visit begins; null where the service has no such address. */
  readonly doorUrl: string | null;
  readonly accountUrl: string;
  readonly consents: readonly ServiceConsent[];
  /** What the service was sent or did lately, newest first. */
  readonly activity: readonly ActivityItem[];
  readonly activityUrl: string;
  readonly reportUrl: string;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};

/** One detail and who may see it now. */
export type HeldAttribute = {
  readonly label: string;
  readonly sensitive: boolean;
  /** Services with a standing permission. */
  readonly count: number;
  /** A few of them. */
  readonly serviceNames: readonly string[];
  readonly lastReleasedAt: Millis | null;
  readonly url: string;
};

export type AttributesPage = { readonly attributes: readonly HeldAttribute[]; readonly accountUrl: string };

export type AttributeHolder = {
  readonly serviceName: string;
  readonly agencyName: string;
  readonly purpose: string;
  readonly state: ConsentState;
  readonly endsAt: Millis;
  readonly lastReleasedAt: Millis | null;
  readonly url: string;
};

export type AttributePage = {
  readonly label: string;
  readonly explanation: string;
  /** The register it comes from; null for what the person gave. */
  readonly source: string | null;
  readonly sensitive: boolean;
  readonly count: number;
  readonly holders: readonly AttributeHolder[];
  readonly backUrl: string;
  readonly activityUrl: string;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};
