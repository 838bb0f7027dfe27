// A breach: whom it concerns, and the list of those who have to be told.

import { expect, test } from 'vitest';
import { confirmAct } from '../support/auditor-journey.ts';
import type { Desks } from '../support/auditor-journey.ts';
import { download } from './auditor-complaint.ts';

const words = {
  ar: { authority: 'هيئة حماية البيانات', reason: 'أبلغت الخدمة أن قاعدة بياناتها نُسخت.' },
  en: { authority: 'Data Protection Authority', reason: 'The service reported that its database was copied.' },
} as const;

export function walkBreach(getDesks: () => Desks & { readonly breach: string }): void {
  test('U6 counts whom a breach concerns, and two auditors make the list of those who have to be told', async () => {
    const { lead, second, breach } = getDesks();
    const { page, language } = second;
    await second.open('/audit/cases/new');
    await page.locator('#number').fill(breach);
    await page.locator('#authority').fill(words[language].authority);
    await page.locator('input[name="basis"][value="breach"]').check();
    await page.locator('input[name="scope"][value="all"]').check();
    await page.locator('#ends').fill('2026-06-30');
    await second.press('open');
    await page.locator('#member').selectOption({ label: lead.names[language] });
    await second.press('add');
    await second.press('part-questions');
    await second.press('breach-scope');
    await page.locator('#service').selectOption('library-reading');
    await page.locator('#from').fill('2025-10-01');
    await page.locator('#to').fill('2025-12-31');
    await second.press('ask');
    const people = Number(await page.locator('[data-figure="people"] .figure-value').textContent());
    expect(people).toBeGreaterThan(1);
    await second.check('breach-scope');
    await second.press('breach-list');
    await page.locator('#reason').fill(words[language].reason);
    await page.locator('input[name="minutes"][value="60"]').check();
    await second.check('breach-lists');
    await second.press('ask');
    await confirmAct(second);
    const listUrl = new URL(page.url()).pathname;
    await lead.open('/audit');
    await lead.page.locator(`[data-waiting="breach"] a[href="${listUrl}"]`).click();
    await lead.page.waitForURL(`**${listUrl}`);
    await lead.check('breach-list');
    await lead.press('approve');
    await confirmAct(lead);
    await second.open(listUrl);
    const lines = (await download(page, 'fetch')).toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(people + 1);
  });
}
