// What every command of an operator works with. A command returns its exit code: 0 done, 1 refused or failed, 2 wrong usage.
// Must never print a secret, and never a person's value except where the command's purpose is to show it.

import type { AlarmCode } from '../monitor/alarm.ts';
import type { Config } from '../config/config.ts';
import type { Keys } from '../config/keys.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { Random } from '../domain/kernel/ids.ts';
import type { Storage } from '../storage/open-storage.ts';

export type Output = {
  readonly write: (text: string) => void;
  /** A person may be looking: progress is worth drawing. */
  readonly isTerminal: boolean;
};

export type Context = {
  readonly config: Pick<Config, 'authority' | 'enrolmentCodeHours' | 'loopback' | 'certificateDoor' | 'outboundAllow' | 'mail'>;
  readonly issuer: string;
  readonly keys: Pick<Keys, 'data'> & { readonly receipt: Pick<Keys['receipt'], 'privateKey' | 'kid'> };
  readonly storage: Pick<
    Storage,
    | 'people'
    | 'passkeys'
    | 'proofings'
    | 'protection'
    | 'agencies'
    | 'consents'
    | 'duties'
    | 'staff'
    | 'cases'
    | 'outbox'
    | 'ledger'
    | 'figures'
    | 'metadata'
    | 'engine'
  >;
  readonly clock: Clock;
  readonly random: Random;
  readonly out: Output;
  readonly err: Output;
};

/** Beyond done, refused and wrong usage: what a monitor found. */
export type ExitCode = 0 | 1 | 2 | AlarmCode;
