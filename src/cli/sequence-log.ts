// Numbers what was committed before a command looks at the log, so that what it shows is what has happened.

import type { Parts } from '../app.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { createLogSigner } from '../domain/ledger/checkpoint.ts';
import { sequenceAll } from '../domain/ledger/sequence.ts';
import type { NoteSigner } from '../domain/ledger/signed-note.ts';

export function toLogSigner({ config, keys }: Pick<Parts, 'config' | 'keys'>): NoteSigner {
  return createLogSigner(config.issuer, keys.checkpoint.privateKey);
}

/** The fault that kept the log from being numbered: a broken log can still be looked at, and has to be. */
export async function sequenceLog(parts: Parts): Promise<Fault | undefined> {
  try {
    await sequenceAll({ store: parts.storage.ledger, clock: systemClock, signer: toLogSigner(parts) });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Fault) {
      return thrown;
    }
    throw thrown;
  }
}
