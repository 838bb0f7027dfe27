// What a signed receipt says, in words: who, what for, which details, when, until when, how long. Pure: from the claims to rows of text.
// Claims are read only after their signature held; even so nothing of them is taken for anything but text.

import { findCount, findObject, findString, isObject } from './verification-json.js';
import { toDayText, toDurationText, toTimeText } from './verify-dates.js';

/** @typedef {import('./verification-json.js').JsonObject} JsonObject */
/** @typedef {import('./verify-dates.js').Language} Language */

/** @typedef {Readonly<Record<string, string>>} Words */

/**
 * `labels` are the words for each attribute, by its name.
 * @typedef {{ readonly language: Language, readonly words: Words, readonly labels: Words }} Speech
 */

/**
 * `isCode`: runs left to right in both languages.
 * @typedef {{ readonly label: string, readonly lines: readonly string[], readonly isCode?: boolean }} Fact
 */

/**
 * A text with its values put in.
 * @param {Words} words
 * @param {string} key
 * @param {Words} values
 */
export function say(words, key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => value), words[key] ?? key);
}

const kinds = [
  'given',
  'renewed',
  'narrowed',
  'withdrawn',
  'refused',
  'deferred',
  'notified',
  'paused',
  'resumed',
  'revoked',
  'invalidated',
];

// Under these nothing was agreed to, and under these nothing is shared any more.
const unagreed = ['refused', 'deferred'];
const ended = [...unagreed, 'withdrawn', 'revoked', 'invalidated'];

/**
 * What was done, from the entry: a refusal beside a standing consent leaves the record as it was.
 * @param {JsonObject} entry
 */
function toKind(entry) {
  const kind = (findString(entry, 'type') ?? '').replace(/^consent\./, '');
  return kinds.includes(kind) ? kind : 'given';
}

/**
 * The text at the end of a path of members.
 * @param {JsonObject} object
 * @param {readonly string[]} path
 * @returns {string}
 */
function getText(object, [name = '', ...rest]) {
  const value = object[name];
  if (rest.length > 0) {
    return isObject(value) ? getText(value, rest) : '';
  }
  return typeof value === 'string' ? value : '';
}

/**
 * Names of the attributes about which the record says one of these.
 * @param {JsonObject} record
 * @param {readonly string[]} decisions
 */
function findNames(record, decisions) {
  const list = record['claims'];
  const decided = Array.isArray(list) ? list.filter(isObject) : [];
  return decided.filter((each) => decisions.includes(findString(each, 'decision') ?? '')).map((each) => findString(each, 'name') ?? '');
}

/**
 * What the entry says was turned down, where the record itself goes on.
 * @param {JsonObject} entry
 */
function findRefused(entry) {
  const list = findObject(entry, 'payload')?.['declined'];
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
}

const sharedKeys = new Map([
  ['withdrawn', 'verify-was-agreed'],
  ['revoked', 'verify-was-agreed'],
  ['invalidated', 'verify-was-agreed'],
  ['notified', 'verify-told'],
]);

/**
 * @param {Speech} speech
 * @param {{ readonly record: JsonObject, readonly entry: JsonObject, readonly kind: string }} said
 * @returns {readonly Fact[]}
 */
function toDetailFacts({ language, words, labels }, { record, entry, kind }) {
  const list = new Intl.ListFormat(language === 'ar' ? 'ar' : 'en-GB', { type: 'unit' });
  /** @param {readonly string[]} names */
  const spell = (names) => (names.length === 0 ? say(words, 'verify-none') : list.format(names.map((name) => labels[name] ?? name)));
  if (unagreed.includes(kind)) {
    return [{ label: say(words, kind === 'deferred' ? 'verify-put-off' : 'verify-left-out'), lines: [spell(findRefused(entry))] }];
  }
  const declined = findNames(record, ['declined']);
  const isWhole = kind === 'notified' && declined.length === 0;
  return [
    { label: say(words, sharedKeys.get(kind) ?? 'verify-agreed'), lines: [spell(findNames(record, ['granted', 'notified']))] },
    ...(isWhole ? [] : [{ label: say(words, 'verify-left-out'), lines: [spell(declined)] }]),
  ];
}

/**
 * @param {Speech['words']} words
 * @param {JsonObject} record
 * @returns {readonly Fact[]}
 */
function toAwayFacts(words, record) {
  const isAway = isObject(record['terms']) && record['terms']['offline_access'] === true;
  return isAway ? [{ label: say(words, 'term-offline'), lines: [say(words, 'term-offline-text')] }] : [];
}

/**
 * @param {Speech} speech
 * @param {{ readonly record: JsonObject, readonly kind: string }} said
 * @returns {readonly Fact[]}
 */
