#!/usr/bin/env node
// huwiya-verify.mjs: the offline verifier of Huwiya as one file. It needs Node 24 and nothing else, and opens no connection.
// "node huwiya-verify.mjs --help" says how it is used. Made from src/verifier/ by "npm run docs"; never edited.

import * as $crypto from 'node:crypto';
import * as $fs from 'node:fs';
import * as $fsPromises from 'node:fs/promises';
import * as $os from 'node:os';
import * as $path from 'node:path';
import * as $util from 'node:util';
import * as $workerThreads from 'node:worker_threads';
import * as $zlib from 'node:zlib';

const $exitCodes = (() => {
// One exit code for each kind of fault, so that a script can tell them apart. Codes are public and never given another meaning.


/**
 * | Code | Meaning |
 * | --- | --- |
 * | 0 | everything that could be checked holds |
 * | 1 | the file could not be read |
 * | 2 | wrong usage |
 * | 10 … 19 | a receipt, or an entry by itself |
 * | 20 … 29 | the order of the log, and what is missing of it |
 * | 30 … 39 | checkpoints, keys and witnesses |
 * | 40 … 49 | evidence packs |
 * | 50 … 59 | lists |
 * | 60 … 69 | public figures |
 */
const exitCodes = {
  form: 10,
  'receipt-signature': 11,
  issuer: 12,
  'receipt-named': 13,
  'entry-canonical': 14,
  'body-not-canonical': 14,
  commitment: 15,
  'commitment-mismatch': 15,
  'column-mismatch': 16,
  inclusion: 17,
  confirmation: 18,
  'record-digest': 19,
  'index-gap': 20,
  'index-duplicate': 21,
  order: 22,
  'beyond-checkpoint': 23,
  'tail-missing': 24,
  'erasure-unaccounted': 25,
  'root-mismatch': 30,
  'checkpoint-signature': 31,
  'kept-checkpoint': 32,
  'log-key': 33,
  'key-history': 34,
  witnesses: 35,
  'pack-form': 40,
  'pack-signature': 41,
  'pack-files': 42,
  openings: 43,
  stretch: 44,
  versions: 45,
  counts: 46,
  records: 47,
  notices: 48,
  witnessed: 49,
  'list-form': 50,
  'list-signature': 51,
  'list-files': 52,
  'list-rows': 53,
  'figures-form': 60,
  'figures-signature': 61,
  'figures-hidden': 62,
  'figures-earlier': 63,
};

const exitUnreadable = 1;
const exitUsage = 2;
return { exitCodes, exitUnreadable, exitUsage };
})();

