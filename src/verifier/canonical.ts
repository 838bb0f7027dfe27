// Reads JSON only in its one canonical spelling (RFC 8785), in a single pass over the text, and gives the members of an object as they are spelled.
// In canonical text two values are the same exactly if their spellings are; so members of two texts can be compared without parsing either.

const quote = 34;
const comma = 44;
const minus = 45;
const zero = 48;
const nine = 57;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Deeper nesting is taken for an attack. */
const deepest = 64;

/** What no position can be: the text is not canonical. */
const broken = -1;

export type Members = ReadonlyMap<string, string>;

type Level = {
  readonly depth: number;
  /** Where to put the members; only at the outermost level. */
  readonly members: Map<string, string> | undefined;
  /** The name read last. */
  last: string | undefined;
};

/** RFC 8785 §3.2.2.2: short escapes where there is one, otherwise lower-case \u00XX, and only for control characters, quote and backslash. */
const escape = /\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[\da-f]))/y;

function skipEscape(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (code === quote || code === backslash) {
    return at + 2;
  }
  escape.lastIndex = at;
  return escape.test(text) ? escape.lastIndex : broken;
}

function skipString(text: string, at: number): number {
  let next = at + 1;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code === quote) {
      return next + 1;
    }
    if (code === backslash) {
      next = skipEscape(text, next);
      if (next === broken) {
        return broken;
      }
    } else if (code >= 32) {
      next += 1;
    } else {
      // A raw control character, or NaN: the end of the text.
      return broken;
    }
  }
}

const numberPattern = /-?\d+(?:\.\d+)?(?:e[+-]\d+)?/y;

function skipNumber(text: string, at: number): number {
  numberPattern.lastIndex = at;
  const end = numberPattern.test(text) ? numberPattern.lastIndex : at;
  const spelled = text.slice(at, end);
  return String(Number(spelled)) === spelled ? end : broken;
}

function skipLiteral(text: string, at: number): number {
  const literal = ['null', 'true', 'false'].find((each) => text.startsWith(each, at));
  return literal === undefined ? broken : at + literal.length;
}

function skipArray(text: string, at: number, level: Level): number {
  if (text.charCodeAt(at + 1) === closeBracket) {
    return at + 2;
  }
  let next = at;
  do {
    next = skipValue(text, next + 1, level);
  } while (next !== broken && text.charCodeAt(next) === comma);
  return next !== broken && text.charCodeAt(next) === closeBracket ? next + 1 : broken;
}

/** The name that a spelled string stands for. */
function toName(spelled: string): string {
  if (!spelled.includes('\\')) {
    return spelled.slice(1, -1);
  }
  const name: unknown = JSON.parse(spelled);
  return typeof name === 'string' ? name : '';
}

function skipObject(text: string, at: number, level: Level): number {
  if (text.charCodeAt(at + 1) === closeBrace) {
    return at + 2;
  }
  let next = at;
  do {
    next = skipMember(text, next + 1, level);
  } while (next !== broken && text.charCodeAt(next) === comma);
  return next !== broken && text.charCodeAt(next) === closeBrace ? next + 1 : broken;
}

function skipMember(text: string, at: number, level: Level): number {
  const end = text.charCodeAt(at) === quote ? skipString(text, at) : broken;
  if (end === broken || text.charCodeAt(end) !== colon) {
    return broken;
  }
  const name = toName(text.slice(at, end));
  // RFC 8785 §3.2.3: by UTF-16 code units, as JavaScript compares; equal names are refused with the unsorted.
  if (level.last !== undefined && name <= level.last) {
    return broken;
  }
  level.last = name;
  const next = skipValue(text, end + 1, level);
  if (next !== broken) {
    level.members?.set(name, text.slice(end + 1, next));
  }
  return next;
}

function skipContainer(text: string, at: number, level: Level): number {
  if (level.depth >= deepest) {
    return broken;
  }
  const within: Level = { depth: level.depth + 1, members: undefined, last: undefined };
  return text.charCodeAt(at) === openBrace ? skipObject(text, at, within) : skipArray(text, at, within);
}

function skipValue(text: string, at: number, level: Level): number {
  const code = text.charCodeAt(at);
  if (code === quote) {
    return skipString(text, at);
  }
  if (code === openBrace || code === openBracket) {
    return skipContainer(text, at, level);
  }
  return code === minus || (code >= zero && code <= nine) ? skipNumber(text, at) : skipLiteral(text, at);
}

/** The spellings of the members of the object that is the whole text, or `undefined` when the text is not canonical or no object. */
export function findMembers(text: string): Members | undefined {
  const members = new Map<string, string>();
  const isObject = text.charCodeAt(0) === openBrace;
  return isObject && text.isWellFormed() && skipObject(text, 0, { depth: 0, members, last: undefined }) === text.length
    ? members
    : undefined;
}
