// The passkey ceremony in the browser: the only one that a person's own pages work with (ADR-0025). It asks the server for options, lets the browser talk to
// the authenticator, sends the answer back and goes where the server says. It owns no words (they stand in templates on the page), keeps nothing,
// and must never follow an address of another site.

/**
 * What the bundle of SimpleWebAuthn offers as a global.
 * @typedef {object} Bundle
 * @property {() => boolean} browserSupportsWebAuthn
 * @property {() => Promise<boolean>} browserSupportsWebAuthnAutofill
 * @property {(input: { optionsJSON: unknown }) => Promise<unknown>} startRegistration
 * @property {(input: { optionsJSON: unknown, useBrowserAutofill?: boolean }) => Promise<unknown>} startAuthentication
 */

/** @typedef {{ code?: string, title: string, next: string, reference: string }} Refusal */

/** An answer of the server that is an error, with its words. */
class Refused extends Error {
  /**
   * @param {Refusal} refusal
   * @param {boolean} isUnknown whether nobody here has the passkey that was sent, or no longer
   */
  constructor(refusal, isUnknown) {
    super(refusal.title);
    this.refusal = refusal;
    this.isUnknown = isUnknown;
  }
}

/**
 * Tells the keeper of passkeys what stands here (WebAuthn L3 §5.1.10), where the browser can. It answers nothing, and what it does not want to hear changes nothing.
 * @param {(keeper: typeof PublicKeyCredential) => Promise<void>} tell
 */
async function signal(tell) {
  try {
    await tell(PublicKeyCredential);
  } catch {
    // An older browser: its keeper learns nothing, and the page is the same.
  }
}

/** What stands of the signed-in person, where the page says it. @param {HTMLElement} place */
async function signalOwn({ dataset }) {
  const { rpId = '', userId = '', credentialIds = '', label = '' } = dataset;
  await signal(async (keeper) => keeper.signalAllAcceptedCredentials({ rpId, userId, allAcceptedCredentialIds: credentialIds.split(' ') }));
  await signal(async (keeper) => keeper.signalCurrentUserDetails({ rpId, userId, name: label, displayName: label }));
}

// A challenge lives for five minutes; a page left open asks for a new one before that.
const renewAfterMs = 4 * 60 * 1000;

/** @returns {Bundle} */
function getBundle() {
  return Reflect.get(window, 'SimpleWebAuthnBrowser');
}

/**
 * @param {HTMLElement} place
 * @param {string} name
 */
function getSetting(place, name) {
  return place.dataset[name] ?? '';
}

/**
 * Shows one of the prepared messages in the live region, with the words of a refusal in its slots.
 * @param {HTMLElement} place
 * @param {string} name
 * @param {Refusal} [words]
 */
function showMessage(place, name, words = { title: '', next: '', reference: '' }) {
  const template = place.querySelector(`template[data-message="${name}"]`);
  if (!(template instanceof HTMLTemplateElement)) {
    return;
  }
  const message = document.importNode(template.content, true);
  for (const slot of message.querySelectorAll('[data-slot]')) {
    slot.textContent = String(Reflect.get(words, slot.getAttribute('data-slot') ?? '') ?? '');
  }
  place.querySelector('[data-ceremony-message]')?.replaceChildren(message);
}

/**
 * @param {HTMLElement} place
 * @param {string} url
 * @param {unknown} body
 * @returns {Promise<Record<string, unknown>>}
 */
async function post(place, url, body) {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    redirect: 'error',
    headers: { accept: 'application/json', 'content-type': 'application/json', 'x-huwiya-token': getSetting(place, 'token') },
    body: JSON.stringify(body),
  });
  /** @type {{ error?: Refusal } & Record<string, unknown>} */
  const answer = await response.json();
  if (answer.error !== undefined) {
    throw new Refused(answer.error, response.headers.get('x-huwiya-passkey') === 'unknown');
  }
  return answer;
}

// One page has one ceremony. True from the press of the button, or from an answer of the authenticator, until it is settled.
let isBusy = false;

/** Repeats what this browser sent itself. @param {unknown} fault @param {unknown} options @param {unknown} response */
async function forgetUnknown(fault, options, response) {
  if (fault instanceof Refused && fault.isUnknown) {
    const rpId = String(Reflect.get(Object(options), 'rpId'));
    const credentialId = String(Reflect.get(Object(response), 'id'));
    await signal(async (keeper) => keeper.signalUnknownCredential({ rpId, credentialId }));
  }
}

/**
 * @param {HTMLElement} place
 * @param {{ ceremony: unknown, response: unknown }} answer
 * @param {unknown} options
 */
async function settle(place, answer, options) {
  try {
    await finishCeremony(place, answer);
  } catch (fault) {
    await forgetUnknown(fault, options, answer.response);
    throw fault;
  }
}

