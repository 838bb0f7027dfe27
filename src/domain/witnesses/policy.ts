// C2SP tlog-policy: which logs and witnesses count, and how many of them make a checkpoint witnessed. Read strictly: a line that is nearly right is refused
// with its number, because a policy that means something else than its author thought protects nobody.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { parseVerifier } from '../ledger/signed-note.ts';
import type { NoteVerifier } from '../ledger/signed-note.ts';

export type PolicyLog = { readonly key: NoteVerifier; readonly url: string | undefined };

export type PolicyWitness = PolicyLog & {
  /** Within the policy; the name of the key is another. */
  readonly name: string;
};

/** What has to be true of a checkpoint: this witness cosigned it, or at least so many members hold. */
export type Rule =
  | { readonly kind: 'witness'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string; readonly least: number; readonly members: readonly Rule[] };

export type Policy = {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** `null` for `quorum none`. */
  readonly quorum: Rule | null;
};

type Draft = {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly rules: Map<string, Rule>;
  /** Each name counts in one place only. */
  readonly used: Set<string>;
  quorum: Rule | null | undefined;
};

const none = 'none';
const limit = 100;
const sizeLimit = 100_000;

const toKeyText = ({ key }: NoteVerifier): string => String(key.export({ format: 'jwk' }).x);

function isSubmittable(url: string): boolean {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  return protocol === 'https:' || protocol === 'http:';
}

/** A sentence about the line, or nothing. */
type Problem = string | undefined;

function findUrlProblem(url: string | undefined): Problem {
  return url !== undefined && !isSubmittable(url) ? 'the address is no URL' : undefined;
}

function addLog(draft: Draft, [text = '', url, ...more]: readonly string[]): Problem {
  const key = parseVerifier(text, 'log');
  if (!key.ok || more.length > 0) {
    return key.ok ? 'a log is written: log KEY [URL]' : key.detail;
  }
  if (draft.logs.some((each) => toKeyText(each.key) === toKeyText(key.value))) {
    return 'this log is named twice';
  }
  draft.logs.push({ key: key.value, url });
  return findUrlProblem(url);
}

function findNameProblem(draft: Draft, name: string): Problem {
  return name === none || draft.rules.has(name) ? `the name ${name} is taken` : undefined;
}

function addWitness(draft: Draft, [name = '', text = '', url, ...more]: readonly string[]): Problem {
  const key = parseVerifier(text, 'witness');
  if (!key.ok || more.length > 0) {
    return key.ok ? 'a witness is written: witness NAME KEY [URL]' : key.detail;
  }
  if (draft.witnesses.some((each) => toKeyText(each.key) === toKeyText(key.value))) {
    return 'this witness is named twice';
  }
  const problem = findNameProblem(draft, name) ?? findUrlProblem(url);
  draft.witnesses.push({ name, key: key.value, url });
  draft.rules.set(name, { kind: 'witness', name });
  return problem;
}

function findLeast(word: string, count: number): number | undefined {
  if (word === 'any' || word === 'all') {
    return word === 'any' ? 1 : count;
  }
  const least = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : 0;
  return least >= 1 && least <= count ? least : undefined;
}

function takeMember(draft: Draft, name: string): Rule | string {
  const rule = draft.rules.get(name);
  if (rule === undefined) {
    return `${name} is named before it is defined`;
  }
  if (draft.used.has(name)) {
    return `${name} is a member twice`;
  }
  draft.used.add(name);
  return rule;
}

function addGroup(draft: Draft, [name = '', word = '', ...names]: readonly string[]): Problem {
  const least = findLeast(word, names.length);
  if (names.length === 0 || least === undefined) {
    return 'a group is written: group NAME all|any|K MEMBER…, with K from 1 to the number of members';
  }
  const members: Rule[] = [];
  for (const each of names) {
    const member = takeMember(draft, each);
    if (typeof member === 'string') {
      return member;
    }
    members.push(member);
  }
  const problem = findNameProblem(draft, name);
  draft.rules.set(name, { kind: 'group', name, least, members });
  return problem;
}

function setQuorum(draft: Draft, [name = '', ...more]: readonly string[]): Problem {
  const rule = name === none ? null : draft.rules.get(name);
  if (more.length > 0 || rule === undefined) {
    return more.length > 0 || name === '' ? 'the quorum is written: quorum NAME' : `${name} is named before it is defined`;
  }
  if (draft.quorum !== undefined) {
    return 'there is a second quorum';
  }
  draft.quorum = rule;
  return undefined;
}

const adders: Readonly<Record<string, (draft: Draft, words: readonly string[]) => Problem>> = {
  log: addLog,
  witness: addWitness,
  group: addGroup,
  quorum: setQuorum,
};

function addLine(draft: Draft, line: string): Problem {
  const [word = '', ...rest] = line.split(/[ \t]+/).filter((each) => each !== '');
  if (word === '' || word.startsWith('#')) {
    return undefined;
  }
  const add = Object.hasOwn(adders, word) ? adders[word] : undefined;
  return add === undefined ? 'a line begins with log, witness, group, quorum or #' : add(draft, rest);
}

/** The first problem, with its line. */
function readLines(draft: Draft, text: string): Problem {
  if (text.length > sizeLimit || /[^\t\n\P{Cc}]/u.test(text) || !text.endsWith('\n')) {
    return 'a policy is lines of text, each ended by a newline, without other control characters';
  }
  for (const [index, line] of text.split('\n').entries()) {
    const problem = addLine(draft, line);
    if (problem !== undefined) {
      return `line ${index + 1}: ${problem}`;
    }
  }
  return Math.max(draft.logs.length, draft.rules.size) > limit ? `there are more than ${limit} names` : undefined;
}

/** C2SP tlog-policy, "Policy file syntax and structure". The refusal names the line. */
export function parsePolicy(text: string): Outcome<Policy, 'request/invalid'> {
  const draft: Draft = { logs: [], witnesses: [], rules: new Map(), used: new Set(), quorum: undefined };
  const problem = readLines(draft, text);
  const { logs, witnesses, quorum } = draft;
  if (problem !== undefined || quorum === undefined) {
    return refuse('request/invalid', problem ?? 'there is no quorum line');
  }
  return succeed({ logs, witnesses, quorum });
}

/** Whether those that cosigned, by their names in the policy, are enough. */
export function isQuorum(rule: Rule | null, cosigned: ReadonlySet<string>): boolean {
  if (rule === null) {
    return true;
  }
  return rule.kind === 'witness' ? cosigned.has(rule.name) : rule.members.filter((each) => isQuorum(each, cosigned)).length >= rule.least;
}

/** How few cosignatures can be enough. */
export function toFewest(rule: Rule | null): number {
  if (rule === null || rule.kind === 'witness') {
    return rule === null ? 0 : 1;
  }
  const counts = rule.members.map(toFewest).toSorted((a, b) => a - b);
  return counts.slice(0, rule.least).reduce((sum, each) => sum + each, 0);
}
