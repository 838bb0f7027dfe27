// What a person does with what is theirs, in a real browser, in both languages, on a phone and on a desk: signs for a sensitive consent, asks who saw their
// data and complains (C7), takes everything along and closes the account (C20), signs out and reads what the services say (C18).

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bringOfficer } from '../support/browser-officer.ts';
import type { BrowserOfficer } from '../support/browser-officer.ts';
import {
  allowOnly,
  askService,
  confirmInBrowser,
  enrolInBrowser,
  press,
  readNotice,
  readReceived,
  usePasskey,
} from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createDemoWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { startWalk } from '../support/walk.ts';
import type { Walk } from '../support/walk.ts';

const everythingSchema = z.object({
  format: z.literal('huwiya-take/1'),
  consents: z.array(z.unknown()).length(2),
  receipts: z.array(z.object({ file: z.unknown() })).length(2),
  activity: z.array(z.unknown()).min(1),
  reports: z.array(z.object({ case: z.string(), answer: z.string() })).length(1),
});

const widths: [number, number] = [390, 1280];

const readStates = async (states: Locator): Promise<readonly (string | null)[]> =>
  Promise.all((await states.all()).map(async (state) => state.getAttribute('data-left')));

/** Presses "look again" until nothing is being tried any more. */
async function readLeft(page: Page): Promise<readonly (string | null)[]> {
  for (let tries = 0; tries < 40 && (await page.locator('[data-left="trying"]').count()) > 0; tries += 1) {
    await page.waitForTimeout(250);
    const isThere = page.waitForEvent('load');
    await press(page, 'look-again');
    await isThere;
  }
  return readStates(page.locator('[data-left]'));
}

