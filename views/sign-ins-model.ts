// The hand-over for the history of sign-ins.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { Passkey } from './models.ts';
import type { Device } from './security-model.ts';

/** Why a session ended, as far as the words know; null for any other reason. */
export const sessionEndReasons = [
  'signed-out',
  'ended-on-own-page',
  'passkey-removed',
  'too-many-sessions',
  'frozen',
  'recovered',
  'copied',
  'changed',
  'status',
] as const;
export type SessionEndReason = (typeof sessionEndReasons)[number];

export type UsedPasskey = Pick<Passkey, 'name' | 'provider' | 'kind'> & { readonly isRemoved: boolean };

export type SignIn =
  | {
      readonly kind: 'started';
      readonly at: Millis;
      readonly device: Device;
      /** Null for our own pages. */
      readonly serviceName: string | null;
      /** Null where the entry names none, as those from before passkeys were named. */
      readonly passkey: UsedPasskey | null;
      readonly level: Passkey['level'];
      readonly isShared: boolean;
      readonly url: string;
    }
  | { readonly kind: 'ended'; readonly at: Millis; readonly reason: SessionEndReason | null; readonly url: string }
  /** A passkey that gave a good signature and the mark of a copy: the sign-in was refused. */
  | { readonly kind: 'suspended'; readonly at: Millis; readonly url: string };

export type SignInsPage = {
  /** Newest first. */
  readonly items: readonly SignIn[];
  readonly olderUrl: string | null;
  /** The first page, when this is another. */
  readonly newestUrl: string | null;
  readonly securityUrl: string;
  readonly freezeUrl: string;
};
