// No way from a pseudonym to an identity without two approvals: every address that the router has, and every method, asked by everybody, with the ids and pseudonyms of a case in
// every place for a parameter. What is looked for in every answer are the names, the number, the address and the reference of the person behind the pseudonym.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditRoutes } from '../../src/web/audit/routes.ts';
import { listRoutes } from '../../src/web/routes.ts';
import { openCaseDesk } from '../support/audit-case.ts';
import type { CaseDesk } from '../support/audit-case.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { UserAgent } from '../support/user-agent.ts';
import { createEnrolled, getForm, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const officerRoles = ['auditor', 'operator', 'registrar', 'approver', 'developer'] as const;
/** Where the bodies of forms would be the answer: a registrar who types a number is shown who has it, which is no way from a pseudonym. */
const secrets = ['Plantedfamily', 'المزروعة', '1010101019', 'planted@example.test'] as const;
const [family, familyArabic, number, email] = secrets;

describe('unmasking', () => {
  let world: World;
  let database: OpenDatabase;
  let desk: CaseDesk;
  let pseudonym: string;
  let unmaskUrl: string;
  let known: readonly string[];
  const askers: [string, UserAgent][] = [];

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    const named = { 'family_name#en': family, 'family_name#ar': familyArabic, national_id: number, email };
    const person = await world.addPerson('citizen', { ...sampleData, ...named, id: number });
    const planted = { person, traveller: createTraveller(world.issuer) };
    await enrol(planted.traveller, await world.invite(person));
    await obtainTokens(planted.traveller, 'permit', { attributes: ['email'] });
    const receipt = String(database.rows(`SELECT jws FROM consent_versions WHERE person_id = '${planted.person.id}'`)[0]?.['jws']);
    known = [...secrets, planted.person.id];
    desk = await openCaseDesk(world);
    pseudonym = await desk.findByReceipt(receipt);
    const fields = { pseudonym, reason: 'A complaint that names this release.', minutes: '60', court: '', tell: '' };
    unmaskUrl = new URL((await desk.confirm(desk.opener, await desk.ask(fields))).url).pathname;
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

  const toPaths = (path: string): readonly string[] => {
    const [caseId = '', unmaskId = ''] = [desk.url.split('/').at(-1), unmaskUrl.split('/').at(-1)];
    const fill = (value: string): string =>
      path
        .replace('/cases/:case', `/cases/${caseId}`)
        .replace(':unmask', unmaskId)
        .replaceAll(/[:*]\w+/g, value);
    return [...new Set([pseudonym, unmaskId, '1'].map(fill))];
  };

  const readAnswer = async (agent: UserAgent, [method, path]: readonly [string, string], token: string): Promise<string> => {
    const query = `pseudonym=${pseudonym}&person=${pseudonym}&number=${pseudonym}&subject=${pseudonym}`;
    if (method === 'get') {
      const accept = path.includes('/api/') ? 'application/json' : 'text/html';
      const plain = await agent.send(`${world.issuer}${path}`, { headers: { accept } });
      const asked = await agent.send(`${world.issuer}${path}?${query}`, { headers: { accept } });
      return `${JSON.stringify([...plain.headers])}${await plain.text()}${await asked.text()}`;
    }
    const body = new URLSearchParams(`${query}&token=${token}&decision=approve&code=${pseudonym}&confirmation=none`);
    const answer = await agent.send(`${world.issuer}${path}`, { method: 'POST', body });
    return `${JSON.stringify([...answer.headers])}${await answer.text()}`;
  };

  const findToken = async (agent: UserAgent): Promise<string> => {
    const answers = await Promise.all(['/audit', '/office'].map(async (path) => (await agent.get(`${world.issuer}${path}`)).body));
    return /name="token" value="([^"]*)"/.exec(answers.join(''))?.[1] ?? '';
  };

  // Ends of sessions would end the walk, and are no answers about anybody.
  const isWalked = (path: string): boolean => !/sign-out|\/close$|\/signed-out/.test(path);

  it('knows every address of the desk', () => {
    const listed = new Set(listRoutes().map(([method, path]) => `${method} ${path}`));
    expect(auditRoutes.filter(([method, path]) => !listed.has(`${method} ${path}`))).toEqual([]);
    expect(listed.has('post /audit/cases/:case/unmask/:unmask/show')).toBe(true);
  });

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
    expect(database.rows("SELECT id FROM entries WHERE type IN ('unmask.used', 'unmask.approved')")).toEqual([]);
    await desk.decide(desk.colleague, unmaskUrl, 'approve');
    const form = getForm(await desk.get(desk.opener, unmaskUrl), /\/show$/);
    const shown = await desk.opener.traveller.agent.post(form.action, form.fields);
    expect(secrets.filter((secret) => shown.body.includes(secret))).toEqual([family, familyArabic, number]);
  }, 300_000);
});
