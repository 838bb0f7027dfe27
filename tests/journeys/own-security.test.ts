// The person's security page in a real browser, in both languages, by the keyboard alone: the second passkey at once, names, another device and its end, the history and the
// notices, a passkey removed that its keepers then forget, and the only one that stays. That the page is light and read in its order is in budget and keyboard.

import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVirtualAuthenticator } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { enrolInBrowser, press, usePasskey } from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createRealWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { tabTo } from '../support/tab-walk.ts';
import { startWalk } from '../support/walk.ts';
import type { Walk } from '../support/walk.ts';

const routes = [
  { language: 'ar', number: '1000000008', keyName: 'مفتاح المكتب', widths: [390, 1280] },
  { language: 'en', number: '2000000006', keyName: 'Office key', widths: [390] },
] as const;

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

/** Where a keyboard has to go, and what is pressed there. */
async function pressByKey(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

describeWithBrowser('the security page of a person', (getBrowser) => {
  let world: RealWorld;

  beforeAll(async () => {
    world = await createRealWorld();
  }, 90_000);

  afterAll(async () => {
    await world.close();
  });

  describe.each(takeTurn(routes, 0))('in $language', ({ language, number, keyName, widths }) => {
    let walk: Walk;
    let person: BrowserPerson;
    let page: Page;
    let key: VirtualAuthenticator;
    let elsewhere: BrowserContext;
    let there: Page;
    let keyThere: VirtualAuthenticator;

    const open = async (path: string): Promise<void> => {
      await page.goto(`${world.issuer}${path}`);
    };
    const shown = async (at: Page = page): Promise<string> =>
      ((await at.locator('main').textContent()) ?? '').replaceAll(/[\u2066-\u2069]/g, '');
    const countRows = async (section: string): Promise<number> => page.locator(`section[aria-labelledby="${section}"] li.row`).count();
    /** The row of a passkey by its place in the list, for a keyboard. */
    const rowOf = (place: number, action: string): string =>
      `section[aria-labelledby="passkeys"] li.row:nth-child(${String(place)}) [data-action="${action}"]`;

    /** The key is carried to another computer, and signs in to a service there. */
    const signInThere = async (): Promise<void> => {
      await there.goto(`${world.permitUrl}/?lang=${language}`);
      await press(there, 'sign-in');
      const look = async (): Promise<void> => undefined;
      await usePasskey({ page: there, world, language, authenticator: keyThere, look });
    };

    beforeAll(async () => {
      walk = await startWalk({ browser: getBrowser(), world, language, widths: [...widths] });
      person = walk.person;
      page = person.page;
      key = await addVirtualAuthenticator(page, 'usb');
      await key.setPresent(false);
      elsewhere = await getBrowser().newContext({ locale: language, userAgent: iphone });
      there = await elsewhere.newPage();
      there.setDefaultTimeout(15_000);
      keyThere = await addVirtualAuthenticator(there, 'usb');
      await keyThere.setPresent(false);
    }, 90_000);

    afterAll(async () => {
      await elsewhere.close();
      await walk.close();
    });

    test('a second passkey is made at once, on another authenticator', async () => {
      await enrolInBrowser(person, await world.invite(number));
      await person.authenticator.setPresent(false);
      await key.setPresent(true);
      await pressByKey(page, '[data-action="create-passkey"]');
      await page.locator('[data-ceremony]').waitFor({ state: 'detached' });
      await person.look(page, 'enrolled-spare');
      await key.setPresent(false);
      expect([await person.authenticator.countCredentials(), await key.countCredentials()]).toEqual([1, 1]);
    });

    test('both stand on the page with what they are, and one gets a name', async () => {
      await open('/account/security');
      await usePasskey(person);
      expect(await countRows('passkeys')).toBe(2);
      await person.look(page, 'security');
      await pressByKey(page, rowOf(2, 'name-passkey'));
      await page.locator('#name').waitFor();
      await person.look(page, 'passkey-name');
      await tabTo(page, '#name');
      await page.keyboard.type(keyName);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/account/security?done=passkey-renamed');
      expect(await shown()).toContain(keyName);
    });

    test('a session on another computer is seen with its service, and ended; then all the others', async () => {
      await keyThere.addCredentials(await key.readCredentials());
      await signInThere();
      await press(there, 'allow');
      await there.waitForURL(`${world.permitUrl}/`);
      await open('/account/security');
      expect(await countRows('sessions')).toBe(2);
      expect(await shown()).toContain(language === 'ar' ? 'تصاريح العمل' : 'Work permits');
      await pressByKey(page, '[data-action="end-session"]');
      await page.waitForURL('**/account/security?done=session-ended');
      // Nothing is open there any more: the same service asks for the passkey again.
      await signInThere();
      await there.waitForURL(`${world.permitUrl}/`);
      await open('/account/security');
      await pressByKey(page, '[data-action="end-other-sessions"]');
      await page.waitForURL('**/account/security?done=others-ended');
      expect(await countRows('sessions')).toBe(1);
    });

    test('the history names the device, the service and the passkey, and the notices say what was new', async () => {
      await pressByKey(page, 'a[href="/account/sign-ins"]');
      await page.waitForURL('**/account/sign-ins');
      await person.look(page, 'sign-ins');
      expect(await page.locator('[data-sign-in="started"]').count()).toBe(3);
      expect(await page.locator('[data-sign-in="ended"]').count()).toBe(2);
      expect(await shown()).toContain(keyName);
      expect(await shown()).toContain('iPhone');
      await open('/account/security');
      await pressByKey(page, 'a[href="/account/notices"]');
      await page.waitForURL('**/account/notices');
      await person.look(page, 'security-notices');
      expect(await page.locator('[data-notice="passkey-added"]').count()).toBeGreaterThan(0);
    });

    test('a passkey that is removed is forgotten by its keepers, there as soon as it is tried', async () => {
      await open('/account/security');
      await pressByKey(page, rowOf(2, 'remove-passkey'));
      await page.locator('form [data-action="remove-passkey"]').waitFor();
      await person.look(page, 'passkey-remove');
      await pressByKey(page, 'form [data-action="remove-passkey"]');
      await page.waitForURL('**/account/security?done=passkey-removed');
      await expect.poll(async () => key.countCredentials()).toBe(0);
      expect(await person.authenticator.countCredentials()).toBe(1);
      expect(await keyThere.countCredentials()).toBe(1);
      await there.goto(`${world.permitUrl}/?lang=${language}`);
      await press(there, 'sign-in');
      await there.locator('[data-action="use-passkey"]').waitFor();
      await keyThere.setPresent(true);
      await press(there, 'use-passkey').catch(() => undefined);
      await expect.poll(async () => keyThere.countCredentials()).toBe(0);
    });

    test('the only passkey stays, and the way out of that is to add another', async () => {
      await pressByKey(page, rowOf(1, 'remove-passkey'));
      await page.locator('[data-last]').waitFor();
      await person.look(page, 'passkey-remove-last');
      expect(await page.locator('form [data-action="remove-passkey"]').count()).toBe(0);
      await pressByKey(page, 'main [data-action="create-passkey"]');
      await page.waitForURL('**/account/passkeys');
      await key.setPresent(true);
      await pressByKey(page, 'button[data-action="create-passkey"]');
      await page.waitForURL('**done=passkey-added');
      await person.look(page, 'security-added');
      expect([await countRows('passkeys'), await key.countCredentials()]).toEqual([2, 1]);
      expect(walk.complaints).toEqual([]);
    });
  });
});
