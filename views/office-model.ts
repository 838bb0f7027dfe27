// What the pages of the office need besides their frame.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { PersonKind, PersonStatus } from '../src/domain/people/person.ts';
import type { Texts } from './messages/messages.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';

/** Everything an officer at the counter sees of a person; the name is masked by the page. */
export type CounterPerson = {
  readonly names: readonly string[];
  readonly kind: PersonKind;
  readonly status: PersonStatus;
  readonly passkeyCount: number;
  /** Has a passkey, or had one. */
  readonly isEnrolled: boolean;
};

export const picturedDocuments = ['idcard', 'residence_permit', 'passport', 'gcc_idcard'] as const;
export const shownDocuments = [...picturedDocuments, 'birth_certificate', 'guardianship_order'] as const;
export type ShownDocument = (typeof shownDocuments)[number];

/** As typed or chosen; empty where nothing was. */
export type EvidenceFields = {
  readonly document: string;
  readonly issuer: string;
  readonly country: string;
  readonly digits: string;
  readonly expiry: string;
  /** Day of birth, as the document has it. */
  readonly birth: string;
  readonly seen: string;
  readonly face: string;
};
export type EvidenceField = keyof EvidenceFields;
/** `holder`: all is there, and the registry holds something else of this person. */
export type EvidenceFault = EvidenceField | 'holder';

/** For what a code is: to enrol, or to bring a passkey to the level `high`. */
export type CodeWay = 'enrol' | 'level';

export type EvidenceForm = {
  readonly form: FormTarget;
  readonly given: EvidenceFields;
  readonly wrong: readonly EvidenceFault[];
  /** Says to the answer that the look at this person is an entry already. */
  readonly looked: string;
};

export type CodeForm = EvidenceForm & { readonly way: CodeWay };

/** The number is posted as the field `number`, never by GET: addresses are written down in too many places. */
export type CounterPage = {
  readonly find: FormTarget;
  /** What was looked for, to be compared with the document; null before the first search. */
  readonly number: string | null;
  readonly person: CounterPerson | null;
  /** Null where nobody may be let in. */
  readonly evidence: CodeForm | null;
};

/** Why somebody's identity is closed at their word. */
export const freezeReasons = ['lost', 'stolen', 'impostor', 'other'] as const;
export type FreezeReason = (typeof freezeReasons)[number];

/** A name as the registry holds it; null where it does not say in which language. */
export type ShownName = { readonly language: 'ar' | 'en' | null; readonly text: string };

export type ConfirmedStep = 'hand-over' | 'level-code' | 'recovery-open' | 'recovery-approve' | 'desk-freeze' | 'desk-lift';

export type ConfirmedBasis =
  /** `names` in the clear, here and nowhere else at the counter: the officer says that the document bears one of them. */
  | { readonly kind: 'evidence'; readonly given: EvidenceFields; readonly names: readonly ShownName[] }
  | { readonly kind: 'word'; readonly reason: FreezeReason };

/** What an officer confirms with their passkey before anything comes of it. */
export type HandOverPage = {
  readonly step: ConfirmedStep;
  /** As typed, and sent on; null where the address names the person. */
  readonly number: string | null;
  /** In each script in which it is known; masked by the page. */
  readonly names: readonly string[];
  /** On what it rests. */
  readonly basis: ConfirmedBasis;
  readonly ceremony: CeremonyTarget;
  /** Carries the basis to where the act is done. */
  readonly form: FormTarget;
  /** Back to the form with all that was written; null where there is nothing to write. */
  readonly change: FormTarget | null;
  readonly looked: string;
  /** That a confirmation was sent which was none, or none any more. */
  readonly isUnconfirmed: boolean;
  /** That it was sent without the word that the name is the one on the document. */
  readonly isNameUnsaid: boolean;
  readonly againUrl: string;
};

export type EnrolmentSheet = {
  readonly way: CodeWay;
  /** Shown here and nowhere else: only the digest of the code is stored. */
  readonly url: string;
  /** In groups. */
  readonly code: string;
  /** Where the code is typed. */
  readonly typeUrl: string;
  readonly expiresAt: Millis;
  readonly fullName: string;
  /** How far the passkey may reach. */
  readonly isHigh: boolean;
  /** The person may read the other language: what to do stands in both. */
  readonly otherTexts: Texts;
  readonly counterUrl: string;
};
