// RG-05: a service of the class that binds everything to keys is not approved with a host of which nobody knows that its agency holds it.

import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { findUnproven } from '../../../src/domain/agencies/host-proof.ts';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import type { HostRules } from '../../../src/domain/agencies/host-proof.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createAgencyFile, createPublicJwk, createServiceFile, toFileText } from '../../support/sample-proposal.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { createEvent } from '../../support/store-samples.ts';
import { createSubmissionsWorld, publicHosts } from '../../support/submissions-world.ts';

const host = 'tickets.parks.gov.sa';
const service = {
  client_id: 'parks-tickets',
  class: 'fapi',
  sector: 'parks',
  name: { ar: 'تذاكر الحدائق', en: 'Park tickets' },
  redirect_uris: [`https://${host}/callback`],
  jwks: { keys: [createPublicJwk(), createPublicJwk({ kid: 'two' })] },
};
const agency = { id: 'parks', registration_number: '7000000009', name: { ar: 'هيئة الحدائق', en: 'Parks Authority' } };
const toFile = (members: Readonly<Record<string, unknown>> = {}): string =>
  toFileText(createAgencyFile([createServiceFile({ ...service, ...members })], agency));

const database = createSqliteDatabase();
let opened: OpenedDatabase;

beforeEach(async () => {
  opened = await database.open();
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

const prove = async (proven: string, agencyId = 'parks'): Promise<void> =>
  opened.storage.agencies.saveProof({ agencyId, host: proven, method: 'dns', provenAt: 1 }, createEvent('agency.host_proven'));

/** What becomes of the approval of a file with this service, before and after something happens. */
async function approve(members: Readonly<Record<string, unknown>>, hostRules: HostRules, meanwhile?: () => Promise<void>) {
  const world = await createSubmissionsWorld(opened, hostRules);
  const applied = await world.apply(toFile(members));
  const id = applied.ok ? applied.submission?.id : undefined;
  const codeOf = async (): Promise<string> => {
    const decided = await world.decide(id, 'approve');
    return decided.ok ? decided.value.outcome : decided.code;
  };
  const first = await codeOf();
  await meanwhile?.();
  return meanwhile === undefined ? [first] : [first, await codeOf()];
}

test('RG-05 a service of class fapi is not approved while its host is unproven, and is once it is', async () => {
  expect(await approve({}, publicHosts, async () => prove(host))).toEqual(['submission/unproven', 'effective']);
  expect(await opened.storage.agencies.findService('parks-tickets')).toBeDefined();
});

test('RG-05 what another agency proved, or another host, is no proof', async () => {
  const others = async (): Promise<void> => {
    await prove(host, 'mol');
    await prove('parks.gov.sa');
  };
  expect(await approve({}, publicHosts, others)).toEqual(['submission/unproven', 'submission/unproven']);
  expect(await opened.storage.agencies.findService('parks-tickets')).toBeUndefined();
});

test('RG-05 each host that the service names is proven, not only the first', async () => {
  await prove(host);
  expect(await approve({ post_logout_redirect_uris: ['https://www.parks.gov.sa/'] }, publicHosts)).toEqual(['submission/unproven']);
});

test('in a closed network the operator opens the host, and on a loopback host nobody asks', async () => {
  expect(await approve({}, { ...publicHosts, openHosts: [host] })).toEqual(['effective']);
});

test('a provider on a loopback host knows no domains', async () => {
  expect(await approve({}, { ...publicHosts, isLoopback: true })).toEqual(['effective']);
});

test.each(['standard', 'legacy'])('a service of class %s is approved, and what is unproven is shown', async (serviceClass) => {
  const legacy = {
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret: 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM',
    jwks: undefined,
  };
  expect(await approve({ class: serviceClass, ...(serviceClass === 'legacy' ? legacy : {}) }, publicHosts)).toEqual(['effective']);
});

test('the check of the file says already that it is not approved so, and how it is', () => {
  const parsed = parseAgenciesFile(toFile());
  const findings = parsed.ok ? findUnproven({ ...publicHosts, issuer: 'https://id.example', proofs: [] }, parsed.proposal) : [];
  expect(findings).toMatchObject([
    {
      severity: 'warning',
      problem: `${host} is not proven to be of this agency, and class fapi is not approved so`,
      fix: expect.stringContaining('HUWIYA_OUTBOUND_ALLOW'),
    },
  ]);
});
