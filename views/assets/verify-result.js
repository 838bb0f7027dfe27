// Draws what /verify found, in the words of one half of the page. Texts enter as texts: no markup is made of them.

import { say, toFacts } from './verify-facts.js';

/** @typedef {import('./verification-json.js').JsonObject} JsonObject */
/** @typedef {import('./verification-live.js').LiveFinding} LiveFinding */
/** @typedef {import('./verification.js').CheckResult} CheckResult */
/** @typedef {import('./verification.js').Report} Report */
/** @typedef {import('./verify-facts.js').Fact} Fact */
/** @typedef {import('./verify-facts.js').Speech} Speech */
/** @typedef {import('./verify-input.js').Code} Code */

/** @typedef {Speech & { readonly place: HTMLElement, readonly title: string }} Half */

/** @typedef {{ readonly name: string, readonly result: CheckResult }} Line */

/**
 * What is known of one receipt. `isCode`: whether it is that of the scanned code, where there is one.
 * @typedef {object} Seen
 * @property {Report} report
 * @property {string | null} fileName
 * @property {{ readonly entry: JsonObject, readonly index: number, readonly size: number } | undefined} held
 * @property {boolean} isOwn the keys were those of the page
 * @property {boolean | undefined} isCode
 * @property {LiveFinding | undefined} live
 * @property {string} issuer
 * @property {(() => void) | undefined} ask asks the log as it is now; absent where it cannot be asked
 */

/**
 * @param {string} name
 * @param {string} className
 * @param {readonly (Node | string)[]} children
 */
function create(name, className, ...children) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

/** @param {string} name */
function createIcon(name) {
  const template = document.querySelector(`template[data-icon="${name}"]`);
  return template instanceof HTMLTemplateElement ? document.importNode(template.content, true) : '';
}

/** @param {Fact} fact */
function createFact({ label, lines, isCode }) {
  const value = create('dd', '');
  lines.forEach((line, at) => {
    const text = create('bdi', isCode === true ? 'code code-long' : '', line);
    text.dir = isCode === true ? 'ltr' : 'auto';
    value.append(...(at === 0 ? [] : [document.createElement('br')]), text);
  });
  return create('div', '', create('dt', '', label), value);
}

/** @param {readonly Fact[]} facts */
const createFacts = (facts) => create('dl', 'facts', ...facts.map(createFact));

/** @type {Readonly<Record<CheckResult, { readonly icon: string, readonly className: string }>>} */
const looks = {
  passed: { icon: 'tick', className: '' },
  failed: { icon: 'cross', className: 'failed' },
  'not-run': { icon: 'dash', className: 'skipped' },
  'not-here': { icon: 'dash', className: 'skipped' },
};

/**
 * @param {Half} half
 * @param {Line} line
 * @param {Readonly<Record<string, string>>} values
 */
function createLine({ words }, { name, result }, values) {
  const { icon, className } = looks[result];
  const key = `verify-${name}-${result}`;
  const text = say(words, key in words ? key : `verify-${result}-text`, values);
  const title = create('strong', '', `${say(words, `verify-${name}`)}: ${say(words, `verify-${result}`)}`);
  const item = create(
    'li',
    className,
    createIcon(icon),
    create('div', '', title, document.createElement('br'), create('span', 'small', text)),
  );
  item.dataset['check'] = name;
  item.dataset['result'] = result;
  return item;
}

/**
 * @param {Seen} seen
 * @returns {readonly Line[]}
 */
function toLines({ report, isCode, live }) {
  /** @type {readonly Line[]} */
  const code = isCode === undefined ? [] : [{ name: 'code', result: isCode ? 'passed' : 'failed' }];
  return [...report.checks, ...code, ...(live === undefined ? [] : [{ name: 'live', result: live.result }])];
}

/** @typedef {Report['verdict'] | 'mismatch'} Verdict */

/**
 * A receipt that holds but is not that of the scanned code is one fault; anything else that failed makes it invalid.
 * @param {Seen} seen
 * @returns {Verdict}
 */
function findVerdict({ report, isCode, live }) {
  if (report.verdict === 'invalid' || live?.result === 'failed') {
    return 'invalid';
  }
  return isCode === false ? 'mismatch' : report.verdict;
}

/** @type {Readonly<Record<Verdict, { readonly icon: string, readonly tone: string }>>} */
const tones = {
  valid: { icon: 'tick', tone: 'result-good' },
  invalid: { icon: 'cross', tone: 'result-stop' },
  mismatch: { icon: 'cross', tone: 'result-stop' },
  undecided: { icon: 'care', tone: 'result-care' },
};

