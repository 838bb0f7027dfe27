// Gives every algorithm a key that signs and one that waits, wherever one is missing: at the first start of a database, after an upgrade that brings an
// algorithm, after a restore. Of several nodes that do this at once one wins, and the others take what it wrote.

import type { KeyObject } from 'node:crypto';
import type { Millis } from '../kernel/clock.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventDraft } from '../ledger/event.ts';
import { toFreshKey } from './create-token-key.ts';
import type { FreshKey } from './create-token-key.ts';
import { findKey } from './key-set.ts';
import type { KeySet } from './key-set.ts';
import { toStaged } from './needs.ts';
import type { KeyNeeds } from './needs.ts';
import { tokenAlgorithms } from './token-key.ts';
import type { TokenAlgorithm, TokenKey } from './token-key.ts';

/** `given`: keys that this installation signed with before its database held any; published long ago, they go on signing. */
export type CompletionNeeds = KeyNeeds & { readonly given: readonly FreshKey[] };

export type EarlierKey = { readonly kid: string; readonly alg: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };

/** Their names stay: services know them. */
export function toGivenKeys(earlier: readonly EarlierKey[]): readonly FreshKey[] {
  return earlier.flatMap((key) => {
    const alg = tokenAlgorithms.find((known) => known === key.alg);
    return alg === undefined ? [] : [{ ...toFreshKey(alg, key), kid: key.kid }];
  });
}

type Missing = { readonly alg: TokenAlgorithm; readonly active: FreshKey | undefined; readonly staged: FreshKey | undefined };

async function createMissing(needs: CompletionNeeds, set: KeySet, alg: TokenAlgorithm): Promise<Missing> {
  const given = set.keys.length > 0 ? undefined : needs.given.find((key) => key.alg === alg);
  const create = async (state: 'active' | 'staged', known?: FreshKey): Promise<FreshKey | undefined> =>
    findKey(set, alg, state) === undefined ? (known ?? needs.createKey(alg)) : undefined;
  const [active, staged] = await Promise.all([create('active', given), create('staged')]);
  return { alg, active, staged };
}

function toKeys(needs: CompletionNeeds, { active, staged }: Missing, now: Millis): readonly TokenKey[] {
  const begun = active === undefined ? [] : [{ ...toStaged(needs, active, now), activeAt: now }];
  return [...begun, ...(staged === undefined ? [] : [toStaged(needs, staged, now)])];
}

function toEvent({ actor }: CompletionNeeds, { alg, active, staged }: Missing): EventDraft {
  const payload = { alg, active: active?.kid ?? null, staged: staged?.kid ?? null };
  return { type: 'key.begun', personRef: null, actor, actedBy: null, payload };
}

export async function completeKeys(needs: CompletionNeeds, set: KeySet): Promise<KeySet> {
  const looked = await Promise.all(tokenAlgorithms.map(async (alg) => createMissing(needs, set, alg)));
  const missing = looked.filter(({ active, staged }) => active !== undefined || staged !== undefined);
  if (missing.length > 0) {
    // After the keys were made, which takes seconds.
    const now = needs.clock.now();
    const events = missing.map((each) => sealEvent(needs, toEvent(needs, each)));
    await needs.keys.saveKeys({ version: set.version, keys: missing.flatMap((each) => toKeys(needs, each, now)), events });
  }
  return needs.keys.readKeys();
}
