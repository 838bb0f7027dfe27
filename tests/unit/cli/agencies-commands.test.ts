import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAgenciesApply } from '../../../src/cli/agencies-apply.ts';
import { runAgenciesCheck } from '../../../src/cli/agencies-check.ts';
import { runAgenciesHistory } from '../../../src/cli/agencies-history.ts';
import { runAgenciesList } from '../../../src/cli/agencies-list.ts';
import { runAgenciesPreview } from '../../../src/cli/agencies-preview.ts';
import { runAgenciesShow } from '../../../src/cli/agencies-show.ts';
import { runAgenciesStatus } from '../../../src/cli/agencies-status.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { sequenceEvents } from '../../../src/domain/ledger/sequence.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import { createPublicJwk } from '../../support/sample-proposal.ts';
import { createSqliteDatabase, createTestFolder } from '../../support/sqlite-database.ts';

const template = 'examples/demo/agencies.json';
const secret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';
const database = createSqliteDatabase();
const folder = createTestFolder();
let opened: OpenedDatabase;
let captured: CapturedContext;

beforeAll(async () => {
  opened = await database.open();
  captured = createCapturedContext(opened.storage);
  const text = readFileSync(template, 'utf8')
    .replace('"client_id": "mol-work-permit",', `"client_id": "mol-work-permit", "jwks": ${JSON.stringify({ keys: [createPublicJwk()] })},`)
    .replace('"client_id": "moh-clinic",', `"client_id": "moh-clinic", "client_secret": "${secret}",`);
  writeFileSync(folder.path('agencies.json'), text);
});
afterAll(async () => {
  await opened.close();
  await database.stop();
  folder.remove();
});

const completed = (): { readonly file: string; readonly json: boolean } => ({ file: folder.path('agencies.json'), json: false });

test('the demo template is refused until its key and secret are filled in, and the refusal names both', async () => {
  expect(await runAgenciesApply(captured.context, { file: template, json: true })).toBe(1);
  const { error, refusals } = JSON.parse(captured.takeOut());
  expect(error).toBe('import/invalid');
  expect(refusals).toMatchObject([{ path: 'agencies[0].services[0].jwks' }, { path: 'agencies[1].services[0].client_secret' }]);
  expect(captured.takeErr()).toContain('2 refusals; nothing was changed');
});

test('check says that the completed demo file can be applied, without a warning', async () => {
  expect(await runAgenciesCheck(captured.context, completed())).toBe(0);
  expect(captured.takeOut()).toContain('can be applied, 0 warnings');
  expect(await opened.storage.agencies.listAgencies()).toEqual([]);
});

test('apply prints the difference, and nothing the second time', async () => {
  expect(await runAgenciesApply(captured.context, completed())).toBe(0);
  expect(captured.takeOut().split('\n')).toEqual([
    '+ agency mol',
    '+ service mol-work-permit',
    '+ purpose mol-work-permit/permit-renewal version 1',
    '+ purpose mol-work-permit/contract-view version 1',
    '+ agency moh',
    '+ service moh-clinic',
    '+ purpose moh-clinic/appointment version 1',
    '+ purpose moh-clinic/vaccination-certificate version 1',
    '+ purpose moh-clinic/home-visit version 1',
    '9 changed, 0 unchanged',
    '',
  ]);
  expect(await runAgenciesApply(captured.context, { ...completed(), json: true })).toBe(0);
  expect(JSON.parse(captured.takeOut())).toEqual({ changes: [], unchanged: 9, waiting: null, warnings: [] });
});

test('list and show print what is registered, and no trace of the secret', async () => {
  const printed: string[] = [];
  for (const json of [false, true]) {
    expect(await runAgenciesList(captured.context, { json })).toBe(0);
    expect(await runAgenciesShow(captured.context, { id: 'moh', json })).toBe(0);
    expect(await runAgenciesShow(captured.context, { id: 'mol-work-permit', json })).toBe(0);
    printed.push(captured.takeOut());
  }
  expect(printed[0]).toMatch(/^moh {5}moh-clinic {7}legacy {4}active {2}Clinic appointments$/m);
  expect(printed.join()).toContain('permit-renewal');
  expect(printed.join()).not.toContain(secret);
  expect(printed.join()).not.toContain('client_secret_sha256');
});

