// Where somebody stands before a bad request: reached by the good way, as often as a row needs it anew.

import { randomUUID } from 'node:crypto';
import { obtainProgramToken, registerProgram } from '../support/audit-program.ts';
import { createTraveller } from '../support/person-journey.ts';
import { createSignedInOfficer, inviteStaff } from '../support/staff-journey.ts';
import { registerMetadata } from '../support/receiver.ts';
import { createAssertion, requestTokens } from '../support/service.ts';
import { readAttribute, readHidden } from '../support/user-agent.ts';
import type { Answered, UserAgent } from '../support/user-agent.ts';
import { createEnrolled, createRequest, findForms, obtainTokens, openAccountPage, visit } from '../support/visits.ts';
import { signIn } from '../support/person-journey.ts';
import type { World } from '../support/world.ts';
import type { StageName } from './row.ts';

export type Stage = {
  readonly values: Readonly<Record<string, string>>;
  /** The Cookie header that the browser would send to a path; empty where it has none. */
  readonly cookiesFor: (path: string) => string;
};

function toCookies({ cookies }: UserAgent): Stage['cookiesFor'] {
  return (path) =>
    [...cookies.values()]
      .filter((cookie) => path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
}

const uidOf = (page: Answered): string => new URL(page.url).pathname.split('/')[2] ?? '';

async function standAtSignIn(world: World): Promise<Stage> {
  const { agent } = createTraveller(world.issuer);
  const page = await agent.get(createRequest(world.issuer, 'permit').url);
  return { values: { uid: uidOf(page), token: readAttribute(page.body, 'data-token') }, cookiesFor: toCookies(agent) };
}

/** In the language of the browser that answers: a page that was shown in another is shown anew. */
async function standAtDecision(world: World, language: string): Promise<Stage> {
  const traveller = await createEnrolled(world);
  const request = createRequest(world.issuer, 'permit', { ui_locales: language });
  const page = await signIn(traveller, await traveller.agent.get(request.url));
  const { token = '', version = '' } = readHidden(page.body);
  return { values: { uid: uidOf(page), token, version }, cookiesFor: toCookies(traveller.agent) };
}

async function standAtAccount(world: World): Promise<Stage> {
  const traveller = await createEnrolled(world);
  await visit(traveller, 'permit');
  const page = await openAccountPage(traveller);
  const [form] = findForms(page, /\/withdraw$/);
  const consent = new URL(form?.action ?? '').pathname.split('/')[3] ?? '';
  return { values: { consent, token: form?.fields['token'] ?? '' }, cookiesFor: toCookies(traveller.agent) };
}

async function standWithLink(world: World): Promise<Stage> {
  const { agent } = createTraveller(world.issuer);
  const url = await world.invite(await world.addPerson());
  const page = await agent.get(url);
  const values = { link: new URL(url).pathname.split('/')[2] ?? '', token: readAttribute(page.body, 'data-token') };
  return { values, cookiesFor: toCookies(agent) };
}

async function standAsService(world: World): Promise<Stage> {
  const traveller = await createEnrolled(world);
  const { body, visit: visited } = await obtainTokens(traveller, 'permit', {
    extra: { scope: 'openid offline_access', prompt: 'consent' },
  });
  const values = {
    access: String(body['access_token']),
    refresh: String(body['refresh_token']),
    'id-token': String(body['id_token']),
    code: visited.answer.get('code') ?? '',
    assertion: createAssertion(world.issuer),
  };
  return { values, cookiesFor: () => '' };
}

async function standWithCode(world: World): Promise<Stage> {
  const visited = await visit(await createEnrolled(world), 'permit');
  const values = { code: visited.answer.get('code') ?? '', verifier: visited.request.verifier, assertion: createAssertion(world.issuer) };
  return { values, cookiesFor: () => '' };
}

/** The press that saved the language is long ago: only what is saved tells it. */
async function standAtEnglishAccount(world: World): Promise<Stage> {
  const traveller = await createEnrolled(world);
  await visit(traveller, 'permit');
  await openAccountPage(traveller);
  await traveller.agent.get(`${world.issuer}/account?lang=en`);
  const page = await openAccountPage(traveller);
  traveller.agent.cookies.delete('lang;/');
  const [form] = findForms(page, /\/withdraw$/);
  return { values: { token: form?.fields['token'] ?? '' }, cookiesFor: toCookies(traveller.agent) };
}

/** An officer is known by name and role. */
const toNewName = (): string => `Officer ${randomUUID().slice(0, 8)}`;

async function standAtDesk(world: World, role: 'registrar' | 'auditor'): Promise<Stage> {
  const { agent } = (await createSignedInOfficer(world, role, toNewName())).traveller;
  const page = await agent.get(`${world.issuer}/${role === 'auditor' ? 'audit' : 'office'}`);
  const { token = '' } = readHidden(page.body);
  return { values: { token }, cookiesFor: toCookies(agent) };
}

const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

async function standInCase(world: World): Promise<Stage> {
  const { agent } = (await createSignedInOfficer(world, 'auditor', toNewName())).traveller;
  const { token = '' } = readHidden((await agent.get(`${world.issuer}/audit/cases/new`)).body);
  const ends = toDay(world.clock.now() + 30 * 86_400_000);
  const paper = { number: randomUUID(), authority: 'A court', basis: 'complaint', scope: 'all', agency: '', from: '', to: '', ends };
  const opened = await agent.post(`${world.issuer}/audit/cases`, { token, ...paper });
  const [, , , id = ''] = new URL(opened.url).pathname.split('/');
  const wanted = { form: 'csv', service: 'mol-work-permit', recipient: 'A court', reason: 'A complaint' };
  const asked = await agent.post(`${world.issuer}/audit/cases/${id}/exports`, { token, ...wanted });
  const file = new URL(asked.url).pathname.split('/').at(-1) ?? '';
  return { values: { case: id, file, token }, cookiesFor: toCookies(agent) };
}

async function standWithStaffLink(world: World): Promise<Stage> {
  const { agent } = createTraveller(world.issuer);
  const { link } = await inviteStaff(world, 'registrar', toNewName());
  const page = await agent.get(link);
  const values = { link: new URL(link).pathname.split('/')[3] ?? '', token: readAttribute(page.body, 'data-token') };
  return { values, cookiesFor: toCookies(agent) };
}

async function standAsProgram(world: World): Promise<Stage> {
  const program = await registerProgram(world, `gac-${randomUUID().slice(0, 8)}`);
  return { values: { access: await obtainProgramToken(world, program) }, cookiesFor: () => '' };
}

async function standAsAgency(world: World): Promise<Stage> {
  await registerMetadata(world, 'mol-work-permit', { grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] });
  const { body } = await requestTokens(world.issuer, { grant_type: 'client_credentials', scope: 'consents' });
  return { values: { access: String(body['access_token']) }, cookiesFor: () => '' };
}

