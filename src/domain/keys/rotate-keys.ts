// Rotation: the key that waits signs from now on, the one that signed is published for as long as its tokens are shown, and a fresh one begins to wait.
// In an emergency the key that signed is gone within half a minute, and nothing waits for a day. Both are one act with their entries: of two at once, one wins.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventDraft } from '../ledger/event.ts';
import { findKey } from './key-set.ts';
import type { KeySet } from './key-set.ts';
import { toStaged } from './needs.ts';
import type { KeyNeeds } from './needs.ts';
import { retiringMs, revokedShownMs, toReadyAt, tokenAlgorithms } from './token-key.ts';
import type { TokenAlgorithm, TokenKey } from './token-key.ts';

export type RotationKind = 'ordinary' | 'emergency';

/** One algorithm of one rotation. */
export type Turn = {
  readonly alg: TokenAlgorithm;
  readonly ended: TokenKey;
  readonly active: TokenKey;
  readonly staged: TokenKey;
};

type Pair = { readonly active: TokenKey; readonly staged: TokenKey };

function findPair(set: KeySet, alg: TokenAlgorithm): Pair | undefined {
  const active = findKey(set, alg, 'active');
  const staged = findKey(set, alg, 'staged');
  return active === undefined || staged === undefined ? undefined : { active, staged };
}

/** When the youngest of the waiting keys has waited long enough. */
export function toRotatableAt(set: KeySet): Millis {
  return Math.max(...tokenAlgorithms.map((alg) => findKey(set, alg, 'staged')).map((key) => (key === undefined ? 0 : toReadyAt(key))));
}

async function turn(needs: KeyNeeds, { active, staged }: Pair, kind: RotationKind): Promise<Turn> {
  const fresh = await needs.createKey(active.alg);
  const now = needs.clock.now();
  const end = kind === 'emergency' ? 'revoked' : 'rotated';
  const goneAt = now + (kind === 'emergency' ? revokedShownMs : retiringMs);
  return {
    alg: active.alg,
    // Its private half is of no more use to us, only to others.
    ended: { ...active, endedAt: now, end, goneAt, sealedKey: '' },
    active: { ...staged, activeAt: now },
    staged: toStaged(needs, fresh, now),
  };
}

function toEvent({ actor }: KeyNeeds, { alg, ended, active, staged }: Turn): EventDraft {
  const type = ended.end === 'revoked' ? 'key.revoked' : 'key.rotated';
  const payload = { alg, ended: ended.kid, active: active.kid, staged: staged.kid, accepted_until: toTimestamp(ended.goneAt ?? 0) };
  return { type, personRef: null, actor, actedBy: null, payload };
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
  const turns = await Promise.all(pairs.map(async (pair) => turn(needs, pair, kind)));
  const keys = turns.flatMap(({ ended, active, staged }) => [ended, active, staged]);
  const events = turns.map((each) => sealEvent(needs, toEvent(needs, each)));
  const saved = await needs.keys.saveKeys({ version: set.version, keys, events });
  return saved === 'saved' ? succeed(turns) : refuse('store/conflict', 'the keys were changed meanwhile');
}
