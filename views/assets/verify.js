// The page /verify: takes a receipt from a file or a field, has it checked, shows the verdict in both languages. It works from a disk, without a network;
// served by its issuer it can ask the public log, when somebody presses for it. It keeps nothing and sends no receipt anywhere.
// All words stand on the page, in `data-words` of each half.

import { findString, parseObject } from './verification-json.js';
import { findInLog } from './verification-live.js';
import { findReceipt } from './verification-receipt.js';
import { findLogKey } from './verification-signature.js';
import { hashEntry, verifyReceipt } from './verification.js';
import { findCode, isCodeOf, isTake, readGiven, readTrusted } from './verify-input.js';
import { renderCode, renderResult } from './verify-result.js';

/** @typedef {import('./verification-bytes.js').Bytes} Bytes */
/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-live.js').LiveFinding} LiveFinding */
/** @typedef {import('./verify-input.js').Carried} Carried */
/** @typedef {import('./verify-input.js').Code} Code */
/** @typedef {import('./verify-input.js').Given} Given */
/** @typedef {import('./verify-result.js').Half} Half */
/** @typedef {import('./verify-result.js').Seen} Seen */

/**
 * @typedef {object} Page
 * @property {readonly Half[]} halves
 * @property {Carried} carried
 * @property {Subtle | undefined} subtle absent where the browser does not trust the address
 * @property {Code | undefined} code
 */

