// What a page may cost: bytes, other sites, waiting for script, and things that move under the finger. Measured in the real product.

import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVirtualAuthenticator } from '../support/browser.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createDemoWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { visitPages } from '../support/visit-pages.ts';
import { putOnScales } from '../support/weigh-pages.ts';
import type { Fetched, Scales, Weight } from '../support/weigh-pages.ts';

/** With headers and fonts, for a browser that has nothing yet, in bytes (1 KB = 1000). As sent: files compressed, pages plain (ADR-0029). */
const budget = { asSent: 100_000, signInAsSent: 90_000, unpacked: 140_000 };
const slowFontMs = 600;

/** Everything that has moved since the page began, and when the first letter was painted (Layout Instability, Paint Timing). */
const readMoved = `new Promise((resolve) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => { sum += entry.value; });
  const observer = new PerformanceObserver(add);
  observer.observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => { observer.takeRecords().forEach((entry) => { sum += entry.value; }); resolve(sum); }, 150);
})`;
const readFirstPaint = "performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime)[0] ?? null";
const readScripts = "[...document.scripts].map(({ defer, type, src }) => src !== '' && (defer || type === 'module'))";

type Seen = { readonly name: string; readonly weight: Weight; readonly moved: number; readonly scripts: readonly boolean[] };

function printTable(language: string, seen: readonly Seen[]): void {
  const rows = seen.map(
    ({ name, weight }) =>
      `${name.padEnd(18)} ${String(weight.fetched.length).padStart(5)} ${String(weight.sentBytes).padStart(9)} ${String(weight.plainBytes).padStart(9)}`,
  );
  process.stdout.write(`\nbytes of each page (${language})\n${'page'.padEnd(18)} files   as sent  unpacked\n${rows.join('\n')}\n`);
}

async function delayFonts(page: Page): Promise<void> {
  await page.route('**/*.woff2', async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, slowFontMs);
    });
    await route.continue();
  });
}

const isAsset = ({ url }: Fetched): boolean => new URL(url).pathname.startsWith('/assets/');

for (const language of takeTurn(['ar', 'en'] as const, 0)) {
  describeWithBrowser(`every page of a person in ${language} keeps its budget`, (getBrowser) => {
    let world: RealWorld;
    let context: BrowserContext;
    let scales: Scales;
    const seen: Seen[] = [];

    beforeAll(async () => {
      world = await createDemoWorld();
      context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: language });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      scales = await putOnScales(page);
      await delayFonts(page);
      const look = async (at: Page, name: string): Promise<void> => {
        if (at.url().startsWith(world.issuer)) {
          const weight = await scales.weigh();
          seen.push({ name, weight, moved: await at.evaluate<number>(readMoved), scripts: await at.evaluate<boolean[]>(readScripts) });
        }
      };
      await visitPages({ page, world, language, look, authenticator: await addVirtualAuthenticator(page) });
    }, 180_000);

    afterAll(async () => {
      await context.close();
      await world.close();
    });

    test('in bytes as sent and unpacked, fonts included', () => {
      printTable(language, seen);
      expect(seen.length).toBeGreaterThanOrEqual(12);
      const heavy = seen.filter(({ weight }) => weight.sentBytes > budget.asSent || weight.plainBytes > budget.unpacked);
      expect(heavy.map(({ name, weight }) => [name, weight.sentBytes, weight.plainBytes])).toEqual([]);
    });

    test('most of all the sign-in page', () => {
      const signIn = seen.filter(({ name }) => name === 'sign-in');
      expect(signIn).toHaveLength(1);
      expect(signIn.filter(({ weight }) => weight.sentBytes > budget.signInAsSent)).toEqual([]);
    });

    test('and asks no other site for anything', () => {
      expect([...scales.origins].toSorted()).toEqual([world.issuer, world.permitUrl, world.clinicUrl].toSorted());
      const foreign = seen.flatMap(({ weight }) => weight.fetched.filter(({ url }) => new URL(url).origin !== world.issuer));
      expect(foreign.map(({ url }) => url)).toEqual([]);
    });

    test('with fonts that come late, and nothing moves', () => {
      expect(seen.filter(({ moved }) => moved !== 0).map(({ name, moved }) => [name, moved])).toEqual([]);
    });

    test('in two font files, which hold every letter of these pages', () => {
      const fonts = new Set(seen.flatMap(({ weight }) => weight.fetched.filter(({ url }) => url.endsWith('.woff2')).map(({ url }) => url)));
      expect([...fonts].map((url) => new URL(url).pathname.replace(/\.[0-9a-f]{16}/, '')).toSorted()).toEqual([
        '/assets/huwiya-sans-400.woff2',
        '/assets/huwiya-sans-700.woff2',
      ]);
    });

    test('and keeps its files for ever, because each is named by its content', () => {
      const assets = seen.flatMap(({ weight }) => weight.fetched.filter(isAsset));
      expect(assets.length).toBeGreaterThan(0);
      const faults = assets.filter(
        ({ url, headers, body }) =>
          headers['cache-control'] !== 'public, max-age=31536000, immutable' ||
          !url.includes(`.${createHash('sha256').update(body).digest('hex').slice(0, 16)}.`),
      );
      expect(faults.map(({ url }) => url)).toEqual([]);
    });

    test('with its files compressed and itself plain', () => {
      const fetched = seen.flatMap(({ weight }) => weight.fetched);
      const texts = fetched.filter((one) => isAsset(one) && !one.url.endsWith('.woff2'));
      expect(new Set(texts.map(({ headers }) => headers['content-encoding']))).toEqual(new Set(['br']));
      const rest = fetched.filter((one) => !texts.includes(one));
      expect(new Set(rest.map(({ headers }) => headers['content-encoding']))).toEqual(new Set([undefined]));
    });

    test('and no script stands in the way of its first paint', () => {
      expect(seen.flatMap(({ name, scripts }) => scripts.filter((isLater) => !isLater).map(() => name))).toEqual([]);
      expect(seen.some(({ scripts }) => scripts.length > 0)).toBe(true);
    });
  });
}

