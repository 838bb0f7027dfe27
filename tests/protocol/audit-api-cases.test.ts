// The auditor's interface inside a case: the questions and the entries that the desk has there, under the same pseudonyms, for members and nobody else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApi, createJudge, parseDescription } from '../support/api-answers.ts';
import type { Api, ApiAnswer } from '../support/api-answers.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
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
  let judge: (path: string, answer: ApiAnswer) => void;
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

  it('tells how exports of the case stand', async () => {
    const answer = await get(`${base}/exports`);
    judge('/audit/api/v1/cases/{case}/exports', answer);
    expect(answer.body).toEqual({ exports: [] });
  });
});
