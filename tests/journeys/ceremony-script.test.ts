import { randomBytes } from 'node:crypto';

import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { addVirtualAuthenticator } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { renderSamplePages } from '../support/sample-pages.ts';
import { getSampleOrigin, showSamplePage } from '../support/show-sample-page.ts';
import type { Answers } from '../support/show-sample-page.ts';

const challenge = (): string => randomBytes(32).toString('base64url');
const creation = () => ({
  ceremony: 'c-1',
  options: {
    challenge: challenge(),
    rp: { id: 'localhost', name: 'Huwiya' },
    user: { id: challenge(), name: 'sara', displayName: 'Sara' },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  },
});
const assertion = () => ({ ceremony: 'a-1', options: { challenge: challenge(), rpId: 'localhost', userVerification: 'required' } });
const refusal = { error: { title: 'لم يُقبل مفتاح المرور', next: 'المحاولة من جديد.', reference: 'H-4T7K-M2Q9' } };
const tooOld = { error: { ...refusal.error, code: 'session/too-old', title: 'نطلب مفتاح المرور مرة أخرى' } };

function getDocument(name: string): string {
  return renderSamplePages('ar').find((page) => page.name === name)?.document ?? '';
}

describeWithBrowser('the passkey ceremony script', (getBrowser) => {
  let context: BrowserContext;
  let page: Page;
  let authenticator: VirtualAuthenticator;

  beforeEach(async () => {
    context = await getBrowser().newContext();
    page = await context.newPage();
    authenticator = await addVirtualAuthenticator(page);
  });
  afterEach(async () => {
    await context.close();
  });

  async function createPasskey(answers: Answers = {}): Promise<void> {
    await showSamplePage(page, getDocument('enrol'), {
      '/ceremony/options': creation,
      '/ceremony/verify': () => ({ next: '/done' }),
      ...answers,
    });
    await page.locator('[data-action="create-passkey"]').click();
  }

  describe('creating a passkey', () => {
    test('sends the answer with the ceremony and the token, then follows the server', async () => {
      const sent = page.waitForRequest('**/ceremony/verify');
      await createPasskey();
      await page.waitForURL('**/done');
      const request = await sent;
      expect(request.headers()['x-huwiya-token']).toBe('sample-token');
      expect(request.postDataJSON()).toMatchObject({ ceremony: 'c-1', response: { type: 'public-key' } });
      expect(await authenticator.countCredentials()).toBe(1);
    });

    test('shows the words of the server when it refuses, with the reference', async () => {
      await createPasskey({ '/ceremony/verify': () => refusal });
      const message = page.locator('[data-ceremony-message]');
      await message.getByText(refusal.error.title).waitFor();
      expect(await message.innerText()).toContain(refusal.error.next);
      expect(await message.innerText()).toContain(refusal.error.reference);
    });

    test('leads to where the passkey is asked for when the page was open for too long', async () => {
      await showSamplePage(page, getDocument('security'), { '/ceremony/options': () => tooOld });
      await page.locator('button[data-action="create-passkey"]').click();
      const message = page.locator('[data-ceremony-message]');
      await message.getByText(tooOld.error.title).waitFor();
      expect(await message.innerText()).not.toContain(tooOld.error.reference);
      expect(await message.locator('a[data-action="use-passkey-again"]').getAttribute('href')).toBe('/account/passkeys');
      expect(await authenticator.countCredentials()).toBe(0);
    });

    test('never follows an address of another site', async () => {
      await createPasskey({ '/ceremony/verify': () => ({ next: 'https://evil.example/' }) });
      await page.locator('[data-ceremony-message] .notice').waitFor();
      expect(page.url()).toBe(`${await getSampleOrigin()}/`);
    });

    test('says so when the person does not confirm, and can be tried again', async () => {
      await authenticator.setUserVerified(false);
      await createPasskey();
      await page.locator('[data-ceremony-message] .notice').waitFor();
      expect(await page.locator('[data-ceremony-message]').innerText()).toContain('لم يُنشأ المفتاح');
      await authenticator.setUserVerified(true);
      await page.locator('[data-action="create-passkey"]').click();
      await page.waitForURL('**/done');
      expect(await authenticator.countCredentials()).toBe(1);
    });

    test('says so when the request does not arrive', async () => {
      await createPasskey({ '/ceremony/options': () => 'no object' });
      await page.locator('[data-ceremony-message] .notice').waitFor();
      expect(await page.locator('[data-ceremony-message]').innerText()).toContain('لم يصل الطلب');
    });
  });

  describe('keepers of passkeys (WebAuthn L3 §5.1.10)', () => {
    const record = `globalThis.told = [];
      for (const name of ['signalAllAcceptedCredentials', 'signalCurrentUserDetails', 'signalUnknownCredential']) {
        PublicKeyCredential[name] = async (said) => void told.push([name, said]);
      }`;
    const readTold = async (): Promise<unknown> => page.evaluate('globalThis.told');

    test.each(['security', 'security-done'])('hear what stands and whose it is, on the page %s', async (name) => {
      await page.addInitScript(record);
      await showSamplePage(page, getDocument(name), {});
      const of = { rpId: 'huwiya.example', userId: 'c2FtcGxl' };
      await expect.poll(readTold).toEqual([
        ['signalAllAcceptedCredentials', { ...of, allAcceptedCredentialIds: ['b25l', 'dHdv'] }],
        ['signalCurrentUserDetails', { ...of, name: 'سارة عبدالله القحطاني', displayName: 'سارة عبدالله القحطاني' }],
      ]);
    });

    test('hear nothing on a shared computer, and nothing of a refusal that does not say that the passkey is unknown', async () => {
      await page.addInitScript(record);
      await showSamplePage(page, getDocument('security-shared'), {});
      expect(await page.locator('[data-signal]').count()).toBe(0);
      await createPasskey({ '/ceremony/verify': () => refusal });
      await page.locator('[data-ceremony-message]').getByText(refusal.error.title).waitFor();
      expect(await readTold()).toEqual([]);
    });
  });

  describe('signing in', () => {
    const answers: Answers = { '/ceremony/options': assertion, '/ceremony/verify': () => ({ next: '/signed-in' }) };

    test('works with a press, or through autofill before it', async () => {
      await createPasskey();
      await page.waitForURL('**/done');
      await showSamplePage(page, getDocument('sign-in'), answers);
      await page
        .locator('[data-action="use-passkey"]')
        .click({ timeout: 2000 })
        .catch(() => {});
      await page.waitForURL('**/signed-in');
      expect(page.url()).toBe(`${await getSampleOrigin()}/signed-in`);
    });

    test('tells that others use the computer where the box is ticked, and says nothing of it otherwise', async () => {
      await createPasskey();
      await page.waitForURL('**/done');
      for (const isTicked of [true, false]) {
        await authenticator.setPresent(false);
        await showSamplePage(page, getDocument('sign-in'), answers);
        await page.locator('#shared').setChecked(isTicked);
        const sent = page.waitForRequest('**/ceremony/verify');
        await authenticator.setPresent(true);
        await page
          .locator('[data-action="use-passkey"]')
          .click({ timeout: 2000 })
          .catch(() => {});
        expect([(await sent).postDataJSON().shared, isTicked]).toEqual([isTicked ? true : undefined, isTicked]);
        await page.waitForURL('**/signed-in');
      }
    });

    test('says so when there is no passkey to sign in with', async () => {
      await showSamplePage(page, getDocument('sign-in'), answers);
      await page.locator('[data-action="use-passkey"]').click();
      await page.locator('[data-ceremony-message] .notice').waitFor();
      expect(await page.locator('[data-ceremony-message]').innerText()).toContain('لم يكتمل الدخول');
    });
  });

  test('without script the page says what is missing', async () => {
    const plain = await getBrowser().newContext({ javaScriptEnabled: false });
    const silent = await plain.newPage();
    await showSamplePage(silent, getDocument('sign-in'));
    expect(await silent.locator('noscript').innerText()).toContain('JavaScript');
    await plain.close();
  });
});
