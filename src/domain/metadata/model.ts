// FIDO metadata: what makers and national schemes say about models of authenticators, under the signature of a source that the operator trusts.
// Never here: a call to the network. Metadata come as files, from the hands of an operator.

import type { Millis } from '../kernel/clock.ts';

/** The source of FIDO's own metadata; every other one is named by the SHA-256 of its root certificate, in hexadecimal. */
export const fidoSource = 'fido';

export type MetadataSource = {
  readonly source: string;
  /** As the root certificate names itself. */
  readonly name: string;
  /** Grows with each edition. */
  readonly number: number;
  /** By when the source promises the next edition. */
  readonly nextUpdate: Millis;
  /** SHA-256 of the signed content, base64url. */
  readonly digest: string;
  readonly importedAt: Millis;
};

/** How a model asks who is there (FIDO Metadata Statement v3, VerificationMethodDescriptor); any one of the outer list, all of an inner one together. */
export type UserVerification = readonly (readonly string[])[];

/** What one source says of one model. */
export type Model = {
  readonly source: string;
  /** Lower case, with hyphens. */
  readonly aaguid: string;
  readonly description: string;
  /** False once a later edition no longer lists it: then it is vouched for no more. */
  readonly isListed: boolean;
  /** The source warns of it: no passkey of it is trusted, and none opens a desk. */
  readonly isWarned: boolean;
  /** The newest word of the source that says how the model stands. */
  readonly status: string | null;
  /** `YYYY-MM-DD`. */
  readonly statusSince: string | null;
  /** Certificates that vouch for the model, DER in base64. */
  readonly roots: readonly string[];
  readonly userVerification: UserVerification;
  readonly keyProtection: readonly string[];
  readonly attestationTypes: readonly string[];
};

const hardware: ReadonlySet<string> = new Set(['hardware', 'tee', 'secure_element']);

/** Said by the source, and not taken back beside it: a key in software can be copied, whatever the authenticator says of it, and silence is no hardware. */
export function hasHardware({ keyProtection }: Pick<Model, 'keyProtection'>): boolean {
  return keyProtection.some((kind) => hardware.has(kind)) && !keyProtection.includes('software');
}

const dayLateMs: Millis = 86_400_000;

/** From the end of the promised day on, UTC. Metadata that are late still count (ADR-0068). */
export function isLate({ nextUpdate }: Pick<MetadataSource, 'nextUpdate'>, now: Millis): boolean {
  return now >= nextUpdate + dayLateMs;
}
