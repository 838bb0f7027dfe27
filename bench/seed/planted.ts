// The planted acts themselves. The product refuses nearly all of them: they are written as the log of a country would show them in which somebody got around it.

import { revokeConsent } from '../../src/domain/consent/revoke-consent.ts';
import { withdrawConsent } from '../../src/domain/consent/withdraw-consent.ts';
import type { StoredConsent } from '../../src/domain/consent/consent.ts';
import { addDuration, dayMs } from '../../src/domain/kernel/clock.ts';
import { createUuid } from '../../src/domain/kernel/ids.ts';
import { hourMs, minuteMs } from './calendar.ts';
import { toDecisionContext } from './decide-at-page.ts';
import { createDice, drawBetween } from './dice.ts';
import { append, findEpochOf, findRegistered, pass, perform, seal, toKey, wait } from './life.ts';
import type { Life } from './life.ts';
import { toConsentNeeds } from './own-consents.ts';
import type { Planted, PlantedKind } from './plan.ts';
import { deny, release, signIn, toAskedOf, visit } from './visit.ts';
import type { Twist } from './twist.ts';

const places: Readonly<Record<string, string>> = {
  'sports-tickets': 'ticket',
  'library-reading': 'membership',
  'moh-appointments': 'appointment',
  'post-address': 'track',
  'passports-travel': 'exit-permit',
};

const toWish = (clientId: string, twist: Twist) => ({ clientId, purposeId: places[clientId] ?? '', twist });

const agreeing = { answer: 'given' } as const;

type Plant = (life: Life, planted: Planted) => void | Promise<void>;

const findRecord = (life: Life, clientId: string): StoredConsent | undefined => life.records.get(toKey(clientId, places[clientId] ?? ''));

/** A release that the product would have refused, under a record that no longer stands. */
function releaseAnyway(life: Life, clientId: string, group: string): void {
  const consent = findRecord(life, clientId);
  const registered = findRegistered(life, clientId);
  const purpose = registered.purposes.find(({ id }) => id === places[clientId]);
  if (consent !== undefined && purpose !== undefined) {
    const asked = toAskedOf(life, registered, purpose);
    release(life, { consent, asked, twist: { group, marks: ['release'], isUnasked: true } });
  }
}

export async function withdraw(life: Life, consent: StoredConsent): Promise<void> {
  // As it was agreed to: the purpose may have another version by now.
  const registered = findEpochOf(life, consent) ?? findRegistered(life, consent.clientId);
  const purpose = registered.purposes.find(({ id, version }) => id === consent.purposeId && version === consent.purposeVersion);
  if (purpose === undefined) {
    return;
  }
  if (life.session === null || life.session.until < life.now) {
    signIn(life, 'huwiya-account');
  }
  const asked = toAskedOf(life, registered, purpose);
  await withdrawConsent(toConsentNeeds(life), toDecisionContext(life, { asked, registered }, null), consent);
}

async function withdrawLater(life: Life, then: (life: Life) => void): Promise<void> {
  await visit(life, toWish('moh-appointments', agreeing));
  wait(life, 2 * hourMs, async (later) => {
    const consent = findRecord(later, 'moh-appointments');
    if (consent !== undefined) {
      await withdraw(later, consent);
      wait(later, drawBetween(later.dice, 20 * minuteMs, 40 * hourMs), then);
    }
  });
}

async function expireThen(life: Life, then: (life: Life) => void | Promise<void>): Promise<void> {
  await visit(life, toWish('sports-tickets', agreeing));
  wait(life, addDuration(life.now, 'P3M') - life.now + drawBetween(life.dice, 1, 9) * dayMs, then);
}

function proveAtCounter(life: Life, officer: string, group: string): void {
  const actor = { kind: 'officer', ref: officer } as const;
  append(life, { type: 'person.looked_up', actor, payload: { found: true } }, group);
  pass(life, drawBetween(life.dice, 9000, 15_000));
  const proofed = { issuer: null, documents: ['idcard'], methods: ['pvp'], trust_framework: 'sa_naf', assurance_level: 'high', high: true };
  append(life, { type: 'person.proofed', actor, payload: proofed }, group);
}

function die(life: Life, group: string | undefined): void {
  const payload = { from: 'active', to: 'deceased', source: 'registry' };
  const event = seal(life, { type: 'person.status_changed', actor: { kind: 'operator', ref: null }, payload });
  perform(life, { kind: 'status', personId: life.person.id, from: 'active', to: 'deceased', event });
  // What is open with services goes on; the person does nothing any more.
  life.weights.fill(0);
  wait(life, drawBetween(life.dice, 5, 20) * dayMs, async (later) =>
    group === undefined ? revokeAfterDeath(later) : actAfterDeath(later, group),
  );
}

const order = { reason: 'death', reference: 'Civil Status Law, article 53', actor: { kind: 'operator', ref: null } } as const;

/** Lawful: an authority ends what stood. */
async function revokeAfterDeath(life: Life): Promise<void> {
  const current = findRecord(life, 'moh-appointments');
  const registered = findRegistered(life, 'moh-appointments');
  const purpose = registered.purposes.find(({ id }) => id === places['moh-appointments']);
  if (current !== undefined && purpose !== undefined) {
    const context = { ...toDecisionContext(life, { asked: toAskedOf(life, registered, purpose), registered }, null), expression: null };
    await revokeConsent(toConsentNeeds(life, 'after-death-decoy'), context, { current, act: order });
  }
}

