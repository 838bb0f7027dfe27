// The auditor's desk in the browser: checks the proof that the page was given, and compares two checkpoints. The server prepared every sentence and
// says none of them; which one is seen follows from the checks made here and from nothing else (ADR-0025).

import { decodeBase64url } from './verification-bytes.js';
import { isObject } from './verification-json.js';
import { verifyEntry } from './verification-entry.js';
import { checkHead, findLogKey } from './verification-signature.js';
import { isConsistent } from './verification-tree.js';

/** @typedef {import('./verification-bytes.js').Subtle} Subtle */
/** @typedef {import('./verification-signature.js').Head} SignedHead */

/** Absent where the browser does not trust the address. @type {Subtle | undefined} */
const subtle = globalThis.crypto?.subtle;

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {readonly HTMLElement[]}
 */
function findAll(root, selector) {
  return [...root.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);
}

/**
 * Of the prepared elements those stay that are meant.
 * @param {readonly HTMLElement[]} elements
 * @param {(element: HTMLElement) => boolean} isMeant
 */
function showOnly(elements, isMeant) {
  for (const element of elements) {
    element.hidden = !isMeant(element);
  }
}

/** @param {HTMLElement} place */
async function showProof(place) {
  const [file] = findAll(place, '[data-proof]');
  const { verdict, checks } = await verifyEntry(subtle, file?.textContent ?? '');
  showOnly(findAll(place, '[data-check]'), ({ dataset }) =>
    checks.some(({ name, result }) => name === dataset['check'] && result === dataset['result']),
  );
  showOnly(findAll(place, '[data-verdict]'), ({ dataset }) => dataset['verdict'] === verdict);
}

/** @typedef {'valid' | 'invalid' | 'unsigned' | 'longer' | 'undecided'} Compared */

/**
 * From the server, which is not believed: a path that is not right leads nowhere.
 * @param {string} url
 * @param {{ readonly kept: SignedHead, readonly now: SignedHead }} heads
 */
async function fetchPath(url, { kept, now }) {
  const response = await fetch(`${url}?${new URLSearchParams({ from: String(kept.size), to: String(now.size) }).toString()}`);
  const answer = response.ok ? await response.json() : undefined;
  const path = isObject(answer) ? answer['path'] : undefined;
  if (!Array.isArray(path)) {
    throw new TypeError('no path came');
  }
  return path.map((hash) => decodeBase64url(String(hash))).filter((bytes) => bytes !== undefined);
}

/**
 * What can be said before anything is asked of the server.
 * @param {readonly import('./verification-signature.js').CheckedHead[]} checked
 * @returns {Compared | { readonly kept: SignedHead, readonly now: SignedHead }}
 */
function findHeads([kept, now]) {
  if (kept?.head === undefined || now?.head === undefined) {
    return 'unsigned';
  }
  if (kept.finding === 'unknown') {
    return 'undecided';
  }
  return kept.head.size > now.head.size ? 'longer' : { kept: kept.head, now: now.head };
}

/**
 * @param {Subtle} known
 * @param {HTMLElement} place
 * @param {readonly [kept: string, now: string]} texts
 * @returns {Promise<Compared>}
 */
async function compareCheckpoints(known, place, texts) {
  const key = await findLogKey(known, place.dataset['log'] ?? '');
  if (key === undefined) {
    return 'undecided';
  }
  const heads = findHeads(await Promise.all(texts.map(async (text) => checkHead(known, text, key))));
  if (typeof heads === 'string') {
    return heads;
  }
  const path = await fetchPath(place.dataset['compare'] ?? '', heads);
  return (await isConsistent(known, { first: heads.kept, second: heads.now, path })) ? 'valid' : 'invalid';
}

/** @param {HTMLElement} place */
function offerComparison(place) {
  const [form] = findAll(place, 'form');
  const [checkpoint] = findAll(document, '[data-checkpoint]');
  const field = place.querySelector('textarea');
  showOnly(findAll(place, '[data-needs-script]'), () => false);
  showOnly(findAll(place, 'form'), () => true);
  const compare = async () => {
    // A pasted text has lost its last line break, or found others.
    const kept = `${(field?.value ?? '').trim()}\n`;
    const texts = /** @type {const} */ ([kept, checkpoint?.textContent ?? '']);
    const compared = subtle === undefined ? 'undecided' : await compareCheckpoints(subtle, place, texts).catch(() => 'undecided');
    showOnly(findAll(place, '[data-compared]'), ({ dataset }) => dataset['compared'] === compared);
  };
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void compare();
  });
}

for (const place of findAll(document, '[data-proven]')) {
  await showProof(place);
}
findAll(document, '[data-compare]').forEach(offerComparison);
