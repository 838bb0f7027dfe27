// Gives every algorithm a key that signs and one that waits, wherever one is missing: at the first start of a database, after an upgrade that brings an
// algorithm, after a restore. Of several nodes that do this at once one wins, and the others take what it wrote.

import type { KeyObject } from 'node:crypto';
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

async function createMissing(needs: CompletionNeeds, set: KeySet, alg: TokenAlgorithm): Promise<readonly TokenKey[]> {
  const now = needs.clock.now();
  const active = findKey(set, alg, 'active');
  const given = set.keys.length > 0 ? undefined : needs.given.find((key) => key.alg === alg);
  const begun = active === undefined ? toStaged(needs, given ?? (await needs.createKey(alg)), now) : undefined;
  const staged = findKey(set, alg, 'staged') === undefined ? toStaged(needs, await needs.createKey(alg), now) : undefined;
  return [...(begun === undefined ? [] : [{ ...begun, activeAt: now }]), ...(staged === undefined ? [] : [staged])];
}

function toEvent(needs: CompletionNeeds, alg: TokenAlgorithm, keys: readonly TokenKey[]): EventDraft {
  const kidOf = (isActive: boolean): string | null => keys.find(({ activeAt }) => (activeAt !== null) === isActive)?.kid ?? null;
  return {
    type: 'key.begun',
    personRef: null,
    actor: needs.actor,
    actedBy: null,
    payload: { alg, active: kidOf(true), staged: kidOf(false) },
  };
}

export async function completeKeys(needs: CompletionNeeds, set: KeySet): Promise<KeySet> {
  const missing = await Promise.all(tokenAlgorithms.map(async (alg) => ({ alg, keys: await createMissing(needs, set, alg) })));
  const begun = missing.filter(({ keys }) => keys.length > 0);
  const events = begun.map(({ alg, keys }) => sealEvent(needs, toEvent(needs, alg, keys)));
  if (begun.length > 0) {
    await needs.keys.saveKeys({ version: set.version, keys: begun.flatMap(({ keys }) => keys), events });
  }
  return needs.keys.readKeys();
}
