// What auditors use once: the code of a registrar within a case, and the decision about an unmasking, which two members press at once.

import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { makeCaseLink } from '../../../src/domain/audit/case-link.ts';
import { openCaseDesk } from '../audit-case.ts';
import type { CaseDesk } from '../audit-case.ts';
import { confirmShown } from '../counter.ts';
import { createAttestedOfficer } from '../staff-journey.ts';
import type { Officer } from '../staff-journey.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import { getForm } from '../visits.ts';
import type { World } from '../world.ts';
import { countEntries, uses } from './arena.ts';
import type { SingleUse } from './arena.ts';

/** An auditor tries ten codes an hour. */
const triesOfOne = 8;

let opened = 0;

type Members = { readonly desk: CaseDesk; readonly number: string; readonly members: readonly Officer[] };

/** New ones for each round, because what one auditor may try and ask for in a day is bounded. */
async function openCase(world: World, count: number): Promise<Members> {
  opened += 1;
  const number = `R-${opened}`;
  const toOfficer = async (place: number): Promise<Officer> => createAttestedOfficer(world, 'auditor', `Auditor ${opened} ${place}`);
  const first = [await toOfficer(0), await toOfficer(1)] as const;
  const desk = await openCaseDesk(world, { number, officers: first });
  const members: Officer[] = [...first];
  for (let place = 2; place < count; place += 1) {
    const officer = await toOfficer(place);
    await desk.send(desk.opener, { page: desk.url, action: /\/members$/, fields: { member: officer.id } });
    members.push(officer);
  }
  return { desk, number, members };
}

async function press({ issuer }: World, { desk, members }: Members, code: string): Promise<readonly Shot[]> {
  const path = `${desk.url}/people`;
  const shots: Shot[] = [];
  for (const { traveller } of members) {
    const token = getForm(await traveller.agent.get(`${issuer}${path}`), /\/people$/).fields['token'] ?? '';
    const shot = asBrowser(traveller.agent, createPost(issuer, path, { token, code }));
    shots.push(...Array.from({ length: triesOfOne }, () => shot));
  }
  return shots.slice(0, uses);
}

const registrarsCode: SingleUse = {
  name: 'code of a registrar for an auditor',
  table: 'audit_case_people',
  begin: async ({ world }) => {
    const registrar = await createAttestedOfficer(world, 'registrar', 'Registrar of codes');
    const person = await world.addPerson();
    return async () => {
      const members = await openCase(world, Math.ceil(uses / triesOfOne));
      const needs = { clock: systemClock, random: systemRandom, links: world.storage.links };
      const { code } = await makeCaseLink(needs, { caseNumber: members.number, personRef: person.id, officerId: registrar.id });
      const shots = await press(world, members, code);
      return { shots, won: '200 ok', lost: /^404 audit\/code-unknown$/, left: countEntries('audit.person_found') };
    };
  },
};

/** Half of the presses are of one member, half of another, each with a confirmation of its own. */
async function decide({ issuer }: World, { members: [, ...others] }: Members, path: string): Promise<readonly Shot[]> {
  const shots: Shot[] = [];
  for (let shot = 0; shot < uses; shot += 1) {
    const { traveller } = others[shot % others.length] ?? {};
    if (traveller === undefined) {
      throw new Error('the case has one member');
    }
    const form = getForm(await traveller.agent.get(`${issuer}${path}`), /\/unmask\/[0-9a-f-]{36}$/);
    const page = await traveller.agent.post(form.action, { ...form.fields, decision: 'approve' });
    const confirmed = { ...getForm(page, /\/unmask\/[0-9a-f-]{36}$/).fields, confirmation: await confirmShown(traveller, page) };
    shots.push(asBrowser(traveller.agent, createPost(issuer, path, confirmed)));
  }
  return shots;
}

const decision: SingleUse = {
  name: 'decision about an unmasking',
  table: 'entries',
  begin: async ({ world }) => {
    const registrar = await createAttestedOfficer(world, 'registrar', 'Registrar of decisions');
    const person = await world.addPerson();
    return async () => {
      const members = await openCase(world, 3);
      const { desk, number } = members;
      const needs = { clock: systemClock, random: systemRandom, links: world.storage.links };
      const { code } = await makeCaseLink(needs, { caseNumber: number, personRef: person.id, officerId: registrar.id });
      const found = await desk.send(desk.opener, { page: `${desk.url}/people`, action: /\/people$/, fields: { code } });
      const pseudonym = /P-[0-9A-Z]{12}/.exec(found.body)?.[0] ?? '';
      const fields = { pseudonym, reason: 'A complaint that names this release.', minutes: '60', court: '', tell: '' };
      const url = new URL((await desk.confirm(desk.opener, await desk.ask(fields))).url).pathname;
      const won = `303 ${url.replaceAll(/[\w-]{20,}/g, '…')}`;
      return { shots: await decide(world, members, url), won, lost: /^409 unmask\/decided$/, left: countEntries('unmask.approved') };
    };
  },
};

export const unmaskingUses: readonly SingleUse[] = [registrarsCode, decision];
