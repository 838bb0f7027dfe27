// A complaint of one person: the case, the person found, the disputed release, its proof, and who they are.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { findZipFiles } from '../../src/verifier/pack-files.ts';
import { confirmAct } from '../support/auditor-journey.ts';
import type { Desks } from '../support/auditor-journey.ts';
import { runProgram } from '../support/command.ts';
import type { Traveller } from '../support/person-journey.ts';
import { openAccountPage } from '../support/visits.ts';

export type Complaint = {
  readonly number: string;
  /** Whose data left after they had withdrawn, and where that stands in the log. */
  readonly person: Traveller;
  readonly disputed: number;
};

const words = {
  ar: {
    authority: 'هيئة حماية البيانات',
    flaw: 'بعد السحب',
    court: 'المحكمة الإدارية',
    reason: 'مشاركة بعد السحب',
    unmask: 'الشكوى تخص مشاركة بعد السحب، ويلزم إبلاغ صاحبها بالنتيجة.',
    search: 'ما يخص الشكوى',
  },
  en: {
    authority: 'Data Protection Authority',
    flaw: 'after a withdrawal',
    court: 'Administrative Court',
    reason: 'A release after the withdrawal',
    unmask: 'The complaint is about a release after a withdrawal. Its result has to be told.',
    search: 'What the complaint is about',
  },
} as const;

