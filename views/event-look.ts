// How an event looks in a list, and in which family an inspector looks for it. A type that is not listed here has its words and a plain look.

import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import { arEvents } from './messages/ar-events.ts';
import type { Texts } from './messages/messages.ts';

export const families = ['decisions', 'shares', 'access', 'people', 'register', 'oversight'] as const;
export type Family = (typeof families)[number];

const familyOfPrefix: Readonly<Record<string, Family>> = {
  consent: 'decisions',
  data: 'shares',
  erasure: 'decisions',
  rp: 'shares',
  set: 'shares',
  session: 'access',
  logout: 'access',
  token: 'access',
  passkey: 'people',
  recovery: 'people',
  person: 'people',
  case: 'people',
  agency: 'register',
  service: 'register',
  purpose: 'register',
  issuer: 'register',
};

export function toFamily(type: string): Family {
  return type === 'service.entered' ? 'access' : (familyOfPrefix[type.split('.')[0] ?? ''] ?? 'oversight');
}

type Look = { readonly icon: IconName; readonly tone: string };

const looks: Readonly<Record<string, Look>> = {
  'consent.given': { icon: 'tick', tone: 'state-good' },
  'consent.renewed': { icon: 'tick', tone: 'state-good' },
  'consent.notified': { icon: 'scales', tone: 'state-law' },
  'consent.refused': { icon: 'barred', tone: '' },
  'consent.narrowed': { icon: 'dash', tone: '' },
  'consent.deferred': { icon: 'clock', tone: '' },
  'consent.paused': { icon: 'bars', tone: '' },
  'consent.resumed': { icon: 'tick', tone: 'state-good' },
  'consent.withdrawn': { icon: 'cross', tone: '' },
  'consent.expired': { icon: 'clock', tone: '' },
  'consent.revoked': { icon: 'barred', tone: 'state-stop' },
  'consent.invalidated': { icon: 'barred', tone: 'state-stop' },
  'data.released': { icon: 'arrow', tone: '' },
  // Red is for what an agency did wrong, never for what a person decided.
  'data.denied': { icon: 'barred', tone: '' },
  'data.over_ask': { icon: 'barred', tone: 'state-stop' },
  'erasure.requested': { icon: 'cross', tone: '' },
  'rp.erased': { icon: 'tick', tone: 'state-good' },
  'rp.kept_by_law': { icon: 'scales', tone: 'state-law' },
  'rp.overdue': { icon: 'clock', tone: 'state-stop' },
  'set.failed': { icon: 'barred', tone: 'state-stop' },
  'logout.failed': { icon: 'barred', tone: 'state-stop' },
  'session.started': { icon: 'key', tone: '' },
  'service.entered': { icon: 'key', tone: '' },
  'key.begun': { icon: 'key', tone: '' },
  'key.rotated': { icon: 'key', tone: '' },
  'key.log_rotated': { icon: 'key', tone: '' },
  'key.revoked': { icon: 'barred', tone: 'state-stop' },
  'figures.published': { icon: 'arrow', tone: '' },
  'metadata.imported': { icon: 'arrow', tone: '' },
  'person.proofed': { icon: 'tick', tone: 'state-good' },
  'person.document_differed': { icon: 'care', tone: 'state-care' },
  'person.frozen': { icon: 'barred', tone: 'state-stop' },
  'person.disowned': { icon: 'barred', tone: 'state-stop' },
  'case.noted': { icon: 'person', tone: '' },
  'case.closed': { icon: 'tick', tone: 'state-good' },
  'person.order_lifted': { icon: 'clock', tone: 'state-care' },
  'person.unfreeze_begun': { icon: 'clock', tone: 'state-care' },
  'passkey.registered': { icon: 'key', tone: '' },
  'passkey.raised': { icon: 'key', tone: 'state-good' },
  'person.level_code_made': { icon: 'key', tone: '' },
  'passkey.suspended': { icon: 'barred', tone: 'state-stop' },
  'passkey.renamed': { icon: 'key', tone: '' },
  'passkey.removed': { icon: 'cross', tone: '' },
  'recovery.begun': { icon: 'clock', tone: 'state-stop' },
  'recovery.ready': { icon: 'clock', tone: '' },
  'recovery.approved': { icon: 'person', tone: '' },
  'recovery.cancelled': { icon: 'cross', tone: '' },
  'recovery.refused': { icon: 'barred', tone: '' },
  'recovery.expired': { icon: 'clock', tone: '' },
  'audit.person_found': { icon: 'person', tone: 'state-care' },
  'unmask.requested': { icon: 'clock', tone: 'state-care' },
  'unmask.approved': { icon: 'tick', tone: 'state-care' },
  'unmask.denied': { icon: 'barred', tone: '' },
  'unmask.used': { icon: 'person', tone: 'state-stop' },
  'unmask.listed': { icon: 'person', tone: 'state-stop' },
  'unmask.expired': { icon: 'clock', tone: '' },
  'suspension.requested': { icon: 'clock', tone: 'state-care' },
  'suspension.approved': { icon: 'tick', tone: 'state-care' },
  'suspension.denied': { icon: 'barred', tone: '' },
  'suspension.expired': { icon: 'clock', tone: '' },
  'recovery.completed': { icon: 'key', tone: 'state-good' },
};

const plain: Look = { icon: 'dash', tone: '' };

type Told = keyof typeof arEvents;

const isTold = (key: string): key is Told => Object.hasOwn(arEvents, key);

/** Its name in words; the stored text where it names no event, as in a damaged log. */
export function toEventName(texts: Texts, type: string): string {
  const key = `event-${type}`;
  return isTold(key) ? texts.t(key) : type;
}

/** What it tells, in a sentence; the stored text where it names no event. */
export function toEventStory(texts: Texts, type: string): string {
  const key = `told-${type}`;
  return isTold(key) ? texts.t(key) : type;
}

export function renderEvent(texts: Texts, type: string): Html {
  const { icon, tone } = looks[type] ?? plain;
  return html`<span class="state ${tone}">${renderIcon(icon)}${toEventName(texts, type)}</span>`;
}
