// The log itself: it has only grown since a checkpoint that was kept, others outside have seen the same one, and the public figures give nobody away.

import { expect, test } from 'vitest';
import type { Witnessed } from '../support/audit-country.ts';
import { runAxe } from '../support/browser.ts';
import type { Desks } from './auditor-sweep.ts';

export function walkLog(getDesks: () => Desks & { readonly witnessed: Witnessed }): void {
  test('U7 compares the log with last month’s checkpoint, and sees that two witnesses have seen the newest one', async () => {
    const { noura, witnessed } = getDesks();
    await noura.open('/audit/log');
    await noura.page.locator('#kept').fill(witnessed.kept);
    await noura.page.locator('[data-action="compare"]').click();
    await noura.page.locator('[data-compared="valid"]').waitFor();
    expect(await witnessed.round()).toEqual(['cosigned', 'cosigned']);
    await noura.open('/audit/log');
    expect(await noura.page.locator('[data-witnessed]').getAttribute('data-witnessed')).toMatch(/whole|waiting/);
    await noura.check('log');
    const [, size = ''] = witnessed.kept.split('\n');
    await noura.open(`/audit/questions/is-the-log-whole?ask=1&size=${size}`);
    const findings = noura.page.locator('[data-finding]');
    const holds = await findings.evaluateAll((all) => all.map((one) => [one.getAttribute('data-finding'), one.getAttribute('data-holds')]));
    expect(Object.fromEntries(holds)).toEqual({ 'root-matches': 'true', 'only-grown': 'true', 'no-gap': 'true', 'as-witnessed': 'true' });
    await noura.check('is-the-log-whole');
    // Nothing was ever signed of this size, which is no sign of a change.
    await noura.open(`/audit/questions/is-the-log-whole?ask=1&size=${Number(size) + 1}`);
    expect(await noura.page.locator('[data-holds="false"]').getAttribute('data-finding')).toBe('checkpoint-held');
  });

  test('U10 the figures of the month are published and signed; what is small is hidden from everybody', async () => {
    const { country, sami } = getDesks();
    const page = await sami.page.context().newPage();
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