/** @param {string} place */
async function readLog(place) {
  const response = await fetch(`/ledger/${place}`, { credentials: 'omit', redirect: 'error', cache: 'no-cache' });
  if (!response.ok) {
    throw new Error(`the log answered ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * @param {Page} page
 * @param {{ readonly index: number, readonly leafHash: Bytes }} place
 * @returns {Promise<LiveFinding>}
 */
async function askLog({ carried, subtle }, place) {
  const logKey = subtle === undefined ? undefined : await findLogKey(subtle, carried.logKey);
  return subtle === undefined || logKey === undefined
    ? { result: 'not-here', size: null }
    : findInLog({ subtle, readLog }, { ...place, logKey, changes: carried.changes });
}

/**
 * The log can be asked only by the page as its issuer serves it.
 * @param {Page} page
 */
const canAsk = ({ carried }) => location.origin === new URL(carried.issuer).origin;

/**
 * @param {Page} page
 * @param {Given} given
 * @param {HTMLElement} form
 * @returns {Promise<Seen>}
 */
async function look({ subtle, carried, code }, given, form) {
  const { trusted, isOwn } = readTrusted(form, carried);
  const report = await verifyReceipt(subtle, given.text, trusted);
  const isCode = code === undefined || subtle === undefined ? undefined : await isCodeOf(subtle, given.text, code);
  const issuer = trusted.issuer ?? findString(report.claims ?? {}, 'iss') ?? '';
  return { report, fileName: given.fileName, held: findHeld(given.text), isOwn, isCode, live: undefined, issuer, ask: undefined };
}

/**
 * The entry that a receipt holds, and its place.
 * @param {string} text
 * @returns {Seen['held']}
 */
function findHeld(text) {
  const receipt = findReceipt(text);
  return receipt === undefined
    ? undefined
    : { entry: parseObject(receipt.entry.body) ?? {}, index: receipt.entry.index, size: receipt.proof.size };
}

/**
 * Where the press was is gone or hidden now; who does not see must not be lost.
 * @param {string} selector in the half that is seen
 */
function focusOn(selector) {
  const element = document.querySelector(`[data-half]:not([hidden]) ${selector}`);
  if (element instanceof HTMLElement) {
    element.focus();
  }
}

/**
 * Shows what was found and puts the focus on the verdict in the half that is seen.
 * @param {Page} page
 * @param {Seen} seen
 */
function show({ halves }, seen) {
  halves.forEach((half) => renderResult(half, seen));
  focusOn('[data-outcome] h2');
}

/**
 * @param {Page} page
 * @param {Seen} seen
 * @param {string} text
 */
function withAsk(page, seen, text) {
  const receipt = findReceipt(text);
  const { subtle } = page;
  if (receipt === undefined || subtle === undefined || !canAsk(page) || !seen.isOwn) {
    return seen;
  }
  const ask = async () => {
    const leafHash = await hashEntry(subtle, receipt.entry);
    const live = await askLog(page, { index: receipt.entry.index, leafHash });
    show(page, { ...seen, live, ...(live.result === 'not-run' ? { ask: () => void ask() } : {}) });
  };
  return { ...seen, ask: () => void ask() };
}

/**
 * @param {string} selector
 * @param {boolean} isHidden
 */
function setHidden(selector, isHidden) {
  for (const element of document.querySelectorAll(selector)) {
    element.toggleAttribute('hidden', isHidden);
  }
}

/**
 * @param {Page} page
 * @param {HTMLFormElement} form
 */
async function check(page, form) {
  const given = await readGiven(form);
  const isOther = given !== undefined && isTake(given.text);
  setHidden('[data-nothing]', given !== undefined);
  setHidden('[data-take]', !isOther);
  if (isOther) {
    document.querySelectorAll('[data-outcome]').forEach((place) => place.replaceChildren());
  } else if (given !== undefined) {
    show(page, withAsk(page, await look(page, given, form), given.text));
    setHidden('[data-again]', false);
  }
}

/**
 * @param {Page} page
 * @param {LiveFinding} [live]
 */
function showCode(page, live) {
  const { code, halves, carried } = page;
  if (code !== undefined) {
    const ask = async () => showCode(page, await askLog(page, code));
    const isOpen = live === undefined || live.result === 'not-run';
    halves.forEach((half) => {
      renderCode(half, { code, issuer: carried.issuer, live, ask: canAsk(page) && isOpen ? () => void ask() : undefined });
    });
  }
}

/**
 * Words as the page holds them: on each line a key, a space, a text.
 * @param {string} lines
 */
function readWords(lines) {
  return Object.fromEntries(lines.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}

/** @returns {readonly Half[]} */
function findHalves() {
  return Array.from(document.querySelectorAll('[data-half]')).flatMap((place) => {
    if (!(place instanceof HTMLElement)) {
      return [];
    }
    const { half, words = '', labels = '', title = '' } = place.dataset;
    return [{ place, title, language: half === 'ar' ? 'ar' : 'en', words: readWords(words), labels: readWords(labels) }];
  });
}

/**
 * @param {readonly Half[]} halves
 * @param {Half['language']} language
 */
function showLanguage(halves, language) {
  halves.forEach(({ place, title, ...half }) => {
    place.hidden = half.language !== language;
    if (!place.hidden) {
      document.documentElement.lang = language;
      document.documentElement.dir = place.dir;
      document.title = title;
      // What is seen comes first, so that its skip link is the first link of the page.
      document.body.prepend(place);
      focusOn('.header-item a[hreflang]');
    }
  });
}

/**
 * @param {Page} page
 * @param {Half} half
 */
function start(page, { place, language }) {
  const form = place.querySelector('form[data-form]');
  if (form instanceof HTMLFormElement) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void check(page, form);
    });
  }
  const other = language === 'ar' ? 'en' : 'ar';
  place.querySelector('.header-item a[hreflang]')?.addEventListener('click', (event) => {
    event.preventDefault();
    showLanguage(page.halves, other);
  });
}

const carriedText = document.body.dataset['carried'] ?? '{}';
/** @type {Page} */
const thePage = { halves: findHalves(), carried: JSON.parse(carriedText), subtle: crypto.subtle, code: findCode(location.hash) };
thePage.halves.forEach((half) => start(thePage, half));
showCode(thePage);
addEventListener('hashchange', () => {
  const code = findCode(location.hash);
  if (code !== undefined) {
    thePage.code = code;
    showCode(thePage);
  }
});
