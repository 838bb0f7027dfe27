// The life of a receipt, at the real pages: a person agrees, opens the sheet, prints it, downloads the file; somebody scans the code, checks the file
// against it and against the log, and years later checks it again from a disk.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runAxe } from '../support/browser.ts';
import { allowOnly, askService, enrolInBrowser, press, usePasskey } from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createDemoWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { startWalk } from '../support/walk.ts';
import type { Walk } from '../support/walk.ts';

/** What a camera reads of the drawn code, from its path. */
async function scan(page: Page): Promise<string> {
  const [size, drawn] = [await page.locator('svg.qr').getAttribute('viewBox'), await page.locator('svg.qr path').last().getAttribute('d')];
  const scale = 4;
  const width = Number(size?.split(' ')[2]) * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, run] of (drawn ?? '').matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1) {
        data.set([0, 0, 0], (row * width + column) * 4);
      }
    }
  }
  return decodeQR({ width, height: width, data });
}

const shown = (page: Page) => page.locator('[data-half]:not([hidden])');

async function check(page: Page, file: string): Promise<string | null> {
  await page.evaluate("document.querySelectorAll('[data-outcome]').forEach((place) => place.replaceChildren())");
  await shown(page).locator('input[type="file"]').setInputFiles(file);
  await shown(page).locator('[data-action="check-receipt"]').click();
  return shown(page).locator('[data-verdict]').getAttribute('data-verdict');
}

const resultOf = (page: Page, name: string): Promise<string | null> =>
  shown(page).locator(`[data-outcome] [data-check="${name}"]`).getAttribute('data-result');

for (const language of takeTurn(['ar', 'en'] as const, 0)) {
  describeWithBrowser(`a receipt is held, printed, scanned and checked in ${language}`, (getBrowser) => {
    let world: RealWorld;
    let walk: Walk;
    let person: BrowserPerson;
    let page: Page;
    let scanned: string;
    const at = (name: string): string => join(world.folder, name);

    beforeAll(async () => {
      world = await createDemoWorld();
      walk = await startWalk({ browser: getBrowser(), world, language });
      person = walk.person;
      page = person.page;
      await enrolInBrowser(person, await world.invite('1000000008'));
      await person.authenticator.setPresent(false);
      await askService(person, world.permitUrl);
      await usePasskey(person);
      await allowOnly(person, ['email']);
      await page.waitForURL(`${world.permitUrl}/`);
      await askService(person, world.clinicUrl);
      await press(page, 'refuse');
      await page.waitForURL(`${world.clinicUrl}/`);
    }, 120_000);

    afterAll(async () => {
      await walk.close();
      await world.close();
    });

    const download = async (name: string): Promise<string> => {
      const event = page.waitForEvent('download');
      await press(page, 'receipt');
      await (await event).saveAs(at(name));
      return at(name);
    };

    test('the place of receipts has one for each decision, and each opens as a sheet', async () => {
      await page.goto(`${world.issuer}/account/receipts`);
      await person.look(page, 'receipts');
      expect(await page.locator('[data-action="receipt"]').count()).toBe(2);
      await download('refused.json');
      await page.locator('main a[href^="/account/receipts/"]:not([download])').last().click();
      await page.locator('article.sheet').waitFor();
      await person.look(page, 'receipt');
      await download('receipt.json');
    });

    test('the sheet prints alone, on two pages at most, in black on white', async () => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('nav, footer, .actions, .back').filter({ visible: true }).count()).toBe(0);
      expect(await page.locator('svg.qr path').first().getAttribute('fill')).toBe('#fff');
      mkdirSync(at('print'), { recursive: true });
      const pdf = await page.pdf({ format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
      writeFileSync(at('print/receipt.pdf'), pdf);
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    });

    test('a camera reads the code, and the page that opens shows what it carries', async () => {
      scanned = await scan(page);
      expect(scanned).toMatch(new RegExp(`^${world.issuer}/verify#i=\\d+&r=[\\w-]{43}&l=[\\w-]{43}$`));
      await page.goto(scanned);
      const { hash } = new URL(scanned);
      const carried = await shown(page).locator('[data-code]').innerText();
      const asked = new URLSearchParams(hash.slice(1));
      expect([asked.get('r'), asked.get('i'), world.issuer].filter((part) => !carried.includes(part ?? '?'))).toEqual([]);
      await person.look(page, 'verify-code');
    });

    test('the log, asked by the code alone, holds that entry now', async () => {
      await shown(page).locator('[data-code] [data-action="ask-log"]').click();
      const live = shown(page).locator('[data-code] [data-check="live"]');
      await live.waitFor();
      expect(await live.getAttribute('data-result')).toBe('passed');
    });

    test('the file is that of the code, and the log holds it now', async () => {
      expect(await check(page, at('receipt.json'))).toBe('valid');
      expect(await resultOf(page, 'code')).toBe('passed');
      await shown(page).locator('[data-outcome] [data-action="ask-log"]').click();
      await shown(page).locator('[data-outcome] [data-check="live"][data-result="passed"]').waitFor();
      await person.look(page, 'verify-valid');
    });

    test('another receipt is valid and yet not that of the code', async () => {
      expect(await check(page, at('refused.json'))).toBe('mismatch');
      expect(await resultOf(page, 'code')).toBe('failed');
      expect(await resultOf(page, 'receipt-signature')).toBe('passed');
      await person.look(page, 'verify-mismatch');
    });

    test('a kept checkpoint agrees, and the words change with the language without a network', async () => {
      const { checkpoint } = z.object({ checkpoint: z.string() }).parse(JSON.parse(readFileSync(at('receipt.json'), 'utf8')));
      await shown(page).locator('details').last().locator('summary').click();
      await shown(page).locator('textarea[name="kept"]').fill(checkpoint);
      expect(await check(page, at('receipt.json'))).toBe('valid');
      expect(await resultOf(page, 'kept-checkpoint')).toBe('passed');
      await shown(page).locator('a[hreflang]').click();
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'ar' ? 'en' : 'ar');
      expect(await resultOf(page, 'kept-checkpoint')).toBe('passed');
      await shown(page).locator('a[hreflang]').click();
    });

    test('the page itself is downloaded, and from the disk, offline, says valid, and names what one byte broke', async () => {
      const event = page.waitForEvent('download');
      await shown(page).locator('a[download]').click();
      await (await event).saveAs(at('huwiya-verify.html'));
      const context = await getBrowser().newContext({ offline: true, locale: language });
      const offline = await context.newPage();
      await offline.goto(pathToFileURL(at('huwiya-verify.html')).href);
      expect(await check(offline, at('receipt.json'))).toBe('valid');
      const text = readFileSync(at('receipt.json'), 'utf8');
      writeFileSync(
        at('changed.json'),
        text.replace(/("salt": ")(.)/, (_, before: string, first: string) => `${before}${first === 'A' ? 'B' : 'A'}`),
      );
      expect(await check(offline, at('changed.json'))).toBe('invalid');
      expect(await resultOf(offline, 'commitment')).toBe('failed');
      expect(await runAxe(offline)).toEqual([]);
      await context.close();
    });

    test('the browser had nothing to complain about', () => {
      expect(walk.complaints).toEqual([]);
    });
  });
}
