// Staff in the browser, in both languages: a link from the command, a passkey of their own, the desk, and out again.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { press } from '../support/browser-person.ts';
import { runCommand } from '../support/command.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Visitor = { readonly page: Page; readonly authenticator: VirtualAuthenticator; readonly leave: () => Promise<void> };

async function createVisitor(browser: Browser, locale: 'ar' | 'en'): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, authenticator: await addVirtualAuthenticator(page), leave: async () => context.close() };
}

/** Autofill may complete by itself before the button is pressed; both ways are good. */
async function usePasskey({ page, authenticator }: Visitor): Promise<void> {
  const button = page.locator('[data-action="use-passkey"]');
  await button.waitFor();
  expect(await runAxe(page)).toEqual([]);
  await authenticator.setPresent(true);
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}

describeWithBrowser('staff', (getBrowser) => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    await world.addPerson();
  });
  afterAll(async () => {
    await world.close();
  });

  async function invite(role: string, name: string): Promise<string> {
    const settings = join(world.folder, 'node', 'huwiya.env');
    const { code, stdout, stderr } = await runCommand([
      'officers',
      'invite',
      '--role',
      role,
      '--name',
      name,
      '--json',
      '--config',
      settings,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const issued: { readonly url: string } = JSON.parse(stdout);
    return issued.url;
  }

  /** From the link to the desk, with axe on every page on the way. */
  async function arrive(visitor: Visitor, link: string): Promise<void> {
    const { page, authenticator } = visitor;
    await page.goto(link);
    expect(await runAxe(page)).toEqual([]);
    await press(page, 'create-passkey');
    await page.waitForURL('**/staff/enrolled/*');
    expect(await runAxe(page)).toEqual([]);
    await authenticator.setPresent(false);
    await press(page, 'open-desk');
    await usePasskey(visitor);
  }

  describe('in Arabic', () => {
    test('a registration officer arrives at the counter and signs out of it', async () => {
      const officer = await createVisitor(getBrowser(), 'ar');
      const { page } = officer;
      await arrive(officer, await invite('registrar', 'خالد العمري'));
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
      expect(await page.locator('h1').textContent()).toBe('تسجيل شخص');
      await press(page, 'sign-out');
      await page.waitForURL('**/staff/signed-out/office');
      expect(await runAxe(page)).toEqual([]);
      await officer.leave();
    });
  });

  describe('in English', () => {
    test('an auditor signs in, is told at another desk whose it is, and is out after signing out, also through the history', async () => {
      const auditor = await createVisitor(getBrowser(), 'en');
      const { page } = auditor;
      await arrive(auditor, await invite('auditor', 'Noura Alsalem'));
      await page.waitForURL(`${world.issuer}/audit`);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await runAxe(page)).toEqual([]);
      await page.goto(`${world.issuer}/office`);
      expect(await page.locator('[data-error]').getAttribute('data-error')).toBe('officer/other-role');
      expect(await runAxe(page)).toEqual([]);
      await press(page, 'open-desk');
      await page.waitForURL(`${world.issuer}/audit`);
      await auditor.authenticator.setPresent(false);
      await press(page, 'sign-out');
      await page.waitForURL('**/staff/signed-out/audit');
      await page.goBack();
      await page.locator('[data-action="use-passkey"]').waitFor();
      await auditor.leave();
    });
  });
});
