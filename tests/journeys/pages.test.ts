import type { Browser, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { runAxe } from '../support/browser.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { renderShownPages } from '../support/sample-pages.ts';
import { showSamplePage } from '../support/show-sample-page.ts';

const languages = ['ar', 'en'] as const;
const noBox = { x: 0, y: 0, width: 0, height: 0 };

/** Every fold-out open, so that hidden parts are checked too. */
async function openFoldOuts(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
}

async function withPage<T>(browser: Browser, settings: Parameters<Browser['newContext']>[0], use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(settings);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

await describeWithBrowser('every page in the browser', (getBrowser) => {
  test('is checked by an axe that finds a planted fault under the strict policy', async () => {
    const faults = await withPage(getBrowser(), {}, async (page) => {
      await showSamplePage(page, '<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><input></main></html>');
      return runAxe(page);
    });
    expect(faults.map(({ rule }) => rule)).toContain('label');
  });

  describe.each(languages)('in %s', (language) => {
    test.each([
      { width: 390, colorScheme: 'light' },
      { width: 1280, colorScheme: 'dark' },
    ] as const)(
      'has no fault that axe can find at $width pixels, $colorScheme',
      async ({ width, colorScheme }) => {
        const faults = await withPage(getBrowser(), { viewport: { width, height: 800 }, colorScheme }, async (page) => {
          const found: unknown[] = [];
          for (const sample of renderShownPages(language)) {
            await showSamplePage(page, sample.document);
            await openFoldOuts(page);
            found.push(...(await runAxe(page)).map((violation) => ({ page: sample.name, ...violation })));
          }
          return found;
        });
        expect(faults).toEqual([]);
      },
      120_000,
    );

    test.each([320, 390, 640, 1024])('never scrolls sideways at %i pixels', async (width) => {
      const wide = await withPage(getBrowser(), { viewport: { width, height: 800 } }, async (page) => {
        const found: string[] = [];
        for (const sample of renderShownPages(language)) {
          await showSamplePage(page, sample.document);
          await openFoldOuts(page);
          const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          found.push(...(overflow > 0 ? [`${sample.name}: ${String(overflow)} px`] : []));
        }
        return found;
      });
      expect(wide).toEqual([]);
    });

    test('shows accept and refuse in one row with the same size, accept first', async () => {
      const [accept, refuse] = await withPage(getBrowser(), { viewport: { width: 390, height: 800 } }, async (page) => {
        const consent = renderShownPages(language).find(({ name }) => name === 'consent');
        await showSamplePage(page, consent?.document ?? '');
        const box = async (action: string) => (await page.locator(`[data-action="${action}"]`).boundingBox()) ?? noBox;
        return [await box('allow'), await box('refuse')] as const;
      });
      expect(accept.height).toBeGreaterThan(44);
      expect([refuse.height, refuse.y, refuse.width]).toEqual([accept.height, accept.y, accept.width]);
      expect(Math.sign(accept.x - refuse.x)).toBe({ ar: 1, en: -1 }[language]);
    });
  });
});
