// The saved questions of auditors over HTTP, in a small world that was made through the real app: each answers, each figure leads to the very entries that
// it counts, and each asking is one entry that names nobody.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionCatalogue } from '../../src/domain/audit/questions/catalogue.ts';
import { findErrorCode } from '../support/case-world.ts';
import { entriesLinks, readAll, readFigure, readFound, readKeep, readLastBody, readSize, toQuestionQuery } from '../support/answer-page.ts';
import { createApi, createJudge, parseDescription } from '../support/api-answers.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { runCommand } from '../support/command.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createQuestionWorld } from '../support/question-world.ts';
import type { QuestionWorld } from '../support/question-world.ts';
import { readLog } from '../support/read-log.ts';
import type { Answered } from '../support/user-agent.ts';

describe('the saved questions of auditors', () => {
  let made: QuestionWorld;
  let database: OpenDatabase;
  let person: string;

  beforeAll(async () => {
    made = await createQuestionWorld();
    database = openWorldDatabase(made.world);
    const breach = await made.get(`${made.caseUrl}/questions/breach-scope?ask=1&service=mol-work-permit&from=2020-01-01&to=2099-01-01`);
    person = /P-[0-9A-HJKMNP-TV-Z]{12}/.exec(breach.body)?.[0] ?? '';
  }, 60_000);

  afterAll(async () => {
    database.close();
    await made.close();
  });

  const countEntries = (): number => Number(database.rows('SELECT count(*) AS n FROM entries')[0]?.['n']);
  const readLast = (): unknown => readLastBody(database);
  const toQuery = (name: string): string => toQuestionQuery(made, person, name);

  it('are 26, each of its own number and name', () => {
    expect(questionCatalogue.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_, at) => at + 1));
    expect(new Set(questionCatalogue.map(({ name }) => name)).size).toBe(26);
  });

  it('are listed in plain words without leaving an entry, those about people inside a case alone', async () => {
    const before = countEntries();
    const outside = await made.get('/audit/questions');
    const inside = await made.get(`${made.caseUrl}/questions`);
    expect([outside.status, inside.status, countEntries() - before]).toEqual([200, 200, 0]);
    expect(readAll(outside, /href="\/audit\/questions\/([a-z-]+)"/g).filter((name) => name !== 'entries')).toHaveLength(23);
    expect(readAll(inside, /questions\/([a-z-]+)"/g).filter((name) => questionCatalogue.some((each) => each.name === name))).toHaveLength(
      26,
    );
  });

  it.each(questionCatalogue.map(({ name }) => name))(
    'answers %s inside a case by one entry, and every figure leads to its entries',
    async (name) => {
      const before = countEntries();
      const page = await made.get(`${made.caseUrl}/questions/${name}?${toQuery(name)}`);
      expect([name, page.status, countEntries() - before]).toEqual([name, 200, 1]);
      expect(readLast()).toMatchObject({ type: 'record.searched', payload: { query: name, case: '1448/Q/12', form: 'page' } });
      expect(page.body).not.toMatch(/سارة|Sara|1000000008/);
      for (const link of entriesLinks(page)) {
        const listed = await made.get(link);
        expect([link, listed.status, readFound(listed) !== undefined]).toEqual([link, 200, true]);
      }
    },
  );

  it('leads from each linked figure to exactly as many entries', async () => {
    for (const { name } of questionCatalogue) {
      const page = await made.get(`${made.caseUrl}/questions/${name}?${toQuery(name)}`);
      const figures = [...page.body.matchAll(/data-figure="([a-z-]+)"[\s\S]*?figure-value"><a href="([^"]*)"><bdi[^>]*>([^<]*)</g)];
      for (const [, figure, link = '', value] of figures.filter(([, figure]) => figure !== 'people')) {
        const listed = await made.get(link.replaceAll('&amp;', '&'));
        expect([name, figure, readFound(listed)]).toEqual([name, figure, value?.replaceAll(',', '')]);
      }
    }
  });

  it('tells everything that was shared about a person of the case, in time', async () => {
    const page = await made.get(`${made.caseUrl}/questions/shared-about-person?ask=1&person=${person}`);
    expect(readFigure(page, 'releases')).toBe('1');
    expect(page.body).toContain('<svg class="chart"');
    const strange = await made.get(`${made.caseUrl}/questions/shared-about-person?ask=1&person=P-000000000000`);
    expect(readFigure(strange, 'releases')).toBe('0');
  });

  it('says by which basis each decision of a person stands, and lays the notice of a decision beside its proof', async () => {
    const about = await made.get(`${made.caseUrl}/questions/shared-about-person/file.jsonl?person=${person}`);
    const rows = about.body.split('\n').filter((line) => line.includes('"consent.given"'));
    expect(rows.map((line) => /"basis":"(\w+)"/.exec(line)?.[1])).toEqual(['consent']);
    const proof = await made.get(`/audit/questions/prove-consent?ask=1&record=${made.record}`);
    expect(proof.body).toContain('class="shown-text"');
    expect(proof.body).toContain('data-finding="notice-matches" data-holds="true"');
  });

  it('leads from each entry of a case to that entry inside the case, where its person has the pseudonym and the look bears the number', async () => {
    const listed = await made.get(`${made.caseUrl}/entries?type=data.released&person=${person}`);
    const [url = ''] = readAll(listed, /href="(\/audit\/[^"]*entries\/\d+)"/g);
    const index = Number(/\d+$/.exec(url)?.[0]);
    expect(url).toBe(`${made.caseUrl}/entries/${index}`);
    const [inside, outside] = [await made.get(url), await made.get(`/audit/entries/${index}`)];
    expect([inside.status, inside.body.includes(person), outside.status, outside.body.includes(person)]).toEqual([200, true, 200, false]);
    const about = readAll(inside, /href="(\/audit\/[^"]*shared-about-person[^"]*)"/g);
    expect(about).toEqual([`${made.caseUrl}/questions/shared-about-person?ask=1&person=${person}`]);
    expect(readAll(inside, /href="(\/audit\/entries\/[^"]*)"/g)).toEqual([]);
    const [file] = readAll(inside, /href="([^"]*proof\.json)"/g);
    expect([(await made.get(file ?? '')).status, file]).toEqual([200, `${url}/proof.json`]);
    expect(readLast()).toMatchObject({ type: 'record.viewed', payload: { index, form: 'proof-file', case: '1448/Q/12' } });
  });

  it('shows what stood on the screen, and that it matches its digest', async () => {
    const page = await made.get(`/audit/questions/what-was-shown?ask=1&notice=${made.notice}`);
    expect(page.body).toContain('data-finding="notice-matches" data-holds="true"');
    expect(page.body).toContain('class="shown-text"');
  });

  it('says plainly, in words, where there must be none', async () => {
    for (const [name, figure] of [
      ['released-without-record', 'no-record'],
      ['released-after-end', 'after-withdrawal'],
      ['beyond-purpose', 'beyond-purpose'],
      ['below-level', 'below-level'],
      ['acts-for-others', 'after-death'],
    ] as const) {
      const page = await made.get(`/audit/questions/${name}?ask=1&lang=en`);
      expect([name, readFigure(page, figure)]).toEqual([name, '0']);
      expect(page.body).toContain('None, as it must be');
    }
  });

  it('gives the same answer again as the log stood at a checkpoint, and another one of the log now', async () => {
    const url = '/audit/questions/looks-and-unmaskings?ask=1';
    const first = await made.get(url);
    const asOf = /data-as-of="(\d+)"/.exec(first.body)?.[1] ?? '';
    const looks = readFigure(first, 'looks');
    await readLog(made.world);
    const again = await made.get(`${url}&as_of=${asOf}`);
    const now = await made.get(url);
    expect([readFigure(again, 'looks'), Number(readFigure(now, 'looks')) > Number(looks)]).toEqual([looks, true]);
    const unknown = await made.get(`${url}&as_of=999999`);
    expect([unknown.status, findErrorCode(unknown)]).toEqual([404, 'audit/checkpoint-unknown']);
  });

  it('draws the same sample for the same seed and log, and another one for another seed', async () => {
    const now = await made.get('/audit/questions/random-sample?ask=1&seed=11');
    const asOf = /data-as-of="(\d+)"/.exec(now.body)?.[1] ?? '';
    const draw = async (seed: number): Promise<readonly string[]> =>
      readAll(await made.get(`/audit/questions/random-sample?ask=1&seed=${seed}&count=6&as_of=${asOf}`), /href="\/audit\/entries\/(\d+)"/g);
    const [first, again, other] = [await draw(11), await draw(11), await draw(12)];
    expect(first).toHaveLength(6);
    expect([again, JSON.stringify(other) === JSON.stringify(first)]).toEqual([first, false]);
  });

  it('finds the log whole, and an export complete by the counts of its days', async () => {
    const page = await made.get('/audit/questions/is-the-log-whole?ask=1');
    expect(readAll(page, /data-finding="([a-z-]+)" data-holds="true"/g)).toEqual(['root-matches', 'only-grown', 'no-gap', 'tail-whole']);
    expect(readFigure(page, 'gaps')).toBe('0');
    const none = await made.get('/audit/questions/export-complete?ask=1&entry=0');
    expect(none.body).toContain('data-finding="is-export" data-holds="false"');
  });

  it('answers nothing about people outside a case, and nothing of a case to who is no member', async () => {
    const before = countEntries();
    const outside = await made.get('/audit/questions/breach-scope?ask=1&service=mol-work-permit&from=2020-01-01&to=2099-01-01');
    expect([outside.status, findErrorCode(outside)]).toEqual([403, 'audit/case-needed']);
    const strange = await made.get('/audit/cases/00000000-0000-7000-8000-000000000000/questions/who-holds?ask=1&attribute=email');
    expect([strange.status, findErrorCode(strange), countEntries() - before]).toEqual([404, 'audit/case-unknown', 0]);
    expect((await made.get('/audit/questions/nothing?ask=1')).status).toBe(404);
  });

  it('takes the answer away as lines and as a sheet, each one look', async () => {
    await made.get('/audit?lang=ar');
    const before = countEntries();
    const lines = await made.get('/audit/questions/who-holds/file.jsonl?ask=1&attribute=email');
    const sheet = await made.get('/audit/questions/who-holds/file.csv?ask=1&attribute=email');
    expect([lines.status, sheet.status, countEntries() - before]).toEqual([200, 200, 2]);
    expect(
      lines.body
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toContainEqual(expect.objectContaining({ table: 'holders', service: 'mol-work-permit', count: 1, people: 1 }));
    expect(sheet.body).toMatch(/^المقدار,القيمة\n[^]*\nالجدول,الخدمة,الغرض,القيود,الأشخاص\nمن لديه البيان,mol-work-permit,/);
    expect((await (await made.auditor.traveller.agent.send(sheet.url)).bytes()).slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  });

  it('are answered to programs as described, without a person, and not at all where they are about people', async () => {
    const program = await registerProgram(made.world, 'gac-reader');
    const api = createApi(made.world.issuer, await obtainProgramToken(made.world, program));
    const judge = createJudge(parseDescription((await api.get('/openapi.json')).text));
    judge('/audit/api/v1/questions', await api.get('/questions'));
    for (const { name, needsCase } of questionCatalogue) {
      const query = toQuery(name).replace('ask=1&', '');
      const answer = await api.get(`/questions/${name}?${query.startsWith('person') ? '' : query}`);
      expect([name, answer.status === 200]).toEqual([name, !needsCase]);
      expect(answer.text).not.toMatch(/P-[0-9A-HJKMNP-TV-Z]{12}/);
      judge('/audit/api/v1/questions/{name}', answer);
    }
    const lines = await api.get('/questions/who-holds?attribute=email', { accept: 'application/x-ndjson' });
    judge('/audit/api/v1/questions/{name}', lines);
    expect(lines.text.split('\n').filter(Boolean)).toHaveLength(3);
    const wrong = await api.get('/questions/who-holds?attribute=nothing&other=1');
    expect(wrong.body).toMatchObject({ errors: [{ parameter: 'attribute' }, { parameter: 'other' }] });
  });

  it('are answered at the command, with the same definitions, inside a case under its pseudonyms', async () => {
    const config = join(made.world.folder, 'node', 'huwiya.env');
    const run = async (...args: readonly string[]) => runCommand(['audit', ...args, '--config', config]);
    const list = await run('questions');
    expect(questionCatalogue.every(({ name }) => list.stdout.includes(name))).toBe(true);
    const breach = ['ask', 'breach-scope', '--param', 'service=mol-work-permit', '--param', 'from=2020-01-01', '--param', 'to=2099-01-01'];
    expect((await run(...breach)).stderr).toContain('audit/case-needed');
    const inside = await run(...breach, '--case', '1448/Q/12', '--format', 'jsonl');
    expect(inside.stdout).toContain(`"person":"${person}"`);
    expect(readLast()).toMatchObject({ actor: { kind: 'operator' }, payload: { query: 'breach-scope', case: '1448/Q/12', form: 'jsonl' } });
    const listed = await run('query', '--case', '1448/Q/12', '--type', 'data.released', '--attribute', 'email', '--format', 'jsonl');
    expect(JSON.parse(listed.stdout)).toMatchObject({ type: 'data.released', person });
    expect(readLast()).toMatchObject({ actor: { kind: 'operator' }, payload: { case: '1448/Q/12', returned: 1, form: 'jsonl' } });
    const index = Number(/"entry":(\d+)/.exec(listed.stdout)?.[1]);
    expect((await run('show', `${index}`, '--case', '1448/Q/12', '--json')).stdout).toContain(`"pseudonym": "${person}"`);
    expect(readLast()).toMatchObject({ type: 'record.viewed', payload: { index, case: '1448/Q/12' } });
    const whole = ['audit', 'query', '--case', '1448/Q/12', '--format', 'csv', '--config', config];
    const alone = await runCommand(whole, { HUWIYA_AUDIT_EXPORT_ALONE: '2' });
    expect(alone.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(alone.stderr).toContain('2 entries are what one person takes alone');
    expect((await run('query', '--case', '9999', '--format', 'table')).stderr).toContain('audit/case-unknown');
    expect((await run('ask', 'is-the-log-whole', '--as-of', '999999')).stderr).toContain('audit/checkpoint-unknown');
  }, 60_000);

  const post = async (path: string, fields: Readonly<Record<string, string>>): Promise<Answered> =>
    made.auditor.traveller.agent.post(`${made.world.issuer}${path}`, fields);

  it('are kept in the case, shared with its members, and asked again as the log stood', async () => {
    const asked = await made.get(`${made.caseUrl}/questions/who-holds?ask=1&attribute=email&service=mol-work-permit`);
    const before = countEntries();
    const kept = await post(`${made.caseUrl}/saved`, { ...readKeep(asked), name: 'Who has the address' });
    expect([kept.status, countEntries() - before]).toEqual([200, 1]);
    expect(readLast()).toMatchObject({ type: 'record.searched', payload: { case: '1448/Q/12', saved: 1 } });
    expect(kept.body).toContain('Who has the address');
    const [asOf] = readAll(kept, /href="([^"]*as_of=\d+[^"]*)"/g);
    const again = await made.get(asOf ?? '');
    expect([readSize(again), readFigure(again, 'releases')]).toEqual([readSize(asked), readFigure(asked, 'releases')]);
    const [now = ''] = readAll(kept, /href="([^"]*)" data-action="ask-now"/g);
    expect([now.includes('as_of'), (await made.get(now)).status]).toEqual([false, 200]);
    expect((await made.get('/audit/saved')).body).not.toContain('Who has the address');
    const [removal = ''] = readAll(kept, /action="([^"]*\/remove)"/g);
    const gone = await post(removal, { token: readKeep(asked)['token'] ?? '' });
    expect(gone.body).not.toContain('Who has the address');
  });

  it('are kept with filters too, under no name that could be a number of somebody, and only where they can be asked', async () => {
    const found = await made.get(`${made.caseUrl}/entries?type=data.released&person=${person}`);
    const keep = readKeep(found);
    const numbered = await post(`${made.caseUrl}/saved`, { ...keep, name: 'About 1 034 567 891' });
    expect([numbered.status, numbered.body.includes('data-error="audit/search-refused"')]).toEqual([400, true]);
    expect((await post(`${made.caseUrl}/saved`, { ...keep, name: ' ' })).status).toBe(400);
    expect((await post(`${made.caseUrl}/saved`, { ...keep, name: 'Releases', query: 'x=1' })).status).toBe(400);
    expect((await post(`${made.caseUrl}/saved`, { ...keep, name: 'Releases', as_of: '999999' })).status).toBe(400);
    expect((await post('/audit/saved', { ...keep, name: 'Releases', question: 'breach-scope' })).status).toBe(400);
    expect((await made.get(`${made.caseUrl}/saved`)).body).not.toContain('data-saved');
    const kept = await post(`${made.caseUrl}/saved`, { ...keep, name: 'Releases' });
    expect(kept.body).toContain(person);
    const [again] = readAll(kept, /href="([^"]*entries\?[^"]*as_of=\d+[^"]*)"/g);
    expect(readFound(await made.get(again ?? ''))).toBe(readFound(found));
  });

  it('narrow entries by each filter, to exactly those that say so', async () => {
    const bodies = (await readLog(made.world)).map(({ body }) => body);
    const level = /"acr":"urn:huwiya:loa:(\w+)"/.exec(bodies.join(' '))?.[1] ?? '';
    const filters: readonly (readonly [query: string, expected: RegExp])[] = [
      ['type=consent.given&acted-by=self', /^(?=.*"type":"consent.given")(?=.*"acted_by":"self")/],
      ['type=data.released&sensitivity=normal', /^(?=.*"type":"data.released")(?=.*"attributes":\["email|.*"attributes":\[.*name)/],
      ['sensitivity=special', /"photo"/],
      ['type=consent.given&language=ar', /^(?=.*"type":"consent.given")(?=.*"language":"ar")/],
      [`type=consent.given&notice=${made.notice}`, new RegExp(`^(?=.*"type":"consent.given")(?=.*${made.notice})`)],
      [`type=service.entered&level=${level}`, new RegExp(`^(?=.*"type":"service.entered")(?=.*loa:${level}")`)],
      ['type=consent.given&basis=consent', /^(?=.*"type":"consent.given")(?=.*"basis":"consent")/],
      ['type=consent.given&version=1', /^(?=.*"type":"consent.given")(?=.*"purpose_version":1)/],
      ['actor-kind=officer&type=audit.case_opened&case=1448/Q/12', /^(?=.*"type":"audit.case_opened")(?=.*1448\/Q\/12)/],
      ['type=officer.invited&role=auditor', /^(?=.*"type":"officer.invited")(?=.*"role":"auditor")/],
    ];
    const found = await Promise.all(filters.map(async ([query]) => readFound(await made.get(`/audit/questions/entries?${query}`))));
    expect(filters.filter((_, at) => found[at] === '0')).toHaveLength(1);
    expect(filters.map(([query], at) => [query, found[at]])).toEqual(
      filters.map(([query, pattern]) => [query, String(bodies.filter((body) => pattern.test(body)).length)]),
    );
  });

  it('combines every filter, and shows people under pseudonyms inside a case and not at all outside', async () => {
    const query = 'type=data.released&agency=nobody&attribute=email&basis=consent';
    const inside = await made.get(`${made.caseUrl}/entries?type=data.released&attribute=email&person=${person}`);
    const outside = await made.get('/audit/questions/entries?type=data.released&attribute=email');
    expect([readFound(inside), readFound(outside)]).toEqual(['1', '1']);
    expect([inside.body.includes(person), /P-[0-9A-Z]{12}/.test(outside.body)]).toEqual([true, false]);
    expect((await made.get(`/audit/questions/entries?${query}`)).status).toBe(400);
  });
});
