// How long it takes to read the page of a first visit, at 200 words a minute: every word of it, folded or not. Stated in the agency guide, and held to it here.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { toRegistration } from '../../../src/domain/agencies/to-registered.ts';
import { renderPreview } from '../../../src/web/interactions/preview.ts';
import { toNoticeText } from '../../../views/notice-text.ts';
import { createWorld } from '../../support/sample-world.ts';
import { now } from '../../support/sample-words.ts';

const wordsPerMinute = 200;
const longestSeconds = 90;

const parsed = parseAgenciesFile(readFileSync('examples/demo/agencies.json', 'utf8'));
const guide = readFileSync('docs/guides/agency.md', 'utf8');

function countWords(clientId: string, purposeId: string, language: 'ar' | 'en'): number {
  const registered = parsed.ok ? toRegistration(parsed.proposal, clientId) : undefined;
  const purpose = registered?.purposes.find(({ id }) => id === purposeId);
  if (registered === undefined || purpose === undefined) {
    throw new TypeError('the demo has no such purpose');
  }
  const page = renderPreview(createWorld(language).frame, { registered, purpose, kind: 'citizen', now });
  return toNoticeText(page)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

test.each([
  ['mol-work-permit', 'permit-renewal', 'a consent'],
  ['mol-work-permit', 'contract-view', 'a notice'],
  ['moh-clinic', 'vaccination-certificate', 'a notice with recipients and place'],
  ['moh-clinic', 'home-visit', 'a consent before its passkey'],
])('the page of %s/%s, %s, is read in at most a minute and a half, as the guide says', (clientId, purposeId) => {
  const said = (['ar', 'en'] as const).map((language) => {
    const words = countWords(clientId, purposeId, language);
    const seconds = Math.round((words / wordsPerMinute) * 60);
    expect(seconds).toBeLessThanOrEqual(longestSeconds);
    return `${words} words, ${seconds} s`;
  });
  expect(guide).toContain(`| \`${purposeId}\` | ${said.join(' | ')} |`);
});
