// Two acts that do not go together, at the same moment over two processes: one closes, the others would still go through. After the first was acknowledged none does, and
// the database says of every moment the same as the log.

import { createSeeded } from '../counts.ts';
import { fire } from '../two-doors.ts';
import type { Shot, Timed } from '../two-doors.ts';
import { heldUp, toName } from './arena.ts';
import type { Arena } from './arena.ts';

export type Bout = {
  /** What closes, and what it is told when it was done. */
  readonly end: Shot;
  readonly done: RegExp;
  /** What would still go through. */
  readonly shots: readonly Shot[];
  /** Sent when everything was answered. */
  readonly late: Shot;
  /** Told to those that came first. */
  readonly served: RegExp;
  /** Told to those that came after; the only answer to whatever is sent after the acknowledgement. */
  readonly refused: RegExp;
  /** What is there afterwards and must not be, in words. */
  readonly findWrong: (answers: readonly Timed[]) => Promise<readonly string[]>;
};

/** `begin` makes whoever takes part, and hands out one bout for each round. */
export type Duel = {
  readonly name: string;
  /** Written by both sides: where the disk is slow in the first round. */
  readonly table: string;
  readonly begin: (arena: Arena) => Promise<() => Promise<Bout>>;
};

export type BoutResult = {
  /** In words. */
  readonly violations: readonly string[];
  /** What closed and what it closed were under way at the same time. */
  readonly hasOverlap: boolean;
  /** What closes was refused after two seconds, and nothing was done. */
  readonly isHeldUp: boolean;
  /** What closed, then the others. */
  readonly told: readonly string[];
  readonly served: number;
};

const longestDelayMs = 14;

function findOdd({ done, served, refused }: Bout, ended: Timed, answers: readonly Timed[]): readonly string[] {
  const after = answers.filter(({ sentAt }) => sentAt >= ended.answeredAt).map(toName);
  return [
    ...(done.test(toName(ended)) ? [] : [`what closes was told ${toName(ended)}`]),
    ...after.filter((name) => name !== heldUp && !refused.test(name)).map((name) => `sent after the acknowledgement and told ${name}`),
    ...answers
      .map(toName)
      .filter((name) => name !== heldUp && !served.test(name) && !refused.test(name))
      .map((name) => `told ${name}`),
  ];
}

/** What closes is sent first, as soon as one of the others was answered, or somewhere between them. */
const orders = ['first', 'after one', 'any'] as const;

type Aim = { readonly random: () => number; readonly order: (typeof orders)[number] };

/** The answer to what closes comes first. */
async function shootAll(arena: Arena, { end, shots }: Bout, { random, order }: Aim): Promise<readonly Timed[]> {
  const pickPort = (): number => arena.ports[Math.floor(random() * arena.ports.length)] ?? 0;
  const delay = (): number => random() * longestDelayMs;
  const endsAfter = order === 'any' ? delay() : 0;
  const earlier = order === 'first' ? [fire(pickPort(), end)] : [];
  const toDelay = (index: number): number =>
    order === 'after one' && index === 0 ? 0 : delay() + (order === 'first' ? longestDelayMs : 0);
  const raced = shots.map(async (shot, index) => fire(pickPort(), shot, toDelay(index)));
  if (order === 'after one') {
    await Promise.race(raced);
  }
  const [ended = fire(pickPort(), end, endsAfter)] = earlier;
  return Promise.all([ended, ...raced]);
}

/** The seed decides who is sent where, when, and in which order; one more is sent when everything was answered. On a slow disk what closes comes first. */
export async function runBout(
  arena: Arena,
  bout: Bout,
  how: { readonly seed: number; readonly slowTable: string | null },
): Promise<BoutResult> {
  const random = createSeeded(how.seed);
  const order = how.slowTable === null ? (orders[how.seed % orders.length] ?? 'any') : 'first';
  const shoot = async (): Promise<readonly Timed[]> => shootAll(arena, bout, { random, order });
  const [ended, ...raced] = how.slowTable === null ? await shoot() : await arena.slowly(how.slowTable, shoot);
  if (ended === undefined) {
    throw new Error('nobody took part');
  }
  if (toName(ended) === heldUp) {
    return { violations: [], hasOverlap: false, isHeldUp: true, told: [heldUp], served: 0 };
  }
  const answers = [...raced, await fire(arena.ports[how.seed % arena.ports.length] ?? 0, bout.late)];
  const hasOverlap = raced.some(({ sentAt, answeredAt }) => sentAt < ended.answeredAt && answeredAt > ended.sentAt);
  return {
    violations: [...findOdd(bout, ended, answers), ...(await bout.findWrong(answers))],
    hasOverlap,
    isHeldUp: false,
    told: [ended, ...answers].map(toName),
    served: raced.map(toName).filter((name) => bout.served.test(name)).length,
  };
}
