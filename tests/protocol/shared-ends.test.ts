// Every way in which a sign-in ends on a computer that others use (C19), with one answer: no cookie, no storage, no page of it stays in that browser.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLostPeople } from '../support/lost-people.ts';
import type { Lost, LostPeople } from '../support/lost-people.ts';
import { mailEnv } from '../support/mailbox.ts';
import { beginCeremony, createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { askForCode, codesTo, giveCode, waitForRecoveryLetter } from '../support/recovery-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { hours, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import { createOtherBrowser, createRequest, findStep, getForm, openAccountPage } from '../support/visits.ts';
import type { Form } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type End = { readonly lost: Lost; readonly who: Traveller };
type Left = { readonly response: Response; readonly next: string };

const everything = '"cache", "cookies", "storage"';

describe('on a shared computer every end of a sign-in', () => {
  let world: World;
  let time: ShiftedTime;
  let people: LostPeople;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld({ env: { ...mailEnv, HUWIYA_LIMITS: 'recovery-begun.ipv4=300,recovery-code.ipv4=300' } });
    people = createLostPeople(world, time);
  });

  afterAll(async () => {
    await world.close();
    time.restore();
  });

  const open = async ({ agent }: Traveller, path: string): Promise<Answered> => agent.get(`${world.issuer}${path}`);

  const press = async ({ agent }: Traveller, form: Form, more: Readonly<Record<string, string>> = {}): Promise<Left> => {
    const response = await agent.send(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields, ...more }) });
    return { response, next: response.headers.get('location') ?? '' };
  };

  const signInShared = async (who: Traveller): Promise<void> => {
    const { verifyUrl, token, answer } = await beginCeremony(who, await open(who, '/account'), 'authenticate');
    const { next } = Object(JSON.parse((await who.agent.postJson(verifyUrl, token, { ...Object(answer), shared: true })).body));
    expect((await who.agent.get(new URL(String(next), world.issuer).href)).body).toContain('data-band="shared"');
  };

  const bindElsewhere = async ({ lost, who }: End): Promise<Left> => {
    const sent = codesTo(world, lost.email).length;
    await askForCode(who, lost.number);
    const page = await giveCode(who, (await waitForRecoveryLetter(world, lost.email, sent + 1)).code);
    const begun = await beginCeremony({ ...who, authenticator: createSoftwareAuthenticator() }, page, 'register');
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-huwiya-token': begun.token };
    const response = await who.agent.send(begun.verifyUrl, { method: 'POST', headers, body: JSON.stringify(begun.answer) });
    return { response, next: String(Object(await response.json()).next) };
  };

  /** In a browser of the person's own, as they would before they come here. */
  const atHome = async (who: Traveller): Promise<Traveller> => {
    const home = createOtherBrowser(who);
    await openAccountPage(home);
    return home;
  };

  const freezeByCode = async ({ who }: End): Promise<Left> => {
    const home = await atHome(who);
    const made = getForm(await open(home, '/account/freeze/code'), /\/freeze\/code$/);
    const sheet = await home.agent.post(made.action, made.fields);
    const code = /data-freeze-code>([^<]*)</.exec(sheet.body)?.[1] ?? '';
    return press(who, getForm(await open(who, '/freeze'), /\/freeze$/), { code });
  };

  const removeOwnPasskey = async ({ who }: End): Promise<Left> => {
    const home = await atHome(who);
    const page = await open(home, '/account/passkeys');
    const begun = await beginCeremony({ ...home, authenticator: createSoftwareAuthenticator() }, page, 'register');
    expect((await home.agent.postJson(begun.verifyUrl, begun.token, begun.answer)).status).toBe(200);
    const { body } = await open(who, '/account/security');
    const [, url = ''] = /href="(\/account\/passkeys\/[\w-]{22}\/remove)"/.exec(body) ?? [];
    return press(who, getForm(await open(who, url), /\/remove$/));
  };

  const sayNotMe = async ({ who }: End): Promise<Left> => {
    const [, url = ''] = /href="(\/not-me\/[^"]+)"/.exec((await open(who, '/account/notices')).body) ?? [];
    return press(who, getForm(await open(who, url), /\/not-me\//));
  };

  const signOutAtService = async ({ who }: End): Promise<Left> =>
    press(who, getForm(await open(who, '/session/end?client_id=mol-work-permit'), /session\/end\/confirm$/), { logout: 'yes' });

  const endAll = async ({ who }: End): Promise<Left> => {
    const second = { ...who, agent: createTraveller(world.issuer).agent };
    await openAccountPage(second);
    return press(who, getForm(await open(who, '/account/security'), /\/sessions\/end$/));
  };

  const onPage =
    (path: string, action: RegExp) =>
    async ({ who }: End): Promise<Left> =>
      press(who, getForm(await open(who, path), action));

  const ends: readonly { readonly name: string; readonly end: (end: End) => Promise<Left>; readonly next: RegExp }[] = [
    { name: 'the band', end: onPage('/account', /\/finish$/), next: /^\/signed-out\?ui_locales=ar$/ },
    { name: 'signing out', end: onPage('/account', /\/account\/sign-out$/), next: /^\/signed-out\?ui_locales=ar$/ },
    { name: 'signing out at a service', end: signOutAtService, next: /\/session\/end\/success/ },
    { name: 'ending all sessions', end: endAll, next: /^\/signed-out\?ui_locales=ar$/ },
    { name: 'removing the passkey', end: removeOwnPasskey, next: /^\/signed-out\?ui_locales=ar$/ },
    { name: 'freezing', end: onPage('/account/freeze', /\/freeze$/), next: /^\/frozen\?ui_locales=ar$/ },
    { name: 'a printed code', end: freezeByCode, next: /^\/frozen\?ui_locales=ar$/ },
    { name: '"it was not me"', end: sayNotMe, next: /^\/not-me\/[^?]+\?ui_locales=ar$/ },
    { name: 'closing the account', end: onPage('/account/close', /\/account\/close$/), next: /^\/account\/closed\?ui_locales=ar$/ },
  ];

  const assertNothingStays = async ({ who }: End, { response, next }: Left): Promise<void> => {
    expect([response.headers.get('clear-site-data'), response.headers.get('cache-control')]).toEqual([everything, 'no-store']);
    // Those of a request under way lie under its own path, name nobody, and go with the header.
    const held = [...who.agent.cookies.values()].filter(({ path }) => path === '/').map(({ name }) => name);
    expect(held.filter((name) => !/^_?(?:int|res)/.test(name))).toEqual([]);
    const last = await who.agent.get(new URL(next, world.issuer).href);
    expect([last.status, last.body.includes('lang="ar"'), last.body.includes('data-band="shared"')]).toEqual([200, true, false]);
    expect(last.body).not.toMatch(/سارة|Sara/);
    expect(last.headers.get('cache-control')).toBe('no-store');
    expect(findStep(await open(who, '/account'))).toBe('sign-in');
  };

  it.each(ends)('leaves nothing there: $name', async ({ end, next }) => {
    const lost = await people.create();
    const who = lost.before;
    who.agent.cookies.clear();
    await who.agent.get(createRequest(world.issuer, 'permit').url);
    await signInShared(who);
    await open(who, '/account/security?lang=ar');
    const left = await end({ lost, who });
    expect(left.next).toMatch(next);
    await assertNothingStays({ lost, who }, left);
  });

  it('leaves nothing there: a recovery that ends the session behind it, and one of somebody else leaves the session', async () => {
    const [lost, other] = [await people.create(), await people.create()];
    await people.begin(lost);
    time.advance(hours(72));
    const who = lost.before;
    who.agent.cookies.clear();
    await signInShared({ ...other.before, agent: who.agent });
    const foreign = await bindElsewhere({ lost, who });
    expect([foreign.next, foreign.response.headers.get('clear-site-data')]).toEqual(['/recover/done?way=waiting', null]);
    expect((await open(who, '/account')).body).toContain('data-band="shared"');
    const own = await people.create();
    await people.begin(own);
    time.advance(hours(72));
    own.before.agent.cookies.clear();
    await signInShared(own.before);
    const left = await bindElsewhere({ lost: own, who: own.before });
    expect(left.next).toBe('/recover/done?way=waiting&ui_locales=ar');
    await assertNothingStays({ lost: own, who: own.before }, left);
  });
});
