// A visit: a person comes to a service, signs in, is asked where that is due, decides, and the service fetches what it may. Decisions and what leaves are computed
// by the domain itself.

import type { Purpose, RegisteredService } from '../../src/domain/agencies/agency.ts';
import { getAttribute } from '../../src/domain/attributes/catalogue.ts';
import { toForm } from '../../src/domain/attributes/form.ts';
import { toAskReason } from '../../src/domain/consent/needs-asking.ts';
import type { AskedOf } from '../../src/domain/consent/needs-asking.ts';
import { toReleasable } from '../../src/domain/consent/release.ts';
import { findWithheld } from '../../src/domain/consent/withheld.ts';
import { isValid, toGranted } from '../../src/domain/consent/consent.ts';
import type { StoredConsent } from '../../src/domain/consent/consent.ts';
import { createToken, toDigest } from '../../src/domain/kernel/ids.ts';
import { levelNames } from '../../src/domain/kernel/levels.ts';
import { hourMs, minuteMs } from './calendar.ts';
import { decide } from './decide-at-page.ts';
import type { Told } from './decide-at-page.ts';
import { drawBetween, drawTail, isLucky, pickPlace } from './dice.ts';
import { append, findEpochOf, findRegistered, pass, toClock, toKey } from './life.ts';
import type { Life } from './life.ts';
import type { Marked, Twist, Wish } from './twist.ts';

function toGroup(twist: Twist, what: Marked): string | undefined {
  return twist.marks === undefined || twist.marks.includes(what) ? twist.group : undefined;
}

export function signIn(life: Life, clientId: string, twist: Twist = {}): void {
  const level = twist.level ?? life.level;
  const acr = levelNames[level];
  const amr = [level === 'high' ? 'hwk' : 'swk', 'user', ...(life.device.endsWith('iphone') ? ['face'] : []), 'mfa'];
  const passkey = twist.passkey ?? `${Buffer.from(life.dice.bytes(12)).toString('base64url')}.${createToken(life.dice)}`;
  const shared = twist.isSharedComputer === true ? { shared_computer: true } : {};
  append(
    life,
    {
      type: 'session.started',
      actor: { kind: 'person', ref: null },
      service: clientId,
      payload: { acr, amr, device: life.device, passkey, ...shared },
    },
    toGroup(twist, 'sign-in'),
  );
  const until = life.now + drawBetween(life.dice, 20 * minuteMs, 8 * hourMs);
  life.session = { until, uid: createToken(life.dice), acr, amr, authTime: Math.floor(life.now / 1000) };
}

function needsSignIn({ now, session }: Life, twist: Twist): boolean {
  return session === null || session.until < now || twist.level !== undefined || twist.passkey !== undefined;
}

export function toAskedOf(life: Life, registered: RegisteredService, purpose: Purpose): AskedOf {
  const record = life.records.get(toKey(purpose.clientId, purpose.id));
  const before = record && findEpochOf(life, record);
  const agreed = before?.purposes.find(({ id }) => id === purpose.id);
  const request = { attributes: purpose.attributes, overAsked: [] };
  return { purpose, agreed, kind: life.person.kind, service: registered.service, request };
}

/** `service.entered`: tokens were given out under a record. */
export function enter(life: Life, clientId: string, { record, twist = {} }: { readonly record: string; readonly twist?: Twist }): void {
  const { acr = null, amr = [] } = life.session ?? {};
  append(
    life,
    { type: 'service.entered', actor: { kind: 'person', ref: null }, service: clientId, record, payload: { acr, amr } },
    toGroup(twist, 'entering'),
  );
}

const absentEverywhere = new Set(['email', 'phone_number', 'picture', 'disability_support', 'passport_number', 'residency_number']);

/** Not everybody's register says everything. */
function isKnown(life: Life, name: string): boolean {
  return !absentEverywhere.has(name) || toDigest(`${life.person.id}${name}`) > 'M';
}

function toForms(purpose: Purpose, names: readonly string[]): { readonly [name: string]: string } {
  return Object.fromEntries(
    names.map((name) => [name, toForm(purpose.attributes.find((asked) => asked.name === name) ?? { name: getAttribute(name).name })]),
  );
}

export type Release = { readonly consent: StoredConsent; readonly asked: AskedOf; readonly twist?: Twist };

/** What a release says beside what left: as `src/oidc/account.ts` writes it. */
function toPayload(life: Life, { asked, consent, twist = {} }: Release, left: readonly string[]) {
  const overAsked = twist.overAsk === undefined ? [] : [twist.overAsk];
  const beyond = { ...asked, request: { ...asked.request, overAsked } };
  const withheld = findWithheld(consent, beyond, left).map(({ name, reason }) => ({ name, reason }));
  const token_ref = createToken(life.dice);
  const said = { endpoint: 'userinfo', record_version: consent.version, token_ref };
  return { over: said, released: { ...said, forms: toForms(asked.purpose, left), withheld } };
}

