// The own page over the wire: by agency, by detail, by time; whose rows it shows; what its buttons do, pressed once, twice and too late.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, findForms, getForm, obtainTokens, openAccountPage, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const plain = (page: Answered): string => page.body.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');

describe('the own page', () => {
  let world: World;
  let traveller: Traveller;
  let other: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    traveller = await createEnrolled(world);
    other = await createEnrolled(world);
    for (const person of [traveller, other]) {
      await obtainTokens(person, 'permit', { attributes: ['email'] });
      await visit(person, 'clinic');
      await openAccountPage(person);
      await person.agent.get(`${world.issuer}/account?lang=en`);
    }
  });

  afterAll(async () => world.close());

  const open = async (path: string, who = traveller): Promise<Answered> => who.agent.get(`${world.issuer}${path}`);
  const servicePage = '/account/services/mol-work-permit';

  it('shows the latest decision at once, from the decision itself and not from the log', async () => {
    const page = plain(await open('/account'));
    expect(page).toContain('Your decision is kept');
    expect(page).toContain('You gave consent to the service Clinic booking');
  });

  it('finds a service by part of its name or of its agency, in either language, and by state', async () => {
    const services = async (query: string): Promise<readonly string[]> =>
      [...(await open(`/account?${query}`)).body.matchAll(/data-service="([^"]*)"/g)].map(([, name = '']) => name);
    expect(await services('')).toEqual(['moh-clinic', 'mol-work-permit']);
    expect(await services('q=clinic')).toEqual(['moh-clinic']);
    expect(await services(`q=${encodeURIComponent('وزارة العمل')}`)).toEqual(['mol-work-permit']);
    expect(await services('q=%25')).toEqual([]);
    expect(await services('state=valid')).toHaveLength(2);
    expect(await services('state=paused')).toEqual([]);
    expect(await services('state=everything&q=')).toHaveLength(2);
  });

  it('says of each detail which services may see it', async () => {
    const page = plain(await open('/account/attributes'));
    expect(page).toMatch(/href="\/account\/attributes\/email">Email<\/a>/);
    expect(page).toMatch(/Work permits, Clinic booking|Clinic booking, Work permits/);
    const email = plain(await open('/account/attributes/email'));
    expect(email).toContain('Work permits');
    expect(email).not.toContain('Clinic booking');
    expect(plain(await open('/account/attributes/national_id'))).toContain('There is no standing permission');
    expect((await open('/account/attributes/__proto__')).status).toBe(404);
  });

  it('opens an entry: who, when, why, on what ground, and who acted; nobody else’s', async () => {
    const { body } = await obtainTokens(traveller, 'permit');
    await fetchUserInfo(world.issuer, body['access_token']);
    const activity = await open('/account/activity?kind=shared&attribute=email&period=month');
    const [, url = ''] = /href="(\/account\/activity\/[0-9a-f-]{36})"/.exec(activity.body) ?? [];
    const page = plain(await open(url));
    expect(page).toContain('details went to the Ministry of Labour');
    expect(page).toContain('With your consent');
    expect(page).toContain('Renew a work permit');
    expect(page).toContain('To issue the document in your name');
    expect(page).toContain('The service itself');
    const foreign = await open(url, other);
    expect([foreign.status, findErrorCode(foreign)]).toEqual([404, 'account/entry-unknown']);
    expect(findErrorCode(await open('/account/activity/unknown'))).toBe('account/entry-unknown');
  });

  it('CO-19: goes on only from a place that this list gave to this person', async () => {
    for (let times = 0; times < 21; times += 1) {
      await obtainTokens(traveller, 'clinic');
    }
    const find = (page: Answered): string => /after=([\w.-]+)"/.exec(page.body)?.[1] ?? '';
    const place = find(await open('/account/activity'));
    expect((await open(`/account/activity?after=${place}`)).status).toBe(200);
    const refused = [
      [`/account/activity?after=${place}`, other],
      [`/account/activity?after=${place}&kind=shared`, traveller],
      [`/account/receipts?after=${place}`, traveller],
      [`/account?after=${place}`, traveller],
      [`/account/activity?after=x${place}`, traveller],
      [`/account/activity?after=${place.replace(/^./, 'A')}`, traveller],
      [`/account/activity?after=${place}&after=${place}`, traveller],
      ['/account/activity?after=41', traveller],
      ['/account/activity?after=', traveller],
    ] as const;
    for (const [path, who] of refused) {
      const page = await open(path, who);
      expect([path, page.status, findErrorCode(page)]).toEqual([path, 400, 'request/place-unknown']);
      expect(page.body).not.toContain('event-title');
    }
  });

  it('pauses with one press and resumes with one; pressed twice it is done once', async () => {
    const { body } = await obtainTokens(traveller, 'permit');
    const pause = getForm(await open(servicePage), /\/pause$/);
    const paused = await traveller.agent.post(pause.action, pause.fields);
    expect(plain(paused)).toContain('Paused: Renew a work permit');
    expect((await fetchUserInfo(world.issuer, body['access_token'])).status).toBe(401);
    const again = await traveller.agent.post(pause.action, pause.fields);
    expect([again.status, again.url]).toEqual([200, paused.url]);
    const resume = getForm(await open(servicePage), /\/resume$/);
    expect(plain(await traveller.agent.post(resume.action, resume.fields))).toContain('Resumed: Renew a work permit');
    const history = plain(await open(servicePage));
    expect(history.match(/You paused your consent<\/p>/g)).toHaveLength(1);
    expect(history).toContain('You resumed your consent');
    expect((await fetchUserInfo(world.issuer, body['access_token'])).status).toBe(401);
  });

  it('refuses a press on a page that is older than the last decision, and changes nothing', async () => {
    const page = await open(servicePage);
    const [pause, resume] = [getForm(page, /\/pause$/), getForm(page, /\/narrow$/)];
    await traveller.agent.post(pause.action, pause.fields);
    const late = await traveller.agent.post(resume.action, resume.fields);
    expect([late.status, findErrorCode(late)]).toEqual([409, 'store/conflict']);
    const back = getForm(await open(servicePage), /\/resume$/);
    expect((await traveller.agent.post(back.action, back.fields)).status).toBe(200);
    const foreign = await other.agent.post(back.action, { ...back.fields, token: '' });
    expect(findErrorCode(foreign)).toBe('request/form-outdated');
  });

  it('counts how often it was read, and asks the agency once to erase what it was sent', async () => {
    const page = plain(await open(servicePage));
    expect(page).toMatch(/Read once, on <time/);
    const erase = getForm(await open(servicePage), /\/erase$/);
    const asked = await traveller.agent.post(erase.action, erase.fields);
    expect(new URL(asked.url).pathname).toBe(servicePage);
    expect(plain(asked)).toContain('Last day for the answer');
    expect(findForms(asked, /\/erase$/)).toEqual([]);
    const again = plain(await traveller.agent.post(erase.action, erase.fields));
    expect(again.match(/Last day for the answer/g)).toHaveLength(1);
    expect((await open(servicePage, other)).body).not.toContain('Last day for the answer');
  });

  it('narrows to what keeps its tick', async () => {
    const narrow = getForm(await open(servicePage), /\/narrow$/);
    const widened = await traveller.agent.post(narrow.action, { ...narrow.fields, attribute: ['gender'] });
    expect(findErrorCode(widened)).toBe('consent/attribute-not-offered');
    expect(plain(await traveller.agent.post(narrow.action, narrow.fields))).toContain('Narrowed: Renew a work permit');
    expect(plain(await open('/account/attributes/email'))).toContain('There is no standing permission');
    expect(findForms(await open(servicePage), /\/narrow$/)).toEqual([]);
    expect(findForms(await open(servicePage, other), /\/narrow$/)).toHaveLength(1);
  });

  it('labels each receipt with the decision it is of', async () => {
    const page = plain(await open('/account/receipts'));
    for (const words of ['consent narrowed', 'consent resumed', 'consent paused', 'consent given']) {
      expect(page).toContain(words);
    }
  });
});
