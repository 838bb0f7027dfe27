// What stood on the page before a decision can be proven afterwards, word for word, in the language it was read in (CO-07).

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { allow, refuse } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createEnrolled, createRequest, findStep, openAccountPage } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import type { Answered } from '../support/user-agent.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

/** The visible words of a page's main part without values and dates, worked out by other means than the product's. */
function toWords(markup: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(markup)?.[0] ?? '';
  return main
    .replaceAll(
      /<svg[\s\S]*?<\/svg>|<time[\s\S]*?<\/time>|<details class="reveal"[\s\S]*?<\/details>|<p class="muted" data-own>[\s\S]*?<\/p>/g,
      '',
    )
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/[\s\u2066-\u2069]/g, '');
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

describe('the text of a page on which a person decided', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  async function open(place: Place, language: string): Promise<{ readonly traveller: Traveller; readonly page: Answered }> {
    const traveller = await createEnrolled(world);
    await openAccountPage(traveller);
    return { traveller, page: await traveller.agent.get(createRequest(world.issuer, place, { ui_locales: language }).url) };
  }

  /** Of the newest decision: what its entry names, and what is kept under that name. */
  function readKept(type: string): { readonly digest: unknown; readonly text: string; readonly language: unknown } {
    const [entry] = database.rows('SELECT body FROM entries WHERE type = ? ORDER BY at DESC LIMIT 1', type);
    const digest = /"notice_sha256":"([\w-]+)"/.exec(String(entry?.['body']))?.[1];
    const [kept] = database.rows('SELECT text, language FROM notices WHERE digest = ?', digest ?? '');
    return { digest, text: String(kept?.['text']), language: kept?.['language'] };
  }

  it.each(['ar', 'en'])('is kept in %s as it was read: every word but the own values and dates', async (language) => {
    const { traveller, page } = await open('permit', language);
    const words = toWords(page.body);
    await allow(traveller, page, ['email']);
    const { digest, text, language: keptIn } = readKept('consent.given');
    expect(text.replaceAll('[…]', '').replaceAll(/\s/g, '')).toBe(words);
    expect([digest, keptIn]).toEqual([digestOf(text), language]);
    expect(text).not.toMatch(/sara@|القحطاني|Alqahtani|1990/);
    const receipt = /\/account\/receipts\/[\w-]+(?=")/.exec((await openAccountPage(traveller)).body)?.[0] ?? '';
    const sheet = await traveller.agent.get(`${world.issuer}${receipt}`);
    expect(sheet.body).toContain(`>${String(digest)}</bdi>`);
    expect(toWords(sheet.body)).toContain(text.split('\n')[1]?.replaceAll(/\s/g, '') ?? '?');
  });

  it('is another text in the other language, and the same one for everybody who read it', () => {
    const rows = database.rows(
      "SELECT language, count(*) AS n FROM notices WHERE purpose_id = 'permit-renewal' GROUP BY language ORDER BY language",
    );
    expect(rows).toEqual([
      { language: 'ar', n: 1 },
      { language: 'en', n: 1 },
    ]);
  });

  it('is kept with a refusal too', async () => {
    const { traveller, page } = await open('clinic', 'en');
    const words = toWords(page.body);
    await refuse(traveller, page);
    expect(readKept('consent.refused').text.replaceAll('[…]', '').replaceAll(/\s/g, '')).toBe(words);
  });

  it('stands with its own version on the receipt of a refusal beside what was agreed to earlier, whose receipt goes on showing its own', async () => {
    const { traveller, page } = await open('permit', 'ar');
    await allow(traveller, page, ['email']);
    const service = await world.storage.agencies.findService('mol-work-permit');
    const [purpose] = service?.purposes.filter(({ isDefault }) => isDefault) ?? [];
    expect(purpose?.version).toBe(1);
    const text = { ar: 'تصريح عمل دائم', en: 'A lasting work permit' };
    const changed = purpose === undefined ? [] : [{ ...purpose, version: 2, text, retention: 'P9Y' }];
    const nothing = { agencies: [], services: [], endedPurposes: [], defaultPurposes: [], events: [] };
    await world.storage.agencies.saveChanges({ ...nothing, purposes: changed });
    const asked = await traveller.agent.get(createRequest(world.issuer, 'permit', { ui_locales: 'en' }).url);
    const words = toWords(asked.body);
    await refuse(traveller, asked);
    const list = (await traveller.agent.get(`${world.issuer}/account/receipts`)).body;
    const paths = new Set([...list.matchAll(/href="(\/account\/receipts\/[0-9a-f-]{36})"/g)].map(([, path = '']) => path));
    const sheets = await Promise.all(
      [...paths].map(async (path) => toWords((await traveller.agent.get(`${world.issuer}${path}?lang=en`)).body)),
    );
    const [refused = '', agreed = ''] = sheets;
    expect([refused.includes('Alastingworkpermit'), refused.includes('version2'), refused.includes(words.slice(0, 60))]).toEqual([
      true,
      true,
      true,
    ]);
    expect([agreed.includes('Renewaworkpermit'), agreed.includes('version1'), agreed.includes('lasting')]).toEqual([true, true, false]);
  });

  it('is asked for again when it is no longer the text on the page: the language or the words changed meanwhile', async () => {
    const { traveller, page } = await open('clinic', 'en');
    await traveller.agent.get(`${page.url}?lang=ar`);
    const again = await allow(traveller, page);
    expect([again.url, findStep(again)]).toEqual([page.url, 'decide']);
    expect(again.body).toContain('lang="ar"');
  });

  it('says when it was changed where it is kept', async () => {
    const { traveller, page } = await open('permit', 'en');
    await allow(traveller, page, ['birthdate']);
    database.run("DROP TRIGGER notices_update; UPDATE notices SET text = text || ' and more' WHERE language = 'en'");
    const receipt = /\/account\/receipts\/[\w-]+(?=")/.exec((await openAccountPage(traveller)).body)?.[0] ?? '';
    const sheet = await traveller.agent.get(`${world.issuer}${receipt}?lang=en`);
    expect(sheet.body).toContain('does not match its digest');
  });
});
