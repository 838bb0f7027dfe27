// The gentle way to the level `high`: an officer sees the person and hands over a code, and the person, signed in with a passkey of theirs, raises one or adds one.
// Neither the officer nor a thief of the passkey gets anywhere alone.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toLevel } from '../../src/domain/passkeys/authentication-facts.ts';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { findErrorCode } from '../support/case-world.ts';
import { confirmShown, createCounter, toLevelHandOver } from '../support/counter.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { beginCeremony, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createStatusSaid } from '../support/status-said.ts';
import { days, minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { SoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createAttestedOfficer, createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { readAttribute } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  findForms,
  findStep,
  getForm,
  leaveStepUp,
  openAccountPage,
} from '../support/visits.ts';
import { vouchForModel } from '../support/vouched-model.ts';
import type { VouchedModel } from '../support/vouched-model.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const refused = (page: Answered): readonly unknown[] => [page.status, findErrorCode(page)];
const errorOf = (answered: Answered): unknown =>
  z.object({ error: z.object({ code: z.string() }) }).safeParse(JSON.parse(answered.body)).data?.error.code;

describe('a level code', () => {
  let world: World;
  let database: OpenDatabase;
  let officer: Officer;
  let counter: ReturnType<typeof createCounter>;
  let model: VouchedModel;
  let time: ShiftedTime;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    officer = await createAttestedOfficer(world, 'registrar');
    counter = createCounter(world, officer);
    model = await vouchForModel(world.storage);
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });
  beforeEach(() => {
    time = shiftTime();
  });
  afterEach(() => {
    time.restore();
  });

  const toNumber = (person: StoredPerson): string =>
    z.string().parse(getPersonalData({ dataKey: world.keys.data.encryption }, person)['id']);
  const createBound = (): SoftwareAuthenticator =>
    createSoftwareAuthenticator({ isBackupEligible: false, isBackedUp: false, attestation: model.attestation });
  const createSynced = (): SoftwareAuthenticator => createSoftwareAuthenticator({ isBackupEligible: true, isBackedUp: true });
  /** With a passkey of this kind, bound by an operator's link, and at "security". */
  const createSara = async (authenticator = createSynced()) => {
    const person = await world.addPerson();
    const traveller = createTraveller(world.issuer, authenticator);
    await enrol(traveller, await world.invite(person));
    await openAccountPage(traveller);
    return { person, traveller, number: toNumber(person) };
  };
  const open = async ({ agent }: Traveller, path: string): Promise<Answered> => agent.get(`${world.issuer}${path}`);
  const type = async (traveller: Traveller, code: string): Promise<Answered> => {
    const { action, fields } = getForm(await open(traveller, '/account/level'), /\/account\/level$/);
    return traveller.agent.post(action, { ...fields, code });
  };
  const answer = async (traveller: Traveller, page: Answered, kind: 'register' | 'authenticate'): Promise<Answered> => {
    const begun = await beginCeremony(traveller, page, kind);
    return traveller.agent.postJson(begun.verifyUrl, begun.token, begun.answer);
  };
  const add = async (traveller: Traveller, page: Answered, authenticator = createBound()): Promise<Answered> =>
    answer({ ...traveller, authenticator }, page, 'register');
  const levelsOf = async ({ id }: StoredPerson): Promise<readonly string[]> => (await world.storage.passkeys.listPasskeys(id)).map(toLevel);
  const typesOf = ({ id }: StoredPerson): readonly unknown[] =>
    database
      .rows(
        `SELECT type FROM entries JOIN entry_secrets ON entry_secrets.entry_id = entries.id WHERE person_ref = '${id}' ORDER BY entries.rowid`,
      )
      .map((row) => row['type']);
  const kindsOf = ({ id }: StoredPerson): readonly unknown[] =>
    database.rows(`SELECT kind FROM security_notices WHERE person_id = '${id}' ORDER BY at, kind`).map((row) => row['kind']);

  it('adds a passkey that reaches high, and leaves everything else as it was', async () => {
    const { person, traveller, number } = await createSara();
    const code = await counter.handOverLevel(number);
    expect(code).toMatch(/^(?:\w{4}-){3}\w{4}$/);
    expect(typesOf(person).slice(-2)).toEqual(['person.proofed', 'person.level_code_made']);
    const page = await type(traveller, code.toLowerCase());
    expect(new URL(page.url).pathname).toBe(`/account/level/${code}`);
    const added = await add(traveller, page);
    expect(JSON.parse(added.body)).toEqual({ next: '/account/security?done=level-reached' });
    expect(await levelsOf(person)).toEqual(['substantial', 'high']);
    expect((await open(traveller, '/account/security?done=level-reached&lang=en')).body).toContain('reaches the high level');
    expect(kindsOf(person)).toEqual(expect.arrayContaining(['level-code-made', 'passkey-added']));
    expect(typesOf(person)).not.toContain('session.ended');
  });

  it('raises a device-bound passkey of a known model that was bound too weakly, by an answer of this very passkey', async () => {
    const { person, traveller, number } = await createSara(createBound());
    expect(await levelsOf(person)).toEqual(['substantial']);
    const page = await type(traveller, await counter.handOverLevel(number));
    expect(page.body).toContain('data-ceremony="raise"');
    expect(JSON.parse((await answer(traveller, page, 'authenticate')).body)).toEqual({ next: '/account/security?done=level-reached' });
    expect(await levelsOf(person)).toEqual(['high']);
    expect([typesOf(person).at(-1), kindsOf(person).includes('passkey-raised')]).toEqual(['passkey.raised', true]);
    const again = await open(traveller, new URL(page.url).pathname);
    expect(refused(again)).toEqual([410, 'level-code/refused']);
  });

  it('lets nobody in: it opens no enrolment, and nothing in the session of somebody else', async () => {
    const { person, number } = await createSara();
    const code = await counter.handOverLevel(number);
    const stranger = createTraveller(world.issuer);
    expect(refused(await open(stranger, `/enrol/${code}`))).toEqual([410, 'enrolment/invalid-link']);
    expect(findStep(await open(stranger, `/account/level/${code}`))).toBe('sign-in');
    const { traveller: thief, person: other } = await createEnrolledPerson(world);
    await openAccountPage(thief);
    expect(refused(await type(thief, code))).toEqual([410, 'level-code/refused']);
    expect(refused(await open(thief, `/account/level/${code}`))).toEqual([410, 'level-code/refused']);
    expect([await levelsOf(person), await levelsOf(other)]).toEqual([['substantial'], ['substantial']]);
  });

  it('is good for nothing in a session whose last ceremony is older than five minutes', async () => {
    const { person, traveller, number } = await createSara();
    const page = await type(traveller, await counter.handOverLevel(number));
    const begun = await beginCeremony({ ...traveller, authenticator: createBound() }, page, 'register');
    time.advance(minutes(6));
    expect(errorOf(await traveller.agent.postJson(begun.verifyUrl, begun.token, begun.answer))).toBe('session/too-old');
    expect(findStep(await open(traveller, '/account/level'))).toBe('sign-in');
    expect(await levelsOf(person)).toEqual(['substantial']);
  });

  it('is not handed to somebody frozen, nor used in a session that a freeze ended, by a form from before', async () => {
    const { person, traveller, number } = await createSara();
    const code = await counter.handOverLevel(number);
    const found = await counter.find(number);
    const page = await type(traveller, code);
    const begun = await beginCeremony({ ...traveller, authenticator: createBound() }, page, 'register');
    await world.storage.people.saveStatus(person.id, 'frozen', createStatusSaid());
    expect(refused(await counter.proveLevel(found))).toEqual([404, 'person/unknown']);
    expect(errorOf(await traveller.agent.postJson(begun.verifyUrl, begun.token, begun.answer))).toBe('session/ended');
    expect(await levelsOf(person)).toEqual(['substantial']);
  });

  it('is not used up by a passkey that cannot reach high', async () => {
    const { person, traveller, number } = await createSara();
    const page = await type(traveller, await counter.handOverLevel(number));
    expect(errorOf(await add(traveller, page, createSynced()))).toBe('passkey/not-strong');
    expect(errorOf(await add(traveller, page, createSoftwareAuthenticator()))).toBe('passkey/not-strong');
    expect(await levelsOf(person)).toEqual(['substantial']);
    await add(traveller, page);
    expect(await levelsOf(person)).toEqual(['substantial', 'high']);
    expect(refused(await open(traveller, new URL(page.url).pathname))).toEqual([410, 'level-code/refused']);
    expect(await levelsOf(person)).toEqual(['substantial', 'high']);
  });

  it('needs the officer’s own passkey over this very evidence, a picture, and a face that was compared', async () => {
    const { person, number } = await createSara();
    const faceless = await counter.proveLevel(await counter.find(number), { seen: 'vpip' });
    expect([...refused(faceless), findForms(faceless, /hand-over$/)]).toEqual([400, 'proofing/evidence-incomplete', []]);
    const other = await counter.proveLevel(await counter.find(number), { seen: 'vpip', face: 'yes', birth: '1990-05-18' });
    expect([...refused(other), findForms(other, /hand-over$/)]).toEqual([400, 'proofing/holder-differs', []]);
    const shown = await counter.proveLevel(await counter.find(number));
    const { action, fields } = toLevelHandOver(shown);
    const { agent } = officer.traveller;
    expect(refused(await agent.post(action, fields))).toEqual([409, 'officer/unconfirmed']);
    const confirmation = await confirmShown(officer.traveller, shown);
    expect(refused(await agent.post(action, { ...fields, confirmation, digits: '008' }))).toEqual([409, 'officer/unconfirmed']);
    expect(typesOf(person)).not.toContain('person.level_code_made');
  });

  it('is not handed out to somebody who never had a passkey, and an enrolment is not to somebody who has one', async () => {
    const fresh = await world.addPerson();
    const { number } = await createSara();
    expect(findForms(await counter.find(toNumber(fresh)), /\/office\/people\/level$/)).toEqual([]);
    expect(findForms(await counter.find(number), /\/office\/people\/evidence$/)).toEqual([]);
    const { action, fields } = getForm(await counter.find(number), /\/office\/people\/level$/);
    const forged = await officer.traveller.agent.post(action, { ...fields, number: toNumber(fresh) });
    expect(refused(forged)).toEqual([409, 'person/without-passkey']);
  });

  it('ends with a freeze, and none is handed out while it stands', async () => {
    const { person, traveller, number } = await createSara();
    const code = await counter.handOverLevel(number);
    const freeze = getForm(await open(traveller, '/account/freeze'), /\/account\/freeze$/);
    await traveller.agent.post(freeze.action, freeze.fields);
    expect(database.rows(`SELECT digest FROM level_codes WHERE person_id = '${person.id}'`)).toEqual([]);
    expect(findForms(await counter.find(number), /\/office\/people\/level$/)).toEqual([]);
    expect(refused(await open(createTraveller(world.issuer), `/enrol/${code}`))).toEqual([410, 'enrolment/invalid-link']);
  });

  it('that somebody else used is disowned with the passkey that it raised, and the others stay', async () => {
    const { person, traveller, number } = await createSara();
    const bound = createTraveller(world.issuer, createBound());
    await enrol(bound, await world.invite(person));
    const page = await type(traveller, await counter.handOverLevel(number));
    await answer({ ...traveller, authenticator: bound.authenticator }, page, 'authenticate');
    expect(await levelsOf(person)).toEqual(['substantial', 'high']);
    const { body } = await open(traveller, '/account/notices');
    const link = /data-notice="passkey-raised"[^]*?href="([^"]*\/not-me\/[^"]+)"/.exec(body)?.[1] ?? 'no link';
    const stranger = createTraveller(world.issuer);
    const form = getForm(await open(stranger, new URL(link, world.issuer).pathname), /\/not-me\//);
    await stranger.agent.post(form.action, form.fields);
    expect(await levelsOf(person)).toEqual(['substantial']);
    expect(typesOf(person)).toEqual(expect.arrayContaining(['person.disowned', 'person.frozen', 'passkey.removed']));
  });

  it('of two the newer works', async () => {
    const { traveller, number } = await createSara();
    const [older, newer] = [await counter.handOverLevel(number), await counter.handOverLevel(number)];
    expect(refused(await type(traveller, older))).toEqual([410, 'level-code/refused']);
    expect(new URL((await type(traveller, newer)).url).pathname).toBe(`/account/level/${newer}`);
  });

  // The last of all: whoever clears up meanwhile takes away what ended within the month, the session of the counter too.
  it('is not used in the session of a passkey of today, unless that is the oldest', async () => {
    const { person, traveller, number } = await createSara();
    time.advance(days(30));
    await openAccountPage(traveller);
    const planted: Traveller = { ...traveller, authenticator: createSynced() };
    await answer(planted, await open(traveller, '/account/passkeys'), 'register');
    const thief = createOtherBrowser(planted);
    await openAccountPage(thief);
    const code = await createCounter(world, await createAttestedOfficer(world, 'registrar', 'A month later')).handOverLevel(number);
    const begin = async (who: Traveller): Promise<unknown> => {
      const page = await type(who, code);
      const url = new URL(readAttribute(page.body, 'data-options-url'), world.issuer).href;
      return errorOf(await who.agent.postJson(url, readAttribute(page.body, 'data-token'), {}));
    };
    expect(await begin(thief)).toBe('passkey/too-new');
    expect(await begin(traveller)).toBeUndefined();
    expect(await levelsOf(person)).toEqual(['substantial', 'substantial']);
  });
});

