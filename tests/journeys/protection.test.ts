// Somebody in one's own name, in a real browser, in both languages: a sign-in from another device, a letter, one tap, and the case at the counter (C10); freezing by a
// registrar, by a printed code and from a session, and lifting it at the counter and with a passkey of the high level, each after its delay (C11).

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { bringOfficer } from '../support/browser-officer.ts';
import type { BrowserOfficer } from '../support/browser-officer.ts';
import { press } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { mailEnv, readLetters } from '../support/mailbox.ts';
import { createAuthorization } from '../support/person-journey.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { accept, registerMetadata, startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { hours, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { inviteStaff } from '../support/staff-journey.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Visitor = { readonly context: BrowserContext; readonly page: Page; readonly authenticator: VirtualAuthenticator };

const poll = { timeout: 20_000, interval: 100 };
const tablet =
  'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

type Asked = { readonly browser: Browser; readonly language: 'ar' | 'en'; readonly userAgent?: string };

async function createVisitor({ browser, language, userAgent }: Asked): Promise<Visitor> {
  const locale = language === 'ar' ? 'ar-SA' : 'en-GB';
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale,
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { context, page, authenticator: await addVirtualAuthenticator(page) };
}

/** As a password manager carries a passkey from one device to another. */
async function copyPasskeys(from: Visitor, to: Visitor): Promise<void> {
  const [source, target] = [await from.context.newCDPSession(from.page), await to.context.newCDPSession(to.page)];
  const { credentials } = await source.send('WebAuthn.getCredentials', { authenticatorId: from.authenticator.id });
  for (const credential of credentials) {
    await target.send('WebAuthn.addCredential', { authenticatorId: to.authenticator.id, credential });
  }
}

/** Autofill may complete by itself before the button is pressed; both ways are good. */
async function usePasskey({ page, authenticator }: Visitor): Promise<void> {
  const button = page.locator('[data-action="use-passkey"]');
  await button.waitFor();
  await authenticator.setPresent(true);
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
  await authenticator.setPresent(false);
}

async function expectGood(page: Page, direction: 'rtl' | 'ltr'): Promise<void> {
  expect(await page.locator('html').getAttribute('dir')).toBe(direction);
  expect(await runAxe(page)).toEqual([]);
}

