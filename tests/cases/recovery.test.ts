// Coming back by waiting: who knows a number begins nothing, no step is skipped or repeated, and at the end everything before has ended (security contract 2.7).

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { findErrorCode, watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { mailEnv, readLetters } from '../support/mailbox.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { askForCode, bindPasskey, codesTo, giveCode, lettersTo, waitForRecoveryLetter } from '../support/recovery-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { hours, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import { createOtherBrowser, createRequest, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const offline = { scope: 'openid offline_access', prompt: 'consent' };

type Lost = { readonly person: StoredPerson; readonly number: string; readonly email: string; readonly before: Traveller };

describe('a recovery by waiting', () => {
  let world: World;
  let watch: Watch;
  let time: ShiftedTime;
  let count = 0;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld({ env: { ...mailEnv, HUWIYA_LIMITS: 'recovery-begun.ipv4=300,recovery-code.ipv4=300' } });
    watch = watchWorld(world);
  });

  // What an earlier case counted is long gone.
  beforeEach(() => time.advance(hours(24 * 40)));

  afterAll(async () => {
    watch.close();
    await world.close();
    time.restore();
  });

  /** Enrolled long ago, with an address of their own. */
  const createLost = async (): Promise<Lost> => {
    count += 1;
    const email = `lost-${count}@example.test`;
    const person = await world.addPerson('citizen', { ...sampleData, email });
    const before = createTraveller(world.issuer);
    await enrol(before, await world.invite(person));
    time.advance(hours(24 * 8));
    return { person, number: count === 1 ? '1000000008' : `test-${count}`, email, before };
  };

  const begin = async ({ number, email }: Lost): Promise<Answered> => {
    const stranger = createTraveller(world.issuer);
    const sent = codesTo(world, email).length;
    await askForCode(stranger, number);
    return giveCode(stranger, (await waitForRecoveryLetter(world, email, sent + 1)).code);
  };

  const readCancelUrl = async ({ email }: Lost): Promise<string> => {
    const letter = lettersTo(world, email).find(({ text }) => text.includes('/recover/cancel/'));
    return /https?:\/\/\S+\/recover\/cancel\/[\w-]{43}/.exec(letter?.text ?? '')?.[0] ?? '';
  };

  const count1 = (text: string): number => Number(watch.database.rows(text)[0]?.['n']);
  const entriesOf = ({ person }: Lost, type: string): number =>
    watch.database.rows(
      `SELECT entries.id FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE person_ref = '${person.id}' AND type = '${type}'`,
    ).length;

  test('EN-09 ends well: old passkeys, sessions and offline tokens are dead, consents and the subject stay, each step is an entry', async () => {
    const lost = await createLost();
    const old = await obtainTokens(lost.before, 'permit', { extra: offline, attributes: ['email'] });
    const before = await fetchUserInfo(world.issuer, old.body['access_token']);
    expect(before.status).toBe(200);
    const waiting = await begin(lost);
    expect([waiting.status, waiting.body.includes('<time')]).toEqual([200, true]);
    time.advance(hours(72));
    const came = createTraveller(world.issuer, createSoftwareAuthenticator());
    const sent = codesTo(world, lost.email).length;
    await askForCode(came, lost.number);
    const bind = await giveCode(came, (await waitForRecoveryLetter(world, lost.email, sent + 1)).code);
    expect(new URL(bind.url).pathname).toMatch(/^\/recover\/passkey\/[2-9A-Z]{16}$/);
    expect(await bindPasskey(came, bind)).toMatchObject({ status: 200 });
    const refreshed = await requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: String(old.body['refresh_token']) });
    expect([refreshed.status, refreshed.body['error']]).toEqual([400, 'invalid_grant']);
    const again = await openAccountPage(came);
    expect(again.status).toBe(200);
    const tokens = await obtainTokens(came, 'permit');
    const after = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect(after.body['sub']).toBe(before.body['sub']);
    const page = await lost.before.agent.get(createRequest(world.issuer, 'permit').url);
    expect(page.body).toContain('data-ceremony="sign-in"');
    await expect(
      signIn(createOtherBrowser(lost.before), await createOtherBrowser(lost.before).agent.get(createRequest(world.issuer, 'permit').url)),
    ).rejects.toThrow(/passkey\/unknown|was refused|no ceremony began/);
    expect(watch.database.rows(`SELECT end_reason FROM passkeys WHERE person_id = '${lost.person.id}' AND ended_at IS NOT NULL`)).toEqual([
      { end_reason: 'recovered' },
    ]);
    expect(count1(`SELECT count(*) AS n FROM consents WHERE person_id = '${lost.person.id}' AND state = 'given'`)).toBe(1);
    expect(['recovery.begun', 'recovery.ready', 'recovery.completed'].map((type) => entriesOf(lost, type))).toEqual([1, 1, 1]);
    const activity = await came.agent.get(`${world.issuer}/account/activity`);
    expect(activity.body).toMatch(/بدأت استعادة|A recovery of your account was begun/);
  });

  test('EN-06 every number is answered the same, and only one that is somebody’s sends a letter', async () => {
    const lost = await createLost();
    const gone = await createLost();
    await setPersonStatus(world, gone.person, 'deceased');
    const isCode = ({ text }: { readonly text: string }): boolean => /(?:[2-9A-Z]{4}-){3}/.test(text);
    const letters = readLetters(world).filter(isCode).length;
    const answers: string[] = [];
    for (const number of [lost.number, gone.number, '1999999999', 'no number', '', '١٠٠٠٠٠٠٠٠٨'.slice(0, 4)]) {
      const page = await askForCode(createTraveller(world.issuer), number);
      answers.push(`${page.status} ${new URL(page.url).pathname} ${page.body.replaceAll(/value="[^"]*"/g, '')}`);
    }
    expect(new Set(answers).size).toBe(1);
    await waitForRecoveryLetter(world, lost.email, 1);
    expect(readLetters(world).filter(isCode).length).toBe(letters + 1);
    expect(entriesOf(lost, 'recovery.begun')).toBe(0);
  });

  test('EN-10 asking again and again sends one letter, whose code goes on working for the person; nothing has begun', async () => {
    const lost = await createLost();
    for (let asked = 0; asked < 6; asked += 1) {
      await askForCode(createTraveller(world.issuer), lost.number);
    }
    const { code } = await waitForRecoveryLetter(world, lost.email, 1);
    expect([codesTo(world, lost.email).length, entriesOf(lost, 'recovery.begun')]).toEqual([1, 0]);
    expect((await giveCode(createTraveller(world.issuer), code.toLowerCase())).body).toContain('<time');
    expect(entriesOf(lost, 'recovery.begun')).toBe(1);
  });

  test('EN-10 whoever was told no with a passkey begins nothing for a week, and nobody begins a fourth time in a month', async () => {
    const lost = await createLost();
    await begin(lost);
    const own = await openAccountPage(lost.before);
    const form = getForm(own, /\/account\/recoveries\/[\w-]+\/cancel$/);
    expect((await lost.before.agent.post(form.action, form.fields)).url).toContain('/recover/cancelled');
    time.advance(hours(7));
    expect(findErrorCode(await begin(lost))).toBe('recovery/counter-only');
    time.advance(hours(24 * 7));
    const begun: (string | undefined)[] = [];
    for (let month = 0; month < 3; month += 1) {
      begun.push(findErrorCode(await begin(lost)));
      time.advance(hours(72 + 24 * 7 + 1));
    }
    expect(begun).toEqual([undefined, undefined, 'recovery/counter-only']);
    expect((await openAccountPage(createOtherBrowser(lost.before))).status).toBe(200);
  });

  test('EN-11 no step is skipped and none is repeated, from whatever page', async () => {
    const lost = await createLost();
    const stranger = createTraveller(world.issuer);
    await askForCode(stranger, lost.number);
    const { code } = await waitForRecoveryLetter(world, lost.email, 1);
    await watch.changesNothing(async () => {
      expect(findErrorCode(await stranger.agent.get(`${world.issuer}/recover/passkey/${code}`))).toBe('recovery/code-wrong');
      expect(findErrorCode(await giveCode(stranger, 'AAAA-AAAA-AAAA-AAAA'))).toBe('recovery/code-wrong');
      expect((await stranger.agent.get(`${world.issuer}/recover/done`)).status).toBe(200);
    });
    await giveCode(stranger, code);
    expect(findErrorCode(await giveCode(stranger, code))).toBe('recovery/code-wrong');
    const early = await begin(lost);
    expect([early.url.includes('/recover/passkey/'), entriesOf(lost, 'recovery.ready')]).toEqual([false, 0]);
    time.advance(hours(72));
    const bind = await begin(lost);
    const came = createTraveller(world.issuer, createSoftwareAuthenticator());
    const shown = await came.agent.get(bind.url);
    expect((await bindPasskey(came, shown)).status).toBe(200);
    await watch.changesNothing(async () => {
      expect(findErrorCode(await came.agent.get(bind.url))).toBe('recovery/code-wrong');
      await expect(bindPasskey(createTraveller(world.issuer, createSoftwareAuthenticator()), shown)).rejects.toThrow(/no ceremony began/);
    });
  });

  test('EN-12 the link in the letter cancels by the press alone; the recovery is over for good', async () => {
    const lost = await createLost();
    await begin(lost);
    await waitForRecoveryLetter(world, lost.email, 1);
    await expect.poll(async () => readCancelUrl(lost)).toContain('/recover/cancel/');
    const url = await readCancelUrl(lost);
    expect(url.startsWith(`${world.issuer}/`)).toBe(true);
    const scanner = createTraveller(world.issuer);
    const page = await watch.changesNothing(async () => {
      await fetch(url, { method: 'HEAD' });
      return scanner.agent.get(url);
    });
    const form = getForm(page, /\/recover\/cancel\//);
    expect((await scanner.agent.post(form.action, form.fields)).url).toContain('/recover/cancelled');
    expect([entriesOf(lost, 'recovery.cancelled'), findErrorCode(await scanner.agent.get(url))]).toEqual([1, 'recovery/over']);
    time.advance(hours(72));
    expect((await begin(lost)).url).not.toContain('/recover/passkey/');
  });

  test('WA-20 a passkey that was added a moment ago beside an older one cancels nothing; a day later it does', async () => {
    const lost = await createLost();
    await openAccountPage(lost.before);
    const planted = createSoftwareAuthenticator();
    const thief: Traveller = { ...lost.before, authenticator: planted };
    const add = await lost.before.agent.get(`${world.issuer}/account/passkeys`);
    await bindPasskey(thief, add);
    await begin(lost);
    const other = createTraveller(world.issuer, planted);
    const cancel = async (): Promise<Answered> => {
      const form = getForm(await openAccountPage(other), /\/account\/recoveries\/[\w-]+\/cancel$/);
      return other.agent.post(form.action, form.fields);
    };
    expect(findErrorCode(await cancel())).toBe('recovery/passkey-too-new');
    expect(entriesOf(lost, 'recovery.cancelled')).toBe(0);
    time.advance(hours(25));
    expect((await cancel()).url).toContain('/recover/cancelled');
  });

  test('a freeze that comes after the beginning ends the way in; the account stays frozen', async () => {
    const lost = await createLost();
    await begin(lost);
    await setPersonStatus(world, lost.person, 'frozen');
    time.advance(hours(72));
    expect((await begin(lost)).url).not.toContain('/recover/passkey/');
    expect(count1(`SELECT count(*) AS n FROM passkeys WHERE person_id = '${lost.person.id}' AND ended_at IS NULL`)).toBe(1);
  });

  test('a channel that was changed within the last seven days carries nobody back', async () => {
    const lost = await createLost();
    const rows = `SELECT count(*) AS n FROM recovery_codes WHERE person_id = '${lost.person.id}'`;
    const { storage } = world;
    const event = sealEvent(
      { clock: world.clock, random: systemRandom },
      { type: 'person.changed', personRef: lost.person.id, actor: { kind: 'person', ref: null }, attributes: ['email'] },
    );
    await storage.people.saveStatus(lost.person.id, 'active', event);
    await askForCode(createTraveller(world.issuer), lost.number);
    expect(count1(rows)).toBe(0);
    time.advance(hours(24 * 7 + 1));
    await askForCode(createTraveller(world.issuer), lost.number);
    expect(count1(rows)).toBe(1);
  });
});
