// A short cut for the lines that a log export consists of: cuts a line at the places where its canonical spelling must have its names.
// Only ever says yes to a line that canonical.ts would accept too, up to the members that repeat the body, which are compared with it;
// to any other line it says nothing, and canonical.ts decides.

import type { Members } from './canonical.ts';

export const memberNames = [
  'at',
  'attributes',
  'body',
  'commitment',
  'id',
  'index',
  'person',
  'purpose',
  'salt',
  'service',
  'type',
] as const;

const firstHead = '{"at":';

/** Each member with the text that follows its value. */
const cuts = memberNames.map((name, at) => {
  const next = memberNames[at + 1];
  return { name, nextHead: next === undefined ? '' : `,"${next}":` };
});

/** Printable ASCII without quote and backslash spells itself. What is not here repeats the body. */
const plainValues = [
  ['commitment', /^"[\w-]+"$/],
  ['index', /^(?:0|[1-9]\d*)$/],
  ['person', /^(?:null|"[ !#-[\]-~]*")$/],
  ['salt', /^(?:null|"[\w-]+")$/],
] as const;

/** A body in which nothing but quotes and backslashes is escaped has one spelling. */
function isPlainBody(spelled: string): boolean {
  return spelled.startsWith('"') && spelled.endsWith('"') && !/\\[^"\\]/.test(spelled);
}

/** The spellings of the members, or `undefined` when the line is not as plain as that. */
export function findPlainMembers(text: string): Members | undefined {
  if (!text.startsWith(firstHead) || !text.endsWith('}')) {
    return undefined;
  }
  const members = new Map<string, string>();
  let from = firstHead.length;
  for (const { name, nextHead } of cuts) {
    const end = nextHead === '' ? text.length - 1 : text.indexOf(nextHead, from);
    if (end < from) {
      return undefined;
    }
    members.set(name, text.slice(from, end));
    from = end + nextHead.length;
  }
  return isPlain(members) ? members : undefined;
}

function isPlain(members: Members): boolean {
  return isPlainBody(members.get('body') ?? '') && plainValues.every(([name, pattern]) => pattern.test(members.get(name) ?? ''));
}
