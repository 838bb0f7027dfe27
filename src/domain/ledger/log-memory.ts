// What a running node remembers of the log: a store that goes back under it, as a standby that lagged or a backup put in its place, is not signed on.
// Kept by nobody but the process: a start compares with what witnesses saw.

import { Fault } from '../kernel/errors.ts';
import type { LedgerStore, StoredCheckpoint, TreeState } from './store.ts';
import { getRoot } from './tiles.ts';

export type LogMemory = {
  /**
   * Compares with a log that others made longer meanwhile, and remembers its head; whether they did. Throws the Fault `ledger/broken` where it is another log.
   */
  readonly follow: (store: Pick<LedgerStore, 'findCheckpoint' | 'readTile'>) => Promise<boolean>;
  /** Throws the Fault `ledger/broken` for a log that is shorter than it was, or another one of the same length. */
  readonly check: (state: TreeState) => void;
  /** The head after a round that `check` let pass. */
  readonly keep: (head: StoredCheckpoint | null) => void;
};

const fault = (size: number, what: string): Fault =>
  new Fault(
    'ledger/broken',
    `this node read or signed a log of ${size} entries, and the database holds ${what}: nothing is signed until it is started again`,
  );

export function createLogMemory(): LogMemory {
  let newest: Pick<StoredCheckpoint, 'size' | 'root'> | undefined;
  /** Others were faster than `follow`: what is between is compared in the next round. */
  let isBeyond = false;
  return {
    follow: async (store) => {
      const head = newest === undefined ? undefined : await store.findCheckpoint();
      if (newest === undefined || head === undefined || head.size <= newest.size) {
        return false;
      }
      const root = Buffer.from(await getRoot(store, newest.size)).toString('base64url');
      if (root !== newest.root) {
        throw fault(newest.size, 'another log');
      }
      newest = head;
      return true;
    },
    check: ({ size, checkpoint }) => {
      if (newest !== undefined && size < newest.size) {
        throw fault(newest.size, String(size));
      }
      if (newest !== undefined && size === newest.size && checkpoint?.root !== newest.root) {
        throw fault(newest.size, 'others');
      }
      isBeyond = newest !== undefined && size > newest.size;
    },
    keep: (head) => {
      newest = head === null || isBeyond ? newest : head;
    },
  };
}
