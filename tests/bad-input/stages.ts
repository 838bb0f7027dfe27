// Where somebody stands before a bad request: reached by the good way, as often as a row needs it anew.

import { createTraveller } from '../support/person-journey.ts';
import { createAssertion } from '../support/service.ts';
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

async function standAtDecision(world: World): Promise<Stage> {
  const traveller = await createEnrolled(world);
  const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
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

const openers: Readonly<Record<StageName, (world: World) => Promise<Stage>>> = {
  nobody: async () => ({ values: {}, cookiesFor: () => '' }),
  'sign-in': standAtSignIn,
  decision: standAtDecision,
  account: standAtAccount,
  link: standWithLink,
  service: standAsService,
  code: standWithCode,
};

export async function openStage(world: World, name: StageName): Promise<Stage> {
  return openers[name](world);
}
