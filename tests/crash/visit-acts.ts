// What a person and a service do together: agreeing, exchanging codes, refreshing, reading what was agreed.

import { decodeJwt } from 'jose';
import { z } from 'zod';
import { beginCeremony, goOn, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { exchangeCode, fetchUserInfo, requestTokens } from '../support/service.ts';
import type { Tokens } from '../support/service.ts';
import { readAttribute, readHidden } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import { createRequest, findStep, places } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { Unanswered } from './history.ts';
import { endHeld } from './citizen.ts';
import type { Citizen, DoubtfulCode, Held } from './citizen.ts';
import { tell } from './scene.ts';
import type { Scene } from './scene.ts';

const optional: Readonly<Record<Place, readonly string[]>> = { permit: ['email', 'birthdate'], clinic: ['gender'] };

/** The clinic comes back while the person is away, the other does not. */
const isOfflineAt: Readonly<Record<Place, boolean>> = { permit: false, clinic: true };

/** Through whatever signs the person in, to the page of the decision or away from the issuer. */
export async function goToDecision(traveller: Traveller, page: Answered): Promise<Answered> {
  const step = findStep(page);
  if (page.status >= 400 || step === 'error') {
    throw new Unanswered(`a page says ${page.status}`);
  }
  if (step === 'sign-in') {
    return goToDecision(traveller, await signIn(traveller, page));
  }
  return step === 'continue' ? goToDecision(traveller, await goOn(traveller, page)) : page;
}

type Answer = { readonly status: number; readonly next: string };

/** The page ran out, or its session went, in the moment of the answer: the decision may stand all the same, and its person sees it on their own page. */
function toToldStatus(status: number, body: string): number {
  return status >= 400 && /interaction\/(?:expired|session-changed)/.test(body) ? 599 : status;
}

async function press(traveller: Traveller, place: Place, page: Answered): Promise<Answer> {
  const body = new URLSearchParams({ ...readHidden(page.body), decision: 'allow' });
  optional[place].filter((name) => page.body.includes(`value="${name}"`)).forEach((name) => body.append('attribute', name));
  const action = new URL(readAttribute(page.body, 'action'), page.url).href;
  const told = await traveller.agent.send(action, { method: 'POST', body });
  return { status: toToldStatus(told.status, await told.text()), next: told.headers.get('location') ?? '' };
}

const nextSchema = z.object({ next: z.string() });

/** Where the decision weighs more than a press, the passkey signs it, and only that decides. */
async function confirm(traveller: Traveller, url: string): Promise<Answer> {
  const page = await traveller.agent.get(new URL(url, traveller.issuer).href);
  const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'authenticate');
  const { status, body } = await traveller.agent.postJson(verifyUrl, token, answer);
  return { status: toToldStatus(status, body), next: status === 200 ? nextSchema.parse(JSON.parse(body)).next : '' };
}

async function decide(scene: Scene, place: Place, page: Answered): Promise<Answered> {
  const { traveller, records } = scene.citizen;
  let next = '';
  await tell(scene, { act: 'given', about: place }, async () => {
    const pressed = await press(traveller, place, page);
    const answer = pressed.next.endsWith('/confirm') ? await confirm(traveller, pressed.next) : pressed;
    next = answer.next;
    return answer.status;
  });
  records[place] = 'stands';
  return traveller.agent.get(new URL(next, traveller.issuer).href);
}

/** The code that a visit brought. */
async function fetchCode(scene: Scene, place: Place): Promise<DoubtfulCode> {
  const { traveller } = scene.citizen;
  const extra = { prompt: 'consent', ...(isOfflineAt[place] ? { scope: 'openid offline_access' } : {}) };
  const request = createRequest(traveller.issuer, place, extra);
  const page = await goToDecision(traveller, await traveller.agent.get(request.url));
  const arrived = findStep(page) === 'decide' ? await decide(scene, place, page) : page;
  if (!arrived.url.startsWith(places[place].redirectUri) || !arrived.url.includes('code=')) {
    throw new Unanswered(`the visit ended with ${arrived.status}`);
  }
  return { browser: traveller, place, callback: arrived.url, verifier: request.verifier };
}