const $json = (() => {
// JSON as it arrives from anywhere, read with care. Where one spelling only is allowed, canonical.ts reads it.


function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a text spells, or `undefined`. */
function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function findString(object, name) {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from zero up. */
function findCount(object, name) {
  const value = object[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function findStrings(object, name) {
  const value = object[name];
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

function isStringOrNull(value) {
  return value === null || typeof value === 'string';
}
return { isObject, parseObject, findString, findCount, findStrings, isStringOrNull };
})();

const $erasures = (() => {
// Entries that nobody can open any more, held against what the log says of them. An entry `person.secrets_destroyed` gives a number and the product of
// their hashes modulo a prime (MuHash); products of all such entries must be the product of all that were found.
const { createHash } = $crypto;
const { findCount, findString, isObject, parseObject } = $json;


const modulus = 2n ** 3072n - 1103717n;
const widthBytes = 384;

const toNumber = (bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

function createErasures() {
  return { found: 0, said: 0, foundProduct: 1n, saidProduct: 1n };
}

function addFound(erasures, id) {
  const hash = createHash('shake256', { outputLength: widthBytes }).update(id).digest();
  erasures.found += 1;
  erasures.foundProduct = (erasures.foundProduct * toNumber(hash)) % modulus;
}

/** The body of an entry that is proven to say so. What has not this form accounts for nothing. */
function addSaid(erasures, body) {
  const payload = parseObject(body)?.['payload'];
  const count = isObject(payload) ? findCount(payload, 'count') : undefined;
  const product = isObject(payload) ? findString(payload, 'product') : undefined;
  const bytes = Buffer.from(product ?? '', 'base64url');
  if (count !== undefined && bytes.length === widthBytes) {
    erasures.said += count;
    erasures.saidProduct = (erasures.saidProduct * toNumber(bytes)) % modulus;
  }
}

function isAccounted({ found, said, foundProduct, saidProduct }) {
  return found === said && foundProduct === saidProduct;
}

/** What was counted elsewhere, in whatever order: products do not tell it. */
function addErasures(erasures, others) {
  erasures.found += others.found;
  erasures.said += others.said;
  erasures.foundProduct = (erasures.foundProduct * others.foundProduct) % modulus;
  erasures.saidProduct = (erasures.saidProduct * others.saidProduct) % modulus;
}
return { createErasures, addFound, addSaid, isAccounted, addErasures };
})();

const $canonical = (() => {
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

/** RFC 8785 §3.2.2.2: short escapes where there is one, otherwise lower-case \u00XX, and only for control characters, quote and backslash. */
const escape = /\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[\da-f]))/y;

function skipEscape(text, at) {
  const code = text.charCodeAt(at + 1);
  if (code === quote || code === backslash) {
    return at + 2;
  }
  escape.lastIndex = at;
  return escape.test(text) ? escape.lastIndex : broken;
}

function skipString(text, at) {
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

function skipNumber(text, at) {
  numberPattern.lastIndex = at;
  const end = numberPattern.test(text) ? numberPattern.lastIndex : at;
  const spelled = text.slice(at, end);
  return String(Number(spelled)) === spelled ? end : broken;
}

function skipLiteral(text, at) {
  const literal = ['null', 'true', 'false'].find((each) => text.startsWith(each, at));
  return literal === undefined ? broken : at + literal.length;
}

function skipArray(text, at, level) {
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
function toName(spelled) {
  if (!spelled.includes('\\')) {
    return spelled.slice(1, -1);
  }
  const name = JSON.parse(spelled);
  return typeof name === 'string' ? name : '';
}

function skipObject(text, at, level) {
  if (text.charCodeAt(at + 1) === closeBrace) {
    return at + 2;
  }
  let next = at;
  do {
    next = skipMember(text, next + 1, level);
  } while (next !== broken && text.charCodeAt(next) === comma);
  return next !== broken && text.charCodeAt(next) === closeBrace ? next + 1 : broken;
}

function skipMember(text, at, level) {
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

function skipContainer(text, at, level) {
  if (level.depth >= deepest) {
    return broken;
  }
  const within = { depth: level.depth + 1, members: undefined, last: undefined };
  return text.charCodeAt(at) === openBrace ? skipObject(text, at, within) : skipArray(text, at, within);
}

function skipValue(text, at, level) {
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
function findMembers(text) {
  const members = new Map();
  const isObject = text.charCodeAt(0) === openBrace;
  return isObject && text.isWellFormed() && skipObject(text, 0, { depth: 0, members, last: undefined }) === text.length
    ? members
    : undefined;
}
return { findMembers };
})();

const $base64 = (() => {
// Base 64 in its one spelling: a text that decodes to the same bytes as another text is another text.


function decode(text, encoding) {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

const decodeBase64 = (text) => decode(text, 'base64');
const decodeBase64url = (text) => decode(text, 'base64url');
return { decodeBase64, decodeBase64url };
})();

const $opening = (() => {
// Whether body, salt and person reference are those that were committed to.
const { hash } = $crypto;
const { decodeBase64url } = $base64;


const saltSize = 32;
let scratch = Buffer.alloc(4096);

/** base64url(SHA-256(salt ‖ JCS({ body, person }))) = commitment, for a canonical body. */
function isOpening({ body, salt, person, commitment }) {
  const bytes = decodeBase64url(salt);
  if (bytes?.length !== saltSize) {
    return false;
  }
  const text = `{"body":${body},"person":${JSON.stringify(person)}}`;
  if (scratch.length < saltSize + text.length * 3) {
    scratch = Buffer.alloc(saltSize + text.length * 3);
  }
  bytes.copy(scratch);
  const end = saltSize + scratch.write(text, saltSize);
  return hash('sha256', scratch.subarray(0, end), 'base64url') === commitment;
}
return { isOpening };
})();

const $exportEntry = (() => {
// What can be wrong with one entry of an export by itself.
const { findMembers } = $canonical;
const { addFound, addSaid } = $erasures;
const { isOpening } = $opening;


/** Members of the line that repeat the body. Both are canonical, so equal values are spelled alike. */
const repeated = ['id', 'type', 'at', 'service', 'purpose', 'attributes'];

/** Salt and person are erased together; the tree still proves the leaf, but nothing proves the body any more. */
function isErased(entry) {
  return entry.salt === null && entry.person === null;
}

function isOpened({ body, salt, person, commitment }) {
  return salt !== null && isOpening({ body, salt, person, commitment });
}

function findEntryFault(entry) {
  const body = findMembers(entry.body);
  if (body === undefined) {
    return 'body-not-canonical';
  }
  if (!repeated.every((name) => body.get(name) === entry.members.get(name))) {
    return 'column-mismatch';
  }
  return isErased(entry) || isOpened(entry) ? undefined : 'commitment-mismatch';
}

/** Only what is proven accounts for anything. */
function countErasure(erasures, entry, isWhole) {
  if (isErased(entry)) {
    addFound(erasures, entry.id);
  } else if (isWhole && entry.members.get('type') === '"person.secrets_destroyed"') {
    addSaid(erasures, entry.body);
  }
}
return { isErased, findEntryFault, countErasure };
})();

const $plainLine = (() => {
// A short cut for the lines that a log export consists of: cuts a line at the places where its canonical spelling must have its names.
// Only ever says yes to a line that canonical.ts would accept too, up to the members that repeat the body, which are compared with it;
// to any other line it says nothing, and canonical.ts decides.


const memberNames = [
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
];

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
];

/** A body in which nothing but quotes and backslashes is escaped has one spelling. */
function isPlainBody(spelled) {
  return spelled.startsWith('"') && spelled.endsWith('"') && !/\\[^"\\]/.test(spelled);
}

/** The spellings of the members, or `undefined` when the line is not as plain as that. */
function findPlainMembers(text) {
  if (!text.startsWith(firstHead) || !text.endsWith('}')) {
    return undefined;
  }
  const members = new Map();
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

function isPlain(members) {
  return isPlainBody(members.get('body') ?? '') && plainValues.every(([name, pattern]) => pattern.test(members.get(name) ?? ''));
}
return { memberNames, findPlainMembers };
})();

const $exportForm = (() => {
// The form of a whole-log export: a header line and a line for each entry, all canonical JSON, so that no byte of the file is free to change.
const { findMembers } = $canonical;
const { findString, findStrings, parseObject } = $json;
const { findPlainMembers, memberNames } = $plainLine;


function findHeader(line) {
  const isCanonical = line.isWhole && findMembers(line.text) !== undefined;
  const object = isCanonical ? parseObject(line.text) : undefined;
  const isHeader = object?.['format'] === 'huwiya-log/1' && Object.keys(object).every((name) => headerNames.includes(name));
  return isHeader ? findHeaderMembers(object) : undefined;
}

const headerNames = ['checkpoint', 'format', 'kept', 'log'];

function findHeaderMembers(object) {
  const log = findString(object, 'log');
  const checkpoint = findString(object, 'checkpoint');
  const kept = 'kept' in object ? findStrings(object, 'kept') : [];
  return log === undefined || checkpoint === undefined || kept === undefined ? undefined : { log, checkpoint, kept };
}

function parseString(spelled) {
  try {
    const value = JSON.parse(spelled);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The string or null that a member spells; `undefined` for anything else. */
function findText(members, name) {
  const spelled = members.get(name);
  if (spelled === undefined || spelled === 'null') {
    return spelled === undefined ? undefined : null;
  }
  // The short cut of plain-line.ts does not look for quotes within a body.
  return /^"[^"\\]*"$/.test(spelled) ? spelled.slice(1, -1) : parseString(spelled);
}

function findTexts(members) {
  const id = findText(members, 'id');
  const body = findText(members, 'body');
  const commitment = findText(members, 'commitment');
  return typeof id === 'string' && typeof body === 'string' && typeof commitment === 'string' ? { id, body, commitment } : undefined;
}

/** Canonical members are in order of their names, so a line that has these and no more has them in this order. */
function findEntryMembers(line) {
  if (!line.isWhole) {
    return undefined;
  }
  const members = findPlainMembers(line.text) ?? findMembers(line.text);
  return members?.size === memberNames.length && memberNames.every((name) => members.has(name)) ? members : undefined;
}

function findEntry(line) {
  const members = findEntryMembers(line);
  if (members === undefined) {
    return undefined;
  }
  const texts = findTexts(members);
  const index = Number(members.get('index'));
  const salt = findText(members, 'salt');
  const person = findText(members, 'person');
  if (texts === undefined || salt === undefined || person === undefined) {
    return undefined;
  }
  return Number.isSafeInteger(index) && index >= 0 ? { ...texts, index, salt, person, members } : undefined;
}
return { findHeader, findEntry };
})();

const $lines = (() => {
// Lines of a file of any length, one after the other. What does not end in a newline is a line too, and said to be cut.


/** Whole lines, each with its newline; or one that has none. */

/** Longer lines are no entries; they come out cut, so that a hostile file cannot fill the memory. */
const longestLine = 4_000_000;

const newline = 10;

/** The lines that end in each chunk are a block, so that a caller awaits once per chunk and not once per line. */
async function* readBlocks(chunks) {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    yield { bytes: bytes.subarray(0, end), isWhole: true };
    if (rest.length > longestLine) {
      yield { bytes: rest.subarray(0, longestLine), isWhole: false };
      return;
    }
  }
  if (rest.length > 0) {
    yield { bytes: rest, isWhole: false };
  }
}

/** The first line of whole ones, and those behind it. */
function cutFirst({ bytes, isWhole }) {
  const end = isWhole ? bytes.indexOf(newline) : bytes.length;
  return [
    { text: bytes.toString('utf8', 0, end), isWhole },
    { bytes: bytes.subarray(end + 1), isWhole: true },
  ];
}

function* toLines({ bytes, isWhole }) {
  if (!isWhole) {
    yield { text: bytes.toString(), isWhole };
    return;
  }
  let from = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    yield { text: bytes.toString('utf8', from, end), isWhole };
    from = end + 1;
  }
}

/** `first` is what stands behind the header in its block. */
async function* behindHeader(blocks, first) {
  yield first;
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) {
    yield next.value;
  }
}

/** The first block that holds anything. */
async function findFirst(blocks) {
  let next = await blocks.next();
  while (next.done !== true && next.value.bytes.length === 0) {
    next = await blocks.next();
  }
  return next.done === true ? undefined : next.value;
}
return { readBlocks, cutFirst, toLines, behindHeader, findFirst };
})();

const $tree = (() => {
// Merkle trees after RFC 6962 §2.1, written from the recursive definition and not after the server's code.
const { hash } = $crypto;


const hashSize = 32;

/** A hash as a string of 32 characters below U+0100: node makes these three times faster than buffers, and a whole log passes through here. */

const toTreeHash = (bytes) => bytes.toString('latin1');

/** 0x01, then two hashes. */
const node = Buffer.alloc(1 + 2 * hashSize, 1);

function joinHashes(left, right) {
  node.write(left, 1, 'latin1');
  node.write(right, 1 + hashSize, 'latin1');
  return hash('sha256', node, 'binary');
}

const commitmentSize = 43;
const idSize = 36;

/** The leaf of an entry of the usual sizes, with the two texts left open. */
const leaf = Buffer.from(`\u0000{"commitment":"${' '.repeat(commitmentSize)}","id":"${' '.repeat(idSize)}","v":1}`);
const commitmentAt = leaf.indexOf(' ');
const idAt = leaf.indexOf(' ', commitmentAt + commitmentSize);

/** The leaf of an entry: SHA-256(0x00 ‖ JCS({ commitment, id, v: 1 })). */
function hashEntry(id, commitment) {
  if (/^[\w-]{43}$/.test(commitment) && /^[\da-f-]{36}$/.test(id)) {
    leaf.write(commitment, commitmentAt, 'latin1');
    leaf.write(id, idAt, 'latin1');
    return hash('sha256', leaf, 'binary');
  }
  return hash('sha256', `\u0000{"commitment":${JSON.stringify(commitment)},"id":${JSON.stringify(id)},"v":1}`, 'binary');
}

/** The greatest power of two smaller than `size`, which is at least 2. */
function toLeftSize(size) {
  let left = 1;
  while (left * 2 < size) {
    left *= 2;
  }
  return left;
}

/** The root that a path leads to, or `undefined` when a path for this index and size has another length. */
function findRootOfPath(start, { index, size, hashes }) {
  const last = hashes.at(-1);
  if (last === undefined) {
    return size === 1 && index === 0 ? start : undefined;
  }
  if (size < 2) {
    return undefined;
  }
  const left = toLeftSize(size);
  const isLeft = index < left;
  const within = isLeft ? { index, size: left } : { index: index - left, size: size - left };
  const below = findRootOfPath(start, { ...within, hashes: hashes.slice(0, -1) });
  if (below === undefined) {
    return undefined;
  }
  return isLeft ? joinHashes(below, last) : joinHashes(last, below);
}

/** A tree that is told its leaves in order; `root` is the root of those told so far. */
function createTree() {
  const peaks = [];
  return {
    add: (added) => {
      let peak = { leaves: 1, hash: added };
      for (let before = peaks.at(-1); before?.leaves === peak.leaves; before = peaks.at(-1)) {
        peaks.pop();
        peak = { leaves: peak.leaves * 2, hash: joinHashes(before.hash, peak.hash) };
      }
      peaks.push(peak);
    },
    root: () => {
      const [last, ...rest] = peaks.map((peak) => peak.hash).toReversed();
      return last === undefined ? hash('sha256', '', 'binary') : rest.reduce((right, left) => joinHashes(left, right), last);
    },
  };
}
return { hashSize, toTreeHash, joinHashes, hashEntry, toLeftSize, findRootOfPath, createTree };
})();

const $exportRun = (() => {
// Entries that follow one another without a fault, judged without knowing what came before them: so that several threads can judge a log at once.
const { createErasures } = $erasures;
const { countErasure, findEntryFault } = $exportEntry;
const { findEntry } = $exportForm;
const { toLines } = $lines;
const { hashEntry, hashSize } = $tree;


/** May say nothing of a block, of which then whoever asked judges each line. */

function* toLeaves({ leaves }) {
  for (let from = 0; from < leaves.length; from += hashSize) {
    yield leaves.slice(from, from + hashSize);
  }
}

/** Undefined where anything is wrong with any line, and where there is none. */
function findRun(block) {
  const entries = [];
  for (const line of toLines(block)) {
    const entry = findEntry(line);
    if (entry === undefined || findEntryFault(entry) !== undefined) {
      return undefined;
    }
    entries.push(entry);
  }
  const [first] = entries;
  if (first === undefined || entries.some(({ index }, place) => index !== first.index + place)) {
    return undefined;
  }
  const leaves = entries.map(({ id, commitment }) => hashEntry(id, commitment)).join('');
  const erasures = createErasures();
  entries.forEach((entry) => {
    countErasure(erasures, entry, true);
  });
  return { from: first.index, erasures, leaves };
}
return { toLeaves, findRun };
})();

const $judgingThreads = (() => {
// Threads that judge blocks of a long log beside the one that grows its tree. They run this very file and can do nothing else; what one of them cannot say, or does
// not live to say, is judged where it was asked.
const { availableParallelism } = $os;
const { parentPort, Worker, workerData } = $workerThreads;
const { findRun } = $exportRun;


const mark = 'huwiya-verify: judge blocks';
const mostThreads = 8;

const isThread = () => parentPort !== null && workerData === mark;

function answerAsThread() {
  parentPort?.on('message', (bytes) => {
    const run = findRun({ bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), isWhole: true });
    parentPort?.postMessage({ run } );
  });
}

/** Answers come in the order of what was asked. */
function startThread(file) {
  const worker = new Worker(file, { workerData: mark });
  const waiting = [];
  const end = () => waiting.splice(0).forEach((tell) => tell(undefined));
  worker.on('message', ({ run }) => waiting.shift()?.(run));
  worker.on('error', end);
  worker.on('exit', end);
  return { worker, waiting };
}

/** `file`: the one that calls `answerAsThread` where `isThread`. */
function startThreads(file) {
  const threads = Array.from({ length: Math.min(mostThreads, availableParallelism()) }, () => startThread(file));
  let turn = 0;
  return {
    findRun: async ({ bytes, isWhole }) => {
      const thread = threads[turn % threads.length];
      turn += 1;
      if (thread === undefined || !isWhole || thread.worker.threadId < 0) {
        return undefined;
      }
      return new Promise((resolve) => {
        thread.waiting.push(resolve);
        thread.worker.postMessage(bytes);
      });
    },
    stop: () => Promise.all(threads.map(({ worker }) => worker.terminate())),
  };
}
return { isThread, answerAsThread, startThreads };
})();

const $packFiles = (() => {
// The files of an evidence pack: from its ZIP file, in which no byte is free to change, or from the folder that it was unpacked to.
const { readdir, readFile, stat } = $fsPromises;
const { join, relative, sep } = $path;
const { crc32 } = $zlib;


const localSize = 30;
const centralSize = 46;
const endSize = 22;
const localMark = 0x04034b50;
/** How a ZIP file begins. */
const packMark = Buffer.from('PK\u0003\u0004');

/** The fields from "version needed" to the length of the name: no compression, no date, UTF-8 names (APPNOTE.TXT 4.3.7). */
function toFields({ name, bytes }) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt16LE(0x0021, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function toCentral(found) {
  const header = Buffer.alloc(centralSize);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  toFields(found).copy(header, 6);
  header.writeUInt32LE(found.offset, 42);
  return Buffer.concat([header, Buffer.from(found.name)]);
}

function toTail(found, offset) {
  const directory = Buffer.concat(found.map(toCentral));
  const end = Buffer.alloc(endSize);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(found.length, 8);
  end.writeUInt16LE(found.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}

function findFile(zip, offset) {
  if (zip.length < offset + localSize) {
    return undefined;
  }
  const start = offset + localSize + zip.readUInt16LE(offset + 26);
  const bytes = zip.subarray(start, start + zip.readUInt32LE(offset + 18));
  const found = { name: zip.toString('utf8', offset + localSize, start), bytes, offset };
  return zip.subarray(offset + 4, offset + localSize).equals(toFields(found)) ? found : undefined;
}

/** `undefined` for a ZIP file that a pack cannot be: compressed, with bytes between its files, or with a name that stands twice. */
function findZipFiles(zip) {
  const found = [];
  let offset = 0;
  while (zip.length >= offset + 4 && zip.readUInt32LE(offset) === localMark) {
    const file = findFile(zip, offset);
    if (file === undefined) {
      return undefined;
    }
    found.push(file);
    offset += localSize + Buffer.byteLength(file.name) + file.bytes.length;
  }
  const files = new Map(found.map(({ name, bytes }) => [name, bytes]));
  return files.size === found.length && zip.subarray(offset).equals(toTail(found, offset)) ? files : undefined;
}

async function readFolder(folder) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => !entry.isDirectory());
  const read = files.map(async ({ name, parentPath }) => {
    const path = join(parentPath, name);
    return [relative(folder, path).replaceAll(sep, '/'), await readFile(path)];
  });
  return new Map(await Promise.all(read));
}

/** `undefined` when there is no pack; throws when it cannot be read. */
async function readPackFiles(path) {
  const isFolder = (await stat(path)).isDirectory();
  return isFolder ? readFolder(path) : findZipFiles(await readFile(path));
}
return { packMark, findZipFiles, readPackFiles };
})();

const $note = (() => {
// Signed notes (C2SP signed-note, Ed25519) and the keys they are checked with. A note has one spelling; what is nearly one is none.
const { createPublicKey, hash, verify } = $crypto;
const { decodeBase64 } = $base64;


/** `text` is how the key was spelled: two keys are the same when their texts are. */

/** Signature types of the signed-note registry. */
const keyTypes = { log: 0x01, witness: 0x04 };

function toKeyId(name, bytes) {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), bytes]), 'buffer').subarray(0, 4);
}

/** The bytes ‘type ‖ key’ of a key of this type. */
function findKeyBytes(encoded, type) {
  const bytes = decodeBase64(encoded);
  return bytes?.length === 33 && bytes[0] === type ? bytes : undefined;
}

/** Reads `name+keyid+base64(type ‖ key)`. */
function findNoteKey(text, type = keyTypes.log) {
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = findKeyBytes(rest.join('+'), type);
  if (bytes === undefined || !/^\S+$/u.test(name) || toKeyId(name, bytes).toString('hex') !== id) {
    return undefined;
  }
  const x = bytes.toString('base64url', 1);
  return { name, id: toKeyId(name, bytes), key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), text };
}

function findLine(line) {
  const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(encoded);
  return name === undefined || bytes === undefined || bytes.length < 5
    ? undefined
    : { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** The text that was signed, and who claims to have signed it; `undefined` when the whole does not have the form of a note. */
function findNote(text) {
  const end = text.lastIndexOf('\n\n');
  if (end <= 0 || !text.endsWith('\n') || /[^\n\P{Cc}]|\p{Cs}/u.test(text)) {
    return undefined;
  }
  const found = text
    .slice(end + 2, -1)
    .split('\n')
    .map(findLine);
  const lines = found.filter((line) => line !== undefined);
  return lines.length === found.length ? { body: text.slice(0, end + 1), lines } : undefined;
}

/** The bytes of each signature that stands under this name and key id. */
function findClaims({ lines }, { name, id }) {
  return lines.filter((line) => line.name === name && line.id.equals(id)).map(({ signature }) => signature);
}

/** That the key signed, and that nothing else stands under its name. Lines of others are let be. */
function isSignedBy(note, key) {
  const claims = findClaims(note, key);
  return claims.length > 0 && claims.every((signature) => verify(null, Buffer.from(note.body), key.key, signature));
}
return { keyTypes, findNoteKey, findNote, findClaims, isSignedBy };
})();

const $policy = (() => {
// Whom somebody trusts to have seen the log (C2SP tlog-policy): logs, witnesses, and how many of them are enough. A line that is nearly right makes the whole
// policy none, because it could mean something else than its author thought.
const { findNoteKey, keyTypes } = $note;


/** Enough are those among `members` when they are at least `least`; a witness has a key and no members. */

const limit = 100;
const none = 'none';

const toRaw = ({ key }) => key.export({ format: 'der', type: 'spki' }).toString('hex');

const isKnown = (keys, key) =>
  keys.some((each) => each !== undefined && toRaw(each) === toRaw(key));

function addLog({ logs }, [text = '', , ...more]) {
  const key = findNoteKey(text);
  if (key === undefined || more.length > 0 || isKnown(logs, key)) {
    return false;
  }
  logs.push(key);
  return true;
}

function addRule({ rules }, name, rule) {
  if (name === none || name === '' || rules.has(name)) {
    return false;
  }
  rules.set(name, rule);
  return true;
}

function addWitness(draft, [name = '', text = '', , ...more]) {
  const key = findNoteKey(text, keyTypes.witness);
  const keys = [...draft.rules.values()].map((rule) => rule.key);
  return key !== undefined && more.length === 0 && !isKnown(keys, key) && addRule(draft, name, { least: 1, members: [], key });
}

function toLeast(word, count) {
  if (word === 'any' || word === 'all') {
    return word === 'any' ? 1 : count;
  }
  return /^[1-9]\d{0,3}$/.test(word) ? Number(word) : 0;
}

/** Each name is a member once, so that each witness counts in one place only. */
function takeMember({ rules, used }, name) {
  if (!rules.has(name) || used.has(name)) {
    return false;
  }
  used.add(name);
  return true;
}

function addGroup(draft, [name = '', word = '', ...members]) {
  const least = toLeast(word, members.length);
  const isReachable = least >= 1 && least <= members.length;
  return isReachable && members.every((member) => takeMember(draft, member)) && addRule(draft, name, { least, members, key: undefined });
}

function setQuorum(draft, [name = '', ...more]) {
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

function addLine(draft, line) {
  const [word = '', ...rest] = line.split(/[ \t]+/).filter((each) => each !== '');
  return word === '' || word.startsWith('#') || (adders.get(word)?.(draft, rest) ?? false);
}

/** The policy, or the number of the first line that is none; 0 where it is the whole that is not as it has to be. */
function readPolicy(text) {
  const draft = { logs: [], rules: new Map(), used: new Set(), quorum: undefined };
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
function isQuorum({ rules, quorum }, hasSigned) {
  const holds = (name) => {
    const rule = rules.get(name);
    if (rule?.key !== undefined) {
      return hasSigned(rule.key);
    }
    return rule !== undefined && rule.members.filter(holds).length >= rule.least;
  };
  return quorum === none || holds(quorum);
}
return { readPolicy, isQuorum };
})();

const $checkpoint = (() => {
// Signed checkpoints (C2SP tlog-checkpoint): what a log says of itself, and whether the key signed it that had to.
const { decodeBase64 } = $base64;
const { findNote, isSignedBy } = $note;


const headPattern = /^(.+)\n(0|[1-9]\d{0,15})\n(.+)\n(?:.+\n)*$/u;

function findHead(body) {
  const [, origin = '', size = '', encoded = ''] = headPattern.exec(body) ?? [];
  const root = decodeBase64(encoded);
  return root?.length === 32 && Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root } : undefined;
}

/** The head of the log that a checkpoint states, if a key signed it that answers for its size, and no change of the key says otherwise of it. */
function findSignedHead(text, { name, spans, turns }) {
  const note = findNote(text);
  const head = note === undefined ? undefined : findHead(note.body);
  if (note === undefined || head?.origin !== name) {
    return undefined;
  }
  const isSigned = spans.some(({ key, after, upTo }) => head.size > after && head.size <= upTo && isSignedBy(note, key));
  const isContradicted = turns.some(({ size, root }) => size === head.size && !root.equals(head.root));
  return isSigned && !isContradicted ? head : undefined;
}
return { findSignedHead };
})();

const $logKeys = (() => {
// All keys that a log ever had, from one that is trusted: each change of the key is signed by both of its keys, and says up to which size the earlier one
// answers. Whoever stole an earlier key later signs nothing beyond that.
const { decodeBase64 } = $base64;
const { findString, findStrings, parseObject } = $json;
const { findNote, findNoteKey, isSignedBy } = $note;


/** A key, and the sizes of the heads that it answers for: more than `after`, at most `upTo`. */

const changePattern =
  /^huwiya-key-change\/1\n(?<origin>.+)\n(?<from>.+)\n(?<to>.+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>.+)\n\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\n(?:planned|compromised)\n$/u;

function findTurn({ size = '', root: encoded = '' }) {
  const root = decodeBase64(encoded);
  return root?.length === 32 && Number.isSafeInteger(Number(size)) ? { size: Number(size), root } : undefined;
}

function findPair({ origin, from: earlier = '', to: later = '' }) {
  const [from, to] = [findNoteKey(earlier), findNoteKey(later)];
  const isPair = from !== undefined && to !== undefined && from.text !== to.text;
  return isPair && from.name === origin && to.name === origin ? { from, to } : undefined;
}

function findSaid(body) {
  const lines = changePattern.exec(body)?.groups ?? {};
  const [pair, turn] = [findPair(lines), findTurn(lines)];
  return pair && turn && { ...pair, ...turn };
}

function findChange(text) {
  const note = findNote(text);
  const said = note && findSaid(note.body);
  return note && said && isSignedBy(note, said.from) && isSignedBy(note, said.to) ? said : undefined;
}

function isLinked(change, before) {
  return before === undefined || (before.to.text === change.from.text && before.size <= change.size);
}

/** The changes in a history as `/ledger/keys` gives it; `undefined` when it is damaged or does not follow from itself. */
function findChanges(history) {
  const file = parseObject(history);
  const texts = file === undefined || findString(file, 'format') !== 'huwiya-log-keys/1' ? undefined : findStrings(file, 'changes');
  const found = texts?.map(findChange) ?? [undefined];
  const changes = found.filter((change) => change !== undefined);
  return changes.length === found.length && changes.every((change, at) => isLinked(change, changes[at - 1])) ? changes : undefined;
}

function toSpans(changes) {
  return [changes[0].from, ...changes.map(({ to }) => to)].map((key, at) => ({
    key,
    after: changes[at - 1]?.size ?? -1,
    upTo: changes[at]?.size ?? Infinity,
  }));
}

/** Without a change, every key that is trusted answers for every head. */
function toUnbound(trusted) {
  return trusted.map((key) => ({ key, after: -1, upTo: Infinity }));
}

function toLogKeys(spans, turns, trusted) {
  const name = spans[0]?.key.name ?? '';
  const isReached = spans.some(({ key }) => trusted.includes(key.text));
  return isReached && spans.every(({ key }) => key.name === name) ? { name, spans, turns } : undefined;
}

/**
 * `trusted` are keys of one log, each `name+keyid+base64`. With a history, one of them has to be among its keys, and each key answers for its own heads.
 * `undefined` when a key or the history is damaged, or the history is of other keys.
 */
function findLogKeys(trusted, history) {
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
return { findLogKeys };
})();

const $witnesses = (() => {
// Who else saw a checkpoint, and when (C2SP tlog-cosignature, Ed25519), and whether a policy finds them enough.
const { verify } = $crypto;
const { findClaims, findNote } = $note;
const { isQuorum } = $policy;


const timeSize = 8;
const signatureSize = 64;
/** Clocks of two houses differ a little; a time further ahead than this was made up. */
const aheadSeconds = 300;

/** When the key says that it saw the note, in seconds; `undefined` when it did not sign that. */
function findTime({ body }, { key }, claim) {
  if (claim.length !== timeSize + signatureSize) {
    return undefined;
  }
  const seconds = claim.readBigUInt64BE(0);
  const isSigned = verify(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), key, claim.subarray(timeSize));
  return isSigned && seconds <= BigInt(Math.floor(Date.now() / 1000) + aheadSeconds) ? Number(seconds) : undefined;
}

/** The latest time under the name of the witness; one wrong line under it makes the others worthless. */
function findSeen(note, witness) {
  const claims = findClaims(note, witness);
  const times = claims.map((claim) => findTime(note, witness, claim)).filter((time) => time !== undefined);
  return claims.length > 0 && times.length === claims.length ? Math.max(...times) : undefined;
}

function toDetail(isEnough, seen) {
  const names = seen.length === 0 ? 'no witness of the policy cosigned it' : `cosigned by ${seen.join(', ')}`;
  return isEnough ? names : `${names}; the quorum of the policy asks for more`;
}

/** Whether enough witnesses of the policy cosigned the checkpoint, and whether the policy knows its log. */
function findWitnessed(checkpoint, keys, policy) {
  const note = findNote(checkpoint);
  const texts = new Set(policy.logs.map(({ text }) => text));
  if (note === undefined || (texts.size > 0 && !keys.spans.some(({ key }) => texts.has(key.text)))) {
    return { isEnough: false, detail: note === undefined ? 'there is no checkpoint' : 'the policy names other logs, not this one' };
  }
  const witnesses = [...policy.rules.values()].map((rule) => rule.key).filter((key) => key !== undefined);
  const times = new Map(witnesses.map((witness) => [witness.text, findSeen(note, witness)]));
  const isEnough = isQuorum(policy, ({ text }) => times.get(text) !== undefined);
  const seen = witnesses.flatMap(({ name, text }) => {
    const time = times.get(text);
    return time === undefined ? [] : [`${name} at ${new Date(time * 1000).toISOString()}`];
  });
  return { isEnough, detail: toDetail(isEnough, seen) };
}
return { findWitnessed };
})();

const $checkProof = (() => {
// The checks that every file with a proof goes through: one spelling, one opening, a path to a root, a key that signed that root.
const { decodeBase64url } = $base64;
const { findMembers } = $canonical;
const { findSignedHead } = $checkpoint;
const { parseObject } = $json;
const { findLogKeys } = $logKeys;
const { isOpening } = $opening;
const { findRootOfPath, hashEntry, toTreeHash } = $tree;
const { findWitnessed } = $witnesses;


/** Whose word the key of the log is. */
function toTrust({ logKey, policy }) {
  return logKey !== undefined || (policy?.logs.length ?? 0) > 0 ? 'given' : 'from-file';
}

/** `own` is the key that the file names for itself. */
function findTrustedKeys({ logKey, keyHistory, policy }, own) {
  const logs = policy?.logs ?? [];
  if (logKey !== undefined || logs.length === 0) {
    return findLogKeys([logKey ?? own], keyHistory);
  }
  const name = own.split('+')[0];
  return findLogKeys(
    logs.filter((log) => log.name === name).map(({ text }) => text),
    keyHistory,
  );
}

function collectProof(proven, trusted) {
  const logKeys = findTrustedKeys(trusted, proven.log);
  const head = logKeys === undefined ? undefined : findSignedHead(proven.checkpoint, logKeys);
  return { proven, logKeys, head, body: parseObject(proven.entry.body) };
}

function toCheck(name, isPassed, detail) {
  return { name, result: isPassed ? 'passed' : 'failed', detail };
}

function isEntryCanonical({ proven, body }) {
  return findMembers(proven.entry.body) !== undefined && body?.['id'] === proven.entry.id;
}

/** The root comes from the text of the checkpoint; who signed that text is a check of its own. */
function isIncludedIn({ proven, head }) {
  const { index, size, path } = proven.proof;
  const hashes = path
    .map(decodeBase64url)
    .filter((bytes) => bytes?.length === 32)
    .filter((bytes) => bytes !== undefined);
  if (head?.size !== size || index !== proven.entry.index || index >= size || hashes.length !== path.length) {
    return false;
  }
  const leaf = hashEntry(proven.entry.id, proven.entry.commitment);
  const root = findRootOfPath(leaf, { index, size, hashes: hashes.map(toTreeHash) });
  return root === toTreeHash(head.root);
}

/** Comes first: without the keys that it leads to, nothing else of the log can hold. */
function checkHistory({ logKeys }, { keyHistory }) {
  const check = toCheck('key-history', logKeys !== undefined, 'the history of the keys leads on from the key that is trusted');
  return keyHistory === undefined ? [] : [check];
}

/** The entry by itself. */
function checkOpening(evidence) {
  return [
    toCheck('entry-canonical', isEntryCanonical(evidence), 'the entry is in its one canonical form'),
    toCheck('commitment', isOpening(evidence.proven.entry), 'the entry is the one that was committed to'),
  ];
}

function checkKept({ head, logKeys }, kept) {
  const heads = logKeys === undefined ? [] : kept.map((text) => findSignedHead(text, logKeys));
  if (head === undefined || heads.includes(undefined)) {
    return toCheck('kept-checkpoint', false, 'a kept checkpoint is malformed or not signed by the key of the log');
  }
  const same = heads.filter((each) => each?.size === head.size);
  if (same.length === 0) {
    return { name: 'kept-checkpoint', result: 'not-run', detail: 'no kept checkpoint has the size of the one in the file' };
  }
  return toCheck(
    'kept-checkpoint',
    same.every((each) => each?.root.equals(head.root)),
    'the kept checkpoint of this size has the same root',
  );
}

function checkWitnesses({ logKeys, seen: { head, checkpoint } }, policy) {
  return logKeys === undefined || head === undefined
    ? { name: 'witnesses', result: 'not-run', detail: 'there is no signed checkpoint to be cosigned' }
    : toWitnessCheck(findWitnessed(checkpoint, logKeys, policy));
}

const toWitnessCheck = ({ isEnough, detail }) => toCheck('witnesses', isEnough, detail);

/** Who signed the log, who saw it, and what was kept of it: made as far as something was given to hold against. */
function checkSigned(
  signed,
  { policy, kept = [] },
) {
  return [
    toCheck('checkpoint-signature', signed.head !== undefined, 'the checkpoint is signed by the key of the log'),
    ...(policy === undefined ? [] : [checkWitnesses(signed, policy)]),
    ...(kept.length === 0 ? [] : [checkKept(signed, kept)]),
  ];
}

/** The entry in the log, and who signed the log. */
function checkPlace(
  evidence,
  trusted,
) {
  const { head, proven } = evidence;
  return [
    head === undefined
      ? { name: 'inclusion', result: 'not-run', detail: 'there is no signed checkpoint to be included in' }
      : toCheck('inclusion', isIncludedIn(evidence), `entry ${proven.entry.index} is in the log of ${head.size} entries`),
    ...checkSigned({ ...evidence, seen: { head, checkpoint: proven.checkpoint } }, trusted),
  ];
}

/** Every check passed; only that no kept checkpoint could be compared does no harm. */
function isWhole(checks) {
  return checks.every(({ name, result }) => result === 'passed' || (name === 'kept-checkpoint' && result === 'not-run'));
}
return { toTrust, findTrustedKeys, collectProof, toCheck, isIncludedIn, checkHistory, checkOpening, checkKept, checkSigned, checkPlace, isWhole };
})();

const $exportReport = (() => {
// What the verification of an export says, and how it collects its faults.


const listLimit = 1000;

function addFault(faults, fault) {
  if (faults.size < listLimit) {
    faults.set(`${fault.code}/${fault.index}/${faults.size}`, fault);
  }
}

/** A missing entry can still come, out of its order; so gaps are kept by index until the end. */
function addGap(faults, index) {
  if (faults.size < listLimit) {
    faults.set(`gap/${index}`, { code: 'index-gap', index, id: null, line: null, detail: 'the entry is missing' });
  }
}

function takeGap(faults, index) {
  return faults.delete(`gap/${index}`);
}

function toSortedFaults(faults) {
  return [...faults.values()].toSorted((a, b) => (a.index ?? -1) - (b.index ?? -1));
}
return { addFault, addGap, takeGap, toSortedFaults };
})();

const $verifyExport = (() => {
// Verifies a whole-log export without a network, in one pass: each entry by itself, the order of all, the roots of every checkpoint at hand.
// Imports nothing of the server. Keeps no entry in memory, so the log may be of any length.
const { findTrustedKeys, toTrust } = $checkProof;
const { findSignedHead } = $checkpoint;
const { addErasures, createErasures, isAccounted } = $erasures;
const { countErasure, findEntryFault } = $exportEntry;
const { findEntry, findHeader } = $exportForm;
const { addFault, addGap, takeGap, toSortedFaults } = $exportReport;
const { toLeaves } = $exportRun;
const { behindHeader, cutFirst, findFirst, readBlocks, toLines } = $lines;
const { createTree, hashEntry, toTreeHash } = $tree;
const { findWitnessed } = $witnesses;


const entryDetails = {
  'body-not-canonical': 'the body is not in its one canonical form',
  'column-mismatch': 'a member that repeats the body differs from it',
  'commitment-mismatch': 'body, salt and person do not give the commitment',
};

function compareRoots(pass) {
  const targets = pass.isBroken ? [] : (pass.targets.get(pass.next) ?? []);
  for (const { head, code } of targets) {
    pass.comparedRoots += 1;
    if (pass.tree.root() === toTreeHash(head.root)) {
      pass.lastGood = pass.next;
    } else {
      const detail = `the checkpoint of size ${head.size} has another root; entries ${pass.lastGood} to ${head.size - 1} are in doubt`;
      addFault(pass.faults, { code, index: Math.min(pass.lastGood, head.size), id: null, line: null, detail });
    }
  }
}

function placeEntry(pass, { index, id }) {
  const place = { index, id, line: pass.line };
  if (index < pass.next) {
    pass.isBroken = true;
    const isLate = takeGap(pass.faults, index);
    addFault(
      pass.faults,
      isLate
        ? { code: 'order', ...place, detail: 'the entry stands after one with a higher index' }
        : { code: 'index-duplicate', ...place, detail: 'an entry with this index was there already' },
    );
    return;
  }
  for (let missing = pass.next; missing < index && missing < pass.next + 1000; missing += 1) {
    pass.isBroken = true;
    addGap(pass.faults, missing);
  }
  pass.next = index + 1;
}

function readEntry(pass, line) {
  const entry = findEntry(line);
  pass.entries += 1;
  if (entry === undefined) {
    const detail = 'the line is no entry in canonical form';
    addFault(pass.faults, { code: 'form', index: pass.next, id: null, line: pass.line, detail });
    pass.isBroken = true;
    pass.next += 1;
    return;
  }
  placeEntry(pass, entry);
  const code = findEntryFault(entry);
  if (code !== undefined) {
    addFault(pass.faults, { code, index: entry.index, id: entry.id, line: pass.line, detail: entryDetails[code] });
  }
  countErasure(pass.erasures, entry, code === undefined);
  if (!pass.isBroken) {
    pass.tree.add(hashEntry(entry.id, entry.commitment));
    compareRoots(pass);
  }
}

function openKept(faults, texts, keys) {
  const heads = texts.map((text) => findSignedHead(text, keys));
  if (heads.includes(undefined)) {
    const detail = 'a kept checkpoint is malformed or not signed by the key of the log';
    addFault(faults, { code: 'checkpoint-signature', index: null, id: null, line: null, detail });
  }
  return heads.filter((head) => head !== undefined);
}

const nowhere = { index: null, id: null, line: 1 };

function openHead(faults, { checkpoint }, keys) {
  const head = findSignedHead(checkpoint, keys);
  if (head === undefined) {
    addFault(faults, { code: 'checkpoint-signature', ...nowhere, detail: 'the checkpoint is not signed by the key of the log' });
  }
  return head;
}

function checkWitnesses(faults, { checkpoint }, { keys, policy }) {
  const seen = policy && findWitnessed(checkpoint, keys, policy);
  if (seen?.isEnough === false) {
    addFault(faults, { code: 'witnesses', ...nowhere, detail: seen.detail });
  }
}

function openKeys(faults, { log }, trusted) {
  const keys = findTrustedKeys(trusted, log);
  if (keys === undefined) {
    const { keyHistory, ...rest } = trusted;
    const isHistory = keyHistory !== undefined && findTrustedKeys(rest, log) !== undefined;
    const code = isHistory ? 'key-history' : 'log-key';
    const detail = isHistory ? 'the history of the keys does not lead from the trusted key' : 'the public key of the log is malformed';
    addFault(faults, { code, ...nowhere, detail });
  }
  return keys;
}

/** Checkpoints by size. One that is not signed is a fault and then not compared. */
function openCheckpoints(faults, header, trusted) {
  const keys = openKeys(faults, header, trusted);
  if (keys === undefined) {
    return { size: null, targets: new Map() };
  }
  const head = openHead(faults, header, keys);
  const kept = openKept(faults, [...header.kept, ...(trusted.kept ?? [])], keys);
  const targets = kept.map((each) => ({ head: each, code: 'kept-checkpoint' }));
  if (head !== undefined) {
    targets.push({ head, code: 'root-mismatch' });
    checkTail(faults, head, kept);
    checkWitnesses(faults, header, { keys, policy: trusted.policy });
  }
  return { size: head?.size ?? null, targets: Map.groupBy(targets, (target) => target.head.size) };
}

/** A log that is shorter than it once was has lost its tail, however well the shorter one is signed. */
function checkTail(faults, head, kept) {
  const longest = kept.reduce((size, each) => Math.max(size, each.size), 0);
  if (longest > head.size) {
    const detail = `a kept checkpoint covers ${longest} entries, the checkpoint of the file ${head.size}`;
    addFault(faults, { code: 'tail-missing', index: head.size, id: null, line: null, detail });
  }
}

function startPass(line, trusted) {
  const faults = new Map();
  const header = line === undefined ? undefined : findHeader(line);
  if (header === undefined) {
    addFault(faults, { code: 'form', index: null, id: null, line: 1, detail: 'the first line is no header of a log export' });
  }
  const { size, targets } = header === undefined ? { size: null, targets: new Map() } : openCheckpoints(faults, header, trusted);
  const counts = { line: 1, next: 0, entries: 0, erasures: createErasures(), isBroken: false, comparedRoots: 0, lastGood: 0 };
  const pass = { faults, targets, tree: createTree(), ...counts };
  compareRoots(pass);
  return { pass, size };
}

function finishPass({ pass, size }) {
  if (size !== null && pass.next < size) {
    const detail = `the file ends after ${pass.next} entries, its checkpoint covers ${size}`;
    addFault(pass.faults, { code: 'tail-missing', index: pass.next, id: null, line: null, detail });
  }
  if (size !== null && pass.next > size) {
    const detail = `the checkpoint covers ${size} entries, the file has more`;
    addFault(pass.faults, { code: 'beyond-checkpoint', index: size, id: null, line: null, detail });
  }
  if (!isAccounted(pass.erasures)) {
    const { found, said } = pass.erasures;
    const detail = `${found} entries are erased; those that say so account for ${said}${found === said ? ', and for others than these' : ''}`;
    addFault(pass.faults, { code: 'erasure-unaccounted', index: null, id: null, line: null, detail });
  }
}

/** A run that goes on where the log stands; anything else is taken line by line. */
function takeRun(pass, run) {
  for (const leaf of toLeaves(run)) {
    pass.tree.add(leaf);
    pass.line += 1;
    pass.entries += 1;
    pass.next += 1;
    compareRoots(pass);
  }
  addErasures(pass.erasures, run.erasures);
}

async function takeBlock(pass, { block, run }) {
  const found = await run;
  if (found !== undefined && found.from === pass.next && !pass.isBroken) {
    takeRun(pass, found);
    return;
  }
  for (const line of toLines(block)) {
    pass.line += 1;
    readEntry(pass, line);
  }
}

/** Blocks that are judged at once: enough for every thread, and few enough for any memory. */
const mostUnder = 24;

const judgeHere = async () => undefined;

async function takeBlocks(pass, blocks, { findRun = judgeHere, progress }) {
  const under = [];
  const takeOldest = async () => {
    const oldest = under.shift();
    await (oldest && takeBlock(pass, oldest));
    progress?.(pass.entries);
  };
  for await (const block of blocks) {
    under.push({ block, run: findRun(block) });
    while (under.length > (findRun === judgeHere ? 0 : mostUnder)) {
      await takeOldest();
    }
  }
  while (under.length > 0) {
    await takeOldest();
  }
}

async function readExport(chunks, trusted) {
  const blocks = readBlocks(chunks);
  const first = await findFirst(blocks);
  if (first === undefined) {
    return startPass(undefined, trusted);
  }
  const [header, others] = cutFirst(first);
  const started = startPass(header, trusted);
  await takeBlocks(started.pass, behindHeader(blocks, others), trusted);
  return started;
}

/** Takes the bytes of the file in chunks of any size. */
async function verifyExport(chunks, trusted = {}) {
  const started = await readExport(chunks, trusted);
  finishPass(started);
  const { entries, erasures, comparedRoots } = started.pass;
  const faults = toSortedFaults(started.pass.faults);
  const trust = { log: toTrust(trusted) };
  return {
    format: 'huwiya-log/1',
    isValid: faults.length === 0,
    trust,
    size: started.size,
    entries,
    erased: erasures.found,
    comparedRoots,
    faults,
  };
}
return { verifyExport };
})();

const $jws = (() => {
// The signature of a receipt or a pack: compact JWS (RFC 7515) with Ed25519 (RFC 8037) and nothing else, so that there is no algorithm to be talked into.
const { createPublicKey, verify } = $crypto;
const { decodeBase64url } = $base64;
const { findString, isObject, parseObject } = $json;


function findPart(part) {
  const bytes = decodeBase64url(part ?? '');
  return bytes === undefined ? undefined : parseObject(bytes.toString());
}

function findJws(text) {
  const [head, body, tail, ...more] = text.split('.');
  const header = findPart(head);
  const claims = findPart(body);
  const signature = decodeBase64url(tail ?? '');
  if (header === undefined || claims === undefined || signature?.length !== 64 || more.length > 0) {
    return undefined;
  }
  return { header, claims, signed: `${head}.${body}`, signature };
}

function isHeaderOf(header, type) {
  return header['alg'] === 'EdDSA' && header['typ'] === type && !('crit' in header) && !('b64' in header);
}

const isKeyFor =
  (kid) =>
  (key) =>
    isObject(key) && key['kid'] === kid && key['kty'] === 'OKP' && key['crv'] === 'Ed25519';

/** The raw public key that the header names, from a JWK Set. */
function findKey(jws, keys) {
  const list = keys['keys'];
  const kid = findString(jws.header, 'kid');
  const key = Array.isArray(list) && kid !== undefined ? list.find(isKeyFor(kid)) : undefined;
  const x = key === undefined ? undefined : findString(key, 'x');
  return x !== undefined && decodeBase64url(x)?.length === 32 ? x : undefined;
}

/** `type` keeps what is signed for one use from being taken for another (RFC 8725 §3.11). */
function isSignedByOneOf(jws, keys, type = 'huwiya-receipt+jwt') {
  const x = findKey(jws, keys);
  if (x === undefined || !isHeaderOf(jws.header, type)) {
    return false;
  }
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(jws.signed), key, jws.signature);
}
return { findJws, isSignedByOneOf };
})();

const $verifyFigures = (() => {
// Verifies the published figures of a month without a network: who signed them, that nothing stands in them which had to be hidden, and that they name the earlier
// months as somebody kept them. Whether they were counted right only the log can say; the figures name the checkpoint at which they were counted.
const { hash } = $crypto;
const { findMembers } = $canonical;
const { toCheck } = $checkProof;
const { findCount, findString, isObject, parseObject } = $json;
const { findJws, isSignedByOneOf } = $jws;


const figuresChecks = ['figures-form', 'figures-signature', 'issuer', 'figures-hidden', 'figures-earlier'];

const format = 'huwiya-figures/1';

const findObject = (object, name) => {
  const value = object[name];
  return isObject(value) ? value : {};
};

function findDocument(text) {
  const document = parseObject(text);
  return document?.['format'] === format && findString(document, 'month') !== undefined ? document : undefined;
}

/** The file is written without a space, so that the document in it is the very text that was signed. */
function findFigures(file) {
  const text = findMembers(file.trimEnd())?.get('document') ?? '';
  const document = findDocument(text);
  const signature = findString(parseObject(file) ?? {}, 'signature');
  return document === undefined || signature === undefined ? undefined : { text, document, signature };
}

/** Whether it calls itself so, however it is written. */
function isFigures(file) {
  return findObject(parseObject(file) ?? {}, 'document')['format'] === format;
}

function isSigned({ text, signature }, keys) {
  const jws = findJws(signature);
  const trusted = keys === undefined ? undefined : parseObject(keys);
  const isSame = jws?.signed.split('.')[1] === Buffer.from(text).toString('base64url');
  return jws !== undefined && trusted !== undefined && isSame && isSignedByOneOf(jws, trusted, 'huwiya-figures+jwt');
}

const findObjects = (object, name) => {
  const value = object[name];
  return Array.isArray(value) && value.every(isObject) ? value : undefined;
};

function findHidden(document, name) {
  const said = findObject(findObject(document, 'protection'), name);
  const [step, below] = [findCount(said, 'step'), findCount(said, 'below')];
  return step === undefined || step === 0 || below === undefined ? undefined : { step, below };
}

/** Rounded, and not smaller than what is shown at all; or how much it is less than. */
function isHidden(value, { step, below }) {
  return isObject(value)
    ? (findCount(value, 'below') ?? 0) >= below
    : Number.isSafeInteger(value) && Number(value) >= below && Number(value) % step === 0;
}

function isAllHidden(document) {
  const [each, state, agencies] = [findHidden(document, 'agencies'), findHidden(document, 'state'), findObjects(document, 'agencies')];
  if (each === undefined || state === undefined || agencies === undefined) {
    return false;
  }
  const numbers = [...agencies.map((agency) => findObject(agency, 'figures')), findObject(document, 'total')].flatMap((figures) =>
    Object.values(figures),
  );
  const uncovered = [document['unmasked'], ...(findObjects(document, 'unmasked_by_agency') ?? []).map(({ people }) => people)];
  return numbers.length > 0 && numbers.every((value) => isHidden(value, each)) && uncovered.every((value) => isHidden(value, state));
}

/** One kept file: of the same issuer, and named with the digest that it has. */
function isNamed(document, file) {
  const kept = findFigures(file);
  const digest = hash('sha256', kept?.text ?? '', 'base64url');
  const named = findObjects(document, 'earlier') ?? [];
  const isSame = ({ month, edition, digest: said }) =>
    said === digest && month === kept?.document['month'] && edition === kept?.document['edition'];
  return kept !== undefined && kept.document['issuer'] === document['issuer'] && named.some(isSame);
}

function checkEarlier(document, kept) {
  return kept.length === 0
    ? { name: 'figures-earlier', result: 'not-run', detail: 'no file of an earlier month was given with --kept' }
    : toCheck(
        'figures-earlier',
        kept.every((file) => isNamed(document, file)),
        'every earlier month that you kept is named with its digest',
      );
}

function checkFigures(figures, { keys, issuer, kept = [] }) {
  const { document } = figures;
  const said = findString(document, 'issuer');
  return [
    toCheck('figures-form', true, 'the file has the form of public figures'),
    toCheck('figures-signature', isSigned(figures, keys), 'signed by a key of the issuer, which you give with --keys'),
    toCheck('issuer', said !== undefined && (issuer === undefined || issuer === said), 'the issuer is the expected one'),
    toCheck('figures-hidden', isAllHidden(document), 'every number is rounded, and none is smaller than the file says may be shown'),
    checkEarlier(document, kept),
  ];
}

const isFine = ({ name, result }) =>
  result === 'passed' || (name === 'figures-earlier' && result === 'not-run');

/** Takes the text of the file of a month. Every check is listed in order. */
function verifyFigures(file, trusted = {}) {
  const figures = findFigures(file);
  const trust = { keys: trusted.keys === undefined ? ('none' ) : ('given' ) };
  if (figures === undefined) {
    const rest = figuresChecks.slice(1).map((name) => ({ name, result: 'not-run' , detail: 'the file is of no month' }));
    const checks = [toCheck('figures-form', false, 'the file does not have the form of public figures'), ...rest];
    return { format: 'huwiya-figures/1', isValid: false, trust, checks, said: null };
  }
  const checks = checkFigures(figures, trusted);
  const isSaid = checks.some(({ name, result }) => name === 'figures-signature' && result === 'passed');
  const { document } = figures;
  const size = findCount(findObject(document, 'checkpoint'), 'size') ?? 0;
  const said = { month: findString(document, 'month') ?? '', edition: findCount(document, 'edition') ?? 0, size };
  return { format: 'huwiya-figures/1', isValid: checks.every(isFine), trust, checks, said: isSaid ? said : null };
}
return { figuresChecks, isFigures, verifyFigures };
})();

const $proofForm = (() => {
// The parts that every file with a proof has: the entry, its path, the checkpoint, the key of the log. Read without believing any of it.
const { findCount, findString, findStrings, isObject, isStringOrNull } = $json;


/** Every member as a string, or `undefined` when one is not. */
function findTexts(object, names) {
  const texts = new Map();
  for (const name of names) {
    const text = findString(object, name);
    if (text === undefined) {
      return undefined;
    }
    texts.set(name, text);
  }
  return texts;
}

function findEntry(value) {
  if (!isObject(value)) {
    return undefined;
  }
  const texts = findTexts(value, ['id', 'body', 'salt', 'commitment']);
  const index = findCount(value, 'index');
  const person = value['person'];
  if (texts === undefined || index === undefined || !isStringOrNull(person)) {
    return undefined;
  }
  const get = (name) => texts.get(name) ?? '';
  return { id: get('id'), index, body: get('body'), salt: get('salt'), person, commitment: get('commitment') };
}

function findProof(value) {
  if (!isObject(value)) {
    return undefined;
  }
  const index = findCount(value, 'index');
  const size = findCount(value, 'size');
  const path = findStrings(value, 'path');
  return index === undefined || size === undefined || path === undefined ? undefined : { index, size, path };
}

/** More hashes than a path of any tree has are not looked at. */
const longestPath = 64;

function findProvenEntry(file) {
  const texts = findTexts(file, ['checkpoint', 'log']);
  const entry = findEntry(file['entry']);
  const proof = findProof(file['proof']);
  if (texts === undefined || entry === undefined || proof === undefined || proof.path.length > longestPath) {
    return undefined;
  }
  return { entry, proof, checkpoint: texts.get('checkpoint') ?? '', log: texts.get('log') ?? '' };
}
return { findProvenEntry };
})();

const $verifyEntry = (() => {
// Verifies one entry of the log without a network: that it is what was committed to, that the log holds it, that the log was signed.
// Imports nothing of the server.
const { checkHistory, checkOpening, checkPlace, collectProof, isWhole, toCheck, toTrust } = $checkProof;
const { findString, parseObject } = $json;
const { findProvenEntry } = $proofForm;


const required = ['form', 'entry-canonical', 'commitment', 'inclusion', 'checkpoint-signature'];

const format = 'huwiya-entry/1';

function isEntryFile(text) {
  const file = parseObject(text);
  return file !== undefined && findString(file, 'format') === format;
}

/** Takes the text of an entry file. Every check is listed in order; the entry is valid when all of them passed. */
function verifyEntry(text, trusted = {}) {
  const file = isEntryFile(text) ? parseObject(text) : undefined;
  const proven = file && findProvenEntry(file);
  const trust = { log: toTrust(trusted) };
  if (proven === undefined) {
    const rest = required.slice(1).map((name) => ({ name, result: 'not-run' , detail: 'the file is no entry' }));
    return { format, isValid: false, trust, checks: [toCheck('form', false, 'the file does not have the form of an entry'), ...rest] };
  }
  const evidence = collectProof(proven, trusted);
  const checks = [
    toCheck('form', true, 'the file has the form of an entry'),
    ...checkHistory(evidence, trusted),
    ...checkOpening(evidence),
    ...checkPlace(evidence, trusted),
  ];
  return { format, isValid: isWhole(checks), trust, checks };
}
return { isEntryFile, verifyEntry };
})();

const $listRows = (() => {
// The rows of a list, counted as its signed provenance counts them: how many, on which days, in the order of the log and within it. Goes over the bytes line by
// line: a list may be longer than any text can be.


const lineEnd = 10;

function* readLines(bytes) {
  let from = 0;
  for (let to = bytes.indexOf(lineEnd); to >= 0; to = bytes.indexOf(lineEnd, from)) {
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
  if (from < bytes.length) {
    yield bytes.toString('utf8', from);
  }
}

const patterns = {
  csv: /^"(\d{1,16})","(\d{4}-\d\d-\d\d)T[\d:.]+Z",[^\r]*\r$/u,
  jsonl: /^\{"index":(\d{1,16}),"at":"(\d{4}-\d\d-\d\d)T[\d:.]+Z",.*\}$/u,
};

function findRow(form, line) {
  const [, index = '', day = ''] = patterns[form].exec(line) ?? [];
  return day === '' ? undefined : { index: Number(index), day };
}

/** The rows without the head of a sheet; `undefined` for a line that is none. */
function* readRows(form, bytes) {
  let isHead = form === 'csv';
  for (const line of readLines(bytes)) {
    if (!isHead) {
      yield findRow(form, line);
    }
    isHead = false;
  }
}

/** `undefined` where a line is no row, or stands before one that is earlier in the log. */
function countRows(form, bytes) {
  const days = new Map();
  let [rows, last] = [0, -1];
  for (const row of readRows(form, bytes)) {
    if (row === undefined || row.index <= last) {
      return undefined;
    }
    rows += 1;
    last = row.index;
    days.set(row.day, (days.get(row.day) ?? 0) + 1);
  }
  return { rows, days, last };
}
return { countRows };
})();

const $verifyList = (() => {
// Verifies a list that left a case without a network: who signed its provenance, that the rows are those that were signed for, and that they add up. What a row
// says is the issuer's signed word; a row has no proof of its own in the log.
const { hash } = $crypto;
const { findMembers } = $canonical;
const { isWhole, toCheck } = $checkProof;
const { findCount, findString, isObject, parseObject } = $json;
const { findJws, isSignedByOneOf } = $jws;
const { countRows } = $listRows;


const listChecks = ['list-form', 'list-signature', 'issuer', 'list-files', 'list-rows'];

function isList(files) {
  return files.has('provenance.json');
}

function findProvenance(text) {
  const object = findMembers(text) === undefined ? undefined : parseObject(text);
  return object?.['format'] === 'huwiya-list/1' ? object : undefined;
}

function findList(files) {
  const text = files.get('provenance.json')?.toString() ?? '';
  const form = (['csv', 'jsonl'] ).find((each) => files.has(`entries.${each}`));
  const bytes = files.get(`entries.${form}`);
  const provenance = findProvenance(text);
  return provenance === undefined || form === undefined || bytes === undefined ? undefined : { text, provenance, form, bytes };
}

function isSigned(files, { text }, keys) {
  const jws = findJws(files.get('provenance.jws')?.toString() ?? '');
  const isSame = jws?.signed.split('.')[1] === Buffer.from(text).toString('base64url');
  return jws !== undefined && keys !== undefined && isSame && isSignedByOneOf(jws, keys, 'huwiya-pack+jwt');
}

const unsigned = ['provenance.json', 'provenance.jws'];

function areFilesRight(files, { bytes, form, provenance }) {
  const name = `entries.${form}`;
  const said = isObject(provenance['files']) ? provenance['files'] : {};
  const one = said[name];
  const isOnly = [...files.keys()].every((each) => each === name || unsigned.includes(each)) && Object.keys(said).length === 1;
  return isOnly && isObject(one) && one['bytes'] === bytes.length && one['sha256'] === hash('sha256', bytes, 'base64url');
}

function toDays({ days }) {
  const sorted = [...days].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(sorted.map(([day, rows]) => ({ day, rows })));
}

function areRowsRight({ bytes, form, provenance }) {
  const counted = countRows(form, bytes);
  const size = findCount(provenance, 'size') ?? 0;
  return (
    counted !== undefined &&
    counted.rows === provenance['rows'] &&
    counted.last < size &&
    toDays(counted) === JSON.stringify(provenance['days'])
  );
}

function checkList(files, list, trusted) {
  const keys = trusted.keys === undefined ? undefined : parseObject(trusted.keys);
  const issuer = findString(list.provenance, 'issuer');
  return [
    toCheck('list-form', true, 'every part has the form of a list'),
    toCheck('list-signature', isSigned(files, list, keys), 'the provenance is signed by a key of the issuer, which you give with --keys'),
    toCheck(
      'issuer',
      issuer !== undefined && (trusted.issuer === undefined || trusted.issuer === issuer),
      'the issuer is the expected one',
    ),
    toCheck('list-files', areFilesRight(files, list), 'the list is the one that was signed for'),
    toCheck('list-rows', areRowsRight(list), 'the rows stand in the order of the log, and add up by day as was signed'),
  ];
}

/** Takes the files of a list. Every check is listed in order; a list is valid when all of them passed. */
function verifyList(files, trusted = {}) {
  const list = findList(files);
  const trust = { keys: trusted.keys === undefined ? ('none' ) : ('given' ) };
  if (list === undefined) {
    const rest = listChecks.slice(1).map((name) => ({ name, result: 'not-run' , detail: 'the file is no list' }));
    const checks = [toCheck('list-form', false, 'a part is missing or does not have the form of a list'), ...rest];
    return { format: 'huwiya-list/1', isValid: false, trust, checks, said: null };
  }
  const checks = checkList(files, list, trusted);
  const hasSigned = checks.some(({ name, result }) => name === 'list-signature' && result === 'passed');
  return { format: 'huwiya-list/1', isValid: isWhole(checks), trust, checks, said: hasSigned ? list.provenance : null };
}
return { listChecks, isList, verifyList };
})();

const $packQuery = (() => {
// Which opened entries meet the query of a pack. The person is the one condition that cannot be applied from outside: their mask is another in each entry.


const isMet = (condition, value) => condition === null || condition === value;

function isInPeriod({ from, to }, at) {
  return typeof at === 'number' && at >= (from ?? 0) && at < (to ?? Number.MAX_SAFE_INTEGER);
}

function isNamed(attribute, attributes) {
  return attribute === null || (Array.isArray(attributes) && attributes.includes(attribute));
}

function isOfType(types, type) {
  return types === null || (typeof type === 'string' && types.includes(type));
}

function isMatch(query, { body }) {
  return (
    body !== undefined &&
    isMet(query.record, body['record']) &&
    isMet(query.service, body['service']) &&
    isMet(query.purpose, body['purpose']) &&
    isOfType(query.types, body['type']) &&
    isNamed(query.attribute, body['attributes']) &&
    isInPeriod(query, body['at'])
  );
}
return { isMatch };
})();

const $packForm = (() => {
// The form of a pack, read without believing any of it: its manifest, what it says of its completeness, its stretch of the log.
const { findMembers } = $canonical;
const { findCount, findString, findStrings, isObject, isStringOrNull, parseObject } = $json;


const isCountOrNull = (value) => value === null || Number.isSafeInteger(value);
const isTextsOrNull = (value) =>
  value === null || (Array.isArray(value) && value.every((each) => typeof each === 'string'));

const queryTexts = ['record', 'service', 'purpose', 'attribute', 'person'];

function findTexts(value) {
  const texts = new Map();
  for (const name of queryTexts) {
    const text = value[name];
    if (!isStringOrNull(text)) {
      return undefined;
    }
    texts.set(name, text);
  }
  return texts;
}

function findQuery(value) {
  const texts = isObject(value) ? findTexts(value) : undefined;
  if (!isObject(value) || texts === undefined) {
    return undefined;
  }
  const { from, to, types } = { from: value['from'], to: value['to'], types: value['types'] };
  if (!isCountOrNull(from) || !isCountOrNull(to) || !isTextsOrNull(types)) {
    return undefined;
  }
  const get = (name) => texts.get(name) ?? null;
  const [record, service, purpose, attribute, person] = [get('record'), get('service'), get('purpose'), get('attribute'), get('person')];
  return { record, service, purpose, attribute, person, types, from, to };
}

function findFileList(value) {
  if (!isObject(value)) {
    return undefined;
  }
  const files = new Map();
  for (const [name, said] of Object.entries(value)) {
    const bytes = isObject(said) ? findCount(said, 'bytes') : undefined;
    const sha256 = isObject(said) ? findString(said, 'sha256') : undefined;
    if (bytes === undefined || sha256 === undefined) {
      return undefined;
    }
    files.set(name, { bytes, sha256 });
  }
  return files;
}

const findOne = (known, value) => known.find((each) => each === value);

function findModes(object) {
  const openings = findOne(['matching', 'all'] , object['openings']);
  const receipts = findOne(['withheld', 'included'] , object['receipts']);
  return openings === undefined || receipts === undefined ? undefined : { openings, receipts };
}

function findCounts(object) {
  const rows = findCount(object, 'rows');
  const size = findCount(object, 'size');
  const issuer = findString(object, 'issuer');
  return rows === undefined || size === undefined || issuer === undefined ? undefined : { rows, size, issuer };
}

function findManifest(files) {
  const text = files.get('manifest.json')?.toString() ?? '';
  const object = findMembers(text) === undefined ? undefined : parseObject(text);
  return object?.['format'] === 'huwiya-pack/1' ? findManifestOf(text, object) : undefined;
}

function findManifestOf(text, object) {
  const counts = findCounts(object);
  const modes = findModes(object);
  const query = findQuery(object['query']);
  const list = findFileList(object['files']);
  return counts === undefined || modes === undefined || query === undefined || list === undefined
    ? undefined
    : { text, object, ...counts, ...modes, query, files: list };
}

/** What the pack says of itself and nothing else in it can tell. */

function findStretch(value) {
  if (!isObject(value)) {
    return value === null ? null : undefined;
  }
  const [from, to] = [findCount(value, 'from'), findCount(value, 'to')];
  return from === undefined || to === undefined || from >= to ? undefined : { from, to };
}

const isIndexes = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'number' && Number.isSafeInteger(each) && each >= 0);

function findStated(files) {
  const text = files.get('completeness.json')?.toString() ?? '';
  const object = parseObject(text);
  return object && findStatedOf(text, object);
}

function findStatedOf(text, object) {
  const stretch = findStretch(object['stretch']);
  const erased = object['erased'];
  const missing = findStrings(object, 'missing_notices');
  return stretch === undefined || !isIndexes(erased) || missing === undefined ? undefined : { text, stretch, erased, missing };
}

/** `null` where the pack lists no leaves. */
function findRangeProof(files) {
  const file = files.get('proofs/range.json');
  if (file === undefined) {
    return files.has('proofs/leaves.jsonl') ? undefined : null;
  }
  const object = parseObject(file.toString());
  const stretch = findStretch(object);
  const size = object === undefined ? undefined : findCount(object, 'size');
  const path = object === undefined ? undefined : findStrings(object, 'path');
  return !stretch || size === undefined || path === undefined ? undefined : { ...stretch, size, path };
}
return { findManifest, findStated, findRangeProof };
})();

const $packPurposes = (() => {
// Whether the words of each purpose are those that the log fixes: the entry by which a version took effect names the digest of its content.
const { hash } = $crypto;
const { checkOpening, isIncludedIn } = $checkProof;
const { findCount, findString, isObject, isStringOrNull, parseObject } = $json;


function findPurposeLine(object) {
  const [service, purpose, version] = [findString(object, 'service'), findString(object, 'purpose'), findCount(object, 'version')];
  const content = object['content'] ?? null;
  return service === undefined || purpose === undefined || version === undefined || !isStringOrNull(content)
    ? undefined
    : { service, purpose, version, content, text: object['text'], index: object['index'] };
}

/** It took effect by this entry, of this service, under this number, with this digest. */
function isRegisteredBy({ content, purpose, service, version }, { body }) {
  const payload = isObject(body?.['payload']) ? body['payload'] : {};
  const named = JSON.stringify(['purpose.changed', service, purpose, version, hash('sha256', content ?? '', 'base64url')]);
  return JSON.stringify([body?.['type'], body?.['service'], body?.['purpose'], body?.['purpose_version'], payload['sha256']]) === named;
}

function isLineRight(line, registrations) {
  if (line.content === null) {
    return true;
  }
  const entry = registrations.find(({ proven }) => proven.entry.index === line.index);
  const text = parseObject(line.content)?.['text'];
  return entry !== undefined && isRegisteredBy(line, entry) && JSON.stringify(text) === JSON.stringify(line.text);
}

/** Every entry of a registration is in the log of the pack, and every line with its content is named by one. */
function arePurposesRight({ purposes, registrations }, checkpoint) {
  const areIn = registrations.every(
    (entry) =>
      entry.proven.checkpoint === checkpoint && isIncludedIn(entry) && checkOpening(entry).every(({ result }) => result === 'passed'),
  );
  return areIn && purposes.every((line) => isLineRight(line, registrations));
}

const areWordsProven = ({ purposes }) => purposes.every(({ content }) => content !== null);
return { findPurposeLine, arePurposesRight, areWordsProven };
})();

const $consistency = (() => {
// Whether one tree is the beginning of another, from the recursive definition of RFC 6962 §2.1.2 and not after the server's code.
const { joinHashes, toLeftSize } = $tree;


/** SUBPROOF(m, D[m], b): nothing for a whole tree, its root for a part of one. */
function findLastRoots({ path, firstRoot }, isWhole) {
  const [root] = isWhole ? [firstRoot] : path;
  return root !== undefined && path.length === (isWhole ? 0 : 1) ? { first: root, second: root } : undefined;
}

/** Undoes SUBPROOF(m, D[n], b) from its outermost hash inwards; `undefined` when the path has another length. */
function foldGrowth(growth, isWhole) {
  const { first: m, path, second: n } = growth;
  const last = path.at(-1);
  if (m === n || last === undefined) {
    return m === n ? findLastRoots(growth, isWhole) : undefined;
  }
  const left = toLeftSize(n);
  const isLeft = m <= left;
  const within = isLeft ? { first: m, second: left } : { first: m - left, second: n - left };
  const below = foldGrowth({ ...growth, ...within, path: path.slice(0, -1) }, isLeft && isWhole);
  return below && joinRoots(below, last, isLeft);
}

/** To the right of the shorter tree only the longer one has something. */
const joinRoots = ({ first, second }, last, isLeft) =>
  isLeft ? { first, second: joinHashes(second, last) } : { first: joinHashes(last, first), second: joinHashes(last, second) };

/** The root of the longer tree that the path leads to, or `undefined` when it does not begin with the shorter one. */
function findGrownRoot(growth) {
  const { first, firstRoot, second } = growth;
  const roots = first > 0 && first <= second ? foldGrowth(growth, true) : undefined;
  return roots?.first === firstRoot ? roots.second : undefined;
}
return { findGrownRoot };
})();

const $packWitnesses = (() => {
// What a pack brings of the word of witnesses: a checkpoint that others cosigned, and the path that shows it to hold the log of the pack.
const { decodeBase64url } = $base64;
const { findSignedHead } = $checkpoint;
const { findGrownRoot } = $consistency;
const { findCount, findStrings, parseObject } = $json;
const { toTreeHash } = $tree;


function findGrowth(object) {
  const [first, second, path] = [findCount(object, 'first'), findCount(object, 'second'), findStrings(object, 'path')];
  return first === undefined || second === undefined || path === undefined ? undefined : { first, second, path };
}

/** `null` where the pack brings none; `undefined` where it brings half of it, or something else. */
function findWitnessed(files, logKeys) {
  const [checkpoint, proof] = [files.get('witnesses/checkpoint.txt'), files.get('witnesses/consistency.json')];
  if (checkpoint === undefined || proof === undefined) {
    return checkpoint === proof ? null : undefined;
  }
  const growth = findGrowth(parseObject(proof.toString()) ?? {});
  const text = checkpoint.toString();
  return growth && { ...growth, text, head: logKeys === undefined ? undefined : findSignedHead(text, logKeys) };
}

/** Whether the log signed what the witnesses cosigned, and it begins with the log of the pack. */
function isGrownFrom({ first, head, path, second }, own) {
  const hashes = path.map(decodeBase64url).filter((bytes) => bytes?.length === 32);
  if (own === undefined || head === undefined || own.size !== first || head.size !== second || hashes.length !== path.length) {
    return false;
  }
  const known = hashes.filter((bytes) => bytes !== undefined).map(toTreeHash);
  return findGrownRoot({ first, second, path: known, firstRoot: toTreeHash(own.root) }) === toTreeHash(head.root);
}
return { findWitnessed, isGrownFrom };
})();

const $packEvidence = (() => {
// The parts of a pack brought together: its entries, its leaves, its keys, its checkpoint. Finds what is there and judges nothing.
const { collectProof, findTrustedKeys } = $checkProof;
const { findMembers } = $canonical;
const { findSignedHead } = $checkpoint;
const { findCount, findString, isObject, isStringOrNull, parseObject } = $json;
const { findJws } = $jws;
const { findManifest, findRangeProof, findStated } = $packForm;
const { findPurposeLine } = $packPurposes;
const { findWitnessed } = $packWitnesses;
const { findProvenEntry } = $proofForm;


const getText = (files, name) => files.get(name)?.toString() ?? '';

/** Canonical objects, one on each line; `undefined` when anything else stands there. */
function findLines(text) {
  const lines = text.split('\n');
  const isEnded = lines.pop() === '';
  const objects = lines.map((line) => (findMembers(line) === undefined ? undefined : parseObject(line)));
  const found = objects.filter((object) => object !== undefined);
  return isEnded && found.length === objects.length ? found : undefined;
}

function findEach(text, find) {
  const found = findLines(text)?.map(find);
  const whole = found?.filter((each) => each !== undefined);
  return whole?.length === found?.length ? whole : undefined;
}

function findLeaf(object) {
  const [id, commitment] = [findString(object, 'id'), findString(object, 'commitment')];
  return id === undefined || commitment === undefined || object['v'] !== 1 || Object.keys(object).length !== 3
    ? undefined
    : { id, commitment };
}

function findRecordLine(object) {
  const [index, digest] = [findCount(object, 'index'), findString(object, 'receipt_sha256')];
  const { record, receipt } = { record: object['record'], receipt: object['receipt'] };
  return index === undefined || digest === undefined || !isStringOrNull(record) || !isStringOrNull(receipt)
    ? undefined
    : { index, digest, record, receipt, version: object['version'] };
}

function findLists(files, trusted) {
  const findEntries = (name) =>
    findEach(getText(files, name), (object) => {
      const proven = object['format'] === 'huwiya-entry/1' ? findProvenEntry(object) : undefined;
      return proven && collectProof(proven, trusted);
    });
  const [entries, registrations] = [findEntries('entries.jsonl'), findEntries('registrations.jsonl')];
  const purposes = findEach(getText(files, 'purposes.jsonl'), findPurposeLine);
  const records = findEach(getText(files, 'records.jsonl'), findRecordLine);
  const leaves = files.has('proofs/leaves.jsonl') ? findEach(getText(files, 'proofs/leaves.jsonl'), findLeaf) : null;
  if (purposes === undefined || registrations === undefined) {
    return undefined;
  }
  return entries === undefined || records === undefined || leaves === undefined
    ? undefined
    : { entries, records, leaves, purposes, registrations };
}

function findForms(files) {
  const manifest = findManifest(files);
  const stated = findStated(files);
  const range = findRangeProof(files);
  return manifest === undefined || stated === undefined || range === undefined ? undefined : { manifest, stated, range };
}

/** A history that is given is preferred: the key may have been changed again since the pack was made. */
function withHistory(files, given) {
  const own = files.get('keys/log-history.json')?.toString();
  return own === undefined ? given : { keyHistory: own, ...given };
}

/** `undefined` when a part does not have the form of a pack's. */
function findPackEvidence(files, given) {
  const trusted = withHistory(files, given);
  const forms = findForms(files);
  const lists = findLists(files, trusted);
  // The newest key of the log stands last.
  const ownKey = getText(files, 'keys/log.txt').trimEnd().split('\n').at(-1) ?? '';
  const logKeys = findTrustedKeys(trusted, ownKey);
  const witnessed = findWitnessed(files, logKeys);
  if (forms === undefined || lists === undefined || witnessed === undefined) {
    return undefined;
  }
  const checkpoint = getText(files, 'checkpoint.txt');
  return {
    files,
    trusted,
    ...forms,
    ...lists,
    jws: findJws(getText(files, 'manifest.jws')),
    keys: parseObject(trusted.keys ?? getText(files, 'keys/receipts.json')),
    logKeys,
    witnessed,
    checkpoint,
    head: logKeys === undefined ? undefined : findSignedHead(checkpoint, logKeys),
  };
}

function findPayload({ body }) {
  const payload = body?.['payload'];
  return isObject(payload) ? payload : {};
}
return { findPackEvidence, findPayload };
})();

const $packCounts = (() => {
// Counts a pack again: what it opens, what it leaves closed, by day and by record. The result is spelled as the pack has to spell it, so that one comparison
// is enough.
const { findPayload } = $packEvidence;
const { isMatch } = $packQuery;


/** Milliseconds in a UUID of version 7 (RFC 9562 §5.7). */
function toMoment(id) {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

const toDay = (id) => {
  const moment = toMoment(id);
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 10);
};

function countByDay(ids) {
  const days = new Map();
  for (const id of ids) {
    const day = toDay(id);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

function toDays({ entries, leaves }) {
  const openedBy = countByDay(entries.map(({ proven }) => proven.entry.id));
  const leavesBy = leaves === null ? null : countByDay(leaves.map(({ id }) => id));
  const days = [...new Set([...(leavesBy?.keys() ?? []), ...openedBy.keys()])].toSorted();
  return days.map((day) => ({ day, leaves: leavesBy === null ? null : (leavesBy.get(day) ?? 0), opened: openedBy.get(day) ?? 0 }));
}

/** Decisions number the versions of their record. */
function findDecided(entry) {
  const { record, type } = { record: entry.body?.['record'], type: entry.body?.['type'] };
  const version = findPayload(entry)['version'];
  const isDecision = typeof type === 'string' && type.startsWith('consent.');
  return isDecision && typeof record === 'string' && typeof version === 'number'
    ? { index: entry.proven.entry.index, record, version }
    : undefined;
}

function groupDecided({ entries }) {
  const found = entries.map(findDecided).filter((each) => each !== undefined);
  return [...Map.groupBy(found, ({ record }) => record).entries()].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function toRecords(evidence) {
  return groupDecided(evidence).map(([record, decided]) => ({
    first: decided[0]?.version ?? 0,
    last: decided.at(-1)?.version ?? 0,
    record,
    versions: decided.length,
  }));
}

/** Where the person is a condition too, only the pack can say how many meet it. */
function countRows({ entries, manifest }) {
  if (manifest.query.person !== null && manifest.openings === 'all') {
    return manifest.rows;
  }
  return entries.filter((entry) => isMatch(manifest.query, entry)).length;
}

function areCountsRight(evidence) {
  const { entries, head, leaves, manifest, stated } = evidence;
  const { erased, missing, stretch } = stated;
  const count = stretch === null ? 0 : stretch.to - stretch.from;
  const rows = countRows(evidence);
  const counted = {
    closed: Math.max(0, count - entries.length),
    days: toDays(evidence),
    erased,
    leaves: leaves === null ? 'counted' : 'listed',
    missing_notices: missing,
    opened: entries.length,
    records: toRecords(evidence),
    rows,
    size: head?.size ?? null,
    stretch,
  };
  return manifest.rows === rows && manifest.size === head?.size && JSON.stringify(counted) === stated.text;
}
return { toMoment, findDecided, groupDecided, areCountsRight };
})();

const $range = (() => {
// The root of a tree from a run of its leaves and the hashes of what stands before and behind them, from the recursive definition of RFC 6962 §2.1.
const { joinHashes, toLeftSize } = $tree;


/** `undefined` when the path has another length than a run at this place needs. */
function findRootOfRun({ from, leaves, path }, size) {
  const to = from + leaves.length;
  let used = 0;
  const fold = (node) => {
    if (node.to <= from || node.from >= to) {
      used += 1;
      return path[used - 1];
    }
    if (node.to - node.from === 1) {
      return leaves[node.from - from];
    }
    const split = node.from + toLeftSize(node.to - node.from);
    const left = fold({ from: node.from, to: split });
    const right = fold({ from: split, to: node.to });
    return left === undefined || right === undefined ? undefined : joinHashes(left, right);
  };
  if (leaves.length === 0 || to > size) {
    return undefined;
  }
  const root = fold({ from: 0, to: size });
  return used === path.length ? root : undefined;
}
return { findRootOfRun };
})();

const $packCompleteness = (() => {
// Whether anything was held back, as far as a log of commitments can show it: the stretch is whole and reaches over the period, each leaf of it is opened, closed
// or erased, and the versions of each record follow each other without a gap.
const { isMatch } = $packQuery;
const { groupDecided, toMoment } = $packCounts;
const { findRootOfRun } = $range;
const { hashEntry, toTreeHash } = $tree;
const { decodeBase64url } = $base64;


function findHashes({ path }) {
  const hashes = path.map(decodeBase64url).filter((bytes) => bytes?.length === 32);
  return hashes.length === path.length ? hashes.filter((bytes) => bytes !== undefined).map(toTreeHash) : undefined;
}

const isSameStretch = (range, stated) => range.from === stated?.from && range.to === stated.to;

function isRunOf(leaves, range, head) {
  const path = findHashes(range);
  if (path === undefined || leaves.length !== range.to - range.from) {
    return false;
  }
  const hashes = leaves.map(({ id, commitment }) => hashEntry(id, commitment));
  return findRootOfRun({ from: range.from, leaves: hashes, path }, head.size) === toTreeHash(head.root);
}

/** `undefined` where the pack lists no leaves: nothing to check. */
function isStretchWhole({ head, leaves, range, stated }) {
  if (leaves === null && range === null) {
    return undefined;
  }
  const isOfLog = head !== undefined && range !== null && range.size === head.size && isSameStretch(range, stated.stretch);
  return isOfLog && leaves !== null && isRunOf(leaves, range, head);
}

function reachesBack({ entries, manifest }, { first, stretch }) {
  const { from, record } = manifest.query;
  if (stretch.from === 0) {
    return true;
  }
  // A record begins with its first version, which no other can precede.
  return from === null ? record !== null && entries[0]?.proven.entry.index === stretch.from : first < from;
}

const toEdge = (leaf) => toMoment(leaf?.id ?? '');

function reachesOn({ head, manifest }, { last, stretch }) {
  const { to } = manifest.query;
  return stretch.to === head?.size || (to !== null && last >= to);
}

/** Whether the stretch goes to the ends of the period: to the log's own ends, or to a leaf that was made outside of it. */
function isPeriodCovered(evidence) {
  const { leaves, stated } = evidence;
  const { stretch } = stated;
  if (leaves === null || stretch === null) {
    return false;
  }
  const edges = { stretch, first: toEdge(leaves[0]), last: toEdge(leaves.at(-1)) };
  return reachesOn(evidence, edges) && reachesBack(evidence, edges);
}

/** Ascending, once each, within the stretch. */
function areInOrder({ entries, stated }) {
  const indexes = entries.map(({ proven }) => proven.entry.index);
  const { stretch } = stated;
  const isRising = indexes.every((index, at) => at === 0 || index > (indexes[at - 1] ?? 0));
  return isRising && (stretch === null ? indexes.length === 0 : indexes.every((index) => index >= stretch.from && index < stretch.to));
}

function isAllOpened({ entries, stated }) {
  const known = new Set([...entries.map(({ proven }) => proven.entry.index), ...stated.erased]);
  const { stretch } = stated;
  return stretch !== null && known.size === stretch.to - stretch.from && known.size === entries.length + stated.erased.length;
}

/** Every opened entry was asked for; or every leaf is opened, asked for or not. */
function areOpeningsRight(evidence) {
  const { entries, manifest } = evidence;
  const isRight = manifest.openings === 'all' ? isAllOpened(evidence) : entries.every((entry) => isMatch(manifest.query, entry));
  return isRight && areInOrder(evidence);
}

const follows = (decided) =>
  decided.every(({ version }, at) => at === 0 || version === (decided[at - 1]?.version ?? 0) + 1);

/** `undefined` where the query leaves some kinds of entries out, so that versions have to be missing. */
function areVersionsWhole(evidence) {
  const { attribute, from, types } = evidence.manifest.query;
  if (attribute !== null || types !== null) {
    return undefined;
  }
  return groupDecided(evidence).every(([, decided]) => follows(decided) && (from !== null || decided[0]?.version === 1));
}
return { isStretchWhole, isPeriodCovered, areOpeningsRight, areVersionsWhole };
})();

const $packSaid = (() => {
// What a pack is and what it comes to, for whoever reads the result: who took it, for whom, and what stays unproven.
const { findString } = $json;
const { areVersionsWhole, isStretchWhole } = $packCompleteness;
const { areWordsProven } = $packPurposes;


const always = [
  'that what was never written into the log did not happen',
  'that the log has no other form elsewhere; witnesses, whose keys you take from them, or a checkpoint that you kept yourself speak to that',
  'that no entry made by a clock that was behind stands after the end of the stretch with a time within the period',
  'who the person is: an entry holds a mask that is the same in no other',
];

/** Where every leaf is opened and nobody narrowed by a person, the query can be repeated from outside. */
const isRepeatable = ({ manifest }) => manifest.openings === 'all' && manifest.query.person === null;

function toProven(evidence) {
  const { entries, manifest, stated } = evidence;
  const { stretch } = stated;
  const isListed = isStretchWhole(evidence) === true && stretch !== null;
  return [
    `that each of the ${entries.length} opened entries stands in the log of ${manifest.size} entries, word for word`,
    ...(isListed ? [`that the log holds exactly ${stretch.to - stretch.from} entries from ${stretch.from} to ${stretch.to - 1}`] : []),
    ...(areVersionsWhole(evidence) === true ? ['that no version is missing between the first and the last shown of any record'] : []),
    ...(areWordsProven(evidence) ? ['that each purpose stands here in both languages as it was registered in this log'] : []),
    ...(isRepeatable(evidence) ? ['that no readable entry of the stretch that meets the query was left out'] : []),
  ];
}

function toUnproven(evidence) {
  const { entries, stated } = evidence;
  const { stretch } = stated;
  const closed = stretch === null ? 0 : stretch.to - stretch.from - entries.length;
  const told =
    isStretchWhole(evidence) === true
      ? `that none of the ${closed} entries left closed meets the query: the issuer signed so, and a court can have any of them opened`
      : 'that nothing else in the log meets the query: the stretch is too long to be listed, and the issuer signed so';
  const words = 'that each purpose stood in the register in these words: the log of this pack does not name the digest of all of them';
  return [
    ...(isRepeatable(evidence) ? [] : [told]),
    ...(areWordsProven(evidence) ? [] : [words]),
    ...(stated.erased.length > 0 ? ['what the erased entries said'] : []),
    ...always,
  ];
}

function findSaid(evidence) {
  const { object, rows, size } = evidence.manifest;
  const get = (name) => findString(object, name) ?? '';
  return {
    case: get('case'),
    recipient: get('recipient'),
    reason: get('reason'),
    createdAt: get('created_at'),
    expiresAt: get('expires_at'),
    rows,
    size,
    proven: toProven(evidence),
    unproven: toUnproven(evidence),
  };
}
return { findSaid };
})();

const $recordDigest = (() => {
// What a record says of itself (`integrity.content_sha256`): the digest of everything else in it. It is what a passkey signs, and what names the record elsewhere.
const { hash } = $crypto;
const { decodeBase64url } = $base64;
const { findMembers } = $canonical;
const { isObject } = $json;


/** base64url SHA-256 of the record as it is spelled, without its member `integrity`; undefined where the receipt is not in canonical form. */
function findRecordDigest({ signed }) {
  const payload = decodeBase64url(signed.split('.')[1] ?? '')?.toString() ?? '';
  const record = findMembers(payload)?.get('record');
  const members = record === undefined ? undefined : findMembers(record);
  if (members === undefined) {
    return undefined;
  }
  const content = Array.from(members)
    .filter(([name]) => name !== 'integrity')
    .map(([name, spelled]) => `${JSON.stringify(name)}:${spelled}`);
  return hash('sha256', `{${content.join(',')}}`, 'base64url');
}

function findIntegrity({ claims }) {
  const record = claims['record'];
  const integrity = isObject(record) ? record['integrity'] : undefined;
  return isObject(integrity) ? integrity : undefined;
}

/** Whether the record is the one that its digest names. Undefined for a record from before records carried one. */
function isRecordNamed(jws) {
  const integrity = findIntegrity(jws);
  const digest = findRecordDigest(jws);
  return integrity === undefined ? undefined : digest !== undefined && integrity['content_sha256'] === digest;
}
return { findRecordDigest, isRecordNamed };
})();

const $confirmation = (() => {
// The word of a passkey over a record, where the record says that one confirmed it (WebAuthn L3 §7.2): the challenge is the digest of the record itself, the
// person was verified by the authenticator, and the signature is by the key that the issuer names. Nothing of it can be taken from another record.
const { createPublicKey, hash, verify } = $crypto;
const { decodeBase64url } = $base64;
const { findString, isObject, parseObject } = $json;
const { findRecordDigest, isRecordNamed } = $recordDigest;


function findObject(object, name) {
  const value = object[name];
  return isObject(value) ? value : undefined;
}

function findBytes(object, name) {
  const text = findString(object, name);
  return text === undefined ? undefined : decodeBase64url(text);
}

function toAssertion(value) {
  const key = findObject(value, 'key');
  const data = findBytes(value, 'authenticator_data');
  const client = findBytes(value, 'client_data_json');
  const signature = findBytes(value, 'signature');
  return key === undefined || data === undefined || client === undefined || signature === undefined
    ? undefined
    : { key, data, client, signature };
}

/** WebAuthn L3 §7.2 steps 9 to 14. */
function isClientRight(bytes, challenge, origin) {
  const client = parseObject(bytes.toString());
  const isOwnPage = client?.['crossOrigin'] === undefined || client['crossOrigin'] === false;
  const isSaid = client?.['type'] === 'webauthn.get' && client['challenge'] === challenge && client['origin'] === origin;
  return isSaid && isOwnPage && client['topOrigin'] === undefined;
}

const userPresentAndVerified = 0x05;

/** WebAuthn L3 §7.2 steps 15 to 17: of this relying party, with the person there and verified. */
function isDataRight(data, host) {
  return (
    data.length >= 37 &&
    data.toString('base64url', 0, 32) === hash('sha256', host, 'base64url') &&
    (data.readUInt8(32) & userPresentAndVerified) === userPresentAndVerified
  );
}

/** The three kinds of key that a passkey may have here. */
const kinds = [
  { named: { kty: 'EC', crv: 'P-256' }, sizes: { x: [32, 32], y: [32, 32] }, algorithm: 'sha256' },
  { named: { kty: 'OKP', crv: 'Ed25519' }, sizes: { x: [32, 32] }, algorithm: null },
  { named: { kty: 'RSA' }, sizes: { n: [256, 512], e: [1, 8] }, algorithm: 'sha256' },
];

function isKind(key, { named, sizes }) {
  const isSized = Object.entries(sizes).every(([name, [least, most]]) => {
    const size = findBytes(key, name)?.length ?? 0;
    return size >= least && size <= most;
  });
  return isSized && Object.entries(named).every(([name, value]) => key[name] === value);
}

/** Nothing else of the JWK is read. */
function findKey(key) {
  const kind = kinds.find((each) => isKind(key, each));
  if (kind === undefined) {
    return undefined;
  }
  const numbers = Object.fromEntries(Object.keys(kind.sizes).map((name) => [name, findString(key, name) ?? '']));
  return { jwk: { ...kind.named, ...numbers }, algorithm: kind.algorithm };
}

function isSignedBy({ client, data, key, signature }) {
  const known = findKey(key);
  if (known === undefined) {
    return false;
  }
  try {
    const signed = Buffer.concat([data, hash('sha256', client, 'buffer')]);
    return verify(known.algorithm, signed, createPublicKey({ key: known.jwk, format: 'jwk' }), signature);
  } catch {
    // The crypto library throws for a point that is not on the curve.
    return false;
  }
}

function isConfirmed(jws, given) {
  const assertion = toAssertion(given);
  const digest = findRecordDigest(jws);
  const issuer = findString(jws.claims, 'iss') ?? '';
  if (assertion === undefined || digest === undefined || isRecordNamed(jws) !== true || !URL.canParse(issuer)) {
    return false;
  }
  const { hostname, origin } = new URL(issuer);
  return isClientRight(assertion.client, digest, origin) && isDataRight(assertion.data, hostname) && isSignedBy(assertion);
}

/** Undefined for a record that nobody confirmed with a passkey, and that does not say so. */
function findConfirmation(jws) {
  const record = findObject(jws.claims, 'record') ?? {};
  const integrity = findObject(record, 'integrity') ?? {};
  const isSaid = findObject(record, 'expression')?.['method'] === 'button_passkey';
  const assertion = integrity['assertion'];
  if (!isSaid && assertion === undefined) {
    return undefined;
  }
  return isSaid && isObject(assertion) && isConfirmed(jws, assertion);
}
return { findConfirmation };
})();

const $packRecords = (() => {
// Whether records, receipts and notices are those that the opened entries name: all of them, and no other.
const { hash } = $crypto;
const { findConfirmation } = $confirmation;
const { findString, isObject } = $json;
const { findJws, isSignedByOneOf } = $jws;
const { findPayload } = $packEvidence;
const { isRecordNamed } = $recordDigest;


function toExpected({ entries }) {
  return entries.flatMap((entry) => {
    const payload = findPayload(entry);
    const digest = findString(payload, 'receipt_sha256');
    const record = entry.body?.['record'];
    const line = {
      index: entry.proven.entry.index,
      record: typeof record === 'string' ? record : null,
      version: payload['version'] ?? null,
    };
    return digest === undefined ? [] : [{ ...line, digest }];
  });
}

function isSameLine(line, expected) {
  return (
    line.index === expected?.index &&
    line.digest === expected.digest &&
    line.record === expected.record &&
    line.version === expected.version
  );
}

/** What the receipt says of itself holds: its record, and the passkey's word over it. */
function isWhole(jws, { record, version }) {
  const said = jws.claims['record'];
  const isOfVersion = isObject(said) && said['record_id'] === record && said['version'] === version;
  return isOfVersion && isRecordNamed(jws) !== false && findConfirmation(jws) !== false;
}

function isReceiptRight({ keys }, line) {
  const receipt = line.receipt ?? '';
  const jws = findJws(receipt);
  if (jws === undefined || keys === undefined || hash('sha256', receipt, 'base64url') !== line.digest) {
    return false;
  }
  return isWhole(jws, line) && isSignedByOneOf(jws, keys);
}

/** A line for each decision that is opened, and where receipts travel, the very receipt that its entry names. */
function areRecordsRight(evidence) {
  const { manifest, records } = evidence;
  const expected = toExpected(evidence);
  const areSame = records.length === expected.length && records.every((line, at) => isSameLine(line, expected[at]));
  const isReceipted = (line) =>
    manifest.receipts === 'included' ? isReceiptRight(evidence, line) : line.receipt === null;
  return areSame && records.every(isReceipted);
}

const noticeName = /^notices\/([^/]+)\.txt$/;
const otherName = /^notices\/other-language\/([^/]+)\.txt$/;

function findTexts(files, form) {
  return [...files].flatMap(([name, bytes]) => {
    const digest = form.exec(name)?.[1];
    return digest === undefined ? [] : [{ digest, isRight: hash('sha256', bytes, 'base64url') === digest }];
  });
}

/**
 * The text behind each digest that an opened entry names, unless the pack says that it is not kept. What is there in the other language for whoever reads that one is
 * named by its own digest, and proves nothing of what was on a screen.
 */
function areNoticesRight({ entries, files, stated }) {
  const named = new Set(entries.map((entry) => findString(findPayload(entry), 'notice_sha256')).filter((digest) => digest !== undefined));
  const shown = findTexts(files, noticeName);
  const accounted = new Set([...shown.map(({ digest }) => digest), ...stated.missing]);
  const isEach = shown.every(({ isRight }) => isRight) && accounted.size === shown.length + stated.missing.length;
  const isNamed = accounted.size === named.size && [...named].every((digest) => accounted.has(digest));
  return isEach && isNamed && findTexts(files, otherName).every(({ digest, isRight }) => isRight && !named.has(digest));
}
return { areRecordsRight, areNoticesRight };
})();

const $verifyPack = (() => {
// Verifies an evidence pack without a network: who signed it, that every file is the one that was signed for, that each entry is in the log, and how far the pack
// can show that nothing was held back. Imports nothing of the server.
const { hash } = $crypto;
const { checkHistory, checkOpening, checkSigned, isIncludedIn, isWhole, toCheck, toTrust } = $checkProof;
const { isSignedByOneOf } = $jws;
const { areOpeningsRight, areVersionsWhole, isPeriodCovered, isStretchWhole } = $packCompleteness;
const { areCountsRight } = $packCounts;
const { findPackEvidence } = $packEvidence;
const { findSaid } = $packSaid;
const { arePurposesRight } = $packPurposes;
const { isGrownFrom } = $packWitnesses;
const { areNoticesRight, areRecordsRight } = $packRecords;


const packChecks = [
  'pack-form',
  'key-history',
  'pack-signature',
  'issuer',
  'pack-files',
  'checkpoint-signature',
  'witnesses',
  'kept-checkpoint',
  'witnessed',
  'entry-canonical',
  'commitment',
  'inclusion',
  'openings',
  'stretch',
  'versions',
  'counts',
  'records',
  'notices',
];

const packType = 'huwiya-pack+jwt';

function isPackSigned({ jws, keys, manifest }) {
  const payload = jws?.signed.split('.')[1];
  return (
    jws !== undefined &&
    keys !== undefined &&
    payload === Buffer.from(manifest.text).toString('base64url') &&
    isSignedByOneOf(jws, keys, packType)
  );
}

/** The name of the log is the issuer's address without its scheme, and a path. */
function isIssuerRight({ logKeys, manifest }, { issuer }) {
  const address = /^https?:\/\/([^\s?#]+?)\/?$/.exec(manifest.issuer)?.[1];
  const isOfIssuer = address !== undefined && logKeys?.name.startsWith(`${address}/`) === true;
  return isOfIssuer && (issuer === undefined || issuer === manifest.issuer);
}

const unsigned = new Set(['manifest.json', 'manifest.jws']);

/** The name of a file that is missing, changed, or not signed for. */
function findChangedFile({ files, manifest }) {
  const names = new Set([...files.keys(), ...manifest.files.keys()]);
  return [...names].find((name) => {
    const [file, said] = [files.get(name), manifest.files.get(name)];
    const isSame = file !== undefined && said?.bytes === file.length && said.sha256 === hash('sha256', file, 'base64url');
    return !isSame && !(unsigned.has(name) && file !== undefined && said === undefined);
  });
}

function checkFiles(evidence) {
  const changed = findChangedFile(evidence);
  return toCheck(
    'pack-files',
    changed === undefined,
    changed === undefined ? 'every file is the one that was signed for' : `not as signed: ${changed}`,
  );
}

/** The first that fails in any entry. */
function checkEntries(evidence) {
  const { checkpoint, entries } = evidence;
  const opened = entries.flatMap(checkOpening);
  const isPassed = (name) => opened.every((check) => check.name !== name || check.result === 'passed');
  const isIn = entries.every((entry) => entry.proven.checkpoint === checkpoint && isIncludedIn(entry));
  return [
    toCheck('entry-canonical', isPassed('entry-canonical'), 'each entry is in its one canonical form'),
    toCheck('commitment', isPassed('commitment'), 'each entry is the one that was committed to'),
    toCheck('inclusion', isIn, `each of ${entries.length} entries is in the log of this checkpoint`),
  ];
}

function toMaybe(name, isPassed, detail) {
  return isPassed === undefined ? { name, result: 'not-run', detail } : toCheck(name, isPassed, detail);
}

/** A stretch that is listed has to be whole, hold the entries, and reach over the period. */
function checkStretch(evidence) {
  const isListed = isStretchWhole(evidence);
  const isHeld = evidence.entries.every(({ proven }) => {
    const leaf = evidence.leaves?.[proven.entry.index - (evidence.stated.stretch?.from ?? 0)];
    return leaf?.id === proven.entry.id && leaf.commitment === proven.entry.commitment;
  });
  const isPassed = isListed === undefined ? undefined : isListed && isHeld && isPeriodCovered(evidence);
  return toMaybe('stretch', isPassed, 'the listed leaves are all that the log holds there, and reach over the period');
}

function checkCompleteness(evidence) {
  return [
    toCheck('openings', areOpeningsRight(evidence), 'every entry was asked for, once and in the order of the log'),
    checkStretch(evidence),
    toMaybe('versions', areVersionsWhole(evidence), 'the versions of each record follow each other without a gap'),
    toCheck('counts', areCountsRight(evidence), 'the counts of the pack are those of its parts'),
    toCheck('records', areRecordsRight(evidence), 'each decision has its line, and its receipt where receipts travel'),
    toCheck(
      'notices',
      areNoticesRight(evidence) && arePurposesRight(evidence, evidence.checkpoint),
      'the texts are those that the entries name',
    ),
  ];
}

function checkWitnessed({ head, witnessed }) {
  if (witnessed === null) {
    return { name: 'witnessed', result: 'not-run', detail: 'the pack brings no word of witnesses' };
  }
  return toCheck(
    'witnessed',
    isGrownFrom(witnessed, head),
    `the log of ${witnessed.second} entries that others cosigned begins with this one`,
  );
}

/** A policy asks of the checkpoint that witnesses have seen; the one of the pack may be smaller, and seen by nobody. */
function toSigned({ head, logKeys, checkpoint, witnessed }) {
  const seen = witnessed ?? { head, text: checkpoint };
  return { head, logKeys, seen: { head: seen.head, checkpoint: seen.text } };
}

function checkSignatures(evidence, trusted) {
  return [
    toCheck('pack-signature', isPackSigned(evidence), 'the manifest is signed by a key of the issuer'),
    toCheck('issuer', isIssuerRight(evidence, trusted), 'pack and log are of one issuer, the expected one'),
    checkFiles(evidence),
    ...checkSigned(toSigned(evidence), evidence.trusted),
    checkWitnessed(evidence),
  ];
}

/** What the query, the length of the stretch or the lack of witnesses leaves nothing to check of. */
const occasional = new Set(['stretch', 'versions', 'witnessed']);

function isAllWell(checks) {
  return isWhole(checks.filter(({ name, result }) => !(occasional.has(name) && result === 'not-run')));
}

function toUnformed(trust) {
  const rest = packChecks.slice(1).map((name) => ({ name, result: 'not-run' , detail: 'the file is no pack' }));
  const checks = [toCheck('pack-form', false, 'a part is missing or does not have the form of a pack'), ...rest];
  return { format: 'huwiya-pack/1', isValid: false, trust, checks, said: null };
}

/** Takes the files of a pack; `undefined` when there were none to read. Every check is listed in order; a pack is valid when all passed that could be made. */
function verifyPack(files, trusted = {}) {
  const trust = {
    keys: trusted.keys === undefined ? ('from-file' ) : ('given' ),
    log: toTrust(trusted),
  };
  const evidence = files && findPackEvidence(files, trusted);
  if (evidence === undefined) {
    return toUnformed(trust);
  }
  const checks = [
    toCheck('pack-form', true, 'every part has the form of a pack'),
    ...checkHistory(evidence, evidence.trusted),
    ...checkSignatures(evidence, trusted),
    ...checkEntries(evidence),
    ...checkCompleteness(evidence),
  ];
  const isValid = isAllWell(checks);
  return { format: 'huwiya-pack/1', isValid, trust, checks, said: isPackSigned(evidence) ? findSaid(evidence) : null };
}
return { packChecks, verifyPack };
})();

const $receiptForm = (() => {
// The form of a receipt file, read without believing any of it.
const { findString, isObject, parseObject } = $json;
const { findProvenEntry } = $proofForm;


function findReceipt(text) {
  const file = parseObject(text);
  if (file?.['format'] !== 'huwiya-receipt/1') {
    return undefined;
  }
  const proven = findProvenEntry(file);
  const jws = findString(file, 'receipt');
  const keys = file['keys'];
  return proven === undefined || jws === undefined || !isObject(keys) ? undefined : { ...proven, jws, keys };
}
return { findReceipt };
})();

const $verifyReceipt = (() => {
// Verifies one receipt without a network: what was signed, that the log holds it, that the log was signed. Imports nothing of the server.
// Keys inside the file are a convenience; whoever has them from elsewhere passes them, and the report says which were used.
const { hash } = $crypto;
const { checkHistory, checkOpening, checkPlace, collectProof, isWhole, toCheck, toTrust } = $checkProof;
const { findConfirmation } = $confirmation;
const { findJws, isSignedByOneOf } = $jws;
const { findString, isObject, parseObject } = $json;
const { findReceipt } = $receiptForm;
const { isRecordNamed } = $recordDigest;


const receiptChecks = [
  'form',
  'key-history',
  'receipt-signature',
  'issuer',
  'record-digest',
  'confirmation',
  'entry-canonical',
  'commitment',
  'receipt-named',
  'inclusion',
  'checkpoint-signature',
  'witnesses',
  'kept-checkpoint',
];

function collectEvidence(receipt, trusted) {
  const keys = trusted.keys === undefined ? receipt.keys : parseObject(trusted.keys);
  return { ...collectProof(receipt, trusted), receipt, jws: findJws(receipt.jws), keys };
}

function isReceiptSigned({ jws, keys }) {
  return jws !== undefined && keys !== undefined && isSignedByOneOf(jws, keys);
}

/** The name of the log is the issuer's address without its scheme, and a path; so a log of one issuer cannot vouch for another. */
function isIssuerRight({ jws, logKeys }, trusted) {
  const issuer = jws === undefined ? undefined : findString(jws.claims, 'iss');
  const address = /^https?:\/\/([^\s?#]+?)\/?$/.exec(issuer ?? '')?.[1];
  const isLogOfIssuer = address !== undefined && logKeys?.name.startsWith(`${address}/`) === true;
  return isLogOfIssuer && (trusted.issuer === undefined || trusted.issuer === issuer);
}

function isReceiptNamed({ receipt, body }) {
  const payload = body?.['payload'];
  return isObject(payload) && payload['receipt_sha256'] === hash('sha256', receipt.jws, 'base64url');
}

/** Every record carries its digest now; those from before have nothing to check. */
function checkRecordDigest({ jws }) {
  const named = jws === undefined ? undefined : isRecordNamed(jws);
  return named === undefined ? [] : [toCheck('record-digest', named, 'the record is the one that its digest names')];
}

/** Only where a record says that a passkey confirmed it; by a button alone there is nothing to check. */
function checkConfirmation({ jws }) {
  const confirmed = jws === undefined ? undefined : findConfirmation(jws);
  return confirmed === undefined ? [] : [toCheck('confirmation', confirmed, 'the passkey of the person signed this very record')];
}

function checkEvidence(evidence, trusted) {
  return [
    toCheck('form', true, 'the file has the form of a receipt'),
    ...checkHistory(evidence, trusted),
    toCheck('receipt-signature', isReceiptSigned(evidence), 'the receipt is signed by a key of the issuer'),
    toCheck('issuer', isIssuerRight(evidence, trusted), 'receipt and log are of one issuer, the expected one'),
    ...checkRecordDigest(evidence),
    ...checkConfirmation(evidence),
    ...checkOpening(evidence),
    toCheck('receipt-named', isReceiptNamed(evidence), 'the entry names this receipt'),
    ...checkPlace(evidence, trusted),
  ];
}

/** Made only where there is something to hold against. */
const occasional = new Set(['record-digest', 'confirmation', 'key-history', 'witnesses', 'kept-checkpoint']);
const required = receiptChecks.filter((name) => !occasional.has(name));

/** Takes the text of a receipt file. Every check is listed in order; a receipt is valid when all of them passed. */
function verifyReceipt(text, trusted = {}) {
  const receipt = findReceipt(text);
  const trust = {
    keys: trusted.keys === undefined ? ('from-file' ) : ('given' ),
    log: toTrust(trusted),
  };
  if (receipt === undefined) {
    const rest = required.slice(1).map((name) => ({ name, result: 'not-run' , detail: 'the file is no receipt' }));
    const checks = [toCheck('form', false, 'the file does not have the form of a receipt'), ...rest];
    return { format: 'huwiya-receipt/1', isValid: false, trust, checks, claims: null };
  }
  const evidence = collectEvidence(receipt, trusted);
  const checks = checkEvidence(evidence, trusted);
  const isValid = isWhole(checks);
  const claims = isReceiptSigned(evidence) ? (evidence.jws?.claims ?? null) : null;
  return { format: 'huwiya-receipt/1', isValid, trust, checks, claims };
}
return { receiptChecks, verifyReceipt };
})();

// The offline verifier as a command; `npm run docs` makes it one file, huwiya-verify.mjs. Needs Node and nothing else: no server, no network, no dependency.
// Prints one line for each check and ends with the exit code of the first fault (exit-codes.ts).
const { createReadStream } = $fs;
const { open, readFile, stat } = $fsPromises;
const { parseArgs } = $util;
const { exitCodes, exitUnreadable, exitUsage } = $exitCodes;
const { answerAsThread, isThread, startThreads } = $judgingThreads;
const { packMark, readPackFiles } = $packFiles;
const { readPolicy } = $policy;
const { verifyExport } = $verifyExport;
const { isFigures, verifyFigures } = $verifyFigures;
const { isEntryFile, verifyEntry } = $verifyEntry;
const { isList, verifyList } = $verifyList;
const { verifyPack } = $verifyPack;
const { verifyReceipt } = $verifyReceipt;


const codeLines = Object.entries(exitCodes).map(([name, code]) => `  ${code}  ${name}`);

const usage = `usage: node huwiya-verify.mjs FILE [--log-key VKEY|FILE] [--keys JWKSFILE] [--issuer URL]
       [--key-history FILE] [--policy FILE] [--kept CHECKPOINTFILE]…

FILE is one of these:
  a receipt (huwiya-receipt/1)
  an entry with its proof (huwiya-entry/1)
  an export of the whole log (huwiya-log/1)
  an evidence pack (huwiya-pack/1) or a list (huwiya-list/1), as a ZIP file or unpacked to a folder
  the public figures of a month (huwiya-figures/1)

  --log-key      the key of the log that you trust, or a file that holds it
  --key-history  how the key of the log was changed, as /ledger/keys gives it: leads from the key that you trust to all others
  --policy       the logs and witnesses that you trust (C2SP tlog-policy): enough of them have to have cosigned the checkpoint
  --keys         the JSON Web Key Set of the issuer that you trust, for receipts, packs, lists and figures
  --issuer       the issuer that you expect, for the same
  --kept         a checkpoint that was kept, or for figures the file of an earlier month; may be repeated

Exit codes; the first fault decides:
  0   everything that could be checked holds
  ${exitUnreadable}   the file could not be read
  ${exitUsage}   wrong usage
${codeLines.join('\n')}`;

const options = {
  'log-key': { type: 'string' },
  keys: { type: 'string' },
  issuer: { type: 'string' },
  'key-history': { type: 'string' },
  policy: { type: 'string' },
  kept: { type: 'string', multiple: true },
};

function findAsked(args) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      return undefined;
    }
    const { keys, issuer, policy, kept = [] } = values;
    return { file, logKey: values['log-key'], keyHistory: values['key-history'], policy, keys, issuer, kept };
  } catch {
    return undefined;
  }
}

const beginningSize = 65_536;

async function readBeginning(file) {
  const handle = await open(file);
  try {
    // A folder is a pack that somebody unpacked.
    if ((await handle.stat()).isDirectory()) {
      return packMark;
    }
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginningSize), 0, beginningSize, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const trustNotes = {
  given: 'checked with the key you gave',
  'from-file': 'checked with the key in the file itself, which proves less',
  none: 'none were given, so nothing here is signed for',
};

/** Whoever made the whole file anew made the keys in it too: then nobody has said yet whose word this is. */
function toVerdict(isValid, trust) {
  if (!isValid) {
    return 'NOT VALID';
  }
  return trust.includes('from-file') ? 'VALID ONLY IF THE KEYS IN THE FILE ARE THE RIGHT ONES: give the published ones to know' : 'VALID';
}

function printChecks(
  { checks, format, isValid, trust },
  print,
) {
  for (const { name, result, detail } of checks) {
    print(`${result.padEnd(7)} ${name}: ${detail}`);
  }
  const keys = 'keys' in trust ? `keys of the issuer: ${trustNotes[trust.keys]}; ` : '';
  const log =
    'log' in trust
      ? `key of the log: ${trustNotes[trust.log]}`
      : `nothing in ${format === 'huwiya-figures/1' ? 'figures' : 'a list'} is proven against the log`;
  print(`trust   ${keys}${log}`);
  print(toVerdict(isValid, Object.values(trust)));
  const failed = checks.find((check) => check.result === 'failed');
  return failed === undefined ? 0 : exitCodes[failed.name];
}

function printPack(report, print) {
  const { isValid, said } = report;
  if (said !== null) {
    print(`pack    case ${said.case}, for ${said.recipient}; made ${said.createdAt}, to be destroyed by ${said.expiresAt}`);
    print(`reason  ${said.reason}`);
  }
  if (said !== null && isValid) {
    said.proven.forEach((each) => print(`proven     ${each}`));
    said.unproven.forEach((each) => print(`not proven ${each}`));
  }
  return printChecks(report, print);
}

/** What the provenance says is printed only when it is signed, in JSON: no sign of it runs in a terminal. */
function printList(report, print) {
  const { said } = report;
  if (said !== null) {
    const { author, case: paper, query, reason, recipient, rows, size } = said;
    print(`list    ${JSON.stringify({ case: paper, recipient, reason, author, query, rows, size })}`);
    print('not proven that no other entry meets the query, nor what a row says: the issuer signed so');
  }
  return printChecks(report, print);
}

function printFigures(report, print) {
  const { said } = report;
  if (said !== null) {
    print(`figures of ${JSON.stringify(said.month)}, edition ${said.edition}, counted in the first ${said.size} entries of the log`);
    print('not proven that they were counted right: the issuer signed so');
  }
  return printChecks(report, print);
}

function printExport(report, print) {
  for (const { code, index, id, line, detail } of report.faults) {
    const place = [
      index === null ? '' : ` entry ${index}`,
      id === null ? '' : ` id ${JSON.stringify(id)}`,
      line === null ? '' : ` line ${line}`,
    ];
    print(`failed  ${code}${place.join('')}: ${detail}`);
  }
  print(`read    ${report.entries} entries, ${report.erased} of them erased; ${report.comparedRoots} checkpoints compared`);
  if (report.erased > 0) {
    print('not proven what the erased entries say: only that they stand at their place, and that the log accounts for each');
  }
  print(`trust   key of the log: ${trustNotes[report.trust.log]}`);
  print(toVerdict(report.isValid, [report.trust.log]));
  const [first] = report.faults;
  return first === undefined ? 0 : exitCodes[first.code];
}

/** A verifier key is one line with plus signs; anything else names a file that holds one. */
async function readLogKey(given) {
  return /^[^\s+]+\+[0-9a-f]{8}\+/.test(given) ? given : (await readFile(given, 'utf8')).trim();
}

async function readPolicyFile(file) {
  const policy = readPolicy(await readFile(file, 'utf8'));
  if (typeof policy === 'number') {
    throw new TypeError(`${file} is no policy${policy === 0 ? '' : `: line ${policy}`}`);
  }
  return policy;
}

async function readTrusted({ logKey, keyHistory, policy, kept }) {
  return {
    ...(logKey === undefined ? {} : { logKey: await readLogKey(logKey) }),
    ...(keyHistory === undefined ? {} : { keyHistory: await readFile(keyHistory, 'utf8') }),
    ...(policy === undefined ? {} : { policy: await readPolicyFile(policy) }),
    kept: await Promise.all(kept.map((file) => readFile(file, 'utf8'))),
  };
}

/** A shorter log is verified before a thread has started. */
const longFile = 4_000_000;

async function verifyExportFile({ file }, trusted, print) {
  const chunks = createReadStream(file, { highWaterMark: 1_048_576 });
  const { size } = await stat(file);
  if (size < longFile) {
    return printExport(await verifyExport(chunks, trusted), print);
  }
  const threads = startThreads(new URL(import.meta.url));
  try {
    return printExport(await verifyExport(chunks, { ...trusted, findRun: threads.findRun }), print);
  } finally {
    await threads.stop();
  }
}

async function readIssuer({ issuer, keys }) {
  return { ...(keys === undefined ? {} : { keys: await readFile(keys, 'utf8') }), ...(issuer === undefined ? {} : { issuer }) };
}

async function verifyOneEntry(asked, trusted, print) {
  const text = await readFile(asked.file, 'utf8');
  if (isEntryFile(text)) {
    return printChecks(verifyEntry(text, trusted), print);
  }
  if (isFigures(text)) {
    return printFigures(verifyFigures(text, { kept: trusted.kept ?? [], ...(await readIssuer(asked)) }), print);
  }
  return printChecks(verifyReceipt(text, { ...trusted, ...(await readIssuer(asked)) }), print);
}

async function verifyPackFile(asked, trusted, print) {
  const files = await readPackFiles(asked.file);
  const issuer = await readIssuer(asked);
  return files !== undefined && isList(files)
    ? printList(verifyList(files, issuer), print)
    : printPack(verifyPack(files, { ...trusted, ...issuer }), print);
}

/** An export begins with its header line. A receipt or an entry may be written over many lines, so it is whatever nothing else is. */
const kinds = [
  { is: (beginning) => /^[^\n]*"format":"huwiya-log\//.test(beginning.toString()), verify: verifyExportFile },
  { is: (beginning) => beginning.subarray(0, packMark.length).equals(packMark), verify: verifyPackFile },
  { is: () => true, verify: verifyOneEntry },
];

async function verifyFile(asked, print) {
  const trusted = await readTrusted(asked);
  const beginning = await readBeginning(asked.file);
  const kind = kinds.find(({ is }) => is(beginning));
  return kind === undefined ? exitUnreadable : kind.verify(asked, trusted, print);
}

/** Gives the exit code. */
async function runVerifier(args, print) {
  if (args.includes('--help')) {
    print(usage);
    return 0;
  }
  const asked = findAsked(args);
  if (asked === undefined) {
    print(usage);
    return exitUsage;
  }
  try {
    return await verifyFile(asked, print);
  } catch (error) {
    print(`failed  the file could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    return exitUnreadable;
  }
}

if (isThread()) {
  answerAsThread();
} else if (import.meta.main) {
  process.exitCode = await runVerifier(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
}