/** What was confirmed goes on by its own form, which carries it. @param {HTMLElement} place @param {string} confirmation */
function sendConfirmed(place, confirmation) {
  const field = place.querySelector('input[name="confirmation"]');
  if (field instanceof HTMLInputElement) {
    field.value = confirmation;
    field.form?.requestSubmit();
  }
}

/**
 * @param {HTMLElement} place
 * @param {{ ceremony: unknown, response: unknown }} answer
 */
async function finishCeremony(place, answer) {
  const shared = place.querySelector('input[data-shared]');
  const choice = shared instanceof HTMLInputElement && shared.checked ? { shared: true } : {};
  const { next, confirmation } = await post(place, getSetting(place, 'verifyUrl'), { ...answer, ...choice });
  if (typeof confirmation === 'string') {
    sendConfirmed(place, confirmation);
    return;
  }
  const target = new URL(String(next), location.href);
  if (target.origin !== location.origin) {
    throw new TypeError('the next page is on another site');
  }
  location.assign(target.href);
}

/** With a press: the browser's own window. @param {HTMLElement} place */
async function performCeremony(place) {
  const { ceremony, options } = await post(place, getSetting(place, 'optionsUrl'), {});
  const bundle = getBundle();
  const isCreation = getSetting(place, 'ceremony') === 'create';
  const response = isCreation
    ? await bundle.startRegistration({ optionsJSON: options })
    : await bundle.startAuthentication({ optionsJSON: options });
  await settle(place, { ceremony, response }, options);
}

/** Without a press: passkeys in the field's own list, until one is chosen or something else begins. @param {HTMLElement} place */
async function waitForAutofill(place) {
  const { ceremony, options } = await post(place, getSetting(place, 'optionsUrl'), {});
  if (isBusy) {
    return;
  }
  const response = await getBundle().startAuthentication({ optionsJSON: options, useBrowserAutofill: true });
  isBusy = true;
  await settle(place, { ceremony, response }, options);
}

/** The name of the message for a fault. @param {unknown} fault */
function toMessageName(fault) {
  if (fault instanceof Refused) {
    return fault.refusal.code === 'session/too-old' ? 'too-old' : 'refused';
  }
  const name = fault instanceof Error ? fault.name : '';
  if (name === 'InvalidStateError') {
    return 'duplicate';
  }
  return name === 'NotAllowedError' || name === 'AbortError' ? 'cancelled' : 'failed';
}

/**
 * @param {HTMLElement} place
 * @param {unknown} fault
 */
function showFault(place, fault) {
  showMessage(place, toMessageName(fault), fault instanceof Refused ? fault.refusal : undefined);
}

/** Quietly: it was not asked for, so only an answer of the server is shown. @param {HTMLElement} place */
async function offerAutofill(place) {
  try {
    await waitForAutofill(place);
  } catch (fault) {
    if (fault instanceof Refused) {
      isBusy = false;
      showFault(place, fault);
    }
  }
}

/** @param {HTMLElement} place */
async function startAutofill(place) {
  const field = place.querySelector('input[autocomplete~="webauthn"]');
  if (field === null || !(await getBundle().browserSupportsWebAuthnAutofill())) {
    return;
  }
  void offerAutofill(place);
  // A new offer takes the place of the one that waits, with a fresh challenge.
  setInterval(() => {
    if (!isBusy) {
      void offerAutofill(place);
    }
  }, renewAfterMs);
}

/** What has to be said before a passkey is asked for. @param {HTMLElement} place */
function isAllSaid(place) {
  return place.querySelector('form')?.reportValidity() !== false;
}

/** @param {HTMLElement} place */
async function answerPress(place) {
  if (isBusy || !isAllSaid(place)) {
    return;
  }
  isBusy = true;
  showMessage(place, 'working');
  try {
    // Begins a ceremony of its own and thereby ends the one that waits in the field.
    await performCeremony(place);
  } catch (fault) {
    isBusy = false;
    showFault(place, fault);
  }
}

/** @param {HTMLElement} place */
function prepareCeremony(place) {
  const button = place.querySelector('button[data-action]');
  if (getBundle()?.browserSupportsWebAuthn() !== true) {
    button?.setAttribute('aria-disabled', 'true');
    showMessage(place, 'unsupported');
    return;
  }
  button?.addEventListener('click', () => void answerPress(place));
  void startAutofill(place);
}

const own = document.querySelector('[data-signal]');
if (own instanceof HTMLElement) {
  void signalOwn(own);
}

const place = document.querySelector('[data-ceremony]');
if (place instanceof HTMLElement) {
  prepareCeremony(place);
}

// A page that comes back from the history holds a used or old challenge.
addEventListener('pageshow', (event) => {
  if (event.persisted) {
    location.reload();
  }
});