function actAfterDeath(life: Life, group: string): void {
  signIn(life, 'moh-appointments', { group });
  pass(life, 2000);
  releaseAnyway(life, 'moh-appointments', group);
}

/** A record that stands, but lets another service have something else. */
async function agreeElsewhere(life: Life): Promise<string> {
  await visit(life, toWish('library-reading', agreeing));
  pass(life, hourMs);
  return findRecord(life, 'library-reading')?.id ?? createUuid(life.dice, Math.floor(life.now));
}

const plants: Readonly<Record<PlantedKind, Plant>> = {
  hasty: async (life) => {
    const readsForMs = drawBetween(life.dice, 320, 950);
    await visit(life, toWish('sports-tickets', { ...agreeing, readsForMs, group: 'hasty', marks: ['decision'] }));
  },
  'hasty-decoy': async (life) => {
    await visit(life, toWish('sports-tickets', { answer: 'deferred', readsForMs: 1100, group: 'hasty-decoy', marks: ['decision'] }));
  },
  'below-level': async (life) => {
    await visit(life, toWish('passports-travel', { ...agreeing, level: 'high' }));
    pass(life, dayMs);
    await visit(life, toWish('passports-travel', { ...agreeing, level: 'substantial', group: 'below-level', marks: ['entering'] }));
    // What follows is ordinary life, which signs in anew.
    life.session = null;
  },
  'below-level-decoy': async (life) => {
    signIn(life, 'passports-travel', { level: 'substantial' });
    pass(life, 30_000);
    await visit(life, toWish('passports-travel', { ...agreeing, level: 'high', group: 'below-level-decoy', marks: ['entering'] }));
  },
  'outside-purpose': async (life, { place }) => {
    // Every second one: nothing more than was agreed to, under a version of the purpose that nobody registered.
    const beyond = place % 2 === 0 ? { extra: 'address' } : { version: 9 };
    await visit(life, toWish('library-reading', { ...agreeing, ...beyond, group: 'outside-purpose', marks: ['release'] }));
  },
  'outside-purpose-decoy': async (life) => {
    const group = 'outside-purpose-decoy';
    await visit(life, toWish('library-reading', { ...agreeing, overAsk: 'address', group, marks: ['release', 'over-ask'] }));
  },
  'after-withdrawal': async (life) => withdrawLater(life, (later) => releaseAnyway(later, 'moh-appointments', 'after-withdrawal')),
  'after-withdrawal-decoy': async (life) =>
    withdrawLater(life, (later) => {
      const consent = findRecord(later, 'moh-appointments');
      if (consent !== undefined) {
        deny(later, consent, { reason: 'withdrawn', group: 'after-withdrawal-decoy' });
      }
    }),
  'after-expiry': async (life) => expireThen(life, (later) => releaseAnyway(later, 'sports-tickets', 'after-expiry')),
  'after-expiry-decoy': async (life) =>
    expireThen(life, async (later) =>
      visit(later, toWish('sports-tickets', { ...agreeing, group: 'after-expiry-decoy', marks: ['release'] })),
    ),
  'no-record': async (life, { place }) => {
    const record = place % 2 === 0 ? createUuid(life.dice, Math.floor(life.now)) : await agreeElsewhere(life);
    await visit(life, toWish('post-address', { ...agreeing, record, group: 'no-record', marks: ['release'] }));
  },
  'after-death': async (life) => {
    await visit(life, toWish('moh-appointments', agreeing));
    wait(life, 5 * dayMs, (later) => die(later, 'after-death'));
  },
  'after-death-decoy': async (life) => {
    await visit(life, toWish('moh-appointments', agreeing));
    wait(life, 5 * dayMs, (later) => die(later, undefined));
  },
  'device-burst': async (life) => {
    const nonce = createDice(life.country.seed, 'one device').bytes(44);
    const passkey = `${Buffer.from(nonce.subarray(0, 12)).toString('base64url')}.${Buffer.from(nonce.subarray(12)).toString('base64url')}`;
    const marks = ['sign-in', 'decision'] as const;
    await visit(life, toWish('library-reading', { ...agreeing, passkey, readsForMs: 9500, group: 'device-burst', marks }));
  },
  'device-burst-decoy': async (life) => {
    const group = 'device-burst-decoy';
    await visit(life, toWish('library-reading', { ...agreeing, isSharedComputer: true, group, marks: ['sign-in', 'decision'] }));
  },
  'counter-burst': (life) => proveAtCounter(life, life.country.registrars[0] ?? '', 'counter-burst'),
  'counter-burst-decoy': (life, { place }) => proveAtCounter(life, life.country.registrars[1 + (place % 4)] ?? '', 'counter-burst-decoy'),
  'clock-back': async (life) => {
    life.session = null;
    life.behind = 97 * minuteMs;
    life.allOf = 'clock-back';
    await visit(life, toWish('moh-appointments', agreeing));
    life.behind = 0;
    life.allOf = null;
  },
};

export async function plant(life: Life, planted: Planted): Promise<void> {
  await plants[planted.kind](life, planted);
}
