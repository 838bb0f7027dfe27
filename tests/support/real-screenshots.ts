// Pictures of the running product, in both languages, 390 and 1280 px wide: what a person really meets, with the data of the demo world.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bringOfficer, findWithdrawal } from './browser-officer.ts';
import { addVirtualAuthenticator } from './browser.ts';
import { createDemoWorld } from './real-world.ts';
import type { RealWorld } from './real-world.ts';
import { visitPages } from './visit-pages.ts';

const widths = [390, 1280] as const;

type Asked = { readonly browser: Browser; readonly world: RealWorld; readonly folder: string; readonly language: 'ar' | 'en' };

async function takeLanguage({ browser, world, folder, language }: Asked): Promise<number> {
  let count = 0;
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: language });
  const page = await context.newPage();
  const authenticator = await addVirtualAuthenticator(page);
  // The letters of a first page may come too late for it; a picture wants them.
  await page.goto(world.issuer);
  await page.evaluate('document.fonts.ready.then(() => true)');
  const look = async (at: Page, name: string): Promise<void> => {
    for (const width of widths) {
      await at.setViewportSize({ width, height: 844 });
      await at.screenshot({ path: join(folder, `real-${name}-${language}-${width}.png`), fullPage: true });
      count += 1;
    }
  };
  await visitPages({ page, authenticator, world, language, look });
  const officer = await bringOfficer({ browser, language, link: await world.inviteOfficer('auditor'), look });
  await findWithdrawal(officer);
  await officer.leave();
  await context.close();
  return count;
}

/** How many were taken. */
export async function takeRealScreenshots(browser: Browser, folder: string): Promise<number> {
  let count = 0;
  for (const language of ['ar', 'en'] as const) {
    // Each language meets a world of its own: consents of the first would be asked no more of the second.
    const world = await createDemoWorld();
    try {
      count += await takeLanguage({ browser, world, folder, language });
    } finally {
      await world.close();
    }
  }
  return count;
}
