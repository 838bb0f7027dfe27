// The passkeys of a person on their own page: their names, taking one away with what began with it, and the history that names them.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { beginCeremony } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { shiftTime } from '../support/shift-time.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { AuthenticatorSettings } from '../support/software-authenticator.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  createEnrolledPerson,
  createOtherBrowser,
  findForms,
  findStep,
  getForm,
  obtainTokens,
  openAccountPage,
} from '../support/visits.ts';
import { createBothKinds } from '../support/strong-passkey.ts';
import { vouchForModel } from '../support/vouched-model.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const yubiKey = Buffer.from('2fc0579f8113 47eab116bb5a8db9202a'.replaceAll(' ', ''), 'hex');
const plain = (page: Answered): string => page.body.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
const findLinks = (page: Answered, action: 'name' | 'remove'): readonly string[] =>
  [...page.body.matchAll(new RegExp(`href="(/account/passkeys/[\\w-]{22}/${action})"`, 'g'))].map(([, url = '']) => url);

/** Adds a passkey in another authenticator; the result is the person at a browser of their own with it. */
async function addPasskey(person: Traveller, kind: AuthenticatorSettings = { aaguid: yubiKey }): Promise<Traveller> {
  await openAccountPage(person);
  const page = await person.agent.get(`${person.issuer}/account/passkeys`);
  const authenticator = createSoftwareAuthenticator({ isBackupEligible: false, isBackedUp: false, ...kind });
  const { verifyUrl, token, answer } = await beginCeremony({ ...person, authenticator }, page, 'register');
  expect(JSON.parse((await person.agent.postJson(verifyUrl, token, answer)).body)).toEqual({
    next: '/account/passkeys?done=passkey-added',
  });
  return createOtherBrowser({ ...person, authenticator });
}

