// Anybody checks a receipt: with the page as it was saved to a disk, without a network, and with the page as its issuer serves it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeJwt } from 'jose';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAxe } from '../support/browser.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createEnrolled, findReceipts, obtainTokens, places } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { watchPage } from '../support/watch-page.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Language = 'ar' | 'en';

const shown = (page: Page) => page.locator('[data-half]:not([hidden])');

async function choose(page: Page, file: string): Promise<string | null> {
  await shown(page).locator('input[type="file"]').setInputFiles(file);
  await page.evaluate("document.querySelectorAll('[data-outcome]').forEach((place) => place.replaceChildren())");
  await shown(page).locator('[data-action="check-receipt"]').click();
  return shown(page).locator('[data-verdict]').getAttribute('data-verdict');
}

/** The receipt of one service among several. */
function getReceipt(texts: readonly string[], place: Place): string {
  const found = texts.find((text) => {
    const { receipt }: { receipt: string } = JSON.parse(text);
    const { record } = decodeJwt<{ record: { service: { client_id: string } } }>(receipt);
    return record.service.client_id === places[place].clientId;
  });
  if (found === undefined) {
    throw new Error(`no receipt of ${place}`);
  }
  return found;
}

async function readFailed(page: Page): Promise<readonly (string | null)[]> {
  const failed = await shown(page).locator('[data-result="failed"]').all();
  return Promise.all(failed.map(async (item) => item.getAttribute('data-check')));
}

describeWithBrowser('a receipt is checked', (getBrowser) => {
  let world: World;
  let folder: string;
  let permit: string;
  let clinic: string;
  let saved: string;

  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const openContext = (
    language: Language,
    more: Parameters<ReturnType<typeof getBrowser>['newContext']>[0] = {},
  ): Promise<BrowserContext> => getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: language, ...more });

  beforeAll(async () => {
    world = await createWorld();
    folder = mkdtempSync(join(tmpdir(), 'huwiya-verify-'));
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await obtainTokens(traveller, 'clinic');
    const texts = await findReceipts(traveller);
    [permit, clinic] = [getReceipt(texts, 'permit'), getReceipt(texts, 'clinic')];
    saved = pathToFileURL(write('huwiya-verify.html', await (await fetch(`${world.issuer}/verify`)).text())).href;
  }, 60_000);

  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(['ar', 'en'] as const)('from a disk and without a network, in %s', (language) => {
    let context: BrowserContext;
    let page: Page;
    let complaints: readonly string[];
    const asked: string[] = [];

    beforeAll(async () => {
      context = await openContext(language, { offline: true });
      page = await context.newPage();
      complaints = watchPage(page);
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(saved);
      if (language === 'en') {
        await shown(page).locator('a[hreflang="en"]').click();
      }
    });
    afterAll(async () => context.close());

    test('it is valid, and says in words what was agreed', async () => {
      expect(await choose(page, write('receipt.json', permit))).toBe('valid');
      expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      const words = (await shown(page).locator('[data-outcome]').innerText()).replaceAll(/[\u2066-\u2069]/g, '');
      const expected = {
        ar: ['وافق صاحبه على المشاركة مع', 'البريد الإلكتروني', 'تاريخ الميلاد', 'هـ)', 'سنتان على الأكثر'],
        en: ['Its holder agreed to share with', 'Email', 'Date of birth', 'AH)', '2 years at most'],
      }[language];
      expect(expected.filter((part) => !words.includes(part))).toEqual([]);
      expect(await shown(page).locator('[data-check][data-result="passed"]').count()).toBe(9);
      expect(await runAxe(page)).toEqual([]);
    });

    test('one changed byte is named by the check that finds it', async () => {
      const honest = permit;
      const file: { entry: { body: string; salt: string }; receipt: string; checkpoint: string; proof: { index: number } } =
        JSON.parse(honest);
      const flip = (text: string, at: number): string =>
        text.slice(0, at) + String.fromCodePoint((text.codePointAt(at) ?? 0) ^ 1) + text.slice(at + 1);
      const changed: readonly (readonly [string, object])[] = [
        ['commitment', { ...file, entry: { ...file.entry, salt: flip(file.entry.salt, 5) } }],
        ['receipt-signature', { ...file, receipt: flip(file.receipt, file.receipt.length - 10) }],
        ['inclusion', { ...file, proof: { ...file.proof, index: file.proof.index + 1 } }],
        ['checkpoint-signature', { ...file, checkpoint: flip(file.checkpoint, file.checkpoint.length - 10) }],
      ];
      for (const [check, object] of changed) {
        expect(await choose(page, write('changed.json', JSON.stringify(object)))).toBe('invalid');
        expect(await readFailed(page)).toContain(check);
      }
      expect(await choose(page, write('changed.json', honest.replace('huwiya-receipt', 'huwiya-recaipt')))).toBe('invalid');
      expect(await readFailed(page)).toEqual(['form']);
      expect(await runAxe(page)).toEqual([]);
    });

    test('the file of everything is said to be another kind of file, and neither valid nor invalid', async () => {
      const taken = write('take.json', JSON.stringify({ format: 'huwiya-take/1', receipts: [] }));
      await shown(page).locator('input[type="file"]').setInputFiles(taken);
      await shown(page).locator('[data-action="check-receipt"]').click();
      await shown(page).locator('[data-take]').waitFor();
      expect(await page.locator('[data-verdict]').count()).toBe(0);
    });

    test('neither a file nor a text is said to be neither', async () => {
      await page.reload();
      if (language === 'en') {
        await shown(page).locator('a[hreflang="en"]').click();
      }
      const reproach = shown(page).locator('[data-nothing]');
      expect(await reproach.isVisible()).toBe(false);
      await shown(page).locator('[data-action="check-receipt"]').click();
      expect(await reproach.isVisible()).toBe(true);
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      await shown(page).locator('textarea[name="text"]').fill(clinic);
      await shown(page).locator('[data-action="check-receipt"]').click();
      expect(await shown(page).locator('[data-verdict]').getAttribute('data-verdict')).toBe('valid');
      expect(await runAxe(page)).toEqual([]);
    });

    test('keys of somebody else find it invalid', async () => {
      const stranger = { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'x', x: 'A'.repeat(43) }] };
      await shown(page).locator('textarea[name="keys"]').fill(JSON.stringify(stranger));
      await shown(page).locator('[data-action="check-receipt"]').click();
      await shown(page).locator('[data-verdict="invalid"]').waitFor();
      expect(await readFailed(page)).toEqual(['receipt-signature']);
    });

    test('nothing was asked of any network, and the browser had nothing to complain about', () => {
      expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });

  test('with a browser that does not know Ed25519 it is neither valid nor invalid, and the command is named', async () => {
    const context = await openContext('en');
    const page = await context.newPage();
    await page.addInitScript(
      "crypto.subtle.importKey = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));",
    );
    await page.goto(`${world.issuer}/verify?lang=en`);
    expect(await choose(page, write('receipt.json', clinic))).toBe('undecided');
    expect(await shown(page).locator('[data-check][data-result="not-here"]').count()).toBe(2);
    expect(await shown(page).innerText()).toContain('npx huwiya receipt verify');
    expect(await runAxe(page)).toEqual([]);
    await context.close();
  });

  test('without script both languages say so and name the command', async () => {
    const context = await openContext('ar', { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${world.issuer}/verify`);
    expect(await page.locator('noscript [lang]').count()).toBe(2);
    expect(await page.locator('form').first().isVisible()).toBe(false);
    expect(await page.locator('noscript').innerText()).toContain('npx huwiya receipt verify');
    await context.close();
  });
});
