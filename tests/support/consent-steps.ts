// The steps of a consent's life over HTTP, each beside a model of what may leave: after each of them what left is what the model lets leave.

import type fc from 'fast-check';
import { expect } from 'vitest';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { isBinding, isGoing, isOpen, isOutgrown, isPaused, mustBeAsked, toAgreed, toLeaving, toNarrowed } from './consent-model.ts';
import type { ModelPurpose, ModelRecord, Retention } from './consent-model.ts';
import { allow, goOn, signIn, submit } from './person-journey.ts';
import type { AuthorizationRequest, Traveller } from './person-journey.ts';
import { exchangeCode, fetchUserInfo, requestTokens } from './service.ts';
import { days, minutes } from './shift-time.ts';
import type { ShiftedTime } from './shift-time.ts';
import { noChanges } from './store-samples.ts';
import type { Answered } from './user-agent.ts';
import { createRequest, findForms, findStep, openAccountPage } from './visits.ts';
import { sampleData } from './world.ts';
import type { World } from './world.ts';

// The last one is asked for and on no record.
export const names = ['given_name', 'family_name', 'email', 'birthdate', 'gender', 'picture'] as const;
const available = names.filter((name) => Object.keys(sampleData).some((key) => key.split('#')[0] === name));
const why = { ar: 'لإصدار الوثيقة باسمك', en: 'To issue the document in your name' };
const service = 'mol-work-permit';
const tokenLife = minutes(5);

type Held = {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly request: readonly string[];
  readonly issuedAt: number;
  readonly acts: number;
};

/** What the model knows; `acts` counts whatever may end a token. */
export type Model = { purpose: ModelPurpose; record: ModelRecord | undefined; held: Held | undefined; acts: number };

export type Counts = { asked: number; silent: number; released: number; refused: number };

type Real = { readonly world: World; readonly traveller: Traveller; readonly time: ShiftedTime; readonly counts: Counts };

export type Step = fc.AsyncCommand<Model, Real>;

const toCircumstances = (model: Model) => ({ record: model.record, purpose: model.purpose, now: Date.now() });
const toNames = (picked: readonly string[], { required, optional }: ModelPurpose): readonly string[] =>
  [...required, ...optional].filter((name) => picked.includes(name));

function createStep(name: string, run: (model: Model, real: Real) => Promise<void>): Step {
  return { check: () => true, run, toString: () => name };
}

function toPurpose(before: Purpose, { version, retention, required, optional }: ModelPurpose): Purpose {
  const toAsked = (necessity: 'required' | 'optional') => (name: string) => ({ name, necessity, why });
  return { ...before, version, retention, attributes: [...required.map(toAsked('required')), ...optional.map(toAsked('optional'))] };
}

async function register({ world }: Real, purpose: ModelPurpose): Promise<void> {
  const before = (await world.storage.agencies.findService(service))?.purposes.find(({ isDefault }) => isDefault);
  if (before === undefined) {
    throw new Error('the sample purpose is missing');
  }
  await world.storage.agencies.saveChanges({ ...noChanges, purposes: [toPurpose(before, purpose)] });
}

/** To the page of a decision, or back at the service. */
async function goTo(traveller: Traveller, page: Answered): Promise<Answered> {
  const step = findStep(page);
  if (step === 'sign-in') {
    return goTo(traveller, await signIn(traveller, page));
  }
  return step === 'continue' ? goTo(traveller, await goOn(traveller, page)) : page;
}

async function readUserInfo({ world, counts }: Real, { access }: Held): Promise<readonly string[] | undefined> {
  const { status, body } = await fetchUserInfo(world.issuer, access);
  if (status !== 200) {
    counts.refused += 1;
    expect(status).toBe(401);
    return undefined;
  }
  const left = new Set(Object.keys(body).map((claim) => claim.split('#')[0] ?? ''));
  const released = names.filter((name) => left.has(name));
  counts.released += released.length > 0 ? 1 : 0;
  return released;
}

async function requireRelease(model: Model, real: Real): Promise<void> {
  const { held } = model;
  if (held === undefined) {
    return;
  }
  const released = await readUserInfo(real, held);
  const expected = toLeaving(toCircumstances(model), held.request, available);
  const isFresh = held.acts === model.acts && Date.now() < held.issuedAt + tokenLife;
  if (isFresh || released !== undefined) {
    expect((released ?? []).toSorted()).toEqual(names.filter((name) => expected.includes(name)).toSorted());
  }
}

type Visited = { readonly arrived: Answered; readonly sent: AuthorizationRequest; readonly request: readonly string[] };

async function takeTokens(model: Model, real: Real, { arrived, sent, request }: Visited): Promise<void> {
  const { status, body } = await exchangeCode(real.world.issuer, arrived.url, sent.verifier);
  expect(status).toBe(200);
  const refresh = typeof body['refresh_token'] === 'string' ? body['refresh_token'] : undefined;
  model.held = { access: String(body['access_token']), refresh, request, issuedAt: Date.now(), acts: model.acts };
  await requireRelease(model, real);
}

type Asking = {
  readonly picked: readonly string[];
  readonly ticked: readonly string[];
  readonly answer: 'allow' | 'refuse' | 'later';
  readonly isOffline: boolean;
};

type Decision = Asking & { readonly page: Answered; readonly request: readonly string[] };

