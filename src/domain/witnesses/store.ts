// The port of what witnesses said: kept as it was said, and judged anew whenever it is read.

import type { Millis } from '../kernel/clock.ts';
import type { NoteVerifier } from '../ledger/signed-note.ts';

export type KeptCosignature = {
  readonly size: number;
  /** Name of the key. */
  readonly witness: string;
  readonly keyId: string;
  /** A signature line of a C2SP signed note, with its newline. */
  readonly line: string;
  /** As the witness says. */
  readonly cosignedAt: Millis;
};

export type SizesAsked = {
  /** At least so many cosignatures. */
  readonly least: number;
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly below: number;
  readonly limit: number;
};

export type WitnessesStore = {
  /** Keeps the first of one key about one size, for ever; a further one MUST change nothing. Throws a Fault without a checkpoint of that size. */
  readonly saveCosignature: (cosignature: KeptCosignature) => Promise<void>;
  /** By name of the key. */
  readonly readCosignatures: (size: number) => Promise<readonly KeptCosignature[]>;
  /** The largest size that this key cosigned. */
  readonly findLargest: (witness: Pick<NoteVerifier, 'name' | 'keyId'>) => Promise<number | undefined>;
  /** Sizes with enough cosignatures, largest first. */
  readonly findSizes: (asked: SizesAsked) => Promise<readonly number[]>;
};
