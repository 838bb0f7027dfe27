// All keys that a log ever had, from one that is trusted: each change of the key is signed by both of its keys, and says up to which size the earlier one
// answers. Whoever stole an earlier key later signs nothing beyond that.

import { decodeBase64 } from './base64.ts';
import { findString, findStrings, parseObject } from './json.ts';
import { findNote, findNoteKey, isSignedBy } from './note.ts';
import type { NoteKey } from './note.ts';

/** A key, and the sizes of the heads that it answers for: more than `after`, at most `upTo`. */
export type KeySpan = { readonly key: NoteKey; readonly after: number; readonly upTo: number };

type Turn = { readonly size: number; readonly root: Buffer };

export type LogKeys = {
  readonly name: string;
  readonly spans: readonly KeySpan[];
  /** The heads at which the key was changed. */
  readonly turns: readonly Turn[];
};

type Change = Turn & { readonly from: NoteKey; readonly to: NoteKey };

const changePattern =
  /^huwiya-key-change\/1\n(?<origin>.+)\n(?<from>.+)\n(?<to>.+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>.+)\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\n(?:planned|compromised)\n$/u;

type Lines = { readonly [name: string]: string };

function findTurn({ size = '', root: encoded = '' }: Lines): Turn | undefined {
  const root = decodeBase64(encoded);
  return root?.length === 32 && Number.isSafeInteger(Number(size)) ? { size: Number(size), root } : undefined;
}

function findPair({ origin, from: earlier = '', to: later = '' }: Lines): Pick<Change, 'from' | 'to'> | undefined {
  const [from, to] = [findNoteKey(earlier), findNoteKey(later)];
  const isPair = from !== undefined && to !== undefined && from.text !== to.text;
  return isPair && from.name === origin && to.name === origin ? { from, to } : undefined;
}

function findSaid(body: string): Change | undefined {
  const lines: Lines = changePattern.exec(body)?.groups ?? {};
  const [pair, turn] = [findPair(lines), findTurn(lines)];
  return pair && turn && { ...pair, ...turn };
}

function findChange(text: string): Change | undefined {
  const note = findNote(text);
  const said = note && findSaid(note.body);
  return note && said && isSignedBy(note, said.from) && isSignedBy(note, said.to) ? said : undefined;
}

function isLinked(change: Change, before: Change | undefined): boolean {
  return before === undefined || (before.to.text === change.from.text && before.size <= change.size);
}

/** The changes in a history as `/ledger/keys` gives it; `undefined` when it is damaged or does not follow from itself. */
function findChanges(history: string): readonly Change[] | undefined {
  const file = parseObject(history);
  const texts = file === undefined || findString(file, 'format') !== 'huwiya-log-keys/1' ? undefined : findStrings(file, 'changes');
  const found = texts?.map(findChange) ?? [undefined];
  const changes = found.filter((change) => change !== undefined);
  return changes.length === found.length && changes.every((change, at) => isLinked(change, changes[at - 1])) ? changes : undefined;
}

function toSpans(changes: readonly [Change, ...Change[]]): readonly KeySpan[] {
  return [changes[0].from, ...changes.map(({ to }) => to)].map((key, at) => ({
    key,
    after: changes[at - 1]?.size ?? -1,
    upTo: changes[at]?.size ?? Infinity,
  }));
}

/** Without a change, every key that is trusted answers for every head. */
function toUnbound(trusted: readonly NoteKey[]): readonly KeySpan[] {
  return trusted.map((key) => ({ key, after: -1, upTo: Infinity }));
}

function toLogKeys(spans: readonly KeySpan[], turns: readonly Turn[], trusted: readonly string[]): LogKeys | undefined {
  const name = spans[0]?.key.name ?? '';
  const isReached = spans.some(({ key }) => trusted.includes(key.text));
  return isReached && spans.every(({ key }) => key.name === name) ? { name, spans, turns } : undefined;
}

/**
 * `trusted` are keys of one log, each `name+keyid+base64`. With a history, one of them has to be among its keys, and each key answers for its own heads.
 * `undefined` when a key or the history is damaged, or the history is of other keys.
 */
export function findLogKeys(trusted: readonly string[], history?: string): LogKeys | undefined {
  const found = trusted.map((text) => findNoteKey(text));
  const keys = found.filter((each) => each !== undefined);
  const changes = history === undefined ? [] : findChanges(history);
  if (keys.length === 0 || keys.length !== found.length || changes === undefined) {
    return undefined;
  }
  const [first, ...more] = changes;
  const spans = first === undefined ? toUnbound(keys) : toSpans([first, ...more]);
  return toLogKeys(spans, changes, trusted);
}
