// A browser with a passkey that presses what the guide says and nothing else, as whoever runs the suite will drive it: the answer leaves in the address, posted by the
// page by itself, and after a request that came as a form of another site. Only a browser knows whether the policies of our pages let it.

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addVirtualAuthenticator } from '../support/browser.ts';
import type { VirtualAuthenticator } from '../support/browser.ts';
import { loadFiles, prepareFiles } from '../support/conformance-files.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

/** In the order of the guide; where several are on a page, the first is pressed. */
const presses = ['use-passkey', 'continue', 'allow', 'sign-out'].map((action) => `[data-action="${action}"]`);

describeWithBrowser('a run of the suite', (getBrowser) => {
  let world: World;
  let context: BrowserContext;
  let page: Page;
  let authenticator: VirtualAuthenticator;
  let server: Server;
  let suiteBase: string;
  /** What was posted to the suite, in the order of arrival. */
  const posted: string[] = [];

  const startSuite = async (): Promise<string> => {
    const port = await findFreePort();
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        if (request.method === 'POST') {
          posted.push(body);
        }
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>suite</title>');
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(port, 'localhost', resolve);
    });
    return `http://localhost:${port}`;
  };

  beforeAll(async () => {
    world = await createWorld();
    const suite = await startSuite();
    suiteBase = `${suite}/test/a/huwiya`;
    const { agencies } = prepareFiles(world, 'oidc.json', suite);
    context = await getBrowser().newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    authenticator = await addVirtualAuthenticator(page);
    await page.goto(await loadFiles(world, agencies, 'plain'));
    await page.locator('[data-action="create-passkey"]').click();
    await page.waitForURL('**/enrol/done');
    // Nobody there until a button is pressed: autofill would answer by itself, sometimes.
    await authenticator.setPresent(false);
  });

  afterAll(async () => {
    await context.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    await world.close();
  });

  /** Presses until the browser is back at the suite. Yields what was pressed. */
  const pressThrough = async (pressed: readonly string[] = []): Promise<readonly string[]> => {
    if (page.url().startsWith(suiteBase)) {
      return pressed;
    }
    const button = page.locator(presses.join(', ')).first();
    await Promise.race([button.waitFor(), page.waitForURL(`${suiteBase}/**`)]);
    if (page.url().startsWith(suiteBase)) {
      return pressed;
    }
    const action = (await button.getAttribute('data-action')) ?? '';
    const before = page.url();
    await authenticator.setPresent(action === 'use-passkey');
    await button.click();
    await page.waitForURL((url) => url.href !== before);
    await authenticator.setPresent(false);
    return pressThrough([...pressed, action]);
  };

  const toParameters = (extra: Readonly<Record<string, string>>): URLSearchParams =>
    new URLSearchParams({
      client_id: 'conformance-oidc-1',
      redirect_uri: `${suiteBase}/callback`,
      response_type: 'code',
      scope: 'openid profile email address phone',
      state: 'a-state',
      nonce: 'a-nonce',
      ...extra,
    });

  const ask = async (extra: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
    await page.goto(`${world.issuer}/auth?${toParameters(extra).toString()}`);
    return pressThrough();
  };

  /** Where no script runs, the same page waits for its button. Yields what arrived. */
  const postByHand = async (): Promise<readonly string[]> => {
    const still = await getBrowser().newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
    const quiet = await still.newPage();
    await quiet.goto(`${world.issuer}/auth?${toParameters({ response_mode: 'form_post' }).toString()}`);
    await quiet.locator('[data-action="go-on"]').click();
    await quiet.waitForURL(`${suiteBase}/callback`);
    await still.close();
    return [...new URLSearchParams(posted.at(-1)).keys()].toSorted();
  };

  test('signs in, decides once and goes on without a page from then on, whichever way request and answer travel', async () => {
    expect(await ask()).toEqual(['use-passkey', 'allow', 'use-passkey']);
    expect(new URL(page.url()).searchParams.get('state')).toBe('a-state');
    expect(await ask({ prompt: 'none', max_age: '10000' })).toEqual([]);
    expect(new URL(page.url()).searchParams.has('code')).toBe(true);
    expect((await ask({ prompt: 'login' }))[0]).toBe('use-passkey');
    expect(await ask({ response_mode: 'form_post' })).toEqual([]);
    expect([page.url(), posted.length]).toEqual([`${suiteBase}/callback`, 1]);
    expect([...new URLSearchParams(posted[0]).keys()].toSorted()).toEqual(['code', 'iss', 'state']);
    expect(await postByHand()).toEqual(['code', 'iss', 'state']);
    const fields = [...toParameters({})].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`).join('');
    await page.setContent(`<form method="post" action="${world.issuer}/auth">${fields}<button id="go">go</button></form>`);
    await page.locator('#go').click();
    await page.waitForURL(`${suiteBase}/callback?**`);
    expect(new URL(page.url()).searchParams.has('code')).toBe(true);
  });

  test('signs out by what the service asks, and is brought back to it', async () => {
    const asked = new URLSearchParams({
      client_id: 'conformance-oidc-1',
      post_logout_redirect_uri: `${suiteBase}/post_logout_redirect`,
      state: 'bye',
    });
    await page.goto(`${world.issuer}/session/end?${asked.toString()}`);
    expect(await pressThrough()).toEqual(['sign-out']);
    expect(page.url()).toBe(`${suiteBase}/post_logout_redirect?state=bye`);
    await ask({ prompt: 'none' });
    expect(new URL(page.url()).searchParams.get('error')).toBe('login_required');
    await page.goto(`${world.issuer}/session/end?${asked.toString()}`);
    expect(await pressThrough()).toEqual([]);
    expect(page.url()).toBe(`${suiteBase}/post_logout_redirect?state=bye`);
  });
});
