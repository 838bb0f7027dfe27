// The auditor's interface for programs: what it answers, page by page and whole, and what it never says.

import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attributeCatalogue } from '../../src/domain/attributes/catalogue.ts';
import { eventCatalogue } from '../../src/domain/ledger/event.ts';
import { createApi, createJudge, parseDescription, parsePage } from '../support/api-answers.ts';
import type { Api, ApiAnswer, ApiPage } from '../support/api-answers.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { createEnrolledPerson, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const entriesPath = '/audit/api/v1/entries';

describe('the auditor’s interface', () => {
  let world: World;
  let database: OpenDatabase;
  let api: Api;
  let judge: (path: string, answer: ApiAnswer) => void;
  let personId: string;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    const program = await registerProgram(world, 'gac-reader');
    const { traveller, person } = await createEnrolledPerson(world);
    personId = person.id;
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await obtainTokens(traveller, 'clinic');
    await withdraw(traveller, 'permit');
    await readLog(world);
    api = createApi(world.issuer, await obtainProgramToken(world, program));
    judge = createJudge(parseDescription((await api.get('/openapi.json')).text));
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const looks = (): number => database.rows("SELECT id FROM entries WHERE type IN ('record.searched', 'record.viewed')").length;

  /** Every page of a search, one after the other. */
  const readAll = async (query: string, cursor: string | null = null): Promise<ApiPage['entries']> => {
    const page = await api.getPage(cursor === null ? query : `${query}&cursor=${cursor}`);
    return page.next === null ? page.entries : [...page.entries, ...(await readAll(query, page.next))];
  };

  it('is described by a valid OpenAPI document that anybody may read', async () => {
    const response = await fetch(`${world.issuer}/audit/api/v1/openapi.json`);
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    const text = await response.text();
    const result = await new Validator().validate(z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(Object.keys(parseDescription(text).paths)).toHaveLength(16);
  });

  it('answers every address as described, each look-up with exactly one entry', async () => {
    for (const [path, at] of [
      ['/checkpoint', '/checkpoint'],
      ['/event-types', '/event-types'],
      ['/services', '/services'],
    ] as const) {
      const before = looks();
      judge(`/audit/api/v1${at}`, await api.get(path));
      expect([path, looks()]).toEqual([path, before]);
    }
    for (const [path, at] of [
      ['/entries', '/entries'],
      ['/entries/0', '/entries/{index}'],
    ] as const) {
      const before = looks();
      const answer = await api.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      judge(`/audit/api/v1${at}`, answer);
      expect([path, looks()]).toEqual([path, before + 1]);
    }
    const [entry] = database.rows("SELECT service, body FROM entries WHERE type = 'record.viewed' ORDER BY id DESC LIMIT 1");
    expect(JSON.parse(String(entry?.['body']))).toMatchObject({ actor: { kind: 'service', ref: 'gac-reader' }, payload: { index: 0 } });
  });

  it('hands out nothing where the look-up cannot be written down', async () => {
    for (const path of ['/entries', '/entries/0']) {
      const refused = await whileInsertFails(database, 'entries', () => api.get(path));
      expect([path, refused.status, refused.headers.get('content-type')]).toEqual([path, 503, 'application/problem+json']);
      expect(refused.body).toMatchObject({ code: 'ledger/unavailable' });
      expect(refused.body).not.toHaveProperty('entries');
    }
  });

  it('gives an entry with its proof', async () => {
    const [decision] = (await api.getPage('type=consent.given&limit=1')).entries;
    const { text, body } = await api.get(`/entries/${decision?.index}`);
    expect(body).toMatchObject({ format: 'huwiya-entry/1', entry: { index: decision?.index }, proof: { index: decision?.index } });
    expect(text).toContain(String.raw`\"type\":\"consent.given\"`);
  });

  it('never skips or repeats an entry while entries are added', async () => {
    for (const order of ['oldest-first', 'newest-first']) {
      // Every page is itself an entry, and more come between.
      const busy = Promise.all(Array.from({ length: 12 }, () => api.getPage('limit=1')));
      const found = (await readAll(`order=${order}&limit=2`)).map(({ index }) => index);
      await busy;
      const sorted = found.toSorted((a, b) => a - b);
      expect([order, found]).toEqual([order, order === 'oldest-first' ? sorted : sorted.toReversed()]);
      expect(sorted).toEqual(Array.from({ length: sorted.length }, (_, index) => index));
    }
  });

  it('leads to the next page by a link as well', async () => {
    const answer = await api.get('/entries?limit=1&order=oldest-first&service=mol-work-permit');
    const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
    expect(link).toMatch(/^\/audit\/api\/v1\/entries\?limit=1&order=oldest-first&service=mol-work-permit&cursor=\d+$/);
  });

  it('gives the whole result as lines, and says before how many there are', async () => {
    const query = 'service=mol-work-permit&order=oldest-first';
    const before = looks();
    const answer = await api.get(`/entries?${query}`, { accept: 'application/x-ndjson' });
    expect(looks()).toBe(before + 1);
    judge(entriesPath, answer);
    const lines = answer.text.trimEnd().split('\n');
    expect(answer.headers.get('huwiya-entries')).toBe(String(lines.length));
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(await readAll(query));
    const limited = await api.get(`/entries?${query}&limit=2`, { accept: 'application/x-ndjson' });
    expect(limited.text).toBe(`${lines.slice(0, 2).join('\n')}\n`);
  });

  const names = { service: ['mol-work-permit', 'moh-clinic', 'gac-reader'], purpose: ['permit-renewal', 'booking'] };
  const day = fc.constantFrom('2026-01-01', '2030-01-01', '2024-02-29', '2026-11-20T09:00:00Z', '2031-12-31T23:59:59.999+03:00');
  const filters = fc.record(
    {
      type: fc.subarray(Object.keys(eventCatalogue), { minLength: 1, maxLength: 4 }).map((types) => types.join(',')),
      service: fc.constantFrom(...names.service),
      purpose: fc.constantFrom(...names.purpose),
      attribute: fc.constantFrom(...attributeCatalogue.map(({ name }) => name)),
      from: day,
      to: day,
      order: fc.constantFrom('newest-first', 'oldest-first'),
      limit: fc.integer({ min: 1, max: 500 }).map(String),
      cursor: fc.nat(200).map(String),
      lang: fc.constantFrom('ar', 'en'),
    },
    { requiredKeys: [] },
  );

  it('answers any filters as described, and with entries that match them', async () => {
    const accepts = fc.constantFrom('application/json', 'application/x-ndjson');
    await fc.assert(
      fc.asyncProperty(filters, accepts, async (filter, accept) => {
        const answer = await api.get(`/entries?${new URLSearchParams(filter).toString()}`, { accept });
        judge(entriesPath, answer);
        expect([200, 400]).toContain(answer.status);
        const isPage = answer.status === 200 && accept === 'application/json';
        const { entries } = isPage ? parsePage(answer.body) : { entries: [] };
        const { type = '', service, purpose, attribute, limit = '50' } = filter;
        const fits = (entry: ApiPage['entries'][number]): boolean =>
          (type === '' || type.split(',').includes(entry.type)) &&
          (service === undefined || entry.service === service) &&
          (purpose === undefined || entry.purpose === purpose) &&
          (attribute === undefined || entry.attributes.includes(attribute));
        expect(entries.filter((entry) => !fits(entry))).toEqual([]);
        expect(entries.length).toBeLessThanOrEqual(Number(limit));
      }),
      { numRuns: 60 },
    );
  });

  it('names each parameter that is wrong or unknown, in the language asked, and searches nothing', async () => {
    const query = 'service=nobody&type=consent.givn&limit=0&person=1000000008&after=3&order=oldest-first&order=oldest-first&from=yesterday';
    const before = looks();
    const answer = await api.get(`/entries?${query}`, { 'accept-language': 'en' });
    judge(entriesPath, answer);
    expect([answer.status, answer.headers.get('content-language'), looks()]).toEqual([400, 'en', before]);
    expect(answer.body).toMatchObject({ code: 'audit/parameter-refused', title: 'Parameters of this request are wrong' });
    expect([...answer.text.matchAll(/"parameter":"(\w+)"/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'after',
      'from',
      'limit',
      'order',
      'person',
      'service',
      'type',
    ]);
    expect(answer.text).not.toContain('1000000008');
    const unknown = await api.get('/entries?service=nobody', { 'accept-language': 'ar' });
    expect(unknown.body).toMatchObject({ title: 'في الطلب قيم غير صحيحة', errors: [{ parameter: 'service', problem: 'service-unknown' }] });
    const both = await api.get('/entries?cursor=1', { accept: 'application/x-ndjson' });
    expect(both.body).toMatchObject({ errors: [{ parameter: 'cursor', problem: 'cursor-with-lines' }] });
  });

  it('refuses what is not there, each with a problem of its own', async () => {
    for (const [path, code, status] of [
      ['/entries/999999', 'audit/entry-unknown', 404],
      ['/entries/-1', 'audit/entry-unknown', 404],
      ['/entries/0x1', 'audit/entry-unknown', 404],
      ['/people', 'request/not-found', 404],
    ] as const) {
      const answer = await api.get(path);
      expect([path, answer.status, answer.body]).toEqual([path, status, expect.objectContaining({ code, status })]);
    }
    const picture = await api.get('/entries', { accept: 'image/png' });
    judge(entriesPath, picture);
    expect(picture.status).toBe(406);
    const posted = await fetch(`${world.issuer}${entriesPath}`, { method: 'POST' });
    expect([posted.status, posted.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('never says anything of a person: no answer holds a value, an id or a name of theirs', async () => {
    const size = (await readLog(world)).length;
    const paths = ['/entries?limit=500', '/checkpoint', '/event-types', '/services', '/openapi.json'];
    const each = Array.from({ length: size }, (_, index) => `/entries/${index}`);
    const texts = await Promise.all([...paths, ...each].map(async (path) => (await api.get(path)).text));
    texts.push((await api.get('/entries', { accept: 'application/x-ndjson' })).text);
    const secret = database.rows('SELECT handle, registry_digest FROM people').flatMap((row) => Object.values(row).map(String));
    const values = Object.values(sampleData).filter((value) => typeof value === 'string' && value.length > 6);
    const forbidden = [personId, 'Sara', 'سارة', 'القحطاني', 'Alqahtani', ...values, ...secret].map(String);
    for (const text of texts) {
      expect(forbidden.filter((value) => text.includes(value))).toEqual([]);
    }
    expect(texts.length).toBeGreaterThan(20);
  });
});
