// The log itself: it has only grown since a checkpoint that was kept, others outside have seen the same one, and the public figures give nobody away.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../support/command.ts';
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
    expect(Object.fromEntries(holds)).toEqual({
      'root-matches': 'true',
      'only-grown': 'true',
      'no-gap': 'true',
      'tail-whole': 'true',
      'as-witnessed': 'true',
    });
    await lead.check('is-the-log-whole');
    // Nothing was ever signed of this size, which is no sign of a change.
    await lead.open(`/audit/questions/is-the-log-whole?ask=1&size=${Number(size) + 1}`);
    expect(await lead.page.locator('[data-holds="false"]').getAttribute('data-finding')).toBe('checkpoint-held');
  });

  test('U10 anybody takes home the figures of a month and checks them there; what is small is hidden from everybody', async () => {
    const { country, lead } = getDesks();
    const { page } = lead;
    const read = async (path: string): Promise<string> => {
      const answer = await page.request.get(`${country.issuer}${path}`);
      expect([path, answer.status()]).toEqual([path, 200]);
      return answer.text();
    };
    // A node that was just started has the months of a year to count.
    await expect
      .poll(async () => (await page.request.get(`${country.issuer}/transparency/2025-12.json`)).status(), { timeout: 30_000 })
      .toBe(200);
    await lead.open('/transparency');
    // 170 people live there: no number of theirs is large enough to be shown.
    expect(await page.locator('.table td:has-text("200")').count()).toBeGreaterThan(10);
    expect(await page.locator('summary:has-text("200")').count()).toBeGreaterThan(0);
    await lead.check('figures');
    const [december, november] = [await read('/transparency/2025-12.json'), await read('/transparency/2025-11.json')];
    expect(december).not.toContain('person');
    // Nothing can be taken off anything where no number stands: neither agencies off the total nor one month off another.
    expect(december.match(/"(?:asked|agreed|refused|released|signedIn|withdrawn|unmasked)":\d/)).toBeNull();

    const home = mkdtempSync(join(tmpdir(), 'journalist-'));
    const write = (name: string, text: string): string => {
      writeFileSync(join(home, name), text);
      return join(home, name);
    };
    const verifier = write('huwiya-verify.mjs', await read('/ledger/huwiya-verify.mjs'));
    const keys = write('receipt-keys', await read('/ledger/receipt-keys'));
    const verify = async (month: string, kept: string) => {
      const files = [write('2025-12.json', month), '--kept', write('2025-11.json', kept)];
      return runProgram([verifier, ...files, '--keys', keys, '--issuer', country.issuer]);
    };
    const good = await verify(december, november);
    expect([good.code, good.stderr]).toEqual([0, '']);
    expect(good.stdout).toContain('passed  figures-earlier');
    expect((await verify(december.replace('"below":200', '"below":300'), november)).stdout).toContain('failed  figures-signature');
    expect((await verify(december, november.replace('"below":200', '"below":300'))).stdout).toContain('failed  figures-earlier');
    rmSync(home, { recursive: true });
  });
}
