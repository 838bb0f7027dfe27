// Everything a browser complains about while a person goes on: faults of scripts, refused by the content security policy, addresses that do not answer.

import type { Page } from 'playwright-core';

/** The list grows while the page lives. `isExpected` names complaints that a step provokes on purpose. */
export function watchPage(page: Page, isExpected: (complaint: string) => boolean = () => false): readonly string[] {
  const complaints: string[] = [];
  const add = (complaint: string): void => {
    if (!isExpected(complaint)) {
      complaints.push(complaint);
    }
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      add(`${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => add(error.message));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') {
      add(`${reason} (${request.url()})`);
    }
  });
  return complaints;
}
