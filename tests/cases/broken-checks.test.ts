// A check that cannot be made refuses (IN-13): whichever table of the database is away, whoever is not let in stays outside.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { isFull } from '../support/counts.ts';
import { whileAway } from '../support/open-database.ts';
import { registerMetadata } from '../support/receiver.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { askSilently, createEnrolledPerson, obtainTokens, openAccountPage } from '../support/visits.ts';

/** What somebody asks for, and whether it was given; `shut` takes the right away in the row that says so, and nothing else. */
type Door = { readonly name: string; readonly isOpened: () => Promise<boolean>; readonly shut: string; readonly open: string };

const everyTable = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

/** Whatever one of the doors below looks into on its way. */
const lookedAt = [
  'people',
  'person_subjects',
  'agencies',
  'services',
  'purposes',
  'passkeys',
  'consents',
  'entries',
  'entry_secrets',
  'artefacts',
  'sessions',
  'ended_tokens',
  'replays',
  'officers',
  'officer_passkeys',
  'staff_sessions',
  'metadata_models',
  'proofings',
  'recoveries',
  'limit_counts',
];

describe('a check', () => {
  let at: CaseWorld;
  let doors: readonly Door[];

  const toSwitch = (table: string, where: string, standing = 'active'): Pick<Door, 'shut' | 'open'> => ({
    shut: `UPDATE ${table} SET status = 'suspended' WHERE ${where}`,
    open: `UPDATE ${table} SET status = '${standing}' WHERE ${where}`,
  });

  async function createPersonDoors(): Promise<readonly Door[]> {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const { body } = await obtainTokens(traveller, 'permit');
    await openAccountPage(traveller);
    const standing = toSwitch('people', `id = '${person.id}'`);
    return [
      { name: 'UserInfo', isOpened: async () => (await fetchUserInfo(at.issuer, body['access_token'])).status === 200, ...standing },
      {
        name: 'the own page',
        isOpened: async () => (await traveller.agent.get(`${at.issuer}/account/details`)).body.includes('data-action="sign-out"'),
        ...standing,
      },
      { name: 'a sign-in without a page', isOpened: async () => (await askSilently(traveller, 'permit')).has('code'), ...standing },
    ];
  }

  async function createDeskDoor(role: 'auditor' | 'registrar', path: string): Promise<Door> {
    const { id, traveller } = await createSignedInOfficer(at.world, role);
    const isOpened = async (): Promise<boolean> =>
      (await traveller.agent.get(`${at.issuer}${path}`)).body.includes('action="/staff/sign-out"');
    return { name: `the desk ${path}`, isOpened, ...toSwitch('officers', `id = '${id}'`) };
  }

  async function createProgramDoors(): Promise<readonly Door[]> {
    const program = await registerProgram(at.world, 'gac-reader');
    const token = await obtainProgramToken(at.world, program);
    const read = async (): Promise<boolean> =>
      (await fetch(`${at.issuer}/audit/api/v1/checkpoint`, { headers: { authorization: `Bearer ${token}` } })).status === 200;
    const obtain = async (): Promise<boolean> =>
      (await requestTokens(at.issuer, { grant_type: 'client_credentials', scope: 'consents' })).status === 200;
    return [
      { name: 'the interface for auditors', isOpened: read, ...toSwitch('services', "client_id = 'gac-reader'") },
      { name: 'a token without a person', isOpened: obtain, ...toSwitch('services', "client_id = 'mol-work-permit'") },
    ];
  }

  beforeAll(async () => {
    at = await createCaseWorld();
    await registerMetadata(at.world, 'mol-work-permit', { grant_types: ['authorization_code', 'client_credentials'] });
    doors = [
      ...(await createPersonDoors()),
      await createDeskDoor('auditor', '/audit/entries'),
      await createDeskDoor('registrar', '/office'),
      ...(await createProgramDoors()),
    ];
  });

  afterAll(async () => {
    await at.close();
  });

  const listOpened = async (): Promise<readonly string[]> => {
    const opened = await Promise.all(doors.map(async ({ name, isOpened }) => ((await isOpened()) ? name : undefined)));
    return opened.filter((name) => name !== undefined);
  };

  const listOpenedWithout = async (tables: readonly string[]): Promise<readonly (readonly string[])[]> => {
    const opened: (readonly string[])[] = [];
    for (const table of tables) {
      opened.push(await whileAway(at.database, table, listOpened));
    }
    return opened;
  };

  test('IN-13 that cannot be made lets nobody in, whichever table is away', async () => {
    const names = doors.map(({ name }) => name);
    expect(await listOpened()).toEqual(names);
    // Also who may come in stays outside where it cannot be looked up.
    const opened = await listOpenedWithout(['people', 'services', 'officers']);
    expect(names.filter((name) => opened.every((each) => each.includes(name)))).toEqual([]);
    doors.forEach(({ shut }) => at.database.run(shut));
    expect(await listOpened()).toEqual([]);
    const tables = isFull ? at.database.rows(everyTable).map(({ name }) => String(name)) : lookedAt;
    const forced = await listOpenedWithout(tables);
    expect(tables.filter((_, place) => forced[place]?.length !== 0)).toEqual([]);
  });
});
