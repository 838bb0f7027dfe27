// What of a file waits for an approver, and what becomes of it.

import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { applyAgencies } from '../../../src/domain/agencies/apply-agencies.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom, toDigest } from '../../../src/domain/kernel/ids.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../../support/sample-proposal.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { approver, createSubmissionsWorld } from '../../support/submissions-world.ts';
import type { SubmissionsWorld } from '../../support/submissions-world.ts';

const database = createSqliteDatabase();
let world: SubmissionsWorld;
let opened: OpenedDatabase;

beforeEach(async () => {
  opened = await database.open();
  world = await createSubmissionsWorld(opened);
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

const secret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';
const why = { ar: 'لإصدار التصريح باسمك.', en: 'To issue the permit in your name.' };
const toTypes = (): readonly string[] => world.events.map(({ type }) => type);
const law = { type: 'public_task', law_ref: { ar: 'نظام العمل', en: 'Labour Law' } };
const email = { name: 'email', necessity: 'optional', why } as const;
const givenName = { name: 'given_name', necessity: 'required', why } as const;

test.each([
  ['a key', { jwks: { keys: [createPublicJwk()] } }],
  ['one kind of person fewer', { audience: ['citizen'] }],
  ['a higher level', { minimum_loa: 'high' }],
  ['a shorter time of keeping', { purposes: [createPurposeFile({ retention: 'P1Y' })] }],
  ['fewer uses', { purposes: [createPurposeFile({ terms: { fetch: 'session', max_uses: 5, frequency: { times: 1, per: 'P1D' } } })] }],
  ['looking without keeping', { purposes: [createPurposeFile({ terms: { mode: 'view' } })] }],
  ['a detail that is now a choice', { purposes: [createPurposeFile({ attributes: [{ ...givenName, necessity: 'optional' }] })] }],
])('%s takes effect at once', async (_what, members) => {
  const [applied, held] = await world.applyService(members);
  expect(applied).toHaveLength(1);
  expect(held).toEqual([]);
  expect(world.events.every(({ body }) => body.includes('"bootstrap":false'))).toBe(true);
  expect(await opened.storage.agencies.listWaiting()).toEqual([]);
});

test.each([
  ['another return address', { redirect_uris: ['https://permits.mol.example/callback', 'https://permits.mol.example/new'] }],
  ['another name', { name: { ar: 'تصاريح', en: 'Permits' } }],
  ['one kind of person more', { audience: ['citizen', 'resident', 'visitor'] }],
  ['access while the person is away', { grant_types: ['authorization_code', 'refresh_token'] }],
  ['a longer time of keeping', { purposes: [createPurposeFile({ retention: 'P3Y' })] }],
  ['a longer consent', { purposes: [createPurposeFile({ expires_after: 'P2Y' })] }],
  ['one detail more', { purposes: [createPurposeFile({ attributes: [givenName, email] })] }],
  [
    'another reason for a detail',
    { purposes: [createPurposeFile({ attributes: [{ ...givenName, why: { ar: 'لسبب آخر.', en: 'Why not.' } }] })] },
  ],
  ['other words', { purposes: [createPurposeFile({ text: { ar: 'غرض آخر', en: 'Something else' } })] }],
  [
    'a recipient',
    { purposes: [createPurposeFile({ recipients: [{ role: 'processor', name: { ar: 'شركة البريد', en: 'Post company' } }] })] },
  ],
  ['a place of keeping', { purposes: [createPurposeFile({ storage: { location: why, jurisdiction: 'SA' } })] }],
  ['law for one kind of person', { purposes: [createPurposeFile({ legal_basis_by_kind: { citizen: law } })] }],
  ['an assessment', { purposes: [createPurposeFile({ dpia_ref: 'DPIA-7' })] }],
  ['a code', { purposes: [createPurposeFile({ code: 'dpv:ServiceProvision' })] }],
  ['one detail more and another fewer', { purposes: [createPurposeFile({ attributes: [email] })] }],
])('%s waits, and nothing of it is in force', async (_what, members) => {
  const before = await opened.storage.agencies.findService('mol-work-permit');
  const [applied, held, id] = await world.applyService(members);
  expect(applied).toEqual([]);
  expect(held).toHaveLength(1);
  expect(toTypes()).toEqual(['purpose.submitted']);
  expect(await opened.storage.agencies.findService('mol-work-permit')).toEqual(before);
  expect((await opened.storage.agencies.listWaiting()).map((submission) => submission.id)).toEqual([id]);
});

test('of one file what narrows takes effect, and what is new waits', async () => {
  const second = createPurposeFile({ id: 'second', default: false });
  const [applied, held] = await world.applyService({ purposes: [createPurposeFile({ retention: 'P1Y' }), second] });
  expect(applied).toEqual([['purpose', 'changed', 2, ['retention']]]);
  expect(held).toEqual([['purpose', 'created', 1, []]]);
  expect(toTypes()).toEqual(['purpose.changed', 'purpose.submitted']);
});

test('a default purpose stays until its successor is approved', async () => {
  const [applied, held, id] = await world.applyService({ purposes: [createPurposeFile({ id: 'second' })] });
  expect(applied).toEqual([]);
  expect(held).toEqual([
    ['purpose', 'created', 1, []],
    ['purpose', 'retired', 1, []],
  ]);
  expect(await world.decide(id, 'approve')).toMatchObject({ ok: true });
  const registered = await opened.storage.agencies.findService('mol-work-permit');
  expect(registered?.purposes.map((purpose) => [purpose.id, purpose.isDefault])).toEqual([['second', true]]);
});

test('the same file again is the same submission, and the file in force waits for nothing', async () => {
  const members = { purposes: [createPurposeFile({ retention: 'P3Y' })] };
  const [, , id] = await world.applyService(members);
  expect((await world.applyService(members))[2]).toBe(id);
  expect(world.events).toEqual([]);
  expect(await world.applyService({})).toEqual([[], [], undefined]);
  expect(world.events).toEqual([]);
});

test('approved, all of it takes effect with an entry of the decision and one of each change', async () => {
  const [, , id] = await world.applyService({ purposes: [createPurposeFile({ retention: 'P3Y' })] });
  world.events.splice(0);
  expect(await world.decide(id, 'approve')).toMatchObject({ ok: true });
  expect(toTypes()).toEqual(['purpose.approved', 'purpose.changed']);
  expect(world.events.map(({ body }): unknown => JSON.parse(body))).toMatchObject(
    world.events.map(() => ({ actor: { kind: 'officer', ref: approver.id }, payload: { submission: id }, purpose: 'permit-renewal' })),
  );
  expect((await opened.storage.agencies.findService('mol-work-permit'))?.purposes[0]).toMatchObject({ version: 2, retention: 'P3Y' });
  expect(await world.decide(id, 'decline')).toMatchObject({ ok: false, code: 'submission/decided' });
});

test('the entry that a change of a service leaves says which version it makes, and the version says by which entry and submission', async () => {
  const other = { jwks: { keys: [createPublicJwk()] } };
  const [, , id] = await world.applyService({ name: { ar: 'تصاريح أخرى', en: 'Other permits' } });
  // A key that changes at once, and back again: what waits stands on the same register as before, two versions later.
  await world.applyService(other);
  await world.applyService();
  expect(await world.decide(id, 'approve')).toMatchObject({ ok: true });
  const versions = await opened.storage.agencies.listServiceVersions('mol-work-permit');
  expect(versions.map(({ version, submissionId, name }) => [version, submissionId, name.en])).toEqual([
    [4, id, 'Other permits'],
    [3, null, 'Work permits'],
    [2, null, 'Work permits'],
    [1, null, 'Work permits'],
  ]);
  const told = world.events.find((event) => event.id === versions[0]?.entryId);
  expect(JSON.parse(told?.body ?? '')).toMatchObject({ type: 'service.changed', at: versions[0]?.since, payload: { version: 4 } });
});

test('declined, nothing changes, and the reason is in the log', async () => {
  const [, , id] = await world.applyService({ purposes: [createPurposeFile({ retention: 'P3Y' })] });
  world.events.splice(0);
  expect(await world.decide(id, 'decline')).toMatchObject({ ok: true });
  expect(world.events.map(({ type, body }) => [type, body.includes('"reason":"as agreed"')])).toEqual([['purpose.declined', true]]);
  expect((await opened.storage.agencies.findService('mol-work-permit'))?.purposes[0]).toMatchObject({ version: 1, retention: 'P2Y' });
});

test('what was submitted against another register cannot be approved, only declined', async () => {
  const [, , stale] = await world.applyService({ purposes: [createPurposeFile({ retention: 'P3Y' })] });
  await world.applyService({ purposes: [createPurposeFile({ retention: 'P1Y' })] });
  expect(await world.decide(stale, 'approve')).toMatchObject({ ok: false, code: 'submission/stale' });
  expect(await world.decide(stale, 'decline')).toMatchObject({ ok: true });
  expect(await world.decide('nobody', 'approve')).toMatchObject({ ok: false, code: 'submission/unknown' });
});

test('an agency that is new waits whole, its secret only as a digest', async () => {
  const legacy = { client_id: 'new-service', class: 'legacy', token_endpoint_auth_method: 'client_secret_basic', jwks: undefined };
  const file = createAgencyFile(
    [createServiceFile({ ...legacy, sector: 'new', redirect_uris: ['https://new.example/callback'], client_secret: secret })],
    {
      id: 'new',
      registration_number: '7000000002',
      name: { ar: 'جهة جديدة', en: 'New agency' },
    },
  );
  const result = await world.apply(toFileText(file));
  expect(result).toMatchObject({ ok: true, difference: { changes: [] } });
  const waiting = await opened.storage.agencies.listWaiting();
  expect(JSON.stringify([waiting, world.events])).not.toContain(secret);
  expect(await world.decide(waiting[0]?.id, 'approve')).toMatchObject({ ok: true });
  expect((await opened.storage.agencies.findService('new-service'))?.service.metadata['client_secret_sha256']).toBe(toDigest(secret));
});

/** A second agency with one service of its own, which waits. */
async function submitOther(members: Readonly<Record<string, unknown>>, agency: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const service = createServiceFile({ client_id: 'other', sector: 'other', redirect_uris: ['https://other.example/callback'], ...members });
  const name = { ar: 'جهة أخرى', en: 'Other agency' };
  const result = await world.apply(
    toFileText(createAgencyFile([service], { id: 'other', registration_number: '7000000003', name, ...agency })),
  );
  if (!result.ok || result.submission === null) {
    throw new Error(`nothing waits: ${JSON.stringify(result)}`);
  }
  return result.submission.id;
}

const shared = { jwks: { keys: [createPublicJwk()] }, host: 'https://shared.example/callback' };
const third = { client_id: 'third', sector: 'third', redirect_uris: ['https://third.example/callback'] };
const asThird = { id: 'third', registration_number: '7000000004', name: { ar: 'جهة ثالثة', en: 'Third agency' } };

test.each([
  ['the sector', { sector: 'shared' }, {}],
  ['a host', { redirect_uris: [shared.host] }, {}],
  ['a key', { jwks: shared.jwks }, {}],
  ['the name', {}, { name: { ar: 'هيئة واحدة', en: 'One authority' } }],
])('of two agencies that wait with %s in common one is approved, the other can only be declined', async (_what, members, agency) => {
  const first = await submitOther(members, agency);
  const second = await submitOther({ ...third, ...members }, { ...asThird, ...agency });
  expect(await world.decide(first, 'approve')).toMatchObject({ ok: true });
  world.events.splice(0);
  expect(await world.decide(second, 'approve')).toMatchObject({ ok: false, code: 'submission/conflicting' });
  expect(await opened.storage.agencies.findService('third')).toBeUndefined();
  expect(await opened.storage.agencies.findSubmission(second)).toMatchObject({ state: 'waiting' });
  expect(await world.decide(second, 'decline')).toMatchObject({ ok: true });
});

test('a key that came into force meanwhile, without waiting, stands against what waits with it', async () => {
  const waiting = await submitOther({ jwks: shared.jwks });
  expect((await world.applyService({ jwks: shared.jwks }))[1]).toEqual([]);
  expect(await world.decide(waiting, 'approve')).toMatchObject({ ok: false, code: 'submission/conflicting' });
});

test('what was checked against a register that another act has changed since is not written', async () => {
  const { agencies } = opened.storage;
  const file = toFileText(createAgencyFile([createServiceFile({ jwks: { keys: [createPublicJwk()] } })]));
  const parsed = parseAgenciesFile(file);
  if (!parsed.ok) {
    throw new Error('the file has the wrong shape');
  }
  const hasApproverLate = async (): Promise<boolean> => {
    await world.applyService({ jwks: shared.jwks });
    return true;
  };
  const needs = { agencies, clock: systemClock, random: systemRandom, rules: { isLoopback: false }, hasApprover: hasApproverLate };
  await expect(applyAgencies(needs, parsed.proposal)).rejects.toMatchObject({ code: 'store/conflict' });
  expect((await agencies.findService('mol-work-permit'))?.service.metadata['jwks']).toEqual(shared.jwks);
});
