// Numbers what was committed before a command looks at the log, so that what it shows is what has happened.

import type { Parts } from '../app.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { Fault, getValue } from '../domain/kernel/errors.ts';
import { createLogSigner } from '../domain/ledger/checkpoint.ts';
import type { TrustedKey } from '../domain/ledger/checkpoint.ts';
import { findTrusted } from '../domain/ledger/key-chain.ts';
import { sequenceAll } from '../domain/ledger/sequence.ts';
import { toVerifier } from '../domain/ledger/signed-note.ts';
import type { NoteSigner } from '../domain/ledger/signed-note.ts';
import type { LedgerStore } from '../domain/ledger/store.ts';
import { findLostHead } from './check-witnessed.ts';

export function toLogSigner({ config, keys }: Pick<Parts, 'config' | 'keys'>): NoteSigner {
  return createLogSigner(config.issuer, keys.checkpoint.privateKey);
}

/** What numbering needs of the keys. */
export function toSigning(parts: Pick<Parts, 'config' | 'keys'>): { readonly signer: NoteSigner; readonly others: readonly NoteSigner[] } {
  return { signer: toLogSigner(parts), others: toHeldSigners(parts).slice(1) };
}

/** Every key of the log that lies in the key folder: the one of the log, and the one that waits or follows. */
export function toHeldSigners({ config, keys }: Pick<Parts, 'config' | 'keys'>): readonly NoteSigner[] {
  const held = [keys.checkpoint, ...(keys.nextCheckpoint === undefined ? [] : [keys.nextCheckpoint])];
  return held.map(({ privateKey }) => createLogSigner(config.issuer, privateKey));
}

type TrustParts = Pick<Parts, 'config' | 'keys'> & { readonly storage: { readonly ledger: Pick<LedgerStore, 'readKeyChanges'> } };

/** Every key that this log ever had, each for its own heads, as far as a key of the key folder leads to them. Throws a Fault when none does. */
export async function readTrusted(parts: TrustParts): Promise<readonly TrustedKey[]> {
  const changes = await parts.storage.ledger.readKeyChanges();
  const held = toHeldSigners(parts).map((signer) => toVerifier(signer));
  return getValue(findTrusted(held, changes));
}

/**
 * The fault that kept the log from being numbered: a broken log can still be looked at, and has to be. Nothing is signed where the log no longer holds what was
 * witnessed of it: a second head of the same size would accuse the operator for ever.
 */
export async function sequenceLog(parts: Parts): Promise<Fault | undefined> {
  try {
    const lost = await findLostHead(parts);
    if (lost !== undefined) {
      return new Fault('ledger/broken', lost);
    }
    await sequenceAll({ store: parts.storage.ledger, clock: systemClock, ...toSigning(parts) });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Fault) {
      return thrown;
    }
    throw thrown;
  }
}
