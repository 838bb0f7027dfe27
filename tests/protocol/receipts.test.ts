// Receipts as sheets: one for each decision, seen by their holder alone, saying what was signed and nothing about anybody.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { refuse, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { sampleServices } from '../support/sample-services.ts';
import { createEnrolled, createRequest, findReceipts, obtainTokens, openAccountPage, visit, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const fileSchema = z.object({ receipt: z.string(), entry: z.object({ index: z.int(), id: z.string(), commitment: z.string() }) });

const recordSchema = z.object({ record: z.looseObject({ notice: z.object({ notice_uri: z.url(), rendered_sha256: z.string() }) }) });

const authority = {
  HUWIYA_AUTHORITY_AR: 'هيئة البيانات',
  HUWIYA_AUTHORITY_EN: 'The Data Authority',
  HUWIYA_AUTHORITY_URL: 'https://data.example/complaints',
};

const toHex = (text: string): string => createHash('sha256').update(text).digest('hex');
const withoutIsolates = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

const referrals = {
  server: 'moh-api',
  name: { ar: 'واجهة الإحالات', en: 'Referral interface' },
  scopes: [{ name: 'referrals:read', text: { ar: 'الاطلاع على إحالاتك', en: 'Look at your referrals' } }],
};

/** The clinic's booking becomes something the law decides, and reaches an interface. */
async function decideByLaw(world: World): Promise<void> {
  const purposes = sampleServices.purposes
    .filter((purpose) => purpose.clientId === 'moh-clinic')
    .map((purpose): Purpose => {
      const legalBasis = { type: 'legal_obligation', lawRef: 'Health Law, art. 3' } as const;
      return { ...purpose, version: 2, legalBasis, resources: [referrals] };
    });
  await world.storage.agencies.saveChanges({ agencies: [], services: [], purposes, endedPurposes: [], defaultPurposes: [], events: [] });
}

describe('the receipts of a person', () => {
  let world: World;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld({ env: authority });
    await decideByLaw(world);
    traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await visit(traveller, 'clinic');
    await openAccountPage(traveller);
    await withdraw(traveller, 'permit');
    await refuse(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    await readLog(world);
  });

  afterAll(async () => {
    await world.close();
  });

  const open = async (path: string, who = traveller) => {
    const answered = await who.agent.get(`${world.issuer}${path}?lang=en`);
    return { status: answered.status, body: withoutIsolates(answered.body) };
  };
  const findPaths = (body: string): readonly string[] => [
    ...new Set([...body.matchAll(/href="(\/account\/receipts\/[0-9a-f-]{36})"/g)].map(([, path = '']) => path)),
  ];
  const listPaths = async (): Promise<readonly string[]> => findPaths((await open('/account/receipts')).body);
  const readFile = async (path: string) => fileSchema.parse(JSON.parse((await traveller.agent.get(`${world.issuer}${path}.json`)).body));

  it('are listed newest first, one for each decision, and each says which it was', async () => {
    const { body } = await open('/account/receipts');
    const states = [...body.matchAll(/<\/svg\s*>([a-z ]+)<\/span/g)].map(([, state]) => state);
    expect(states).toEqual(['request refused', 'consent withdrawn', 'notice shown', 'consent given']);
    const titles = await Promise.all((await listPaths()).map(async (path) => /<h1[^>]*>([^<]*)</.exec((await open(path)).body)?.[1]));
    expect(titles).toEqual(['Receipt for a refusal', 'Receipt for a withdrawal', 'Receipt for a notice', 'Consent receipt']);
  });

  it('show what was signed: details, terms, both calendars, and the place in the log', async () => {
    const path = (await listPaths()).at(-1) ?? '';
    const { body } = await open(path);
    const file = await readFile(path);
    const words = body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    for (const part of [
      'Ministry of Labour',
      'Renew a work permit',
      'version 1',
      'AH)',
      '2 years at most',
      'substantial, the text shown in',
    ]) {
      expect(words).toContain(part);
    }
    expect(words).toMatch(/Email your choice agreed/);
    expect(words).toMatch(/Date of birth your choice declined/);
    expect(words.replaceAll(' ', '')).toContain(toHex(file.receipt));
    expect(words).toMatch(new RegExp(`Entry in the log ${file.entry.index} `));
  });

  it('say what the service may do in the name of the person, and of nothing where there is nothing', async () => {
    const [, withdrawn = '', notified = ''] = await listPaths();
    const words = (await open(notified)).body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(words).toContain('What it may do in your name Look at your referrals ( Referral interface )');
    expect((await open(withdrawn)).body).not.toContain('in your name');
  });

  it('hold no value and no name on the sheet, and never leave out how to undo it', async () => {
    for (const path of await listPaths()) {
      const sheet = /<article[\s\S]*<\/article>/.exec((await open(path)).body)?.[0] ?? '';
      expect(sheet).not.toMatch(/Sara|Alqahtani|sara@example|1000000008|1990/);
      expect(sheet).toMatch(/How to undo it|Your rights/);
    }
  });

  it('carry a code with the digest, the index and the leaf hash behind the #, where no server sees it', async () => {
    const [path = ''] = await listPaths();
    const file = await readFile(path);
    const code = /href="([^"]*\/verify#[^"]*)"/.exec((await open(path)).body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const leaf = JSON.stringify({ commitment: file.entry.commitment, id: file.entry.id, v: 1 });
    const leafHash = createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest('base64url');
    const digest = createHash('sha256').update(file.receipt).digest('base64url');
    expect(code).toBe(`${world.issuer}/verify#i=${file.entry.index}&r=${digest}&l=${leafHash}`);
  });

  it('name the authority to turn to, the kind of device, the vocabulary, and where the very text can be read and hashed by anybody', async () => {
    const path = (await listPaths()).at(-1) ?? '';
    const { receipt } = await readFile(path);
    const { record } = recordSchema.parse(JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()));
    expect(record).toMatchObject({
      schema: 'urn:huwiya:consent:1',
      profile: 'https://w3id.org/dpv/guides/consent-27560',
      rights: { authority: { name: { ar: 'هيئة البيانات', en: 'The Data Authority' }, uri: 'https://data.example/complaints' } },
      expression: { device_class: 'unknown' },
    });
    expect((await open(path)).body).toContain('The Data Authority');
    const text = await fetch(record.notice.notice_uri);
    expect([text.status, text.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(
      createHash('sha256')
        .update(await text.text())
        .digest('base64url'),
    ).toBe(record.notice.rendered_sha256);
    for (const unknown of ['A'.repeat(43), 'A'.repeat(44), '%00', '..%2f..%2fetc']) {
      expect((await fetch(`${world.issuer}/notices/${unknown}`)).status).toBe(404);
    }
  });

  it('of the law say so, and name no consent to withdraw', async () => {
    const { body } = await open((await listPaths())[2] ?? '');
    expect(body).toContain('the law requires this sharing');
    expect(body).toContain('Health Law, art. 3');
    expect(body).not.toMatch(/>agreed<|Withdraw on the page/);
  });

  it('of a withdrawal and a refusal say that nothing is shared any more', async () => {
    const [refused = '', withdrawn = ''] = await listPaths();
    expect((await open(withdrawn)).body).toMatch(/<\/svg\s*>stopped<\/span/);
    expect((await open(refused)).body).not.toMatch(/<\/svg\s*>(?:agreed|stopped)<\/span/);
    expect((await open(refused)).body).toContain('The agency received nothing by this request.');
  });

  it('are not there for anybody else, in the words of a receipt that never was', async () => {
    const [path = ''] = await listPaths();
    const other = await createEnrolled(world);
    await openAccountPage(other);
    expect((await open('/account/receipts', other)).body).not.toContain('/account/receipts/');
    const [unknown, hidden] = await Promise.all(
      ['/account/receipts/01920000-0000-7000-8000-000000000000', path].map(async (at) => open(at, other)),
    );
    const toWords = ({ body = '' } = {}): string => (/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '').replace(/<dl[\s\S]*<\/dl>/, '');
    expect([unknown?.status, hidden?.status]).toEqual([404, 404]);
    expect(toWords(hidden)).toBe(toWords(unknown));
    expect(toWords(hidden)).toContain('data-error="consent/not-found"');
  });

  it('ask a browser in which nobody is signed in to sign in first', async () => {
    const [path = ''] = await listPaths();
    const stranger = await createEnrolled(world);
    stranger.agent.cookies.clear();
    const answered = await stranger.agent.get(`${world.issuer}${path}`);
    expect(answered.body).toContain('data-action="use-passkey"');
    expect((await signIn(stranger, answered)).body).not.toContain('class="sheet"');
  });

  it('are all there as files, from the place and from the own page', async () => {
    expect(await listPaths()).toHaveLength(4);
    expect((await findReceipts(traveller)).length).toBe(4);
  });
});
