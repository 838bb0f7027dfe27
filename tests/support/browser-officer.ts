// An officer at a desk, in a browser of their own: from the link to the desk, and the auditor's way to one withdrawal.

import type { Browser, Page } from 'playwright-core';
import { addVirtualAuthenticator } from './browser.ts';
import type { VirtualAuthenticator } from './browser.ts';
import { press } from './browser-person.ts';
import type { Look } from './browser-person.ts';

export type BrowserOfficer = {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
  readonly look: Look;
  readonly leave: () => Promise<void>;
};

export type OfficerAsked = { readonly browser: Browser; readonly language: 'ar' | 'en'; readonly link: string; readonly look: Look };

/** Autofill may complete by itself before the button is pressed; both ways are good. */
export async function bringOfficer({ browser, language, link, look }: OfficerAsked): Promise<BrowserOfficer> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: language === 'ar' ? 'ar-SA' : 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const authenticator = await addVirtualAuthenticator(page);
  await page.goto(link);
  await look(page, 'staff-enrol');
  await press(page, 'create-passkey');
  await page.waitForURL('**/staff/enrolled/*');
  await authenticator.setPresent(false);
  await press(page, 'open-desk');
  const button = page.locator('[data-action="use-passkey"]');
  await button.waitFor();
  await look(page, 'staff-sign-in');
  await authenticator.setPresent(true);
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
  return { page, authenticator, look, leave: async () => context.close() };
}

/** From the first page of the auditor's desk to the newest withdrawal; says what its proof came to. */
export async function findWithdrawal({ page, look }: BrowserOfficer): Promise<string | null> {
  await look(page, 'audit');
  await page.locator('.rows a[href*="type=consent.withdrawn"]').first().click();
  await page.waitForURL('**/audit/entries?type=consent.withdrawn*');
  await look(page, 'audit-entries');
  await page.goto(new URL((await page.locator('[data-entry] a').last().getAttribute('href')) ?? '', page.url()).href);
  await page.locator('[data-verdict="waiting"]').waitFor({ state: 'hidden' });
  await look(page, 'audit-entry');
  return page.locator('[data-verdict]:not([hidden])').getAttribute('data-verdict');
}
