// The auditor's interface inside a case: the questions and the entries that the desk has there, under the same pseudonyms, for members and nobody else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApi, createJudge, parseDescription } from '../support/api-answers.ts';
import type { Api, ApiAnswer } from '../support/api-answers.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { findZipFiles } from '../../src/verifier/pack-files.ts';
import { createQuestionWorld } from '../support/question-world.ts';
import type { QuestionWorld } from '../support/question-world.ts';
import { readLog } from '../support/read-log.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';

const pseudonym = /P-[0-9A-HJKMNP-TV-Z]{12}/;
const pageSchema = z.object({ entries: z.array(z.unknown()), next: z.string().nullable() });
const breach = 'service=mol-work-permit&from=2020-01-01&to=2099-01-01';

describe('the auditor’s interface inside a case', () => {
  let made: QuestionWorld;
  let program: Api;
  let judge: ReturnType<typeof createJudge>;
  let base: string;

  beforeAll(async () => {
    made = await createQuestionWorld();
    const registered = await registerProgram(made.world, 'gac-reader');
    program = createApi(made.world.issuer, await obtainProgramToken(made.world, registered));
    judge = createJudge(parseDescription((await program.get('/openapi.json')).text));
    base = made.caseUrl.replace('/audit/', '/');
  }, 60_000);

  afterAll(async () => {
    await made.close();
  });

  const get = async (path: string, { accept = 'application/json', by = made.auditor }: { accept?: string; by?: Officer } = {}) => {
    const response = await by.traveller.agent.send(`${made.world.issuer}/audit/api/v1${path}`, { headers: { accept } });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json') && accept !== 'application/x-ndjson';
    const body: unknown = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, body } satisfies ApiAnswer;
  };
  const readLast = async (): Promise<unknown> => {
    const body: unknown = JSON.parse((await readLog(made.world)).at(-1)?.body ?? '{}');
    return body;
  };

  it('names the cases of the auditor, and none to a program', async () => {
    const own = await get('/cases');
    judge('/audit/api/v1/cases', own);
    expect(own.body).toMatchObject({ cases: [{ id: base.split('/').at(-1), number: '1448/Q/12', is_over: false }] });
    expect((await program.get('/cases')).body).toEqual({ cases: [] });
  });

  it('answers what is about people under the pseudonyms of the desk, and the entry names the case', async () => {
    const answer = await get(`${base}/questions/breach-scope?${breach}`);
    judge('/audit/api/v1/cases/{case}/questions/{name}', answer);
    const [person = ''] = pseudonym.exec(answer.text) ?? [];
    const desk = await made.get(`${made.caseUrl}/questions/breach-scope?ask=1&${breach}`);
    expect([person.length, desk.body.includes(person)]).toEqual([14, true]);
    const shared = await get(`${base}/questions/shared-about-person?person=${person}`, { accept: 'application/x-ndjson' });
    judge('/audit/api/v1/cases/{case}/questions/{name}', shared);
    expect(shared.text).toContain('data.released');
    expect(await readLast()).toMatchObject({ payload: { query: 'shared-about-person', case: '1448/Q/12', form: 'jsonl' } });
  });

  it('pages through the entries of a person by cursor, and gives the same in lines', async () => {
    const [person = ''] = pseudonym.exec((await get(`${base}/questions/breach-scope?${breach}`)).text) ?? [];
    const found: unknown[] = [];
    let cursor: string | null = '';
    do {
      const page = await get(`${base}/matches?person=${person}&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      judge('/audit/api/v1/cases/{case}/matches', page);
      const { entries, next } = pageSchema.parse(page.body);
      found.push(...entries);
      cursor = next;
    } while (cursor !== null);
    const lines = await get(`${base}/matches?person=${person}`, { accept: 'application/x-ndjson' });
    judge('/audit/api/v1/cases/{case}/matches', lines);
    const listed = lines.text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(found.length).toBeGreaterThan(3);
    expect(listed).toEqual(found);
    expect(lines.headers.get('huwiya-entries')).toBe(String(found.length));
    expect(found.every((entry) => JSON.stringify(entry).includes(`"person":"${person}"`))).toBe(true);
  });

  it('does not exist for a program and for an auditor who is no member', async () => {
    const other = await createSignedInOfficer(made.world, 'auditor', 'Another Auditor');
    for (const path of [`${base}/matches`, `${base}/questions/breach-scope?${breach}`, `${base}/exports`]) {
      expect([path, (await program.get(path)).body]).toMatchObject([path, { code: 'audit/case-unknown', status: 404 }]);
      expect([path, (await get(path, { by: other })).body]).toMatchObject([path, { code: 'audit/case-unknown', status: 404 }]);
    }
  });

  it('lets a program combine filters outside, and ask about nobody', async () => {
    const page = await program.get('/matches?type=data.released&attribute=email&basis=consent');
    judge('/audit/api/v1/matches', page);
    const released = await program.get('/matches?type=data.released');
    expect(released.body).toMatchObject({ found: { is_more: false } });
    expect(released.text).not.toMatch(pseudonym);
    expect(released.text).not.toContain(made.record);
    const wrong = await program.get('/matches?person=P-000000000000&after=1&ask=1&level=%3Cscript%3E&limit=0');
    judge('/audit/api/v1/matches', wrong);
    expect(wrong.body).toMatchObject({ code: 'audit/parameter-refused' });
    for (const name of ['person', 'after', 'ask', 'level']) {
      expect(wrong.text).toContain(`"parameter":"${name}"`);
    }
  });

  const send = async (path: string, body: unknown, { by = made.auditor, type = 'application/json', site = 'same-origin' } = {}) => {
    const headers = { accept: 'application/json', 'content-type': type, 'sec-fetch-site': site };
    const given = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await by.traveller.agent.send(`${made.world.issuer}/audit/api/v1${path}`, given);
    const text = await response.text();
    const parsed: unknown = JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body: parsed } satisfies ApiAnswer;
  };
  const countEntries = async (): Promise<number> => (await readLog(made.world)).length;
  const asking = { form: 'jsonl', service: 'mol-work-permit', recipient: 'A court', reason: 'A complaint' };
  const paths = { list: '/audit/api/v1/cases/{case}/exports', one: '/audit/api/v1/cases/{case}/exports/{export}' };

  it('takes an export out: asked for, looked at, fetched and called off, each an entry of its own', async () => {
    const empty = await get(`${base}/exports`);
    judge(paths.list, empty);
    expect(empty.body).toEqual({ exports: [] });
    const before = await countEntries();
    const asked = await send(`${base}/exports`, asking);
    judge(paths.list, asked, 'post');
    expect([asked.status, asked.body]).toMatchObject([201, { form: 'jsonl', state: 'open', is_fetchable: true, decided_at: null }]);
    expect([await countEntries(), await readLast()]).toMatchObject([before + 1, { type: 'export.requested' }]);
    const location = new URL(asked.headers.get('location') ?? '', made.world.issuer).pathname.replace('/audit/api/v1', '');
    const found = await get(location);
    judge(paths.one, found);
    expect([found.body, await countEntries(), await readLast()]).toMatchObject([asked.body, before + 2, { type: 'record.viewed' }]);
    const file = await made.auditor.traveller.agent.send(`${made.world.issuer}/audit/api/v1${location}/file`, {});
    const files = findZipFiles(Buffer.from(await file.arrayBuffer())) ?? new Map<string, Buffer>();
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const lines = files.get('entries.jsonl')?.toString().trimEnd().split('\n') ?? [];
    expect([lines.length, lines.join('')]).toMatchObject([z.object({ entries: z.number() }).parse(found.body).entries, pseudonym]);
    expect([await countEntries(), await readLast()]).toMatchObject([before + 3, { type: 'export.created', payload: { what: 'jsonl' } }]);
    const off = await send(`${location}/cancel`, {});
    judge(`${paths.one}/cancel`, off, 'post');
    expect([off.body, await countEntries(), await readLast()]).toMatchObject([
      { state: 'cancelled', is_fetchable: false },
      before + 4,
      { type: 'export.cancelled', actor: { ref: made.auditor.id } },
    ]);
    expect((await get(`${location}/file`)).body).toMatchObject({ code: 'audit/export-settled', status: 409 });
    expect((await send(`${location}/cancel`, {})).body).toMatchObject({ code: 'audit/export-settled', status: 409 });
    judge(paths.list, await get(`${base}/exports`));
  });

  it('names what is wrong with an export that is asked for, and asks for nothing', async () => {
    const before = await countEntries();
    const wrong = await send(`${base}/exports`, { form: 'xlsx', record: 'x', person: 7, from: 'soon', recipient: '', token: 'x' });
    judge(paths.list, wrong, 'post');
    expect(wrong.body).toMatchObject({ code: 'audit/parameter-refused' });
    for (const name of ['form', 'record', 'person', 'from', 'recipient', 'reason', 'token']) {
      expect(wrong.text).toContain(`"parameter":"${name}"`);
    }
    expect((await send(`${base}/exports`, { ...asking, service: 'nobody' })).text).toContain('"parameter":"service"');
    expect((await send(`${base}/exports`, { ...asking, person: 'P-000000000000' })).body).toMatchObject({ code: 'audit/export-outside' });
    expect(await countEntries()).toBe(before);
  });

  it('lets no page of another site, no form and nobody else take anything out', async () => {
    const location = `${base}/exports/${z.object({ id: z.string() }).parse((await send(`${base}/exports`, asking)).body).id}`;
    for (const path of [`${base}/exports`, `${location}/cancel`]) {
      expect((await send(path, asking, { site: 'cross-site' })).body).toMatchObject({ code: 'request/cross-site' });
      expect((await send(path, asking, { type: 'text/plain' })).body).toMatchObject({ code: 'request/invalid' });
      expect((await program.post(path, asking)).body).toMatchObject({ code: 'audit/case-unknown', status: 404 });
    }
    const other = await createSignedInOfficer(made.world, 'auditor', 'Somebody Else');
    for (const path of [location, `${location}/file`]) {
      expect((await get(path, { by: other })).body).toMatchObject({ code: 'audit/case-unknown', status: 404 });
      expect((await program.get(path)).body).toMatchObject({ code: 'audit/case-unknown', status: 404 });
    }
    expect((await send(`${location}/cancel`, {}, { by: other })).body).toMatchObject({ code: 'audit/case-unknown' });
    expect((await get(`${base}/exports/00000000-0000-7000-8000-000000000000`)).body).toMatchObject({ code: 'audit/export-unknown' });
    const token = /name="token" value="([^"]*)"/.exec((await made.get(made.caseUrl)).body)?.[1] ?? '';
    await made.auditor.traveller.agent.post(`${made.world.issuer}${made.caseUrl}/members`, { token, member: other.id });
    const joined = await countEntries();
    expect((await get(`${location}/file`, { by: other })).body).toMatchObject({ code: 'audit/export-own', status: 403 });
    expect((await send(`${location}/cancel`, {}, { by: other })).body).toMatchObject({ code: 'audit/export-own', status: 403 });
    expect((await countEntries()) - joined).toBe(0);
  });
});
