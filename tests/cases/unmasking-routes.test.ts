// No way from a pseudonym to an identity without two approvals: every address that the router has, and every method, asked by everybody, with the ids and pseudonyms of a case in
// every place for a parameter (in `npm test` the pseudonym stands in each, beside the right case and request). What is looked for in every answer are the names, the number, the address and the reference of the person behind the pseudonym.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { questionNames } from '../../src/domain/audit/questions/names.ts';
import { auditRoutes } from '../../src/web/audit/routes.ts';
import { listRoutes } from '../../src/web/routes.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { openCaseDesk, toCaseDay } from '../support/audit-case.ts';
import type { CaseDesk } from '../support/audit-case.ts';
import { mailEnv, readLetters } from '../support/mailbox.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { toPost, toRealPaths, toRealQuery } from '../support/real-places.ts';
import type { RealValues } from '../support/real-places.ts';
import { isFull } from '../support/counts.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { UserAgent } from '../support/user-agent.ts';
import { createEnrolled, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const officerRoles = ['auditor', 'operator', 'registrar', 'approver', 'developer'] as const;
/** Where the bodies of forms would be the answer: a registrar who types a number is shown who has it, which is no way from a pseudonym. */
const secrets = ['Plantedfamily', 'المزروعة', '1010101019', 'planted@example.test'] as const;
const [family, familyArabic, number, email] = secrets;
const someQuestions = ['shared-about-person', 'prove-consent', 'looks-and-unmaskings'];

const forCourt = { recipient: 'Court', reason: 'A complaint, word for word.' };
const toLast = (url: string): string => url.split('/').at(-1) ?? '';

const findNotice = (log: readonly { readonly type: string; readonly body: string }[]): string =>
  /"notice_sha256":"([^"]*)"/.exec(log.find(({ type }) => type === 'consent.given')?.body ?? '')?.[1] ?? '';

/** Pages that hand out nothing of the log, of the state's affairs and of colleagues: forms, lists of questions, own cases and searches, and what is public anyway. */
const speakOfNobody = [
  '/audit',
  '/audit/api/v1/cases',
  '/audit/cases',
  '/audit/cases/new',
  '/audit/entries',
  '/audit/questions',
  '/audit/questions/entries',
  '/audit/saved',
  '/audit/cases/:case/questions',
  '/audit/cases/:case/entries',
  '/audit/cases/:case/exports/:export/progress',
  '/audit/log',
  '/audit/api/v1/questions',
  '/audit/api/v1/checkpoint',
  '/audit/api/v1/event-types',
  '/audit/api/v1/services',
  '/audit/api/v1/openapi.json',
];

