// A computer that others use (C19, screen rule 16): a short session that shows no name, and one press after which nothing of it is left.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import { allow, beginCeremony, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  askSilently,
  createEnrolled,
  createRequest,
  exchange,
  findForms,
  findStep,
  getForm,
  openAccountPage,
  visit,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const band = 'data-band="shared"';
const name = 'سارة';

/** As the script sends it where the box is ticked. */
async function signInShared(traveller: Traveller, page: Answered, shared: unknown = true): Promise<Answered> {
  const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'authenticate');
  const sent = typeof answer === 'object' && answer !== null ? { ...answer, shared } : answer;
  const answered = await traveller.agent.postJson(verifyUrl, token, sent);
  const next = /^\{"next":"([^"]+)"\}$/.exec(answered.body)?.[1];
  return next === undefined ? answered : traveller.agent.get(new URL(next, traveller.issuer).href);
}

/** What stands on a page before anything is pressed. */
const toSeen = ({ body }: Answered): string => body.replaceAll(/<details class="reveal"[\s\S]*?<\/details>/g, '');

const decide = async (traveller: Traveller, page: Answered, decision: string): Promise<Answered> => {
  const form = getForm(page, /\/decision$/);
  return traveller.agent.post(form.action, { ...form.fields, decision });
};

describe('on a shared computer', () => {
  let world: World;
  let traveller: Traveller;
  let time: ShiftedTime;

  beforeEach(async () => {
    time = shiftTime();
    world = await createWorld();
    traveller = await createEnrolled(world);
  });

  afterEach(async () => {
    time.restore();
    await world.close();
  });

  const isAlive = async (): Promise<boolean> => (await askSilently(traveller, 'permit')).has('code');

  async function enter(): Promise<Answered> {
    const page = await signInShared(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    return decide(traveller, page, 'allow');
  }

  it('a session ends after 5 minutes without use, with everything that rests on it', async () => {
    await enter();
    time.advance(minutes(5) - 2000);
    expect(await isAlive()).toBe(true);
    const visited = await visit(traveller, 'permit');
    const tokens = await exchange(visited, world.issuer);
    time.advance(minutes(5) + 1000);
    expect(await isAlive()).toBe(false);
    expect(findStep(await traveller.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
  });

  it('no cookie of a session outlives the browser window', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    await decide(traveller, await signInShared(traveller, page), 'allow');
    const cookies = [...traveller.agent.cookies.values()].filter(({ name: of }) => of.startsWith('sid'));
    expect([cookies.length, cookies.filter(({ isLasting }) => isLasting)]).toEqual([2, []]);
  });

  it('and one hour after the sign-in, however much it is used', async () => {
    await enter();
    for (let used = 0; used < 14; used += 1) {
      time.advance(minutes(4));
      expect(await isAlive()).toBe(true);
    }
    time.advance(minutes(4) + 1000);
    expect(await isAlive()).toBe(false);
  });

  it('reading the own page is use, and costs one write a minute at most', async () => {
    await enter();
    await openAccountPage(traveller);
    const read = async (): Promise<boolean> => findStep(await traveller.agent.get(`${world.issuer}/account/activity`)) !== 'sign-in';
    for (let minute = 0; minute < 3; minute += 1) {
      time.advance(minutes(4));
      expect(await read()).toBe(true);
    }
    const database = openWorldDatabase(world);
    const seen = () => database.rows('SELECT max(last_seen_at) AS at FROM sessions')[0]?.['at'];
    const first = seen();
    time.advance(30_000);
    expect([await read(), seen()]).toEqual([true, first]);
    time.advance(31_000);
    expect(await read()).toBe(true);
    expect(Number(seen())).toBeGreaterThan(Number(first) + minutes(1) - 1);
    database.close();
    time.advance(minutes(5) + 1000);
    expect(await read()).toBe(false);
  });

  it('pages that are for everybody carry the band too, for whoever is signed in behind them', async () => {
    await enter();
    const pages = ['/', '/services', '/services/mol-work-permit', '/recover', '/freeze', '/frozen', '/unfreeze', '/enrol', '/enrol/done'];
    const bands = async (who: Traveller) =>
      Promise.all(pages.map(async (path) => (await who.agent.get(`${world.issuer}${path}`)).body.includes(band)));
    const every = (hasBand: boolean) => pages.map(() => hasBand);
    expect(await bands(traveller)).toEqual(every(true));
    expect(await bands(createTraveller(world.issuer))).toEqual(every(false));
    const home = await traveller.agent.get(`${world.issuer}/`);
    const form = getForm(home, /\/finish$/);
    expect([toSeen(home).includes(name), (await traveller.agent.post(form.action, form.fields)).status]).toEqual([false, 200]);
    expect([await bands(traveller), await isAlive()]).toEqual([every(false), false]);
  });

  it('a sign-out that a service starts leaves as little, and one from that service alone leaves the session', async () => {
    await enter();
    const press = async (fields: Readonly<Record<string, string>>): Promise<Response> => {
      const page = await traveller.agent.get(`${world.issuer}/session/end?client_id=mol-work-permit`);
      const form = getForm(page, /session\/end\/confirm$/);
      return traveller.agent.send(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields, ...fields }) });
    };
    const here = await press({});
    const asked = await askSilently(traveller, 'permit');
    expect([here.status, here.headers.get('clear-site-data'), asked.get('error')]).toEqual([303, null, 'account_selection_required']);
    const everywhere = await press({ logout: 'yes' });
    expect([everywhere.status, everywhere.headers.get('clear-site-data')]).toEqual([303, '"cache", "cookies", "storage"']);
    expect([...traveller.agent.cookies.values()].map((cookie) => cookie.name).filter((held) => /sid|lang|ended/.test(held))).toEqual([]);
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
  });

  it('every page says so and names nobody in the clear, on the way to a service and on the own page', async () => {
    const consent = await signInShared(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    expect([findStep(consent), consent.body.includes(band)]).toEqual(['decide', true]);
    await decide(traveller, consent, 'allow');
    await openAccountPage(traveller);
    for (const path of ['/account', '/account/activity', '/account/details', '/account/security', '/account/reports', '/account/close']) {
      const page = await traveller.agent.get(`${world.issuer}${path}`);
      expect([path, page.status, page.body.includes(band), toSeen(page).includes(name)]).toEqual([path, 200, true, false]);
    }
    const wrong = await traveller.agent.get(`${world.issuer}/account/services/unknown`);
    expect([wrong.status, wrong.body.includes(band)]).toEqual([404, true]);
    const clinic = await traveller.agent.get(createRequest(world.issuer, 'clinic').url);
    expect([clinic.body.includes(band), toSeen(clinic).includes(name)]).toEqual([true, false]);
    const leaving = await traveller.agent.get(`${world.issuer}/session/end?client_id=mol-work-permit`);
    expect(leaving.body).toContain(band);
  });

  it('one press ends everything and leaves no cookie, and the next person finds a fresh page', async () => {
    await enter();
    const tokens = await exchange(await visit(traveller, 'permit'), world.issuer);
    const account = await openAccountPage(traveller);
    expect(account.headers.get('cache-control')).toBe('no-store');
    const form = getForm(account, /\/finish$/);
    const done = await traveller.agent.send(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields }) });
    expect([done.status, done.headers.get('clear-site-data')]).toEqual([303, '"cache", "cookies", "storage"']);
    expect([...traveller.agent.cookies.values()].map((cookie) => cookie.name).filter((held) => /sid|lang/.test(held))).toEqual([]);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    const last = await traveller.agent.get(new URL(done.headers.get('location') ?? '', world.issuer).href);
    expect([last.status, last.body.includes(band), last.body.includes('lang="ar"')]).toEqual([200, false, true]);
    const again = await traveller.agent.get(`${world.issuer}/account`);
    expect([findStep(again), again.body.includes(band), again.body.includes(name)]).toEqual(['sign-in', false, false]);
    expect(/<input[^>]*data-shared[^>]*\schecked/.test(again.body)).toBe(false);
    const twice = await traveller.agent.post(form.action, form.fields);
    expect([twice.status, new URL(twice.url).pathname]).toEqual([200, '/signed-out']);
  });

  it('nothing of the person is in the jar after it, also of a browser that does not know how to clear a site', async () => {
    const first = createTraveller(world.issuer);
    await enrol(first, await world.invite(await world.addPerson()));
    await first.agent.get(`${world.issuer}/unfreeze`);
    await first.agent.get(`${world.issuer}/enrol/done?lang=en`);
    await decide(first, await signInShared(first, await first.agent.get(createRequest(world.issuer, 'permit').url)), 'allow');
    await first.agent.get(createRequest(world.issuer, 'clinic').url);
    const held = (): readonly string[] => [...first.agent.cookies.values()].map((cookie) => cookie.name).toSorted();
    expect(held()).toEqual(expect.arrayContaining(['int', 'lang', 'sid', 'sid.sig', 'spare', 'unfreeze']));
    const open = await first.agent.get(createRequest(world.issuer, 'clinic').url);
    const form = getForm(await openAccountPage(first), /\/finish$/);
    await first.agent.post(form.action, form.fields);
    expect(held().filter((kept) => !/^(?:int|res)(?:\.sig)?$/.test(kept))).toEqual([]);
    const later = await first.agent.get(open.url);
    expect([later.status, findStep(later), later.body.includes(name), later.body.includes(band)]).toEqual([409, 'error', false, false]);
  });

  it('signing out on the own page leaves as little', async () => {
    await enter();
    const form = getForm(await openAccountPage(traveller), /\/sign-out$/);
    const done = await traveller.agent.send(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields }) });
    expect(done.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
  });

  it('ending all sessions and freezing leave as little', async () => {
    const everything = '"cache", "cookies", "storage"';
    const press = async (path: string): Promise<readonly (string | null)[]> => {
      await signInShared(traveller, await traveller.agent.get(`${world.issuer}/account`));
      const { fields } = getForm(await traveller.agent.get(`${world.issuer}/account/freeze`), /\/freeze$/);
      const done = await traveller.agent.send(`${world.issuer}${path}`, { method: 'POST', body: new URLSearchParams({ ...fields }) });
      return [done.headers.get('location'), done.headers.get('clear-site-data')];
    };
    expect(await press('/account/sessions/end')).toEqual(['/signed-out?ui_locales=ar', everything]);
    expect(await press('/account/freeze')).toEqual(['/frozen?ui_locales=ar', everything]);
  });

  it('the language that was pressed goes with the window, before the sign-in and after it', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    const english = await traveller.agent.get(`${page.url}?lang=en`);
    const { verifyUrl, token, answer } = await beginCeremony(traveller, english, 'authenticate');
    const sent = JSON.stringify({ ...Object(answer), shared: true });
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-huwiya-token': token };
    const answered = await traveller.agent.send(verifyUrl, { method: 'POST', headers, body: sent });
    const cookieOf = (lines: readonly string[]): string | undefined => lines.find((line) => line.startsWith('lang='));
    expect(cookieOf(answered.headers.getSetCookie())).toMatch(/^lang=en/);
    expect(cookieOf(answered.headers.getSetCookie())).not.toMatch(/expires|max-age/i);
    const { next } = Object(await answered.json());
    const decision = await traveller.agent.get(new URL(String(next), world.issuer).href);
    expect(decision.body).toContain('lang="en"');
    const pressed = await traveller.agent.send(`${decision.url}?lang=ar`);
    expect(cookieOf(pressed.headers.getSetCookie())).not.toMatch(/expires|max-age/i);
    const finished = await traveller.agent.post(getForm(decision, /\/finish$/).action, getForm(decision, /\/finish$/).fields);
    expect(new URL(finished.url).pathname).toBe('/signed-out');
  });

  it('nobody else can finish it, and a later sign-in in it cannot take it back', async () => {
    await enter();
    const form = getForm(await openAccountPage(traveller), /\/finish$/);
    const other = createTraveller(world.issuer, traveller.authenticator);
    await allow(other, await signIn(other, await other.agent.get(createRequest(world.issuer, 'permit').url))).catch(() => undefined);
    const foreign = await other.agent.post(form.action, form.fields);
    expect([foreign.status, await isAlive()]).toEqual([409, true]);
    const fresh = await traveller.agent.get(createRequest(world.issuer, 'permit', { prompt: 'login' }).url);
    await signIn(traveller, fresh);
    expect(findForms(await openAccountPage(traveller), /\/finish$/)).toHaveLength(1);
    const database = openWorldDatabase(world);
    const rows = database.rows('SELECT is_shared FROM sessions WHERE person_id IS NOT NULL AND ended_at IS NULL ORDER BY is_shared');
    database.close();
    expect(rows).toEqual([{ is_shared: 0 }, { is_shared: 1 }]);
  });

  it('is said by nobody unless the box is ticked, and by no other word', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    const refused = await signInShared(traveller, page, 'yes');
    expect([refused.status, refused.body.includes('request/invalid')]).toEqual([400, true]);
    const own = await signInShared(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url), false);
    expect(own.body).not.toContain(band);
  });

  it('no passkey is added and no freeze code is shown, also not by whoever leaves the page out and asks the addresses behind it', async () => {
    await signInShared(traveller, await traveller.agent.get(`${world.issuer}/account`));
    const page = await openAccountPage(traveller);
    expect(page.body).toContain(band);
    const { fields } = getForm(page, /\/account\/sign-out$/);
    const database = openWorldDatabase(world);
    const held = (): readonly unknown[] => [
      database.rows('SELECT id FROM passkeys').length,
      database.rows('SELECT person_id FROM freeze_codes').length,
    ];
    const before = held();
    const level = 'level/K7Q4-9M2T-XR5H-3WDN';
    for (const place of ['passkeys/options', 'passkeys/verify', `${level}/options`, `${level}/verify`, `${level}/raise/verify`]) {
      const { status, body } = await traveller.agent.postJson(`${world.issuer}/account/${place}`, fields['token'] ?? '', {});
      expect([place, status, body.includes('session/shared')]).toEqual([place, 403, true]);
    }
    const code = `${world.issuer}/account/freeze/code`;
    expect([findErrorCode(await traveller.agent.get(code)), findErrorCode(await traveller.agent.post(code, fields))]).toEqual([
      'session/shared',
      'session/shared',
    ]);
    expect(held()).toEqual(before);
    database.close();
  });
});