describeWithBrowser('what a person does with what is theirs', (getBrowser) => {
  let world: RealWorld;
  let officer: BrowserOfficer;

  beforeAll(async () => {
    world = await createDemoWorld();
    const link = await world.inviteOfficer('auditor');
    officer = await bringOfficer({ browser: getBrowser(), language: 'ar', link, look: async () => undefined });
  }, 90_000);

  afterAll(async () => {
    await officer.leave();
    await world.close();
  });

  const routes = [
    {
      language: 'ar',
      number: '1000000008',
      purpose: 'تجديد تصريح العمل',
      words: 'طُلب بريدي في يوم لم أدخل فيه الخدمة.',
      answer: 'راجعنا القيد. كان الطلب في حدود موافقتك.',
    },
    {
      language: 'en',
      number: '2000000006',
      purpose: 'Renew a work permit',
      words: 'My phone was asked for on a day I was away.',
      answer: 'We checked. It was within your consent.',
    },
  ] as const;

  describe.each(takeTurn(routes, 1))('in $language', ({ language, number, purpose, words, answer }) => {
    let walk: Walk;
    let person: BrowserPerson;
    let page: Page;
    let receipt: string;

    const signIn = async (url: string): Promise<void> => {
      await page.goto(url);
      await page.locator('[data-action="use-passkey"]').waitFor();
      await usePasskey(person);
    };

    const saveDownload = async (action: string, name: string): Promise<string> => {
      const event = page.waitForEvent('download');
      await press(page, action);
      const file = join(world.folder, `${language}-${name}`);
      await (await event).saveAs(file);
      return file;
    };

    beforeAll(async () => {
      walk = await startWalk({ browser: getBrowser(), world, language, widths });
      person = walk.person;
      page = person.page;
      await enrolInBrowser(person, await world.invite(number));
      await person.authenticator.setPresent(false);
      await askService(person, world.permitUrl);
      await usePasskey(person);
      await allowOnly(person, ['email']);
      await page.waitForURL(`${world.permitUrl}/`);
    }, 90_000);

    afterAll(async () => {
      await walk.close();
    });

    test('a sensitive consent waits for the passkey, and nothing is shared before it', async () => {
      await page.goto(`${world.clinicUrl}/?lang=${language}`);
      await person.look(page, 'clinic-start');
      await page.locator('[data-purpose="home-visit"]').click();
      await press(page, 'allow');
      await page.waitForURL('**/confirm');
      expect(await page.locator('[data-action="refuse"]').count()).toBe(1);
      await person.authenticator.setUserVerified(false);
      await person.authenticator.setPresent(true);
      await press(page, 'use-passkey');
      await page.locator('[data-ceremony-message] .notice').waitFor();
      await person.authenticator.setUserVerified(true);
      await confirmInBrowser(person);
      await page.waitForURL(`${world.clinicUrl}/`);
      expect(await readReceived(person)).toMatchObject({ disability_support: true });
      await person.look(page, 'home-visit');
    });

    test('the receipt holds the signature, and a verifier that asks nobody believes it', async () => {
      await page.goto(`${world.issuer}/account/services/moh-clinic`);
      receipt = await saveDownload('receipt', 'receipt.json');
      const verified = await world.run('receipt', 'verify', receipt, '--json');
      expect(verified.code).toBe(0);
      expect(JSON.parse(verified.stdout)).toMatchObject({ isValid: true });
      expect(verified.stdout).toContain('"confirmation"');
    });

    test('C7 who saw my data: the thread by service and detail, one entry opened, with its reason and ground', async () => {
      await page.goto(`${world.issuer}/account/activity`);
      await page.locator('select[name="service"]').selectOption('mol-work-permit');
      await page.locator('select[name="attribute"]').selectOption('email');
      await page.locator('.filters button').click();
      await page.waitForURL('**attribute=email**');
      await person.look(page, 'activity');
      await press(page, 'open-entry');
      await person.look(page, 'activity-entry');
      expect(await page.locator('dl.facts > div').count()).toBeGreaterThanOrEqual(5);
      expect(await page.locator('dl.facts').textContent()).toContain(purpose);
    });

    test('C7 a complaint gets a case number, and the answer of an auditor who sees no name', async () => {
      await press(page, 'report');
      await page.locator('#words').waitFor();
      await person.look(page, 'report');
      await page.locator('#category-not-me').check();
      await page.locator('#words').fill(words);
      await press(page, 'report');
      await page.waitForURL('**/account/reports**');
      const [caseNumber = ''] = (await page.locator('main').textContent())?.match(/C-[0-9A-Z]{4}-[0-9A-Z]{4}/) ?? [];
      expect(caseNumber).not.toBe('');
      await officer.page.goto(`${world.issuer}/audit/reports/${caseNumber}`);
      expect(await officer.page.locator('.report-words').textContent()).toBe(words);
      expect(await officer.page.content()).not.toMatch(/سارة|القحطاني|Maria|Santos|1000000008|2000000006/);
      await officer.page.locator('#answer').fill(answer);
      await press(officer.page, 'answer');
      await officer.page.waitForURL('**/audit/reports**');
      await page.reload();
      expect(await page.locator('main').textContent()).toContain(answer);
      await person.look(page, 'reports');
    });

    test('C20 everything is taken along as one file, and each receipt in it proves itself', async () => {
      await page.goto(`${world.issuer}/account/take`);
      await person.look(page, 'take');
      const file = await saveDownload('take', 'everything.json');
      const { receipts, reports } = everythingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      expect(reports[0]?.answer).toBe(answer);
      const one = join(world.folder, `${language}-one.json`);
      writeFileSync(one, JSON.stringify(receipts[0]?.file));
      expect(await world.run('receipt', 'verify', one)).toMatchObject({ code: 0 });
    });

    test('C18 signing out everywhere is confirmed by each service, and each has forgotten the visit', async () => {
      await page.goto(`${world.issuer}/account`);
      await press(page, 'sign-out');
      await page.waitForURL('**/signed-out');
      expect(await readLeft(page)).toEqual(['told', 'told']);
      await person.look(page, 'signed-out');
      for (const url of [world.permitUrl, world.clinicUrl]) {
        await page.goto(url);
        expect(await readNotice(person)).toBe('ended');
      }
      await signIn(`${world.issuer}/account/security`);
      expect(await readStates(page.locator('[data-left]'))).toEqual(['told', 'told']);
      await press(page, 'sign-out');
      await page.waitForURL('**/signed-out');
    });

    test('C20 the account is closed within the law: nobody is signed in, and every proof goes on proving', async () => {
      await signIn(`${world.issuer}/account/close`);
      await person.look(page, 'close');
      await press(page, 'close');
      await page.waitForURL('**/account/closed');
      await person.look(page, 'closed');
      await page.goto(`${world.issuer}/account`);
      await page.locator('[data-action="use-passkey"]').waitFor();
      expect(await world.run('receipt', 'verify', receipt)).toMatchObject({ code: 0 });
      expect(await world.run('audit', 'verify')).toMatchObject({ code: 0 });
    });

    test('every page spoke the language of the person, and the browser had nothing to complain about', () => {
      expect(walk.complaints).toEqual([]);
      const names = ['confirm', 'activity', 'activity-entry', 'report', 'reports', 'take', 'signed-out', 'close', 'closed'];
      expect(names.filter((name) => !walk.met.has(name))).toEqual([]);
    });
  });
});
