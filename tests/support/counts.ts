// How often random things are tried: a fraction in `npm test`, the full count in `npm run test:full`. Every run names its seed.

export const isFull = process.env['HUWIYA_TEST_COUNTS'] === 'full';

/**
 * Of ways that differ in their language and their window and in nothing else, the one at `place`; in the full run each of them. Which one, each test says by itself, so that
 * both languages are walked about as often.
 */
export const takeTurn = <T>(ways: readonly T[], place: 0 | 1): readonly T[] => (isFull ? ways : ways.slice(place, place + 1));

/** Where seeded tests begin; another start tries other histories. */
export const firstSeed = Number(process.env['HUWIYA_TEST_SEED'] ?? '1');

/** Numbers in [0, 1) that the seed alone decides (mulberry32). */
export function createSeeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
