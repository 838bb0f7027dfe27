// C19, a machine that many people use: somebody says so, does their errand unread over the shoulder, presses "finish", and whoever comes next finds nothing. The browser
// keeps pages for the way back, as the browsers of people do.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowOnly, askService, enrolInBrowser, press, readReceived, usePasskey } from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { takeTurn } from '../support/counts.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { openDatabaseFile } from '../support/open-database.ts';
import { createRealWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { minutes } from '../support/shift-time.ts';
import { startWalk } from '../support/walk.ts';
import type { Walk } from '../support/walk.ts';

const routes = [
  {
    language: 'ar',
    widths: [390, 1280],
    number: '1000000008',
    secrets: ['سارة', 'القحطاني', 'Alqahtani', 'sara@example.test', '+966500000001', '1000000008'],
  },
  {
    language: 'en',
    widths: [1280, 390],
    number: '2000000006',
    secrets: ['Maria', 'Santos', 'ماريا', 'maria@example.test', '+966500000002', '2000000006'],
  },
] as const;

const stored =
  'Promise.all([localStorage.length, sessionStorage.length, indexedDB.databases().then((all) => all.length), caches.keys().then((all) => all.length)])';

/** Set on each page that the browser brought back alive instead of asking for it. */
const noteKept = "addEventListener('pageshow', (event) => { document.documentElement.dataset.kept = String(event.persisted); })";

describeWithBrowser(
  'a shared machine leaves nothing behind',
  (getBrowser) => {
    let world: RealWorld;

    beforeAll(async () => {
      world = await createRealWorld();
    }, 90_000);

    afterAll(async () => {
      await world.close();
    });

    describe.each(takeTurn(routes, 1))('in $language', ({ language, widths, number, secrets }) => {
      let walk: Walk;
      let person: BrowserPerson;
      let page: Page;

      beforeAll(async () => {
        walk = await startWalk({ browser: getBrowser(), world, language, widths: [...widths] });
        ({ person } = walk);
        ({ page } = person);
        await page.context().addInitScript(noteKept);
        await enrolInBrowser(person, await world.invite(number));
        await person.authenticator.setPresent(false);
      }, 90_000);

      afterAll(async () => {
        await walk.close();
      });

      const isOurs = (): boolean => page.url().startsWith(`${world.issuer}/`);

      /** Of what must stay unread, what anybody in the room can read now. */
      const readAloud = async (): Promise<readonly string[]> => {
        const shown = await Promise.all(
          secrets.map(async (secret) => ((await page.getByText(secret).filter({ visible: true }).count()) > 0 ? [secret] : [])),
        );
        return shown.flat();
      };

      const signInShared = async (): Promise<void> => {
        await page.locator('#shared').check();
        await usePasskey(person);
        await page.locator('[data-band="shared"]').waitFor();
      };

      /** The one way out: on the first screen, and large enough for every hand. */
      const measureFinish = async (): Promise<{ readonly isSeen: boolean; readonly isLarge: boolean }> => {
        const box = await page.locator('[data-action="finish"]').boundingBox();
        return { isSeen: box !== null && box.y >= 0 && box.y + box.height <= 844, isLarge: box !== null && box.height >= 44 };
      };

      test('C19 an errand at a service is done, with every value under its mask until it is pressed', async () => {
        await askService(person, world.permitUrl);
        await signInShared();
        expect([await readAloud(), await page.locator('details.reveal[open]').count()]).toEqual([[], 0]);
        expect(await measureFinish()).toEqual({ isSeen: true, isLarge: true });
        await person.look(page, 'consent-shared');
        const first = page.locator('details.reveal').first();
        await first.locator('summary').click();
        expect(await page.locator('details.reveal[open]').count()).toBe(1);
        await allowOnly(person, ['email']);
        await page.waitForURL(`${world.permitUrl}/`);
        expect(await readReceived(person)).toMatchObject({ email: secrets[3] });
      });

      test('C19 on the own page nobody is named in the clear, and "finish" is on the first screen of each page', async () => {
        for (const path of ['/account', '/account/activity', '/account/details']) {
          await page.goto(`${world.issuer}${path}`);
          await page.locator('[data-band="shared"]').waitFor();
          expect([path, await readAloud(), await measureFinish()]).toEqual([path, [], { isSeen: true, isLarge: true }]);
        }
        await person.look(page, 'own-page-shared');
      });

      test('C19 one press ends it everywhere; cookies, storage and caches are empty, and the way back shows nothing of anybody', async () => {
        await press(page, 'finish');
        await page.waitForURL('**/signed-out?*');
        await person.look(page, 'finished');
        expect(await readAloud()).toEqual([]);
        expect(await page.context().cookies()).toEqual([]);
        expect(await page.evaluate<readonly number[]>(stored)).toEqual([0, 0, 0, 0]);
        const seen: unknown[] = [];
        for (let step = 0; step < 20 && page.url() !== 'about:blank'; step += 1) {
          await page.goBack().catch(() => null);
          if (isOurs()) {
            const kept = await page.locator('html').getAttribute('data-kept');
            seen.push([await readAloud(), kept, await page.locator('[data-band]').count()]);
          }
        }
        expect(seen.length).toBeGreaterThan(4);
        expect(seen).toEqual(seen.map(() => [[], 'false', 0]));
        // The service was told, and its own cookie went with ours: it knows nobody.
        await page.goto(`${world.permitUrl}/?lang=${language}`);
        expect([await page.locator('[data-answer]').count(), await readAloud()]).toEqual([0, []]);
      });

      test('C19 the next person finds the page of somebody who was never here', async () => {
        await askService(person, world.permitUrl);
        await page.locator('[data-action="use-passkey"]').waitFor();
        expect([await readAloud(), await page.locator('[data-live], [data-band]').count()]).toEqual([[], 0]);
        expect([await page.locator('#shared').isChecked(), await page.locator('#passkey').inputValue()]).toEqual([false, '']);
        await page.goto(`${world.issuer}/account`);
        await page.locator('[data-action="use-passkey"]').waitFor();
      });

      test('C19 a machine that was left without a press lets nobody go on after five minutes', async () => {
        await signInShared();
        await page.reload();
        expect(await page.locator('[data-band="shared"]').count()).toBe(1);
        const database = openDatabaseFile(join(world.folder, 'huwiya.db'));
        database.run(`UPDATE sessions SET last_seen_at = last_seen_at - ${minutes(5) + 1000}`);
        database.close();
        await page.reload();
        await page.locator('[data-action="use-passkey"]').waitFor();
        expect([await readAloud(), await page.locator('[data-live], [data-band]').count()]).toEqual([[], 0]);
      });

      test('and the browser had nothing to complain about but pages that are no more', () => {
        expect(walk.complaints.filter((complaint) => !/status of 4\d\d/.test(complaint))).toEqual([]);
      });
    });
  },
  { keepsPages: true },
);
