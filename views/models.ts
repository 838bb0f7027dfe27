// What each page needs, and nothing more: the hand-over between web/ and views/.
// Every text that comes from a register is already in the page's language; moments are milliseconds; durations are ISO 8601.
// A value of the person's own is handed over plain and masked here. No model holds a token of the protocol, a key or another person's data.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { OtherRecipient, ShownVerification, StoragePlace, Terms, Use } from './terms-model.ts';
import type { ErrorCode, errorCatalogue } from '../src/domain/kernel/errors.ts';
import type { PageAssets } from './asset-list.ts';
import type { Dates } from './dates.ts';
import type { Texts } from './messages/messages.ts';
import type { DecisionKind } from './decision-kind.ts';
import type { PersonKind } from '../src/domain/people/person.ts';
import type { LeftService } from './left-model.ts';

/** Where a form is posted, and the value of its hidden field `token` that protects it against forged posts. */
export type FormTarget = { readonly action: string; readonly token: string };

/** The places of the own page. */
export type Place = 'account' | 'activity' | 'receipts' | 'details' | 'security';

export type SignedIn = {
  readonly fullName: string;
  readonly signOut: FormTarget;
  readonly places: Readonly<Record<Place, string>>;
  /** Cancels the recovery of this person that is open; null where none is. */
  readonly recovery: FormTarget | null;
};

/** What every page needs besides its own model. Handed over first: `renderConsentPage(frame, model)`. */
export type Frame = {
  readonly texts: Texts;
  readonly dates: Dates;
  readonly assets: PageAssets;
  /** The one right host of this site, shown in the footer. */
  readonly siteHost: string;
  readonly homeUrl: string;
  /** Where receipts are checked, the same for everybody: `homeUrl` is a desk on the pages of staff. */
  readonly verifyUrl: string;
  /** This page in the other language. */
  readonly otherLanguageUrl: string | null;
  /** Who is signed in to the own page; null on every other page. */
  readonly signedIn: SignedIn | null;
  /** Ends the sign-in and clears the browser, on a computer that others use; null on every other one. */
  readonly finish: FormTarget | null;
};

/**
 * Where the ceremony script gets its options and sends the answer; `token` travels in the header `x-huwiya-token`. `againUrl`: where the passkey is asked for
 * first, for a page that is open for longer than what it does may wait.
 */
export type CeremonyTarget = {
  readonly optionsUrl: string;
  readonly verifyUrl: string;
  readonly token: string;
  readonly againUrl?: string;
};

/** The service that caused the page, in the words of the register. */
export type Asker = { readonly serviceName: string; readonly agencyName: string; readonly domain: string };

/** A value of the person's own. `date` is YYYY-MM-DD; `plain` hides nothing from anybody in the room; `missing` means no register holds it; `withheld` means it is not sent to the page. */
export type OwnValue =
  | { readonly kind: 'name' | 'text' | 'code' | 'phone' | 'email' | 'date' | 'plain'; readonly text: string }
  | { readonly kind: 'answer'; readonly yes: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'withheld' };

export type AskedAttribute = {
  /** Catalogue name, such as `given_name`. */
  readonly name: string;
  readonly label: string;
  /** Only an answer is shared, not the value behind it. */
  readonly answerOnly: boolean;
  readonly value: OwnValue;
  readonly why: string;
  /** The register it comes from, such as "Civil Status"; null for what the person gave. */
  readonly source: string | null;
  /** ISO 8601 duration. */
  readonly retention: string | null;
};

export type ChosenAttribute = AskedAttribute & {
  /** True only when the person granted it before and is asked again. */
  readonly checked: boolean;
};

export type HomePage = {
  /** For who lost their passkey. */
  readonly recoverUrl: string;
  readonly accountUrl: string;
  readonly servicesUrl: string;
  readonly figuresUrl: string;
  readonly verifyUrl: string;
  readonly auditUrl: string;
  readonly officeUrl: string;
  /** What an agency's developers begin with (OpenID Connect Discovery 1.0 §4). */
  readonly discoveryUrl: string;
  readonly logUrl: string;
};