/**
 * @param {Half} half
 * @param {Seen} seen
 * @param {readonly Line[]} lines
 */
function createVerdict({ words, language }, seen, lines) {
  const verdict = findVerdict(seen);
  const { icon, tone } = tones[verdict];
  const list = new Intl.ListFormat(language === 'ar' ? 'ar' : 'en-GB', { type: 'conjunction' });
  const checks = list.format(lines.filter(({ result }) => result === 'failed').map(({ name }) => say(words, `verify-${name}`)));
  const key = verdict === 'valid' && !seen.isOwn ? 'verify-valid-keys' : `verify-${verdict}-text`;
  const heading = create('h2', '', say(words, `verify-${verdict}`));
  heading.tabIndex = -1;
  const section = create(
    'section',
    `result ${tone}`,
    createIcon(icon),
    create('div', '', heading, create('p', '', say(words, key, { checks }))),
  );
  section.dataset['verdict'] = verdict;
  return section;
}

/**
 * @param {Half} half
 * @param {() => void} ask
 */
function createAsk({ words }, ask) {
  const button = create('button', 'button button-second', say(words, 'verify-live-ask'));
  button.setAttribute('type', 'button');
  button.dataset['action'] = 'ask-log';
  button.addEventListener('click', ask);
  const text = create('p', 'row-text', say(words, 'verify-live-ask-text', { host: location.host }));
  return create('div', 'option', text, button);
}

/**
 * @param {Half} half
 * @param {string} key
 */
function createNext({ words }, key) {
  return create(
    'div',
    'notice',
    createIcon('care'),
    create('div', '', create('h3', '', say(words, key)), create('p', '', say(words, `${key}-text`))),
  );
}

/**
 * What the receipt says, once it may be believed; until then only which file it was.
 * @param {Half} half
 * @param {Seen} seen
 * @param {Verdict} verdict
 * @returns {readonly HTMLElement[]}
 */
function createSaid(half, { report: { claims }, held, fileName }, verdict) {
  if (verdict === 'valid' && claims !== null && held !== undefined) {
    return [createFacts(toFacts(half, { claims, entry: held.entry, index: held.index }))];
  }
  return fileName === null ? [] : [createFacts([{ label: say(half.words, 'verify-file'), lines: [fileName], isCode: true }])];
}

/**
 * @param {Half} half
 * @param {Seen} seen
 * @param {readonly Line[]} lines
 */
function createChecks(half, { issuer, held, live }, lines) {
  const index = String(held?.index ?? '');
  const sizes = { live: live?.size, others: held?.size };
  const items = lines.map((line) => {
    const size = String((line.name === 'live' ? sizes.live : sizes.others) ?? '');
    return createLine(half, line, { issuer, index, size });
  });
  return create('ul', 'checks', ...items);
}

/**
 * Shows what was found in one half of the page.
 * @param {Half} half
 * @param {Seen} seen
 */
export function renderResult(half, seen) {
  const lines = toLines(seen);
  const verdict = findVerdict(seen);
  const isInvalid = verdict === 'invalid';
  half.place
    .querySelector('[data-outcome]')
    ?.replaceChildren(
      createVerdict(half, seen, lines),
      ...createSaid(half, seen, verdict),
      createChecks(half, seen, lines),
      ...(isInvalid || seen.ask === undefined ? [] : [createAsk(half, seen.ask)]),
      ...(isInvalid ? [createNext(half, 'verify-next')] : []),
    );
}

/**
 * Shows what a scanned code carries.
 * @param {Half} half
 * @param {{ readonly code: Code, readonly issuer: string, readonly live: LiveFinding | undefined, readonly ask: (() => void) | undefined }} scanned
 */
export function renderCode(half, { code, issuer, live, ask }) {
  const { words } = half;
  const line = live === undefined ? [] : [createLine(half, { name: 'live', result: live.result }, { size: String(live.size ?? '') })];
  half.place.querySelector('[data-code]')?.replaceChildren(
    create('h2', '', say(words, 'verify-scanned')),
    create('p', '', say(words, 'verify-scanned-text')),
    createFacts([
      { label: say(words, 'verify-scanned-issuer'), lines: [issuer], isCode: true },
      { label: say(words, 'verify-place'), lines: [String(code.index)], isCode: true },
      { label: say(words, 'receipt-digest'), lines: [code.digest], isCode: true },
    ]),
    ...(line.length === 0 ? [] : [create('ul', 'checks', ...line)]),
    ...(ask === undefined ? [] : [createAsk(half, ask)]),
  );
}
