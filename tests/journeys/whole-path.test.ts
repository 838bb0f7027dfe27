// From the enrolment link to the verified log, in a real browser, at real services, in both languages, in worlds made by the real commands.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readAgencyAnswer } from '../support/agency-answer.ts';
import { addVirtualAuthenticator } from '../support/browser.ts';
import { allowOnly, askService, enrolInBrowser, press, readNotice, readReceived, usePasskey } from '../support/browser-person.ts';
import type { BrowserPerson } from '../support/browser-person.ts';
import { bringOfficer, findWithdrawal } from '../support/browser-officer.ts';
import { changeEmail } from '../support/change-email.ts';
import { describeWithBrowser } from '../support/describe-with-browser.ts';
import { createDemoWorld, createRealWorld } from '../support/real-world.ts';
import type { RealWorld } from '../support/real-world.ts';
import { startWalk } from '../support/walk.ts';
import type { Walk } from '../support/walk.ts';

const pages = [
  'enrol',
  'enrolled',
  'sign-in',
  'consent',
  'notice',
  'continue',
  'account',
  'service',
  'withdrawn',
  'passkeys',
  'details',
  'code',
  'sign-out',
  'signed-out',
  'error',
];

/** What an entry shows, and nothing besides: no person. */
const entrySchema = z.strictObject({
  index: z.int(),
  type: z.string(),
  at: z.iso.datetime(),
  service: z.string(),
  purpose: z.string(),
  attributes: z.array(z.string()),
});

const routes = [
  { language: 'ar', width: 390, made: 'by the demo', create: createDemoWorld, given: 'سارة', family: 'القحطاني' },
  { language: 'en', width: 1280, made: 'by one command after the other', create: createRealWorld, given: 'Sara', family: 'Alqahtani' },
] as const;