async function decide(model: Model, { traveller }: Real, { page, ...asking }: Decision): Promise<Answered> {
  const offered = [...page.body.matchAll(/<input[^>]*name="attribute"[^>]*value="([^"]*)"/g)].map(([, name = '']) => name);
  const choices = asking.request.filter((name) => model.purpose.optional.includes(name));
  expect(choices).toEqual(expect.arrayContaining(offered));
  // What the page leaves out was declined a short while ago.
  expect(choices.filter((name) => !offered.includes(name) && !model.record?.declined.has(name))).toEqual([]);
  model.acts += 1;
  if (asking.answer !== 'allow') {
    // It leaves what stands as it is, and takes the place of what has ended.
    model.record = isGoing(model.record, Date.now()) ? model.record : undefined;
    return submit(traveller, page, { decision: asking.answer });
  }
  const ticked = offered.filter((name) => asking.ticked.includes(name));
  const arrived = await allow(traveller, page, ticked);
  model.record = toAgreed(toCircumstances(model), { request: asking.request, offered, ticked, expiresAt: Date.now() + days(365) });
  return arrived;
}

export const visit = (asking: Asking): Step =>
  createStep(`visit ${JSON.stringify(asking)}`, async (model, real) => {
    const request = toNames(asking.picked, model.purpose);
    const claims = JSON.stringify({ userinfo: Object.fromEntries(asking.picked.map((name) => [name, null])) });
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    const sent = createRequest(real.world.issuer, 'permit', { claims, ...(asking.isOffline ? offline : {}) });
    const page = await goTo(real.traveller, await real.traveller.agent.get(sent.url));
    const isAsked = findStep(page) === 'decide';
    expect(isAsked).toBe(asking.isOffline || mustBeAsked(toCircumstances(model), request));
    real.counts[isAsked ? 'asked' : 'silent'] += 1;
    const arrived = isAsked ? await decide(model, real, { ...asking, page, request }) : page;
    const answer = new URL(arrived.url).searchParams;
    const isRefused = isAsked && asking.answer !== 'allow';
    expect([answer.has('code'), answer.get('error')]).toEqual(isRefused ? [false, 'access_denied'] : [true, null]);
    await (isRefused ? requireRelease(model, real) : takeTokens(model, real, { arrived, sent, request }));
  });

type Press = { readonly doing: string; readonly kept?: readonly string[] };

/** On the page of the service; false where the page has no such form. */
async function press(model: Model, { world, traveller }: Real, { doing, kept }: Press): Promise<boolean> {
  await openAccountPage(traveller);
  const page = await traveller.agent.get(`${world.issuer}/account/services/${service}`);
  expect(page.body.includes('data-superseded')).toBe(isOutgrown(toCircumstances(model)));
  const [form] = findForms(page, new RegExp(`/${doing}$`));
  if (form === undefined) {
    return false;
  }
  const answered = await traveller.agent.post(form.action, { ...form.fields, ...(kept === undefined ? {} : { attribute: kept }) });
  expect(answered.status).toBe(200);
  return true;
}

export const withdraw = (): Step =>
  createStep('withdraw', async (model, real) => {
    const isThere = await press(model, real, { doing: 'withdraw' });
    expect(isThere).toBe(model.record !== undefined && Date.now() < model.record.expiresAt);
    if (isThere) {
      model.record = undefined;
      model.acts += 1;
    }
    await requireRelease(model, real);
  });

export const pause = (): Step =>
  createStep('pause', async (model, real) => {
    const isThere = await press(model, real, { doing: 'pause' });
    expect(isThere).toBe(isOpen(model.record, Date.now()));
    if (isThere && model.record !== undefined) {
      model.record = { ...model.record, isPaused: true };
      model.acts += 1;
    }
    await requireRelease(model, real);
  });

export const resume = (): Step =>
  createStep('resume', async (model, real) => {
    const isThere = await press(model, real, { doing: 'resume' });
    expect(isThere).toBe(isPaused(toCircumstances(model)));
    if (isThere && model.record !== undefined) {
      model.record = { ...model.record, isPaused: false };
      model.acts += 1;
    }
    await requireRelease(model, real);
  });

export const narrow = (removed: readonly string[]): Step =>
  createStep(`narrow ${removed.join()}`, async (model, real) => {
    const { record } = model;
    const choices = [...(record?.granted ?? [])].filter((name) => !record?.needed.has(name));
    const taken = choices.filter((name) => removed.includes(name));
    if (!isOpen(record, Date.now()) || taken.length === 0) {
      return;
    }
    const kept = choices.filter((name) => !taken.includes(name));
    expect(await press(model, real, { doing: 'narrow', kept })).toBe(true);
    model.record = toNarrowed(record, taken);
    model.acts += 1;
    await requireRelease(model, real);
  });

export const refresh = (): Step =>
  createStep('refresh', async (model, real) => {
    const { held } = model;
    if (held?.refresh === undefined) {
      return;
    }
    const { status, body } = await requestTokens(real.world.issuer, { grant_type: 'refresh_token', refresh_token: held.refresh });
    expect(isBinding(toCircumstances(model)) || status === 400).toBe(true);
    if (status !== 200) {
      return;
    }
    const next = typeof body['refresh_token'] === 'string' ? body['refresh_token'] : held.refresh;
    model.held = { ...held, access: String(body['access_token']), refresh: next, issuedAt: Date.now(), acts: model.acts };
    await requireRelease(model, real);
  });

export const pass = (time: number): Step =>
  createStep(`${time / minutes(1)} minutes pass`, async (model, real) => {
    real.time.advance(time);
    await requireRelease(model, real);
  });

export const change = (retention: Retention, required: readonly string[], optional: readonly string[]): Step =>
  createStep(`the purpose becomes ${retention} ${required.join()} + ${optional.join()}`, async (model, real) => {
    model.purpose = {
      version: model.purpose.version + 1,
      retention,
      required,
      optional: optional.filter((name) => !required.includes(name)),
    };
    await register(real, model.purpose);
    await requireRelease(model, real);
  });
