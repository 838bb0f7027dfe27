// A step up that explains itself, in Chromium and both languages: a person with a synced passkey reads why it is not enough and what to do; with a code from a registration office
// the key beside it becomes strong enough, and the very request goes on where it was. The key is attested by Chromium itself, by a certificate that an edition of metadata names.

import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { toLevel } from '../../src/domain/passkeys/authentication-facts.ts';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { parseAttestation } from '../../src/domain/passkeys/parse-attestation.ts';
import { findChain } from '../../src/domain/passkeys/statement.ts';
import { runAxe } from '../support/browser.ts';
import { press } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { readIdToken } from '../support/id-token.ts';
import { createCounter } from '../support/counter.ts';
import { createMetadataSource, toEntry } from '../support/metadata/blob.ts';
import { importEdition } from '../support/metadata/import-edition.ts';
import { exchangeCode } from '../support/service.ts';
import { createAttestedOfficer } from '../support/staff-journey.ts';
import { createRequest, places } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const high = 'urn:huwiya:loa:high';
const demandHigh = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: high } } }) };

const words = {
  ar: {
    title: 'يلزم مفتاح أقوى',
    why: 'يُنسخ إلى أجهزتك الأخرى',
    how: 'كيف تحصل على مفتاح أقوى',
    confirm: 'تأكيد إضافي',
    raise: 'هذا المفتاح من النوع المناسب',
    reached: 'أصبح لديك مفتاح',
  },
  en: {
    title: 'You need a stronger passkey',
    why: 'it is copied to your other devices',
    how: 'How to get a stronger passkey',
    confirm: 'Confirm once more',
    raise: 'already of the right kind',
    reached: 'You now have a passkey that reaches',
  },
} as const;

type Key = { readonly touch: (isTouched: boolean) => Promise<void> };

/** One environment for both keys of a person. Nobody touches a key until it is said. */
async function addKey(devtools: CDPSession, options: { readonly transport: 'internal' | 'usb'; readonly isSynced: boolean }): Promise<Key> {
  const { transport, isSynced } = options;
  const usual = { protocol: 'ctap2', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  const backup = { defaultBackupEligibility: isSynced, defaultBackupState: isSynced };
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...usual, transport, ...backup, automaticPresenceSimulation: false },
  });
  return {
    touch: async (enabled) => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
  };
}

async function use(page: Page, { touch }: Key, action: 'create-passkey' | 'use-passkey'): Promise<void> {
  const button = page.locator(`[data-ceremony] [data-action="${action}"]`);
  await button.waitFor();
  const before = page.url();
  await touch(true);
  // Autofill may complete by itself before the button is pressed; both ways are good.
  await button.click({ timeout: 5000 }).catch(() => undefined);
  await page.waitForURL((url) => url.href !== before);
  await touch(false);
}

/** Nobody listens there: where the browser was sent is all that is asked. */
async function pressToService(page: Page, action: 'back' | 'allow'): Promise<URL> {
  const { origin } = new URL(page.url());
  const sent = page.waitForRequest((request) => request.url().startsWith(places.permit.redirectUri));
  await press(page, action);
  const arrived = new URL((await sent).url());
  await page.waitForURL((url) => url.origin !== origin);
  return arrived;
}

describeWithBrowser('a step up', (getBrowser) => {
  let world: World;
  const source = createMetadataSource('Scheme of the journey');

  let counter: ReturnType<typeof createCounter>;

  beforeAll(async () => {
    world = await createWorld();
    counter = createCounter(world, await createAttestedOfficer(world, 'registrar'));
  });
  afterAll(async () => {
    await world.close();
  });

  /** An edition that names the certificate with which the browser's own security key attests. */
  const vouchFor = async (personId: string, no: number): Promise<void> => {
    const [passkey] = (await world.storage.passkeys.listPasskeys(personId)).filter(({ isBackupEligible }) => !isBackupEligible);
    const { statement } = getValue(parseAttestation(Buffer.from(passkey?.attestation ?? '', 'base64url')));
    const roots = (findChain(statement) ?? []).map(({ der }) => ({ base64: der.toString('base64') }));
    await importEdition(world.storage, source, { no, entries: [toEntry({ aaguid: passkey?.aaguid ?? '', roots })] });
  };

  for (const [index, language] of takeTurn(['ar', 'en'] as const, 1).entries()) {
    test(`explains itself, keeps the task, and the token says the level that was reached, in ${language}`, async () => {
      const context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: language });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const devtools = await context.newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      const synced = await addKey(devtools, { transport: 'internal', isSynced: true });
      const person = await world.addPerson();
      await page.goto(await world.invite(person));
      await use(page, synced, 'create-passkey');

      await page.goto(createRequest(world.issuer, 'permit', demandHigh).url);
      await use(page, synced, 'use-passkey');
      const said = words[language];
      await page.locator('[data-action="other-passkey"]').waitFor();
      const main = page.locator('main');
      for (const text of [said.title, said.why, said.how]) {
        expect(await main.textContent()).toContain(text);
      }
      expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect(await runAxe(page)).toEqual([]);
      expect((await pressToService(page, 'back')).searchParams.get('error_description')).toBe('level_not_reached');

      const strong = await addKey(devtools, { transport: 'usb', isSynced: false });
      await page.goto(await world.invite(person));
      await use(page, strong, 'create-passkey');
      await vouchFor(person.id, index + 1);
      const code = await counter.handOverLevel(z.string().parse(getPersonalData({ dataKey: world.keys.data.encryption }, person)['id']));

      const request = createRequest(world.issuer, 'permit', demandHigh);
      await page.goto(request.url);
      const waiting = page.url();
      const link = page.locator('[data-action="have-code"]');
      expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual(['_blank', 'noopener']);
      // In the same tab here, because an authenticator of the test lives in one; the request waits all the same.
      await page.goto(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
      await page.fill('#code', code.toLowerCase().replaceAll('-', ' '));
      await press(page, 'level-code');
      await page.locator('[data-ceremony="raise"]').waitFor();
      expect(await main.textContent()).toContain(said.raise);
      expect(await runAxe(page)).toEqual([]);
      await use(page, strong, 'use-passkey');
      expect(await main.textContent()).toContain(said.reached);
      expect((await world.storage.passkeys.listPasskeys(person.id)).map(toLevel)).toEqual(['substantial', 'high']);

      await page.goto(waiting);
      await page.locator('[data-ceremony="step-up"]').waitFor();
      expect(await page.locator('h1').textContent()).toContain(said.confirm);
      expect(await runAxe(page)).toEqual([]);
      await use(page, strong, 'use-passkey');
      await page.locator('[data-action="allow"]').waitFor();
      const arrived = await pressToService(page, 'allow');
      expect(arrived.searchParams.get('state')).toBe(request.state);
      const claims = await readIdToken(world.issuer, (await exchangeCode(world.issuer, arrived.href, request.verifier)).body['id_token']);
      expect([claims['acr'], claims['amr'], claims['nonce']]).toEqual([high, ['hwk', 'user', 'mfa'], request.nonce]);
      expect(Math.abs(Math.floor(Date.now() / 1000) - Number(claims['auth_time']))).toBeLessThan(60);
      await context.close();
    });
  }
});
