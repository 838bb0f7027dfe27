// Which passkeys open a desk. A desk is a way around every passkey of the people it serves, so it must not be opened with a weaker one (ADR-0069).

import type { MetadataStore } from '../metadata/store.ts';
import type { Suspicion } from '../passkeys/passkey.ts';
import type { Role } from './officer.ts';
import type { KeyFacts } from './store.ts';

/** `metadata`: from the first import of metadata on, a new one of certain roles must be attested. `attested`: always, those from before as well, of every role. */
export const staffRules = ['metadata', 'attested'] as const;
export type StaffRule = (typeof staffRules)[number];

/** `attested`: bound to one device by a model that the metadata vouch for. `unproven`: it may be so, but nobody vouches for it. `copied`, `changed`: it is not what it was. */
export type Fitness = 'attested' | 'unproven' | 'revoked' | Suspicion;

/** Registrars give identities, approvers widen what services get: with the passkey of either, somebody else becomes anybody. The others read, and are told. */
const isAttestedByRole: Readonly<Record<Role, boolean>> = {
  auditor: false,
  operator: false,
  registrar: true,
  approver: true,
  developer: false,
  expert: false,
};

/** To confirm an act: with the passkey of an auditor two of them learn who somebody is. They read with any passkey, and unmask with an attested one. */
const isAttestedToAct: Readonly<Record<Role, boolean>> = { ...isAttestedByRole, auditor: true };

export function toFitness({ standing, isBackupEligible, endReason }: KeyFacts): Fitness {
  if (endReason !== null) {
    return endReason;
  }
  if (standing === 'revoked') {
    return 'revoked';
  }
  return standing === 'trusted' && !isBackupEligible ? 'attested' : 'unproven';
}

export function mayOpenDesk(rule: StaffRule, passkey: KeyFacts): boolean {
  const fitness = toFitness(passkey);
  return fitness === 'attested' || (fitness === 'unproven' && rule === 'metadata');
}

export type Enrolling = { readonly rule: StaffRule; readonly role: Role; readonly hasMetadata: boolean };

/** As long as no metadata were ever imported nobody can tell one passkey from another, and an installation has to begin somehow. */
export function mustBeAttested({ rule, role, hasMetadata }: Enrolling): boolean {
  return rule === 'attested' || (hasMetadata && isAttestedByRole[role]);
}

export type EnrollingNeeds = { readonly staffRule: StaffRule; readonly metadata: Pick<MetadataStore, 'listSources'> };

export async function toEnrolling({ staffRule, metadata }: EnrollingNeeds, role: Role): Promise<Enrolling> {
  return { rule: staffRule, role, hasMetadata: (await metadata.listSources()).length > 0 };
}

export function mayEnrol(enrolling: Enrolling, passkey: KeyFacts): boolean {
  const fitness = toFitness(passkey);
  return fitness === 'attested' || (fitness === 'unproven' && !mustBeAttested(enrolling));
}

/** Asked of each act that an officer confirms: a passkey from before the metadata opens the desk, and no identity. */
export function mayConfirm(acting: Enrolling, passkey: KeyFacts): boolean {
  const isDemanded = acting.hasMetadata && isAttestedToAct[acting.role];
  return mayEnrol(acting, passkey) && (!isDemanded || toFitness(passkey) === 'attested');
}
