// What happens to some people in a year beside their visits: they enrol, change their minds, complain, lose a phone, close the account, leave the country, die.

import { narrowConsent } from '../../src/domain/consent/narrow-consent.ts';
import { pauseConsent } from '../../src/domain/consent/pause-consent.ts';
import { resumeConsent } from '../../src/domain/consent/resume-consent.ts';
import { isValid } from '../../src/domain/consent/consent.ts';
import type { StoredConsent } from '../../src/domain/consent/consent.ts';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import { createUuid } from '../../src/domain/kernel/ids.ts';
import { sealRecovery } from '../../src/domain/recovery/seal.ts';
import { hourMs, minuteMs } from './calendar.ts';
import { closeAccount, complain } from './complaints.ts';
import { toDecisionContext } from './decide-at-page.ts';
import { drawBetween, drawWhole, isLucky, pick } from './dice.ts';
import { append, findRegistered, pass, perform, seal, toClock, toNeeds, wait } from './life.ts';
import type { Life } from './life.ts';
import { toConsentNeeds } from './own-consents.ts';
import { withdraw } from './planted.ts';
import { deny, signIn, toAskedOf } from './visit.ts';

const kinds = ['withdraw', 'narrow', 'pause', 'complain', 'raise', 'recover', 'freeze', 'rename', 'close', 'emigrate', 'die'] as const;
export type Happening = (typeof kinds)[number];

/** Of a hundred people in a year. */
const chances: Readonly<Record<Happening, number>> = {
  withdraw: 26,
  narrow: 7,
  pause: 5,
  complain: 2.5,
  raise: 3,
  recover: 2.4,
  freeze: 1,
  rename: 4,
  close: 0.5,
  emigrate: 0.7,
  die: 0.5,
};

export function drawHappenings(life: Life): ReadonlyMap<number, readonly Happening[]> {
  const { days } = life.country;
  const years = days.length / 365;
  const found = new Map<number, readonly Happening[]>();
  for (const kind of kinds) {
    if (isLucky(life.dice, (chances[kind] / 100) * years)) {
      const day = drawWhole(life.dice, Math.max(life.enrolledOn + 1, 5), days.length + 5);
      found.set(day, [...(found.get(day) ?? []), kind]);
    }
  }
  return found;
}

