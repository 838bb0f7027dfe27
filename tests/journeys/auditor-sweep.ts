// Without a case: a sweep over a quarter, an investigation of a counter, the trail of approvals, auditors about auditors.

import { expect, test } from 'vitest';
import type { AuditCountry } from '../support/audit-country.ts';
import type { Auditor } from '../support/auditor-journey.ts';
import { runCommand } from '../support/command.ts';

export type Desks = { readonly country: AuditCountry; readonly noura: Auditor; readonly sami: Auditor };

const quarter = { from: '2025-10-01', to: '2025-12-31' } as const;
const [begins, ends] = [Date.parse('2025-10-01T00:00:00+03:00'), Date.parse('2026-01-01T00:00:00+03:00')];

const readFigure = async ({ page }: Auditor, name: string): Promise<number> =>
  Number((await page.locator(`[data-figure="${name}"] .figure-value`).textContent())?.replaceAll(/\D/g, ''));

/** Rows of the table, or those of which the text holds something. */
const countRows = async ({ page }: Auditor, table: string): Promise<number> => page.locator(`[data-table="${table}"] tbody tr`).count();

async function countPlanted({ storage, getPlanted }: AuditCountry, kind: string): Promise<number> {
  const found = await Promise.all(getPlanted(kind).entries.map(async (index) => storage.ledger.readEntries(index, index + 1)));
  return found.flat().filter(({ at }) => at >= begins && at < ends).length;
}

/** From the list of questions to the answer, as it is typed. */
async function ask(auditor: Auditor, question: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await auditor.open('/audit/questions');
  await auditor.press(question);
  for (const [name, value] of Object.entries(fields)) {
    const choice = auditor.page.locator(`select#${name}`);
    await ((await choice.count()) > 0 ? choice.selectOption(value) : auditor.page.locator(`#${name}`).fill(value));
  }
  await auditor.press('ask');
}

const sweeps = [
  ['released-without-record', 'no-record', 'no-record'],
  ['released-after-end', 'after-withdrawal', 'after-withdrawal'],
  ['released-after-end', 'after-expiry', 'after-expiry'],
  ['beyond-purpose', 'beyond-purpose', 'outside-purpose'],
] as const;

export function walkSweep(getDesks: () => Desks): void {
  test('U3 sweeps all agencies over a quarter, finds exactly what was planted in it, and draws a sample that a colleague draws again', async () => {
    const { country, noura, sami } = getDesks();
    await sami.open('/audit/questions');
    await sami.check('questions');
    for (const [question, figure, kind] of sweeps) {
      await ask(sami, question, quarter);
      expect([kind, await readFigure(sami, figure)]).toEqual([kind, await countPlanted(country, kind)]);
    }
    await sami.check('beyond-purpose');
    await sami.page.locator('[data-figure="beyond-purpose"] a').click();
    await sami.page.waitForURL('**/audit/questions/entries?**');
    expect(await countRows(sami, 'entries')).toBe(await countPlanted(country, 'outside-purpose'));
    await sami.check('fact-entries');
    await ask(sami, 'answer-times', quarter);
    expect(await readFigure(sami, 'overdue')).toBeGreaterThan(0);
    await ask(sami, 'approved-never-used', { days: '90' });
    expect(await countRows(sami, 'never-used')).toBeGreaterThan(0);
    await ask(sami, 'compare-agencies', quarter);
    expect(await countRows(sami, 'agencies')).toBeGreaterThan(20);
    await sami.check('compare-agencies');

    await ask(sami, 'random-sample', { seed: '20261', count: '50' });
    const drawn = await sami.page.locator('[data-table="sample"] tbody a').allTextContents();
    expect(drawn).toHaveLength(50);
    const size = (await sami.page.locator('[data-as-of]').getAttribute('data-as-of')) ?? '';
    await ask(noura, 'random-sample', { seed: '20261', count: '50', as_of: size });
    expect(await noura.page.locator('[data-table="sample"] tbody a').allTextContents()).toEqual(drawn);
    await noura.check('random-sample');
  });

  test('U5 goes from what stands out at a counter to one officer, who is suspended; the log says by whom', async () => {
    const { country, noura } = getDesks();
    const [officer = ''] = country.getPlanted('counter-burst').officers;
    await noura.open('/audit/anomalies?days=365');
    await noura.check('anomalies');
    await noura.press('question-counter-burst');
    await noura.check('acts-at-counter');
    await noura.page.locator(`[data-table="officers"] a[href*="officer=${officer}"]`).click();
    await noura.page.waitForURL(`**officer=${officer}**`);
    expect(await countRows(noura, 'officers')).toBe(1);
    expect(await readFigure(noura, 'acts')).toBeGreaterThanOrEqual(country.getPlanted('counter-burst').entries.length);

    const suspended = await runCommand(['officers', 'status', officer, 'suspended', '--config', country.settingsFile]);
    expect([suspended.code, suspended.stderr]).toEqual([0, '']);
    await ask(noura, 'operator-acts', { from: '2026-01-01', to: '' });
    await noura.check('operator-acts');
    expect(await noura.page.locator('main').textContent()).toContain('حالة موظف');
  });

  test('U8 reads who approved what a service asks, at which hour, and opens the proof of it', async () => {
    const { country, sami } = getDesks();
    const { entries, services, officers } = country.getPlanted('night-approval');
    await ask(sami, 'who-approved', { service: services[0] ?? '' });
    const row = sami.page.locator('[data-table="entries"] tr', { has: sami.page.locator(`a[href="/audit/entries/${entries[0]}"]`) });
    const approver = await country.storage.staff.findOfficer(officers[0] ?? '');
    const [, english = ''] = approver?.name.split(' · ') ?? [];
    expect(await row.textContent()).toContain(english);
    expect(await row.textContent()).toMatch(/ 0[23]:\d\d/);
    await sami.check('who-approved');
    await row.locator('a').last().click();
    await sami.page.locator('[data-verdict="waiting"]').waitFor({ state: 'hidden' });
    expect(await sami.page.locator('[data-verdict]:not([hidden])').getAttribute('data-verdict')).toBe('valid');
    await sami.check('entry');
  });

  test('U9 sees which auditor keeps opening one person, and that every look of this day is there too', async () => {
    const { country, noura, sami } = getDesks();
    const [curious = ''] = country.getPlanted('curious-auditor').officers;
    await noura.open('/audit/anomalies?days=365');
    await noura.press('question-curious-auditor');
    await noura.page.locator(`[data-table="lookers"] a[href*="officer=${curious}"]`).first().click();
    await noura.page.waitForURL(`**officer=${curious}**`);
    expect(await readFigure(noura, 'looks')).toBeGreaterThanOrEqual(country.getPlanted('curious-auditor').entries.length);
    await noura.check('looks-and-unmaskings');
    await noura.open(`/audit/questions/looks-and-unmaskings?ask=1&officer=${sami.id}`);
    expect(await readFigure(noura, 'looks')).toBeGreaterThan(10);
    expect(await readFigure(noura, 'unmaskings')).toBeGreaterThan(0);
  });
}
