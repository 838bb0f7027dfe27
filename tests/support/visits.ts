// Whole errands of a person: go to a service and come back with its answer, open the own page, withdraw, sign out.

import type { StoredPerson } from '../../src/domain/people/person.ts';
import { allow, answerCeremony, createAuthorization, createTraveller, enrol, goOn, signIn } from './person-journey.ts';
import type { AuthorizationRequest, Traveller } from './person-journey.ts';
import { clinicRedirect, permitRedirect } from './sample-services.ts';
import { exchangeCode } from './service.ts';
import type { Tokens } from './service.ts';
import { readAttribute, readHidden } from './user-agent.ts';
import type { Answered } from './user-agent.ts';
import type { World } from './world.ts';

export const places = {
  permit: { clientId: 'mol-work-permit', redirectUri: permitRedirect },
  clinic: { clientId: 'moh-clinic', redirectUri: clinicRedirect },
} as const;

export type Place = keyof typeof places;

export type Asked = { readonly extra?: Readonly<Record<string, string>>; readonly attributes?: readonly string[] };

export type Visit = {
  readonly place: Place;
  readonly request: AuthorizationRequest;
  readonly callback: string;
  readonly answer: URLSearchParams;
};

export function createRequest(issuer: string, place: Place, extra: Readonly<Record<string, string>> = {}): AuthorizationRequest {
  return createAuthorization(issuer, { ...places[place], extra });
}

/** Which page this is, told by what the person can do on it. */
export function findStep(page: Answered): 'sign-in' | 'decide' | 'continue' | 'error' | undefined {
  if (page.body.includes('data-verify-url')) {
    return 'sign-in';
  }
  if (page.body.includes('data-error=')) {
    return 'error';
  }
  if (page.body.includes('data-action="allow"')) {
    return 'decide';
  }
  return page.body.includes('data-action="continue"') ? 'continue' : undefined;
}

/** Agrees to everything on the way, ticking `attributes`, until the browser is somewhere else or at rest. */
export async function goThrough(traveller: Traveller, page: Answered, attributes: readonly string[] = []): Promise<Answered> {
  const steps = {
    'sign-in': () => signIn(traveller, page),
    decide: () => allow(traveller, page, attributes),
    continue: () => goOn(traveller, page),
  };
  const step = findStep(page);
  if (step === undefined || step === 'error') {
    return page;
  }
  return goThrough(traveller, await steps[step](), attributes);
}

export async function visit(traveller: Traveller, place: Place, asked: Asked = {}): Promise<Visit> {
  const request = createRequest(traveller.issuer, place, asked.extra);
  const arrived = await goThrough(traveller, await traveller.agent.get(request.url), asked.attributes);
  if (!arrived.url.startsWith(places[place].redirectUri)) {
    throw new Error(`the visit ended at ${new URL(arrived.url).pathname} with ${arrived.status}`);
  }
  return { place, request, callback: arrived.url, answer: new URL(arrived.url).searchParams };
}

export const exchange = (visited: Visit, issuer: string): Promise<Tokens> =>
  exchangeCode(issuer, visited.callback, visited.request.verifier);

/** A visit and the tokens it brought. */
export async function obtainTokens(traveller: Traveller, place: Place, asked: Asked = {}): Promise<Tokens & { readonly visit: Visit }> {
  const visited = await visit(traveller, place, asked);
  const tokens = await exchange(visited, traveller.issuer);
  if (tokens.status !== 200) {
    throw new Error(`no tokens: ${tokens.status} ${JSON.stringify(tokens.body)}`);
  }
  return { ...tokens, visit: visited };
}

/** Somebody new, and enrolled. */
export async function createEnrolledPerson(world: World): Promise<{ readonly traveller: Traveller; readonly person: StoredPerson }> {
  const traveller = createTraveller(world.issuer);
  const person = await world.addPerson();
  await enrol(traveller, await world.invite(person));
  return { traveller, person };
}

