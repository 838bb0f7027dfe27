// Signing in where not everything goes well: the authenticator refuses, autofill is faster than the hand, the person turns back, there is no script.

import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addVirtualAuthenticator, runAxe } from '../support/browser.ts';
import { allowOnly, askService, enrolInBrowser, press, readNotice, readReceived } from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createRealWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';

describeWithBrowser('a person signs in', (getBrowser) => {
  let world: RealWorld;
  let context: BrowserContext;
  let person: BrowserPerson;

  beforeAll(async () => {
    world = await createRealWorld();
    context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: 'ar' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    person = { page, world, language: 'ar', authenticator: await addVirtualAuthenticator(page), look: async () => undefined };
    await enrolInBrowser(person, await world.invite('1000000008'));
  }, 90_000);

  afterAll(async () => {
    await context.close();
    await world.close();
  });

  test('a person who turns back is received kindly by the service', async () => {
    await person.authenticator.setPresent(false);
    await askService(person, world.permitUrl);
    await press(person.page, 'leave');
    await person.page.waitForURL(`${world.permitUrl}/`);
    expect(await readNotice(person)).toBe('left');
    expect(await runAxe(person.page)).toEqual([]);
  });

  test('somebody whom the authenticator does not verify stays outside, and is told so', async () => {
    await person.authenticator.setUserVerified(false);
    await person.authenticator.setPresent(true);
    await askService(person, world.permitUrl);
    await press(person.page, 'use-passkey');
    await person.page.locator('[data-ceremony-message] .notice').waitFor();
    expect(await runAxe(person.page)).toEqual([]);
    expect(person.page.url()).toContain(`${world.issuer}/interaction/`);
    await person.authenticator.setUserVerified(true);
  });

  test('a passkey that is offered by autofill may sign in before any press', async () => {
    await askService(person, world.permitUrl);
    const allow = person.page.locator('[data-action="allow"]');
    const pressed = person.page.locator('[data-action="use-passkey"]').click({ timeout: 3000 });
    await Promise.all([allow.waitFor(), pressed.catch(() => undefined)]);
    expect(await allow.count()).toBe(1);
  });

  test('the other language is one press away, and the decision is still open', async () => {
    await person.page.locator('a[hreflang="en"]').click();
    await person.page.locator('html[lang="en"]').waitFor();
    expect(await person.page.locator('html').getAttribute('dir')).toBe('ltr');
    await allowOnly(person, ['phone_number']);
    await person.page.waitForURL(`${world.permitUrl}/`);
    const received = await readReceived(person);
    expect(received).toMatchObject({ phone_number: '+966500000001', phone_number_verified: true });
    expect(received).not.toHaveProperty('email');
  });

  test('everything after the ceremony works without script', async () => {
    const plain = await getBrowser().newContext({ javaScriptEnabled: false, locale: 'ar', storageState: await context.storageState() });
    const silent = { ...person, page: await plain.newPage() };
    await askService(silent, world.clinicUrl);
    await allowOnly(silent, ['gender']);
    await silent.page.waitForURL(`${world.clinicUrl}/`);
    expect(await readReceived(silent)).toMatchObject({ gender: 'female', phone_number: '+966500000001' });
    await silent.page.goto(`${world.issuer}/account`);
    await silent.page.locator('[data-service="moh-clinic"] [data-action="withdraw"]').first().click();
    await silent.page.waitForURL('**/withdrawn');
    await press(silent.page, 'sign-out');
    await silent.page.waitForURL('**/signed-out');
    await plain.close();
  });
});
