// Whether enough of those whom the watcher trusts go along with the log: by a policy of the watcher's own, never by that of the log.
// A log grows faster than witnesses sign, so what counts is how long something has gone without them, and not that the newest head does.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Checkpoint } from '../domain/ledger/checkpoint.ts';
import { parseChainedCheckpoint } from '../domain/ledger/key-chain.ts';
import type { KeyChain } from '../domain/ledger/key-chain.ts';
import { parseNote } from '../domain/ledger/signed-note.ts';
import { findCosignedAt } from '../domain/witnesses/cosignature.ts';
import { isQuorum } from '../domain/witnesses/policy.ts';
import type { Policy } from '../domain/witnesses/policy.ts';
import type { Alarm } from './alarm.ts';
import { compareHeads } from './compare-heads.ts';
import type { MonitorState } from './monitor-state.ts';
import { findText } from './read-published.ts';
import type { Published } from './read-published.ts';

type WitnessNeeds = {
  readonly published: Published;
  readonly clock: Clock;
  /** `null`: nobody is asked for. */
  readonly policy: Policy | null;
  readonly patience: Millis;
};

type Seen = { readonly state: MonitorState; readonly chain: KeyChain; readonly head: Checkpoint; readonly text: string };

type Watched = { readonly state: MonitorState; readonly alarms: readonly Alarm[] };

/** As long as a node waits before it says the same of itself (AL-23). */
const longest: Millis = 600_000;

function isWitnessed({ witnesses, quorum }: Policy, text: string, now: Millis): boolean {
  const note = parseNote(text);
  const cosigned = witnesses.filter(({ key }) => note.ok && findCosignedAt(note.value, key, now) !== undefined);
  return isQuorum(quorum, new Set(cosigned.map(({ name }) => name)));
}

/** How far witnesses go along: the newest head, or an earlier one that belongs to it; 0 for none. */
async function findWitnessedSize({ published, clock }: WitnessNeeds, policy: Policy, seen: Seen): Promise<number> {
  if (isWitnessed(policy, seen.text, clock.now())) {
    return seen.head.size;
  }
  const text = await findText(published, 'witnessed-checkpoint');
  const head = text === undefined ? undefined : parseChainedCheckpoint(text, seen.chain);
  if (text === undefined || head?.ok !== true || !isWitnessed(policy, text, clock.now())) {
    return 0;
  }
  return (await compareHeads(published, head.value, seen.head)) === 'agree' ? Math.min(head.value.size, seen.head.size) : 0;
}

/** The smallest head that was seen here and that they have not gone along with, since it was seen. */
function toUnwitnessed({ state, head }: Seen, size: number, now: Millis): MonitorState['unwitnessed'] {
  if (size >= head.size) {
    return null;
  }
  return state.unwitnessed !== null && state.unwitnessed.size > size ? state.unwitnessed : { size: head.size, since: now };
}

export async function watchWitnesses(needs: WitnessNeeds, seen: Seen): Promise<Watched> {
  const { clock, patience, policy, published } = needs;
  const size = policy === null ? seen.head.size : await findWitnessedSize(needs, policy, seen);
  if (published.lost() !== undefined) {
    return { state: seen.state, alarms: [] };
  }
  const now = clock.now();
  const unwitnessed = toUnwitnessed(seen, size, now);
  const isLate = unwitnessed !== null && (size === 0 || now - unwitnessed.since > Math.min(patience, longest));
  const detail = `${size} of ${seen.head.size} entries are in a checkpoint that enough of them signed`;
  return { state: { ...seen.state, unwitnessed }, alarms: isLate ? [{ name: 'witnesses', detail, proof: [seen.text] }] : [] };
}