export async function download(page: Page, action: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-action="${action}"]`).click()]);
  return readFileSync(await file.path());
}

/** What the person downloads at home and brings along. */
async function takeReceipt(issuer: string, person: Traveller, service: string): Promise<string> {
  await openAccountPage(person);
  const page = await person.agent.get(`${issuer}/account/services/${service}`);
  const [, path = ''] = /href="(\/account\/receipts\/[^"]*\.json)"/.exec(page.body) ?? [];
  return (await person.agent.get(`${issuer}${path}`)).body;
}

/** A colleague has the file and Node, and nothing else. */
async function verifyElsewhere(pack: Buffer): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const machine = mkdtempSync(join(tmpdir(), 'colleague-'));
  writeFileSync(join(machine, 'verify.mjs'), findZipFiles(pack)?.get('verify.mjs') ?? '');
  writeFileSync(join(machine, 'pack.zip'), pack);
  const verified = await runProgram([join(machine, 'verify.mjs'), join(machine, 'pack.zip')]);
  rmSync(machine, { recursive: true });
  return verified;
}

export function walkComplaint(getDesks: () => Desks & { readonly complaint: Complaint }): void {
  let caseUrl: string;
  let pseudonym: string;

  test('U1 opens a case on a complaint, finds the person by their own receipt, and sees which release is disputed', async () => {
    const { country, lead, second, complaint } = getDesks();
    const { page, language } = lead;
    const { authority, flaw } = words[language];
    await lead.open('/audit/cases');
    await lead.press('new-case');
    await page.locator('#number').fill(complaint.number);
    await page.locator('#authority').fill(authority);
    await page.locator('input[name="basis"][value="complaint"]').check();
    await page.locator('input[name="scope"][value="all"]').check();
    await lead.press('open');
    // The last day is missing: what was typed is still there.
    expect(await page.locator('[data-error]').getAttribute('data-error')).toBe('request/invalid');
    expect(await page.locator('#number').inputValue()).toBe(complaint.number);
    await lead.check('case-new');
    await page.locator('#ends').fill('2026-06-30');
    await lead.press('open');
    caseUrl = new URL(page.url()).pathname;
    await page.locator('#member').selectOption({ label: second.names[language] });
    await lead.press('add');
    expect(await page.locator('[data-member]').count()).toBe(2);
    await lead.check('case');

    await lead.press('part-people');
    await page.locator('#receipt').fill(await takeReceipt(country.issuer, complaint.person, 'moh-appointments'));
    await lead.press('find-receipt');
    pseudonym = (await page.locator('[data-person] .code').textContent()) ?? '';
    expect(pseudonym).toMatch(/^P-[0-9A-Z]{12}$/);
    await lead.check('case-people');
    await lead.press('ask-shared');
    const flawed = page.locator('[data-table="entries"] tr', { has: page.getByText(flaw) });
    expect(await flawed.count()).toBe(1);
    expect(await flawed.locator('a').first().getAttribute('href')).toBe(`${caseUrl}/entries/${complaint.disputed}`);
    await lead.check('shared-about-person');
  });

  test('U1 one keeps a search within the case; the other asks it again, now and as the log stood', async () => {
    const { lead, second } = getDesks();
    const { search } = words[lead.language];
    const asOf = (await lead.page.locator('[data-as-of]').getAttribute('data-as-of')) ?? '';
    await lead.page.locator('details:has(#name)').evaluate((details) => details.setAttribute('open', ''));
    await lead.page.locator('#name').fill(search);
    await lead.press('keep');
    await second.open(caseUrl);
    await second.press('part-saved');
    expect(await second.page.locator('[data-saved] h2').textContent()).toBe(search);
    await second.check('saved-searches');
    await second.press('ask-as-of');
    expect(await second.page.locator('[data-as-of]').getAttribute('data-as-of')).toBe(asOf);
    const flawed = second.page.locator('[data-table="entries"] tr', { has: second.page.getByText(words[second.language].flaw) });
    expect(await flawed.count()).toBe(1);
    await second.page.goBack();
    await second.press('ask-now');
    expect(Number(await second.page.locator('[data-as-of]').getAttribute('data-as-of'))).toBeGreaterThan(Number(asOf));
  });

  test('U2 disproves it with the consent and with what was on the screen, each step a link from the one before', async () => {
    const { lead } = getDesks();
    const { page, language } = lead;
    const { flaw, court, reason } = words[language];
    await lead.open(`${caseUrl}/people`);
    await lead.press('ask-shared');
    const flawed = page.locator('[data-table="entries"] tr', { has: page.getByText(flaw) });
    await flawed.locator('a[href*="prove-consent"]').click();
    await page.waitForURL('**/questions/prove-consent**');
    const findings = page.locator('[data-finding]');
    expect(await findings.evaluateAll((all) => all.map((one) => [one.dataset['finding'], one.dataset['holds']].join(' ')))).toEqual([
      'decision-known true',
      'releases-stand false',
      'notice-matches true',
    ]);
    await lead.check('prove-consent');
    await page.locator('[data-table="entries"] a[href*="what-was-shown"]').first().click();
    await page.waitForURL('**/questions/what-was-shown**');
    expect(await page.locator('[data-finding="notice-matches"]').getAttribute('data-holds')).toBe('true');
    expect(await page.locator('.shown-text p').count()).toBeGreaterThan(5);
    await lead.check('what-was-shown');

    await page.goBack();
    await lead.press('pack');
    await page.locator('#recipient').fill(court);
    await page.locator('#reason').fill(reason);
    await lead.check('exports');
    await lead.press('ask');
    await lead.check('export');
    const verified = await verifyElsewhere(await download(page, 'fetch'));
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    expect(verified.stdout).toContain('VALID');
  });

  test('U4 one asks who it is, the other agrees, both with their passkeys; the name is shown once, and the person was told', async () => {
    const { country, lead, second, complaint } = getDesks();
    await lead.open(`${caseUrl}/people`);
    await lead.press('ask-unmask');
    await lead.page.locator('#reason').fill(words[lead.language].unmask);
    await lead.page.locator('input[name="minutes"][value="60"]').check();
    await lead.check('unmasks');
    await lead.press('ask');
    await lead.check('unmask-confirm');
    await confirmAct(lead);
    const unmaskUrl = new URL(lead.page.url()).pathname;
    expect(await lead.page.locator('[data-action="approve"]').count()).toBe(0);

    await second.open('/audit');
    await second.check('desk');
    await second.page.locator(`[data-waiting="unmask"] a[href="${unmaskUrl}"]`).click();
    await second.page.waitForURL(`**${unmaskUrl}`);
    await second.check('unmask');
    await second.press('approve');
    await confirmAct(second);
    await second.open('/audit');
    expect(await second.page.locator('[data-waiting]').count()).toBe(0);

    await lead.open('/audit/cases');
    await lead.check('cases');
    await lead.open(unmaskUrl);
    await lead.press('show');
    const shown = (await lead.page.locator('main').textContent()) ?? '';
    expect(shown).toMatch(/\b[A-Z]?\d{7,10}\b/);
    expect(shown).toContain(pseudonym);
    await lead.check('unmask-shown');
    await openAccountPage(complaint.person);
    const activity = await complaint.person.agent.get(`${country.issuer}/account/activity`);
    expect(activity.body).toContain(complaint.number);
  });
}