const self = { kind: 'person', ref: null } as const;
const aaguids = ['fbfc3007-154e-4ecc-8c0b-6e020557d7bd', 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', '08987058-cadc-4b81-b6e1-30de50dcbe96'];

function registerPasskey(life: Life): void {
  const payload = { aaguid: pick(life.dice, aaguids), backup_eligible: life.level === 'substantial', format: 'none' };
  append(life, { type: 'passkey.registered', actor: self, payload });
}

const proofed = { issuer: null, documents: ['idcard'], methods: ['pvp'], trust_framework: 'sa_naf', assurance_level: 'high', high: true };

function drawOfficer(life: Life): { readonly kind: 'officer'; readonly ref: string } {
  return { kind: 'officer', ref: pick(life.dice, life.country.registrars) };
}

/** At a counter, with a link that is used at once. */
export function enrol(life: Life): void {
  const actor = drawOfficer(life);
  append(life, { type: 'person.looked_up', actor, payload: { found: true } });
  pass(life, drawBetween(life.dice, 2, 6) * minuteMs);
  append(life, { type: 'person.proofed', actor, payload: proofed });
  append(life, { type: 'person.invited', actor, payload: { expires_at: toClock(life).now() + dayMs, returning: false } });
  pass(life, drawBetween(life.dice, 3, 25) * minuteMs);
  registerPasskey(life);
}

function findStanding(life: Life): StoredConsent | undefined {
  const standing = [...life.records.values()].filter((each) => each.basis === 'consent' && isValid(each, toClock(life).now()));
  return standing.length === 0 ? undefined : pick(life.dice, standing);
}

/** The service and the purpose as the record was agreed to; undefined where they have moved on. */
export function findAgreed(life: Life, { clientId, purposeId, purposeVersion }: StoredConsent) {
  const registered = findRegistered(life, clientId);
  const purpose = registered.purposes.find(({ id, version }) => id === purposeId && version === purposeVersion);
  return purpose === undefined ? undefined : { registered, asked: toAskedOf(life, registered, purpose) };
}

type OnRecord = (life: Life, consent: StoredConsent) => Promise<void>;

async function onOwnPage(life: Life, act: OnRecord): Promise<void> {
  const consent = findStanding(life);
  if (consent === undefined || life.enrolledOn * dayMs > life.now) {
    return;
  }
  signIn(life, 'huwiya-account');
  pass(life, drawBetween(life.dice, 20_000, 200_000));
  await act(life, consent);
}

const narrow: OnRecord = async (life, current) => {
  const agreed = findAgreed(life, current);
  const removed = current.attributes
    .filter(({ decision, necessity }) => decision === 'granted' && necessity === 'optional')
    .map(({ name }) => name);
  if (agreed !== undefined && removed.length > 0) {
    await narrowConsent(toConsentNeeds(life), toDecisionContext(life, agreed, null), { current, removed: [pick(life.dice, removed)] });
  }
};

const resume: OnRecord = async (life, current) => {
  const agreed = findAgreed(life, current);
  if (agreed !== undefined && !life.isGone) {
    signIn(life, 'huwiya-account');
    await resumeConsent(toConsentNeeds(life), toDecisionContext(life, agreed, null), current);
  }
};

const pause: OnRecord = async (life, current) => {
  const agreed = findAgreed(life, current);
  if (agreed === undefined) {
    return;
  }
  await pauseConsent(toConsentNeeds(life), toDecisionContext(life, agreed, null), current);
  wait(life, drawBetween(life.dice, 1, 30) * hourMs, (later) => deny(later, current, { reason: 'paused' }));
  wait(life, drawBetween(life.dice, 3, 20) * dayMs, async (later) => {
    const now = [...later.records.values()].find(({ id }) => id === current.id);
    if (now?.state === 'paused' && now.expiresAt > later.now) {
      await resume(later, now);
    }
  });
};

function raise(life: Life): void {
  const actor = drawOfficer(life);
  append(life, { type: 'person.looked_up', actor, payload: { found: true } });
  pass(life, 4 * minuteMs);
  append(life, { type: 'person.proofed', actor, payload: proofed });
  append(life, { type: 'person.level_code_made', actor, payload: { expires_at: toClock(life).now() + dayMs } });
  pass(life, 9 * minuteMs);
  append(life, { type: 'passkey.raised', actor: self, payload: { aaguid: pick(life.dice, aaguids), format: 'packed' } });
}

/** Two officers, and a new passkey. */
function recover(life: Life): void {
  const [opener, approver] = [drawOfficer(life), drawOfficer(life)];
  const other =
    opener.ref === approver.ref
      ? ({ kind: 'officer', ref: life.country.registrars.find((id) => id !== opener.ref) ?? '' } as const)
      : approver;
  const recovery = { id: createUuid(life.dice, toClock(life).now()), personId: life.person.id, way: 'counter' } as const;
  const tell = (said: Parameters<typeof sealRecovery>[1]): void =>
    perform(life, { kind: 'events', events: [sealRecovery(toNeeds(life), said)] });
  append(life, { type: 'person.looked_up', actor: opener, payload: { found: true } });
  pass(life, 6 * minuteMs);
  tell({ ...recovery, type: 'recovery.begun', actor: opener });
  pass(life, drawBetween(life.dice, 4, 50) * minuteMs);
  if (isLucky(life.dice, 0.06)) {
    tell({ ...recovery, type: 'recovery.refused', actor: other, reason: 'officer' });
    return;
  }
  tell({ ...recovery, type: 'recovery.approved', actor: other });
  pass(life, 5 * minuteMs);
  registerPasskey(life);
  tell({ ...recovery, type: 'recovery.completed', actor: self });
  life.session = null;
}

/** A lost phone: everything is closed for a few days. */
function freeze(life: Life): void {
  signIn(life, 'huwiya-account');
  pass(life, minuteMs);
  append(life, { type: 'person.frozen', actor: self, payload: { authority: 'own', how: 'session' } });
  append(life, { type: 'session.ended', actor: self, reason: 'frozen', payload: { reach: 'whole-session' } });
  life.session = null;
  const weights = [...life.weights];
  life.weights.fill(0);
  wait(life, drawBetween(life.dice, 1, 4) * dayMs, (later) => {
    append(later, { type: 'person.unfreeze_begun', actor: self, payload: { by: 'passkey', from: toClock(later).now() + dayMs } });
    wait(later, dayMs, (open) => {
      append(open, { type: 'person.unfrozen', actor: { kind: 'system', ref: null }, actedBy: null, payload: { after: 'delay' } });
      weights.forEach((weight, place) => {
        open.weights[place] = weight;
      });
    });
  });
}

function leaveFor(life: Life, to: 'emigrated' | 'deceased'): void {
  const payload = { from: 'active', to, source: 'registry' };
  const event = seal(life, { type: 'person.status_changed', actor: { kind: 'operator', ref: null }, payload });
  perform(life, { kind: 'status', personId: life.person.id, from: 'active', to, event });
  life.weights.fill(0);
  life.isGone = true;
}

const handlers: Readonly<Record<Happening, (life: Life) => void | Promise<void>>> = {
  withdraw: async (life) => onOwnPage(life, withdraw),
  narrow: async (life) => onOwnPage(life, narrow),
  pause: async (life) => onOwnPage(life, pause),
  complain,
  raise,
  recover,
  freeze,
  rename: (life) => {
    append(life, { type: 'passkey.renamed', actor: self });
  },
  close: closeAccount,
  emigrate: (life) => {
    if (life.person.kind !== 'citizen') {
      leaveFor(life, 'emigrated');
    }
  },
  die: (life) => leaveFor(life, 'deceased'),
};

/** Counters are open in the day only. */
export const atCounter: ReadonlySet<Happening> = new Set(['raise', 'recover']);

export async function happen(life: Life, happening: Happening): Promise<void> {
  if (!life.isGone) {
    await handlers[happening](life);
  }
}
