// What the pages of staff need besides their frame.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { Role } from '../src/domain/staff/officer.ts';
import type { CeremonyTarget } from './models.ts';

export type StaffEnrolPage = {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Millis;
  /** A passkey that is copied, or of a model that nobody vouches for, will be refused: say so before. */
  readonly isAttestedDemanded: boolean;
  readonly ceremony: CeremonyTarget;
};

export type StaffEnrolledPage = { readonly deskUrl: string };

export type StaffSignInPage = {
  readonly ceremony: CeremonyTarget;
  /** The person's own page, for whoever came to the wrong door. */
  readonly accountUrl: string;
};

export type StaffSignedOutPage = { readonly deskUrl: string };

export type OtherRolePage = {
  /** Whom the page that was opened is for. */
  readonly roles: readonly Role[];
  readonly own: { readonly role: Role; readonly url: string };
};
