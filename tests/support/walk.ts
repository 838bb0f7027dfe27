// One person's way through the real product, page by page, as tests and pictures need it.

import { expect } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { addVirtualAuthenticator, runAxe } from './browser.ts';
import type { BrowserPerson } from './browser-person.ts';
import type { RealWorld } from './real-world.ts';
import { watchPage } from './watch-page.ts';

export type Walk = {
  readonly person: BrowserPerson;
  /** Names of the pages met so far. */
  readonly met: ReadonlySet<string>;
  readonly complaints: readonly string[];
  /** Pages of the provider that asked something while `act` ran. */
  readonly countQuestions: (act: () => Promise<void>) => Promise<number>;
  readonly close: () => Promise<void>;
};

export type WalkAsked = {
  readonly browser: Browser;
  readonly world: RealWorld;
  readonly language: 'ar' | 'en';
  /** Of the windows in which each page is looked at; the way is gone in the first. */
  readonly widths?: readonly [number, ...number[]];
};

type Looked = { readonly name: string; readonly width: number };

/** WCAG, and nothing scrolls sideways. */
async function checkPage(page: Page, { name, width }: Looked): Promise<void> {
  await page.setViewportSize({ width, height: 844 });
  expect({ name, width, violations: await runAxe(page) }).toEqual({ name, width, violations: [] });
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect({ name, width, overflow }).toEqual({ name, width, overflow: 0 });
}

export async function startWalk({ browser, world, language, widths = [390] }: WalkAsked): Promise<Walk> {
  const viewport = { width: widths[0], height: 844 };
  const context = await browser.newContext({ viewport, locale: language === 'ar' ? 'ar-SA' : 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  // The last page of the way is an error, and its status is one.
  const complaints = watchPage(page, (complaint) => complaint.includes('status of 410'));
  const met = new Set<string>();
  const look = async (at: Page, name: string): Promise<void> => {
    met.add(name);
    expect(await at.locator('html').getAttribute('lang')).toBe(language);
    expect(await at.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
    // The first width last, so that the way goes on in it.
    for (const width of widths.toReversed()) {
      await checkPage(at, { name, width });
    }
  };
  const authenticator = await addVirtualAuthenticator(page);
  return {
    person: { page, authenticator, world, language, look },
    met,
    complaints,
    countQuestions: async (act) => {
      let questions = 0;
      const count = (frame: { readonly url: () => string }): void => {
        questions += frame.url().includes('/interaction/') ? 1 : 0;
      };
      page.on('framenavigated', count);
      await act();
      page.off('framenavigated', count);
      return questions;
    },
    close: async () => context.close(),
  };
}
