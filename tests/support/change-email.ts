// A person changes the email address on their own page, with the code from the folder of letters.

import { join } from 'node:path';
import { press, usePasskey } from './browser-person.ts';
import type { BrowserPerson } from './browser-person.ts';
import { getCode, waitInFolder } from './mailbox.ts';

/** What the page says of the address afterwards. */
export async function changeEmail(person: BrowserPerson, address: string): Promise<string | null> {
  const { page, world, look } = person;
  await page.goto(`${world.issuer}/account/details`);
  await look(page, 'details');
  await press(page, 'change-email');
  await page.locator('#address, [data-action="use-passkey"]').first().waitFor();
  // Where the walk took longer than five minutes.
  if ((await page.locator('#address').count()) === 0) {
    await usePasskey(person);
  }
  await look(page, 'contact');
  await page.locator('#address').fill(address);
  await press(page, 'send-code');
  await page.waitForURL('**/email/code');
  await look(page, 'code');
  await page.locator('#code').fill(getCode(await waitInFolder(join(world.folder, 'mail'), { to: address, count: 1 })));
  await press(page, 'confirm-code');
  await page.waitForURL('**/account/details?changed=email');
  await look(page, 'details-changed');
  const email = page.locator('[data-attribute="email"]');
  await email.locator('summary').click();
  return email.locator('.when-open bdi').textContent();
}
