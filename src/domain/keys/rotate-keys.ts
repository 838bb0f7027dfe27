// Rotation: the key that waits signs from now on, the one that signed is published for as long as its tokens are shown, and a fresh one begins to wait.
// In an emergency the key that signed is gone within half a minute, and nothing waits for a day. Both are one act with their entries: of two at once, one wins.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventDraft } from '../ledger/event.ts';
import type { FreshKey } from './create-token-key.ts';
import { findKey } from './key-set.ts';
import type { KeySet } from './key-set.ts';
import { toStaged } from './needs.ts';
import type { KeyNeeds } from './needs.ts';
import { isPublished, retiringMs, revokedShownMs, toReadyAt, tokenAlgorithms } from './token-key.ts';
import type { TokenAlgorithm, TokenKey } from './token-key.ts';

export type RotationKind = 'ordinary' | 'emergency';

/** One algorithm of one rotation. */
export type Turn = {
  readonly alg: TokenAlgorithm;
  readonly ended: TokenKey;
  /** In an emergency also those that had ended before and were still accepted: whichever of them is known to others, it is of no more use. */
  readonly withdrawn: readonly TokenKey[];
  readonly active: TokenKey;
  readonly staged: TokenKey;
};

type Pair = { readonly active: TokenKey; readonly staged: TokenKey; readonly earlier: readonly TokenKey[] };

function findPair(set: KeySet, alg: TokenAlgorithm): Pair | undefined {
  const active = findKey(set, alg, 'active');
  const staged = findKey(set, alg, 'staged');
  const earlier = set.keys.filter((key) => key.alg === alg && key.end === 'rotated');
  return active === undefined || staged === undefined ? undefined : { active, staged, earlier };
}

/** When the youngest of the waiting keys has waited long enough. */
export function toRotatableAt(set: KeySet): Millis {
  return Math.max(...tokenAlgorithms.map((alg) => findKey(set, alg, 'staged')).map((key) => (key === undefined ? 0 : toReadyAt(key))));
}

type Moment = { readonly kind: RotationKind; readonly now: Millis };

function turn(needs: KeyNeeds, { active, staged, earlier, fresh }: Pair & { readonly fresh: FreshKey }, { kind, now }: Moment): Turn {
  const end = kind === 'emergency' ? 'revoked' : 'rotated';
  const goneAt = now + (kind === 'emergency' ? revokedShownMs : retiringMs);
  return {
    alg: active.alg,
    // Its private half is of no more use to us, only to others.
    ended: { ...active, endedAt: now, end, goneAt, sealedKey: '' },
    withdrawn:
      kind === 'ordinary'
        ? []
        : earlier.filter((key) => isPublished(key, now)).map((key) => ({ ...key, end, goneAt: Math.min(key.goneAt ?? goneAt, goneAt) })),
    active: { ...staged, activeAt: now },
    staged: toStaged(needs, fresh, now),
  };
}

function toEvent({ actor }: KeyNeeds, { alg, ended, withdrawn, active, staged }: Turn): EventDraft {
  const type = ended.end === 'revoked' ? 'key.revoked' : 'key.rotated';
  const also = withdrawn.length === 0 ? {} : { also_ended: withdrawn.map(({ kid }) => kid) };
  const until = toTimestamp(ended.goneAt ?? 0);
  const payload = { alg, ended: ended.kid, ...also, active: active.kid, staged: staged.kid, accepted_until: until };
  return { type, personRef: null, actor, actedBy: null, payload };
}

async function hasOutlived({ keys }: KeyNeeds, pairs: readonly Pair[]): Promise<boolean> {
  const ended = new Set((await keys.readKeys()).keys.filter(({ end }) => end === 'revoked').map(({ kid }) => kid));
  return pairs.some(({ active }) => !ended.has(active.kid));
}

export async function rotateKeys(
  needs: KeyNeeds,
  kind: RotationKind,
): Promise<Outcome<readonly Turn[], 'key/not-begun' | 'key/too-early' | 'store/conflict'>> {
  const set = await needs.keys.readKeys();
  const pairs = tokenAlgorithms.map((alg) => findPair(set, alg)).filter((pair) => pair !== undefined);
  if (pairs.length < tokenAlgorithms.length) {
    return refuse('key/not-begun', 'there is not a key that signs and one that waits for every algorithm');
  }
  const readyAt = toRotatableAt(set);
  if (kind === 'ordinary' && needs.clock.now() < readyAt) {
    return refuse('key/too-early', toTimestamp(readyAt));
  }
  const ready = await Promise.all(pairs.map(async (pair) => ({ ...pair, fresh: await needs.createKey(pair.active.alg) })));
  // After the keys were made, which takes seconds: one moment for all.
  const moment = { kind, now: needs.clock.now() };
  const turns = ready.map((pair) => turn(needs, pair, moment));
  const keys = turns.flatMap(({ ended, withdrawn, active, staged }) => [ended, ...withdrawn, active, staged]);
  const events = turns.map((each) => sealEvent(needs, toEvent(needs, each)));
  const saved = await needs.keys.saveKeys({ version: set.version, keys, events });
  if (saved === 'saved') {
    return succeed(turns);
  }
  // What an emergency is to end must not outlive it because a node rotated by itself in that moment.
  const isLeft = kind === 'emergency' && (await hasOutlived(needs, pairs));
  return isLeft ? rotateKeys(needs, kind) : refuse('store/conflict', 'the keys were changed meanwhile');
}