const tokenLife = 300_000;

export function toHeld({ browser, place }: DoubtfulCode, { body }: Tokens): Held {
  const text = (name: string): string | undefined => (typeof body[name] === 'string' ? body[name] : undefined);
  const claims = decodeJwt(text('id_token') ?? '');
  return {
    browser,
    place,
    sid: String(claims['sid']),
    isOffline: isOfflineAt[place],
    rounds: 0,
    expiresAt: Date.now() + tokenLife - 10_000,
    access: text('access_token') ?? '',
    refresh: text('refresh_token'),
    fate: 'live',
  };
}

/** Throws when nobody answers; then the code is in doubt. */
export async function exchange(scene: Scene, code: DoubtfulCode): Promise<Tokens> {
  const { citizen } = scene;
  let tokens: Tokens = { status: 0, body: {} };
  const told = tell(scene, { act: 'exchange', about: code.place }, async () => {
    tokens = await exchangeCode(citizen.traveller.issuer, code.callback, code.verifier);
    return tokens.status;
  });
  await told.catch((error: unknown) => {
    citizen.codes = [...citizen.codes.filter((each) => each !== code), code];
    throw error;
  });
  return tokens;
}

export async function visit(scene: Scene, place: Place): Promise<void> {
  const code = await fetchCode(scene, place);
  const tokens = await exchange(scene, code);
  if (tokens.status === 200) {
    scene.citizen.held.push(toHeld(code, tokens));
  }
}

/** The same code at the same moment, as a thief and its owner would. Whoever is second ends what the first was given. */
export async function exchangeTwice(scene: Scene, place: Place): Promise<void> {
  const { citizen, history } = scene;
  const code = await fetchCode(scene, place);
  const both = await Promise.allSettled([exchange(scene, code), exchange(scene, code)]);
  const served = both.flatMap((one) => (one.status === 'fulfilled' && one.value.status === 200 ? [one.value] : []));
  const unanswered = both.filter(({ status }) => status === 'rejected').length;
  // A replay ends whatever stands in this session for this service.
  endHeld(citizen, 'open', (held) => held.place === place && held.browser === code.browser);
  citizen.held.push(...served.map((tokens): Held => ({ ...toHeld(code, tokens), fate: 'open' })));
  if (served.length > 1) {
    history.write({ who: citizen.name, act: 'served-twice', about: place, outcome: 'ok' });
  }
  // One of the two was not served, whatever it was told.
  if (unanswered > 0 && served.length + unanswered > 1) {
    history.write({ who: citizen.name, act: 'resolved', about: place, outcome: 'ok' });
    citizen.codes = citizen.codes.filter((each) => each !== code);
    throw new Unanswered('an exchange');
  }
}

const findRefreshable = ({ held }: Citizen): Held | undefined =>
  held.find(({ place, refresh, fate }) => place === 'clinic' && refresh !== undefined && fate === 'live');

export async function refresh(scene: Scene): Promise<void> {
  const held = findRefreshable(scene.citizen);
  if (held === undefined) {
    return;
  }
  const shown = held.refresh ?? '';
  // Whoever shows a token again that may have been used ends all that came of it.
  held.fate = 'open';
  held.refresh = undefined;
  await tell(scene, { act: 'refresh', about: held.place }, async () => {
    const { status, body } = await requestTokens(scene.world.issuer, { grant_type: 'refresh_token', refresh_token: shown }, held.place);
    if (status === 200) {
      Object.assign(held, {
        access: String(body['access_token']),
        refresh: typeof body['refresh_token'] === 'string' ? body['refresh_token'] : shown,
        fate: 'live',
      });
    }
    return status;
  });
}

export async function release(scene: Scene): Promise<void> {
  const held = scene.citizen.held.find(({ fate, expiresAt }) => fate === 'live' && expiresAt > Date.now());
  if (held !== undefined) {
    await tell(scene, { act: 'release', about: held.place }, async () => (await fetchUserInfo(scene.world.issuer, held.access)).status);
  }
}