function toTermFacts({ language, words }, { record, kind }) {
  const decidedAt = Date.parse(getText(record, ['created_at']));
  const endsAt = Date.parse(getText(record, ['validity', 'expires_at']));
  const kept = toDurationText(language, getText(record, ['terms', 'data_life']));
  const isStanding = !ended.includes(kind);
  return [
    ...(Number.isNaN(decidedAt)
      ? []
      : [
          {
            label: say(words, kind === 'notified' ? 'receipt-when-told' : 'receipt-when'),
            lines: [toDayText(language, decidedAt), toTimeText(language, decidedAt)],
          },
        ]),
    ...(isStanding && !Number.isNaN(endsAt) ? [{ label: say(words, 'receipt-ends'), lines: [toDayText(language, endsAt)] }] : []),
    ...(unagreed.includes(kind) ? [] : [{ label: say(words, 'receipt-kept'), lines: [say(words, 'verify-at-most', { duration: kept })] }]),
    ...(isStanding ? toAwayFacts(words, record) : []),
  ];
}

/**
 * What the service may do for the person at interfaces, in the words that were shown.
 * @param {Speech} speech
 * @param {{ readonly record: JsonObject, readonly kind: string }} said
 * @returns {readonly Fact[]}
 */
function toActFacts({ language, words }, { record, kind }) {
  const list = record['resources'];
  const uses = Array.isArray(list) ? list.filter(isObject) : [];
  const lines = uses.flatMap((use) => {
    const scopes = use['scopes'];
    const acts = Array.isArray(scopes) ? scopes.filter(isObject) : [];
    return acts.map((act) => `${getText(act, ['text', language])} (${getText(use, ['name', language])})`);
  });
  const label = say(words, ended.includes(kind) ? 'receipt-acts-ended' : 'term-acts');
  return lines.length === 0 ? [] : [{ label, lines }];
}

/**
 * That the service learns how the person's identity was checked: beside which details, and why.
 * @param {Speech} speech
 * @param {{ readonly record: JsonObject, readonly kind: string }} said
 * @returns {readonly Fact[]}
 */
function toVerificationFacts({ language, words, labels }, { record, kind }) {
  const told = findObject(record, 'verification');
  const names = told?.['attributes'];
  if (told === undefined || !Array.isArray(names)) {
    return [];
  }
  const attributes = names.map((name) => labels[String(name)] ?? String(name));
  const label = say(words, ended.includes(kind) ? 'receipt-verification-ended' : 'receipt-verification');
  return [{ label, lines: [...attributes, getText(told, ['why_needed', language])] }];
}

/**
 * Who else receives it, where it is stored, and by which act of an authority it ended: only what the record names.
 * @param {Speech} speech
 * @param {JsonObject} record
 * @returns {readonly Fact[]}
 */
function toPartyFacts({ language, words }, record) {
  const list = record['recipients'];
  const recipients = Array.isArray(list) ? list.filter(isObject).map((party) => getText(party, ['name', language])) : [];
  const named = [
    { key: 'receipt-recipients', lines: recipients },
    { key: 'receipt-storage', lines: [getText(record, ['storage', 'location', language])] },
    { key: 'receipt-act-reason', lines: [getText(record, ['authority_act', 'reason'])] },
    { key: 'receipt-act-reference', lines: [getText(record, ['authority_act', 'reference'])] },
  ];
  return named
    .map(({ key, lines }) => ({ label: say(words, key), lines: lines.filter((line) => line !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

/**
 * The short form to read aloud, as on the sheet.
 * @param {string} id
 */
const toNumber = (id) => `R-${id.slice(-8, -4)}-${id.slice(-4)}`.toUpperCase();

/**
 * The facts of a receipt whose signature held. `entry` is the body of its entry, `index` its place.
 * @param {Speech} speech
 * @param {{ readonly claims: JsonObject, readonly entry: JsonObject, readonly index: number }} receipt
 * @returns {readonly Fact[]}
 */
export function toFacts(speech, { claims, entry, index }) {
  const { language, words } = speech;
  const record = findObject(claims, 'record') ?? {};
  const kind = toKind(entry);
  const agency = getText(record, ['controller', 'org_name', language]);
  // Beside what stands a later version may be refused: what was shown is said.
  const shown = findObject(record, 'request') ?? record;
  const version = String(findCount(findObject(shown, 'purpose') ?? {}, 'version') ?? '');
  const law = getText(shown, ['legal_basis', 'law_ref']) || getText(shown, ['legal_basis', 'law_ref', language]);
  const said = { record, entry, kind };
  return [
    { label: say(words, 'verify-says'), lines: [say(words, `verify-says-${kind}`, { agency })] },
    { label: say(words, 'receipt-agency'), lines: [agency, getText(record, ['service', 'name', language])] },
    {
      label: say(words, 'term-purpose'),
      lines: [getText(shown, ['purpose', 'text', language]), say(words, 'receipt-version', { version })],
    },
    {
      label: say(words, 'receipt-basis'),
      lines: [say(words, `receipt-basis-${getText(shown, ['legal_basis', 'type'])}`), ...(law === '' ? [] : [law])],
    },
    ...toDetailFacts(speech, said),
    ...toTermFacts(speech, said),
    ...(unagreed.includes(kind)
      ? []
      : [...toActFacts(speech, said), ...toVerificationFacts(speech, said), ...toPartyFacts(speech, record)]),
    { label: say(words, 'verify-number'), lines: [toNumber(getText(record, ['receipt_id']))], isCode: true },
    { label: say(words, 'verify-place'), lines: [String(index)], isCode: true },
  ];
}
