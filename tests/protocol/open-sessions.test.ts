// The sessions of a person on their own page: where they are signed in, and the end of any of them, wherever it is.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import type { Answered } from '../support/user-agent.ts';
import { createUserAgent } from '../support/user-agent.ts';
import {
  askSilently,
  createEnrolled,
  createOtherBrowser,
  findForms,
  findStep,
  getForm,
  obtainTokens,
  openAccountPage,
  parkSignIn,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const phone = 'Mozilla/5.0 (Linux; Android 10; Pixel Secret) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.7.9 Mobile Safari/537.36';
const desk = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
const endOne = /\/account\/sessions\/[\w-]{22}\/end$/;
const endAll = /\/account\/sessions\/end$/;

/** The same person with a browser that says what it is. */
function withBrowser(traveller: Traveller, userAgent: string): Traveller {
  const agent = createUserAgent(traveller.issuer, async (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('user-agent', userAgent);
    return fetch(url, { ...init, headers });
  });
  return { ...traveller, agent };
}

describe('the open sessions of a person', () => {
  let world: World;
  let database: OpenDatabase;
  let here: Traveller;
  let there: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  beforeEach(async () => {
    const enrolled = await createEnrolled(world);
    here = withBrowser(enrolled, desk);
    there = withBrowser(enrolled, phone);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const openSecurity = async (traveller: Traveller): Promise<Answered> => {
    await openAccountPage(traveller);
    const page = await traveller.agent.get(`${world.issuer}/account/security?lang=en`);
    return { ...page, body: page.body.replace(/[\u2066-\u2069]/g, '') };
  };
  const names = ({ body }: Answered): readonly string[] =>
    [...body.matchAll(/<h3 class="row-title">([^<]+)<\/h3>/g)].map(([, name = '']) => name);
  const countEnds = (): number => database.rows("SELECT id FROM entries WHERE type = 'session.ended'").length;

  it('are listed with the kind of device and the services reached, and nothing else of the browser is kept', async () => {
    await obtainTokens(there, 'permit');
    const page = await openSecurity(here);
    expect(names(page)).toEqual(['Firefox on Linux', 'Chrome on Android']);
    expect(page.body).toContain('Open in: Work permits');
    expect(page.body).toContain('Open on your page only');
    expect(findForms(page, endOne)).toHaveLength(1);
    const stored = JSON.stringify(database.rows('SELECT * FROM sessions'));
    expect(stored).toContain('chrome/android');
    expect(stored).not.toMatch(/Pixel|Mozilla|Chrome\/\d/);
  });

  it('end one by one: at its next request that browser is signed out, its tokens are dead, and one entry says so', async () => {
    const tokens = await obtainTokens(there, 'clinic');
    const away = await obtainTokens(there, 'permit', { extra: { scope: 'openid offline_access', prompt: 'consent' } });
    const form = getForm(await openSecurity(here), endOne);
    const before = countEnds();
    const after = await here.agent.post(form.action, form.fields);
    expect([after.status, new URL(after.url).pathname]).toEqual([200, '/account/security']);
    expect(after.body).toContain('class="notice notice-good"');
    expect(countEnds() - before).toBe(1);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await askSilently(there, 'permit')).get('error')).toBe('login_required');
    expect(findStep(await there.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    expect((await here.agent.get(`${world.issuer}/account`)).body).toContain('data-action="sign-out"');
    const refreshed = await requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: String(away.body['refresh_token']) });
    expect(refreshed.status).toBe(200);
    await here.agent.post(form.action, form.fields);
    expect(countEnds() - before).toBe(1);
  });

  it('end all together, this one too', async () => {
    await obtainTokens(there, 'permit');
    const form = getForm(await openSecurity(here), endAll);
    const before = countEnds();
    const after = await here.agent.post(form.action, form.fields);
    expect(new URL(after.url).pathname).toBe('/signed-out');
    expect(countEnds() - before).toBe(2);
    for (const browser of [here, there]) {
      expect(findStep(await browser.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    }
  });

  it('are ended by nobody else, and not by a form of another session', async () => {
    await obtainTokens(there, 'permit');
    const form = getForm(await openSecurity(here), endOne);
    const stranger = await createEnrolled(world);
    const theirs = getForm(await openAccountPage(stranger), /\/account\/sign-out$/);
    const before = countEnds();
    await stranger.agent.post(form.action, theirs.fields);
    const forged = await stranger.agent.post(form.action, form.fields);
    expect(forged.body).toContain('data-error="request/form-outdated"');
    expect(countEnds()).toBe(before);
    expect((await askSilently(there, 'permit')).has('code')).toBe(true);
  });

  it('bring whoever signs in back to the page they asked for, and never elsewhere', async () => {
    const arrived = await there.agent.get(`${world.issuer}/account/security`);
    expect(findStep(arrived)).toBe('sign-in');
    await openAccountPage(there);
    for (const state of ['x.//evil.example', 'x./account/../auth', 'x./session/end', '/account/security', 'x./account?x=y']) {
      const { url } = await there.agent.get(`${world.issuer}/account/return?state=${encodeURIComponent(state)}`);
      expect(url).toBe(`${world.issuer}/account`);
    }
    const { url } = await there.agent.get(`${world.issuer}/account/return?state=x.%2Faccount%2Fservices%2Fmol-work-permit`);
    expect(url).toBe(`${world.issuer}/account/services/mol-work-permit`);
  });

  it.each([
    ['all', endAll],
    ['all others', /\/account\/sessions\/end-others$/],
  ])('SE-07 end, %s of them, with every sign-in that was answered and not followed', async (_which, ending) => {
    await obtainTokens(there, 'permit');
    const follow = await parkSignIn(createOtherBrowser(here));
    const form = getForm(await openSecurity(here), ending);
    await here.agent.post(form.action, form.fields);
    expect(findErrorCode(await follow())).toBe('session/ended');
    const late = createOtherBrowser(here);
    expect(findStep(await (await parkSignIn(late))())).not.toBe('sign-in');
  });

  it('SE-07 end without the one that ended them, which goes on in each of its tabs', async () => {
    await obtainTokens(there, 'permit');
    const page = await openSecurity(here);
    const follow = await parkSignIn(here, { prompt: 'login' });
    const form = getForm(page, /\/account\/sessions\/end-others$/);
    await here.agent.post(form.action, form.fields);
    expect(findStep(await follow())).not.toBe('sign-in');
    expect(findStep(await here.agent.get(`${world.issuer}/account`))).toBeUndefined();
  });
});
