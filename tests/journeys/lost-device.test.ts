// A lost device, by each of the three ways back, in both languages, with Chromium and its authenticator at the real pages. What was lost was held by a software
// authenticator; whoever comes back does so in the browser. The time of waiting is the clock's of this process, which moves forward only.

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { press } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { confirmRecovery } from '../support/counter.ts';
import { createLostPeople } from '../support/lost-people.ts';
import type { Lost, LostPeople } from '../support/lost-people.ts';
import { mailEnv } from '../support/mailbox.ts';
import { codesTo, lettersTo, waitForRecoveryLetter } from '../support/recovery-journey.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { exchangeCode, fetchUserInfo, requestTokens } from '../support/service.ts';
import { hours, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { createRequest, getForm, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const languages = ['ar', 'en'] as const;
type Language = (typeof languages)[number];

type Device = { readonly page: Page; readonly authenticator: VirtualAuthenticator };

/** What a service held of the person before, and must find unchanged. */
type Before = { readonly lost: Lost; readonly sub: unknown; readonly accessToken: unknown; readonly refreshToken: string };

const seen = {
  document: 'passport',
  issuer: 'Passports',
  country: 'SAU',
  digits: '42AB',
  expiry: '2099-01-01',
  birth: '1990-05-17',
  seen: 'vpip',
  face: 'yes',
};

describeWithBrowser('somebody who lost a device', (getBrowser) => {
  let world: World;
  let time: ShiftedTime;
  let people: LostPeople;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld({ env: { ...mailEnv, HUWIYA_LIMITS: 'recovery-begun.ipv4=300,recovery-code.ipv4=300' } });
    people = createLostPeople(world, time);
  }, 60_000);

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  afterAll(async () => {
    await world.close();
    time.restore();
  });

  const bringDevice = async (language: Language): Promise<Device> => {
    const locale = language === 'ar' ? 'ar-SA' : 'en-GB';
    const context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return { page, authenticator: await addVirtualAuthenticator(page) };
  };

  const createBefore = async (language: Language): Promise<Before> => {
    const lost = await people.create();
    await world.storage.people.saveLanguage(lost.person.id, language);
    const extra = { scope: 'openid offline_access', prompt: 'consent' };
    const { body } = await obtainTokens(lost.before, 'permit', { extra, attributes: ['email'] });
    const accessToken = body['access_token'];
    const { sub } = (await fetchUserInfo(world.issuer, accessToken)).body;
    return { lost, sub, accessToken, refreshToken: String(body['refresh_token']) };
  };

  const signInHere = async ({ page, authenticator }: Device): Promise<void> => {
    const button = page.locator('[data-ceremony="sign-in"] [data-action="use-passkey"]');
    await button.waitFor();
    await authenticator.setPresent(true);
    await button.click({ timeout: 5000 }).catch(() => undefined);
    await button.waitFor({ state: 'detached' });
    await page.waitForLoadState('load');
  };

  const create = async ({ page, authenticator }: Device, until: string): Promise<void> => {
    await authenticator.setPresent(true);
    await page.locator('[data-ceremony="create"] [data-action="create-passkey"]').click();
    await page.waitForURL(until);
    await authenticator.setPresent(false);
  };

  const typeIn = async ({ page }: Device, field: 'number' | 'code', text: string): Promise<void> => {
    await page.locator(`#${field}`).fill(text);
    const asked = page.url();
    await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'POST'),
      press(page, field === 'code' ? 'give-code' : 'send-code'),
    ]);
    await page.waitForLoadState('load');
    expect(page.url() !== asked || field === 'code').toBe(true);
  };

  /** The same subject and the same consent: nothing is asked anew, and the same attributes arrive. */
  const visitAgain = async (device: Device, { sub }: Before): Promise<void> => {
    const { page } = device;
    const request = createRequest(world.issuer, 'permit');
    // Nobody listens there: what matters is where the browser is sent.
    const arriving = page.waitForRequest((asked) => asked.url().startsWith(permitRedirect));
    await page.goto(request.url).catch(() => undefined);
    if (page.url().startsWith(world.issuer)) {
      expect(await page.locator('[data-action="allow"]').count()).toBe(0);
      await press(page, 'continue');
    }
    const { body } = await exchangeCode(world.issuer, (await arriving).url(), request.verifier);
    const info = await fetchUserInfo(world.issuer, body['access_token']);
    expect([info.body['sub'], typeof info.body['email']]).toEqual([sub, 'string']);
  };

  const expectEnded = async ({ accessToken, refreshToken, lost }: Before): Promise<void> => {
    const refreshed = await requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: refreshToken });
    expect([refreshed.body['error'], (await fetchUserInfo(world.issuer, accessToken)).status]).toEqual(['invalid_grant', 401]);
    expect((await lost.before.agent.get(createRequest(world.issuer, 'permit').url)).body).toContain('data-ceremony="sign-in"');
  };

  /** In a page of its own: the one that went to an agency is still on its way to where nobody listens. */
  const readActivity = async (device: Device): Promise<string> => {
    const page = await device.page.context().newPage();
    await page.goto(`${world.issuer}/account/activity`);
    return (await page.locator('main').textContent()) ?? '';
  };

  const askFor = async (device: Device, { lost }: Before): Promise<string> => {
    const sent = codesTo(world, lost.email).length;
    await device.page.goto(`${world.issuer}/recover/number`);
    await typeIn(device, 'number', lost.number);
    return (await waitForRecoveryLetter(world, lost.email, sent + 1)).code;
  };

  const words = {
    ar: { begun: 'بدأت استعادة', completed: 'مفتاح مرور جديد', approved: 'وافق موظف ثانٍ' },
    en: { begun: 'recovery of your account was begun', completed: 'came back with a new passkey', approved: 'second officer agreed' },
  } as const;

  test.each(takeTurn(languages, 0))('comes back with the second passkey, and takes the lost one away (%s)', async (language) => {
    const before = await createBefore(language);
    const device = await bringDevice(language);
    const { page } = device;
    await page.goto(await world.invite(before.lost.person));
    await create(device, '**/enrol/done**');
    // For a day a passkey beside an older one removes none.
    time.advance(hours(25));
    await page.goto(`${world.issuer}/recover`);
    expect(await runAxe(page)).toEqual([]);
    await press(page, 'sign-in');
    await signInHere(device);
    await page.waitForURL('**/account/security');
    const [oldest] = await world.storage.passkeys.listPasskeys(before.lost.person.id);
    await page.locator('a[data-action="remove-passkey"]').first().click();
    await page.locator('button[data-action="remove-passkey"]').click();
    await page.waitForURL('**/account/security**');
    expect((await world.storage.passkeys.listPasskeys(before.lost.person.id)).map(({ id }) => id)).not.toContain(oldest?.id);
    expect((await before.lost.before.agent.get(createRequest(world.issuer, 'permit').url)).body).toContain('data-ceremony="sign-in"');
    await visitAgain(device, before);
  });

  test.each(takeTurn(languages, 1))(
    'comes back by waiting; an agency that they enter meanwhile shows it, and so does each page (%s)',
    async (language) => {
      const before = await createBefore(language);
      const device = await bringDevice(language);
      const { page } = device;
      await page.goto(`${world.issuer}/recover`);
      await press(page, 'no-passkey');
      await press(page, 'by-waiting');
      const sent = codesTo(world, before.lost.email).length;
      await typeIn(device, 'number', before.lost.number);
      await typeIn(device, 'code', (await waitForRecoveryLetter(world, before.lost.email, sent + 1)).code);
      expect(await page.locator('main time').count()).toBeGreaterThan(0);
      expect(await runAxe(page)).toEqual([]);
      // Whoever holds the lost device is held up too, on the way to an agency.
      expect((await before.lost.before.agent.get(createRequest(world.issuer, 'permit').url)).body).toContain('data-action="stop-recovery"');
      time.advance(hours(72));
      await expect.poll(() => lettersTo(world, before.lost.email).filter(({ text }) => text.includes('/recover/number')).length).toBe(1);
      const code = await askFor(device, before);
      await typeIn(device, 'code', code);
      await page.waitForURL('**/recover/passkey/**');
      expect(await runAxe(page)).toEqual([]);
      await create(device, '**/recover/done**');
      expect(await runAxe(page)).toEqual([]);
      await expectEnded(before);
      await press(page, 'add-second');
      await signInHere(device);
      await page.waitForURL('**/account/passkeys');
      await visitAgain(device, before);
      const activity = await readActivity(device);
      expect([activity.includes(words[language].begun), activity.includes(words[language].completed)]).toEqual([true, true]);
    },
  );

  test.each(takeTurn(languages, 0))('comes back at a counter, before two officers who each look (%s)', async (language) => {
    const before = await createBefore(language);
    const one = await createSignedInOfficer(world, 'registrar', `First ${language}`);
    const two = await createSignedInOfficer(world, 'registrar', `Second ${language}`);
    const post = async ({ traveller }: Officer, path: string, fields: Readonly<Record<string, string>>) => {
      const { agent } = traveller;
      const form = getForm(await agent.get(`${world.issuer}${path}`), /\/office\/recoveries(?:\/[\w-]+\/approve)?$/);
      return confirmRecovery(traveller, await agent.post(form.action, { ...form.fields, ...fields }));
    };
    const listed = await post(one, '/office/recoveries', { ...seen, number: before.lost.number });
    const path = /\/office\/recoveries\/[\w-]{36}/.exec(listed.body)?.[0] ?? '';
    const sheet = await post(two, path, seen);
    const code = /data-code>([^<]+)</.exec(sheet.body)?.[1] ?? '';
    const device = await bringDevice(language);
    const { page } = device;
    await page.goto(`${world.issuer}/recover`);
    await press(page, 'no-passkey');
    await press(page, 'by-counter');
    await press(page, 'have-code');
    await typeIn(device, 'code', code);
    await page.waitForURL('**/recover/passkey/**');
    await create(device, '**/recover/done?way=counter');
    await expectEnded(before);
    await press(page, 'add-second');
    await signInHere(device);
    await page.waitForURL('**/account/passkeys');
    await visitAgain(device, before);
    const activity = await readActivity(device);
    expect([activity.includes(words[language].approved), activity.includes(words[language].completed)]).toEqual([true, true]);
  });
});
