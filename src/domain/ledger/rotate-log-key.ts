// The log changes its key: a statement that both keys sign, and the entry that tells of it, in one act under the lock of numbering. So every head
// was signed either before the change or after it, on whichever node, and no size twice.

import { hash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { Fault } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from './event.ts';
import type { EventDraft } from './event.ts';
import { createKeyChange } from './key-change.ts';
import type { KeyChangeReason } from './key-change.ts';
import { requireUnbroken, toCurrentSigner } from './sequence.ts';
import type { NoteSigner } from './signed-note.ts';
import { toVerifier } from './signed-note.ts';
import type { LedgerStore } from './store.ts';

export type LogRotationNeeds = {
  readonly store: Pick<LedgerStore, 'rotateKey'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Keys that this installation holds, without the one that is to follow. */
  readonly held: readonly NoteSigner[];
  readonly next: NoteSigner;
};

/** Gives the statement. Throws a Fault, changing nothing, when the log is broken or signed by a key that is not held. */
export async function rotateLogKey(needs: LogRotationNeeds, reason: KeyChangeReason): Promise<string> {
  const rotation = await needs.store.rotateKey((state) => {
    requireUnbroken(state);
    const { checkpoint } = state;
    if (checkpoint === null) {
      throw new Fault('ledger/broken', 'nothing has been signed yet');
    }
    const from = toCurrentSigner(needs.held, state.keyChange);
    const at = needs.clock.now();
    const last = { size: checkpoint.size, root: Buffer.from(checkpoint.root, 'base64url') };
    const statement = createKeyChange(from, needs.next, { last, at, reason });
    const payload = {
      from: toVerifier(from).keyId,
      to: toVerifier(needs.next).keyId,
      last_size: last.size,
      reason,
      statement_sha256: hash('sha256', statement, 'base64url'),
    };
    const draft: EventDraft = { type: 'key.log_rotated', personRef: null, actor: { kind: 'operator', ref: null }, actedBy: null, payload };
    return { statement, size: last.size, at, event: sealEvent(needs, draft) };
  });
  return rotation.statement;
}
