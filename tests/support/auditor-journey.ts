// Two auditors at their desks in the browser: one in Arabic on a phone, one in English on a wide screen. Every page that they show to `look` is checked.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { runAxe } from './browser.ts';
import { bringOfficer } from './browser-officer.ts';
import type { BrowserOfficer } from './browser-officer.ts';
import type { AuditCountry } from './audit-country.ts';
import { isFull } from './counts.ts';
import { inviteStaff } from './staff-journey.ts';
import { watchPage } from './watch-page.ts';

/** Where pictures of the pages go that are looked at; none are taken where it is not set. */
const pictures = process.env['HUWIYA_PICTURES'];

type Names = Readonly<Record<'ar' | 'en', string>>;

export type Auditor = BrowserOfficer & {
  readonly id: string;
  readonly names: Names;
  readonly language: 'ar' | 'en';
  /** A page of the desk, by its path. */
  readonly open: (path: string) => Promise<void>;
  /** Presses, and waits for the page that comes of it. */
  readonly press: (action: string) => Promise<void>;
  /** The page that is open: no fault of axe, nothing beyond the edge, in the language of its reader. */
  readonly check: (name: string) => Promise<void>;
  readonly complaints: readonly string[];
};

/** Who walks a journey: the one who leads it, and the colleague where two are needed. */
export type Desks = { readonly country: AuditCountry; readonly lead: Auditor; readonly second: Auditor };

const widths = { ar: 390, en: 1280 } as const;

async function takePictures(page: Page, name: string, language: 'ar' | 'en'): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(pictures ?? '', `auditor-${name}-${language}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: widths[language], height: 900 });
}

const findUnclear = `[
  ...[...document.querySelectorAll('svg.chart')].flatMap((chart) => {
    const labels = [...chart.querySelectorAll('.chart-bar')].length === 0 ? [] : [...chart.querySelectorAll('.chart-label')].map((label) => label.textContent);
    return labels.filter((label, at) => labels.indexOf(label) !== at);
  }),
  ...[...document.querySelectorAll('input')].map((input) => input.value).filter((value) => /T\\d\\d:\\d\\d.*Z$/.test(value)),
]`;

/** On this screen, on the smallest phone, and with letters of twice the size. */
const windows = (language: 'ar' | 'en') =>
  [
    { width: widths[language], text: 100 },
    { width: 320, text: 100 },
    { width: 390, text: 200 },
  ] as const;

/** How many pixels stand beyond the edge, where some do. */
async function findOverflows(page: Page, language: 'ar' | 'en'): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { width, text } of windows(language)) {
    await page.setViewportSize({ width, height: 100 });
    const beyond = await page.evaluate<number>(
      `(() => { const page = document.documentElement; page.style.fontSize = '${text}%'; return page.scrollWidth - page.clientWidth; })()`,
    );
    found.push(...(beyond > 0 ? [`${beyond} at ${width} px, text ${text} %`] : []));
  }
  await page.evaluate("document.documentElement.style.fontSize = ''");
  await page.setViewportSize({ width: widths[language], height: 900 });
  return found;
}

type Checked = { readonly page: Page; readonly name: string; readonly language: 'ar' | 'en'; readonly rules: 'all' | 'look' };

async function checkPage({ page, name, language, rules }: Checked): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
  const html = page.locator('html');
  expect([name, await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual([
    name,
    language,
    language === 'ar' ? 'rtl' : 'ltr',
  ]);
  expect([name, await runAxe(page, rules)]).toEqual([name, []]);
  // No two bars of a chart under one name, and no instant where a day belongs.
  expect([name, await page.evaluate(findUnclear)]).toEqual([name, []]);
  expect([name, await findOverflows(page, language)]).toEqual([name, []]);
  if (pictures !== undefined) {
    await takePictures(page, name, language);
  }
}

type Coming = {
  readonly browser: Browser;
  readonly country: AuditCountry;
  readonly language: 'ar' | 'en';
  readonly names: Names;
  /** Names of pages that were held to every rule, in one language; in the other what another look can change is enough. */
  readonly held: Set<string>;
};

export async function bringAuditor({ browser, country, language, names, held }: Coming): Promise<Auditor> {
  const { id, link } = await inviteStaff(country, 'auditor', `${names.ar} · ${names.en}`);
  const officer = await bringOfficer({ browser, language, link, look: async () => undefined });
  const { page } = officer;
  await page.setViewportSize({ width: widths[language], height: 900 });
  return {
    ...officer,
    id,
    names,
    language,
    open: async (path) => {
      await page.goto(`${country.issuer}${path}`);
    },
    press: async (action) => {
      await Promise.all([page.waitForEvent('load'), page.locator(`[data-action="${action}"]`).first().click()]);
    },
    check: async (given) => {
      const rules = held.has(given) && !isFull ? 'look' : 'all';
      held.add(given);
      await checkPage({ page, name: given, language, rules });
    },
    complaints: watchPage(page),
  };
}

/** At a page that asks for the passkey: from the press to the page that comes of it. */
export async function confirmAct({ page, authenticator }: Auditor): Promise<void> {
  const button = page.locator('[data-action="use-passkey"]');
  await authenticator.setPresent(true);
  await button.click();
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}