describeWithBrowser('the sign-in page', (getBrowser) => {
  let world: RealWorld;

  beforeAll(async () => {
    world = await createDemoWorld();
    // Whoever asks first for a file waits until it is compressed: nobody who is looked at here.
    const [sheet = ''] = /\/assets\/[^"]+\.css/.exec(await (await fetch(world.issuer)).text()) ?? [];
    await (await fetch(`${world.issuer}${sheet}`)).arrayBuffer();
  }, 90_000);

  afterAll(async () => {
    await world.close();
  });

  async function openSignIn(context: BrowserContext, language: 'ar' | 'en', prepare: (page: Page) => Promise<void>): Promise<Page> {
    const page = await context.newPage();
    await prepare(page);
    await addVirtualAuthenticator(page);
    await page.goto(`${world.permitUrl}/?lang=${language}`);
    await page.locator('[data-action="sign-in"]').click();
    await page.locator('[data-action="use-passkey"]').waitFor();
    return page;
  }

  describe.each(takeTurn(['ar', 'en'] as const, 0))('in %s', (language) => {
    test('would be seen to move, if its letters changed when they arrive', async () => {
      const context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: language });
      const page = await openSignIn(context, language, async (opened) => {
        await delayFonts(opened);
        await opened.route('**/*.css', async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: (await response.text()).replaceAll('font-display: optional', 'font-display: swap') });
        });
      });
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate<number>(readMoved)).toBeGreaterThan(0);
      await context.close();
    });

    test('is painted where script is switched off', async () => {
      const context = await getBrowser().newContext({ javaScriptEnabled: false, locale: language });
      const page = await openSignIn(context, language, async () => undefined);
      await expect.poll(async () => page.evaluate(readFirstPaint)).toBeGreaterThan(0);
      expect(await page.locator('h1').isVisible()).toBe(true);
      await context.close();
    });

    test('is painted while its script has not arrived', async () => {
      const context = await getBrowser().newContext({ locale: language });
      const held: (() => void)[] = [];
      const page = await openSignIn(context, language, async (opened) => {
        await opened.route('**/*.js', async (route) => {
          await new Promise<void>((resolve) => {
            held.push(resolve);
          });
          await route.continue();
        });
      });
      await expect.poll(async () => page.evaluate(readFirstPaint)).toBeGreaterThan(0);
      expect(held.length).toBeGreaterThan(0);
      held.forEach((release) => release());
      await context.close();
    });
  });
});
