// Auditors at their desks, in the browser, on the log of a made-up country in which faults were planted: journeys U1 to U10 of the domain model. Noura works in Arabic on a
// phone, Sami in English on a wide screen; each page they come through is checked.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findZipFiles } from '../../src/verifier/pack-files.ts';
import { createAuditCountry } from '../support/audit-country.ts';
import type { AuditCountry } from '../support/audit-country.ts';
import { bringAuditor, confirmAct } from '../support/auditor-journey.ts';
import type { Auditor } from '../support/auditor-journey.ts';
import { runProgram } from '../support/command.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { openAccountPage } from '../support/visits.ts';
import { walkLog } from './auditor-log.ts';
import { walkSweep } from './auditor-sweep.ts';

const caseNumber = '1447/Q/31';

async function download(page: Page, action: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-action="${action}"]`).click()]);
  return readFileSync(await file.path());
}

describeWithBrowser('auditors', (getBrowser) => {
  let country: AuditCountry;
  let noura: Auditor;
  let sami: Auditor;
  /** Whose data left after they had withdrawn, and where that stands in the log. */
  let complainant: Traveller;
  let disputed: number;
  let caseUrl: string;
  let pseudonym: string;

  beforeAll(async () => {
    country = await createAuditCountry();
    const browser = getBrowser();
    noura = await bringAuditor({ browser, country, language: 'ar', name: 'نورة السالم · Noura Alsalem' });
    sami = await bringAuditor({ browser, country, language: 'en', name: 'سامي الحربي · Sami Alharbi' });
    [disputed = -1] = country.getPlanted('after-withdrawal').entries;
    const [entry] = await country.storage.ledger.readEntries(disputed, disputed + 1);
    complainant = createTraveller(country.issuer);
    await enrol(complainant, await country.invitePerson(entry?.personRef ?? ''));
  });

  afterAll(async () => {
    await Promise.all([noura.leave(), sami.leave()]);
    await country.close();
  });

  /** What the person downloads at home and brings along. */
  async function takeReceipt(service: string): Promise<string> {
    await openAccountPage(complainant);
    const page = await complainant.agent.get(`${country.issuer}/account/services/${service}`);
    const [, path = ''] = /href="(\/account\/receipts\/[^"]*\.json)"/.exec(page.body) ?? [];
    return (await complainant.agent.get(`${country.issuer}${path}`)).body;
  }

  test('U1 opens a case on a complaint, finds the person by their own receipt, and sees which release is disputed', async () => {
    const { page } = noura;
    await noura.open('/audit/cases');
    await noura.press('new-case');
    await page.locator('#number').fill(caseNumber);
    await page.locator('#authority').fill('هيئة حماية البيانات');
    await page.locator('input[name="basis"][value="complaint"]').check();
    await page.locator('input[name="scope"][value="all"]').check();
    await noura.press('open');
    // The last day is missing: what was typed is still there.
    expect(await page.locator('[data-error]').getAttribute('data-error')).toBe('request/invalid');
    expect(await page.locator('#number').inputValue()).toBe(caseNumber);
    await noura.check('case-new');
    await page.locator('#ends').fill('2026-06-30');
    await noura.press('open');
    caseUrl = new URL(page.url()).pathname;
    await page.locator('#member').selectOption({ label: 'سامي الحربي' });
    await noura.press('add');
    expect(await page.locator('[data-member]').count()).toBe(2);
    await noura.check('case');

    await noura.press('part-people');
    await page.locator('#receipt').fill(await takeReceipt('moh-appointments'));
    await noura.press('find-receipt');
    pseudonym = (await page.locator('[data-person] .code').textContent()) ?? '';
    expect(pseudonym).toMatch(/^P-[0-9A-Z]{12}$/);
    await noura.check('case-people');
    await noura.press('ask-shared');
    const flawed = page.locator('[data-table="entries"] tr', { has: page.getByText('بعد السحب') });
    expect(await flawed.count()).toBe(1);
    expect(await flawed.locator('a').first().getAttribute('href')).toBe(`/audit/entries/${disputed}`);
    await noura.check('shared-about-person');
  });

  test('U2 disproves it with the consent and with what was on the screen, each step a link from the one before', async () => {
    const { page } = noura;
    const flawed = page.locator('[data-table="entries"] tr', { has: page.getByText('بعد السحب') });
    await flawed.locator('a[href*="prove-consent"]').click();
    await page.waitForURL('**/questions/prove-consent**');
    const findings = page.locator('[data-finding]');
    expect(await findings.evaluateAll((all) => all.map((one) => [one.dataset['finding'], one.dataset['holds']].join(' ')))).toEqual([
      'decision-known true',
      'releases-stand false',
    ]);
    await noura.check('prove-consent');
    await page.locator('[data-table="entries"] a[href*="what-was-shown"]').first().click();
    await page.waitForURL('**/questions/what-was-shown**');
    expect(await page.locator('[data-finding="notice-matches"]').getAttribute('data-holds')).toBe('true');
    expect(await page.locator('.shown-text p').count()).toBeGreaterThan(5);
    await noura.check('what-was-shown');

    await page.goBack();
    await noura.press('pack');
    await page.locator('#recipient').fill('المحكمة الإدارية');
    await page.locator('#reason').fill('مشاركة بعد السحب');
    await noura.check('exports');
    await noura.press('ask');
    await noura.check('export');
    const file = await download(page, 'fetch');
    // A colleague has the file and Node, and nothing else.
    const machine = mkdtempSync(join(tmpdir(), 'colleague-'));
    writeFileSync(join(machine, 'verify.mjs'), findZipFiles(file)?.get('verify.mjs') ?? '');
    writeFileSync(join(machine, 'pack.zip'), file);
    const verified = await runProgram([join(machine, 'verify.mjs'), join(machine, 'pack.zip')]);
    expect([verified.code, verified.stderr]).toEqual([0, '']);
    expect(verified.stdout).toContain('VALID');
    rmSync(machine, { recursive: true });
  });

  test('U4 one asks who it is, the other agrees, both with their passkeys; the name is shown once, and the person was told', async () => {
    await noura.open(`${caseUrl}/people`);
    await noura.press('ask-unmask');
    await noura.page.locator('#reason').fill('الشكوى تخص مشاركة بعد السحب، ويلزم إبلاغ صاحبها بالنتيجة.');
    await noura.page.locator('input[name="minutes"][value="60"]').check();
    await noura.check('unmasks');
    await noura.press('ask');
    await noura.check('unmask-confirm');
    await confirmAct(noura);
    const unmaskUrl = new URL(noura.page.url()).pathname;
    expect(await noura.page.locator('[data-action="approve"]').count()).toBe(0);

    await sami.open(caseUrl);
    await sami.press('part-unmask');
    await sami.page.locator(`a[href="${unmaskUrl}"]`).click();
    await sami.page.waitForURL(`**${unmaskUrl}`);
    await sami.check('unmask');
    await sami.press('approve');
    await confirmAct(sami);

    await noura.open(unmaskUrl);
    await noura.press('show');
    const shown = (await noura.page.locator('main').textContent()) ?? '';
    expect(shown).toMatch(/\b[A-Z]?\d{7,10}\b/);
    await noura.check('unmask-shown');
    await openAccountPage(complainant);
    const activity = await complainant.agent.get(`${country.issuer}/account/activity`);
    expect(activity.body).toContain(caseNumber);
  });

  test('U6 counts whom a breach concerns, and two auditors make the list of those who have to be told', async () => {
    const { page } = sami;
    await sami.open('/audit/cases/new');
    await page.locator('#number').fill('1447/B/2');
    await page.locator('#authority').fill('Data Protection Authority');
    await page.locator('input[name="basis"][value="breach"]').check();
    await page.locator('input[name="scope"][value="all"]').check();
    await page.locator('#ends').fill('2026-06-30');
    await sami.press('open');
    await page.locator('#member').selectOption({ label: 'Noura Alsalem' });
    await sami.press('add');
    await sami.press('part-questions');
    await sami.press('breach-scope');
    await page.locator('#service').selectOption('library-reading');
    await page.locator('#from').fill('2025-10-01');
    await page.locator('#to').fill('2025-12-31');
    await sami.press('ask');
    const people = Number(await page.locator('[data-figure="people"] .figure-value').textContent());
    expect(people).toBeGreaterThan(1);
    await sami.check('breach-scope');
    await sami.press('breach-list');
    await page.locator('#reason').fill('The service reported that its database was copied.');
    await page.locator('input[name="minutes"][value="60"]').check();
    await sami.check('breach-lists');
    await sami.press('ask');
    await confirmAct(sami);
    const listUrl = new URL(page.url()).pathname;
    await noura.open(listUrl);
    await noura.check('breach-list');
    await noura.press('approve');
    await confirmAct(noura);
    await sami.open(listUrl);
    const lines = (await download(page, 'fetch')).toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(people + 1);
  });

  walkSweep(() => ({ country, noura, sami }));
  walkLog(() => ({ country, noura, sami, witnessed: country.witnessed }));

  test('the browsers had nothing to complain about', () => {
    const isExpected = (complaint: string): boolean => complaint.includes('status of 400');
    expect([...noura.complaints, ...sami.complaints].filter((complaint) => !isExpected(complaint))).toEqual([]);
  });
});
