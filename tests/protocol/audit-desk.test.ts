// The auditor's desk over HTTP: every look is exactly one entry, written before anything is shown; nothing that an auditor can reach tells of a person.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isConsistent } from '../../src/domain/ledger/merkle-verify.ts';
import { runVerifier } from '../../src/verifier/main.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const lineSchema = z.strictObject({
  index: z.int(),
  type: z.string(),
  at: z.iso.datetime(),
  service: z.string(),
  purpose: z.string(),
  attributes: z.array(z.string()),
});
const pathSchema = z.strictObject({ path: z.array(z.string()) });

const readIndexes = (page: Answered): readonly number[] =>
  [...page.body.matchAll(/<tr data-entry="(\d+)"/g)].map(([, index]) => Number(index));

function readLink(page: Answered, pattern: RegExp): string {
  const [, link] = pattern.exec(page.body) ?? [];
  if (link === undefined) {
    throw new Error('the page has no such link');
  }
  return link.replaceAll('&amp;', '&');
}

describe('the auditor’s desk', () => {
  let world: World;
  let database: OpenDatabase;
  let auditor: Officer;
  let given: number;
  let withdrawn: number;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    const traveller = await createEnrolled(world);
    const tokens = await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await fetchUserInfo(world.issuer, tokens.body['access_token']);
    await obtainTokens(traveller, 'clinic');
    await withdraw(traveller, 'permit');
    auditor = await createSignedInOfficer(world, 'auditor', 'Noura Alsalem');
    const entries = await readLog(world);
    given = entries.findIndex(({ type, service }) => type === 'consent.given' && service === 'mol-work-permit');
    withdrawn = entries.findIndex(({ type }) => type === 'consent.withdrawn');
  }, 60_000);

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const get = async (path: string): Promise<Answered> => auditor.traveller.agent.get(`${world.issuer}${path}`);
  const countEntries = (): number => Number(database.rows('SELECT count(*) AS n FROM entries')[0]?.['n']);
  const readLast = (): unknown => {
    const [row] = database.rows('SELECT body FROM entries ORDER BY rowid DESC LIMIT 1');
    const body: unknown = JSON.parse(String(row?.['body']));
    return body;
  };

  /** What `path` answers, having checked how many entries came of it. */
  const look = async (path: string, left: number): Promise<Answered> => {
    const before = countEntries();
    const page = await get(path);
    expect([path, countEntries() - before]).toEqual([path, left]);
    return page;
  };

  const byAuditor = (): unknown => ({ kind: 'officer', ref: auditor.id });

  it('opens its pages that hand out no entry without leaving one', async () => {
    expect((await look('/audit', 0)).status).toBe(200);
    const start = await look('/audit/entries', 0);
    expect([start.status, readIndexes(start)]).toEqual([200, []]);
    expect((await look('/audit/log', 0)).body).toContain('data-checkpoint');
  });

  it('counts on its first page what the rules find, for the mandate, and leaves no entry', async () => {
    const read = async (): Promise<readonly string[]> =>
      [...(await look('/audit', 0)).body.matchAll(/data-found="([a-z-]+)"/g)].map(([, name = '']) => name);
    // A program decides faster than anybody reads.
    await expect.poll(read).toEqual(['hasty']);
    const page = await look('/audit/anomalies?days=30', 1);
    expect(page.body).toContain('id="hasty"');
  });

  it('finds by every filter, and leaves one entry with the filter, the count and the auditor', async () => {
    const query = 'type=consent.given,consent.withdrawn&service=mol-work-permit&purpose=permit-renewal&attribute=email&from=2020-01-01';
    const page = await look(`/audit/entries?${query}`, 1);
    expect(readIndexes(page)).toEqual([withdrawn, given]);
    expect(page.body).toContain('data-found="2"');
    expect(readLast()).toMatchObject({
      type: 'record.searched',
      actor: byAuditor(),
      payload: {
        filter: {
          types: ['consent.given', 'consent.withdrawn'],
          service: 'mol-work-permit',
          purpose: 'permit-renewal',
          attribute: 'email',
        },
        returned: 2,
        form: 'page',
      },
    });
  });

  it('pages on, each page a look of its own', async () => {
    const first = await look('/audit/entries?order=oldest-first&limit=3', 1);
    const second = await look(readLink(first, /href="(\/audit\/entries\?[^"]*after=[^"]*)"/), 1);
    const back = await look(readLink(second, /href="(\/audit\/entries\?[^"]*before=[^"]*)"/), 1);
    expect([readIndexes(first), readIndexes(second), readIndexes(back)]).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [0, 1, 2],
    ]);
  });

  it('names each wrong filter, keeps what was typed, searches nothing and leaves no entry', async () => {
    const page = await look('/audit/entries?service=nobody&from=yesterday&to=2026-11-21', 0);
    expect([page.status, readIndexes(page)]).toEqual([400, []]);
    expect(page.body).toContain('id="service-problem"');
    expect(page.body).toMatch(/<input[^>]*id="from"[^>]*type="text"[^>]*value="yesterday"/);
    expect(page.body).toMatch(/<input[^>]*id="to"[^>]*type="date"[^>]*value="2026-11-21"/);
    expect((await look('/audit/entries.csv?service=1000000008', 0)).status).toBe(400);
  });

  it('opens one entry with the other decisions of its consent, and leaves one entry with the index', async () => {
    const page = await look(`/audit/entries/${given}`, 1);
    expect(page.body).toContain(`href="/audit/entries/${withdrawn}"`);
    expect(readLast()).toMatchObject({ type: 'record.viewed', actor: byAuditor(), payload: { index: given, form: 'page' } });
    const unknown = await look('/audit/entries/999999', 0);
    expect([unknown.status, findErrorCode(unknown)]).toEqual([404, 'audit/entry-unknown']);
    expect(findErrorCode(await look('/audit/entries/one', 0))).toBe('audit/entry-unknown');
  });

  it('names the officer who looked, to whoever opens the entry of that look', async () => {
    const registrar = await createSignedInOfficer(world, 'registrar', 'Huda Alharbi');
    const entries = await readLog(world);
    const signedIn = entries.findLastIndex(({ type }) => type === 'officer.signed_in');
    const page = await look(`/audit/entries/${signedIn}`, 1);
    expect([page.body.includes('Huda Alharbi'), page.body.includes(registrar.id)]).toEqual([true, true]);
  });

  it('opens an entry by its number as somebody reads it', async () => {
    const page = await look(`/audit/open?index=${encodeURIComponent(` ${given} `)}`, 1);
    expect(new URL(page.url).pathname).toBe(`/audit/entries/${given}`);
  });

  it('gives a whole result as a file, which is one look', async () => {
    const lines = await look('/audit/entries.jsonl?type=consent.given&order=oldest-first', 1);
    expect(lines.headers.get('content-disposition')).toMatch(/huwiya-entries-\d{4}-\d\d-\d\d\.jsonl/);
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson');
    const [first] = lines.body.split('\n');
    expect(lineSchema.parse(JSON.parse(first ?? ''))).toMatchObject({ type: 'consent.given' });
    const sheet = await look('/audit/entries.csv?type=consent.withdrawn', 1);
    expect(sheet.body.split('\n')[0]).toBe('القيد,الحدث,الوقت,الخدمة,الغرض,البيانات');
    expect(sheet.body.split('\n')[1]).toMatch(new RegExp(`^${withdrawn},consent.withdrawn,`));
    expect(readLast()).toMatchObject({ type: 'record.searched', payload: { returned: 1, form: 'csv' } });
  });

  it('gives a proof that the separate verifier checks', async () => {
    const proof = await look(`/audit/entries/${given}/proof.json`, 1);
    expect(readLast()).toMatchObject({ type: 'record.viewed', payload: { index: given, form: 'proof-file' } });
    const file = join(world.folder, 'proof.json');
    writeFileSync(file, proof.body);
    const key = (await get('/ledger/key')).body.trim();
    expect(await runVerifier([file, '--log-key', key], () => undefined)).toBe(0);
  });

  it('shows nothing while the entry of the look cannot be written', async () => {
    const paths = [
      '/audit/entries?order=newest-first',
      `/audit/entries/${given}`,
      '/audit/entries.csv?order=newest-first',
      `/audit/entries/${given}/proof.json`,
    ];
    const answers = await whileInsertFails(database, 'entries', async () => {
      const pages: Answered[] = [];
      for (const path of paths) {
        pages.push(await get(path));
      }
      return pages;
    });
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(answers.filter(({ body }) => body.includes('consent.given') || body.includes('mol-work-permit'))).toEqual([]);
  });

  it('proves that one checkpoint continues another', async () => {
    const stored = await world.storage.ledger.readCheckpoints(0, 1000);
    const [first, last] = [stored[0], stored.at(-1)];
    const { body } = await get(`/audit/log/consistency?from=${first?.size}&to=${last?.size}`);
    const path = pathSchema.parse(JSON.parse(body)).path.map((hash) => Buffer.from(hash, 'base64url'));
    const toHead = (each: typeof first) => ({ size: each?.size ?? 0, root: Buffer.from(each?.root ?? '', 'base64url') });
    expect(isConsistent({ first: toHead(first), second: toHead(last), path })).toBe(true);
    expect((await get('/audit/log/consistency?from=5&to=4')).status).toBe(400);
    expect((await get('/audit/log/consistency?from=0&to=99999999')).status).toBe(400);
  });

  it('is closed to everybody else, who leave no look', async () => {
    const looks = (): unknown => database.rows("SELECT count(*) AS n FROM entries WHERE type LIKE 'record.%'")[0]?.['n'];
    const registrar = await createSignedInOfficer(world, 'registrar');
    const before = looks();
    const paths = [
      '/audit',
      '/audit/entries?order=newest-first',
      `/audit/entries/${given}`,
      '/audit/entries.csv',
      '/audit/log/consistency?from=0&to=1',
    ];
    for (const path of paths) {
      const other = await registrar.traveller.agent.get(`${world.issuer}${path}`);
      const nobody = await fetch(`${world.issuer}${path}`);
      expect([path, other.status, readIndexes(other)]).toEqual([path, 403, []]);
      expect(await nobody.text()).not.toContain('data-entry=');
    }
    expect(looks()).toBe(before);
  });

  it('shows nothing of a person on any page or in any file that an auditor can reach', async () => {
    const size = (await readLog(world)).length;
    const paths = [
      '/audit',
      '/audit/log',
      '/audit/entries?order=oldest-first&limit=500',
      '/audit/entries.csv?order=newest-first',
      '/audit/entries.jsonl?order=newest-first',
      ...Array.from({ length: size }, (_, index) => `/audit/entries/${index}`),
      ...Array.from({ length: size }, (_, index) => `/audit/entries/${index}/proof.json`),
    ];
    const reached: string[] = [];
    for (const path of paths) {
      reached.push((await get(path)).body);
    }
    const references = [
      ...database.rows('SELECT id, handle, registry_digest FROM people'),
      ...database.rows('SELECT id, public_key FROM passkeys'),
      ...database.rows('SELECT * FROM person_subjects'),
      ...database.rows('SELECT uid, key FROM sessions'),
      ...database.rows('SELECT person_ref FROM entry_secrets WHERE person_ref IS NOT NULL'),
    ].flatMap((row) => Object.values(row));
    const sectors = new Set(['mol', 'moh', 'huwiya']);
    const values = Object.entries(sampleData).flatMap(([name, value]) => (typeof value === 'string' && name !== 'gender' ? [value] : []));
    const hidden = [...references, ...values]
      .filter((part) => typeof part === 'string')
      .filter((part) => part.length > 2 && !sectors.has(part));
    expect(hidden.length).toBeGreaterThan(12);
    const text = reached.join('\n');
    expect(text).toContain('mol-work-permit');
    expect([...new Set(hidden)].filter((part) => text.includes(part))).toEqual([]);
  }, 60_000);
});
