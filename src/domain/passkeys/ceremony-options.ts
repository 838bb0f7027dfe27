// What the page hands to the browser's WebAuthn interface, as JSON (WebAuthn L3 §5.1.8, §5.1.10). Names are the specification's.

import { algorithms } from './check-public-key.ts';
import type { HeldPasskey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

/** A challenge is answered within this time or never. */
export const challengeLifeSeconds = 300;

/** By which means it verified its user, if the authenticator will say (WebAuthn L2 §10.3); its answer counts only inside what it signs. */
const extensions = { uvm: true } as const;
type Extensions = typeof extensions;

type Descriptor = { readonly type: 'public-key'; readonly id: string; readonly transports: readonly string[] };

export type RegistrationOptions = {
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[];
  readonly timeout: number;
  readonly excludeCredentials: readonly Descriptor[];
  readonly authenticatorSelection: {
    readonly residentKey: 'required';
    readonly requireResidentKey: true;
    readonly userVerification: 'required';
  };
  readonly attestation: 'direct';
  readonly extensions: Extensions;
  /** WebAuthn L3 §5.8.7: what the browser shows first. */
  readonly hints?: readonly ('hybrid' | 'security-key')[];
};

export type SignInOptions = {
  readonly challenge: string;
  readonly timeout: number;
  readonly rpId: string;
  /** Always empty: naming passkeys would tell a stranger who has an account (decision 7). */
  readonly allowCredentials: readonly never[];
  readonly userVerification: 'required';
  readonly extensions: Extensions;
};

/** As for a sign-in, and naming the passkeys that will do: who they belong to is known. */
export type ConfirmationOptions = Omit<SignInOptions, 'allowCredentials'> & { readonly allowCredentials: readonly Descriptor[] };

export type RegistrationSubject = {
  readonly handle: string;
  /** What the authenticator shows to tell accounts apart. It stays on the device. */
  readonly label: string;
  readonly passkeys: readonly HeldPasskey[];
  /** Wanted on another device than this one: another telephone by its camera, or a security key. */
  readonly isSpare?: boolean;
};

export function toRegistrationOptions(rp: RelyingParty, challenge: string, subject: RegistrationSubject): RegistrationOptions {
  return {
    rp: { id: rp.id, name: rp.name },
    user: { id: subject.handle, name: subject.label, displayName: subject.label },
    challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: challengeLifeSeconds * 1000,
    excludeCredentials: subject.passkeys.map(toDescriptor),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'direct',
    extensions,
    ...(subject.isSpare === true ? { hints: ['hybrid', 'security-key'] } : {}),
  };
}

function toDescriptor({ id, transports }: HeldPasskey): Descriptor {
  return { type: 'public-key', id, transports };
}

export function toConfirmationOptions(rp: RelyingParty, challenge: string, passkeys: readonly HeldPasskey[]): ConfirmationOptions {
  return { ...toSignInOptions(rp, challenge), allowCredentials: passkeys.map(toDescriptor) };
}

export function toSignInOptions(rp: RelyingParty, challenge: string): SignInOptions {
  return { challenge, timeout: challengeLifeSeconds * 1000, rpId: rp.id, allowCredentials: [], userVerification: 'required', extensions };
}
