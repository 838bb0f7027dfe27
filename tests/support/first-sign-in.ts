// `npm run first-sign-in`: how long a newcomer waits. A fresh clone of what is committed, `npm ci`, `npm start`, and then, in a browser with a passkey,
// from the printed address to the first details that arrive at a service. Prints seconds for each; `--port` takes other ports than 3000 and the next two.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { addVirtualAuthenticator, launchBrowser } from './browser.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });

/** The environment of a newcomer: without this process's Node in front. */
const env = { HOME: process.env['HOME'] ?? '', PATH: process.env['NEWCOMER_PATH'] ?? '/usr/local/bin:/usr/bin:/bin' };

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}`);
  }
}

type Started = { readonly child: ChildProcess; readonly tour: string };

/** In a process group of its own, because npm stands between us and the product. */
async function start(cwd: string): Promise<Started> {
  const args = ['start', '--', '--port', values.port, '--dir', join(cwd, 'var', 'demo')];
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const [tour] = said.match(/http:\S+\/tour/) ?? [];
    if (tour !== undefined && said.includes('Ctrl-C')) {
      return { child, tour };
    }
  }
  throw new Error(`npm start ended: ${said}`);
}

async function signIn(page: Page, tour: string): Promise<void> {
  await addVirtualAuthenticator(page);
  await page.goto(tour);
  await page.locator('[data-enrol="citizen"]').first().click();
  await page.locator('[data-action="create-passkey"]').click();
  await page.waitForURL('**/enrol/done**');
  await page.goto(tour);
  await page.locator('[data-step="permit"] [data-place="permit"]').click();
  await page.locator('[data-action="sign-in"]').first().click();
  // The passkey may be used by autofill before the button can be pressed.
  await page.locator('[data-action="use-passkey"], [data-action="allow"]').first().waitFor();
  await page
    .locator('[data-action="use-passkey"]')
    .click({ timeout: 1000 })
    .catch(() => undefined);
  await page.locator('[data-action="allow"]').first().click();
  await page.locator('[data-notice="fresh"]').waitFor();
}

async function time(what: string, act: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  await act();
  process.stdout.write(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}

const clone = mkdtempSync(join(tmpdir(), 'huwiya-clone-'));
const browser = await launchBrowser();
const started: Started[] = [];
try {
  await time('git clone', async () => run('git', ['clone', '--quiet', project, clone], tmpdir()));
  await time('npm ci', async () => run('npm', ['ci'], clone));
  await time('npm start', async () => {
    started.push(await start(clone));
  });
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await time('first sign-in', async () => signIn(page, started[0]?.tour ?? ''));
} finally {
  await browser.close();
  for (const { child } of started) {
    const ended = new Promise((resolve) => {
      child.once('close', resolve);
    });
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  }
  rmSync(clone, { recursive: true, force: true });
}
