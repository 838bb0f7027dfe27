// The few pictures that the documents show, and the contact sheet of every page: made of what `npm run screenshots` has just taken, so that they
// show the product as it is.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { writePicture } from './pictures.ts';

const languages = ['ar', 'en'] as const;
const kilobyte = 1024;
/** A picture of 390 px made smaller, its border and the gap beside it; and the padding around all, less one gap. */
const stripStep = 334;
const stripRest = 4;

/** Names of pictures of the running product, side by side. */
const strips: Readonly<Record<string, readonly string[]>> = {
  'first-sign-in': ['permit-before', 'sign-in', 'consent', 'permit-after'],
  auditor: ['audit', 'audit-entries', 'audit-entry'],
  'own-page': ['account', 'service', 'withdrawn', 'permit-withdrawn'],
};

type From = { readonly browser: Browser; readonly screenshots: string; readonly folder: string };

async function write({ browser, folder }: From, name: string, layout: Parameters<typeof writePicture>[1]): Promise<void> {
  const size = await writePicture(browser, layout, join(folder, name));
  process.stdout.write(`${name}: ${String(Math.round(size / kilobyte))} KB\n`);
}

export async function writeDocsPictures(from: From): Promise<void> {
  for (const language of languages) {
    for (const [name, pages] of Object.entries(strips)) {
      const figures = pages.map((page) => ({ caption: '', files: [join(from.screenshots, `real-${page}-${language}-390.png`)] }));
      const layout = { figures, language, width: stripStep * pages.length + stripRest, heightLimit: 660, scale: 0.8, quality: 0.7 };
      await write(from, `${name}-${language}.webp`, layout);
    }
  }
}

/** Every page, narrow beside wide. */
export async function writeContactSheets(from: From): Promise<void> {
  for (const language of languages) {
    const ending = `-${language}-390.png`;
    const names = readdirSync(from.screenshots)
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .toSorted();
    const figures = names.map((name) => ({
      caption: name,
      files: ['390', '1280'].map((width) => join(from.screenshots, `${name}-${language}-${width}.png`)).filter((file) => existsSync(file)),
    }));
    const layout = { figures, language, width: 2400, heightLimit: 310, scale: 0.22, quality: 0.24 };
    await write(from, `contact-sheet-${language}.webp`, layout);
  }
}