async function standWithNotice(world: World): Promise<Stage> {
  const traveller = await createEnrolled(world);
  await openAccountPage(traveller);
  const list = await traveller.agent.get(`${world.issuer}/account/notices`);
  const notice = /href="\/not-me\/([^"]+)"/.exec(list.body)?.[1] ?? '';
  const { agent } = createTraveller(world.issuer);
  const { token = '' } = readHidden((await agent.get(`${world.issuer}/not-me/${notice}`)).body);
  return { values: { notice, token }, cookiesFor: toCookies(agent) };
}

/** On a page that asks for no name. */
async function standAtPage(world: World, path: string): Promise<Stage> {
  const { agent } = createTraveller(world.issuer);
  const page = await agent.get(`${world.issuer}${path}`);
  const token = readHidden(page.body)['token'] ?? readAttribute(page.body, 'data-token');
  return { values: { token }, cookiesFor: toCookies(agent) };
}

const openers: Readonly<Record<StageName, (world: World, language: string) => Promise<Stage>>> = {
  nobody: async () => ({ values: {}, cookiesFor: () => '' }),
  'sign-in': standAtSignIn,
  decision: standAtDecision,
  account: standAtAccount,
  link: standWithLink,
  service: standAsService,
  code: standWithCode,
  english: standAtEnglishAccount,
  registrar: (world) => standAtDesk(world, 'registrar'),
  auditor: (world) => standAtDesk(world, 'auditor'),
  case: standInCase,
  'staff-link': standWithStaffLink,
  program: standAsProgram,
  agency: standAsAgency,
  notice: standWithNotice,
  'freeze-code': (world) => standAtPage(world, '/freeze'),
  unfreeze: (world) => standAtPage(world, '/unfreeze'),
  recovery: (world) => standAtPage(world, '/recover/number'),
};

/** Nothing that is refused takes anybody away from there: who stands there once stands there for all rows. Elsewhere a question or a link is given out that counts once. */
const lasting: ReadonlySet<StageName> = new Set(['account', 'registrar', 'auditor', 'case', 'program', 'agency']);

export type OpenStage = (name: StageName, language: string) => Promise<Stage>;

export function createStages(world: World): OpenStage {
  const kept = new Map<string, Promise<Stage>>();
  return async (name, language) => {
    const key = `${name} ${language}`;
    const stage = kept.get(key) ?? openers[name](world, language);
    if (lasting.has(name)) {
      kept.set(key, stage);
    }
    return stage;
  };
}
