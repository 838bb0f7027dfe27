// Which passkeys open a desk, by what the metadata say of them: true statements, true chains, the store of an installation.

import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom, toDigest } from '../../../src/domain/kernel/ids.ts';
import { toRelyingParty } from '../../../src/domain/passkeys/relying-party.ts';
import { beginOfficerEnrolment, finishOfficerEnrolment } from '../../../src/domain/staff/enrol-officer.ts';
import { inviteOfficer } from '../../../src/domain/staff/invite-officer.ts';
import type { StaffNeeds } from '../../../src/domain/staff/needs.ts';
import { roles } from '../../../src/domain/staff/officer.ts';
import type { Role } from '../../../src/domain/staff/officer.ts';
import { findOpenSession } from '../../../src/domain/staff/open-session.ts';
import { beginOfficerSignIn, finishOfficerSignIn } from '../../../src/domain/staff/sign-in.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { AuthenticatorSettings, SoftwareAuthenticator } from '../../support/software-authenticator.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { vouchForModel } from '../../support/vouched-model.ts';

const database = createSqliteDatabase();
const origin = 'https://id.example';
const binding = toDigest('a browser');
let opened: OpenedDatabase;
let needs: StaffNeeds;
let strict: StaffNeeds;

beforeEach(async () => {
  opened = await database.open();
  const { staff, passkeys, metadata } = opened.storage;
  const relyingParty = toRelyingParty(origin, 'Huwiya');
  const clock = { now: () => Date.parse('2026-11-22T08:00:00Z') };
  needs = { clock, random: systemRandom, staff, passkeys, metadata, staffRule: 'metadata', relyingParty };
  strict = { ...needs, staffRule: 'attested' };
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

let invited = 0;

async function invite(role: Role): Promise<string> {
  invited += 1;
  const asked = { role, name: `Officer ${invited}`, agencyId: null, actor: { kind: 'operator', ref: null } } as const;
  const issued = await inviteOfficer(needs, asked);
  return issued.ok ? issued.value.token : '';
}

type Enrolled = { readonly verdict: string; readonly authenticator: SoftwareAuthenticator };

async function enrolBy(token: string, settings: AuthenticatorSettings = {}, by: StaffNeeds = needs): Promise<Enrolled> {
  const authenticator = createSoftwareAuthenticator(settings);
  const begun = await beginOfficerEnrolment(by, token, 'Noura Alsalem');
  if (!begun.ok) {
    return { verdict: begun.code, authenticator };
  }
  const response = authenticator.register(begun.value.options, origin);
  const finished = await finishOfficerEnrolment(by, token, { ceremony: begun.value.ceremony, response });
  return { verdict: finished.ok ? 'ok' : `${finished.code}${finished.detail.replace(/^.*:/, '')}`, authenticator };
}

const enrol = async (role: Role, settings?: AuthenticatorSettings, by?: StaffNeeds) => enrolBy(await invite(role), settings, by);

/** The token of the session, or the refusal. */
async function signIn(authenticator: SoftwareAuthenticator, by: StaffNeeds = needs): Promise<string> {
  const begun = await beginOfficerSignIn(by, binding);
  const response = authenticator.authenticate(begun.options, origin);
  const started = await finishOfficerSignIn(by, binding, { ceremony: begun.ceremony, response });
  return started.ok ? started.value.token : `${started.code}${started.detail.replace(/^.*:/, '')}`;
}

const isOpen = async (token: string, by: StaffNeeds = needs): Promise<boolean> => (await findOpenSession(by, token)) !== undefined;

const demanded = ['registrar', 'approver'] as const;
const others = ['auditor', 'operator', 'developer'] as const;
const refused = 'officer/passkey-unproven unproven';

describe('before metadata were ever imported', () => {
  test.each(roles)('a passkey that nobody vouches for opens the desk of every role: %s', async (role) => {
    const { verdict, authenticator } = await enrol(role);
    expect(verdict).toBe('ok');
    expect(await isOpen(await signIn(authenticator))).toBe(true);
  });
});

describe('after metadata were imported', () => {
  test.each(demanded)('the role %s without an attested passkey is refused, and the link stays good for the right one', async (role) => {
    const { attestation } = await vouchForModel(opened.storage);
    const token = await invite(role);
    expect((await enrolBy(token)).verdict).toBe(refused);
    expect((await enrolBy(token, { attestation: 'packed' })).verdict).toBe(refused);
    // Vouched for, and copied all the same.
    expect((await enrolBy(token, { attestation, isBackupEligible: true })).verdict).toBe(refused);
    expect((await opened.storage.staff.listOfficers()).map(({ passkeyCount }) => passkeyCount)).toEqual([0]);
    const { verdict, authenticator } = await enrolBy(token, { attestation });
    expect(verdict).toBe('ok');
    expect(await isOpen(await signIn(authenticator))).toBe(true);
    expect((await enrolBy(token, { attestation })).verdict).toBe('officer/invalid-link');
  });

  test.each(others)('a passkey of any kind lets the role %s in', async (role) => {
    await vouchForModel(opened.storage);
    const { verdict, authenticator } = await enrol(role, { isBackupEligible: true });
    expect(verdict).toBe('ok');
    expect(await isOpen(await signIn(authenticator))).toBe(true);
  });

  test('passkeys from before go on, of every role', async () => {
    const before = await Promise.all(roles.map(async (role) => enrol(role)));
    await vouchForModel(opened.storage);
    for (const { authenticator } of before) {
      expect(await isOpen(await signIn(authenticator))).toBe(true);
    }
  });
});

describe('a model that its source warns of', () => {
  test.each(roles)('opens no desk for the role %s, enrols none, and closes the session that is open', async (role) => {
    const { attestation, warn } = await vouchForModel(opened.storage);
    const { verdict, authenticator } = await enrol(role, { attestation });
    expect(verdict).toBe('ok');
    const session = await signIn(authenticator);
    expect(await isOpen(session)).toBe(true);
    await warn();
    expect(await isOpen(session)).toBe(false);
    expect(await signIn(authenticator)).toBe('officer/refused its passkey is revoked');
    expect((await enrol(role, { attestation })).verdict).toBe('officer/passkey-unproven revoked');
  });

  test('says nothing about other models', async () => {
    const [warned, sound] = [await vouchForModel(opened.storage), await vouchForModel(opened.storage)];
    const { authenticator } = await enrol('registrar', { attestation: sound.attestation });
    const session = await signIn(authenticator);
    await warned.warn();
    expect(await isOpen(session)).toBe(true);
  });
});

describe('with the strict rule', () => {
  test.each(roles)('the role %s needs an attested passkey, with metadata or without, and so does every open session', async (role) => {
    const unproven = await enrol(role);
    const session = await signIn(unproven.authenticator);
    expect(await isOpen(session)).toBe(true);
    expect(await isOpen(session, strict)).toBe(false);
    expect(await signIn(unproven.authenticator, strict)).toBe('officer/refused its passkey is unproven');
    expect((await enrol(role, {}, strict)).verdict).toBe(refused);
    const { attestation } = await vouchForModel(opened.storage);
    expect((await enrol(role, {}, strict)).verdict).toBe(refused);
    const { verdict, authenticator } = await enrol(role, { attestation }, strict);
    expect(verdict).toBe('ok');
    expect(await isOpen(await signIn(authenticator, strict), strict)).toBe(true);
  });
});
