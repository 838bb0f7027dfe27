// An auditor at the desk in a real browser, in both languages: a search, an entry, a proof that the browser itself checks, and one that was changed.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { press } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { readLog } from '../support/read-log.ts';
import { renderSamplePages } from '../support/sample-pages.ts';
import { inviteStaff } from '../support/staff-journey.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { watchPage } from '../support/watch-page.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Desk = {
  readonly page: Page;
  readonly authenticator: VirtualAuthenticator;
  readonly complaints: readonly string[];
  readonly leave: () => Promise<void>;
};

type Look = { readonly language: 'ar' | 'en'; readonly width: 390 | 1280; readonly colorScheme: 'light' | 'dark' };

const looks: readonly Look[] = [
  { language: 'ar', width: 390, colorScheme: 'dark' },
  { language: 'en', width: 1280, colorScheme: 'light' },
];

const events = { ar: 'سحب', en: 'withdrawal' } as const;

async function createDesk(browser: Browser, { language, width, colorScheme }: Look): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: language, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  // A search that was refused answers with 400, and says so.
  const complaints = watchPage(page, (complaint) => complaint.includes('status of 400'));
  return { page, authenticator: await addVirtualAuthenticator(page), complaints, leave: async () => context.close() };
}

async function usePasskey({ page, authenticator }: Desk): Promise<void> {
  const button = page.locator('[data-action="use-passkey"]');
  await button.waitFor();
  await authenticator.setPresent(true);
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}

const verdict = async (page: Page): Promise<string | null> => {
  await page.locator('[data-verdict="waiting"]').waitFor({ state: 'hidden' });
  return page.locator('[data-verdict]:not([hidden])').getAttribute('data-verdict');
};

const shownChecks = async (page: Page): Promise<readonly string[]> => {
  const shown = await page.locator('[data-check]:not([hidden])').all();
  return Promise.all(shown.map(async (item) => [await item.getAttribute('data-check'), await item.getAttribute('data-result')].join(' ')));
};

/** The page as it came, with one thing in it changed on the way to the browser. */
async function changeOnTheWay(page: Page, path: string, change: (body: string) => string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const changed = change(text);
    expect(changed).not.toBe(text);
    await route.fulfill({ response, body: changed });
  });
}

