// The real browser of the tests: the Chromium that comes inside an npm package, started without any flag that weakens a protection.
// It never falls back silently: `launchBrowser` throws with the reason. Tests use it through describe-with-browser.ts.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { chromium } from 'playwright-core';
import type { Browser, CDPSession, Page } from 'playwright-core';

const projectFolder = join(import.meta.dirname, '..', '..');
const browserFolder = join(projectFolder, 'var', 'browser');

/** Unpacks in a process of its own, because the package writes to the temporary folder and trusts whatever already lies there. */
const unpackScript = 'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';

function readPackageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectFolder, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
    throw new TypeError('@sparticuz/chromium has no readable package.json');
  }
  return String(manifest.version);
}

/** The package's own settings name folders of its cloud; a Chromium that finds no font at all crashes on the first text field. */
function toFontSettings(folder: string): string {
  const fonts = join(folder, 'fonts');
  const cache = join(folder, 'fonts-cache');
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>\n`;
}

/** Unpacks once per version. Several test processes may race here: each unpacks aside, the first rename wins. */
async function unpackBrowser(): Promise<string> {
  const folder = join(browserFolder, readPackageVersion());
  if (existsSync(join(folder, 'fonts.conf'))) {
    return folder;
  }
  await mkdir(browserFolder, { recursive: true });
  const aside = await mkdtemp(join(browserFolder, 'unpacking-'));
  // The package unpacks its NSS libraries only where it believes it runs in that cloud function.
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpackScript], {
    cwd: projectFolder,
    env: { TMPDIR: aside, HOME: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  await writeFile(join(aside, 'fonts.conf'), toFontSettings(folder));
  try {
    await rename(aside, folder);
  } catch (cause) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(join(folder, 'fonts.conf'))) {
      throw cause;
    }
  }
  return folder;
}

export type BrowserWishes = {
  /** Pages that were left may be kept alive for the way back, as in the browsers of people; the tool turns that off by itself. */
  readonly keepsPages: boolean;
};

/** A headless Chromium. The caller closes it. Throws with the reason when it cannot start. */
export async function launchBrowser({ keepsPages }: BrowserWishes = { keepsPages: false }): Promise<Browser> {
  try {
    const folder = await unpackBrowser();
    return await chromium.launch({
      executablePath: join(folder, 'chromium'),
      ...(keepsPages ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
      args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
      env: {
        HOME: folder,
        PATH: dirname(process.execPath),
        FONTCONFIG_FILE: join(folder, 'fonts.conf'),
        LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      },
    });
  } catch (cause) {
    throw new Error('Chromium could not start, so no test that needs a browser can run', { cause });
  }
}

/** Tries the browser once: null when it starts, otherwise the reason. */
export async function findBrowserFault(): Promise<string | null> {
  try {
    const browser = await launchBrowser();
    await browser.close();
    return null;
  } catch (fault) {
    const reason = fault instanceof Error ? `${fault.message} (${String(fault.cause)})` : String(fault);
    return reason.replaceAll('\n', ' ');
  }
}

type Held = { readonly devtools: CDPSession; readonly authenticatorId: string };

async function readCredentials({ devtools, authenticatorId }: Held) {
  return (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

type Credentials = Awaited<ReturnType<typeof readCredentials>>;

export type VirtualAuthenticator = {
  readonly id: string;
  /** How many passkeys it holds. */
  readonly countCredentials: () => Promise<number>;
  /** False: the person turns away or fails the check; ceremonies are refused. */
  readonly setUserVerified: (isUserVerified: boolean) => Promise<void>;
  /** False: nobody touches it; a ceremony waits, and autofill does not complete by itself. */
  readonly setPresent: (isPresent: boolean) => Promise<void>;
  /** What it holds, for an authenticator in another window: a key that is carried there, so that only one of the two is used afterwards. */
  readonly readCredentials: () => Promise<Credentials>;
  readonly addCredentials: (credentials: Credentials) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** An authenticator with discoverable passkeys and user verification that presses and confirms by itself: inside the device, or a key that is plugged in. */
export async function addVirtualAuthenticator(page: Page, transport: 'internal' | 'usb' = 'internal'): Promise<VirtualAuthenticator> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    id: authenticatorId,
    countCredentials: async () => (await readCredentials({ devtools, authenticatorId })).length,
    readCredentials: async () => readCredentials({ devtools, authenticatorId }),
    addCredentials: async (credentials) => {
      for (const credential of credentials) {
        await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
      }
    },
    setUserVerified: async (isUserVerified) => {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    setPresent: async (enabled) => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    remove: async () => {
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    },
  };
}

export type AxeViolation = { readonly rule: string; readonly help: string; readonly nodes: readonly string[] };

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Faults alone: nobody reads what passed, nor the paths that lead to it, and both cost a third of the time. */
const answers = { resultTypes: ['violations'], selectors: false } as const;

const rules = {
  all: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  // What another width or colour scheme of a page that passed can change.
  look: { runOnly: { type: 'rule', values: ['color-contrast', 'target-size'] } },
} as const;

const toAxeRun = (
  asked: keyof typeof rules,
): string => `axe.run(document, ${JSON.stringify({ ...rules[asked], ...answers })}).then((result) => result.violations.map((violation) => ({
  rule: violation.id, help: violation.help, nodes: violation.nodes.map((node) => node.html),
})))`;

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** A script that comes in this way is compiled once and not for each page. */
async function toDevtools(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

/** For a window that shows many pages, each of which is checked: axe is there when they come, and is not sent again for each. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(axeSource);
}

/** WCAG 2.0 to 2.2 A and AA and best practices. Evaluated over DevTools, so it also runs under the strict content security policy. */
export async function runAxe(page: Page, asked: keyof typeof rules = 'all'): Promise<readonly AxeViolation[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) {
    const devtools = await toDevtools(page);
    await devtools.send('Runtime.evaluate', { expression: axeSource });
  }
  return page.evaluate<AxeViolation[]>(toAxeRun(asked));
}
