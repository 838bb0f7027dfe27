// Without a case: a sweep over a quarter, an investigation of a counter, the trail of approvals, auditors about auditors.

import { expect, test } from 'vitest';
import type { AuditCountry } from '../support/audit-country.ts';
import { confirmAct } from '../support/auditor-journey.ts';
import type { Auditor, Desks } from '../support/auditor-journey.ts';

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

const inspection = '1447/I/5';

const reasons = {
  ar: { authority: 'ديوان المحاسبة', reason: 'خدم هذا الموظف أربعة وعشرين شخصا في سبع عشرة دقيقة.' },
  en: { authority: 'Court of Audit', reason: 'This officer served twenty-four people in seventeen minutes.' },
} as const;

async function openInspection({ lead, second }: Pick<Desks, 'lead' | 'second'>): Promise<void> {
  const { page, language } = lead;
  await lead.open('/audit/cases/new');
  await page.locator('#number').fill(inspection);
  await page.locator('#authority').fill(reasons[language].authority);
  await page.locator('input[name="basis"][value="inspection"]').check();
  await page.locator('input[name="scope"][value="all"]').check();
  await page.locator('#ends').fill('2026-06-30');
  await lead.press('open');
  await page.locator('#member').selectOption({ label: second.names[language] });
  await lead.press('add');
}

/** From the case to the page that asks for the passkey. */
async function propose(lead: Auditor, subject: string): Promise<void> {
  await lead.press('part-suspensions');
  await lead.page.locator('#subject').selectOption(subject);
  await lead.page.locator('#reason').fill(reasons[lead.language].reason);
  await lead.check('suspensions');
  await lead.press('ask');
}

const statusChanged = { ar: 'حالة موظف', en: 'status of an officer' } as const;

const sweeps = [
  ['released-without-record', 'no-record', 'no-record'],
  ['released-after-end', 'after-withdrawal', 'after-withdrawal'],
  ['released-after-end', 'after-expiry', 'after-expiry'],
  ['beyond-purpose', 'beyond-purpose', 'outside-purpose'],
] as const;

