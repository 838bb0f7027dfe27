// Enrolment at the counter, in the browser and in both languages: the officer finds a person, writes down what they saw and confirms it with their own passkey; the person
// types the code of the sheet or opens its picture, makes a passkey and at once a second one, and signs in to an agency that is told how their identity was checked.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createTexts } from '../../views/messages/messages.ts';
import type { MessageKey } from '../../views/messages/messages.ts';
import type { Verification } from '../../src/domain/agencies/agency.ts';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { press } from '../support/browser-person.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { exchangeCode, fetchUserInfo } from '../support/service.ts';
import { inviteStaff } from '../support/staff-journey.ts';
import { noChanges } from '../support/store-samples.ts';
import { verifiedForm } from '../support/verified-form.ts';
import { createRequest } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const why = { ar: 'يلزم الوزارة أن تعرف كيف جرى التحقق.', en: 'The Ministry has to know how it was checked.' };
const verification: Verification = { attributes: ['given_name'], parts: ['assurance_level', 'time'], evidence: 'types', why };
const asked = {
  verification: {
    trust_framework: null,
    assurance_level: null,
    evidence: [{ type: { value: 'document' }, document_details: { type: null } }],
  },
  claims: { given_name: null },
};

type Visitor = { readonly page: Page; readonly authenticator: VirtualAuthenticator; readonly leave: () => Promise<void> };

async function createVisitor(browser: Browser, locale: 'ar' | 'en', width: number): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, locale });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { page, authenticator: await addVirtualAuthenticator(page), leave: async () => context.close() };
}

/** Autofill may complete by itself before the button is pressed; both ways are good. */
async function usePasskey({ page, authenticator }: Visitor): Promise<void> {
  const button = page.locator('[data-action="use-passkey"]');
  await button.waitFor();
  expect(await runAxe(page)).toEqual([]);
  await authenticator.setPresent(true);
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await button.waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}

