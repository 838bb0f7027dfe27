import { afterAll, beforeEach, afterEach, expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { applyAgencies } from '../../../src/domain/agencies/apply-agencies.ts';
import type { ApplyResult } from '../../../src/domain/agencies/apply-agencies.ts';
import { changeServiceStatus } from '../../../src/domain/agencies/change-service-status.ts';
import type { Change } from '../../../src/domain/agencies/compare-agencies.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom, toDigest } from '../../../src/domain/kernel/ids.ts';
import type { SealedEvent } from '../../../src/domain/ledger/event.ts';
import type { AgenciesStore } from '../../../src/domain/agencies/store.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../../support/sample-proposal.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';

const database = createSqliteDatabase();
const jwks = { keys: [createPublicJwk()] };
const secret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';
let opened: OpenedDatabase;
let events: SealedEvent[];

beforeEach(async () => {
  opened = await database.open();
  events = [];
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

function toStore(): AgenciesStore {
  const { agencies } = opened.storage;
  return {
    ...agencies,
    saveChanges: async (changes, submission) => {
      await agencies.saveChanges(changes, submission);
      events.push(...changes.events);
    },
    saveServiceStatus: async (clientId, status, event) => {
      await agencies.saveServiceStatus(clientId, status, event);
      events.push(event);
    },
  };
}

async function apply(text: string): Promise<ApplyResult> {
  const parsed = parseAgenciesFile(text);
  if (!parsed.ok) {
    throw new Error(`the file has the wrong shape: ${JSON.stringify(parsed.findings)}`);
  }
  events = [];
  const needs = { agencies: toStore(), clock: systemClock, random: systemRandom, rules: { isLoopback: false } };
  return applyAgencies({ ...needs, hasApprover: async () => false }, parsed.proposal);
}

async function applyService(members: Readonly<Record<string, unknown>> = {}): Promise<readonly Change[]> {
  const result = await apply(toFileText(createAgencyFile([createServiceFile({ jwks, ...members })])));
  if (!result.ok) {
    throw new Error(`refused: ${JSON.stringify(result.findings)}`);
  }
  return result.difference.changes;
}

function toShort(changes: readonly Change[]): readonly unknown[] {
  return changes.map(({ what, how, purposeVersion, fields }) => [what, how, purposeVersion, fields]);
}

test('a new file creates everything it names, with an entry for each', async () => {
  expect(toShort(await applyService())).toEqual([
    ['agency', 'created', null, []],
    ['service', 'created', null, []],
    ['purpose', 'created', 1, []],
  ]);
  expect(events.map(({ type, service, purpose, attributes }) => [type, service, purpose, attributes])).toEqual([
    ['agency.changed', null, null, []],
    ['service.changed', 'mol-work-permit', null, []],
    ['purpose.changed', 'mol-work-permit', 'permit-renewal', ['given_name']],
  ]);
  expect(events.every(({ body }) => body.includes('"bootstrap":true'))).toBe(true);
  const registered = await opened.storage.agencies.findService('mol-work-permit');
  expect(registered?.service).toMatchObject({
    status: 'active',
    sector: 'mol',
    minimumLevel: 'substantial',
    metadata: { response_types: ['code'], jwks },
  });
  expect(registered?.purposes[0]).toMatchObject({ version: 1, isDefault: true, retention: 'P2Y', expiresAfter: 'P1Y' });
});

test('the same file again changes nothing and leaves no entry', async () => {
  await applyService();
  expect(await applyService()).toEqual([]);
  expect(events).toEqual([]);
});

test('a refused file changes nothing', async () => {
  const result = await apply(toFileText(createAgencyFile([createServiceFile({ jwks, redirect_uris: ['http://a.example/'] })])));
  expect(result.ok).toBe(false);
  expect(await opened.storage.agencies.listAgencies()).toEqual([]);
  expect(events).toEqual([]);
});

test('a purpose gets a new version when people are told or asked something else', async () => {
  await applyService();
  const changes = await applyService({ purposes: [createPurposeFile({ retention: 'P3Y' })] });
  expect(toShort(changes)).toEqual([['purpose', 'changed', 2, ['retention']]]);
  expect((await opened.storage.agencies.findPurposeVersion('mol-work-permit', 'permit-renewal', 1))?.retention).toBe('P2Y');
});

test('a new address or key leaves the purpose as it is', async () => {
  await applyService();
  const changes = await applyService({ redirect_uris: ['https://permits.mol.example/new'], jwks: { keys: [createPublicJwk()] } });
  expect(toShort(changes)).toEqual([['service', 'changed', null, ['redirect_uris', 'jwks']]]);
});

test('another default purpose is no new version', async () => {
  const first = createPurposeFile();
  const second = createPurposeFile({ id: 'second', default: false });
  await applyService({ purposes: [first, second] });
  await applyService({
    purposes: [
      { ...first, default: false },
      { ...second, default: true },
    ],
  });
  const registered = await opened.storage.agencies.findService('mol-work-permit');
  expect(registered?.purposes.map(({ id, version, isDefault }) => [id, version, isDefault])).toEqual([
    ['permit-renewal', 1, false],
    ['second', 1, true],
  ]);
});

test('a new purpose can take over as the default one', async () => {
  await applyService();
  await applyService({ purposes: [createPurposeFile({ default: false }), createPurposeFile({ id: 'second' })] });
  const registered = await opened.storage.agencies.findService('mol-work-permit');
  expect(registered?.purposes.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(['second']);
});

test('a purpose that is no longer in the file is retired, and comes back under a new number', async () => {
  const second = createPurposeFile({ id: 'second', default: false });
  await applyService({ purposes: [createPurposeFile(), second] });
  expect(toShort(await applyService())).toEqual([['purpose', 'retired', 1, []]]);
  expect(events.map(({ type }) => type)).toEqual(['purpose.retired']);
  expect(toShort(await applyService({ purposes: [createPurposeFile(), second] }))).toEqual([['purpose', 'created', 2, []]]);
});

test('a secret is kept as its digest only, and stays when the file does not repeat it', async () => {
  const legacy = { class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', jwks: undefined };
  await applyService({ ...legacy, client_secret: secret });
  const registered = await opened.storage.agencies.findService('mol-work-permit');
  expect(registered?.service.metadata['client_secret_sha256']).toBe(toDigest(secret));
  expect(JSON.stringify([registered, events])).not.toContain(secret);
  expect(JSON.stringify(events)).not.toContain(toDigest(secret));
  expect(await applyService(legacy)).toEqual([]);
  expect(toShort(await applyService({ ...legacy, client_secret: `${secret}2` }))).toEqual([
    ['service', 'changed', null, ['client_secret']],
  ]);
});

test('a service that was suspended stays suspended when it is changed', async () => {
  await applyService();
  const needs = { agencies: toStore(), clock: systemClock, random: systemRandom };
  expect(await changeServiceStatus(needs, 'mol-work-permit', 'suspended')).toEqual({
    ok: true,
    value: { from: 'active', to: 'suspended' },
  });
  await applyService({ redirect_uris: ['https://permits.mol.example/new'] });
  expect((await opened.storage.agencies.findService('mol-work-permit'))?.service.status).toBe('suspended');
  expect(await changeServiceStatus(needs, 'nobody', 'active')).toMatchObject({ ok: false, code: 'agency/unknown' });
});

test('neither sector nor agency of a service can change', async () => {
  await applyService();
  const moved = await apply(toFileText(createAgencyFile([createServiceFile({ jwks, sector: 'other' })])));
  expect(moved).toMatchObject({ ok: false, findings: [{ path: 'agencies[0].services[0].sector' }] });
  const name = { ar: 'جهة أخرى', en: 'Another agency' };
  const taken = await apply(toFileText(createAgencyFile([createServiceFile({ jwks })], { id: 'moi', name })));
  expect(taken).toMatchObject({
    ok: false,
    findings: [{ path: 'agencies[0].services[0].client_id', problem: 'belongs to another agency' }],
  });
});

test('a key that another registered service has is refused', async () => {
  await applyService();
  const result = await apply(toFileText(createAgencyFile([createServiceFile({ client_id: 'second', jwks })])));
  expect(result).toMatchObject({
    ok: false,
    findings: expect.arrayContaining([expect.objectContaining({ path: 'agencies[0].services[0].jwks' })]),
  });
});