export function walkSweep(getDesks: () => Desks & { readonly suspends: boolean }): void {
  test('U3 sweeps all agencies over a quarter, finds exactly what was planted in it, and draws a sample that a colleague draws again', async () => {
    const { country, lead, second } = getDesks();
    await lead.open('/audit/questions');
    await lead.check('questions');
    for (const [question, figure, kind] of sweeps) {
      await ask(lead, question, quarter);
      expect([kind, await readFigure(lead, figure)]).toEqual([kind, await countPlanted(country, kind)]);
    }
    await lead.check('beyond-purpose');
    await lead.page.locator('[data-figure="beyond-purpose"] a').click();
    await lead.page.waitForURL('**/audit/questions/entries?**');
    expect(await countRows(lead, 'entries')).toBe(await countPlanted(country, 'outside-purpose'));
    await lead.check('fact-entries');
    await ask(lead, 'answer-times', quarter);
    expect(await readFigure(lead, 'overdue')).toBeGreaterThan(0);
    await ask(lead, 'approved-never-used', { days: '90' });
    expect(await countRows(lead, 'never-used')).toBeGreaterThan(0);
    await ask(lead, 'compare-agencies', quarter);
    expect(await countRows(lead, 'agencies')).toBeGreaterThan(20);
    await lead.check('compare-agencies');

    await ask(lead, 'random-sample', { seed: '20261', count: '50' });
    const drawn = await lead.page.locator('[data-table="sample"] tbody a').allTextContents();
    expect(drawn).toHaveLength(50);
    const size = (await lead.page.locator('[data-as-of]').getAttribute('data-as-of')) ?? '';
    await ask(second, 'random-sample', { seed: '20261', count: '50', as_of: size });
    expect(await second.page.locator('[data-table="sample"] tbody a').allTextContents()).toEqual(drawn);
    await second.check('random-sample');
  });

  test('U5 goes from what stands out at a counter to one officer, whom two auditors suspend, or let work again; the log says by whom', async () => {
    const { country, lead, second, suspends } = getDesks();
    const [officer = ''] = country.getPlanted('counter-burst').officers;
    const readFound = async (): Promise<readonly (string | null)[]> => {
      await lead.open('/audit');
      return lead.page.locator('[data-found]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-found')));
    };
    // The rules were at work before anybody asked.
    await expect.poll(readFound).not.toEqual([]);
    const found = await readFound();
    await lead.press('anomalies');
    const shown = await lead.page.locator('section[data-rule]').evaluateAll((all) => all.map((one) => one.getAttribute('data-rule')));
    expect(shown).toEqual(expect.arrayContaining([...found]));
    await lead.open('/audit/anomalies?days=365');
    await lead.check('anomalies');
    await lead.press('question-counter-burst');
    await lead.check('acts-at-counter');
    await lead.page.locator(`[data-table="officers"] a[href*="officer=${officer}"]`).click();
    await lead.page.waitForURL(`**officer=${officer}**`);
    expect(await countRows(lead, 'officers')).toBe(1);
    expect(await readFigure(lead, 'acts')).toBeGreaterThanOrEqual(country.getPlanted('counter-burst').entries.length);

    if (suspends) {
      await openInspection({ lead, second });
    } else {
      await lead.open('/audit/cases');
      await lead.page.getByText(inspection, { exact: true }).click();
      await lead.page.waitForURL(/cases\/[0-9a-f-]{36}$/);
    }
    await propose(lead, `${suspends ? 'suspend' : 'resume'}:officer:${officer}`);
    await confirmAct(lead);
    const proposed = new URL(lead.page.url()).pathname;
    await second.open('/audit');
    await second.page.locator(`[data-waiting="suspension"] a[href="${proposed}"]`).click();
    await second.page.waitForURL(`**${proposed}`);
    await second.check('suspension');
    await second.press('approve');
    await second.check('suspension-confirm');
    await confirmAct(second);
    expect((await country.storage.staff.findOfficer(officer))?.status).toBe(suspends ? 'suspended' : 'active');
    await ask(lead, 'operator-acts', { from: '2026-01-01', to: '' });
    await lead.check('operator-acts');
    expect(await lead.page.locator('main').textContent()).toContain(statusChanged[lead.language]);
  });

  test('U8 reads who approved what a service asks, at which hour, and opens the proof of it', async () => {
    const { country, lead } = getDesks();
    const { entries, services, officers } = country.getPlanted('night-approval');
    await ask(lead, 'who-approved', { service: services[0] ?? '' });
    const row = lead.page.locator('[data-table="entries"] tr', { has: lead.page.locator(`a[href="/audit/entries/${entries[0]}"]`) });
    const approver = await country.storage.staff.findOfficer(officers[0] ?? '');
    const [arabic = '', english = ''] = approver?.name.split(' · ') ?? [];
    expect(await row.textContent()).toContain({ ar: arabic, en: english }[lead.language]);
    expect(await row.textContent()).toMatch(/ 0[23]:\d\d/);
    await lead.check('who-approved');
    await row.locator('a').last().click();
    await lead.page.locator('[data-verdict="waiting"]').waitFor({ state: 'hidden' });
    expect(await lead.page.locator('[data-verdict]:not([hidden])').getAttribute('data-verdict')).toBe('valid');
    await lead.check('entry');
  });

  test('U9 sees which auditor keeps opening one person, and that every look of this day is there too', async () => {
    const { country, lead, second } = getDesks();
    const [curious = ''] = country.getPlanted('curious-auditor').officers;
    await lead.open('/audit/anomalies?days=365');
    await lead.press('question-curious-auditor');
    await lead.page.locator(`[data-table="lookers"] a[href*="officer=${curious}"]`).first().click();
    await lead.page.waitForURL(`**officer=${curious}**`);
    expect(await readFigure(lead, 'looks')).toBeGreaterThanOrEqual(country.getPlanted('curious-auditor').entries.length);
    await lead.check('looks-and-unmaskings');
    await lead.open(`/audit/questions/looks-and-unmaskings?ask=1&officer=${second.id}`);
    expect(await readFigure(lead, 'looks')).toBeGreaterThan(10);
    expect(await readFigure(lead, 'unmaskings')).toBeGreaterThan(0);
  });
}
