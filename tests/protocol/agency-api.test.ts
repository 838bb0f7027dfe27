// The interface for agencies: a service asks after its own records and answers for what it owes, with a token of its own and nobody in front of it.

import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AccessTerms } from '../../src/domain/agencies/agency.ts';
import { listOverdueDuties } from '../../src/domain/audit/overdue-duties.ts';
import { dutyLines } from '../../src/web/audit/duty-lines.ts';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { toObject } from '../support/raw-request.ts';
import { registerMetadata } from '../support/receiver.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { noChanges } from '../support/store-samples.ts';
import { createEnrolledPerson, obtainTokens, openAccountPage, withdraw } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createStatusSaid } from '../support/status-said.ts';

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>>; readonly challenge: string };

const grants = ['authorization_code', 'refresh_token', 'client_credentials'];
const describedSchema = z.looseObject({ components: z.looseObject({ schemas: z.record(z.string(), z.json()) }) });

describe('the interface for agencies', () => {
  let world: World;
  let traveller: Traveller;
  let subjects: Readonly<Record<Place, string>>;

  beforeAll(async () => {
    world = await createWorld();
    await registerMetadata(world, 'mol-work-permit', { grant_types: grants });
    await registerMetadata(world, 'moh-clinic', { grant_types: grants });
    const enrolled = await createEnrolledPerson(world);
    traveller = enrolled.traveller;
    await obtainTokens(traveller, 'permit');
    await obtainTokens(traveller, 'clinic');
    const find = async (sector: string) => world.storage.people.getSubject(enrolled.person.registryDigest, sector, 'x');
    const clinic = await world.storage.agencies.findService('moh-clinic');
    subjects = { permit: await find('mol'), clinic: await find(clinic?.service.sector ?? '') };
  });

  afterAll(async () => {
    await world.close();
  });

  const getToken = async (place: Place, scope = 'consents'): Promise<string> => {
    const tokens = await requestTokens(world.issuer, { grant_type: 'client_credentials', scope }, place);
    const { access_token: token } = tokens.body;
    return typeof token === 'string' ? token : JSON.stringify(tokens.body);
  };

  const call = async (path: string, token: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${world.issuer}/agency/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: toObject(await response.text()), challenge: response.headers.get('www-authenticate') ?? '' };
  };

  const ask = async (place: Place, ...items: readonly object[]): Promise<unknown> =>
    (await call('/consents/status', await getToken(place), { items })).body['items'];

  it('tells a service what stands of its own records, whether it signs in with a key or a secret', async () => {
    const permit = { sub: subjects.permit, purpose: 'permit-renewal' };
    expect(await ask('permit', permit)).toEqual([
      {
        ...permit,
        valid: true,
        state: 'given',
        reason: null,
        attributes: expect.arrayContaining(['given_name']),
        expires_at: expect.stringMatching(/Z$/),
        changed_at: expect.stringMatching(/Z$/),
        next_use_at: null,
      },
    ]);
    const [purpose] = (await world.storage.agencies.findService('moh-clinic'))?.purposes ?? [];
    const clinic = { sub: subjects.clinic, purpose: purpose?.id ?? '' };
    expect(await ask('clinic', clinic)).toEqual([expect.objectContaining({ ...clinic, valid: true })]);
    const single = await call('/consents/status', await getToken('permit'), permit);
    expect(single.body['items']).toEqual([expect.objectContaining({ valid: true })]);
  });

  it('answers alike for whoever it does not know, another’s people, another’s purposes, and people who are not active', async () => {
    const none = { valid: false, state: 'none', reason: null, attributes: [], expires_at: null, changed_at: null, next_use_at: null };
    const asked = [
      { sub: 'nobody', purpose: 'permit-renewal' },
      { sub: subjects.clinic, purpose: 'permit-renewal' },
      { sub: subjects.permit, purpose: 'contract-view' },
      { sub: subjects.permit, purpose: 'nothing' },
    ];
    expect(await ask('permit', ...asked)).toEqual(asked.map((question) => ({ ...question, ...none })));
    const { person, traveller: other } = await createEnrolledPerson(world);
    await obtainTokens(other, 'permit');
    const subject = await world.storage.people.getSubject(person.registryDigest, 'mol', 'x');
    const question = { sub: subject, purpose: 'permit-renewal' };
    expect(await ask('permit', question)).toMatchObject([{ valid: true }]);
    await world.storage.people.saveStatus(person.id, 'frozen', createStatusSaid());
    expect(await ask('permit', question)).toEqual([{ ...question, ...none }]);
  });

  it.each([
    ['used_up', { fetch: 'once', maxUses: 1 }, null],
    ['too_often', { fetch: 'session', frequency: { times: 1, per: 'P1D' } }, expect.stringMatching(/Z$/)],
  ] as const)('says after a release, with the reason %s, that the next one would be refused, and it is', async (reason, terms, again) => {
    const purpose = (await world.storage.agencies.findService('mol-work-permit'))?.purposes.find(({ id }) => id === 'permit-renewal');
    const save = async (version: number, limits: Partial<AccessTerms>) =>
      purpose &&
      world.storage.agencies.saveChanges({ ...noChanges, purposes: [{ ...purpose, version, terms: { ...purpose.terms, ...limits } }] });
    const version = purpose?.version ?? 1;
    await save(version + 1, terms);
    const { person, traveller: other } = await createEnrolledPerson(world);
    const { body: tokens } = await obtainTokens(other, 'permit');
    const question = { sub: await world.storage.people.getSubject(person.registryDigest, 'mol', 'x'), purpose: 'permit-renewal' };
    const release = async (): Promise<number> => (await fetchUserInfo(world.issuer, tokens['access_token'])).status;
    expect([await ask('permit', question), await release()]).toMatchObject([[{ valid: true, reason: null }], 200]);
    expect(await ask('permit', question)).toMatchObject([{ valid: false, state: 'given', reason, attributes: [], next_use_at: again }]);
    expect(await release()).not.toBe(200);
    await save(version + 2, {});
  });

  it('answers a thousand questions at once, each in its place, and not one more', async () => {
    const items = Array.from({ length: 1000 }, (_, at) => ({
      sub: at === 777 ? subjects.permit : `nobody-${at}`,
      purpose: 'permit-renewal',
    }));
    const answers = await ask('permit', ...items);
    expect(answers).toHaveLength(1000);
    const valid = Array.isArray(answers) ? answers.flatMap((answer: { valid: boolean }, at) => (answer.valid ? [at] : [])) : [];
    expect(valid).toEqual([777]);
    const token = await getToken('permit');
    const more = await call('/consents/status', token, { items: [...items, items[0]] });
    expect(more).toMatchObject({ status: 400, body: { code: 'agency/body-refused' } });
  });

  it('lists what a service owes, takes its answer once, and the person reads it', async () => {
    await registerMetadata(world, 'mol-work-permit', { answer_within: 'PT1S' });
    await withdraw(traveller, 'permit');
    const token = await getToken('permit');
    expect(await ask('permit', { sub: subjects.permit, purpose: 'permit-renewal' })).toMatchObject([
      { valid: false, state: 'withdrawn', attributes: [] },
    ]);
    const listed = await call('/duties', token);
    const [duty] = Array.isArray(listed.body['items']) ? listed.body['items'] : [];
    expect(duty).toMatchObject({ kind: 'withdrawn', sub: subjects.permit, state: 'open', answered_at: null });
    const path = `/duties/${String(duty.id)}/answer`;
    expect(await call(path, await getToken('clinic'), { answer: 'erased' })).toMatchObject({ status: 404, body: { code: 'duty/unknown' } });
    expect(await call(path, token, { answer: 'acknowledged' })).toMatchObject({ status: 200, body: { state: 'acknowledged' } });
    await expect.poll(async () => (await call('/duties', token)).body['items']).toMatchObject([{ state: 'acknowledged', overdue: true }]);
    const article = { ar: 'نظام العمل، المادة 17', en: 'Labour Law, article 17' };
    expect(await call(path, token, { answer: 'kept_by_law', article })).toMatchObject({ status: 200, body: { state: 'kept_by_law' } });
    expect(await call(path, token, { answer: 'kept_by_law', article })).toMatchObject({ status: 200 });
    expect(await call(path, token, { answer: 'erased' })).toMatchObject({ status: 409, body: { code: 'duty/answered' } });
    expect((await call('/duties', token)).body['items']).toEqual([]);
    expect((await call('/duties?state=all', token)).body['items']).toHaveLength(1);
    await openAccountPage(traveller);
    const page = await traveller.agent.get(`${world.issuer}/account/services/mol-work-permit`);
    expect(page.body).toContain('data-duty="kept"');
    expect(page.body).toContain('نظام العمل، المادة 17');
  });

  it('leaves what is overdue to the auditors, who see the service and nobody', async () => {
    await registerMetadata(world, 'mol-work-permit', { answer_within: 'PT1S' });
    const { person, traveller: other } = await createEnrolledPerson(world);
    await obtainTokens(other, 'permit');
    await withdraw(other, 'permit');
    const subject = await world.storage.people.getSubject(person.registryDigest, 'mol', 'x');
    const duties = z
      .array(z.looseObject({ id: z.string(), sub: z.string() }))
      .parse((await call('/duties', await getToken('permit'))).body['items']);
    const owed = duties.find(({ sub }) => sub === subject);
    const program = await obtainProgramToken(world, await registerProgram(world, 'gac-duties'));
    const list = async (): Promise<string> =>
      (await fetch(`${world.issuer}/audit/api/v1/duties?state=overdue`, { headers: { authorization: `Bearer ${program}` } })).text();
    await expect.poll(list).toContain(owed?.id);
    const listed = await list();
    const shown = expect.objectContaining({ id: owed?.id, service: 'mol-work-permit', agency: 'mol', kind: 'withdrawn', days_over: 0 });
    expect(toObject(listed)).toMatchObject({ duties: expect.arrayContaining([shown]), next: null });
    expect(listed).not.toContain(subject);
    const { agent } = (await createSignedInOfficer(world, 'auditor', 'Auditor of duties')).traveller;
    const page = await agent.get(`${world.issuer}/audit/duties`);
    expect([page.status, page.body.includes('mol-work-permit'), page.body.includes(subject)]).toEqual([200, true, false]);
    expect((await agent.get(`${world.issuer}/audit/duties?after=x`)).status).toBe(400);
    const overdue = await listOverdueDuties({ ...world.storage, clock: world.clock }, { after: null, limit: 10 });
    expect(dutyLines.csv.toLines(overdue.duties)).toContain('mol-work-permit,permit-renewal,withdrawn,open');
    expect(dutyLines.jsonl.toLines(overdue.duties)).not.toContain(subject);
  });

  it('is closed to tokens of people, of audit programs and of services that were suspended or never opened it', async () => {
    const person = await obtainTokens(traveller, 'clinic');
    expect(await call('/duties', String(person.body['access_token']))).toMatchObject({ status: 401, body: { code: 'token/refused' } });
    const missing = await fetch(`${world.issuer}/agency/api/v1/duties`);
    expect(missing.status).toBe(401);
    expect(missing.headers.get('www-authenticate')).toMatch(/scope="consents"/);
    expect(await getToken('permit', 'audit:read')).toContain('invalid_scope');
    expect(await getToken('permit', 'openid')).toContain('invalid_scope');
    const token = await getToken('clinic');
    await registerMetadata(world, 'moh-clinic', { grant_types: ['authorization_code'] });
    expect(await call('/duties', token)).toMatchObject({ status: 401, body: { code: 'token/refused' } });
    expect(await getToken('clinic')).toContain('unauthorized_client');
    await registerMetadata(world, 'moh-clinic', { grant_types: grants });
  });

  it('is described, and its answers are as described', async () => {
    const token = await getToken('permit');
    const described: unknown = await (await fetch(`${world.issuer}/agency/api/v1/openapi.json`)).json();
    const { components } = describedSchema.parse(described);
    const validator = new Ajv2020.default({ allErrors: true, strict: true, allowUnionTypes: true, formats: { uuid: true } });
    const defs: unknown = JSON.parse(JSON.stringify(components.schemas).replaceAll('"#/components/schemas/', '"own#/$defs/'));
    validator.addSchema({ $id: 'own', $defs: defs });
    const check = (name: string, body: unknown): unknown => {
      const validate = validator.compile({ $ref: `own#/$defs/${name}` });
      validate(body);
      return validate.errors;
    };
    const status = await call('/consents/status', token, { sub: subjects.permit, purpose: 'permit-renewal' });
    expect(check('StatusAnswer', status.body)).toBeNull();
    const duties = await call('/duties?state=all', token);
    expect(check('DutyList', duties.body)).toBeNull();
    const refused = await call('/consents/status', token, { items: [{ sub: 'x' }] });
    expect(refused.body['errors']).toMatchObject([{ parameter: 'items.0.purpose' }]);
    expect(check('Problem', refused.body)).toBeNull();
  });
});