export async function createEnrolled(world: World): Promise<Traveller> {
  return (await createEnrolledPerson(world)).traveller;
}

/** The same person at another browser, nobody signed in. */
export const createOtherBrowser = (traveller: Traveller): Traveller => createTraveller(traveller.issuer, traveller.authenticator);

/** Answers a sign-in on the way to a service; the answer waits until it is followed. */
export async function parkSignIn(traveller: Traveller, extra: Readonly<Record<string, string>> = {}): Promise<() => Promise<Answered>> {
  return answerCeremony(traveller, await traveller.agent.get(createRequest(traveller.issuer, 'permit', extra).url));
}

/** Without any page: what the service hears when it allows none (OpenID Connect Core 1.0 §3.1.2.1). */
export async function askSilently(
  traveller: Traveller,
  place: Place,
  extra: Readonly<Record<string, string>> = {},
): Promise<URLSearchParams> {
  const arrived = await traveller.agent.get(createRequest(traveller.issuer, place, { prompt: 'none', ...extra }).url);
  return new URL(arrived.url).searchParams;
}

/** Through the page of RP-initiated logout, as its form is pressed. */
export async function signOut(traveller: Traveller, place: Place, reach: 'here' | 'everywhere'): Promise<Answered> {
  const page = await traveller.agent.get(`${traveller.issuer}/session/end?client_id=${places[place].clientId}`);
  const form = getForm(page, /session\/end\/confirm$/);
  return traveller.agent.post(form.action, { ...form.fields, ...(reach === 'everywhere' ? { logout: 'yes' } : {}) });
}

/** A way on from the page that explains what is missing of the level: back to the service, or, from a wish, on as it is. */
export async function leaveStepUp(traveller: Traveller, page: Answered, decision: 'back' | 'below'): Promise<Answered> {
  const form = getForm(page, /\/decision$/);
  return traveller.agent.post(form.action, { ...form.fields, decision });
}

export type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> };

/** The forms of a page whose action matches. */
export function findForms(page: Answered, action: RegExp): readonly Form[] {
  const forms = [...page.body.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([text]) => ({
    action: new URL(readAttribute(text, 'action'), page.url).href,
    fields: readHidden(text),
  }));
  return forms.filter((form) => action.test(form.action));
}

export function getForm(page: Answered, action: RegExp): Form {
  const [form] = findForms(page, action);
  if (form === undefined) {
    throw new Error(`the page has no such form: ${page.status}`);
  }
  return form;
}

export async function openAccountPage(traveller: Traveller): Promise<Answered> {
  return goThrough(traveller, await traveller.agent.get(`${traveller.issuer}/account`));
}

/** The withdrawal forms of one service, in the order of its page. */
export async function findWithdrawals(traveller: Traveller, place: Place): Promise<readonly Form[]> {
  await openAccountPage(traveller);
  const page = await traveller.agent.get(`${traveller.issuer}/account/services/${places[place].clientId}`);
  return findForms(page, /\/withdraw$/);
}

export async function getWithdrawal(traveller: Traveller, place: Place): Promise<Form> {
  const [form] = await findWithdrawals(traveller, place);
  if (form === undefined) {
    throw new Error('nothing stands that could be withdrawn');
  }
  return form;
}

export async function withdraw(traveller: Traveller, place: Place): Promise<Answered> {
  const form = await getWithdrawal(traveller, place);
  return traveller.agent.post(form.action, form.fields);
}

/** The files of all receipts as they are downloaded, in the order of the page. */
export async function findReceipts(traveller: Traveller): Promise<readonly string[]> {
  const page = await openAccountPage(traveller);
  const urls = [...page.body.matchAll(/href="(\/account\/receipts\/[^"]+\.json)"/g)].map(([, url = '']) => url);
  const texts: string[] = [];
  for (const url of new Set(urls)) {
    texts.push((await traveller.agent.get(new URL(url, traveller.issuer).href)).body);
  }
  return texts;
}
