// A person at the real pages, with a browser and a passkey. Each page on the way is shown to `look` before anything is pressed.

import type { Page } from 'playwright-core';
import type { VirtualAuthenticator } from './browser.ts';
import type { RealWorld } from './real-world.ts';

export type Look = (page: Page, name: string) => Promise<void>;

export type BrowserPerson = {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
  readonly world: RealWorld;
  readonly language: 'ar' | 'en';
  readonly look: Look;
};

export const press = (page: Page, action: string): Promise<void> => page.locator(`[data-action="${action}"]`).first().click();

export async function enrolInBrowser({ page, look }: BrowserPerson, link: string): Promise<void> {
  await page.goto(link);
  await look(page, 'enrol');
  await press(page, 'create-passkey');
  await page.waitForURL('**/enrol/done**');
  await look(page, 'enrolled');
}

/** Presses "sign in" on a service's page and waits for whatever page comes of it: the press alone does not wait for the next page to begin. */
export async function askService({ page, language }: BrowserPerson, url: string): Promise<void> {
  await page.goto(`${url}/?lang=${language}`);
  const asked = page.url();
  await press(page, 'sign-in');
  await page.waitForURL((now) => now.href !== asked);
}

/** At the sign-in page. Autofill may complete by itself before the button is pressed; both ways are good. */
export async function usePasskey({ page, authenticator, look }: BrowserPerson): Promise<void> {
  const button = page.locator('[data-action="use-passkey"]');
  await button.waitFor();
  await look(page, 'sign-in');
  await authenticator.setPresent(true);
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
  await authenticator.setPresent(false);
}

/** Ticks exactly these, agrees, and confirms it with the passkey where that is asked. */
export async function allowOnly(person: BrowserPerson, attributes: readonly string[]): Promise<void> {
  const { page } = person;
  for (const attribute of attributes) {
    await page.locator(`input[name="attribute"][value="${attribute}"]`).check();
  }
  const asked = page.url();
  await press(page, 'allow');
  await page.waitForURL((url) => url.href !== asked);
  if (new URL(page.url()).pathname.endsWith('/confirm')) {
    await confirmInBrowser(person);
  }
}

/** On the page of a decision that waits for the passkey. */
export async function confirmInBrowser({ page, authenticator, look }: BrowserPerson): Promise<void> {
  const button = page.locator('[data-ceremony="confirm"] [data-action="use-passkey"]');
  await button.waitFor();
  await look(page, 'confirm');
  await authenticator.setPresent(true);
  await button.click();
  await button.waitFor({ state: 'detached' });
  await authenticator.setPresent(false);
}

/** Exactly what arrived at the service. */
export async function readReceived({ page }: BrowserPerson): Promise<Readonly<Record<string, unknown>>> {
  const text = await page.locator('[data-answer]').textContent();
  const parsed: unknown = JSON.parse(text ?? '');
  return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
}

export async function readNotice({ page }: BrowserPerson): Promise<string | null> {
  return page.locator('[data-notice]').getAttribute('data-notice');
}
