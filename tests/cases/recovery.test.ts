// Coming back by waiting: who knows a number begins nothing, no step is skipped or repeated, and at the end everything before has ended (security contract 2.7).

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { findErrorCode } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { createLostWorld, readCancelUrl as findCancelUrl } from '../support/lost-people.ts';
import type { Lost, LostWorld } from '../support/lost-people.ts';
import { readLetters } from '../support/mailbox.ts';
import { createTraveller, signIn } from '../support/person-journey.ts';
import { askForCode, bindPasskey, codesTo, giveCode, lettersTo, waitForRecoveryLetter } from '../support/recovery-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { hours } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  askSilently,
  createOtherBrowser,
  createRequest,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
  places,
  visit,
} from '../support/visits.ts';
import type { World } from '../support/world.ts';
import { createStatusSaid } from '../support/status-said.ts';

const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe('a recovery by waiting', () => {
  let lostWorld: LostWorld;
  let world: World;
  let watch: Watch;
  let time: ShiftedTime;

  beforeAll(async () => {
    lostWorld = await createLostWorld({ HUWIYA_LIMITS: 'recovery-begun.ipv4=300,recovery-code.ipv4=300' });
    ({ world, watch, time } = lostWorld);
  });

  // What an earlier case counted is long gone.
  beforeEach(() => time.advance(hours(24 * 40)));

  afterAll(async () => lostWorld.close());

  const createLost = async (): Promise<Lost> => lostWorld.create();
  const readCancelUrl = async ({ email }: Lost): Promise<string> => findCancelUrl(world, email);
  const begin = async (lost: Lost): Promise<Answered> => lostWorld.begin(lost);

  const count1 = (text: string): number => Number(watch.database.rows(text)[0]?.['n']);
  const entriesOf = (lost: Lost, type: string): number => lostWorld.countEntries(lost, type);

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
      const wrong = await giveCode(stranger, 'AAAA-AAAA-AAAA-AAAA');
      expect([findErrorCode(wrong), wrong.body.includes('value="AAAA-AAAA-AAAA-AAAA"')]).toEqual(['recovery/code-wrong', true]);
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

  test('an open recovery is shown in the middle of a sign-in at an agency, once after each ceremony; the task goes on with either answer', async () => {
    const lost = await createLost();
    const permit = (extra: Readonly<Record<string, string>> = {}): string => createRequest(world.issuer, 'permit', extra).url;
    await visit(lost.before, 'permit');
    await begin(lost);
    const isShown = ({ body }: Answered): boolean => body.includes('data-action="stop-recovery"');
    const hasArrived = ({ url }: Answered): boolean => url.startsWith(places.permit.redirectUri) && url.includes('code=');
    const other = createOtherBrowser(lost.before);
    const shown = await signIn(other, await other.agent.get(permit({ prompt: 'login' })));
    expect([isShown(shown), hasArrived(await goThrough(other, shown))]).toEqual([true, true]);
    expect(hasArrived(await other.agent.get(permit()))).toBe(true);
    expect(isShown(await signIn(other, await other.agent.get(permit({ prompt: 'login' }))))).toBe(true);
    // No page is seen where none is allowed; a session from before the beginning is held up too.
    expect((await askSilently(lost.before, 'permit')).has('code')).toBe(true);
    const held = await lost.before.agent.get(permit());
    const form = getForm(held, /\/decision$/);
    const stopped = await lost.before.agent.post(form.action, { ...form.fields, decision: 'stop' });
    expect([isShown(held), isShown(stopped), entriesOf(lost, 'recovery.cancelled')]).toEqual([true, false, 1]);
    expect([hasArrived(await goThrough(lost.before, stopped)), hasArrived(await lost.before.agent.get(permit()))]).toEqual([true, true]);
    expect(count1(`SELECT count(*) AS n FROM passkeys WHERE person_id = '${lost.person.id}' AND ended_at IS NULL`)).toBe(1);
  });

  test('one letter tells of the beginning, with the way to stop it; another one of the end of the waiting time, unless it was stopped', async () => {
    const [lost, stopped] = [await createLost(), await createLost()];
    await begin(lost);
    await begin(stopped);
    await expect.poll(async () => readCancelUrl(lost)).toContain('/recover/cancel/');
    await expect.poll(async () => readCancelUrl(stopped)).toContain('/recover/cancel/');
    const scanner = createTraveller(world.issuer);
    const form = getForm(await scanner.agent.get(await readCancelUrl(stopped)), /\/recover\/cancel\//);
    await scanner.agent.post(form.action, form.fields);
    const toldOf = ({ email }: Lost, path: string): number => lettersTo(world, email).filter(({ text }) => text.includes(path)).length;
    expect([
      toldOf(lost, '/recover/number'),
      count1(`SELECT count(*) AS n FROM security_notices WHERE kind = 'recovery-begun' AND person_id = '${lost.person.id}'`),
    ]).toEqual([0, 1]);
    time.advance(hours(72));
    await expect.poll(() => toldOf(lost, '/recover/number'), { timeout: 15_000 }).toBe(1);
    expect(toldOf(stopped, '/recover/number')).toBe(0);
    // "This was not me" of the notice would be the second letter.
    const begun = lettersTo(world, lost.email).filter(({ text }) => text.includes('/recover/cancel/') || text.includes('/not-me/'));
    expect(begun.filter(({ text }) => text.includes('/recover/cancel/'))).toHaveLength(1);
    expect(
      count1(
        `SELECT count(*) AS n FROM outbox WHERE topic = 'notice' AND id IN (SELECT id FROM security_notices WHERE kind = 'recovery-begun')`,
      ),
    ).toBe(0);
  });

  test('EN-11 a freeze ends what was begun before it, and while it stands nobody begins by waiting', async () => {
    const lost = await createLost();
    const { clock, issuer, storage } = world;
    const needs = { clock, issuer, random: systemRandom, protection: storage.protection };
    await begin(lost);
    await freezePerson(needs, { personId: lost.person.id, how: 'code', authority: 'own', actor: { kind: 'person', ref: null } });
    expect(entriesOf(lost, 'recovery.cancelled')).toBe(1);
    time.advance(hours(72));
    // The same page after the same work, and no letter: also where the freeze is the person's own.
    await watch.changesNothing(async () => askForCode(createTraveller(world.issuer), lost.number));
    await setPersonStatus(world, lost.person, 'frozen');
    time.advance(hours(72));
    await watch.changesNothing(async () => askForCode(createTraveller(world.issuer), lost.number));
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
    await storage.people.saveStatus(lost.person.id, 'active', createStatusSaid(event));
    await askForCode(createTraveller(world.issuer), lost.number);
    expect(count1(rows)).toBe(0);
    time.advance(hours(24 * 7 + 1));
    await askForCode(createTraveller(world.issuer), lost.number);
    expect(count1(rows)).toBe(1);
  });
});
