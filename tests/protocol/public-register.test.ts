// The public register: anybody reads which service may ask for what, on what ground for whom, and since when. No person is in it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import { parseAgenciesFile } from '../../src/cli/files/agencies-file.ts';
import { applyAgencies } from '../../src/domain/agencies/apply-agencies.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { feedSchema } from '../../src/web/services/serve-feed.ts';
import { createCapturedContext } from '../support/captured-context.ts';
import { createProgramKey } from '../support/audit-program.ts';
import { applyFile, createCallerFile, createDriveFile, createServerFile } from '../support/resource-server.ts';
import { createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../support/sample-proposal.ts';
import { createTestFolder } from '../support/sqlite-database.ts';
import { createEnrolled, createRequest, openAccountPage, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { writeFileSync } from 'node:fs';

const folder = createTestFolder();
const jwks = { keys: [createPublicJwk()] };
const law = { type: 'public_task', law_ref: { ar: 'نظام المتنزهات، المادة 3', en: 'Parks Law, article 3' } };
const clean = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

describe('the public register', () => {
  let world: World;
  let reader: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    reader = createTraveller(world.issuer);
    const captured = createCapturedContext(world.storage);
    const toText = (retention: string, members: Readonly<Record<string, unknown>> = {}): string => {
      const purpose = createPurposeFile({
        retention,
        legal_basis_by_kind: { citizen: law },
        recipients: [{ role: 'processor', name: { ar: 'شركة البريد', en: 'Post company' } }],
      });
      const service = createServiceFile({
        jwks,
        client_id: 'parks-tickets',
        name: { ar: 'تذاكر المتنزهات', en: 'Park tickets' },
        redirect_uris: ['https://parks.example/callback'],
        sector: 'parks',
        audience: ['citizen', 'visitor'],
        purposes: [purpose],
        ...members,
      });
      const agency = createAgencyFile([service], {
        id: 'parks',
        registration_number: '7000000009',
        name: { ar: 'هيئة المتنزهات', en: 'Parks Authority' },
      });
      return toFileText(agency);
    };
    const apply = async (...given: Parameters<typeof toText>): Promise<void> => {
      writeFileSync(folder.path('parks.json'), toText(...given));
      expect(await runAgenciesApply(captured.context, { file: folder.path('parks.json'), json: false })).toBe(0);
    };
    await apply('P2Y');
    await apply('P1Y');
    await apply('P1Y', { audience: ['citizen'], redirect_uris: ['https://tickets.parks.example/callback'] });
    await apply('P1Y');
    // Another key, when there are approvers: nobody decides on it.
    const parsed = parseAgenciesFile(toText('P1Y', { jwks: { keys: [createPublicJwk()] } }));
    const needs = { agencies: world.storage.agencies, clock: systemClock, random: systemRandom, rules: { isLoopback: true } };
    if (!parsed.ok || !(await applyAgencies({ ...needs, hasApprover: async () => true }, parsed.proposal)).ok) {
      throw new Error('the file with another key was refused');
    }
    await readLog(world);
  });

  afterAll(async () => {
    await world.close();
    folder.remove();
  });

  const read = async (path: string): Promise<string> => clean((await reader.agent.get(`${world.issuer}${path}`)).body);

  it('lists every service without a sign-in, and finds one by agency, service or detail however it is spelt', async () => {
    expect(await read('/services?lang=en')).toContain('3 of 3');
    for (const query of ['PARK', 'متنزهات', 'الهيئة'.slice(2), 'First name']) {
      expect(await read(`/services?q=${encodeURIComponent(query)}&lang=en`)).toContain('href="/services/parks-tickets"');
    }
    expect(await read('/services?q=nothing-of-the-kind&lang=en')).toContain('No service has this name');
    expect(await read('/?lang=en')).toContain('href="/services"');
  });

  it('says of a service the ground for each kind of person, who receives the details, and what changed when', async () => {
    const page = await read('/services/parks-tickets?lang=en');
    for (const shown of [
      'citizen: public task',
      'Parks Law, article 3',
      'visitor: consent',
      'Post company',
      '1 year at most',
      'version 2',
    ]) {
      expect(page.toLowerCase()).toContain(shown.toLowerCase());
    }
    expect(page).toMatch(/A purpose took effect[\s\S]*How long it is kept/);
    expect(await read('/services/parks-tickets?lang=ar')).toContain('نظام المتنزهات، المادة 3');
    expect((await reader.agent.get(`${world.issuer}/services/nobody`)).status).toBe(404);
  });

  it('gives programs the same as JSON of a fixed shape', async () => {
    const answer = await reader.agent.get(`${world.issuer}/services.json`);
    const feed = feedSchema.parse(JSON.parse(answer.body));
    const parks = feed.services.find(({ client_id }) => client_id === 'parks-tickets');
    expect(feed.services).toHaveLength(3);
    expect(parks?.purposes[0]).toMatchObject({
      version: 2,
      retention: 'P1Y',
      legal_basis: { citizen: law, visitor: { type: 'consent', law_ref: null } },
    });
    expect(parks?.purposes[0]?.since).not.toBeNull();
    expect(parks?.changes.map(({ what, version, approved }) => [what, version, approved])).toEqual([
      ['service', 4, null],
      ['service', 3, false],
      ['service', 2, false],
      ['purpose', 2, false],
      ['purpose', 1, false],
      ['service', 1, false],
    ]);
  });

  it('gives programs each version of a service with its entry', async () => {
    const feed = feedSchema.parse(JSON.parse((await reader.agent.get(`${world.issuer}/services.json`)).body));
    const parks = feed.services.find(({ client_id }) => client_id === 'parks-tickets');
    const entries = parks?.changes.flatMap(({ what, entry }) => (what === 'service' ? [entry] : []));
    expect(parks?.versions.map(({ entry }) => entry)).toEqual(entries);
    expect([parks?.version, parks?.versions.map(({ version, audience, hosts }) => [version, audience, hosts])]).toEqual([
      4,
      [
        [4, ['citizen', 'visitor'], ['parks.example']],
        [3, ['citizen', 'visitor'], ['parks.example']],
        [2, ['citizen'], ['tickets.parks.example']],
        [1, ['citizen', 'visitor'], ['parks.example']],
      ],
    ]);
  });

  it('says of each version of a service what it was registered as', async () => {
    const [, , third = '', second = '', , , first = ''] = (await read('/services/parks-tickets?lang=en')).split('class="event-time"');
    expect([third, second, first].map((text) => /version (\d)/.exec(text)?.[1])).toEqual(['3', '2', '1']);
    expect([third, second, first].map((text) => text.includes('tickets.parks.example'))).toEqual([false, true, false]);
    expect(second).toContain('What this version registered');
  });

  it('is a press away from the page on which a person decides, and from the one where they see it again', async () => {
    const person = await createEnrolled(world);
    await openAccountPage(person);
    const page = await person.agent.get(createRequest(world.issuer, 'permit').url);
    expect(page.body).toContain('href="/services/mol-work-permit"');
    await visit(person, 'permit');
    expect((await person.agent.get(`${world.issuer}/account/services/mol-work-permit`)).body).toContain('href="/services/mol-work-permit"');
  });

  it('says which interfaces and programs there are, what they open, and who may call what for whom', async () => {
    const [server, caller, drive] = [createProgramKey('mol-api'), createProgramKey('mol-match'), createProgramKey('mol-drive')];
    const names = { registration_number: '7000000005', name: { ar: 'وزارة الداخلية', en: 'Ministry of the Interior' } };
    const programs = [createServerFile(server), createCallerFile(caller), createDriveFile(drive, ['permits:read', 'permits:renew'])];
    await applyFile(world, createAgencyFile(programs, { id: 'moi', contacts: {}, ...names }));
    await readLog(world);
    const list = await read('/services?lang=en');
    expect(list).toContain('4 of 4');
    expect(list).toMatch(/Programs and interfaces[\s\S]*href="\/services\/mol-match"/);
    const opened = await read('/services/mol-api?lang=en');
    for (const shown of [
      'permits:renew',
      'Driving licences',
      'in a person’s name: Renew a work permit',
      'Nightly match',
      'with nobody in front of it',
    ]) {
      expect(opened).toContain(shown);
    }
    expect(opened).not.toMatch(/resource_server|Which details|level at least/);
    expect(await read('/services/mol-match?lang=en')).toMatch(/What it may do with nobody in front of it[\s\S]*href="\/services\/mol-api"/);
    const { services } = feedSchema.parse(JSON.parse((await reader.agent.get(`${world.issuer}/services.json`)).body));
    const find = (id: string) => services.find(({ client_id }) => client_id === id);
    expect(find('mol-api')).toMatchObject({
      kind: 'interface',
      opens: {
        resource: 'https://api.mol.example/',
        callers: [
          { client_id: 'mol-drive', purpose: 'licence', scopes: ['permits:read', 'permits:renew'] },
          { client_id: 'mol-match', purpose: null, scopes: ['permits:read'] },
        ],
      },
    });
    expect(find('mol-match')).toMatchObject({ kind: 'program', access: [{ server: 'mol-api', scopes: [{ name: 'permits:read' }] }] });
    expect(find('mol-drive')).toMatchObject({ kind: 'service', opens: null, access: [] });
  });

  it('holds no secret and no person', async () => {
    const { body } = await reader.agent.get(`${world.issuer}/services.json`);
    expect(body).not.toMatch(/secret|"keys"|sara@|القحطاني/i);
  });
});