test('the history of a service says what each version registered, by which entry, and what differs, and never a secret', async () => {
  const changed = readFileSync(folder.path('agencies.json'), 'utf8').replace(secret, `${secret}-another`);
  writeFileSync(folder.path('changed.json'), changed.replace('"Clinic appointments"', '"Appointments at the clinic"'));
  writeFileSync(folder.path('secret.json'), changed);
  for (const name of ['changed.json', 'secret.json', 'agencies.json']) {
    expect(await runAgenciesApply(captured.context, { file: folder.path(name), json: false })).toBe(0);
  }
  await sequenceEvents({ store: opened.storage.ledger, clock: systemClock, signer: createSigner('ledger.example/evidence') });
  captured.takeOut();
  expect(await runAgenciesHistory(captured.context, { clientId: 'moh-clinic', json: true })).toBe(0);
  const { versions }: { readonly versions: unknown } = JSON.parse(captured.takeOut());
  expect(versions).toMatchObject([
    { version: 4, changed: ['client_secret'] },
    { version: 3, changed: ['name'], entry: expect.any(Number), submission: null, registered: { class: 'legacy' } },
    { version: 2, changed: ['name'] },
    { version: 1, changed: expect.arrayContaining(['class', 'name', 'redirect_uris']) },
  ]);
  expect(await runAgenciesHistory(captured.context, { clientId: 'moh-clinic', json: false })).toBe(0);
  const printed = captured.takeOut();
  expect(printed).toMatch(/^version 4, since \S+Z, entry \d+$\n^ {2}client_secret {2}another one$/m);
  expect(JSON.stringify(versions) + printed).not.toMatch(new RegExp(`${secret}|client_secret_sha256`));
  expect(await runAgenciesHistory(captured.context, { clientId: 'nobody', json: false })).toBe(1);
  expect(captured.takeErr()).toContain('agency/unknown');
});

test('a status takes effect', async () => {
  expect(await runAgenciesStatus(captured.context, { clientId: 'moh-clinic', status: 'suspended', json: false })).toBe(0);
  expect(captured.takeOut()).toBe('moh-clinic: active → suspended\n');
  expect((await opened.storage.agencies.findService('moh-clinic'))?.service.status).toBe('suspended');
});

test('a file that is no JSON, or lacks a member, is told so in plain words', async () => {
  const problemsOf = async (text: string): Promise<unknown> => {
    writeFileSync(folder.path('wrong.json'), text);
    expect(await runAgenciesCheck(captured.context, { file: folder.path('wrong.json'), json: true })).toBe(1);
    captured.takeErr();
    return JSON.parse(captured.takeOut()).refusals;
  };
  expect(await problemsOf('{')).toMatchObject([{ path: 'file', problem: 'is not JSON: line 1, column 2' }]);
  expect(await problemsOf('{\n  "agencies": [],\n}')).toMatchObject([{ path: 'file', problem: 'is not JSON: line 3, column 1' }]);
  expect(await problemsOf('{"agencies":[{"id":"x","name":{"ar":"س","en":"S"},"colour":1}]}')).toMatchObject([
    { path: 'agencies[0].registration_number', problem: 'is missing' },
    { path: 'agencies[0]', problem: expect.stringContaining('colour') },
  ]);
});

test('what does not exist is one clear line', async () => {
  expect(await runAgenciesStatus(captured.context, { clientId: 'nobody', status: 'active', json: false })).toBe(1);
  expect(await runAgenciesStatus(captured.context, { clientId: 'moh-clinic', status: 'gone', json: false })).toBe(2);
  expect(await runAgenciesShow(captured.context, { id: 'nobody', json: false })).toBe(1);
  expect(await runAgenciesCheck(captured.context, { file: folder.path('nothing.json'), json: false })).toBe(1);
  expect(captured.takeErr().trim().split('\n')).toHaveLength(4);
});

const previewed = { service: 'mol-work-permit', file: undefined, purpose: undefined, kind: undefined, json: true } as const;