describeWithBrowser('enrolment at the counter', (getBrowser) => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const purposes = (registered?.purposes ?? []).filter(({ isDefault }) => isDefault);
    const changed = purposes.map((purpose) => ({ ...purpose, version: purpose.version + 1, verification }));
    await world.storage.agencies.saveChanges({ ...noChanges, purposes: changed });
  });
  afterAll(async () => {
    await world.close();
  });

  test.each([
    { language: 'ar', width: 390, way: 'types the code' },
    { language: 'en', width: 1280, way: 'opens the picture' },
  ] as const)(
    'leads a person who $way to an agency that is told how they were checked ($language, $width)',
    async ({ language, width, way }) => {
      const { t } = createTexts(language);
      const person = await world.addPerson();
      const number = z.string().parse(getPersonalData({ dataKey: world.keys.data.encryption }, person)['id']);
      const officer = await createVisitor(getBrowser(), language, width);
      const desk = officer.page;
      const byLabel = (key: MessageKey) => desk.getByLabel(t(key), { exact: true });

      // The officer opens their desk.
      await desk.goto((await inviteStaff(world, 'registrar', `Counter ${language}`)).link);
      await press(desk, 'create-passkey');
      await desk.waitForURL('**/staff/enrolled/*');
      await officer.authenticator.setPresent(false);
      await press(desk, 'open-desk');
      await usePasskey(officer);

      // Finds one person by the exact number, and writes down the document.
      await byLabel('counter-number').fill(number);
      await press(desk, 'find');
      await desk.locator('[data-person]').waitFor();
      expect(desk.url()).not.toContain(number);
      await press(desk, 'hand-over');
      await desk.locator('[data-error="proofing/evidence-incomplete"]').waitFor();
      expect(await runAxe(desk)).toEqual([]);
      expect(await byLabel('evidence-document').inputValue()).toBe('');
      await byLabel('evidence-document').selectOption('idcard');
      await byLabel('evidence-issuer').fill('وزارة الداخلية');
      await byLabel('evidence-country').fill('SAU');
      await byLabel('evidence-digits').fill('٠٨');
      await byLabel('evidence-expiry').fill('2099-12-31');
      await byLabel('evidence-birth').fill('1990-05-18');
      await byLabel('evidence-vpip').check();
      await byLabel('evidence-face').check();
      await officer.authenticator.setPresent(false);
      await press(desk, 'hand-over');
      await desk.locator('[data-error="proofing/holder-differs"]').waitFor();
      expect(await runAxe(desk)).toEqual([]);
      expect(await byLabel('evidence-issuer').inputValue()).toBe('وزارة الداخلية');
      await byLabel('evidence-birth').fill('1990-05-17');
      await press(desk, 'hand-over');

      // Confirms exactly that, and gets the sheet.
      await desk.locator('[data-ceremony="hand-over"]').waitFor();
      expect(await desk.locator('.facts').textContent()).toContain('وزارة الداخلية');
      const said = desk.locator('#holder');
      await press(desk, 'use-passkey');
      expect(await said.evaluate((box) => box.matches(':invalid:focus'))).toBe(true);
      await said.check();
      expect(await runAxe(desk)).toEqual([]);
      await usePasskey(officer);
      const code = (await desk.locator('[data-code]').textContent()) ?? '';
      expect(await desk.locator('svg.qr').count()).toBe(1);
      expect(await runAxe(desk)).toEqual([]);

      // The person comes with their own device.
      const citizen = await createVisitor(getBrowser(), language, 390);
      const own = citizen.page;
      const isTyping = way === 'types the code';
      await own.goto(`${world.issuer}/enrol${isTyping ? '' : `/${code}`}`);
      expect(await runAxe(own)).toEqual([]);
      if (isTyping) {
        await own.getByLabel(t('enrol-code-label')).fill(code.toLowerCase().replaceAll('-', ' '));
        await press(own, 'enrol');
      }
      await press(own, 'create-passkey');
      await own.waitForURL('**/enrol/done');
      expect(await runAxe(own)).toEqual([]);

      // A second one at once, on another device.
      await citizen.authenticator.remove();
      const spare = await addVirtualAuthenticator(own);
      await press(own, 'create-passkey');
      await own.waitForURL('**/enrol/done?done=spare');
      expect(await runAxe(own)).toEqual([]);
      const passkeys = await world.storage.passkeys.listPasskeys(person.id);
      expect(passkeys.map(({ ceiling }) => ceiling)).toEqual(['high', 'high']);

      // And signs in to an agency, which asks how they were checked and is told what its purpose allows.
      await spare.setPresent(false);
      const claims = JSON.stringify({ userinfo: { given_name: null, verified_claims: asked } });
      const request = createRequest(world.issuer, 'permit', { claims, ui_locales: language });
      await own.goto(request.url);
      await usePasskey({ ...citizen, authenticator: spare });
      await own.locator('[data-action="allow"]').waitFor();
      expect(await own.locator('main').textContent()).toContain(why[language]);
      expect(await runAxe(own)).toEqual([]);
      // Nothing listens at the service's address; that the browser goes there is enough.
      const returning = own.waitForRequest((sent) => sent.url().startsWith(permitRedirect));
      await press(own, 'allow');
      const tokens = await exchangeCode(world.issuer, (await returning).url(), request.verifier);
      const { body } = await fetchUserInfo(world.issuer, tokens.body['access_token']);
      expect(verifiedForm.parse(body['verified_claims'])).toEqual([
        {
          verification: {
            trust_framework: 'urn:huwiya:proofing',
            assurance_level: 'high',
            evidence: [{ type: 'document', document_details: { type: 'idcard' } }],
          },
          claims: expect.objectContaining({ 'given_name#ar': 'سارة' }),
        },
      ]);

      // The next person finds an empty counter.
      await press(desk, 'next-person');
      expect(await byLabel('counter-number').inputValue()).toBe('');
      await Promise.all([officer.leave(), citizen.leave()]);
    },
  );
});
