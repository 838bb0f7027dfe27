// Attacks by the input of an auditor's question: AL-15 (injection) and AL-18 (what is written into logs), at the desk, for programs and at the command.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionCatalogue } from '../../src/domain/audit/questions/catalogue.ts';
import { createApi } from '../support/api-answers.ts';
import type { Api } from '../support/api-answers.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { runCommand } from '../support/command.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createQuestionWorld } from '../support/question-world.ts';
import type { QuestionWorld } from '../support/question-world.ts';

const injections = [
  "' OR 1=1 --",
  "x'; DROP TABLE entries; --",
  '%',
  '_%',
  '$.payload[*]',
  '"; SELECT salt FROM entries; --',
  '`entries`',
  '(SELECT body FROM entries)',
  'at DESC, body',
  '1 UNION SELECT 1',
  '\\',
];
const lineBreakers = ['a\nb', 'a\r\nSet-Cookie: b=c', '\u001B[31mred', 'a\u2028b', 'x'.repeat(20_000)];

const filters = [
  'type',
  'agency',
  'service',
  'purpose',
  'version',
  'reason',
  'record',
  'person',
  'actor',
  'attribute',
  'flaw',
  'device',
  'form',
];

describe('the input of saved questions', () => {
  let made: QuestionWorld;
  let database: OpenDatabase;
  let api: Api;

  beforeAll(async () => {
    made = await createQuestionWorld();
    database = openWorldDatabase(made.world);
    const program = await registerProgram(made.world, 'gac-reader');
    api = createApi(made.world.issuer, await obtainProgramToken(made.world, program));
  }, 60_000);

  afterAll(async () => {
    database.close();
    await made.close();
  });

  const countSearches = (): number => Number(database.rows("SELECT count(*) AS n FROM entries WHERE type = 'record.searched'")[0]?.['n']);
  const countTables = (): number => Number(database.rows("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'")[0]?.['n']);

  const parameters = questionCatalogue.flatMap(({ name, parameters: own }) => own.map((each) => ({ name, parameter: each.name })));

  it('AL-15 refuses injections in every parameter of every question at the desk, and searches nothing', async () => {
    const [searches, tables] = [countSearches(), countTables()];
    for (const [at, { name, parameter }] of parameters.entries()) {
      // Each parameter with two of the attacks; all of them with each parameter somewhere.
      for (const attack of [injections[at % injections.length] ?? '', injections[(at + 5) % injections.length] ?? '']) {
        const page = await made.get(`${made.caseUrl}/questions/${name}?ask=1&${parameter}=${encodeURIComponent(attack)}`);
        expect([name, parameter, attack, page.status]).toEqual([name, parameter, attack, 400]);
      }
    }
    expect([countSearches(), countTables()]).toEqual([searches, tables]);
  }, 120_000);

  it('AL-15 takes no sort column, no unknown parameter and no place that is no number', async () => {
    const searches = countSearches();
    for (const query of ['order=body', 'sort=at', 'order_by=1', 'as_of=1;2', 'after=0x1', 'limit=1%20OR%201', 'limit=501', 'seconds[]=3']) {
      const page = await made.get(`/audit/questions/hasty-decisions?ask=1&${query}`);
      expect([query, page.status]).toEqual([query, 400]);
    }
    expect(countSearches()).toBe(searches);
  });

  it.each(filters)('AL-15 refuses injections in the filter %s, or finds nothing by them', async (filter) => {
    const control = await made.get(`${made.caseUrl}/entries?type=data.released`);
    expect(control.body).toContain('data-found="2"');
    for (const attack of injections) {
      const page = await made.get(`${made.caseUrl}/entries?${filter}=${encodeURIComponent(attack)}`);
      const isHarmless = page.status === 400 || (page.status === 200 && page.body.includes('data-found="0"'));
      expect([filter, attack, isHarmless]).toEqual([filter, attack, true]);
    }
  });

  it('AL-15 refuses injections of programs, by the name of the parameter', async () => {
    expect((await api.get('/questions/who-holds?attribute=email')).status).toBe(200);
    for (const attack of injections) {
      const answer = await api.get(`/questions/who-holds?attribute=${encodeURIComponent(attack)}`);
      expect([attack, answer.status, answer.text.includes('"parameter":"attribute"')]).toEqual([attack, 400, true]);
      const strange = await api.get(`/questions/${encodeURIComponent(attack)}`);
      expect([attack, strange.status >= 400 && strange.status < 500]).toEqual([attack, true]);
    }
  });

  it('AL-15 refuses injections at the command, and asks nothing', async () => {
    const run = async (...args: readonly string[]) =>
      runCommand(['audit', 'ask', ...args, '--config', join(made.world.folder, 'node', 'huwiya.env')]);
    expect((await run('who-holds', '--param', 'attribute=email', '--format', 'jsonl')).code).toBe(0);
    const searches = countSearches();
    for (const attack of injections.slice(0, 4)) {
      expect((await run('who-holds', '--param', `attribute=${attack}`)).code).toBe(2);
      expect((await run(attack)).code).toBe(2);
    }
    expect(countSearches()).toBe(searches);
  }, 60_000);

  it('AL-18 keeps line breaks, escapes and long texts out of the log and off the page', async () => {
    const searches = countSearches();
    for (const attack of lineBreakers.map((each) => each.slice(0, 6000))) {
      const page = await made.get(`${made.caseUrl}/entries?reason=${encodeURIComponent(attack)}`);
      expect([400, 414].includes(page.status)).toBe(true);
      expect(page.headers.get('set-cookie') ?? '').not.toContain('b=c');
    }
    expect(countSearches()).toBe(searches);
  });

  it('AL-18 keeps a number beyond the end of the log out of every place of it that is typed, and says that the log has no such place', async () => {
    const searches = countSearches();
    const { size } = (await made.world.storage.ledger.findCheckpoint()) ?? { size: 0 };
    const ask = async (place: string, number: number): Promise<number> => (await made.get(`${place}=${number}`)).status;
    const places = [
      '/audit/questions/is-the-log-whole?ask=1&size',
      '/audit/questions/export-complete?ask=1&entry',
      '/audit/questions/entries?after',
      '/audit/entries?after',
      '/audit/entries?before',
    ];
    for (const place of places) {
      expect([place, await ask(place, 1_012_345_672)]).toEqual([place, 400]);
      expect([place, await ask(place, size + 100)]).toEqual([place, 400]);
    }
    expect((await made.get('/audit/questions/is-the-log-whole?ask=1&size=1012345672&lang=en')).body).toContain('The log has fewer entries');
    expect(countSearches()).toBe(searches);
    expect(await Promise.all(places.slice(0, 2).map(async (place) => ask(place, 1)))).toEqual([200, 200]);
  });

  it('AL-18 keeps what could be the number of a person out of the log, in every filter that is typed', async () => {
    const searches = countSearches();
    for (const filter of ['reason', 'actor', 'purpose', 'device', 'status', 'version', 'slower']) {
      for (const number of ['1012345672', '١٠١٢٣٤٥٦٧٢', '۱۰۱۲۳۴۵۶۷۲', '1012 345 672', '1012-345-672', '1012.345672', 'x11012345672']) {
        const page = await made.get(`/audit/questions/entries?${filter}=${encodeURIComponent(number)}`);
        expect([filter, number, page.status]).toEqual([filter, number, 400]);
      }
    }
    expect((await made.get('/audit/questions/entries?case=1012-345-672')).status).toBe(400);
    expect(countSearches()).toBe(searches);
  });
});
