// A certificate at the demo's clinic, which is told how its holder's identity was checked: from the counter where an officer looked at a document, over the page that says so,
// to the certificate; and the same without any check. In both languages, on a phone.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTexts } from '../../views/messages/messages.ts';
import { bringOfficer } from '../support/browser-officer.ts';
import type { BrowserOfficer } from '../support/browser-officer.ts';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import { allowOnly, press, readReceived, usePasskey } from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createDemoWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { verifiedForm } from '../support/verified-form.ts';

type Language = 'ar' | 'en';

async function look(page: Page, name: string): Promise<void> {
  expect({ name, violations: await runAxe(page) }).toEqual({ name, violations: [] });
}

async function createPerson(browser: Browser, world: RealWorld, language: Language): Promise<BrowserPerson> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: language });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { page, authenticator: await addVirtualAuthenticator(page), world, language, look };
}

/** What the officer found of a passport in the hand, and the code for it. */
async function handOver(
  { page, authenticator }: BrowserOfficer,
  { number, born }: { readonly number: string; readonly born: string },
): Promise<string> {
  const { t } = createTexts('ar');
  const byLabel = (key: Parameters<typeof t>[0]) => page.getByLabel(t(key), { exact: true });
  await byLabel('counter-number').fill(number);
  await press(page, 'find');
  await byLabel('evidence-document').selectOption({ label: t('document-passport') });
  await byLabel('evidence-issuer').fill('Directorate of Passports');
  await byLabel('evidence-country').fill('SEN');
  await byLabel('evidence-digits').fill('42');
  await byLabel('evidence-expiry').fill('2099-12-31');
  await byLabel('evidence-birth').fill(born);
  await byLabel('evidence-vpip').check();
  await byLabel('evidence-face').check();
  await authenticator.setPresent(false);
  await press(page, 'hand-over');
  const button = page.locator('[data-ceremony="hand-over"] [data-action="use-passkey"]');
  await button.waitFor();
  await page.locator('#holder').check();
  await authenticator.setPresent(true);
  await button.click();
  const code = (await page.locator('[data-code]').textContent()) ?? '';
  await press(page, 'next-person');
  return code;
}

async function enrolWith({ page, authenticator, world }: BrowserPerson, path: string): Promise<void> {
  await page.goto(`${world.issuer}/enrol/${path}`);
  await press(page, 'create-passkey');
  await page.waitForURL('**/enrol/done');
  await authenticator.setPresent(false);
}

/** To the page that asks, or tells. */
async function askForCertificate(person: BrowserPerson): Promise<void> {
  const { page, world, language } = person;
  await page.goto(`${world.clinicUrl}/?lang=${language}`);
  await page.locator('[data-purpose="vaccination-certificate"]').click();
  await usePasskey(person);
}

const why = { ar: 'يُشترط في شهادة السفر فحص الوثيقة.', en: 'Travel certificates need a checked document.' };

describeWithBrowser('a certificate for which the clinic is told how its holder was checked', (getBrowser) => {
  let world: RealWorld;
  let officer: BrowserOfficer;
  beforeAll(async () => {
    world = await createDemoWorld();
    officer = await bringOfficer({ browser: getBrowser(), language: 'ar', link: await world.inviteOfficer('registrar'), look });
  }, 90_000);
  afterAll(async () => {
    await officer.leave();
    await world.close();
  });

  test.each([
    { language: 'ar', number: '2000000006', born: '1984-11-02' },
    { language: 'en', number: 'V-20417793', born: '1997-02-19' },
  ] as const)(
    'names the document that an officer saw, after its holder read that it would ($language)',
    async ({ language, ...holder }) => {
      const { t } = createTexts(language);
      const person = await createPerson(getBrowser(), world, language);
      const { page } = person;
      await enrolWith(person, await handOver(officer, holder));
      await askForCertificate(person);
      await page.locator('[data-action="allow"]').waitFor();
      await look(page, 'consent');
      const asked = await page.locator('main').textContent();
      expect([t('term-verification'), why[language], t('verification-types')].filter((text) => asked?.includes(text) !== true)).toEqual([]);
      await allowOnly(person, []);
      await page.waitForURL(`${world.clinicUrl}/`);
      await look(page, 'certificate');
      expect(await page.locator('[data-check="high"]').textContent()).toContain({ ar: 'جواز سفر', en: 'Passport' }[language]);
      const { verified_claims: verified, ...plain } = await readReceived(person);
      const [element] = verifiedForm.parse(verified);
      expect(element?.verification).toEqual({
        trust_framework: 'urn:huwiya:proofing',
        assurance_level: 'high',
        evidence: [
          { type: 'document', document_details: { type: 'passport' }, check_details: [{ check_method: 'vpip' }, { check_method: 'pvp' }] },
        ],
      });
      expect(element?.claims).toMatchObject({ name: plain['name'], birth_year: plain['birth_year'] });
      // The ID token says who signed in and how, and nothing of a document.
      const exchanged = await page.locator('[data-exchange="exchanged"]').textContent();
      expect(exchanged).toContain('"acr"');
      expect(exchanged).not.toContain('verified_claims');
      await page.context().close();
    },
  );

  test('says that no document was checked of whoever came by a link of the operator', async () => {
    const person = await createPerson(getBrowser(), world, 'en');
    await enrolWith(person, (await world.invite('1000000008')).split('/enrol/')[1] ?? '');
    await askForCertificate(person);
    await look(person.page, 'notice');
    expect(await person.page.locator('main').textContent()).toContain(why.en);
    await press(person.page, 'continue');
    await person.page.waitForURL(`${world.clinicUrl}/`);
    await look(person.page, 'certificate');
    expect(await person.page.locator('[data-check="none"]').count()).toBe(1);
    expect(await readReceived(person)).not.toHaveProperty('verified_claims');
    await person.page.context().close();
  });
});