describeWithBrowser('somebody in one’s own name', (getBrowser) => {
  let world: World;
  let database: OpenDatabase;
  let receiver: Receiver;
  let time: ShiftedTime;
  /** Where the service takes people back; what it answers them is of no interest here. */
  let back = '';

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld({ env: mailEnv });
    database = openWorldDatabase(world);
    receiver = await startReceiver(world.issuer, 'mol-work-permit');
    back = new URL('/callback', receiver.url).href;
    await registerMetadata(world, 'mol-work-permit', { security_events_uri: receiver.url, redirect_uris: [back] });
    receiver.answer(accept);
  }, 60_000);

  afterAll(async () => {
    await receiver.close();
    database.close();
    await world.close();
    time.restore();
  });

  const routes = [
    { language: 'ar', direction: 'rtl', newDevice: 'دخول من جهاز جديد' },
    { language: 'en', direction: 'ltr', newDevice: 'Sign-in from a new device' },
  ] as const;

  describe.each(takeTurn(routes, 1))('in $language', ({ language, direction, newDevice }) => {
    const visitors: Visitor[] = [];
    let officer: BrowserOfficer;

    const come = async (userAgent?: string): Promise<Visitor> => {
      const visitor = await createVisitor({ browser: getBrowser(), language, ...(userAgent === undefined ? {} : { userAgent }) });
      visitors.push(visitor);
      return visitor;
    };
    const toPermits = (): string => createAuthorization(world.issuer, { clientId: 'mol-work-permit', redirectUri: back, extra: {} }).url;
    const open = async ({ page }: Visitor, path: string): Promise<void> => void (await page.goto(`${world.issuer}${path}`));

    type Sara = Visitor & { readonly id: string; readonly email: string; readonly number: string };

    const createSara = async (name: string): Promise<Sara> => {
      const email = `${name}-${language}@example.test`;
      const person = await world.addPerson('citizen', { ...sampleData, email, email_verified: true });
      await world.storage.people.saveLanguage(person.id, language);
      const visitor = await come();
      await visitor.page.goto(await world.invite(person));
      await press(visitor.page, 'create-passkey');
      await visitor.page.waitForURL('**/enrol/done');
      await visitor.authenticator.setPresent(false);
      const number = findNumber(person.id);
      return { ...visitor, id: person.id, email, number };
    };
    const findNumber = (id: string): string => {
      const people = database.rows('SELECT id FROM people ORDER BY created_at, id').map((row) => row['id']);
      return people.indexOf(id) === 0 ? '1000000008' : `test-${people.indexOf(id) + 1}`;
    };
    const statusOf = ({ id }: Sara): unknown => database.rows('SELECT status FROM people WHERE id = ?', id)[0]?.['status'];
    /** Where autofill completed by itself they are in already. */
    const signIn = async (visitor: Visitor): Promise<void> => {
      await open(visitor, '/account');
      if ((await visitor.page.locator('[data-action="use-passkey"]').count()) > 0) {
        await usePasskey(visitor);
      }
      await visitor.page.waitForURL('**/account');
    };
    /** The page that asks for a passkey, and the passkey that opens nothing. */
    const expectShut = async ({ page, authenticator }: Visitor): Promise<void> => {
      await page.goto(`${world.issuer}/account`);
      await page.locator('[data-action="use-passkey"]').waitFor();
      await authenticator.setPresent(true);
      await press(page, 'use-passkey').catch(() => undefined);
      await page.locator('[data-ceremony-message] .notice-stop').waitFor();
      await authenticator.setPresent(false);
    };
    const lift = async (sara: Sara, end: RegExp): Promise<void> => {
      await open(sara, '/unfreeze');
      await expectGood(sara.page, direction);
      await usePasskey(sara);
      expect(new URL(sara.page.url()).pathname).toMatch(end);
    };

    beforeAll(async () => {
      const { link } = await inviteStaff(world, 'registrar', `Registrar ${language}`);
      officer = await bringOfficer({ browser: getBrowser(), language, link, look: async () => undefined });
    }, 60_000);

    afterAll(async () => {
      await Promise.all(visitors.map(async ({ context }) => context.close()));
      await officer.leave();
    });

    test('C10 a sign-in from another device brings a letter; one tap in it ends everything, tells the agency and opens a case that an officer closes', async () => {
      const sara = await createSara('c10');
      await sara.page.goto(toPermits());
      await usePasskey(sara);
      await press(sara.page, 'allow');
      await sara.page.waitForURL(`${back}**`);
      const other = await come(tablet);
      await other.authenticator.setPresent(false);
      await copyPasskeys(sara, other);
      await signIn(other);
      const letters = () => readLetters(world).filter(({ to, subject }) => to === sara.email && subject === newDevice);
      await expect.poll(() => letters().length, poll).toBe(1);
      const links = letters().map(({ text }) => /https?:\/\/\S+\/not-me\/\S+/.exec(text)?.[0] ?? '');
      expect(letters().every(({ text }) => !text.includes('1000000008'))).toBe(true);
      await sara.page.goto(links.at(-1) ?? '');
      await expectGood(sara.page, direction);
      expect(statusOf(sara)).toBe('active');
      await press(sara.page, 'not-me');
      const caseNumber = (await sara.page.locator('[data-case]').textContent()) ?? '';
      expect([caseNumber, statusOf(sara)]).toEqual([expect.stringMatching(/^C-[0-9A-Z]{4}-[0-9A-Z]{4}$/), 'frozen']);
      await expectGood(sara.page, direction);
      await expectShut(other);
      await expectShut(sara);
      const told = (): readonly string[] => receiver.taken.map(({ payload }) => JSON.stringify(payload['events']));
      await expect
        .poll(told, poll)
        .toContain('{"https://schemas.openid.net/secevent/risc/event-type/account-disabled":{"reason":"hijacking"}}');
      const desk = officer.page;
      await desk.goto(`${world.issuer}/office`);
      await press(desk, 'cases');
      await expectGood(desk, direction);
      expect(await desk.content()).not.toMatch(/Alqahtani|القحطاني/);
      await desk.getByRole('link', { name: caseNumber }).click();
      await desk.locator('[data-case]').waitFor();
      await expectGood(desk, direction);
      await press(desk, 'close-case');
      await desk.locator('[data-error="officer/nothing-chosen"]').waitFor();
      await expectGood(desk, direction);
      await desk.locator('input[value="devices"]').check();
      await press(desk, 'close-case');
      await desk.locator('[data-step="devices"]').waitFor();
      expect(await desk.locator('[data-action="close-case"]').count()).toBe(0);
      const types = database.rows("SELECT type FROM entries WHERE type LIKE 'case.%' AND body LIKE ?", `%${caseNumber}%`);
      expect(types).toEqual([{ type: 'case.closed' }]);
    });

    test('C11 a registrar freezes and lifts after a document; the printed code freezes too, and nothing can be agreed to; a high passkey lifts it after the delay', async () => {
      const sara = await createSara('c11');
      await signIn(sara);
      const desk = officer.page;
      const find = async (): Promise<void> => {
        await desk.goto(`${world.issuer}/office/freeze`);
        await desk.locator('#number').fill(sara.number);
        await press(desk, 'find');
        await desk.locator('[data-person]').waitFor();
      };
      await find();
      await press(desk, 'freeze');
      await desk.locator('[data-error="officer/nothing-chosen"]').waitFor();
      await expectGood(desk, direction);
      await desk.locator('#reason').check();
      await press(desk, 'freeze');
      await desk.locator('[data-action="lift"]').waitFor();
      await expectGood(desk, direction);
      await expectShut(sara);
      await desk.goto(`${world.issuer}/office`);
      await desk.locator('#number').fill(sara.number);
      await press(desk, 'find');
      await desk.locator('[data-person]').waitFor();
      expect(await desk.locator('[data-action="hand-over"]').count()).toBe(0);
      await find();
      await desk.locator('#document').selectOption('passport');
      await desk.locator('#issuer').fill('الجوازات');
      await desk.locator('#country').fill('SAU');
      await desk.locator('#digits').fill('٤٢AB');
      await desk.locator('#expiry').fill('2099-12-31');
      await desk.locator('#birth').fill('1990-05-17');
      await desk.locator('#seen').check();
      await press(desk, 'lift');
      await desk.locator('#face-error').waitFor();
      expect(await desk.locator('#issuer').inputValue()).toBe('الجوازات');
      await expectGood(desk, direction);
      await desk.locator('#face').check();
      await press(desk, 'lift');
      await desk.locator('[data-ceremony="freeze"]').waitFor();
      await desk.locator('#holder').check();
      await expectGood(desk, direction);
      await press(desk, 'use-passkey');
      await desk.locator('[data-due]').waitFor();
      await lift(sara, /^\/unfreeze\/counter$/);
      time.advance(hours(24));
      await lift(sara, /^\/(?:account|auth|interaction)/);
      expect(statusOf(sara)).toBe('active');

      await signIn(sara);
      await open(sara, '/account/freeze/code');
      await press(sara.page, 'make-freeze-code');
      const code = (await sara.page.locator('[data-freeze-code]').textContent()) ?? '';
      await expectGood(sara.page, direction);
      await sara.page.goto(toPermits());
      await sara.page.locator('[data-action="allow"]').waitFor();
      const stranger = await come();
      await open(stranger, '/freeze');
      await stranger.page.locator('#code').fill(code.toLowerCase().replaceAll('-', ' '));
      await press(stranger.page, 'freeze-by-code');
      await stranger.page.waitForURL('**/frozen');
      await expectGood(stranger.page, direction);
      await press(sara.page, 'allow');
      await sara.page.waitForLoadState('load');
      expect(sara.page.url()).not.toContain(back);
      expect(database.rows("SELECT id FROM consents WHERE person_id = ? AND state = 'given'", sara.id)).toEqual([]);
      await expectShut(sara);

      database.run(`UPDATE passkeys SET standing = 'trusted', ceiling = 'high' WHERE person_id = '${sara.id}'`);
      await lift(sara, /^\/unfreeze\/waits$/);
      await expectGood(sara.page, direction);
      time.advance(hours(23));
      await lift(sara, /^\/unfreeze\/waits$/);
      expect(statusOf(sara)).toBe('frozen');
      time.advance(hours(1));
      await lift(sara, /^\/(?:account|auth|interaction)/);
      expect(statusOf(sara)).toBe('active');
      await signIn(sara);

      await open(sara, '/account/freeze');
      await expectGood(sara.page, direction);
      await press(sara.page, 'freeze');
      await sara.page.waitForURL('**/frozen');
      expect(statusOf(sara)).toBe('frozen');
      await expectShut(sara);
    });
  });
});