test('preview writes the pages of people in both languages as files that fetch nothing, samples marked as such', async () => {
  expect(await runAgenciesPreview(captured.context, { ...previewed, folder: folder.path('preview') })).toBe(0);
  const files = readdirSync(folder.path('preview'));
  expect(files.map((name) => name.slice(-7, -5)).toSorted()).toEqual(['ar', 'ar', 'en', 'en']);
  expect(captured.takeOut()).toContain(files[0] ?? '?');
  for (const name of files) {
    const text = readFileSync(folder.path(`preview/${name}`), 'utf8');
    expect(text).toContain(name.endsWith('-ar.html') ? 'معاينة' : 'Preview');
    expect(text).toMatch(/data-action="(?:allow|continue)"/);
    expect(text).not.toMatch(/<script|<link|src="|url\("\/assets/);
    expect(text).not.toMatch(/href="[/?]|method="post"|\saction="/);
    expect(text).toContain('@font-face');
    const beside = [...text.matchAll(/href="(?!#|https?:|mailto:)([^"]+)"/g)].map(([, address = '']) => address);
    expect(beside).toEqual([name.replace(/(ar|en)\.html$/, (_end, language) => `${language === 'ar' ? 'en' : 'ar'}.html`)]);
    expect(files).toContain(beside[0]);
  }
});

test('preview shows the page of the passkey where a button is not enough, and leads back from it', async () => {
  const asked = { ...previewed, service: 'moh-clinic', purpose: 'home-visit', kind: 'citizen', folder: folder.path('passkey') };
  expect(await runAgenciesPreview(captured.context, asked)).toBe(0);
  expect(JSON.parse(captured.takeOut()).pages).toMatchObject([
    { page: 'first', language: 'ar' },
    { page: 'confirm', language: 'ar' },
    { page: 'first', language: 'en' },
    { page: 'confirm', language: 'en' },
  ]);
  const text = readFileSync(folder.path('passkey/moh-clinic-home-visit-citizen-confirm-en.html'), 'utf8');
  expect(text).toContain('href="moh-clinic-home-visit-citizen-en.html"');
  expect(text).toContain('Some of these details are sensitive.');
});

test('preview shows a file that is not applied, for one purpose and one kind of person', async () => {
  const changed = readFileSync(folder.path('agencies.json'), 'utf8').replaceAll('"P2Y"', '"P9Y"');
  writeFileSync(folder.path('changed.json'), changed);
  const options = {
    ...previewed,
    file: folder.path('changed.json'),
    purpose: 'permit-renewal',
    kind: 'citizen',
    folder: folder.path('one'),
  };
  expect(await runAgenciesPreview(captured.context, options)).toBe(0);
  const { pages } = JSON.parse(captured.takeOut());
  expect(pages).toMatchObject([
    { purpose: 'permit-renewal', kind: 'citizen', page: 'first', language: 'ar' },
    { page: 'changed', language: 'ar' },
    { page: 'first', language: 'en' },
    { page: 'changed', language: 'en' },
  ]);
  const again = readFileSync(folder.path('one/mol-work-permit-permit-renewal-citizen-changed-en.html'), 'utf8');
  expect(again).toContain('class="change"');
  expect(again).toContain('9 years');
  expect(await opened.storage.agencies.findPurposeVersion('mol-work-permit', 'permit-renewal', 2)).toBeUndefined();
});

test('preview refuses a service, a purpose and a kind of person that are not there', async () => {
  const asked = { ...previewed, folder: folder.path('none') };
  for (const wrong of [{ service: 'nobody' }, { purpose: 'nothing' }, { kind: 'tourist' }]) {
    expect(await runAgenciesPreview(captured.context, { ...asked, ...wrong })).toBe(1);
    expect(captured.takeErr()).not.toBe('');
  }
});

test('check says what apply would do with each difference', async () => {
  expect(await runAgenciesCheck(captured.context, { file: folder.path('changed.json'), json: false })).toBe(0);
  expect(captured.takeOut()).toMatch(/^at once: ~ purpose [^\n]*: retention/);
});
