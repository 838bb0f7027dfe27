// How long a person waits for an agency, in a browser.

import type { BrowserPerson } from './browser-person.ts';

/** What an agency answered for what was taken back, as it stands on the page of its service; the last state seen when it takes too long. */
export async function readAgencyAnswer({ page }: BrowserPerson, url: string): Promise<string | null> {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto(url);
    const state = await page.locator('[data-duty]').first().getAttribute('data-duty');
    if (state !== 'open' && state !== 'acknowledged') {
      return state;
    }
    await page.waitForTimeout(250);
  }
  return page.locator('[data-duty]').first().getAttribute('data-duty');
}
