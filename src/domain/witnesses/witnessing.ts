// Which checkpoints of ours are witnessed: cosigned by enough of those whom the policy names. Judged from the lines themselves each time, so that a row that
// somebody put into the database counts for nothing, and never called witnessed below the quorum.

import type { Clock, Millis } from '../kernel/clock.ts';
import { parseNote } from '../ledger/signed-note.ts';
import type { LedgerStore, StoredCheckpoint } from '../ledger/store.ts';
import { addLines, findCosignedAt } from './cosignature.ts';
import { isQuorum, toFewest } from './policy.ts';
import type { Policy } from './policy.ts';
import type { WitnessesStore } from './store.ts';

/** `text` carries the cosignatures that count; `cosignedAt` is the latest of them. */
export type WitnessedCheckpoint = StoredCheckpoint & { readonly cosignedAt: Millis };

export type Witnessing = {
  readonly policy: Policy;
  /** The checkpoint with the cosignatures of witnesses of the policy that there are: enough or not. */
  readonly addKnown: (checkpoint: StoredCheckpoint) => Promise<StoredCheckpoint>;
  /** The newest that meets the quorum, with at least this size. */
  readonly findWitnessed: (minSize: number) => Promise<WitnessedCheckpoint | undefined>;
};

export type WitnessingNeeds = {
  readonly policy: Policy;
  readonly witnesses: Pick<WitnessesStore, 'readCosignatures' | 'findSizes'>;
  readonly ledger: Pick<LedgerStore, 'findCheckpointOfSize'>;
  readonly clock: Clock;
};

type Judged = { readonly checkpoint: StoredCheckpoint; readonly names: ReadonlySet<string>; readonly cosignedAt: Millis };

async function judge({ policy, witnesses, clock }: WitnessingNeeds, checkpoint: StoredCheckpoint): Promise<Judged> {
  const lines: string[] = [];
  const names = new Set<string>();
  let cosignedAt = 0;
  for (const { line } of await witnesses.readCosignatures(checkpoint.size)) {
    const note = parseNote(addLines(checkpoint.text, [line]));
    for (const { name, key } of note.ok ? policy.witnesses : []) {
      const at = note.ok ? findCosignedAt(note.value, key, clock.now()) : undefined;
      if (at !== undefined && !names.has(name)) {
        names.add(name);
        lines.push(line);
        cosignedAt = Math.max(cosignedAt, at);
      }
    }
  }
  return { checkpoint: { ...checkpoint, text: addLines(checkpoint.text, lines) }, names, cosignedAt };
}

const pageSize = 200;

/** Sizes that may be witnessed, largest first, page by page. */
async function* readSizes({ policy, witnesses }: WitnessingNeeds, from: number): AsyncGenerator<number> {
  const asked = { least: Math.max(1, toFewest(policy.quorum)), from, limit: pageSize };
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const sizes = await witnesses.findSizes({ ...asked, below });
    yield* sizes;
    if (sizes.length < pageSize) {
      return;
    }
    below = sizes.at(-1) ?? 0;
  }
}

export function createWitnessing(needs: WitnessingNeeds): Witnessing {
  const findWitnessed = async (minSize: number): Promise<WitnessedCheckpoint | undefined> => {
    for await (const size of readSizes(needs, minSize)) {
      const stored = await needs.ledger.findCheckpointOfSize(size);
      const judged = stored && (await judge(needs, stored));
      if (judged !== undefined && isQuorum(needs.policy.quorum, judged.names)) {
        return { ...judged.checkpoint, cosignedAt: judged.cosignedAt };
      }
    }
    return undefined;
  };
  return { policy: needs.policy, addKnown: async (checkpoint) => (await judge(needs, checkpoint)).checkpoint, findWitnessed };
}
