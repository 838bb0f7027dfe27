// Gives committed events their place in the tree and signs the outcome. Numbering, hashing and signing are one atomic act of the store:
// a root that was signed is a root that was stored, and no size is ever signed twice. Never decides what an event says.

import type { Clock } from '../kernel/clock.ts';
import { Fault, getValue } from '../kernel/errors.ts';
import { createSharedCheckpoint } from './checkpoint.ts';
import { toLeafHash } from './event.ts';
import { parseKeyChange } from './key-change.ts';
import type { LogMemory } from './log-memory.ts';
import { toVerifier, toVerifierText } from './signed-note.ts';
import type { NoteSigner, NoteVerifier } from './signed-note.ts';
import { sequenceLimit } from './store.ts';
import type { LedgerStore, Sequenced, SequencePlan, SequencePlanner, StoredCheckpoint, TreeState } from './store.ts';
import { extendTiles, toRoot } from './tiles.ts';

export type SignNeeds = {
  readonly clock: Clock;
  readonly signer: NoteSigner;
  /** Other keys of the log that this node holds: one that waits, or one that ends. */
  readonly others?: readonly NoteSigner[];
  /** Of a node that goes on running; a command has none. */
  readonly memory?: LogMemory;
};
export type SequenceNeeds = SignNeeds & { readonly store: LedgerStore };

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What was signed last must be what is stored, or signing on would cover up the damage. */
export function requireUnbroken(state: TreeState): void {
  const { checkpoint } = state;
  if (checkpoint === null ? state.size !== 0 : checkpoint.size !== state.size) {
    throw new Fault('ledger/broken', 'the number of entries is not the size of the last checkpoint');
  }
  if (checkpoint !== null && checkpoint.root !== toText(toRoot(state))) {
    throw new Fault('ledger/broken', 'the stored tiles do not have the root of the last checkpoint');
  }
}

/** Pure but for the clock: what to store for the pending events. Throws a Fault, storing nothing, when the stored tree is not the signed one. */
export function createPlanner(needs: SignNeeds): SequencePlanner {
  return (state, pending): SequencePlan => {
    requireUnbroken(state);
    needs.memory?.check(state);
    if (pending.length === 0 && state.checkpoint !== null) {
      return { entries: [], tiles: [], checkpoint: null };
    }
    const leafHashes = pending.map(toLeafHash);
    const grown = extendTiles(state, leafHashes);
    const entries = pending.map((event, offset) => ({
      id: event.id,
      index: state.size + offset,
      leafHash: toText(leafHashes[offset] ?? toLeafHash(event)),
    }));
    return { entries, tiles: grown.changed, checkpoint: signHead(needs, grown, state.keyChange) };
  };
}

const isKeyOf = (signer: NoteSigner, key: NoteVerifier): boolean => toVerifierText(toVerifier(signer)) === toVerifierText(key);

function findSigner(held: readonly NoteSigner[], key: NoteVerifier): NoteSigner | undefined {
  return held.find((signer) => isKeyOf(signer, key));
}

/** The key that a head needs now. Throws a Fault when it is not held: a log goes on under its own key, or not from here. */
export function toCurrentSigner(held: readonly NoteSigner[], keyChange: string | null): NoteSigner {
  const signer = keyChange === null ? held[0] : findSigner(held, getValue(parseKeyChange(keyChange)).to);
  if (signer === undefined) {
    throw new Fault('configuration/invalid', 'the key that signs the log is not among the key files of this node');
  }
  return signer;
}

/** After a planned change the key that ends signs along for as long as it is held, for whoever has not heard of the change. */
function findEarlierSigner(held: readonly NoteSigner[], keyChange: string | null): NoteSigner | undefined {
  const change = keyChange === null ? undefined : getValue(parseKeyChange(keyChange));
  return change?.reason === 'planned' ? findSigner(held, change.from) : undefined;
}

function signHead(needs: SignNeeds, tree: Pick<TreeState, 'size' | 'edge'>, keyChange: string | null): StoredCheckpoint {
  const held = [needs.signer, ...(needs.others ?? [])];
  const earlier = findEarlierSigner(held, keyChange);
  const signers = [toCurrentSigner(held, keyChange), ...(earlier === undefined ? [] : [earlier])];
  const root = toRoot(tree);
  return {
    size: tree.size,
    root: toText(root),
    text: createSharedCheckpoint(signers, { size: tree.size, root }),
    at: needs.clock.now(),
  };
}

/** Numbers what is pending, at most `sequenceLimit` events. Without anything pending it does nothing, except signing the empty tree once. */
export async function sequenceEvents(needs: SequenceNeeds): Promise<Sequenced> {
  await needs.memory?.follow(needs.store);
  return sequenceNow(needs);
}

/** The same of a log that was followed a moment ago. */
export async function sequenceNow(needs: SequenceNeeds): Promise<Sequenced> {
  const sequenced = await needs.store.sequenceEvents(createPlanner(needs));
  needs.memory?.keep(sequenced.checkpoint);
  return sequenced;
}

/** Numbers everything that waits in one act, and signs no size on the way there. For a database that nobody else uses yet. */
export function sequenceWhole(needs: SequenceNeeds): Promise<Sequenced> {
  return needs.store.sequenceEvents(createPlanner(needs), Number.MAX_SAFE_INTEGER);
}

/** Numbers everything that was committed before the call. */
export async function sequenceAll(needs: SequenceNeeds): Promise<Sequenced> {
  let added = 0;
  for (;;) {
    const round = await sequenceEvents(needs);
    added += round.added;
    if (round.added < sequenceLimit) {
      return { ...round, added };
    }
  }
}
