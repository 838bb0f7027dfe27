// Where an address differs from the nearest one that is registered, by the name of the part and never by its value: the usual slip is one slash or one letter.

import type { FactNote } from '../../domain/traces/trace.ts';

type Part = readonly [note: FactNote, read: (url: URL) => string];

const parts: readonly Part[] = [
  ['differs-scheme', ({ protocol }) => protocol],
  ['differs-host', ({ hostname }) => hostname],
  ['differs-port', ({ port }) => port],
  ['differs-path', ({ pathname }) => pathname],
  ['differs-query', ({ search, hash }) => search + hash],
];

const withoutSlash = (text: string): string => (text.endsWith('/') ? text.slice(0, -1) : text);

function findDifferences(asked: string, registered: string): readonly FactNote[] {
  if (withoutSlash(asked) === withoutSlash(registered)) {
    return ['differs-slash'];
  }
  if (asked.toLowerCase() === registered.toLowerCase()) {
    return ['differs-case'];
  }
  const [one, other] = [new URL(asked), new URL(registered)];
  return parts.filter(([, read]) => read(one) !== read(other)).map(([note]) => note);
}

/** The one part in which it differs; undefined where it is more than one, or no address at all. */
export function findDifference(asked: string, registered: readonly string[]): FactNote | undefined {
  if (!URL.canParse(asked)) {
    return 'unreadable';
  }
  const all = registered.filter((address) => URL.canParse(address)).map((address) => findDifferences(asked, address));
  return all.find((differences) => differences.length === 1)?.[0];
}
