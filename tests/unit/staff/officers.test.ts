// The rules of staff without HTTP: which answers open a desk, how long a session lives, what a name is.

import fc from 'fast-check';
import { afterAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { systemRandom, toDigest } from '../../../src/domain/kernel/ids.ts';
import { toRelyingParty } from '../../../src/domain/passkeys/relying-party.ts';
import { changeOfficerStatus } from '../../../src/domain/staff/change-status.ts';
import { beginOfficerEnrolment, finishOfficerEnrolment } from '../../../src/domain/staff/enrol-officer.ts';
import { inviteOfficer } from '../../../src/domain/staff/invite-officer.ts';
import type { StaffNeeds } from '../../../src/domain/staff/needs.ts';
import { findOpenSession } from '../../../src/domain/staff/open-session.ts';
import { parseOfficerName } from '../../../src/domain/staff/parse-name.ts';
import { beginOfficerSignIn, finishOfficerSignIn } from '../../../src/domain/staff/sign-in.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { SoftwareAuthenticator, Tampering } from '../../support/software-authenticator.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';

const database = createSqliteDatabase();
const origin = 'https://id.example';
const binding = toDigest('a browser');
const minute = 60_000;
let opened: OpenedDatabase;
let needs: StaffNeeds;
let now: number;

beforeEach(async () => {
  opened = await database.open();
  now = Date.parse('2026-06-01T08:00:00Z');
  const { staff, passkeys, metadata } = opened.storage;
  const relyingParty = toRelyingParty(origin, 'Huwiya');
  needs = { clock: { now: () => now }, random: systemRandom, staff, passkeys, metadata, staffRule: 'metadata', relyingParty };
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

async function invite(name: string): Promise<string> {
  const issued = await inviteOfficer(needs, { role: 'auditor', name, agencyId: null, actor: { kind: 'operator', ref: null } });
  return issued.ok ? issued.value.token : '';
}

/** `ok`, or the code and detail of the refusal. */
const toVerdict = (outcome: { readonly ok: true } | { readonly ok: false; readonly code: string; readonly detail: string }): string =>
  outcome.ok ? 'ok' : `${outcome.code} ${outcome.detail.replace(/^[^:]+: /, '')}`;

async function enrol(authenticator: SoftwareAuthenticator, tampering: Tampering = {}, from = origin): Promise<string> {
  const token = await invite(String(authenticator.credentials.length) + from);
  const begun = await beginOfficerEnrolment(needs, token, 'Noura Alsalem, auditor');
  if (!begun.ok) {
    return begun.code;
  }
  const response = authenticator.register(begun.value.options, from, tampering);
  return toVerdict(await finishOfficerEnrolment(needs, token, { ceremony: begun.value.ceremony, response }));
}

type SignIn = Parameters<SoftwareAuthenticator['authenticate']>[2] & { readonly from?: string; readonly binding?: string };

async function signIn(authenticator: SoftwareAuthenticator, how: SignIn = {}): ReturnType<typeof finishOfficerSignIn> {
  const begun = await beginOfficerSignIn(needs, binding);
  const response = authenticator.authenticate(begun.options, how.from ?? origin, how);
  return finishOfficerSignIn(needs, how.binding ?? binding, { ceremony: begun.ceremony, response });
}

async function createEnrolled(): Promise<SoftwareAuthenticator> {
  const authenticator = createSoftwareAuthenticator();
  expect(await enrol(authenticator)).toBe('ok');
  return authenticator;
}

describe('an enrolment', () => {
  test.each<readonly [string, Tampering, string]>([
    ['that nobody confirmed', { isUserVerified: false }, 'passkey/refused'],
    ['for another site', { rpId: 'evil.example' }, 'passkey/refused'],
    ['with another challenge', { clientData: { challenge: 'AAAA' } }, 'passkey/refused'],
  ])('%s makes no passkey', async (_what, tampering, code) => {
    expect(await enrol(createSoftwareAuthenticator(), tampering)).toContain(code);
    expect((await opened.storage.staff.listOfficers()).map(({ passkeyCount }) => passkeyCount)).toEqual([0]);
  });

  test('ends with its link: used, replaced, a day old', async () => {
    const [first, second] = [await invite('Noura'), await invite('Noura')];
    expect(toVerdict(await beginOfficerEnrolment(needs, first, ''))).toBe('officer/invalid-link absent');
    expect(toVerdict(await beginOfficerEnrolment(needs, second, ''))).toBe('ok');
    now += 24 * 60 * minute;
    expect(toVerdict(await beginOfficerEnrolment(needs, second, ''))).toBe('officer/invalid-link absent');
    expect(toVerdict(await beginOfficerEnrolment(needs, 'no token', ''))).toBe('officer/invalid-link form');
  });

  test('is bound to its own link: the challenge of one fits no other', async () => {
    const [mine, other] = [await invite('Mine'), await invite('Other')];
    const begun = await beginOfficerEnrolment(needs, mine, 'Mine');
    if (!begun.ok) {
      throw new Error(begun.code);
    }
    const response = createSoftwareAuthenticator().register(begun.value.options, origin);
    const crossed = await finishOfficerEnrolment(needs, other, { ceremony: begun.value.ceremony, response });
    expect(toVerdict(crossed)).toContain('passkey/challenge-unknown');
  });
});

describe('a sign-in', () => {
  test.each<readonly [string, SignIn, string]>([
    ['that nobody confirmed', { isUserVerified: false }, 'officer/refused'],
    ['from a look-alike site', { from: 'https://id.examp1e' }, 'officer/refused'],
    ['with another’s handle', { userHandle: 'c29tZWJvZHkgZWxzZQ' }, 'officer/refused user-handle'],
    ['without a handle', { userHandle: null }, 'officer/refused'],
    ['with a counter that stands still', { counter: 1 }, 'officer/suspended counter'],
    ['with a counter that went back', { counter: 0 }, 'officer/suspended counter'],
    ['that became another kind of key', { counter: 9, isBackupEligible: true }, 'officer/suspended backup-eligibility'],
    ['with another’s signature', { signature: new Uint8Array(70) }, 'officer/refused'],
    ['in another browser', { binding: toDigest('another browser') }, 'passkey/challenge-unknown binding'],
  ])('%s opens no desk', async (_what, how, verdict) => {
    const authenticator = await createEnrolled();
    expect(toVerdict(await signIn(authenticator))).toBe('ok');
    now += minute;
    expect(toVerdict(await signIn(authenticator, how))).toContain(verdict);
    const sessions = await opened.engine.read({ text: 'SELECT count(*) AS n FROM staff_sessions', values: [] });
    expect(Number(sessions[0]?.['n'])).toBe(1);
  });

  test('with a copied passkey closes the desk for good: becoming active again brings neither session nor passkey back', async () => {
    const authenticator = await createEnrolled();
    const started = await signIn(authenticator);
    const token = started.ok ? started.value.token : '';
    now += minute;
    expect(toVerdict(await signIn(authenticator, { counter: 1 }))).toBe('officer/suspended counter');
    const [officer] = await opened.storage.staff.listOfficers();
    expect(officer).toMatchObject({ status: 'suspended', passkeys: [{ endReason: 'copied', endedAt: now }] });
    const back = { id: officer?.id ?? '', status: 'active', actor: { kind: 'operator', ref: null } } as const;
    expect(toVerdict(await changeOfficerStatus(needs, back))).toBe('ok');
    expect(await findOpenSession(needs, token)).toBeUndefined();
    expect(toVerdict(await signIn(authenticator, { counter: 9 }))).toBe('officer/refused its passkey is copied');
  });

  test('with a synced passkey whose count went back suspends nobody: it counts on each device', async () => {
    const synced = createSoftwareAuthenticator({ isBackupEligible: true });
    expect([await enrol(synced), toVerdict(await signIn(synced))]).toEqual(['ok', 'ok']);
    now += minute;
    expect(toVerdict(await signIn(synced, { counter: 1 }))).toBe('officer/refused counter');
    expect(toVerdict(await signIn(synced, { counter: 5 }))).toBe('ok');
  });

  test('that comes late from another tab suspends nobody: its count is honestly behind', async () => {
    const bound = await createEnrolled();
    const late = await beginOfficerSignIn(needs, binding);
    const response = bound.authenticate(late.options, origin, { counter: 3 });
    now += minute;
    expect(toVerdict(await signIn(bound, { counter: 4 }))).toBe('ok');
    expect(toVerdict(await finishOfficerSignIn(needs, binding, { ceremony: late.ceremony, response }))).toBe('officer/refused counter');
    expect(toVerdict(await signIn(bound, { counter: 5 }))).toBe('ok');
  });

  test('takes an answer once, and not after five minutes', async () => {
    const authenticator = await createEnrolled();
    const begun = await beginOfficerSignIn(needs, binding);
    const answer = { ceremony: begun.ceremony, response: authenticator.authenticate(begun.options, origin) };
    expect(toVerdict(await finishOfficerSignIn(needs, binding, answer))).toBe('ok');
    expect(toVerdict(await finishOfficerSignIn(needs, binding, answer))).toBe('passkey/challenge-unknown taken');
    const late = await beginOfficerSignIn(needs, binding);
    const response = authenticator.authenticate(late.options, origin);
    now += 5 * minute;
    expect(toVerdict(await finishOfficerSignIn(needs, binding, { ceremony: late.ceremony, response }))).toContain('challenge-unknown');
  });
});

test('a session lives as long as no pause reaches 30 minutes and 8 hours have not passed, whatever the pauses are', async () => {
  const authenticator = await createEnrolled();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 35 }), { minLength: 1, maxLength: 25 }), async (pauses) => {
      const started = await signIn(authenticator);
      const token = started.ok ? started.value.token : '';
      const startedAt = now;
      let isAlive = true;
      for (const pause of pauses) {
        now += pause * minute;
        isAlive = isAlive && pause < 30 && now - startedAt < 8 * 60 * minute;
        expect((await findOpenSession(needs, token)) !== undefined).toBe(isAlive);
      }
    }),
    { numRuns: 15 },
  );
});

test('a name is one text, however it was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const parsed = parseOfficerName(text);
      const name = parsed.ok ? parsed.value : 'nobody';
      expect(name).toMatch(/^\S(?:[^\p{Cc}\p{Cf}]*\S)?$/u);
      expect(parseOfficerName(`  ${name}\u200F `)).toEqual({ ok: true, value: name });
    }),
  );
});
