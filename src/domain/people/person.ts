// Who a person is: kind, status, and personal attributes that exist in the clear only in memory.
// Nothing here decides what is shared; that is the consent's word.

import type { Millis } from '../kernel/clock.ts';
import type { Json } from '../kernel/canonical.ts';

export const personKinds = ['citizen', 'resident', 'visitor', 'gcc'] as const;
export type PersonKind = (typeof personKinds)[number];

/** What an operator can set. */
export const givenStatuses = ['active', 'suspended', 'frozen', 'deceased', 'emigrated'] as const;
/** What the registry can say. A freeze is a decision with somebody who answers for it, and never comes from there. */
export const registryStatuses = ['active', 'suspended', 'deceased', 'emigrated'] as const;
export type RegistryStatus = (typeof registryStatuses)[number];
/** What the registry said above another's word, which nobody would find again: it is not the registry's to take back. */
export const heldWords = { suspended: 'suspended-held', deceased: 'deceased-held', emigrated: 'emigrated-held' } as const;
/** What the registry said, as it is remembered. */
export const registryWords = [...registryStatuses, 'suspended-held', 'deceased-held', 'emigrated-held'] as const;
export type RegistryWord = (typeof registryWords)[number];
/** `closed`: the person ended the account; nothing leads back to them, and no status can be given any more. */
export const personStatuses = [...givenStatuses, 'closed'] as const;
export type PersonStatus = (typeof personStatuses)[number];

export type Language = 'ar' | 'en';

/** Attribute values under catalogue names with language tags as in OIDC Core 1.0 §5.2, such as `given_name#ar`. */
export type PersonalData = Readonly<Record<string, Json>>;

/** A person as the rest of the product sees them. `id` is internal and random; it is the `personRef` of entries and the engine's account id. */
export type Person = {
  readonly id: string;
  readonly kind: PersonKind;
  readonly status: PersonStatus;
  /** WebAuthn user handle: 32 random bytes, base64url. */
  readonly handle: string;
  /** Saved choice of language, if there is one. */
  readonly language: Language | null;
  /** Keyed digest of the registry identifier: names the human being across accounts (decision 8). */
  readonly registryDigest: string;
};

/** Personal data at rest: AES-256-GCM under a per-person key, which is itself wrapped by the data key. Both base64url. */
export type SealedData = {
  readonly wrappedKey: string;
  readonly ciphertext: string;
};

export type StoredPerson = Person & {
  /** What the registry says. */
  readonly sealed: SealedData;
  /** What the person says themselves, which stands above it; null when that is nothing. */
  readonly declared: SealedData | null;
  readonly createdAt: Millis;
  readonly updatedAt: Millis;
  /** What the registry said last; null where it never said anything. */
  readonly registryStatus: RegistryWord | null;
};

export function isActive(person: Person): boolean {
  return person.status === 'active';
}