for (const { language, width, made, create, given, family } of routes) {
  describeWithBrowser(`a person goes the whole path in ${language}, ${width} pixels wide, in a world made ${made}`, (getBrowser) => {
    let world: RealWorld;
    let walk: Walk;
    let person: BrowserPerson;
    let link: string;

    beforeAll(async () => {
      world = await create();
      walk = await startWalk({ browser: getBrowser(), world, language, widths: [width] });
      person = walk.person;
    }, 90_000);

    afterAll(async () => {
      await walk.close();
      await world.close();
    });

    /** By the tour that the demo printed, as a newcomer finds it; elsewhere by the operator's command. */
    const findLink = async (kind: 'citizen' | 'auditor'): Promise<string> => {
      const [tour] = world.readPrinted().match(/http:\S+\/tour/) ?? [];
      if (tour === undefined) {
        return kind === 'citizen' ? world.invite('1000000008') : world.inviteOfficer(kind);
      }
      await person.page.goto(`${tour}?lang=${language}`);
      await person.look(person.page, 'tour');
      return (await person.page.locator(`[data-step] [data-enrol="${kind}"]`).getAttribute('href')) ?? '';
    };

    const showService = async (clientId: string): Promise<void> => {
      await person.page.goto(`${world.issuer}/account/services/${clientId}`);
      await person.page.locator(`[data-service="${clientId}"]`).first().waitFor();
    };

    test('the enrolment link makes a passkey', async () => {
      link = await findLink('citizen');
      await enrolInBrowser(person, link);
      expect(await person.authenticator.countCredentials()).toBe(1);
      await person.authenticator.setPresent(false);
    });

    test('exactly what was not declined arrives at the service', async () => {
      await askService(person, world.permitUrl);
      await usePasskey(person);
      await person.look(person.page, 'consent');
      expect(await person.page.locator('input[name="attribute"]:checked').count()).toBe(0);
      await allowOnly(person, ['email']);
      await person.page.waitForURL(`${world.permitUrl}/`);
      await person.look(person.page, 'permit');
      const { sub, ...received } = await readReceived(person);
      expect(sub).toMatch(/^[\w-]{43}$/);
      expect(received).toEqual({
        given_name: given,
        'given_name#ar': 'سارة',
        'given_name#en': 'Sara',
        family_name: family,
        'family_name#ar': 'القحطاني',
        'family_name#en': 'Alqahtani',
        age_over_18: true,
        email: 'sara@example.test',
        email_verified: true,
      });
      expect(await person.page.locator('[data-fact="missing"]').textContent()).toBe('phone_number');
    });

    test('the errand goes on without what was kept back, and ends with a reference number', async () => {
      await press(person.page, 'confirm');
      expect(await person.page.locator('[data-reference]').textContent()).toMatch(/^WP-\d{6}$/);
      await person.look(person.page, 'permit-confirmed');
    });

    test('the second service knows the person without a ceremony, and asks what it needs', async () => {
      writeFileSync(join(world.folder, 'kept.txt'), await (await fetch(`${world.issuer}/ledger/checkpoint`)).text());
      await askService(person, world.clinicUrl);
      expect(await person.page.locator('[data-action="use-passkey"]').count()).toBe(0);
      await person.look(person.page, 'consent-continue');
      await press(person.page, 'allow');
      await person.page.waitForURL(`${world.clinicUrl}/`);
      const received = await readReceived(person);
      expect(Object.keys(received).toSorted()).toEqual(['name', 'name#ar', 'name#en', 'phone_number', 'phone_number_verified', 'sub']);
      await person.look(person.page, 'clinic');
      await press(person.page, 'confirm');
      await person.page.locator('[data-reference]').waitFor();
      await person.look(person.page, 'clinic-booked');
    });

    test('the same request asks nothing', async () => {
      expect(await walk.countQuestions(async () => askService(person, world.permitUrl))).toBe(0);
      expect(await readNotice(person)).toBe('fresh');
      expect(await walk.countQuestions(async () => askService(person, world.clinicUrl))).toBe(0);
    });

    test('after signing out of one service only, it asks once whether to continue', async () => {
      await person.page.goto(world.clinicUrl);
      await press(person.page, 'sign-out');
      await person.page.locator('[data-action="sign-out-here"]').waitFor();
      await person.look(person.page, 'sign-out');
      await press(person.page, 'sign-out-here');
      await person.page.waitForURL(`${world.clinicUrl}/`);
      await askService(person, world.clinicUrl);
      await person.look(person.page, 'continue');
      await press(person.page, 'continue');
      await person.page.waitForURL(`${world.clinicUrl}/`);
      expect(await readNotice(person)).toBe('fresh');
      await press(person.page, 'confirm');
      // Kept under the subject, which is the same at every sign-in.
      await expect.poll(async () => person.page.locator('[data-reference]').count()).toBe(2);
      expect(await walk.countQuestions(async () => askService(person, world.clinicUrl))).toBe(0);
    });

    test('the receipt can be downloaded and verified without the provider', async () => {
      await person.page.goto(`${world.issuer}/account`);
      await person.look(person.page, 'account');
      await showService('mol-work-permit');
      await person.look(person.page, 'service');
      const download = person.page.waitForEvent('download');
      await press(person.page, 'receipt');
      const file = join(world.folder, 'receipt.json');
      await (await download).saveAs(file);
      expect(await world.run('receipt', 'verify', file)).toMatchObject({ code: 0, stderr: '' });
      const save = async (name: string, url: string): Promise<string> => {
        writeFileSync(join(world.folder, name), await (await fetch(`${world.issuer}${url}`)).text());
        return join(world.folder, name);
      };
      const trusted = [
        ['--log-key', await save('log-key.txt', '/ledger/key')],
        ['--keys', await save('keys.json', '/ledger/receipt-keys')],
      ].flat();
      const known = await world.run('receipt', 'verify', file, ...trusted, '--issuer', world.issuer, '--json');
      expect(known.code).toBe(0);
      expect(JSON.parse(known.stdout)).toMatchObject({ isValid: true, trust: { keys: 'given', log: 'given' } });
      expect((await world.run('receipt', 'verify', file, '--issuer', 'https://id.example.gov')).code).toBe(1);
      expect(readFileSync(file, 'utf8')).not.toMatch(/sara@example|Alqahtani|1000000008/);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"index":', '"index":1'));
      expect((await world.run('receipt', 'verify', file)).code).toBe(1);
    });

    test('a withdrawal is believed at the very next request', async () => {
      await person.page.goto(`${world.issuer}/account`);
      await person.page.locator('[data-service="mol-work-permit"] [data-action="withdraw"]').first().click();
      await person.page.waitForURL('**/withdrawn');
      await person.look(person.page, 'withdrawn');
      await person.page.goto(world.permitUrl);
      await press(person.page, 'fetch-again');
      await expect.poll(async () => readNotice(person)).toBe('withdrawn');
      await person.look(person.page, 'permit-withdrawn');
    });

    test('the agency answers that it deleted what it had, and the person reads it', async () => {
      expect(await readAgencyAnswer(person, `${world.issuer}/account/services/mol-work-permit`)).toBe('erased');
      await person.look(person.page, 'service');
    });

    test('the next request asks again, and a refusal reaches the service', async () => {
      await askService(person, world.permitUrl);
      await person.page.locator('[data-action="allow"]').waitFor();
      await press(person.page, 'refuse');
      await person.page.waitForURL(`${world.permitUrl}/`);
      expect(await readNotice(person)).toBe('refused');
    });

    test('where the law decides, the person is told and not asked', async () => {
      await person.page.goto(`${world.permitUrl}/sign-in?purpose=contract-view`);
      await person.page.locator('[data-action="continue"]').waitFor();
      expect(await person.page.locator('[data-action="allow"], input[name="attribute"]').count()).toBe(0);
      await person.look(person.page, 'notice');
      await press(person.page, 'continue');
      await person.page.waitForURL(`${world.permitUrl}/`);
      expect(await person.page.locator('[data-claim="name"]').textContent()).toContain(family);
      await person.look(person.page, 'contract');
    });

    test('a second passkey is added and signs in', async () => {
      await person.page.goto(`${world.issuer}/account/passkeys`);
      await person.look(person.page, 'passkeys');
      await person.authenticator.remove();
      const authenticator = await addVirtualAuthenticator(person.page);
      person = { ...person, authenticator };
      await press(person.page, 'create-passkey');
      await person.page.waitForURL('**/account/passkeys?done=passkey-added');
      await person.look(person.page, 'passkeys');
      expect(await authenticator.countCredentials()).toBe(1);
      await authenticator.setPresent(false);
    });

    test('an own email address is replaced by one that a code proves', async () => {
      expect(await changeEmail(person, 'sara.new@example.test')).toBe('sara.new@example.test');
    });

    test('signing out everywhere ends every service, and the second passkey opens them again', async () => {
      await press(person.page, 'sign-out');
      await person.page.waitForURL('**/signed-out');
      await person.look(person.page, 'signed-out');
      await askService(person, world.clinicUrl);
      await usePasskey(person);
      await person.page.waitForURL(`${world.clinicUrl}/`);
      expect(await readNotice(person)).toBe('fresh');
    });

    test('a used link opens an error page that names its code', async () => {
      await person.page.goto(link);
      expect(await person.page.locator('[data-error]').getAttribute('data-error')).toBe('enrolment/invalid-link');
      await person.look(person.page, 'error');
    });

    test('the log tells the story, names nobody and is whole', async () => {
      const filter = ['--service', 'mol-work-permit', '--purpose', 'permit-renewal', '--format', 'jsonl'];
      const { stdout } = await world.run('audit', 'query', ...filter);
      const entries = stdout
        .trim()
        .split('\n')
        .map((line) => entrySchema.parse(JSON.parse(line)));
      // When the agency heard and answered is another process's matter.
      const own = entries.filter(({ type }) => !/^(?:set|rp)\./.test(type));
      const told = own.map(({ type, attributes }) => [type, attributes.join(' ')]);
      const shared = 'given_name family_name age_over_18 email';
      expect(told).toEqual([
        ['purpose.changed', `${shared} phone_number`],
        ['consent.requested', `${shared} phone_number`],
        ['consent.given', shared],
        ['data.released', shared],
        ['data.released', shared],
        ['consent.withdrawn', shared],
        ['data.denied', `${shared} phone_number`],
        ['consent.requested', `${shared} phone_number`],
        ['consent.refused', ''],
      ]);
      const verified = await world.run('audit', 'verify', '--since', join(world.folder, 'kept.txt'), '--json');
      expect(verified).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(verified.stdout)).toMatchObject({ valid: true, faults: [] });
    });

    test('the auditor finds the withdrawal, sees nobody, and the browser proves its place in the log', async () => {
      const officer = await bringOfficer({ browser: getBrowser(), language, link: await findLink('auditor'), look: person.look });
      expect(await findWithdrawal(officer)).toBe('valid');
      expect(await officer.page.content()).not.toMatch(/1000000008|سارة|Sara|Alqahtani/);
      await officer.leave();
    });

    test('every page was met, and the browser had nothing to complain about', () => {
      expect(pages.filter((page) => !walk.met.has(page))).toEqual([]);
      expect(walk.complaints).toEqual([]);
    });
  });
}
