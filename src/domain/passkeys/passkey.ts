// Passkeys: how a person shows, with a key that only their authenticator holds, that it is them; and the one-time link by which the first is made.
// Never here: a biometric or a PIN (they stay in the device), a password, a way in without user verification, a hint at who has an account.

import type { Level } from '../kernel/levels.ts';
import type { Millis } from '../kernel/clock.ts';

/** A passkey, whoever holds it: what a ceremony proves and what the next one is checked against. */
export type HeldPasskey = {
  /** Credential id, base64url, at most 1,023 bytes decoded (WebAuthn L3 §7.1). */
  readonly id: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly aaguid: string;
  /** BE: constant for the life of the credential. */
  readonly isBackupEligible: boolean;
  /** BS at last use. */
  readonly isBackedUp: boolean;
  readonly attestationFormat: string;
  /** The raw attestation object, base64url, kept for later verification against metadata. */
  readonly attestation: string;
  /** At registration the statement was one of a known form and held. By whose key, its certificates say. */
  readonly isStatementVerified: boolean;
  readonly createdAt: Millis;
  readonly lastUsedAt: Millis | null;
  /** What the metadata say of its model, as of their last import. */
  readonly standing: Standing;
};

/** `trusted`: attested by a model that the metadata vouch for; `revoked`: by one that they warn of; `unknown`: everything else. */
export const standings = ['unknown', 'trusted', 'revoked'] as const;
export type Standing = (typeof standings)[number];

export type Passkey = HeldPasskey & {
  readonly personId: string;
  /** The highest level that it may reach, whatever its model: it was bound to the person in no stronger way. */
  readonly ceiling: Level;
};

/** What an answer whose signature is good can show: `copied`, the counter stands still or goes back; `changed`, it is another kind of key than it was. */
export const suspicions = ['copied', 'changed'] as const;
export type Suspicion = (typeof suspicions)[number];

/** Why a passkey opens nothing any more. Its record stays, so that its id is never taken by another. */
export const passkeyEnds = ['removed', 'disowned', 'recovered', ...suspicions] as const;
export type PasskeyEnd = (typeof passkeyEnds)[number];
export type EndedPasskey = Passkey & { readonly endReason: PasskeyEnd };

/** Nobody needs more, and a list without an end would hide a stranger's. */
export const mostPasskeys = 50;

/** A challenge for a person answers nothing of an officer's, and the other way round: the purpose is compared first. */
export const ceremonyPurposes = [
  'enrol',
  'enrol-spare',
  'add-passkey',
  'raise-passkey',
  'sign-in',
  'step-up',
  'confirm',
  'unfreeze',
  'recover',
  'officer-enrol',
  'officer-sign-in',
  'officer-confirm',
  /** No challenge is answered: what an officer confirmed waits for its act. */
  'officer-confirmed',
] as const;
export type CeremonyPurpose = (typeof ceremonyPurposes)[number];

/** A challenge waits for exactly one answer, from the page and person it was made for. */
export type Ceremony = {
  /** Random name the page sends back; not secret by itself. */
  readonly id: string;
  /** base64url, 32 bytes. */
  readonly challenge: string;
  readonly purpose: CeremonyPurpose;
  /** The person it is for; null for a usernameless sign-in, and for an officer, whom the binding names. */
  readonly personId: string | null;
  /** What it is bound to: digest of the interaction, invitation or session it was started in. */
  readonly binding: string;
  readonly expiresAt: Millis;
};
