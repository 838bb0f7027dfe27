// The place "security": the hand-over of passkeys and open sessions between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { LeftSession } from './left-model.ts';
import type { CeremonyTarget, FormTarget, Passkey } from './models.ts';

export type Device = {
  readonly browser: 'edge' | 'samsung' | 'opera' | 'firefox' | 'chrome' | 'safari' | null;
  readonly system: 'iphone' | 'ipad' | 'android' | 'windows' | 'chromeos' | 'mac' | 'linux' | null;
};

export type OpenSession = {
  readonly device: Device;
  readonly startedAt: Millis;
  readonly lastSeenAt: Millis;
  /** Names of the services that it reached. */
  readonly serviceNames: readonly string[];
  /** On a computer that others use. */
  readonly isShared: boolean;
  /** Null for the session of this page, which ends by signing out. */
  readonly end: FormTarget | null;
};

/** One of the person's passkeys, with what can be done with it. */
export type OwnPasskey = {
  readonly passkey: Passkey;
  readonly nameUrl: string;
  readonly removeUrl: string;
  /** Whether the session of this page began with it. */
  readonly isUsedHere: boolean;
};

export const securityDones = [
  'level-reached',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'session-ended',
  'others-ended',
] as const;

/** What stands, for the keeper of the person's passkeys (WebAuthn L3 §5.1.10). */
export type PasskeySignal = {
  readonly rpId: string;
  readonly userId: string;
  readonly credentialIds: readonly string[];
  /** As the authenticator shows the account. */
  readonly label: string;
};

export type SecurityPage = {
  readonly passkeys: readonly OwnPasskey[];
  /** The ceremony itself, or where it becomes possible after a new sign-in; null where there are as many passkeys as can be. */
  readonly add: CeremonyTarget | { readonly url: string } | null;
  /** Where a level code is typed; null where nobody can reach that level, and on a computer that others use. */
  readonly levelUrl: string | null;
  /** Null on a computer that others use: its keeper is not the person's. */
  readonly signal: PasskeySignal | null;
  readonly done: (typeof securityDones)[number] | null;
  /** The last used first. */
  readonly sessions: readonly OpenSession[];
  /** All but the one of this page. */
  readonly endOthers: FormTarget;
  readonly endAll: FormTarget;
  /** When lately a session ended because too many were open. */
  readonly cappedAt: Millis | null;
  readonly signInsUrl: string;
  /** What the person was told of their access, and how often in the last two weeks. */
  readonly notices: { readonly url: string; readonly count: number };
  readonly freezeUrl: string;
  /** Sessions that ended lately, the last first. */
  readonly left: readonly LeftSession[];
  /** ISO 8601 durations after which a session ends by itself: unused, and in any case. */
  readonly idle: string;
  readonly longest: string;
};
