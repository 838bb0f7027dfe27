// Questions of auditors from a copy of the database that is behind it: what is answered is what the copy holds, and it says as of when.

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFigure, readSize } from '../support/answer-page.ts';
import { createQuestionWorld } from '../support/question-world.ts';
import type { QuestionWorld } from '../support/question-world.ts';
import { readLog } from '../support/read-log.ts';
import { createTestFolder } from '../support/sqlite-database.ts';
import { fetchUserInfo } from '../support/service.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, obtainTokens } from '../support/visits.ts';

const folder = createTestFolder();
const copy = folder.path('copy.db');

describe('questions of auditors that are read from a copy', () => {
  let made: QuestionWorld;
  let database: OpenDatabase;

  beforeAll(async () => {
    made = await createQuestionWorld({ env: { HUWIYA_AUDIT_DATABASE: `sqlite:${copy}` } });
    database = openWorldDatabase(made.world);
  }, 60_000);

  afterAll(async () => {
    database.close();
    await made.close();
    folder.remove();
  });

  const ask = async (more = ''): Promise<Answered> =>
    made.get(`${made.caseUrl}/questions/breach-scope?ask=1&service=mol-work-permit&from=2020-01-01&to=2099-01-01${more}`);
  const releasesOf = (page: Answered): number => Number(readFigure(page, 'releases'));
  const sizeOf = (page: Answered): number => Number(readSize(page));
  const copyNow = async (): Promise<void> => {
    const source = new Database(String(database.rows('PRAGMA database_list')[0]?.['file']));
    await source.backup(copy);
    source.close();
  };
  const release = async (): Promise<void> => {
    const { body } = await obtainTokens(await createEnrolled(made.world), 'permit', { attributes: ['email'] });
    await fetchUserInfo(made.world.issuer, body['access_token']);
  };
  const whole = async (): Promise<number> => (await readLog(made.world)).length;

  it('hear that they are asked again later while there is none, and nobody else notices', async () => {
    expect((await ask()).status).toBe(503);
    await release();
  });

  it('answer from what it holds and say as of which size of the log that is, until it has caught up', async () => {
    // Facts are made by the database itself, whoever asks, and the copy gets them with everything else.
    const before = await whole();
    await ask();
    await copyNow();
    const first = await ask();
    expect(sizeOf(first)).toBeGreaterThanOrEqual(before);
    await release();
    const size = await whole();
    const second = await ask();
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(sizeOf(second)).toBeLessThan(size);
    expect(releasesOf(second)).toBe(releasesOf(first));
    expect((await ask(`&as_of=${size}`)).status).toBe(503);
    await copyNow();
    const third = await ask();
    expect(sizeOf(third)).toBeGreaterThanOrEqual(size);
    expect(releasesOf(third)).toBe(releasesOf(first) + 1);
    expect(releasesOf(await ask(`&as_of=${size}`))).toBe(releasesOf(third));
  });
});