export type EnrolPage = {
  readonly givenName: string;
  readonly fullName: string;
  /** The last digits of the identity number, or null. */
  readonly numberEnding: string | null;
  readonly expiresAt: Millis;
  /** `operator`: nobody saw the person. */
  readonly madeBy: 'operator' | 'check';
  readonly ceremony: CeremonyTarget;
};

export type SignInPage = {
  /** Null when the person signs in to the own page. */
  readonly asker: Asker | null;
  /** Who is signed in on this browser already; null where nobody is. `stayUrl`: out of here, as they are. */
  readonly live: { readonly fullName: string; readonly stayUrl: string | null } | null;
  /** Whether who is signed in shows the passkey once more, for a step of their own page that asks for it. */
  readonly confirmsAgain: boolean;
  readonly ceremony: CeremonyTarget;
  /** Back to the service without signing in: posts `decision=leave`. */
  readonly leave: FormTarget | null;
  /** The address that this page must have in the browser, such as `https://huwiya.example/`. */
  readonly siteUrl: string;
};

/** Buttons: `decision=continue`, `decision=leave`, `switch=yes` (sign in as somebody else). */
export type ContinueAsPage = {
  readonly asker: Asker;
  readonly person: { readonly fullName: string; readonly numberEnding: string | null; readonly confirmedAt: Millis };
  readonly form: FormTarget;
  /** The consent that stands, or null when none is needed. */
  readonly consent: { readonly endsAt: Millis | null; readonly attributeLabels: readonly string[] } | null;
};

/** The band on a decision page: who is signed in, with a button `switch=yes`. */
export type ContinueAs = { readonly fullName: string };

export type ConsentChange =
  | { readonly kind: 'new-needed' | 'now-needed' | 'other-reason' | 'fuller'; readonly attribute: AskedAttribute }
  | { readonly kind: 'new-choice' | 'other-choice'; readonly label: string }
  | { readonly kind: 'ended' | 'used-up' | 'paused' | 'person-kind' | 'stronger-sign-in' | 'now-yours' | 'terms' }
  | { readonly kind: 'purpose-words'; readonly before: string; readonly after: string }
  /** ISO 8601 durations; null where nothing was kept. */
  | { readonly kind: 'kept-longer' | 'lasts-longer'; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'recipient'; readonly recipient: OtherRecipient }
  | { readonly kind: 'act'; readonly what: string; readonly at: string }
  | { readonly kind: 'place'; readonly before: StoragePlace | null; readonly after: StoragePlace | null }
  | { readonly kind: 'transfer'; readonly country: string; readonly why: string }
  | { readonly kind: 'use'; readonly before: Use; readonly after: Use }
  | { readonly kind: 'verification'; readonly verification: ShownVerification };

/** Asked again. Without `items` the service asks for the page although nothing changed. */
export type ConsentChanges = {
  readonly acceptedAt: Millis;
  /** Whether they agreed then, or were told by law. */
  readonly wasTold: boolean;
  readonly items: readonly ConsentChange[];
  /** Whether the page shows everything beside what changed. */
  readonly isWhole: boolean;
  /** Where it does not: what stays as it was. */
  readonly unchangedLabels: readonly string[];
};

/** Buttons: `decision=allow`, `decision=refuse`, `switch=yes`; ticked choices arrive as `attribute`; `version` is posted back unchanged. */
export type ConsentPage = {
  readonly asker: Asker;
  readonly purpose: string;
  readonly form: FormTarget;
  readonly version: string;
  readonly needed: readonly AskedAttribute[];
  readonly choices: readonly ChosenAttribute[];
  readonly notAsked: readonly string[];
  readonly terms: Terms;
  readonly continueAs: ContinueAs | null;
  readonly changes: ConsentChanges | null;
};

export type NoticeBasis = 'contract' | 'legal_obligation' | 'public_task' | 'vital' | 'legitimate';

