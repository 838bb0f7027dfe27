// Two people who are shown two logs find out when they compare: here what other monitors and witnesses were shown is held against what is shown here.
// What is longer than the log that is shown here waits until the log has grown so far; that it never does is an alarm of its own.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Checkpoint } from '../domain/ledger/checkpoint.ts';
import { parseChainedCheckpoint } from '../domain/ledger/key-chain.ts';
import type { KeyChain } from '../domain/ledger/key-chain.ts';
import type { Alarm } from './alarm.ts';
import { compareHeads } from './compare-heads.ts';
import type { MonitorState } from './monitor-state.ts';
import type { Published } from './read-published.ts';

/** `from`: the file or address, for the alarm. */
export type OtherHead = { readonly from: string; readonly text: string };

type OthersNeeds = {
  readonly published: Published;
  readonly clock: Clock;
  readonly readOthers: () => Promise<readonly OtherHead[]>;
  readonly patience: Millis;
};

type Seen = { readonly state: MonitorState; readonly chain: KeyChain; readonly head: Checkpoint; readonly text: string };

type Waiting = MonitorState['waiting'][number];

/** Each once, with the moment since which it has waited. */
function gather(state: MonitorState, others: readonly OtherHead[], now: Millis): readonly Waiting[] {
  const arrived = others.map(({ from, text }) => ({ from, text, since: now }));
  return [...new Map([...arrived, ...state.waiting].map((each) => [each.text, each])).values()];
}

async function judge(needs: OthersNeeds, seen: Seen, other: Waiting): Promise<Alarm | 'waits' | 'agrees'> {
  const head = parseChainedCheckpoint(other.text, seen.chain);
  if (!head.ok) {
    return { name: 'signature', detail: `${other.from}: ${head.detail}`, proof: [other.text] };
  }
  if (head.value.size > seen.head.size) {
    const isLate = needs.clock.now() - other.since > needs.patience;
    const detail = `${other.from} was shown ${head.value.size} entries, this monitor ${seen.head.size}`;
    return isLate ? { name: 'stall', detail, proof: [other.text, seen.text] } : 'waits';
  }
  const comparison = await compareHeads(needs.published, head.value, seen.head);
  if (comparison !== 'contradict') {
    return comparison === 'agree' ? 'agrees' : 'waits';
  }
  const detail = `${other.from} was shown another log of ${head.value.size} entries`;
  return { name: 'fork', detail, proof: [other.text, seen.text] };
}

export async function compareOthers(
  needs: OthersNeeds,
  seen: Seen,
): Promise<{ readonly state: MonitorState; readonly alarms: readonly Alarm[] }> {
  const candidates = gather(seen.state, await needs.readOthers(), needs.clock.now());
  const waiting: Waiting[] = [];
  const alarms: Alarm[] = [];
  for (const other of candidates) {
    const verdict = await judge(needs, seen, other);
    if (typeof verdict !== 'string') {
      alarms.push(verdict);
    }
    if (verdict === 'waits' || (typeof verdict !== 'string' && verdict.name === 'stall')) {
      waiting.push(other);
    }
  }
  return { state: { ...seen.state, waiting }, alarms };
}