/** The record that a release names without there being one grants nothing that could be gone beyond. */
function toBeyondGroups({ consent, twist = {} }: Release, left: readonly string[]): readonly (string | undefined)[] {
  const granted = toGranted(consent);
  return twist.record === undefined && left.some((name) => !granted.includes(name)) ? ['beyond-consent', twist.beyondGroup] : [];
}

export function release(life: Life, given: Release): void {
  const { asked, consent, twist = {} } = given;
  const within =
    twist.isUnasked === true ? asked.purpose.attributes.map(({ name }) => name) : toReleasable(consent, asked, toClock(life).now());
  const left = [...within.filter((name) => isKnown(life, name)), ...(twist.extra === undefined ? [] : [twist.extra])];
  const about = {
    actor: { kind: 'service', ref: consent.clientId },
    service: consent.clientId,
    purpose: consent.purposeId,
    purposeVersion: twist.version ?? (twist.isUnasked === true ? asked.purpose.version : consent.purposeVersion),
    record: twist.record ?? consent.id,
  } as const;
  const payload = toPayload(life, given, left);
  const groups = [toGroup(twist, 'release'), ...toBeyondGroups(given, left)];
  append(life, { type: 'data.released', ...about, attributes: left, payload: payload.released }, ...groups);
  if (twist.overAsk !== undefined) {
    const beyond = { ...about, attributes: [twist.overAsk], reason: 'beyond-purpose', payload: payload.over };
    append(life, { type: 'data.over_ask', ...beyond }, toGroup(twist, 'over-ask'));
  }
}

/** Undefined where the person did not let anything leave. */
async function findStanding(life: Life, told: Told): Promise<StoredConsent | undefined> {
  const { purpose } = told.asked;
  const key = toKey(purpose.clientId, purpose.id);
  const current = life.records.get(key);
  const isAsked = told.twist.isUnasked !== true && toAskReason(current, told.asked, toClock(life).now()) !== undefined;
  if (!isAsked) {
    return current;
  }
  return (await decide(life, told)) ? life.records.get(key) : undefined;
}

export async function visit(life: Life, { clientId, purposeId, twist = {} }: Wish): Promise<void> {
  const registered = findRegistered(life, clientId);
  const purpose = registered.purposes.find(({ id }) => id === purposeId);
  if (purpose === undefined) {
    return;
  }
  if (needsSignIn(life, twist)) {
    signIn(life, clientId, twist);
  }
  pass(life, 400 + 900 * drawTail(life.dice, 0.5));
  const asked = toAskedOf(life, registered, purpose);
  const consent = await findStanding(life, { registered, asked, twist });
  if (consent === undefined) {
    return;
  }
  pass(life, drawBetween(life.dice, 300, 1800));
  enter(life, clientId, { record: consent.id, twist });
  pass(life, drawBetween(life.dice, 80, 900));
  release(life, { consent, asked: toAskedOf(life, registered, purpose), twist });
  leave(life);
}

/** Most people just close the window. */
function leave(life: Life): void {
  if (life.session !== null && isLucky(life.dice, 0.18)) {
    pass(life, 4 * minuteMs * drawTail(life.dice, 0.8));
    const payload = { reach: 'whole-session' };
    append(life, { type: 'session.ended', actor: { kind: 'person', ref: null }, reason: 'signed-out', payload });
    life.session = null;
  }
}

const asksBeyond = { overAsk: 'birthdate' } as const;
const unannounced = { isUnasked: true, beyondGroup: 'widened-unannounced' } as const;

/** Once in a while a service asks for more than its purpose says. And one lets itself have what nobody was told of: see the answer key. */
function toOrdinaryTwist(life: Life, purpose: Purpose): Twist {
  const record = life.records.get(toKey(purpose.clientId, purpose.id));
  if (purpose.clientId === 'daman-cars' && record?.purposeVersion === 1 && purpose.version === 2 && isValid(record, toClock(life).now())) {
    return unannounced;
  }
  const isWithin = purpose.attributes.some(({ name }) => name === asksBeyond.overAsk);
  return !isWithin && isLucky(life.dice, 0.006) ? asksBeyond : {};
}

/** What the person feels like today. */
export function drawWish(life: Life): Wish | undefined {
  const facts = life.country.services[pickPlace(life.dice, life.weights)];
  if (facts === undefined) {
    return undefined;
  }
  const { clientId, purposeWeights } = facts;
  const purpose = findRegistered(life, clientId).purposes[pickPlace(life.dice, purposeWeights)];
  return purpose && { clientId, purposeId: purpose.id, twist: toOrdinaryTwist(life, purpose) };
}

/** A token that fell with its record is tried again: the service is told no. */
export function deny(life: Life, consent: StoredConsent, said: { readonly reason: string; readonly group?: string }): void {
  const { attributes, clientId, id, purposeId, purposeVersion, version } = consent;
  append(
    life,
    {
      type: 'data.denied',
      actor: { kind: 'service', ref: clientId },
      service: clientId,
      purpose: purposeId,
      purposeVersion,
      record: id,
      attributes: attributes.map(({ name }) => name),
      reason: said.reason,
      payload: { endpoint: 'userinfo', record_version: version, token_ref: createToken(life.dice) },
    },
    said.group,
  );
}
