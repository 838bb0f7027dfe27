// Whole random numbers with the law of a two-sided geometric distribution, drawn exactly: no floating point, whose gaps would give away what was added to
// what (Mironov 2012). The sampler is algorithm 2 of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020).

import type { Random } from '../../kernel/ids.ts';

const words = 2 ** 32;

/** Uniform over 0 … limit − 1, `limit` at most 2³². What would favour the small numbers is drawn again. */
export function drawBelow(random: Random, limit: number): number {
  const fair = words - (words % limit);
  for (;;) {
    const drawn = Buffer.from(random.bytes(4)).readUInt32BE(0);
    if (drawn < fair) {
      return drawn % limit;
    }
  }
}

/** True with probability e^(−part/whole), where 0 ≤ part ≤ whole: the first failure of ever rarer draws comes at an odd place. */
function drawExponential(random: Random, part: number, whole: number): boolean {
  let place = 1;
  while (drawBelow(random, whole * place) < part) {
    place += 1;
  }
  return place % 2 === 1;
}

/** One try at |noise|; undefined where it has to be tried again. */
function drawSize(random: Random, scale: number): number | undefined {
  const rest = drawBelow(random, scale);
  if (!drawExponential(random, rest, scale)) {
    return undefined;
  }
  let rounds = 0;
  while (drawExponential(random, 1, 1)) {
    rounds += 1;
  }
  return rest + scale * rounds;
}

/** A whole number x with a probability in proportion to e^(−|x|/scale). `scale` is a whole number from 1. */
export function drawNoise(random: Random, scale: number): number {
  for (;;) {
    const size = drawSize(random, scale);
    const isNegative = drawBelow(random, 2) === 1;
    // Nought has one sign only, or it would come up twice as often.
    if (size !== undefined && !(isNegative && size === 0)) {
      return isNegative ? -size : size;
    }
  }
}
