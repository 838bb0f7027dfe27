// Whose name may be taken for whose: agencies by their names and those of the state's register, services by theirs.

import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { findLikeNames } from '../../../src/domain/agencies/check-names.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { checkFile, createAgencyFile, createPublicJwk, createServiceFile, toFileText, toPaths } from '../../support/sample-proposal.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { createSubmissionsWorld } from '../../support/submissions-world.ts';
import type { SubmissionsWorld } from '../../support/submissions-world.ts';

type Members = Readonly<Record<string, unknown>>;

const labour = { ar: 'وزارة العمل', en: 'Ministry of Labour' };
const permits = { ar: 'تصاريح العمل', en: 'Work permits' };
const own = { ar: 'جهة أخرى', en: 'Another agency' };
const tickets = { ar: 'التذاكر', en: 'Tickets' };
const key = createPublicJwk();

/** Another agency with one service, after the Ministry of Labour with its work permits. */
function toOther({ name = tickets, agency = {} }: { readonly name?: unknown; readonly agency?: Members }): Members {
  const hosts = { sector: 'other', redirect_uris: ['https://other.example/callback'] };
  const service = createServiceFile({ client_id: 'other', name, ...hosts, jwks: { keys: [key] } });
  return createAgencyFile([service], { id: 'other', registration_number: '7000000009', name: own, ...agency });
}

const labourFile = createAgencyFile([createServiceFile()], {
  organisation: { legal_name: { ar: 'وزارة العمل والتنمية', en: 'Ministry of Labour and Development' } },
});

test.each<[string, Parameters<typeof toOther>[0], readonly string[]]>([
  ['a service under the name of another agency', { name: labour }, ['agencies[1].services[0].name']],
  ['a service under a name that looks like it', { name: { ar: 'وزاره  العَمل', en: 'Tickets' } }, ['agencies[1].services[0].name']],
  [
    'a service under the name that another agency has in the register',
    { name: { ar: 'تذاكر', en: 'Ministry of Labour and Development' } },
    ['agencies[1].services[0].name'],
  ],
  ['an agency under the name of another agency', { agency: { name: labour } }, ['agencies[1].name']],
  ['an agency under the name of another service', { agency: { name: permits } }, ['agencies[1].name']],
  [
    'an agency whose name in the register is that of another agency',
    { agency: { organisation: { legal_name: labour } } },
    ['agencies[1].organisation.legal_name'],
  ],
  ['a service under the name of its own agency', { name: own }, []],
  ['a name of its own', {}, []],
])('RG-06 %s', (_what, members, refused) => {
  expect(toPaths(checkFile(toFileText(labourFile, toOther(members))))).toEqual(refused);
});

test('RG-06 a service under the name of a service of another agency is told, and an approver sees both', () => {
  const findings = checkFile(toFileText(labourFile, toOther({ name: { ar: 'تصاريح', en: 'WORK-PERMITS' } })));
  expect(toPaths(findings)).toEqual([]);
  expect(findings.filter(({ path }) => path === 'agencies[1].services[0].name')).toMatchObject([
    { severity: 'warning', problem: 'looks like the name of mol-work-permit, a service of another agency' },
  ]);
});

const database = createSqliteDatabase();
let world: SubmissionsWorld;
let opened: OpenedDatabase;

beforeEach(async () => {
  opened = await database.open();
  world = await createSubmissionsWorld(opened);
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

test('RG-06 a name that another agency took while a service waited cannot be approved any more', async () => {
  const waiting = await world.apply(toFileText(toOther({})));
  if (!waiting.ok || waiting.submission === null) {
    throw new Error('nothing waits');
  }
  const thief = createAgencyFile([], { id: 'thief', registration_number: '7000000008', name: tickets });
  const taken = await world.apply(toFileText(thief));
  expect(await world.decide(taken.ok ? taken.submission?.id : undefined, 'approve')).toMatchObject({ ok: true });
  expect(await world.decide(waiting.submission.id, 'approve')).toMatchObject({ ok: false, code: 'submission/conflicting' });
});

test('RG-06 services of one name are found for whoever decides', async () => {
  const waiting = await world.apply(toFileText(toOther({ name: permits })));
  const content = waiting.ok ? waiting.submission?.content : undefined;
  const [agencies, services] = [await opened.storage.agencies.listAgencies(), await opened.storage.agencies.listServices()];
  const [service] = content?.services ?? [];
  expect(service === undefined ? undefined : findLikeNames(service, { agencies, services })).toEqual([
    { service: permits, agency: labour },
  ]);
});
