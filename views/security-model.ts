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

export type SecurityPage = {
  readonly passkeys: readonly Passkey[];
  /** The ceremony itself, or where it becomes possible after a new sign-in. */
  readonly add: CeremonyTarget | { readonly url: string };
  readonly done: 'passkey-added' | 'session-ended' | null;
  /** The last used first. */
  readonly sessions: readonly OpenSession[];
  readonly endAll: FormTarget;
  /** Sessions that ended lately, the last first. */
  readonly left: readonly LeftSession[];
  /** ISO 8601 durations after which a session ends by itself: unused, and in any case. */
  readonly idle: string;
  readonly longest: string;
};
