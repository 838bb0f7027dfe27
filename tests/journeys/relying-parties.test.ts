// Services made with libraries nobody here wrote, in a real browser: each signs a person in, believes no answer that was tampered with, refreshes, reads the
// attributes, goes on when the provider changes its keys, and signs out.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addVirtualAuthenticator } from '../support/browser.ts';
import { runCommand } from '../support/command.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { allParties, missingApache, toAgenciesFile } from '../support/relying-parties/all-parties.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import { openParty } from '../support/relying-parties/relying-party.ts';
import type { OpenedParty } from '../support/relying-parties/relying-party.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Paused = { readonly request: { readonly url: string }; readonly requestId: string };

/** One session of the developer tools for all: the browser forgets its authenticator when one ends. */
type Visitor = { readonly page: Page; readonly devtools: CDPSession };

const controls = ['use-passkey', 'allow', 'continue'] as const;

const asked = controls.map((action) => `[data-action="${action}"]`).join();

/** A passkey may be used before its button is pressed. */
async function pressWhatIsAsked(page: Page): Promise<void> {
  const url = page.url();
  await page
    .locator(asked)
    .first()
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await page.waitForURL((now) => now.href !== url);
}

/** Until the browser is back at the service, and reads what came of it. */
async function goThrough({ page }: Visitor, origin: string): Promise<unknown> {
  for (let pages = 0; pages < 8 && !page.url().startsWith(origin); pages += 1) {
    await page.locator(`${asked},[data-answer]`).first().waitFor();
    if (!page.url().startsWith(origin)) {
      await pressWhatIsAsked(page);
    }
  }
  return readAnswer(page);
}

async function readAnswer(page: Page): Promise<unknown> {
  return JSON.parse((await page.locator('[data-answer]').textContent()) ?? '');
}

async function signIn(visitor: Visitor, { settings }: OpenedParty): Promise<unknown> {
  const login = `${settings.origin}/login`;
  await visitor.page.goto(login);
  // A service without a server begins in the browser.
  await visitor.page.waitForURL((url) => url.href !== login);
  return goThrough(visitor, settings.origin);
}

/** On the way to the provider the request is changed, as somebody who has the person's browser in hand could. */
async function signInTampered(visitor: Visitor, party: OpenedParty, member: 'state' | 'nonce'): Promise<unknown> {
  const { devtools } = visitor;
  const urlPattern = `${party.settings.issuer}/auth\\?*`;
  let tampered = 0;
  const tamper = ({ request, requestId }: Paused): void => {
    const url = new URL(request.url);
    tampered += url.searchParams.has(member) ? 1 : 0;
    url.searchParams.set(member, 'tampered-with-on-the-way');
    void devtools.send('Fetch.continueRequest', { requestId, url: url.href });
  };
  devtools.on('Fetch.requestPaused', tamper);
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern, requestStage: 'Request' }] });
  try {
    return await signIn(visitor, party);
  } finally {
    await devtools.send('Fetch.disable');
    devtools.off('Fetch.requestPaused', tamper);
    expect(tampered).toBe(1);
  }
}

async function open({ page }: Visitor, url: string): Promise<unknown> {
  await page.goto(url);
  return readAnswer(page);
}

const answerSchema = z.object({ ok: z.literal(true), subject: z.string() });
const toSubject = (answer: unknown): string => answerSchema.parse(answer).subject;

const signedIn = { ok: true, subject: expect.stringMatching(/^[\w-]{16,}$/), attributes: expect.objectContaining({ given_name: 'سارة' }) };
const refused = { ok: false, reason: expect.stringMatching(/./) };

if (missingApache !== undefined) {
  reportNotCollected('services behind mod_auth_openidc', `${missingApache} is not installed`);
}

describeWithBrowser('services made with libraries that nobody here wrote', (getBrowser) => {
  let world: World;
  let context: BrowserContext;
  let visitor: Visitor;
  const opened: OpenedParty[] = [];
  const getParty = (library: string): OpenedParty => {
    const found = opened.find(({ party }) => party.library === library);
    if (found === undefined) {
      throw new TypeError(`${library} is not open`);
    }
    return found;
  };

  async function run(...args: readonly string[]): Promise<void> {
    const ended = await runCommand([...args, '--config', join(world.folder, 'node', 'huwiya.env')]);
    expect([ended.code, ended.stderr]).toEqual([0, expect.anything()]);
  }

  beforeAll(async () => {
    world = await createWorld();
    for (const party of allParties) {
      opened.push(await openParty(party, world.issuer));
    }
    const file = join(world.folder, 'agencies.json');
    writeFileSync(file, toAgenciesFile(opened));
    await run('agencies', 'apply', file);
    context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: 'ar' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await addVirtualAuthenticator(page);
    visitor = { page, devtools: await context.newCDPSession(page) };
    await page.goto(await world.invite(await world.addPerson()));
    await page.locator('[data-action="create-passkey"]').click();
    await page.waitForURL('**/enrol/done');
  }, 180_000);

  afterAll(async () => {
    await context.close();
    await Promise.all(opened.map(async ({ close }) => close()));
    await world.close();
  });

  test.each(allParties.map(({ library }) => library))('%s signs a person in, and believes no state of somebody else', async (library) => {
    const party = getParty(library);
    const first = await signIn(visitor, party);
    expect(first).toEqual(signedIn);
    expect(await signInTampered(visitor, party, 'state')).toEqual(refused);
  });

  test.each(allParties.filter(({ sendsNonce }) => sendsNonce).map(({ library }) => library))(
    '%s believes no ID token with the nonce of somebody else',
    async (library) => {
      expect(await signInTampered(visitor, getParty(library), 'nonce')).toEqual(refused);
    },
  );

  test.each(allParties.filter(({ isOffline }) => isOffline).map(({ library }) => library))(
    '%s gets new tokens while the person is away',
    async (library) => {
      const party = getParty(library);
      await signIn(visitor, party);
      expect(await open(visitor, `${party.settings.origin}/refresh`)).toMatchObject({ ok: true, attributes: { given_name: 'سارة' } });
    },
  );

  test('all of them go on while the keys of the provider change', async () => {
    const before: unknown[] = [];
    for (const party of opened) {
      before.push(await signIn(visitor, party));
    }
    await run('keys', 'rotate');
    const after: unknown[] = [];
    for (const party of opened) {
      const refreshed = party.party.isOffline ? await open(visitor, `${party.settings.origin}/refresh`) : { ok: true };
      expect([party.party.library, refreshed]).toMatchObject([party.party.library, { ok: true }]);
      after.push(await signIn(visitor, party));
    }
    expect(after.map(toSubject)).toEqual(before.map(toSubject));
  });

  test('all of them sign out at the provider, and the person comes back to the service', async () => {
    for (const party of opened) {
      const { settings } = party;
      await signIn(visitor, party);
      await visitor.page.goto(`${settings.origin}/logout`);
      await visitor.page.locator('[data-action="sign-out-here"]').click();
      await visitor.page.waitForURL(`${settings.origin}/**`);
      expect(await readAnswer(visitor.page)).toEqual({
        ok: false,
        reason: 'nobody is signed in',
      });
    }
  });
});
