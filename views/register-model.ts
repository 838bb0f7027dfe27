// The public register: which services there are and what each may ask. The hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { ServiceClass } from '../src/domain/agencies/agency.ts';
import type { RegisteredKind } from '../src/domain/agencies/resource-callers.ts';
import type { Weakness } from '../src/domain/agencies/find-weaknesses.ts';
import type { PersonKind } from '../src/domain/people/person.ts';
import type { Terms } from './terms-model.ts';

export type RegisterRow = {
  readonly url: string;
  readonly serviceName: string;
  readonly agencyName: string;
  /** Texts of the purposes. */
  readonly purposes: readonly string[];
  readonly status: 'active' | 'suspended' | 'retired';
};

/** A program or an interface: nobody signs in to it. */
export type RegisterProgramRow = Pick<RegisterRow, 'url' | 'serviceName' | 'agencyName' | 'status'> & {
  readonly kind: Exclude<RegisteredKind, 'service'>;
  /** What it opens, or where it may call. */
  readonly about: readonly string[];
};

export type RegisterPage = {
  /** What is searched for; empty for everything. */
  readonly query: string;
  readonly figuresUrl: string;
  readonly total: number;
  readonly rows: readonly RegisterRow[];
  readonly programs: readonly RegisterProgramRow[];
  readonly feedUrl: string;
};

export type RegisterGround = { readonly kind: PersonKind; readonly basis: string; readonly law: string | null };

export type RegisterAttribute = {
  readonly label: string;
  readonly why: string;
  readonly necessity: 'required' | 'optional';
  readonly form: 'raw' | 'derived' | 'masked' | 'yes_no';
  /** Null for what the person gave. */
  readonly source: string | null;
};

export type RegisterPurpose = {
  readonly id: string;
  readonly text: string;
  readonly version: number;
  /** When this version took effect; null where the log does not say. */
  readonly since: Millis | null;
  readonly grounds: readonly RegisterGround[];
  /** ISO 8601 duration of a consent. */
  readonly lasts: string;
  readonly terms: Omit<Terms, 'endsAt' | 'contact'>;
  readonly attributes: readonly RegisterAttribute[];
};

/** What an agency says of itself or of the service. */
export type RegisterFact = { readonly label: string; readonly text: string; readonly url: string | null; readonly isCode: boolean };

export type RegisterChange = {
  readonly at: Millis;
  readonly what: 'service' | 'status' | 'purpose' | 'retired';
  /** The purpose, where it is about one. */
  readonly purpose: string | null;
  readonly version: number | null;
  /** What the service was registered as from then on; empty where it is no change of the service itself. */
  readonly registered: readonly RegisterFact[];
  /** Names of what differs; empty for something new. */
  readonly fields: readonly string[];
  readonly entry: number;
  /** False where it took effect before anybody was there to approve; null where no approver decides on such a change. */
  readonly isApproved: boolean | null;
};

/** Between a caller and an interface, told of the other one. */
export type RegisterAccess = {
  readonly url: string;
  readonly name: string;
  readonly agencyName: string;
  /** For which it is in the name of a person; null where nobody is in front of the caller. */
  readonly purpose: string | null;
  /** What may be done. */
  readonly acts: readonly string[];
};

export type RegisterOpens = {
  readonly address: string;
  readonly acts: readonly { readonly name: string; readonly text: string }[];
  readonly callers: readonly RegisterAccess[];
};

export type RegisterServicePage = {
  readonly kind: RegisteredKind;
  /** Null for what is no interface. */
  readonly opens: RegisterOpens | null;
  readonly access: readonly RegisterAccess[];
  /** A program for auditors. */
  readonly readsLog: boolean;
  readonly listUrl: string;
  readonly serviceName: string;
  readonly agencyName: string;
  readonly domain: string;
  readonly contact: string | null;
  /** Where a visit begins; null where the service has no such address. */
  readonly doorUrl: string | null;
  /** Of its agency, in the language of the page. */
  readonly policyUrl: string | null;
  readonly termsUrl: string | null;
  readonly status: RegisterRow['status'];
  readonly level: 'substantial' | 'high';
  readonly serviceClass: ServiceClass;
  /** In which ways it is less protected than the highest class. */
  readonly weaknesses: readonly Weakness[];
  readonly about: readonly RegisterFact[];
  readonly audience: readonly PersonKind[];
  readonly purposes: readonly RegisterPurpose[];
  /** What every service learns about a sign-in. */
  readonly always: readonly { readonly label: string; readonly text: string }[];
  /** Newest first. */
  readonly changes: readonly RegisterChange[];
};
