// The keys as one node holds them. Whoever uses it looks, at most a few hundred milliseconds old, whether another node or a command changed them; nothing is
// told to anybody. Must never let a node sign that has not heard of the keys for longer than a moment: it may have slept through its key's end.

import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock, Millis } from '../kernel/clock.ts';
import { Fault } from '../kernel/errors.ts';
import { completeKeys } from './complete-keys.ts';
import type { CompletionNeeds } from './complete-keys.ts';
import { findPublished, isComplete } from './key-set.ts';
import type { KeySet } from './key-set.ts';
import { unsealPrivateKey } from './seal-private-key.ts';
import { canSign, isPublished, toKeyState } from './token-key.ts';
import type { TokenAlgorithm, TokenKey } from './token-key.ts';

/** A key that services can see. `privateKey` only of one that signs. */
export type PublishedKey = {
  readonly kid: string;
  readonly alg: TokenAlgorithm;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject | null;
};

export type SigningTokenKey = PublishedKey & { readonly privateKey: KeyObject };

/** The same object for as long as nothing about it changes. */
export type Published = {
  readonly keys: readonly PublishedKey[];
  /** Names of those that were ours and are published no more. */
  readonly goneKids: readonly string[];
};

export type KeyRing = {
  /** What was looked at a moment ago; undefined where it has to be looked at again. */
  readonly find: () => Published | undefined;
  /** Looks again. Where the database cannot be asked it throws. */
  readonly refresh: () => Promise<Published>;
  /** What was seen last, however long ago. */
  readonly findLast: () => Published | undefined;
  /** Whether what was seen last may still be shown to anybody. */
  readonly isCurrent: () => boolean;
  /** Whether this key may sign at this moment; asks the database where this node has not heard of it for a while. */
  readonly maySign: (kid: string) => boolean | Promise<boolean>;
  /** The key that signs now. */
  readonly getSigner: (alg: TokenAlgorithm) => Promise<SigningTokenKey>;
};

export type RingNeeds = CompletionNeeds & {
  /** Never goes back. */
  readonly steady: Clock;
};

/** Of a change that another process made, a request learns this late at the most. */
const lookedMs = 250;

/** Well below the time that a revoked key stays published, so that nothing is signed with it by then. */
const signingMs = 5000;

/** A node that is cut off for longer shows no keys: one of them may have been revoked. */
const shownMs = 30_000;

type Moment = { readonly steady: Millis; readonly wall: Millis };

type Held = { readonly set: KeySet; readonly published: Published; readonly mark: string; readonly at: Moment };

function open(needs: RingNeeds, key: TokenKey, known: Held | undefined): PublishedKey {
  const { kid, alg, publicJwk } = key;
  const isActive = toKeyState(key, needs.clock.now()) === 'active';
  const earlier = known?.published.keys.find((held) => held.kid === kid);
  if (earlier !== undefined && (earlier.privateKey !== null) === isActive) {
    return earlier;
  }
  const publicKey = createPublicKey({ key: { ...publicJwk }, format: 'jwk' });
  return { kid, alg, publicKey, privateKey: isActive ? unsealPrivateKey(needs.sealingKey, key) : null };
}

function hold(needs: RingNeeds, found: Pick<Held, 'set' | 'at'>, known: Held | undefined): Held {
  const now = needs.clock.now();
  const shown = findPublished(found.set, now);
  const mark = shown.map((key) => `${key.kid} ${toKeyState(key, now)}`).join('\n');
  if (known?.mark === mark) {
    return { ...found, published: known.published, mark };
  }
  const goneKids = found.set.keys.filter((key) => !isPublished(key, now)).map(({ kid }) => kid);
  return { ...found, published: { keys: shown.map((key) => open(needs, key, known)), goneKids }, mark };
}

async function read(needs: RingNeeds, known: Held | undefined): Promise<Held> {
  // Before the look: what is found may be older than its end, never than its beginning.
  const at = { steady: needs.steady.now(), wall: needs.clock.now() };
  const version = await needs.keys.findVersion();
  const found = known?.set.version === version ? known.set : await needs.keys.readKeys();
  const set = isComplete(found) ? found : await completeKeys(needs, found);
  return hold(needs, { set, at }, known);
}

export function createKeyRing(needs: RingNeeds): KeyRing {
  let held: Held | undefined;
  let reading: Promise<Published> | undefined;
  // A machine that sleeps stops the one clock, an operator who sets the time moves the other.
  const isWithin = (ms: Millis): boolean =>
    held !== undefined && needs.steady.now() - held.at.steady < ms && Math.abs(needs.clock.now() - held.at.wall) < ms;
  const look = async (): Promise<Published> => {
    try {
      held = await read(needs, held);
      return held.published;
    } finally {
      reading = undefined;
    }
  };
  const refresh = async (): Promise<Published> => {
    reading ??= look();
    return reading;
  };
  const isSigning = (kid: string): boolean => held?.set.keys.some((key) => key.kid === kid && canSign(key, needs.clock.now())) === true;
  return {
    find: () => (isWithin(lookedMs) ? held?.published : undefined),
    refresh,
    findLast: () => held?.published,
    isCurrent: () => isWithin(shownMs),
    maySign: (kid) => (isWithin(signingMs) ? isSigning(kid) : refresh().then(() => isSigning(kid))),
    getSigner: async (alg) => {
      const { keys } = isWithin(lookedMs) && held !== undefined ? held.published : await refresh();
      const signer = keys.find((key) => key.alg === alg && key.privateKey !== null);
      if (signer === undefined || signer.privateKey === null) {
        throw new Fault('key/not-begun', `no key signs by ${alg}`);
      }
      return { ...signer, privateKey: signer.privateKey };
    },
  };
}
