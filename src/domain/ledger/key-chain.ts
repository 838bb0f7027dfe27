// All keys that a log ever had, in order. Whoever trusts one of them trusts them all, because each change is signed by both of its keys;
// and every head has one key that must have signed it, so an earlier key, stolen later, signs nothing that is believed beyond its end.

import { getValue, refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { answersFor, parseCheckpoint } from './checkpoint.ts';
import type { Checkpoint, TrustedKey } from './checkpoint.ts';
import { parseKeyChange } from './key-change.ts';
import type { KeyChange } from './key-change.ts';
import { isSameHash } from './merkle.ts';
import type { NoteVerifier } from './signed-note.ts';
import { toVerifierText } from './signed-note.ts';

export type KeyChain = {
  /** The first key of the log, as far as is known. */
  readonly first: NoteVerifier;
  readonly changes: readonly KeyChange[];
};

const isSameKey = (left: NoteVerifier, right: NoteVerifier): boolean => toVerifierText(left) === toVerifierText(right);

function isLinked(change: KeyChange, before: KeyChange | undefined): boolean {
  return before === undefined || (isSameKey(before.to, change.from) && before.last.size <= change.last.size);
}

/** `changes` in the order in which they were made. Refused when one is damaged or misplaced, or when the trusted key is none of the chain. */
export function followKeys(trusted: NoteVerifier, changes: readonly string[]): Outcome<KeyChain, 'request/invalid'> {
  const parsed: KeyChange[] = [];
  for (const text of changes) {
    const change = parseKeyChange(text);
    if (!change.ok) {
      return change;
    }
    if (!isLinked(change.value, parsed.at(-1))) {
      return refuse('request/invalid', 'the changes of the key do not follow from each other');
    }
    parsed.push(change.value);
  }
  const first = parsed[0]?.from ?? trusted;
  const isReached = isSameKey(first, trusted) || parsed.some(({ to }) => isSameKey(to, trusted));
  return isReached ? succeed({ first, changes: parsed }) : refuse('request/invalid', 'the trusted key is none of this log');
}

export function getNewestKey(chain: KeyChain): NoteVerifier {
  return chain.changes.at(-1)?.to ?? chain.first;
}

/** Every key of the chain with the heads that it answers for. */
export function toTrusted({ first, changes }: KeyChain): readonly TrustedKey[] {
  const keys = [first, ...changes.map(({ to }) => to)];
  return keys.map((key, place) => ({
    ...key,
    after: changes[place - 1]?.last.size ?? -1,
    upTo: changes[place]?.last.size ?? Infinity,
  }));
}

/** Every key that this log ever had, each for its own heads, as far as one of the keys that are held leads to them. */
export function findTrusted(held: readonly NoteVerifier[], changes: readonly string[]): Outcome<readonly TrustedKey[], 'ledger/broken'> {
  const chain = held.map((key) => followKeys(key, changes)).find(({ ok }) => ok);
  return chain?.ok === true ? succeed(toTrusted(chain.value)) : refuse('ledger/broken', 'no key of the key folder belongs to this log');
}

/** A checkpoint that the right key of the chain signed, and that contradicts no change. */
export function parseChainedCheckpoint(text: string, chain: KeyChain): Outcome<Checkpoint, 'request/invalid'> {
  const signed = parseCheckpoint(text, toTrusted(chain));
  if (!signed.ok) {
    return signed;
  }
  const { size, root } = signed.value;
  const stated = chain.changes.find(({ last }) => last.size === size)?.last;
  return stated !== undefined && !isSameHash(stated.root, root)
    ? refuse('request/invalid', 'the checkpoint contradicts the change of the key at its size')
    : signed;
}

/** The key that answers for a head of this size, as text. `own` is any key of the log; without a change it is the only one. */
export function toKeyText(own: NoteVerifier, changes: readonly string[], size: number): string {
  const keys = toTrusted(getValue(followKeys(own, changes)));
  return toVerifierText(keys.find((key) => answersFor(key, size)) ?? own);
}
