// Officers: the staff of Huwiya, with accounts of their own. An officer is never a person of the registry here, and no passkey or session of the one
// opens anything of the other (ADR-0022). Never here: what a desk shows, or a role that changes; another role is another account.

import type { Millis } from '../kernel/clock.ts';
import type { HeldPasskey, Suspicion } from '../passkeys/passkey.ts';

export const roles = ['auditor', 'operator', 'registrar', 'approver', 'developer', 'expert'] as const;
export type Role = (typeof roles)[number];

export const officerStatuses = ['active', 'suspended'] as const;
export type OfficerStatus = (typeof officerStatuses)[number];

export type Officer = {
  /** Random; stands for the officer in the ledger. */
  readonly id: string;
  /** As on the badge. Shown to the officer and to other staff, never in an entry. */
  readonly name: string;
  readonly role: Role;
  /** The agency or office the officer works for, where there is one. */
  readonly agencyId: string | null;
  readonly status: OfficerStatus;
  /** Saved choice of language, if there is one. */
  readonly language: 'ar' | 'en' | null;
  /** WebAuthn user handle: 32 random bytes, base64url. */
  readonly handle: string;
  readonly createdAt: Millis;
};

/** An expert of a court reads one case, until then, and nothing else. */
export type Appointment = { readonly caseId: string; readonly endsAt: Millis };

export type OfficerInvitation = {
  /** SHA-256 of the link's token; the token itself is never stored. */
  readonly digest: string;
  readonly officerId: string;
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
};

/** One that is not what it was opens nothing any more; its record stays, and says since when and why. */
export type OfficerPasskey = HeldPasskey & {
  readonly officerId: string;
  readonly endedAt: Millis | null;
  readonly endReason: Suspicion | null;
};

export function isActive(officer: Officer): boolean {
  return officer.status === 'active';
}
