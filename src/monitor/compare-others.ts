// Two people who are shown two logs find out when they compare: here what other monitors and witnesses were shown is held against what is shown here.
// What is longer than the log that is shown here waits until the log has grown so far; that it never does is an alarm of its own, and so is that the log hides the
// tiles by which the two could be compared.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Checkpoint } from '../domain/ledger/checkpoint.ts';
import { parseChainedCheckpoint } from '../domain/ledger/key-chain.ts';
import type { KeyChain } from '../domain/ledger/key-chain.ts';
import type { Alarm } from './alarm.ts';
import { compareHeads } from './compare-heads.ts';
import type { Comparison } from './compare-heads.ts';
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

/** Those that have waited longest say most. */
const mostWaiting = 100;

type Waiting = MonitorState['waiting'][number];

/** Each once, with the moment since which it has waited. */
function gather(state: MonitorState, others: readonly OtherHead[], now: Millis): readonly Waiting[] {
  const arrived = others.map(({ from, text }) => ({ from, text, since: now }));
  return [...new Map([...arrived, ...state.waiting].map((each) => [each.text, each])).values()];
}

type Verdict = Alarm | 'waits' | 'agrees';

/** What was signed by nobody, or proves a fork, is said once and for all. */
const isUnsettled = (verdict: Verdict): boolean =>
  typeof verdict === 'string' ? verdict === 'waits' : verdict.name === 'stall' || verdict.name === 'tiles';

async function judge(needs: OthersNeeds, seen: Seen, other: Waiting): Promise<Verdict> {
  const head = parseChainedCheckpoint(other.text, seen.chain);
  if (!head.ok) {
    return { name: 'signature', detail: `${other.from}: ${head.detail}`, proof: [other.text] };
  }
  if (head.value.size > seen.head.size) {
    const isLate = needs.clock.now() - other.since > needs.patience;
    const detail = `${other.from} was shown ${head.value.size} entries, this monitor ${seen.head.size}`;
    return isLate ? { name: 'stall', detail, proof: [other.text, seen.text] } : 'waits';
  }
  return toVerdict(await compareHeads(needs.published, head.value, seen.head), {
    detail: `${other.from} was shown ${head.value.size} entries`,
    proof: [other.text, seen.text],
    isLate: needs.clock.now() - other.since > needs.patience,
  });
}

/** A log that hides what tells two histories apart must not be waited for: it is its business to show it. */
function toVerdict(
  comparison: Comparison,
  { detail, proof, isLate }: Pick<Alarm, 'detail' | 'proof'> & { readonly isLate: boolean },
): Verdict {
  if (comparison === 'contradict') {
    return { name: 'fork', detail: `${detail} of another log`, proof };
  }
  if (comparison === 'unproven' || (comparison === 'lost' && isLate)) {
    return { name: 'tiles', detail: `${detail}; whether of this log, its tiles do not show`, proof };
  }
  return comparison === 'agree' ? 'agrees' : 'waits';
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
    if (isUnsettled(verdict)) {
      waiting.push(other);
    }
  }
  return { state: { ...seen.state, waiting: waiting.toSorted((a, b) => a.since - b.since).slice(0, mostWaiting) }, alarms };
}