describe('unmasking', () => {
  let world: World;
  let database: OpenDatabase;
  let desk: CaseDesk;
  let pseudonym: string;
  let unmaskUrl: string;
  let breachUrl: string;
  let breach: CaseDesk;
  let entryIndex: number;
  let known: readonly string[];
  let record: string;
  let notice: string;
  let real: RealValues;
  const askers: [string, UserAgent][] = [];

  beforeAll(async () => {
    world = await createWorld({ env: mailEnv });
    database = openWorldDatabase(world);
    const named = { 'family_name#en': family, 'family_name#ar': familyArabic, national_id: number, email, email_verified: true };
    const person = await world.addPerson('citizen', { ...sampleData, ...named, id: number });
    const planted = { person, traveller: createTraveller(world.issuer) };
    await enrol(planted.traveller, await world.invite(person));
    await obtainTokens(planted.traveller, 'permit', { attributes: ['email'] });
    const [version] = database.rows(`SELECT jws, consent_id FROM consent_versions WHERE person_id = '${planted.person.id}'`);
    const receipt = String(version?.['jws']);
    record = String(version?.['consent_id']);
    known = [...secrets, planted.person.id];
    const released = await obtainTokens(planted.traveller, 'permit');
    await fetchUserInfo(world.issuer, released.body['access_token']);
    const [complaint, disowned] = [await complain(planted.traveller), await disown()];
    const log = await readLog(world);
    entryIndex = log.findIndex(({ type }) => type === 'data.released');
    notice = findNotice(log);
    const own = log.flatMap(({ personRef }, index) => (personRef === person.id ? [String(index)] : []));
    desk = await openCaseDesk(world);
    pseudonym = await desk.findByReceipt(receipt);
    const fields = { pseudonym, reason: 'A complaint that names this release.', minutes: '60', court: '', tell: '' };
    unmaskUrl = new URL((await desk.confirm(desk.opener, await desk.ask(fields))).url).pathname;
    breach = await openCaseDesk(world, { number: 'B-1', basis: 'breach', officers: [desk.opener, desk.colleague] });
    const today = toCaseDay(world.clock.now());
    const list = { service: 'mol-work-permit', from: today, to: today, reason: fields.reason, minutes: '60' };
    const listed = await breach.send(breach.opener, { page: `${breach.url}/breach`, action: /\/breach$/, fields: list });
    breachUrl = new URL((await breach.confirm(breach.opener, listed)).url).pathname;
    const taking = { form: 'csv', person: pseudonym, ...forCourt };
    const exported = await desk.send(desk.opener, { page: `${desk.url}/exports`, action: /\/exports$/, fields: taking });
    const subject = { subject: 'suspend:service:mol-work-permit', reason: forCourt.reason };
    const proposed = await desk.send(desk.opener, { page: `${desk.url}/suspensions`, action: /\/suspensions$/, fields: subject });
    const suspensionUrl = new URL((await desk.confirm(desk.opener, proposed)).url).pathname;
    real = new Map([
      ['/audit/cases/:case', [toLast(desk.url)]],
      ['/audit/api/v1/cases/:case', [toLast(desk.url)]],
      ['/audit/reports/:case', [complaint]],
      ['/office/cases/:case', [disowned]],
      ['/entries/:index', isFull ? own : own.slice(-3)],
      ['/exports/:export', [toLast(exported.url)]],
      ['/unmask/:unmask', [toLast(unmaskUrl)]],
      ['/breach/:list', [toLast(breachUrl)]],
      ['/suspensions/:suspension', [toLast(suspensionUrl)]],
    ]);
    const other = await createEnrolled(world);
    await openAccountPage(other);
    askers.push(['nobody', createTraveller(world.issuer).agent], ['another person', other.agent]);
    askers.push(['who asked', desk.opener.traveller.agent], ['a member', desk.colleague.traveller.agent]);
    for (const role of officerRoles) {
      askers.push([role, (await createSignedInOfficer(world, role, `Walker ${role}`)).traveller.agent]);
    }
  }, 120_000);

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const complain = async (traveller: Traveller): Promise<string> => {
    await openAccountPage(traveller);
    const { agent } = traveller;
    const form = getForm(await agent.get(`${world.issuer}/account/report?service=mol-work-permit`), /\/account\/reports$/);
    const sent = await agent.post(form.action, { ...form.fields, category: 'not-me', words: 'It was not me who signed in.' });
    return /C-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent.body)?.[0] ?? '';
  };

  /** By the link in the first letter. */
  const disown = async (): Promise<string> => {
    const link = await vi.waitUntil(
      () =>
        readLetters(world)
          .flatMap(({ to, text }) => (to === email ? [/https?:\/\/\S+\/not-me\/\S+/.exec(text)?.[0] ?? ''] : []))
          .find(Boolean),
      { timeout: 15_000 },
    );
    const { agent } = createTraveller(world.issuer);
    const form = getForm(await agent.get(link ?? ''), /\/not-me\//);
    return /C-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await agent.post(form.action, form.fields)).body)?.[0] ?? '';
  };

  const countEntries = (): number => Number(database.rows('SELECT count(*) AS n FROM entries')[0]?.['n']);

  type Walked = { readonly path: string; readonly status: number; readonly entries: number; readonly leaks: readonly string[] };

  /** Every address that is read, with values that lead somewhere. */
  const walkRooms = async (agent: UserAgent, questions: readonly string[]): Promise<readonly Walked[]> => {
    const today = toCaseDay(world.clock.now());
    const asked = {
      person: pseudonym,
      record,
      notice,
      service: 'mol-work-permit',
      attribute: 'email',
      from: today,
      to: today,
      seed: '7',
      entry: '5',
    };
    const walked: Walked[] = [];
    for (const [, path] of listRoutes().filter(([method, each]) => method === 'get' && /^\/(?:audit|office)/.test(each))) {
      const names = path.includes('/file.') && !isFull ? someQuestions : questions;
      const caseId = toLast((path.includes('/breach') ? breach : desk).url);
      const values = new Map([...real, ['/questions/:name', names] as const, ['/audit/cases/:case', [caseId]] as const]);
      for (const each of toRealPaths(path, values)) {
        const before = countEntries();
        const accept = path.includes('/api/') ? 'application/json' : 'text/html';
        const answer = await agent.send(`${world.issuer}${each}${toRealQuery(each, asked)}`, { headers: { accept } });
        const text = `${JSON.stringify([...answer.headers])}${await answer.text()}`;
        const leaks = known.filter((secret) => text.includes(secret)).map((secret) => `${each}: ${secret}`);
        walked.push({ path, status: answer.status, entries: countEntries() - before, leaks });
      }
    }
    return walked;
  };

  const toPaths = (path: string): readonly string[] => {
    const [caseUrl, listUrl] = path.includes('/breach') ? [breach.url, breachUrl] : [desk.url, unmaskUrl];
    const [caseId = '', unmaskId = ''] = [caseUrl.split('/').at(-1), listUrl.split('/').at(-1)];
    const fill = (value: string): string =>
      path
        .replace('/cases/:case', `/cases/${caseId}`)
        .replace(/:(?:unmask|list)\b/, unmaskId)
        .replace(':index', `${entryIndex}`)
        .replaceAll(/[:*]\w+/g, value);
    return [...new Set((isFull ? [pseudonym, unmaskId, '1'] : [pseudonym]).map(fill))];
  };

  const readAnswer = async (agent: UserAgent, [method, path]: readonly [string, string], token: string): Promise<string> => {
    const query = `pseudonym=${pseudonym}&person=${pseudonym}&number=${pseudonym}&subject=${pseudonym}`;
    if (method === 'get') {
      const accept = path.includes('/api/') ? 'application/json' : 'text/html';
      const asked = await agent.send(`${world.issuer}${path}?${query}`, { headers: { accept } });
      const plain = isFull || asked.status >= 400 ? await agent.send(`${world.issuer}${path}`, { headers: { accept } }) : asked.clone();
      return `${JSON.stringify([...plain.headers])}${await plain.text()}${await asked.text()}`;
    }
    const form = `${query}&token=${token}&decision=approve&code=${pseudonym}&confirmation=none`;
    const answer = await agent.send(`${world.issuer}${path}`, toPost(path, form, { form: 'jsonl', person: pseudonym, ...forCourt }));
    return `${JSON.stringify([...answer.headers])}${await answer.text()}`;
  };

  const findToken = async (agent: UserAgent): Promise<string> => {
    const answers = await Promise.all(
      ['/audit', '/office', '/account'].map(async (path) => (await agent.get(`${world.issuer}${path}`)).body),
    );
    return /name="token" value="([^"]*)"/.exec(answers.join(''))?.[1] ?? '';
  };

  // Ends of sessions would end the walk, and are no answers about anybody.
  const isWalked = (path: string): boolean => !/sign-out|\/close$|\/signed-out|\/sessions\//.test(path);

  it('knows every address of the desk', () => {
    const listed = new Set(listRoutes().map(([method, path]) => `${method} ${path}`));
    expect(auditRoutes.filter(([method, path]) => !listed.has(`${method} ${path}`))).toEqual([]);
    expect(listed.has('post /audit/cases/:case/unmask/:unmask/show')).toBe(true);
  });

  it('is no way by any address with values that lead somewhere, and each that tells something is an entry', async () => {
    const walked = await walkRooms(desk.opener.traveller.agent, questionNames);
    expect(walked.flatMap(({ leaks }) => leaks)).toEqual([]);
    const opened = walked.filter(({ status }) => status === 200);
    const unread = listRoutes().filter(
      ([method, path]) => method === 'get' && path.startsWith('/audit') && !opened.some((each) => each.path === path),
    );
    expect(unread.map(([, path]) => path).toSorted()).toEqual(['/audit/log/consistency', '/audit/open']);
    expect(opened.filter(({ path }) => path === '/audit/cases/:case/questions/:name')).toHaveLength(questionNames.length);
    const silent = opened.filter(({ path, entries }) => entries === 0 && !speakOfNobody.includes(path)).map(({ path }) => path);
    expect([...new Set(silent)]).toEqual([]);
    expect(opened.filter(({ entries }) => entries > 1).map(({ path }) => path)).toEqual([]);
    for (const [name, agent] of askers.filter(([each]) => each !== 'who asked')) {
      const others = await walkRooms(agent, isFull ? questionNames : someQuestions.slice(0, 1));
      expect([name, others.flatMap(({ leaks }) => leaks)]).toEqual([name, []]);
    }
  }, 120_000);

  it('is no way by any address and any role without two approvals, and is one with them', async () => {
    const routes = listRoutes().filter(([, path]) => isWalked(path));
    const leaks: string[] = [];
    let asked = 0;
    for (const [name, agent] of askers) {
      const token = await findToken(agent);
      for (const [method, path] of routes) {
        for (const filled of toPaths(path)) {
          const answer = await readAnswer(agent, [method, filled], token);
          asked += 1;
          leaks.push(...known.filter((secret) => answer.includes(secret)).map((secret) => `${name}: ${method} ${path}: ${secret}`));
        }
      }
    }
    expect(leaks).toEqual([]);
    expect(asked).toBeGreaterThan(1000);
    expect((await desk.opener.traveller.agent.get(`${world.issuer}${desk.url}/entries/${entryIndex}`)).body).toContain(pseudonym);
    expect(database.rows("SELECT id FROM entries WHERE type IN ('unmask.used', 'unmask.approved')")).toEqual([]);
    await desk.decide(desk.colleague, unmaskUrl, 'approve');
    const form = getForm(await desk.get(desk.opener, unmaskUrl), /\/show$/);
    const shown = await desk.opener.traveller.agent.post(form.action, form.fields);
    expect(secrets.filter((secret) => shown.body.includes(secret))).toEqual([family, familyArabic, number]);
  }, 300_000);

  it('is no way for a program of auditors that reads the whole log', async () => {
    const token = await obtainProgramToken(world, await registerProgram(world, 'gac-walker'));
    const leaks: string[] = [];
    let answered = 0;
    for (const [method, path] of listRoutes().filter(([, each]) => each.startsWith('/audit/') && isWalked(each))) {
      for (const filled of toPaths(path)) {
        const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
        const body = method === 'post' ? new URLSearchParams({ pseudonym, decision: 'approve' }) : null;
        const url = `${world.issuer}${filled}${method === 'get' ? `?person=${pseudonym}` : ''}`;
        const answers = [await fetch(url, { method, headers, body }), await fetch(`${world.issuer}${filled}`, { method, headers, body })];
        const text = (await Promise.all(answers.map(async (answer) => answer.text()))).join('');
        answered += answers.filter(({ status }) => status === 200).length;
        leaks.push(...known.filter((secret) => text.includes(secret)).map((secret) => `${method} ${path}: ${secret}`));
      }
    }
    expect(leaks).toEqual([]);
    expect(answered).toBeGreaterThan(5);
  });

  it('is a way for many only by a list on a breach that two agreed to', async () => {
    const token = /name="token" value="([^"]*)"/.exec((await breach.get(breach.opener, `${breach.url}/breach`)).body)?.[1] ?? '';
    const fetchFile = async () => breach.opener.traveller.agent.post(`${world.issuer}${breachUrl}/file`, { token });
    const isShown = async (): Promise<boolean> => (await fetchFile()).body.includes(family);
    expect(await isShown()).toBe(false);
    await breach.decide(breach.colleague, breachUrl, 'approve');
    expect(await isShown()).toBe(true);
  });
});
