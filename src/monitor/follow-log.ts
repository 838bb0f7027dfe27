// One look at a log from outside: what it shows now against everything that it showed before, and against what others were shown.
// Changes nothing anywhere; gives what is to be remembered and what is to be cried out.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Checkpoint } from '../domain/ledger/checkpoint.ts';
import { followKeys, parseChainedCheckpoint } from '../domain/ledger/key-chain.ts';
import type { KeyChain } from '../domain/ledger/key-chain.ts';
import type { NoteVerifier } from '../domain/ledger/signed-note.ts';
import type { Policy } from '../domain/witnesses/policy.ts';
import type { Alarm } from './alarm.ts';
import { checkTiles, compareHeads } from './compare-heads.ts';
import { compareOthers } from './compare-others.ts';
import type { OtherHead } from './compare-others.ts';
import { findChanges } from './find-changes.ts';
import { watchGrowth } from './watch-growth.ts';
import { watchWitnesses } from './watch-witnesses.ts';
import type { MonitorState } from './monitor-state.ts';
import { findText } from './read-published.ts';
import type { Published } from './read-published.ts';
import { rebuildTree } from './rebuild-tree.ts';

export type LookNeeds = {
  readonly published: Published;
  /** A key of the log that was had from elsewhere. */
  readonly trusted: NoteVerifier;
  readonly clock: Clock;
  /** Checkpoints that others were shown, read anew for each look. */
  readonly readOthers: () => Promise<readonly OtherHead[]>;
  /** Whose cosignatures the watcher asks for; `null` for nobody's. */
  readonly policy: Policy | null;
  readonly rebuilds: 'never' | 'always';
  /** Longest time without growth, without an answer, or behind what others were shown. */
  readonly patience: Millis;
};

export type Look = { readonly state: MonitorState; readonly alarms: readonly Alarm[] };

/** A look under way: what it knows, what it found. */
type Seen = { readonly state: MonitorState; readonly chain: KeyChain; readonly head: Checkpoint; readonly text: string };

const toAlarm = (name: Alarm['name'], detail: string, proof: readonly string[] = []): Alarm => ({ name, detail, proof });

/** What the first look can say: that the tiles of the log give what it signed. */
async function beginFollowing({ published }: LookNeeds, { head, text }: Seen): Promise<readonly Alarm[]> {
  const comparison = await checkTiles(published, head);
  return comparison === 'unproven' ? [toAlarm('tiles', `the tiles do not give the root of ${head.size} entries`, [text])] : [];
}

async function compareWithEarlier({ published }: LookNeeds, seen: Seen, earlier: string): Promise<readonly Alarm[]> {
  const before = parseChainedCheckpoint(earlier, seen.chain);
  if (!before.ok) {
    return [toAlarm('key', 'the checkpoint that was seen before is not signed by a key of this history', [earlier, ...seen.state.changes])];
  }
  const { head, text } = seen;
  const comparison = await compareHeads(published, before.value, head);
  const sizes = `${before.value.size} and ${head.size} entries`;
  if (comparison === 'contradict') {
    const name = before.value.size === head.size ? 'fork' : 'rewrite';
    return [toAlarm(name, `the checkpoints of ${sizes} contradict each other`, [earlier, text])];
  }
  if (head.size < before.value.size) {
    return [toAlarm('rollback', `${before.value.size} entries were shown before, now ${head.size}`, [earlier, text])];
  }
  const isUnproven = comparison === 'unproven';
  return isUnproven ? [toAlarm('tiles', `the tiles do not show how ${sizes} belong together`, [earlier, text])] : [];
}

async function checkWhole({ published, rebuilds }: LookNeeds, { state, head, text }: Seen): Promise<Look> {
  if (rebuilds === 'never') {
    return { state, alarms: [] };
  }
  const outcome = await rebuildTree(published, head, state.rebuilt);
  if (outcome.kind === 'agree') {
    return { state: { ...state, rebuilt: outcome.rebuilt }, alarms: [] };
  }
  return { state, alarms: outcome.kind === 'differ' ? [toAlarm('tiles', outcome.detail, [text])] : [] };
}

/** Only a head that contradicts nothing becomes the one to compare with, and never a shorter one. */
function remember({ state, head, text }: Seen, now: Millis): MonitorState {
  const hasGrown = state.checkpoint === null || head.size > state.size;
  return hasGrown ? { ...state, checkpoint: text, size: head.size, grownAt: now } : state;
}

async function lookAtHead(needs: LookNeeds, seen: Seen): Promise<Look> {
  const { checkpoint } = seen.state;
  const own = checkpoint === null ? await beginFollowing(needs, seen) : await compareWithEarlier(needs, seen, checkpoint);
  const others = await compareOthers(needs, seen);
  const whole = own.length === 0 ? await checkWhole(needs, { ...seen, state: others.state }) : { state: others.state, alarms: [] };
  const isSafe = own.length === 0 && needs.published.lost() === undefined;
  const state = isSafe ? remember({ ...seen, state: whole.state }, needs.clock.now()) : whole.state;
  const witnesses = isSafe ? await watchWitnesses(needs, { ...seen, state }) : { state, alarms: [] };
  return { state: witnesses.state, alarms: [...own, ...others.alarms, ...whole.alarms, ...witnesses.alarms] };
}

function judgeAbsence({ published }: LookNeeds, state: MonitorState): Look {
  const isGone = published.lost() === undefined && state.checkpoint !== null;
  return { state, alarms: isGone ? [toAlarm('rollback', 'the log shows no checkpoint any more', [state.checkpoint ?? ''])] : [] };
}

async function lookAtText(needs: LookNeeds, before: MonitorState, text: string): Promise<Look> {
  const changes = await findChanges(needs.published, before.changes);
  const chain = followKeys(needs.trusted, changes.known);
  if (changes.alarm !== undefined || !chain.ok) {
    const detail = changes.alarm ?? (chain.ok ? '' : chain.detail);
    return { state: before, alarms: [toAlarm('key', detail, [text, ...before.changes, ...changes.shown])] };
  }
  const head = parseChainedCheckpoint(text, chain.value);
  const isKnown = needs.published.lost() === undefined;
  if (!head.ok) {
    return { state: before, alarms: isKnown ? [toAlarm('signature', head.detail, [text])] : [] };
  }
  return lookAtHead(needs, { state: { ...before, changes: [...changes.known] }, chain: chain.value, head: head.value, text });
}

async function lookAtLog(needs: LookNeeds, before: MonitorState): Promise<Look> {
  const text = await findText(needs.published, 'checkpoint');
  return text === undefined ? judgeAbsence(needs, before) : lookAtText(needs, before, text);
}

export async function followLog(needs: LookNeeds, before: MonitorState): Promise<Look> {
  const looked = await lookAtLog(needs, before);
  return watchGrowth(needs, looked);
}
