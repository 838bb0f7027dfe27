// Chance that comes out the same each time: everything random in a made-up country is drawn from here, the product's `Random` included.
// Good enough to look like life and of no use as a secret: a database made from it protects nobody, and holds nobody.

import { createHash } from 'node:crypto';
import type { Random } from '../../src/domain/kernel/ids.ts';

export type Dice = Random & {
  /** From 0 up to but without 1. */
  readonly next: () => number;
};

/** The same for the same words, in whatever process (sfc32, seeded by SHA-256). */
export function createDice(...words: readonly (string | number)[]): Dice {
  const digest = createHash('sha256').update(words.join('\n')).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = 1;
  const draw = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) {
    draw();
  }
  return {
    next: () => draw() / 4_294_967_296,
    bytes: (sizeBytes) => {
      const words32 = new Uint32Array(Math.ceil(sizeBytes / 4));
      words32.forEach((_word, place) => {
        words32[place] = draw();
      });
      return new Uint8Array(words32.buffer, 0, sizeBytes);
    },
  };
}

export const isLucky = (dice: Dice, chance: number): boolean => dice.next() < chance;

/** A whole number from `from` up to but without `to`. */
export const drawWhole = (dice: Dice, from: number, to: number): number => from + Math.floor(dice.next() * (to - from));

export const drawBetween = (dice: Dice, from: number, to: number): number => from + dice.next() * (to - from);

export function pick<T>(dice: Dice, from: readonly T[]): T {
  const picked = from[drawWhole(dice, 0, from.length)];
  if (picked === undefined) {
    throw new RangeError('there is nothing to pick from');
  }
  return picked;
}

/** The place of a weight, as often as it weighs. */
export function pickPlace(dice: Dice, weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = dice.next() * total;
  const place = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return place === -1 ? weights.length - 1 : place;
}

/** Knuth's method: for the small means of a person's day. */
export function drawCount(dice: Dice, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = dice.next(); product > limit; product *= dice.next()) {
    count += 1;
  }
  return count;
}

/** Around 1 in the middle, with a long tail: how people differ from each other (Box and Muller). */
export function drawTail(dice: Dice, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());
  return Math.exp(spread * normal);
}
