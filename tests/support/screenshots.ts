// `npm run screenshots`: every page in Arabic and English, 390 and 1280 px wide, light; 390 px dark. To var/screenshots/, for people to look at.
// First the templates with sample data, then the running product. Arguments are names of samples, or "real"; none means all.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import { launchBrowser } from './browser.ts';
import { takeRealScreenshots } from './real-screenshots.ts';
import { renderShownPages } from './sample-pages.ts';
import { showSamplePage } from './show-sample-page.ts';

const folder = join(import.meta.dirname, '..', '..', 'var', 'screenshots');

const settings = [
  { width: 390, colorScheme: 'light', suffix: '390' },
  { width: 390, colorScheme: 'dark', suffix: '390-dark' },
  { width: 1280, colorScheme: 'light', suffix: '1280' },
  { width: 1280, colorScheme: 'dark', suffix: '1280-dark' },
] as const;

async function takeScreenshots(browser: Browser, wanted: ReadonlySet<string>): Promise<number> {
  let count = 0;
  for (const { width, colorScheme, suffix } of settings) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    for (const language of ['ar', 'en'] as const) {
      for (const sample of renderShownPages(language).filter(({ name }) => wanted.size === 0 || wanted.has(name))) {
        await showSamplePage(page, sample.document);
        await page.screenshot({ path: join(folder, `${sample.name}-${language}-${suffix}.png`), fullPage: true });
        count += 1;
      }
    }
    await context.close();
  }
  return count;
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  const asked = process.argv.slice(2);
  const wanted = new Set(asked.filter((name) => name !== 'real'));
  const samples = asked.length === 0 || wanted.size > 0 ? await takeScreenshots(browser, wanted) : 0;
  const real = asked.length === 0 || asked.includes('real') ? await takeRealScreenshots(browser, folder) : 0;
  process.stdout.write(`${String(samples + real)} pictures in ${folder}\n`);
} finally {
  await browser.close();
}