/** Buttons: `decision=continue`, `decision=leave`, `switch=yes`. No word of agreeing anywhere. */
export type NoticePage = {
  readonly asker: Asker;
  readonly purpose: string;
  readonly form: FormTarget;
  readonly version: string;
  readonly basis: NoticeBasis;
  /** Article and law, in the page's language. */
  readonly lawReference: string | null;
  readonly attributes: readonly AskedAttribute[];
  readonly notAsked: readonly string[];
  readonly terms: Terms;
  readonly continueAs: ContinueAs | null;
};

export type ConsentState =
  | 'given'
  | 'renewed'
  | 'narrowed'
  | 'resumed'
  | 'notified'
  | 'ends-soon'
  | 'paused'
  | 'withdrawn'
  | 'expired'
  | 'refused'
  | 'revoked'
  | 'invalidated'
  | 'deferred'
  | 'unknown';

/** `pageUrl` shows the sheet, `url` downloads the signed JSON receipt; `number` is the short form to read aloud. */
export type ReceiptLink = { readonly pageUrl: string; readonly url: string; readonly number: string; readonly issuedAt: Millis };

export type DecisionReceipt = ReceiptLink & { readonly kind: DecisionKind };

export type AccountConsent = {
  readonly purpose: string;
  readonly state: ConsentState;
  readonly decidedAt: Millis;
  readonly endsAt: Millis | null;
  readonly sharedLabels: readonly string[];
  /** Newest first, each with what was decided. */
  readonly receipts: readonly DecisionReceipt[];
  /** Null where there is nothing left to withdraw, or where the law decides. */
  readonly withdraw: FormTarget | null;
};

export type AccountService = {
  readonly clientId: string;
  readonly serviceName: string;
  readonly agencyName: string;
  /** The page of this one service. */
  readonly url: string;
  /** Where a visit begins; null where the service has no such address. */
  readonly doorUrl: string | null;
  readonly lastUsedAt: Millis | null;
  /** Whether its own page holds more than `consents`. */
  readonly hasMore: boolean;
  readonly consents: readonly AccountConsent[];
};

export type Passkey = {
  /** That the person gave. */
  readonly name: string | null;
  /** Name of whoever keeps it; null when unknown. */
  readonly provider: string | null;
  readonly kind: 'synced' | 'device-bound' | 'security-key';
  readonly level: 'substantial' | 'high';
  readonly createdAt: Millis;
  readonly lastUsedAt: Millis | null;
};

export type SharedAttribute = {
  readonly label: string;
  readonly necessity: 'required' | 'optional';
  readonly decision: 'granted' | 'declined' | 'notified' | 'unavailable';
  readonly answerOnly: boolean;
  readonly sensitive: boolean;
  readonly source: string | null;
};

/** The engine's logout form: field `xsrf`; button `logout=yes` ends everything, a plain submit ends only the service that asked. */
export type SignOutPage = {
  readonly action: string;
  readonly xsrf: string;
  /** The service that asked for the sign-out, or null where nothing tells which one did. */
  readonly asker: Asker | null;
  /** Names of all services with an open session. */
  readonly openServices: readonly string[];
  /** Where whoever stays signed in goes on. */
  readonly stayUrl: string;
};

export type SignedOutPage = {
  /** The service that was left and no other; null after a sign-out everywhere. */
  readonly serviceName: string | null;
  /** Services entered in what has just ended; empty where this browser has nothing to show for it. */
  readonly left: readonly LeftService[];
  /** This page again. */
  readonly againUrl: string;
  readonly homeUrl: string;
};

export type ErrorText = (typeof errorCatalogue)[ErrorCode]['text'];

export type ErrorPage = {
  readonly code: ErrorCode;
  /** `errorCatalogue[code].text`. */
  readonly text: ErrorText;
  /** Short, to read out on the telephone; the log has the cause under it. */
  readonly reference: string;
  readonly at: Millis;
  /** Where to begin again. */
  readonly back: { readonly name: string; readonly url: string } | null;
  /** The service that somebody else may use, and who that is. */
  readonly served?: { readonly name: string; readonly kinds: readonly PersonKind[] };
};
