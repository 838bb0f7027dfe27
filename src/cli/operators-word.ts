// Why a command about a person is given: `--reason` and `--reference`. They stay in the log for good, and its person may read them.

import type { OperatorsWord } from '../domain/people/operators-word.ts';
import { isSayable, longestSayable } from './sayable.ts';
import { findText } from './verb.ts';
import type { Given, VerbOption } from './verb.ts';

export type GivenWord = { readonly reason?: string | undefined; readonly reference?: string | undefined };

export const wordOptions: readonly VerbOption[] = [
  { flags: '--reason <text>', about: 'why, in words that name nobody; it stays in the log, and the person may read it' },
  { flags: '--reference <text>', about: 'the order, article or case that it rests on' },
];

export function readWord(given: Given): GivenWord {
  return { reason: findText(given, 'reason'), reference: findText(given, 'reference') };
}

export function findWordProblem({ reason, reference }: GivenWord): string | undefined {
  return [reason, reference].every((text) => text === undefined || isSayable(text))
    ? undefined
    : `a reason and a reference have at most ${longestSayable} characters each and are not empty; neither may name a person`;
}

export function toWord({ reason, reference }: GivenWord): OperatorsWord {
  return { reason: reason?.trim(), reference: reference?.trim() };
}

export function listUnsaid({ reason }: GivenWord): readonly string[] {
  return reason === undefined
    ? ['no reason was given, and the entry says so. Next time say --reason TEXT, and --reference TEXT where an order stands behind it']
    : [];
}
