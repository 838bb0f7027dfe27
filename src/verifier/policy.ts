// Whom somebody trusts to have seen the log (C2SP tlog-policy): logs, witnesses, and how many of them are enough. A line that is nearly right makes the whole
// policy none, because it could mean something else than its author thought.

import { findNoteKey, keyTypes } from './note.ts';
import type { NoteKey } from './note.ts';

/** Enough are those among `members` when they are at least `least`; a witness has a key and no members. */
type Rule = { readonly least: number; readonly members: readonly string[]; readonly key: NoteKey | undefined };

export type Policy = {
  readonly logs: readonly NoteKey[];
  /** Witnesses and groups by their names. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** A name in `rules`; `none` asks for nobody. */
  readonly quorum: string;
};

type Draft = { readonly logs: NoteKey[]; readonly rules: Map<string, Rule>; readonly used: Set<string>; quorum: string | undefined };

const limit = 100;
const none = 'none';

const toRaw = ({ key }: NoteKey): string => key.export({ format: 'der', type: 'spki' }).toString('hex');

const isKnown = (keys: readonly (NoteKey | undefined)[], key: NoteKey): boolean =>
  keys.some((each) => each !== undefined && toRaw(each) === toRaw(key));

function addLog({ logs }: Draft, [text = '', , ...more]: readonly string[]): boolean {
  const key = findNoteKey(text);
  if (key === undefined || more.length > 0 || isKnown(logs, key)) {
    return false;
  }
  logs.push(key);
  return true;
}

function addRule({ rules }: Draft, name: string, rule: Rule): boolean {
  if (name === none || name === '' || rules.has(name)) {
    return false;
  }
  rules.set(name, rule);
  return true;
}

function addWitness(draft: Draft, [name = '', text = '', , ...more]: readonly string[]): boolean {
  const key = findNoteKey(text, keyTypes.witness);
  const keys = [...draft.rules.values()].map((rule) => rule.key);
  return key !== undefined && more.length === 0 && !isKnown(keys, key) && addRule(draft, name, { least: 1, members: [], key });
}

function toLeast(word: string, count: number): number {
  if (word === 'any' || word === 'all') {
    return word === 'any' ? 1 : count;
  }
  return /^[1-9]\d{0,3}$/.test(word) ? Number(word) : 0;
}

/** Each name is a member once, so that each witness counts in one place only. */
function takeMember({ rules, used }: Draft, name: string): boolean {
  if (!rules.has(name) || used.has(name)) {
    return false;
  }
  used.add(name);
  return true;
}

function addGroup(draft: Draft, [name = '', word = '', ...members]: readonly string[]): boolean {
  const least = toLeast(word, members.length);
  const isReachable = least >= 1 && least <= members.length;
  return isReachable && members.every((member) => takeMember(draft, member)) && addRule(draft, name, { least, members, key: undefined });
}

function setQuorum(draft: Draft, [name = '', ...more]: readonly string[]): boolean {
  if (more.length > 0 || draft.quorum !== undefined || (name !== none && !draft.rules.has(name))) {
    return false;
  }
  draft.quorum = name;
  return true;
}

const adders = new Map([
  ['log', addLog],
  ['witness', addWitness],
  ['group', addGroup],
  ['quorum', setQuorum],
]);

function addLine(draft: Draft, line: string): boolean {
  const [word = '', ...rest] = line.split(/[ \t]+/).filter((each) => each !== '');
  return word === '' || word.startsWith('#') || (adders.get(word)?.(draft, rest) ?? false);
}

/** The policy, or the number of the first line that is none; 0 where it is the whole that is not as it has to be. */
export function readPolicy(text: string): Policy | number {
  const draft: Draft = { logs: [], rules: new Map(), used: new Set(), quorum: undefined };
  if (!text.endsWith('\n') || /[^\t\n\P{Cc}]/u.test(text)) {
    return 0;
  }
  const wrong = text.split('\n').findIndex((line) => !addLine(draft, line));
  if (wrong >= 0) {
    return wrong + 1;
  }
  const { logs, rules, quorum } = draft;
  return quorum === undefined || Math.max(logs.length, rules.size) > limit ? 0 : { logs, rules, quorum };
}

/** Whether those for whom `hasSigned` is true are enough. */
export function isQuorum({ rules, quorum }: Policy, hasSigned: (witness: NoteKey) => boolean): boolean {
  const holds = (name: string): boolean => {
    const rule = rules.get(name);
    if (rule?.key !== undefined) {
      return hasSigned(rule.key);
    }
    return rule !== undefined && rule.members.filter(holds).length >= rule.least;
  };
  return quorum === none || holds(quorum);
}
