// Every page of the running product on one way, for whoever wants to look at them.

import { askService, allowOnly, enrolInBrowser, press, usePasskey } from './browser-person.ts';
import type { BrowserPerson } from './browser-person.ts';

async function visitAccount({ page, world, look }: BrowserPerson): Promise<void> {
  await page.goto(`${world.issuer}/account`);
  await look(page, 'account');
  await page.goto(`${world.issuer}/account/services/mol-work-permit`);
  await look(page, 'service');
  await page.goto(`${world.issuer}/account/activity`);
  await look(page, 'activity');
  await page.goto(`${world.issuer}/account/security`);
  await look(page, 'security');
}

async function signOutHere(person: BrowserPerson): Promise<void> {
  const { page, world, look } = person;
  await page.goto(world.clinicUrl);
  await press(page, 'sign-out');
  await page.locator('[data-action="sign-out-here"]').waitFor();
  await look(page, 'sign-out');
  await press(page, 'sign-out-here');
  await page.waitForURL(`${world.clinicUrl}/`);
  await askService(person, world.clinicUrl);
  await look(page, 'continue');
}

async function withdraw(person: BrowserPerson): Promise<void> {
  const { page, world, look } = person;
  await page.goto(`${world.issuer}/account`);
  await page.locator('[data-service="mol-work-permit"] [data-action="withdraw"]').first().click();
  await page.waitForURL('**/withdrawn');
  await look(page, 'withdrawn');
  await page.goto(world.permitUrl);
  await press(page, 'fetch-again');
  await page.locator('[data-notice="withdrawn"]').waitFor();
  await look(page, 'permit-withdrawn');
  await askService(person, world.permitUrl);
  await look(page, 'consent-again');
}

/** Where the law decides. */
async function beTold({ page, world, look }: BrowserPerson): Promise<void> {
  await page.goto(`${world.permitUrl}/sign-in?purpose=contract-view`);
  await look(page, 'notice');
  await press(page, 'continue');
  await page.waitForURL(`${world.permitUrl}/`);
  await look(page, 'contract');
}

async function confirm({ page, look }: BrowserPerson, name: string): Promise<void> {
  await press(page, 'confirm');
  await page.locator('[data-reference]').first().waitFor();
  await look(page, name);
}

/** Only a demo has printed one. */
async function takeTour({ page, world, language, look }: BrowserPerson): Promise<void> {
  await page.goto(`${world.permitUrl}/tour?lang=${language}`);
  await look(page, 'tour');
}

export async function visitPages(person: BrowserPerson): Promise<void> {
  const { page, world, look } = person;
  await page.goto(world.issuer);
  await look(page, 'home');
  await takeTour(person);
  await enrolInBrowser(person, await world.invite('1000000008'));
  await person.authenticator.setPresent(false);
  await page.goto(`${world.permitUrl}/?lang=${person.language}`);
  await look(page, 'permit-before');
  await askService(person, world.permitUrl);
  await usePasskey(person);
  await look(page, 'consent');
  await allowOnly(person, ['email']);
  await page.waitForURL(`${world.permitUrl}/`);
  await look(page, 'permit-after');
  await page.locator('.developers summary').click();
  await look(page, 'permit-developers');
  await confirm(person, 'permit-confirmed');
  await page.goto(`${world.clinicUrl}/?lang=${person.language}`);
  await look(page, 'clinic-before');
  await askService(person, world.clinicUrl);
  await look(page, 'consent-continue');
  await press(page, 'allow');
  await page.waitForURL(`${world.clinicUrl}/`);
  await look(page, 'clinic-after');
  await confirm(person, 'clinic-booked');
  await visitAccount(person);
  await signOutHere(person);
  await withdraw(person);
  await beTold(person);
  await page.goto(`${world.issuer}/account`);
  await press(page, 'sign-out');
  await page.waitForURL('**/signed-out');
  await look(page, 'signed-out');
  await page.goto(`${world.issuer}/enrol/unknown`);
  await look(page, 'error');
}
