// Exports of a case over HTTP: asked for, agreed to by a second auditor with their passkey, fetched, called off. Each step is an entry, and what is handed out is
// what the entry names.

import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findZipFiles } from '../../src/verifier/pack-files.ts';
import type { PackFiles } from '../../src/verifier/pack-files.ts';
import { verifyPack } from '../../src/verifier/verify-pack.ts';
import { findErrorCode } from '../support/case-world.ts';
import { confirmShown } from '../support/counter.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('exports of a case', () => {
  let world: World;
  let database: OpenDatabase;
  let asker: Officer;
  let colleague: Officer;
  let stranger: Officer;
  let caseUrl: string;
  let record: string;

  const get = async ({ traveller }: Officer, path: string): Promise<Answered> => traveller.agent.get(`${world.issuer}${path}`);
  const readToken = (page: Answered): string => /name="token" value="([^"]*)"/.exec(page.body)?.[1] ?? '';
  const post = async (officer: Officer, from: string, { path, fields = {} }: { path: string; fields?: Record<string, string> }) => {
    const token = readToken(await get(officer, from));
    return officer.traveller.agent.post(`${world.issuer}${path}`, { token, ...fields });
  };

  beforeAll(async () => {
    world = await createWorld({ env: { HUWIYA_AUDIT_EXPORT_ALONE: '3' } });
    database = openWorldDatabase(world);
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await withdraw(traveller, 'permit');
    await readLog(world);
    record = String(database.rows('SELECT id FROM consents')[0]?.['id']);
    asker = await createSignedInOfficer(world, 'auditor', 'Noura Alsalem');
    colleague = await createSignedInOfficer(world, 'auditor', 'Sami Alharbi');
    stranger = await createSignedInOfficer(world, 'auditor', 'Huda Alomari');
    const ends = new Date(world.clock.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const paper = { number: '1448/Q/9', authority: 'Court', basis: 'complaint', scope: 'all', agency: '', from: '', to: '', ends };
    const opened = await post(asker, '/audit/cases/new', { path: '/audit/cases', fields: paper });
    caseUrl = new URL(opened.url).pathname;
    await post(asker, caseUrl, { path: `${caseUrl}/members`, fields: { member: colleague.id } });
    await readLog(world);
  }, 60_000);

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const ask = async (fields: Record<string, string>, officer = asker): Promise<Answered> => {
    const whole = {
      form: 'pack',
      service: '',
      record: '',
      person: '',
      from: '',
      to: '',
      recipient: 'Court, room 3',
      reason: 'A complaint',
    };
    return post(officer, `${caseUrl}/exports`, { path: `${caseUrl}/exports`, fields: { ...whole, ...fields } });
  };
  const toPath = (page: Answered): string => new URL(page.url).pathname;
  const fetchFile = async (officer: Officer, path: string): Promise<Response> => {
    const token = readToken(await get(officer, '/audit'));
    return officer.traveller.agent.send(`${world.issuer}${path}/file`, { method: 'POST', body: new URLSearchParams({ token }) });
  };
  const open = async (response: Response): Promise<{ readonly digest: string; readonly files: PackFiles }> => {
    const bytes = Buffer.from(await response.arrayBuffer());
    return { digest: hash('sha256', bytes, 'base64url'), files: findZipFiles(bytes) ?? new Map() };
  };
  const readTypes = (): readonly string[] =>
    database.rows("SELECT type FROM entries WHERE type LIKE 'export.%' ORDER BY rowid").map(({ type }) => String(type));
  const readLast = (): unknown => {
    const [row] = database.rows("SELECT body FROM entries WHERE type LIKE 'export.%' ORDER BY rowid DESC LIMIT 1");
    const body: unknown = JSON.parse(String(row?.['body']));
    return body;
  };

  it('names everything that is wrong with a form, and asks for nothing', async () => {
    const before = readTypes();
    const page = await ask({ form: 'xlsx', record: 'x', person: 'Noura', from: 'soon', recipient: '', reason: '' });
    expect(page.status).toBe(400);
    for (const field of ['form', 'record', 'person', 'from', 'recipient', 'reason']) {
      expect(page.body).toContain(`href="#${field}"`);
    }
    expect((await ask({})).status).toBe(400);
    expect((await ask({ record: '0199c1b2-7d1e-7c3a-9a55-0f6e2f2b9d10' })).status).toBe(400);
    expect(readTypes()).toEqual(before);
  });

  it('hand out a small pack to who asked, that verifies, and whose digest is in an entry of its own', async () => {
    const page = await ask({ record });
    expect(page.body).toContain('data-action="fetch"');
    const response = await fetchFile(asker, toPath(page));
    const { digest, files } = await open(response);
    expect(response.headers.get('content-disposition')).toContain('.zip');
    expect(verifyPack(files)).toMatchObject({ isValid: true, said: { case: '1448/Q/9', recipient: 'Court, room 3' } });
    expect(readLast()).toMatchObject({
      type: 'export.created',
      actor: { kind: 'officer', ref: asker.id },
      payload: { sha256: digest, case: '1448/Q/9' },
    });
    expect(JSON.stringify(readLast())).not.toContain('A complaint');
    expect(findErrorCode(await get(stranger, toPath(page)))).toBe('audit/case-unknown');
    const taken = await post(colleague, toPath(page), { path: `${toPath(page)}/file` });
    expect([taken.status, findErrorCode(taken)]).toEqual([403, 'audit/export-own']);
  });

  it('wait for a second auditor where they are large; who asked cannot agree, and nobody without their passkey', async () => {
    const page = await ask({ form: 'csv', service: 'mol-work-permit' });
    const path = toPath(page);
    expect(page.body).not.toContain('data-action="fetch"');
    const early = await fetchFile(asker, path);
    expect(early.status).toBe(409);
    const own = await post(asker, path, { path: `${path}/approve`, fields: { confirmation: '' } });
    expect(own.status).not.toBe(200);
    const bare = await post(colleague, path, { path: `${path}/approve`, fields: { confirmation: 'x' } });
    expect(findErrorCode(bare)).toBe('officer/unconfirmed');
    const shown = await get(colleague, path);
    const confirmation = await confirmShown(colleague.traveller, shown);
    const agreed = await post(colleague, path, { path: `${path}/approve`, fields: { confirmation } });
    expect([agreed.status, toPath(agreed)]).toEqual([200, path]);
    expect(readLast()).toMatchObject({ type: 'export.approved', actor: { kind: 'officer', ref: colleague.id } });
    const { files } = await open(await fetchFile(asker, path));
    expect(files.get('entries.csv')?.toString()).toMatch(/^\uFEFF"القيد","الوقت"/);
    expect(files.get('entries.csv')?.toString()).toMatch(/"P-[0-9A-Z]{12}"/);
    expect(JSON.parse(files.get('provenance.json')?.toString() ?? '')).toMatchObject({
      format: 'huwiya-list/1',
      recipient: 'Court, room 3',
      approved_by: colleague.id,
    });
    const look = async (officer: Officer): Promise<Response> =>
      officer.traveller.agent.send(`${world.issuer}${path}/progress`, { headers: { accept: 'application/json' } });
    const [counted] = database.rows(`SELECT matching AS rows FROM audit_exports WHERE id = '${path.split('/').at(-1)}'`);
    expect(await (await look(asker)).json()).toEqual({ state: 'whole', rows: Number(counted?.['rows']) });
    expect((await look(colleague)).status).toBe(403);
    expect((await get(asker, path)).body).toContain(`data-progress="${path}/progress" data-state="whole"`);
    const sha256 = hash('sha256', files.get('entries.csv') ?? '', 'base64url');
    expect(readLast()).toMatchObject({ type: 'export.created', payload: { sha256, what: 'csv' } });
  });

  it('refuse each who is not the second person: a stranger, whoever asked, a confirmation of another act, and one used before', async () => {
    const path = toPath(await ask({ form: 'csv', service: 'mol-work-permit' }));
    const other = toPath(await ask({ form: 'jsonl', service: 'mol-work-permit' }));
    const before = readTypes().length;
    const strange = await get(stranger, path);
    expect([strange.status, findErrorCode(strange)]).toEqual([404, 'audit/case-unknown']);
    const token = readToken(await get(stranger, '/audit/cases/new'));
    const pressed = await stranger.traveller.agent.post(`${world.issuer}${path}/approve`, { token, confirmation: 'x' });
    expect(findErrorCode(pressed)).toBe('audit/case-unknown');
    const confirmation = await confirmShown(colleague.traveller, await get(colleague, other));
    const moved = await post(colleague, path, { path: `${path}/approve`, fields: { confirmation } });
    expect(findErrorCode(moved)).toBe('officer/unconfirmed');
    const denied = await post(asker, path, { path: `${path}/deny` });
    expect([denied.status, findErrorCode(denied)]).toEqual([403, 'audit/export-own']);
    const off = await post(colleague, path, { path: `${path}/cancel` });
    expect([off.status, findErrorCode(off)]).toEqual([403, 'audit/export-own']);
    expect(readTypes()).toHaveLength(before);
    const agreed = await confirmShown(colleague.traveller, await get(colleague, path));
    await post(colleague, path, { path: `${path}/approve`, fields: { confirmation: agreed } });
    const again = await post(colleague, path, { path: `${path}/approve`, fields: { confirmation: agreed } });
    expect(findErrorCode(again)).toBe('officer/unconfirmed');
    expect(readTypes()).toHaveLength(before + 1);
  });

  it('wait for another human, and not for another account of the one who asked', async () => {
    const alike = await createSignedInOfficer(world, 'auditor', 'نورة السالم / Noura  ALSALEM');
    await post(asker, caseUrl, { path: `${caseUrl}/members`, fields: { member: alike.id } });
    const path = toPath(await ask({ form: 'csv', service: 'mol-work-permit' }));
    const before = readTypes();
    const confirmation = await confirmShown(alike.traveller, await get(alike, path));
    for (const step of ['approve', 'deny']) {
      const settled = await post(alike, path, { path: `${path}/${step}`, fields: { confirmation } });
      expect([step, settled.status, findErrorCode(settled)]).toEqual([step, 403, 'audit/export-own']);
    }
    expect(readTypes()).toEqual(before);
  });

  it('hand out nothing once refused, called off, or when the entry cannot be written', async () => {
    const refused = toPath(await ask({ form: 'jsonl', service: 'mol-work-permit' }));
    const agreeing = await confirmShown(colleague.traveller, await get(colleague, refused));
    const before = readTypes();
    const asked = await post(colleague, refused, { path: `${refused}/deny` });
    expect([asked.status, findErrorCode(asked)]).toEqual([200, undefined]);
    const otherWord = await post(colleague, refused, { path: `${refused}/deny`, fields: { confirmation: agreeing } });
    expect([findErrorCode(otherWord), readTypes()]).toEqual(['officer/unconfirmed', before]);
    const confirmation = await confirmShown(colleague.traveller, asked);
    await post(colleague, refused, { path: `${refused}/deny`, fields: { confirmation } });
    expect(readLast()).toMatchObject({ type: 'export.denied', actor: { kind: 'officer', ref: colleague.id } });
    expect((await fetchFile(asker, refused)).status).toBe(409);
    const off = toPath(await ask({ record }));
    expect((await post(colleague, off, { path: `${off}/cancel` })).status).toBe(403);
    await post(asker, off, { path: `${off}/cancel` });
    expect(readLast()).toMatchObject({ type: 'export.cancelled' });
    expect((await fetchFile(asker, off)).status).toBe(409);
    const broken = toPath(await ask({ record }, colleague));
    const answer = await whileInsertFails(database, 'entries', () => fetchFile(colleague, broken));
    expect(answer.status).toBe(503);
  });

  it('wait for the second auditor as well where small ones are large together', async () => {
    const first = await ask({ record }, colleague);
    expect([first.status, first.body.includes('data-action="fetch"')]).toEqual([200, false]);
    expect(readLast()).toMatchObject({ type: 'export.requested', actor: { kind: 'officer', ref: colleague.id } });
    expect((await fetchFile(colleague, toPath(first))).status).toBe(409);
  });

  it('are the only way by which more leaves than one auditor takes alone: files outside a case stop there, and say so', async () => {
    for (const path of ['/audit/entries.csv?order=oldest-first', '/audit/entries.jsonl?order=oldest-first']) {
      const lines = (await get(asker, path)).body.trimEnd().split('\n');
      expect([path, lines.length]).toEqual([path, path.includes('csv') ? 4 : 3]);
    }
    const agent = asker.traveller.agent;
    const readLines = async (query: string): Promise<Response> =>
      agent.send(`${world.issuer}/audit/api/v1/entries?${query}`, { headers: { accept: 'application/x-ndjson' } });
    for (const query of ['', 'limit=100']) {
      const lines = await readLines(query);
      expect([lines.headers.get('huwiya-entries'), lines.headers.get('huwiya-cut')]).toEqual(['3', 'true']);
      expect((await lines.text()).trimEnd().split('\n')).toHaveLength(3);
    }
    const few = await readLines('limit=2');
    expect([few.headers.get('huwiya-entries'), await few.text()]).toEqual(['2', expect.stringMatching(/^[^\n]+\n[^\n]+\n$/)]);
  });
});
