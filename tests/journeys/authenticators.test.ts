// WA-27: the ways in which an authenticator can be set up, with Chromium's own virtual authenticator at the real pages, each with the result that its person must see.
//
// What Chromium cannot do is shown with the software authenticator: a signature of another key and extension data (tests/unit/passkeys), answers in two tabs at once
// (tests/cases/passkeys.test.ts). That it attests, and with it the level `high`, is in step-up.test.ts.

import type { BrowserContext, CDPSession, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { press } from '../support/browser-person.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createRealWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';

type Options = {
  readonly transport?: 'internal' | 'usb';
  readonly hasUserVerification?: boolean;
  readonly defaultBackupEligibility?: boolean;
  readonly defaultBackupState?: boolean;
};

type Held = { readonly page: Page; readonly devtools: CDPSession; readonly authenticatorId: string };

const cancelled = 'You are not signed in yet';
const notCreated = 'No passkey was created';
const notAccepted = 'The passkey was not accepted';
const stopped = 'We stopped this passkey to protect you';

describeWithBrowser('an authenticator', (getBrowser) => {
  let world: RealWorld;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    world = await createRealWorld();
  }, 90_000);

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  afterAll(async () => {
    await world.close();
  });

  const plugIn = async (options: Options = {}): Promise<Held> => {
    const context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const usual = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    } as const;
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...usual, automaticPresenceSimulation: true, ...options },
    });
    return { page, devtools, authenticatorId };
  };

  /** What the page says, or that the person is through. */
  const readOutcome = async ({ page }: Held, isThrough: () => Promise<boolean>): Promise<string | null> => {
    const notice = page.locator('[data-ceremony-message] .notice strong');
    await expect.poll(async () => (await isThrough()) || (await notice.count()) > 0, { timeout: 15_000 }).toBe(true);
    return (await isThrough()) ? 'through' : notice.first().textContent();
  };

  const enrol = async (held: Held): Promise<string | null> => {
    await held.page.goto(`${await world.invite('1000000008')}?lang=en`);
    await press(held.page, 'create-passkey');
    return readOutcome(held, async () => held.page.url().includes('/enrol/done'));
  };

  const signIn = async (held: Held): Promise<string | null> => {
    const { authenticatorId, devtools, page } = held;
    await page.context().clearCookies();
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    await page.goto(`${world.permitUrl}/?lang=en`);
    await press(page, 'sign-in');
    await page.locator('[data-action="use-passkey"]').waitFor();
    const refusals: string[] = [];
    const keepRefusal = (response: Response): void => {
      if (response.request().method() === 'POST' && response.status() >= 400) {
        response.json().then(
          ({ error }) => refusals.push(String(error.title)),
          () => undefined,
        );
      }
    };
    page.on('response', keepRefusal);
    await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
    // The ceremony that waits behind the field may be answered before the press, which then begins another: the first answer counts.
    await press(page, 'use-passkey').catch(() => undefined);
    const outcome = await readOutcome(
      held,
      async () => (await page.locator('[data-action="allow"], [data-action="continue"]').count()) > 0,
    );
    page.off('response', keepRefusal);
    return outcome === 'through' ? outcome : (refusals[0] ?? outcome);
  };

  /** Of the one passkey on the authenticator. */
  const change = async (
    { authenticatorId, devtools }: Held,
    properties: { readonly signCount?: number; readonly backupEligibility?: boolean; readonly backupState?: boolean },
  ): Promise<void> => {
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    await devtools.send('WebAuthn.setCredentialProperties', {
      authenticatorId,
      credentialId: credentials[0]?.credentialId ?? '',
      ...properties,
    });
  };

  /** Another authenticator with a copy of the one passkey. A passkey that stopped may be gone from the first: the page tells its keeper so. */
  const copied = async ({ authenticatorId, devtools }: Held, signCount: number): Promise<Held> => {
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
    const other = await plugIn();
    for (const credential of credentials) {
      await other.devtools.send('WebAuthn.addCredential', {
        authenticatorId: other.authenticatorId,
        credential: { ...credential, signCount },
      });
    }
    return other;
  };

  const enrolled = async (options: Options = {}): Promise<Held> => {
    const held = await plugIn(options);
    expect(await enrol(held)).toBe('through');
    return held;
  };

  test('WA-27 (1) in the device, discoverable and verifying, enrols and signs in', async () => {
    expect(await signIn(await enrolled())).toBe('through');
  });

  test('WA-27 (2) as a security key in the hand enrols and signs in', async () => {
    expect(await signIn(await enrolled({ transport: 'usb' }))).toBe('through');
  });

  test('WA-27 (3) that does not verify its user neither enrols nor signs anybody in, and the page says what to do', async () => {
    const held = await enrolled();
    await held.devtools.send('WebAuthn.setUserVerified', { authenticatorId: held.authenticatorId, isUserVerified: false });
    expect(await signIn(held)).toBe(cancelled);
    const without = await plugIn({ transport: 'usb', hasUserVerification: false });
    expect(await enrol(without)).toBe(notCreated);
  });

  test('WA-27 (4) with a synced passkey enrols and signs in, and whether it is backed up may change', async () => {
    const held = await enrolled({ defaultBackupEligibility: true, defaultBackupState: true });
    expect(await signIn(held)).toBe('through');
    await change(held, { backupState: false });
    expect(await signIn(held)).toBe('through');
    const torn = await plugIn({ defaultBackupEligibility: false, defaultBackupState: true });
    expect(await enrol(torn)).toBe(notAccepted);
  });

  test('WA-27 (5) with a copy of a passkey that was used meanwhile is refused, the passkey stops, and its person reads so', async () => {
    const held = await enrolled();
    await change(held, { signCount: 7 });
    expect(await signIn(held)).toBe('through');
    const copy = await copied(held, 3);
    const later = await copied(held, 50);
    expect(await signIn(copy)).toBe(stopped);
    expect(await signIn(later)).toBe(notAccepted);
  });

  test('WA-27 (6) from which the passkey was deleted signs nobody in, and the page says what to do', async () => {
    const held = await enrolled();
    await held.devtools.send('WebAuthn.clearCredentials', { authenticatorId: held.authenticatorId });
    expect(await signIn(held)).toBe(cancelled);
  });

  test('WA-27 (7) whose passkey becomes one that can be copied, or stops to be one, is refused, and the passkey stops', async () => {
    const bound = await enrolled();
    expect(await signIn(bound)).toBe('through');
    await change(bound, { backupEligibility: true });
    expect(await signIn(bound)).toBe(stopped);
    const synced = await enrolled({ defaultBackupEligibility: true });
    await change(synced, { backupEligibility: false });
    expect(await signIn(synced)).toBe(stopped);
  });
});
