// Decisions that a button is not enough for: the second page, what the passkey signs, and every way in which it must come to nothing.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { verifyReceipt } from '../../src/verifier/verify-receipt.ts';
import { beginCeremony, isConfirmation, press, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { sampleServices } from '../support/sample-services.ts';
import { noChanges } from '../support/store-samples.ts';
import { readAttribute } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  createEnrolled,
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  findReceipts,
  findStep,
  getForm,
  visit,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const fair = { purpose: 'job-fair', ui_locales: 'en' };
const why = { ar: 'للتسجيل', en: 'To register' };
const errorSchema = z.object({ error: z.object({ code: z.string() }) });
const nextSchema = z.object({ next: z.string() });

function getPurpose(id: string): Purpose {
  const found = sampleServices.purposes.find((purpose) => purpose.id === id);
  if (found === undefined) {
    throw new TypeError(`no purpose ${id}`);
  }
  return found;
}

describe('a decision that a button is not enough for', () => {
  let world: World;
  let version = 1;

  /** The job fair asks for the national number too, as a choice; the clinic asks for two years. */
  const changePurposes = async (): Promise<void> => {
    version += 1;
    const job = getPurpose('job-fair');
    const attributes = [...job.attributes, { name: 'national_id', necessity: 'optional', why } as const];
    const purposes = [
      { ...job, version, attributes },
      { ...getPurpose('booking'), version, expiresAfter: 'P2Y' },
    ];
    await world.storage.agencies.saveChanges({ ...noChanges, purposes });
  };

  beforeAll(async () => {
    world = await createWorld();
    await changePurposes();
  });

  afterAll(async () => {
    await world.close();
  });

  const openDecision = async (traveller: Traveller): Promise<Answered> =>
    signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit', fair).url));
  const openConfirmation = async (traveller: Traveller): Promise<Answered> =>
    press(traveller, await openDecision(traveller), ['national_id']);
  const listRecords = async (personId: string) => world.storage.consents.listConsents(personId);
  const refusedWith = (answered: Answered): string => errorSchema.parse(JSON.parse(answered.body)).error.code;
  const toNext = (answered: Answered): string => new URL(nextSchema.parse(JSON.parse(answered.body)).next, world.issuer).pathname;
  const send = async ({ agent }: Traveller, begun: Awaited<ReturnType<typeof beginCeremony>>): Promise<Answered> =>
    agent.postJson(begun.verifyUrl, begun.token, begun.answer);

  it('says on a second page what will be shared, and keeps nothing yet', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const page = await openConfirmation(traveller);
    expect(new URL(page.url).pathname).toMatch(/^\/interaction\/[^/]+\/confirm$/);
    expect(isConfirmation(page)).toBe(true);
    expect(page.body).toContain('data-action="use-passkey"');
    expect(page.body).toContain('National number');
    expect(page.body).toContain('Some of these details are sensitive.');
    expect(page.body).toContain('<noscript');
    expect(page.body).not.toContain('1000000008');
    expect(await listRecords(person.id)).toEqual([]);
  });

  it('asks for nothing more where what is sensitive was left out', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const answered = await press(traveller, await openDecision(traveller));
    expect(answered.url).toContain('code=');
    expect(await listRecords(person.id)).toHaveLength(1);
  });

  it('goes on to the service with a receipt that anybody can check, and an entry that names the way', async () => {
    const traveller = await createEnrolled(world);
    const arrived = await signIn(traveller, await openConfirmation(traveller));
    expect(arrived.url).toContain('code=');
    const entries = await readLog(world);
    expect(entries.at(-1)?.body).not.toBe('');
    expect(entries.filter(({ body }) => body.includes('"method":"button_passkey"'))).toHaveLength(1);
    const [file = ''] = await findReceipts(traveller);
    const report = verifyReceipt(file);
    expect(report).toMatchObject({ isValid: true });
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'confirmation', result: 'passed' }));
  });

  it('is one that lasts longer than a year, and one that goes on while the person is away', async () => {
    const traveller = await createEnrolled(world);
    const clinic = await press(traveller, await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'clinic').url)));
    expect(isConfirmation(clinic)).toBe(true);
    expect((await signIn(traveller, clinic)).url).toContain('code=');
    const offline = { scope: 'openid offline_access', prompt: 'consent', ui_locales: 'en' };
    const permit = await press(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit', offline).url));
    expect(isConfirmation(permit)).toBe(true);
    expect(permit.body).toContain('while you are away');
    expect((await signIn(traveller, permit)).url).toContain('code=');
    expect((await visit(traveller, 'clinic')).answer.has('code')).toBe(true);
  });

  it('can still be refused on the second page', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const form = getForm(await openConfirmation(traveller), /\/decision$/);
    const refused = await traveller.agent.post(form.action, { ...form.fields, decision: 'refuse' });
    expect(new URL(refused.url).searchParams.get('error_description')).toBe('consent_refused');
    expect(await listRecords(person.id)).toMatchObject([{ state: 'refused' }]);
  });

  it('can be taken again: back on the first page less is chosen, and the earlier draft is worth nothing', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const page = await openConfirmation(traveller);
    const begun = await beginCeremony(traveller, page, 'authenticate');
    const first = await traveller.agent.get(page.url.replace(/\/confirm$/, ''));
    expect(findStep(first)).toBe('decide');
    expect((await press(traveller, first)).url).toContain('code=');
    expect(refusedWith(await send(traveller, begun))).toBe('interaction/expired');
    expect(await listRecords(person.id)).toMatchObject([{ version: 1, state: 'given' }]);
  });

  it('is not confirmed by somebody else’s passkey, and then still by the person’s own', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const other = await createEnrolled(world);
    const page = await openConfirmation(traveller);
    const token = readAttribute(page.body, 'data-token');
    const at = (name: string): string => new URL(readAttribute(page.body, name), world.issuer).href;
    const begunSchema = z.object({ ceremony: z.string(), options: z.looseObject({}) });
    const begun = begunSchema.parse(JSON.parse((await traveller.agent.postJson(at('data-options-url'), token, {})).body));
    const response = other.authenticator.authenticate({ ...begun.options, allowCredentials: [] }, world.issuer);
    const answered = await traveller.agent.postJson(at('data-verify-url'), token, { ceremony: begun.ceremony, response });
    expect([answered.status, refusedWith(answered)]).toEqual([403, 'passkey/not-own']);
    expect(await listRecords(person.id)).toEqual([]);
    expect((await signIn(traveller, page)).url).toContain('code=');
  });

  it('is kept once, however often it is sent', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const begun = await beginCeremony(traveller, await openConfirmation(traveller), 'authenticate');
    const answers = await Promise.all([send(traveller, begun), send(traveller, begun)]);
    expect(answers.filter(({ body }) => body.includes('"error"'))).toHaveLength(1);
    expect(await listRecords(person.id)).toHaveLength(1);
  });

  it('comes to nothing when the purpose changed while the page was open, and the page is shown anew', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const page = await openConfirmation(traveller);
    const begun = await beginCeremony(traveller, page, 'authenticate');
    await changePurposes();
    const uidPath = new URL(page.url).pathname.replace(/\/confirm$/, '');
    expect(toNext(await send(traveller, begun))).toBe(uidPath);
    expect(await listRecords(person.id)).toEqual([]);
    const anew = await traveller.agent.get(page.url);
    expect([new URL(anew.url).pathname, findStep(anew)]).toEqual([uidPath, 'decide']);
    const token = readAttribute(page.body, 'data-token');
    const refused = await traveller.agent.postJson(`${world.issuer}${uidPath}/confirm/options`, token, {});
    expect([refused.status, refusedWith(refused)]).toEqual([409, 'consent/unconfirmed']);
  });

  it('is not asked for any more when the person decided elsewhere meanwhile: they go on from there', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const page = await openConfirmation(traveller);
    const elsewhere = createOtherBrowser(traveller);
    expect((await press(elsewhere, await openDecision(elsewhere))).url).toContain('code=');
    expect((await traveller.agent.get(page.url)).url).toContain('code=');
    expect(await listRecords(person.id)).toMatchObject([{ version: 1, state: 'given' }]);
  });

  it('is nobody else’s to see, and no page at all where nothing waits', async () => {
    const traveller = await createEnrolled(world);
    const page = await openConfirmation(traveller);
    const stranger = await createEnrolled(world);
    expect((await stranger.agent.get(page.url)).body).toContain('data-error="interaction/expired"');
    const decision = await openDecision(stranger);
    const none = await stranger.agent.get(`${decision.url}/confirm`);
    expect([new URL(none.url).pathname, findStep(none)]).toEqual([new URL(decision.url).pathname, 'decide']);
  });

  it('runs out with its interaction', async () => {
    const { person, traveller } = await createEnrolledPerson(world);
    const page = await openConfirmation(traveller);
    const begun = await beginCeremony(traveller, page, 'authenticate');
    world.clock.advance(301_000);
    expect(refusedWith(await send(traveller, begun))).toBe('passkey/challenge-unknown');
    expect(await listRecords(person.id)).toEqual([]);
  });
});
