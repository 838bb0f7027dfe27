import type { Browser, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { bringAxe, runAxe } from '../support/browser.ts';
import { isFull } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { renderErrorSamples } from '../support/sample-errors.ts';
import { renderShownPages } from '../support/sample-pages.ts';
import { orderForOneWindow, showNextPage, showSamplePage } from '../support/show-sample-page.ts';

const languages = ['ar', 'en'] as const;
const noBox = { x: 0, y: 0, width: 0, height: 0 };

/** Pages are many and a busy machine is slow: the time is for all of them together. */
const patienceMs = 600_000;

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

type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark'; readonly rules: 'all' | 'look' };

const onPhone: Look = { width: 390, colorScheme: 'light', rules: 'all' };
const onWideScreen: Look = { width: 1280, colorScheme: 'dark', rules: 'all' };

/**
 * What another look of a page that passed can change is checked in the other language. A page is built alike in both: it is held whole in one of them, Arabic on a phone and
 * English on a wide screen taking turns from page to page. In a full run both are held to everything.
 */
const looks: Readonly<Record<'ar' | 'en', readonly Look[]>> = {
  ar: [onPhone, { ...onPhone, colorScheme: 'dark', rules: 'look' }],
  en: [onWideScreen, { ...onPhone, rules: 'look' }],
};

const allLooks: readonly Look[] = [onPhone, onWideScreen, { ...onPhone, colorScheme: 'dark' }];

function findLooks(language: 'ar' | 'en', place: number): readonly Look[] {
  const isTurn = place % 2 === (language === 'ar' ? 0 : 1);
  return isFull ? allLooks : looks[language].filter(({ rules }) => (rules === 'all') === isTurn);
}

async function findOverflow(page: Page, where: string): Promise<readonly string[]> {
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return overflow > 0 ? [`${where}: ${String(overflow)} px`] : [];
}

async function findFaults(page: Page, name: string, seen: readonly Look[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const { width, colorScheme, rules } of seen) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    found.push(...(await runAxe(page, rules)).map((violation) => ({ page: name, width, colorScheme, ...violation })));
    found.push(...(await findOverflow(page, `${name} at ${String(width)} px`)));
  }
  return found;
}

type Window = { readonly width: number; readonly text: number };

const tightWindows: readonly Window[] = [
  { width: 320, text: 100 },
  { width: 390, text: 200 },
];
// The widths of the looks are measured with them.
const otherWidths = isFull ? [640, 768, 992, 1024, 1280, 1920] : [768, 1280];
const allWindows: readonly Window[] = [...tightWindows, ...otherWidths.map((width) => ({ width, text: 100 }))];

/** How many pixels stand beyond the edge, by width and size of text. The page stays loaded: only the window changes. */
async function findOverflows(page: Page, name: string, windows: readonly Window[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { width, text } of windows) {
    // Low, because nobody looks at it: what stands beyond the edge, the width decides.
    await page.setViewportSize({ width, height: 100 });
    await page.evaluate(`document.documentElement.style.fontSize = '${String(text)}%'`);
    found.push(...(await findOverflow(page, `${name} at ${String(width)} px, text ${String(text)} %`)));
  }
  return found;
}

const planted = '<!doctype html><html lang="en"><title>x</title><main><h1 style="display: inline">x</h1><input></main></html>';

describeWithBrowser('every page in the browser', (getBrowser) => {
  test('is checked by an axe that finds a planted fault under the strict policy, also where a document took the place of another', async () => {
    const [opened, next] = await withPage(getBrowser(), {}, async (page) => {
      const look = async () => ({
        rules: (await runAxe(page)).map(({ rule }) => rule),
        isStyled: await page.locator('h1').evaluate((heading) => getComputedStyle(heading).display === 'inline'),
      });
      await showNextPage(page, planted);
      const first = await look();
      await showNextPage(page, planted.replace('<input>', '<img src="/nothing.png">'));
      return [first, await look()];
    });
    expect(opened).toEqual({ rules: expect.arrayContaining(['label']), isStyled: false });
    expect(next).toEqual({ rules: expect.arrayContaining(['image-alt']), isStyled: false });
  });

  describe.each(languages)('in %s', (language) => {
    test(
      'has no fault that axe can find, on a phone and on a wide screen, light and dark, and never scrolls sideways from 320 to 1920 pixels',
      async () => {
        const found = await withPage(getBrowser(), {}, async (page) => {
          await bringAxe(page);
          const faults: unknown[] = [];
          const wide: string[] = [];
          const pages = renderShownPages(language).filter(({ isWalked }) => isFull || isWalked !== true);
          for (const [place, { name, document }] of orderForOneWindow(pages).entries()) {
            await showNextPage(page, document);
            await openFoldOuts(page);
            faults.push(...(await findFaults(page, name, findLooks(language, place))));
            wide.push(...(await findOverflows(page, name, isFull || language === 'ar' ? allWindows : tightWindows)));
          }
          return { faults, wide };
        });
        expect(found).toEqual({ faults: [], wide: [] });
      },
      patienceMs,
    );

    test(
      'tells every error without scrolling sideways on a small phone, nor with text at twice its size',
      async () => {
        const wide = await withPage(getBrowser(), {}, async (page) => {
          const found: string[] = [];
          // The page of an error is one page in many words: how it takes a wide window, the shown pages say.
          for (const { name, document } of orderForOneWindow(renderErrorSamples(language))) {
            await showNextPage(page, document);
            await openFoldOuts(page);
            found.push(...(await findOverflows(page, name, tightWindows)));
          }
          return found;
        });
        expect(wide).toEqual([]);
      },
      patienceMs,
    );

    test('shows accept and refuse in one row with the same size, accept first, and so confirm and refuse', async () => {
      const pairs = await withPage(getBrowser(), { viewport: { width: 390, height: 800 } }, async (page) => {
        const box = async (action: string) => (await page.locator(`[data-action="${action}"]`).boundingBox()) ?? noBox;
        const measure = async (name: string, yes: string) => {
          await showSamplePage(page, renderShownPages(language).find((sample) => sample.name === name)?.document ?? '');
          return { yes: await box(yes), no: await box('refuse') };
        };
        return [await measure('consent', 'allow'), await measure('confirm', 'use-passkey')];
      });
      for (const { yes, no } of pairs) {
        expect(yes.height).toBeGreaterThan(44);
        expect([no.height, no.y, no.width]).toEqual([yes.height, yes.y, yes.width]);
        expect(Math.sign(yes.x - no.x)).toBe({ ar: 1, en: -1 }[language]);
      }
    });

    test('shows who receives what, how long and until when on the first screen of a phone', async () => {
      const bottoms = await withPage(getBrowser(), { viewport: { width: 390, height: 844 } }, async (page) => {
        const found: number[] = [];
        for (const { name, document } of renderShownPages(language).filter(
          (sample) => sample.name === 'consent' || sample.name === 'notice',
        )) {
          await showSamplePage(page, document);
          const box = (await page.locator('.terms-first').boundingBox()) ?? noBox;
          found.push(name === '' ? 0 : box.y + box.height);
        }
        return found;
      });
      expect(bottoms).toHaveLength(2);
      expect(Math.max(...bottoms)).toBeLessThan(844);
      expect(Math.min(...bottoms)).toBeGreaterThan(100);
    });
  });
});
