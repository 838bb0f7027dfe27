// What axe cannot see: a person without a mouse, with large letters, on a narrow screen, with colours of their own. In the real product, both languages.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { addVirtualAuthenticator } from '../support/browser.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { askService, enrolInBrowser } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createDemoWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { renderSamplePages } from '../support/sample-pages.ts';
import { showSamplePage } from '../support/show-sample-page.ts';
import { findLeaps, tabTo, walkByTab } from '../support/tab-walk.ts';
import { visitPages } from '../support/visit-pages.ts';

const pictures = join(import.meta.dirname, '..', '..', 'var', 'screenshots');
const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Boxes whose words are cut off. */
const findCut = `[...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
  const { overflowX, overflowY, clipPath } = getComputedStyle(element);
  const isClipping = overflowX === 'hidden' || overflowY === 'hidden' || overflowX === 'clip';
  return isClipping && clipPath === 'none' && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
}).map((element) => element.outerHTML.slice(0, 80))`;

/** Buttons that only their background would show, which a person's own colours take away. */
const findUnbordered = `[...document.querySelectorAll('.button, button.button')].filter((element) => {
  const { borderBlockStartStyle, borderBlockStartWidth } = getComputedStyle(element);
  return borderBlockStartStyle === 'none' || parseFloat(borderBlockStartWidth) < 1;
}).map((element) => element.outerHTML.slice(0, 80))`;

type Seen = { readonly name: string; readonly found: Readonly<Record<string, unknown>> };

async function measureNarrow(page: Page): Promise<unknown> {
  await page.setViewportSize({ width: 320, height: 844 });
  const overflow = await page.evaluate<number>(sideways);
  await page.setViewportSize({ width: 390, height: 844 });
  return overflow;
}

/** As with the reader's own setting of letters twice as large. */
async function measureLarge(page: Page): Promise<readonly unknown[]> {
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const measured = [await page.evaluate<number>(sideways), await page.evaluate<readonly string[]>(findCut)];
  await page.evaluate("document.documentElement.style.fontSize = ''");
  return measured;
}

async function measureColours(page: Page, name: string): Promise<unknown> {
  await page.emulateMedia({ contrast: 'more' });
  await page.screenshot({ path: join(pictures, `contrast-${name}.png`), fullPage: true });
  await page.emulateMedia({ contrast: null, forcedColors: 'active' });
  await page.screenshot({ path: join(pictures, `forced-colours-${name}.png`), fullPage: true });
  const unbordered = await page.evaluate<readonly string[]>(findUnbordered);
  await page.emulateMedia({ forcedColors: null });
  return unbordered;
}

const shown = new Set(['sign-in', 'consent', 'account', 'error']);

const isAtTarget = "location.hash !== '' && document.activeElement === document.querySelector(location.hash)";

for (const language of takeTurn(['ar', 'en'] as const, 0)) {
  describeWithBrowser(`without a mouse, and with settings of one's own, in ${language}`, (getBrowser) => {
    const direction = language === 'ar' ? 'rtl' : 'ltr';
    const seen: Seen[] = [];
    let world: RealWorld;
    let context: BrowserContext;
    let page: Page;

    const look = async (at: Page, name: string): Promise<void> => {
      if (!at.url().startsWith(world.issuer)) {
        return;
      }
      const stops = await walkByTab(at);
      seen.push({
        name,
        found: {
          leaps: findLeaps(stops, direction),
          unmarked: stops.filter(({ isVisible }) => !isVisible).map((stop) => stop.name),
          first: stops[0]?.isSkipLink,
          narrow: await measureNarrow(at),
          large: await measureLarge(at),
          colours: shown.has(name) ? await measureColours(at, `${name}-${language}`) : [],
        },
      });
    };

    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      world = await createDemoWorld();
      context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: language });
      page = await context.newPage();
      page.setDefaultTimeout(20_000);
    }, 120_000);

    afterAll(async () => {
      await context.close();
      await world.close();
    });

    test('a form that comes back begins with what is wrong, and each line of it leads to its field', async () => {
      const refused = renderSamplePages(language).filter(({ document }) => document.includes('class="error-summary"'));
      expect(refused.length).toBeGreaterThan(0);
      const sample = await context.newPage();
      for (const { document } of refused) {
        await showSamplePage(sample, document);
        // A browser moves the focus with its next picture.
        await expect.poll(() => sample.evaluate("document.activeElement?.classList.contains('error-summary')")).toBe(true);
        await sample.keyboard.press('Tab');
        await sample.keyboard.press('Enter');
        await expect.poll(() => sample.evaluate(isAtTarget)).toBe(true);
      }
      await sample.close();
    });

    test('a person goes from the service to the own page with the keyboard alone', { timeout: 120_000 }, async () => {
      const authenticator = await addVirtualAuthenticator(page);
      onTestFinished(authenticator.remove);
      const person: BrowserPerson = { page, world, language, authenticator, look: async () => undefined };
      await enrolInBrowser(person, await world.invite('1000000008'));
      await authenticator.setPresent(false);
      await askService(person, world.permitUrl);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('main');
      await tabTo(page, '[data-action="use-passkey"]');
      await authenticator.setPresent(true);
      await page.keyboard.press('Enter');
      await page.locator('[data-action="allow"]').waitFor();
      await authenticator.setPresent(false);
      await tabTo(page, 'input[name="attribute"][value="email"]');
      await page.keyboard.press('Space');
      await tabTo(page, '[data-action="allow"]');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${world.permitUrl}/`);
      expect(await page.locator('[data-answer]').textContent()).toContain('sara@example.test');
      await page.goto(`${world.issuer}/account`);
      await tabTo(page, '[data-service="mol-work-permit"] [data-action="withdraw"]');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/withdrawn');
      await tabTo(page, '[data-action="sign-out"]');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/signed-out');
    });

    test('every page is read in the order in which it stands, and holds at 320 pixels, at letters of twice the size and in other colours', async () => {
      await visitPages({ page, world, language, look, authenticator: await addVirtualAuthenticator(page) });
      const good = { leaps: [], unmarked: [], first: true, narrow: 0, large: [0, []], colours: [] };
      expect(seen.filter(({ found }) => JSON.stringify(found) !== JSON.stringify(good))).toEqual([]);
      expect(seen.length).toBeGreaterThanOrEqual(12);
    }, 240_000);
  });
}