describeWithBrowser('the auditor’s desk', (getBrowser) => {
  let world: World;
  let withdrawn: number;
  let kept: string;

  beforeAll(async () => {
    world = await createWorld();
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await readLog(world);
    kept = (await world.storage.ledger.findCheckpoint())?.text ?? '';
    await withdraw(traveller, 'permit');
    withdrawn = (await readLog(world)).findIndex(({ type }) => type === 'consent.withdrawn');
  }, 60_000);

  afterAll(async () => {
    await world.close();
  });

  describe.each(takeTurn(looks, 0))('in $language at $width pixels, $colorScheme', (look) => {
    let desk: Desk;

    beforeAll(async () => {
      desk = await createDesk(getBrowser(), look);
      const { page, authenticator } = desk;
      await page.goto((await inviteStaff(world, 'auditor', `Noura Alsalem ${look.language}`)).link);
      await press(page, 'create-passkey');
      await page.waitForURL('**/staff/enrolled/*');
      await authenticator.setPresent(false);
      await page.goto(`${world.issuer}/audit`);
      await usePasskey(desk);
    }, 60_000);

    afterAll(async () => {
      await desk.leave();
    });

    const checkPage = async (): Promise<void> => {
      await desk.page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
      expect(await runAxe(desk.page)).toEqual([]);
      expect(await desk.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
    };

    test('finds a withdrawal from the first page, and is told what is wrong with a filter without losing what was typed', async () => {
      const { page } = desk;
      await checkPage();
      await page.locator('.rows a[href*="type=consent.withdrawn"]').first().click();
      await page.waitForURL('**/audit/entries?type=consent.withdrawn*');
      expect(await page.locator('tbody tr').count()).toBe(1);
      expect(await page.locator('[data-found]').getAttribute('data-found')).toBe('1');
      await checkPage();
      await page.goto(`${world.issuer}/audit/entries?from=yesterday&service=mol-work-permit`);
      expect(await page.locator('#from').inputValue()).toBe('yesterday');
      await checkPage();
      await page.locator('#from').fill('2020-01-01');
      await page.locator('#type').selectOption('consent.withdrawn');
      await press(page, 'search');
      await page.locator(`tr[data-entry="${withdrawn}"] a`).click();
      await page.waitForURL(`**/audit/entries/${withdrawn}`);
    });

    test('the browser proves the entry, each check by its name', async () => {
      const { page } = desk;
      await page.goto(`${world.issuer}/audit/entries/${withdrawn}`);
      expect(await verdict(page)).toBe('valid');
      expect(await shownChecks(page)).toEqual([
        'form passed',
        'entry-canonical passed',
        'commitment passed',
        'inclusion passed',
        'checkpoint-signature passed',
      ]);
      expect(await page.locator('h1 ~ p .state').textContent()).toBe(events[look.language]);
      await checkPage();
    });

    const openCase = async ({ page }: Desk): Promise<string> => {
      const form = await (await page.request.get(`${world.issuer}/audit/cases/new`)).text();
      const token = /name="token" value="([^"]*)"/.exec(form)?.[1] ?? '';
      const ends = new Date(world.clock.now() + 30 * 86_400_000).toISOString().slice(0, 10);
      const paper = {
        number: `D-${look.language}`,
        authority: 'Court',
        basis: 'complaint',
        scope: 'all',
        agency: '',
        from: '',
        to: '',
        ends,
      };
      const opened = await page.request.post(`${world.issuer}/audit/cases`, { form: { token, ...paper } });
      return opened.url();
    };

    test('a list says how far it has come while it is fetched, without another press', async () => {
      const { page } = desk;
      await page.goto(`${await openCase(desk)}/exports?form=csv&service=mol-work-permit&recipient=Court&reason=A+complaint`);
      await press(page, 'ask');
      await page.locator('[data-progress][data-state="none"]').waitFor();
      await Promise.all([page.waitForEvent('download'), page.locator('[data-action="fetch"]').click()]);
      await page.locator('[data-progress][data-state="whole"] [data-said="whole"]:not([hidden])').waitFor();
      expect(await page.locator('[data-said]:visible').count()).toBe(1);
      const bar = page.locator('progress');
      expect([await bar.getAttribute('value'), Number(await bar.getAttribute('max')) > 1]).toEqual([await bar.getAttribute('max'), true]);
      await checkPage();
      await page.goto(`${page.url()}/progress`);
      await page.locator('[data-said="whole"]:not([hidden])').waitFor();
      await checkPage();
    });

    test.each([
      ['its content', (body: string) => body.replace('consent.withdrawn\\&quot;', 'consent.withdrawm\\&quot;'), 'commitment failed'],
      [
        'its path',
        (body: string) =>
          body.replace(/(&quot;path&quot;: \[\s+&quot;)(.)/, (_, head: string, one: string) => head + (one === 'A' ? 'B' : 'A')),
        'inclusion failed',
      ],
      [
        'the signature',
        (body: string) => body.replace(/(— \S+ \S{20})(.)/, (_, head: string, one: string) => head + (one === 'A' ? 'B' : 'A')),
        'checkpoint-signature failed',
      ],
    ])('a proof with one byte of %s changed is red', async (_, change, failed) => {
      const { page } = desk;
      await changeOnTheWay(page, `/audit/entries/${withdrawn}`, change);
      await page.goto(`${world.issuer}/audit/entries/${withdrawn}`);
      expect(await verdict(page)).toBe('invalid');
      expect(await shownChecks(page)).toContain(failed);
      await checkPage();
      await page.unrouteAll();
    });

    test('the browser compares today’s checkpoint with one that was kept, and believes no path that does not lead there', async () => {
      const { page } = desk;
      await page.goto(`${world.issuer}/audit/log`);
      await page.locator('#kept').fill(kept);
      await press(page, 'compare');
      await page.locator('[data-compared="valid"]').waitFor();
      await checkPage();
      await page.locator('#kept').fill(kept.replace('ledger', 'ledgers'));
      await press(page, 'compare');
      await page.locator('[data-compared="unsigned"]').waitFor();
      await page.route('**/audit/log/consistency*', async (route) => route.fulfill({ json: { path: ['A'.repeat(43)] } }));
      await page.locator('#kept').fill(kept);
      await press(page, 'compare');
      await page.locator('[data-compared="invalid"]').waitFor();
      expect(await page.locator('[data-compared]:not([hidden])').count()).toBe(1);
      await page.unrouteAll();
    });

    test('the browser had nothing to complain about', () => {
      expect(desk.complaints).toEqual([]);
    });
  });

  test('without script the page claims nothing, and names the command', async () => {
    const context = await getBrowser().newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.setContent(renderSamplePages('en').find(({ name }) => name === 'audit-entry')?.document ?? '');
    expect(await page.getByText('Not checked yet').isVisible()).toBe(true);
    expect(await page.getByText('The proof holds').isVisible()).toBe(false);
    expect(await page.content()).toContain('huwiya-verify.mjs');
    await context.close();
  });
});