describe('the passkeys of a person', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const open = async (who: Traveller, path: string): Promise<Answered> => who.agent.get(`${world.issuer}${path}`);
  const countEntries = (type: string): number => database.rows(`SELECT id FROM entries WHERE type = '${type}'`).length;

  it('stand with the name of their keeper, and take a name of the person’s own that nobody else reads', async () => {
    const { traveller, person } = await createEnrolledPerson(world);
    await openAccountPage(traveller);
    expect((await open(traveller, '/account/security')).body).toContain('data-advice="second-passkey"');
    await addPasskey(traveller);
    const page = await open(traveller, '/account/security?lang=en');
    expect(page.body).not.toContain('data-advice="second-passkey"');
    expect(plain(page)).toContain('YubiKey 5 NFC');
    expect(plain(page)).toContain('you signed in with this');
    const [, url = ''] = findLinks(page, 'name');
    const before = countEntries('passkey.renamed');
    const form = getForm(await open(traveller, url), /\/name$/);
    const wrong = await traveller.agent.post(form.action, { ...form.fields, name: '<b>\u202e' });
    expect([wrong.status, findErrorCode(wrong)]).toEqual([400, 'passkey/name-not-accepted']);
    const saved = await traveller.agent.post(form.action, { ...form.fields, name: '  مفتاح  المكتب 2 ' });
    expect(plain(saved)).toContain('The name is saved.');
    expect(plain(saved)).toContain('مفتاح المكتب 2');
    expect(countEntries('passkey.renamed') - before).toBe(1);
    const stored = JSON.stringify([database.rows('SELECT * FROM passkey_names'), database.rows('SELECT * FROM entries')]);
    expect(stored).not.toContain('المكتب');
    expect((await open(traveller, '/account/take.json')).body).toContain('مفتاح المكتب 2');
    const { traveller: other } = await createEnrolledPerson(world);
    await openAccountPage(other);
    const foreign = await open(other, url);
    expect([foreign.status, findErrorCode(foreign)]).toEqual([404, 'passkey/gone']);
    await traveller.agent.post(form.action, { ...form.fields, name: '' });
    expect(await world.storage.passkeys.listNames(person.id)).toEqual([]);
  });

  it('stand with the name that a source signed, where the model is known to it alone and warned of by nobody', async () => {
    const { traveller } = await createEnrolledPerson(world);
    const model = await vouchForModel(world.storage);
    await addPasskey(traveller, { attestation: model.attestation });
    expect(plain(await open(traveller, '/account/security'))).toContain('Key of the test');
    await model.warn();
    expect(plain(await open(traveller, '/account/security'))).not.toContain('Key of the test');
  });

  it('reach the high level where they are added in a session of that level, and no other', async () => {
    const { strong, weak, person } = await createBothKinds(world);
    await addPasskey(strong);
    const elsewhere = createOtherBrowser(weak);
    await addPasskey(elsewhere);
    const held = await world.storage.passkeys.listPasskeys(person.id);
    expect(held.map(({ ceiling }) => ceiling)).toEqual(['substantial', 'high', 'high', 'substantial']);
  });

  it('are taken away with the sessions that began with them, and the history still names them', async () => {
    const { traveller: here } = await createEnrolledPerson(world);
    const there = await addPasskey(here);
    const tokens = await obtainTokens(there, 'permit');
    const [, url = ''] = findLinks(await open(here, '/account/security?lang=en'), 'remove');
    const page = await open(here, url);
    expect(plain(page)).toContain('1 session open on another device ends');
    expect(page.body).not.toContain('data-ends="here"');
    const form = getForm(page, /\/remove$/);
    const [removed, ended] = [countEntries('passkey.removed'), countEntries('session.ended')];
    const after = await here.agent.post(form.action, form.fields);
    expect(plain(after)).toContain('The passkey was removed');
    expect([countEntries('passkey.removed') - removed, countEntries('session.ended') - ended]).toEqual([1, 1]);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect(findStep(await open(there, '/account'))).toBe('sign-in');
    expect(findErrorCode(await here.agent.post(form.action, form.fields))).toBe('passkey/gone');
    expect(countEntries('passkey.removed') - removed).toBe(1);
    const history = plain(await open(here, '/account/sign-ins'));
    expect(history).toContain('With a passkey that no longer works: YubiKey 5 NFC');
    expect(history).toContain('because the passkey that it began with was removed');
    expect(history).toContain('To: Work permits');
  });

  it('sign the person out here where it is the one in use, and say so before; the last one stays', async () => {
    const { traveller: here } = await createEnrolledPerson(world);
    const there = await addPasskey(here);
    const [own = ''] = findLinks(await open(here, '/account/security?lang=en'), 'remove');
    const page = await open(here, own);
    expect(page.body).toContain('data-ends="here"');
    const form = getForm(page, /\/remove$/);
    const after = await here.agent.post(form.action, form.fields);
    expect(new URL(after.url).pathname).toBe('/signed-out');
    expect(findStep(await open(here, '/account'))).toBe('sign-in');
    await openAccountPage(there);
    const [last = ''] = findLinks(await open(there, '/account/security'), 'remove');
    const lastPage = await open(there, last);
    expect(lastPage.body).toContain('data-last');
    expect(findForms(lastPage, /\/remove$/)).toEqual([]);
    const token = getForm(lastPage, /\/account\/sign-out$/).fields;
    const refused = await there.agent.post(`${world.issuer}${last}`, token);
    expect([refused.status, findErrorCode(refused)]).toEqual([409, 'passkey/last-one']);
    expect(findStep(await open(there, '/account'))).toBeUndefined();
  });

  it('go only with a ceremony of the last five minutes, and the way there asks for one and comes back', async () => {
    const time = shiftTime();
    try {
      const { traveller } = await createEnrolledPerson(world);
      await addPasskey(traveller);
      const [, url = ''] = findLinks(await open(traveller, '/account/security'), 'remove');
      const form = getForm(await open(traveller, url), /\/remove$/);
      time.advance(302_000);
      expect(findStep(await traveller.agent.post(form.action, form.fields))).toBe('sign-in');
      expect(findStep(await open(traveller, url))).toBe('sign-in');
    } finally {
      time.restore();
    }
  });
});
