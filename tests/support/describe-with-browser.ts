// Tests that need the browser. Where it cannot start they are not collected, and the run names them at its end with the reason.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findBrowserFault, launchBrowser } from './browser.ts';
import type { BrowserWishes } from './browser.ts';
import { reportNotCollected } from './not-collected.ts';

/** Tried once in each process. */
const fault = await findBrowserFault();

type Define = (getBrowser: () => Browser) => void;

function describeMissing(what: string, reason: string): void {
  reportNotCollected(what, reason);
  test(`${what}: not collected, no browser starts here`, () => {
    expect(reason).not.toBe('');
  });
}

function describeRunning(what: string, define: Define, wishes: BrowserWishes | undefined): void {
  const running: Browser[] = [];
  describe(`${what}`, () => {
    beforeAll(async () => {
      running.push(await launchBrowser(wishes));
    });
    afterAll(async () => {
      await Promise.all(running.map((browser) => browser.close()));
    });
    define(() => getRunning(running));
  });
}

function getRunning([browser]: readonly Browser[]): Browser {
  if (browser === undefined) {
    throw new TypeError('the browser runs only inside tests and hooks');
  }
  return browser;
}

/** `define` gets a function that returns the running browser; call it inside tests and hooks. */
export function describeWithBrowser(what: string, define: Define, wishes?: BrowserWishes): void {
  if (fault === null) {
    describeRunning(what, define, wishes);
  } else {
    describeMissing(what, fault);
  }
}
