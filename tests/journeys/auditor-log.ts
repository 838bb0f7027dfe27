// The log itself: it has only grown since a checkpoint that was kept, others outside have seen the same one, and the public figures give nobody away.

import { expect, test } from 'vitest';
import { runAxe } from '../support/browser.ts';
import type { Desks } from '../support/auditor-journey.ts';

export function walkLog(getDesks: () => Desks): void {
  test('U7 compares the log with last month’s checkpoint, and sees that two witnesses have seen the newest one', async () => {
    const { country, lead } = getDesks();
    const { witnessed } = country;
    await lead.open('/audit/log');
    await lead.page.locator('#kept').fill(witnessed.kept);
    await lead.page.locator('[data-action="compare"]').click();
    await lead.page.locator('[data-compared="valid"]').waitFor();
    expect(await witnessed.round()).toEqual(['cosigned', 'cosigned']);
    await lead.open('/audit/log');
    expect(await lead.page.locator('[data-witnessed]').getAttribute('data-witnessed')).toMatch(/whole|waiting/);
    await lead.check('log');
    const [, size = ''] = witnessed.kept.split('\n');
    await lead.open(`/audit/questions/is-the-log-whole?ask=1&size=${size}`);
    const findings = lead.page.locator('[data-finding]');
    const holds = await findings.evaluateAll((all) => all.map((one) => [one.getAttribute('data-finding'), one.getAttribute('data-holds')]));
    expect(Object.fromEntries(holds)).toEqual({ 'root-matches': 'true', 'only-grown': 'true', 'no-gap': 'true', 'tail-whole': 'true', 'as-witnessed': 'true' });
    await lead.check('is-the-log-whole');
    // Nothing was ever signed of this size, which is no sign of a change.
    await lead.open(`/audit/questions/is-the-log-whole?ask=1&size=${Number(size) + 1}`);
    expect(await lead.page.locator('[data-holds="false"]').getAttribute('data-finding')).toBe('checkpoint-held');
  });

  test('U10 the figures of the month are published and signed; what is small is hidden from everybody', async () => {
    const { country, lead } = getDesks();
    const page = await lead.page.context().newPage();
    await page.goto(`${country.issuer}/transparency`);
    expect(await runAxe(page)).toEqual([]);
    const answer = await page.request.get(`${country.issuer}/transparency/2025-12.json`);
    const text = await answer.text();
    expect(answer.status()).toBe(200);
    // 170 people live there: no number of theirs is large enough to be shown.
    expect(await page.locator('.table td:has-text("200")').count()).toBeGreaterThan(50);
    expect(text).not.toContain('person');
    expect(text).toMatch(/"signature":\s*"eyJ/);
    await page.close();
  });
}