describe('an installation without metadata', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(async () => {
    await world.close();
  });

  const toNumber = (person: StoredPerson): string =>
    z.string().parse(getPersonalData({ dataKey: world.keys.data.encryption }, person)['id']);

  it('hands out no level code, names no place to type one, and promises no level on the sheet of an enrolment', async () => {
    const { traveller, person } = await createEnrolledPerson(world);
    const counter = createCounter(world, await createSignedInOfficer(world, 'registrar'));
    const found = await counter.find(toNumber(person));
    expect([findForms(found, /\/office\/people\/level$/), findForms(found, /\/office\/people\/evidence$/)]).toEqual([[], []]);
    await openAccountPage(traveller);
    expect((await traveller.agent.get(`${world.issuer}/account/security`)).body).not.toContain('/account/level');
    const sheet = await counter.handOver(await counter.find(toNumber(await world.addPerson())));
    expect([sheet.body.includes('data-code'), sheet.body.includes('«عالٍ»')]).toEqual([true, false]);
  });

  it('says to whoever needs the level that nobody reaches it, sends them nowhere, and lets them turn back', async () => {
    const { traveller } = await createEnrolledPerson(world);
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:huwiya:loa:high' } } });
    const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit', { claims }).url));
    expect(page.body).toContain('data-unreachable');
    for (const lead of ['have-code', 'other-passkey', 'again']) {
      expect(page.body).not.toContain(`data-action="${lead}"`);
    }
    expect((await leaveStepUp(traveller, page, 'back')).url).toContain('error_description=level_not_reached');
  });
});
