// What one seed does, from its number alone: who does what, in how many lanes, and what happens to the machine meanwhile.

import { createSeeded } from '../support/counts.ts';
import { moments, tables } from './points.ts';
import type { Point } from './points.ts';

export type Store = 'sqlite' | 'postgres';

/** What a lane of acts is made of. Each becomes what is possible at that moment for that person. */
export const acts = [
  'visit',
  'withdraw',
  'narrow',
  'pause',
  'refresh',
  'rotate-refresh',
  'exchange-twice',
  'release',
  'add-passkey',
  'remove-passkey',
  'sign-out',
] as const;
export type ActKind = (typeof acts)[number];

const everywhere = ['kill-at-point', 'kill-at-moment', 'clock-steps', 'clients-cut'] as const;

export const kinds = {
  sqlite: [...everywhere, 'kill-at-fsync', 'fsync-fails', 'read-fails', 'disk-full', 'slow-disk', 'power-loss'],
  postgres: [...everywhere, 'commit-cut', 'backends-killed', 'server-killed', 'slow-answers'],
} as const;

export type Kind = (typeof kinds)[Store][number];

/** Kinds that act between the program and the kernel. */
export const traced: ReadonlySet<Kind> = new Set(['kill-at-fsync', 'fsync-fails', 'read-fails', 'disk-full', 'slow-disk', 'power-loss']);

export type Plan = {
  readonly seed: number;
  readonly kind: Kind;
  readonly point: Point;
  /** Of the calls to the kernel that the kind is about: the first that it meets. */
  readonly nth: number;
  /** For how many of them. */
  readonly times: number;
  /** From the first act to the kill, in milliseconds. */
  readonly killAfter: number;
  /** How far the clock jumps, in milliseconds. */
  readonly step: number;
  /** One for each person who takes part. */
  readonly lanes: readonly (readonly ActKind[])[];
  /** Whether keys are rotated meanwhile. */
  readonly rotates: boolean;
};

type Dice = { readonly below: (bound: number) => number; readonly pick: <T>(from: readonly T[]) => T };

export function createDice(seed: number): Dice {
  const random = createSeeded(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  return {
    below,
    pick: (from) => {
      const [first] = from.slice(below(from.length));
      if (first === undefined) {
        throw new Error('nothing to pick from');
      }
      return first;
    },
  };
}

/** Consents and codes are what most is about, so they come up more often. */
const weighted: readonly ActKind[] = [...acts, 'visit', 'visit', 'withdraw', 'exchange-twice', 'release'];

const steps = [300_000, -300_000, 86_400_000, -3_600_000, 1000, -1000] as const;

/** `without` a tool that this machine does not have, another kind is picked. */
export function toPlan(seed: number, store: Store, without: ReadonlySet<Kind> = new Set()): Plan {
  const dice = createDice(seed * 7919 + (store === 'sqlite' ? 0 : 1));
  const kind = dice.pick<Kind>(kinds[store].filter((each) => !without.has(each)));
  const point = { moment: dice.pick(moments), table: dice.pick(tables), passes: dice.below(6) };
  const lanes = Array.from({ length: 2 + dice.below(3) }, () => Array.from({ length: 2 + dice.below(4) }, () => dice.pick(weighted)));
  return {
    seed,
    kind,
    point,
    nth: 1 + dice.below(kind === 'read-fails' || kind === 'disk-full' ? 60 : 25),
    times: 1 + dice.below(6),
    killAfter: 20 + dice.below(700),
    step: dice.pick(steps),
    lanes,
    rotates: (kind === 'kill-at-point' && point.table === 'token_keys') || dice.below(20) === 0,
  };
}
