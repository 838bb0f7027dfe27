// The shape of a verb: what the command line can say, and what runs when it says it.

import type { ExitCode } from './context.ts';

export type ParsedWord = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

export type VerbOption = {
  /** As shown in help: `--dir <dir>`. */
  readonly flags: string;
  readonly about: string;
  readonly isRequired?: boolean;
  /** `earlier` is what an option that may be repeated has gathered so far. */
  readonly parse?: (text: string, earlier: unknown) => ParsedWord;
};

/** What somebody typed, as far as it has been checked. */
export type Given = {
  readonly config: string | undefined;
  readonly json: boolean;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
};

export type Verb = {
  readonly name: string;
  readonly about: string;
  readonly takes?: readonly { readonly name: string; readonly about: string }[];
  readonly options?: readonly VerbOption[];
  readonly printsData?: boolean;
  /** Runs when the group is called without a verb. */
  readonly isDefault?: true;
  readonly run: (given: Given) => Promise<ExitCode>;
};

/** `name` is `null` for verbs that stand by themselves. */
export type VerbGroup = { readonly name: string | null; readonly about: string; readonly verbs: readonly Verb[] };

export function getWord(given: Given, place: number): string {
  const word = given.words[place];
  if (word === undefined) {
    throw new TypeError(`the command has no argument ${place}`);
  }
  return word;
}

export function findText(given: Given, name: string): string | undefined {
  const value = given.options[name];
  return typeof value === 'string' ? value : undefined;
}

export function findTexts(given: Given, name: string): readonly string[] {
  const value = given.options[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function findNumber(given: Given, name: string): number | undefined {
  const value = given.options[name];
  return typeof value === 'number' ? value : undefined;
}

export function parseOneOf(known: readonly string[], text: string): ParsedWord {
  return known.includes(text) ? { ok: true, value: text } : { ok: false, problem: `Choose one of ${known.join(', ')}.` };
}

/** `most`: of nines alone, as 9999. */
export function parseCount(most: number, text: string): ParsedWord {
  const isCount = /^[1-9]\d*$/.test(text) && text.length <= String(most).length;
  return isCount ? { ok: true, value: Number(text) } : { ok: false, problem: `Write a whole number from 1 to ${most}.` };
}

/** For an option that may be repeated. */
export function gather(text: string, earlier: unknown): ParsedWord {
  const gathered: readonly unknown[] = Array.isArray(earlier) ? earlier : [];
  return { ok: true, value: [...gathered, text] };
}
