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

const heads = memberNames.map((name, at) => `${at === 0 ? '{' : ','}"${name}":`);

/** Printable ASCII without quote and backslash spells itself. */
const plainValues = {
  commitment: /^"[\w-]+"$/,
  index: /^(?:0|[1-9]\d*)$/,
  person: /^(?:null|"[ !#-[\]-~]*")$/,
  salt: /^(?:null|"[\w-]+")$/,
} as const;

/** A body in which nothing but quotes and backslashes is escaped has one spelling. */
function isPlainBody(spelled: string): boolean {
  return spelled.startsWith('"') && spelled.endsWith('"') && !/\\[^"\\]/.test(spelled);
}

/** The spellings of the members, or `undefined` when the line is not as plain as that. */
export function findPlainMembers(text: string): Members | undefined {
  const members = new Map<string, string>();
  let at = 0;
  for (const [place, name] of memberNames.entries()) {
    const head = heads[place] ?? '';
    if (!text.startsWith(head, at)) {
      return undefined;
    }
    const from = at + head.length;
    const next = heads[place + 1];
    at = next === undefined ? text.length - 1 : text.indexOf(next, from);
    if (at < from) {
      return undefined;
    }
    members.set(name, text.slice(from, at));
  }
  return text.endsWith('}') && isPlain(members) ? members : undefined;
}

function isPlain(members: Members): boolean {
  return (
    isPlainBody(members.get('body') ?? '') && Object.entries(plainValues).every(([name, pattern]) => pattern.test(members.get(name) ?? ''))
  );
}
