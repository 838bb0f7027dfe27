// Auditors' cases over HTTP: opened, shared with a colleague, closed; each step an entry, and nothing of a case shown to who is no member.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe('auditors’ cases', () => {
  let world: World;
  let database: OpenDatabase;
  let opener: Officer;
  let colleague: Officer;
  let caseUrl: string;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    opener = await createSignedInOfficer(world, 'auditor', 'Noura Alsalem');
    colleague = await createSignedInOfficer(world, 'auditor', 'Sami Alharbi');
  }, 60_000);

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const get = async ({ traveller }: Officer, path: string): Promise<Answered> => traveller.agent.get(`${world.issuer}${path}`);
  const readToken = (page: Answered): string => /name="token" value="([^"]*)"/.exec(page.body)?.[1] ?? '';
  const post = async (
    officer: Officer,
    from: string,
    { path, fields }: { path: string; fields: Record<string, string> },
  ): Promise<Answered> => {
    const token = readToken(await get(officer, from));
    return officer.traveller.agent.post(`${world.issuer}${path}`, { token, ...fields });
  };
  const draft = (changes: Record<string, string> = {}): Record<string, string> => ({
    number: '1448/Q/77',
    authority: 'Administrative Court',
    basis: 'complaint',
    scope: 'all',
    agency: '',
    from: '',
    to: '',
    ends: toDay(world.clock.now() + 30 * 86_400_000),
    ...changes,
  });
  // Whoever opens a case comes to its page, and seeing it is a look.
  const acts = "entries WHERE type <> 'record.viewed'";
  const readLast = (): unknown => {
    const [row] = database.rows(`SELECT body FROM ${acts} ORDER BY rowid DESC LIMIT 1`);
    const body: unknown = JSON.parse(String(row?.['body']));
    return body;
  };
  const countEntries = (): number => Number(database.rows(`SELECT count(*) AS n FROM ${acts}`)[0]?.['n']);

  it('names everything that is wrong with a form, keeps what was typed, and opens nothing', async () => {
    const before = countEntries();
    const wrong = { ...draft(), number: 'A B', authority: '', basis: '', scope: 'agency', ends: '2020-01-01' };
    const page = await post(opener, '/audit/cases/new', { path: '/audit/cases', fields: wrong });
    expect([page.status, countEntries() - before]).toEqual([400, 0]);
    for (const field of ['number', 'authority', 'basis', 'agency', 'ends']) {
      expect(page.body).toContain(`href="#${field}"`);
    }
    expect(page.body).toContain('value="A B"');
  });

  it('refuses a number that could be that of a person: it would stand in the log for ever', async () => {
    const page = await post(opener, '/audit/cases/new', { path: '/audit/cases', fields: draft({ number: 'C-1012345672' }) });
    expect([page.status, page.body.includes('looks like the number of a person') || page.body.includes('يشبه رقم شخص')]).toEqual([
      400,
      true,
    ]);
  });

  it('opens a case with exactly one entry, which holds no word that was written freely', async () => {
    const before = countEntries();
    const page = await post(opener, '/audit/cases/new', { path: '/audit/cases', fields: draft() });
    caseUrl = new URL(page.url).pathname;
    expect([page.status, countEntries() - before]).toEqual([200, 1]);
    expect(caseUrl).toMatch(/^\/audit\/cases\/[0-9a-f-]{36}$/);
    expect(readLast()).toMatchObject({
      type: 'audit.case_opened',
      actor: { kind: 'officer', ref: opener.id },
      payload: { case: '1448/Q/77', basis: 'complaint', scope: 'all', agency: null },
    });
    expect(JSON.stringify(readLast())).not.toContain('Court');
    expect((await get(opener, '/audit/cases')).body).toContain('1448/Q/77');
  });

  it('opens a number once', async () => {
    const page = await post(colleague, '/audit/cases/new', { path: '/audit/cases', fields: draft() });
    expect([page.status, page.body.includes('href="#number"')]).toEqual([400, true]);
  });

  it('is told to its members alone, until a member adds a colleague', async () => {
    const stranger = await get(colleague, caseUrl);
    expect([stranger.status, findErrorCode(stranger)]).toEqual([404, 'audit/case-unknown']);
    expect((await get(colleague, '/audit/cases')).body).not.toContain('1448/Q/77');
    await post(opener, caseUrl, { path: `${caseUrl}/members`, fields: { member: colleague.id } });
    expect(readLast()).toMatchObject({ type: 'audit.member_added', payload: { case: '1448/Q/77', officer: colleague.id } });
    const shown = await get(colleague, caseUrl);
    expect([shown.status, shown.body.includes('Sami Alharbi')]).toEqual([200, true]);
  });

  it('is closed by a member with an entry, stays to be read, and takes nobody in any more', async () => {
    const form = readToken(await get(opener, caseUrl));
    await post(colleague, caseUrl, { path: `${caseUrl}/close`, fields: {} });
    expect(readLast()).toMatchObject({ type: 'audit.case_closed', payload: { case: '1448/Q/77' } });
    const shown = await get(opener, caseUrl);
    expect([shown.status, shown.body.includes('Administrative Court'), shown.body.includes('data-action="close"')]).toEqual([
      200,
      true,
      false,
    ]);
    const late = await opener.traveller.agent.post(`${world.issuer}${caseUrl}/close`, { token: form });
    expect([late.status, findErrorCode(late)]).toEqual([409, 'audit/case-ended']);
  });
});
