// `npm run screenshots`: every page in Arabic and English, 390 and 1280 px wide, light; 390 px dark. To var/screenshots/, for people to look at.
// First the templates with sample data, then the running product. Arguments are names of samples,
// "errors" (the page of every code) or "real"; none means all, with a contact sheet.
// `--docs` renews docs/pictures/ as well: the contact sheets and what the guides show.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Browser } from 'playwright-core';

import { launchBrowser } from './browser.ts';
import { writeContactSheets, writeDocsPictures } from './docs-pictures.ts';
import { takeRealScreenshots } from './real-screenshots.ts';
import { renderErrorSamples } from './sample-errors.ts';
import { renderShownPages } from './sample-pages.ts';
import { showSamplePage } from './show-sample-page.ts';

const project = join(import.meta.dirname, '..', '..');
const folder = join(project, 'var', 'screenshots');
const docsFolder = join(project, 'docs', 'pictures');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { docs: { type: 'boolean', default: false } } });

const settings = [
  { width: 390, colorScheme: 'light', suffix: '390' },
  { width: 390, colorScheme: 'dark', suffix: '390-dark' },
  { width: 1280, colorScheme: 'light', suffix: '1280' },
  { width: 1280, colorScheme: 'dark', suffix: '1280-dark' },
] as const;

async function takeScreenshots(browser: Browser, wanted: ReadonlySet<string>): Promise<number> {
  let count = 0;
  for (const { width, colorScheme, suffix } of settings) {
    // The page that checks receipts carries style, script and fonts in itself, which the policy of the sample server refuses.
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
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

/** All errors have one template: a small screen in both languages shows the words. */
async function takeErrorScreenshots(browser: Browser): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const samples = (['ar', 'en'] as const).flatMap((language) => renderErrorSamples(language).map((sample) => ({ ...sample, language })));
  for (const { name, language, document } of samples) {
    await showSamplePage(page, document);
    await page.screenshot({ path: join(folder, `${name}-${language}-390.png`), fullPage: true });
  }
  await context.close();
  return samples.length;
}

async function takeAll(browser: Browser): Promise<number> {
  // What is no page any more is on no sheet.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const samples = await takeScreenshots(browser, new Set());
  const errors = await takeErrorScreenshots(browser);
  const real = await takeRealScreenshots(browser, folder);
  await writeContactSheets({ browser, screenshots: folder, folder });
  if (values.docs) {
    await mkdir(docsFolder, { recursive: true });
    await writeDocsPictures({ browser, screenshots: folder, folder: docsFolder });
    await writeContactSheets({ browser, screenshots: folder, folder: docsFolder });
  }
  return samples + errors + real;
}

async function takeWanted(browser: Browser, asked: readonly string[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  const wanted = new Set(asked.filter((name) => name !== 'real' && name !== 'errors'));
  const samples = wanted.size > 0 ? await takeScreenshots(browser, wanted) : 0;
  const errors = asked.includes('errors') ? await takeErrorScreenshots(browser) : 0;
  return samples + errors + (asked.includes('real') ? await takeRealScreenshots(browser, folder) : 0);
}

const browser = await launchBrowser();
try {
  const count = positionals.length === 0 ? await takeAll(browser) : await takeWanted(browser, positionals);
  process.stdout.write(`${String(count)} pictures in ${folder}\n`);
} finally {
  await browser.close();
}
