// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0) as a person meets it: out of this service, or out of everything.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import {
  askSilently,
  createEnrolled,
  createRequest,
  findStep,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
  signOut,
} from '../support/visits.ts';
import { readAttribute } from '../support/user-agent.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('signing out', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  beforeEach(async () => {
    traveller = await createEnrolled(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const ended = (): number => database.rows("SELECT id FROM entries WHERE type = 'session.ended'").length;

  it('only here ends the tokens of this service, keeps the session, and asks "continue as" the next time', async () => {
    const permit = await obtainTokens(traveller, 'permit');
    const clinic = await obtainTokens(traveller, 'clinic');
    await signOut(traveller, 'permit', 'here');
    expect((await fetchUserInfo(world.issuer, permit.body['access_token'])).status).toBe(401);
    expect((await fetchUserInfo(world.issuer, clinic.body['access_token'])).status).toBe(200);
    expect((await askSilently(traveller, 'clinic')).has('code')).toBe(true);
    const back = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect(findStep(back)).toBe('continue');
    expect((await goThrough(traveller, back)).url).toContain('code=');
  });

  it('only here is not undone by a service that asks without a page, in this session or after its cookie has changed', async () => {
    await obtainTokens(traveller, 'permit');
    await obtainTokens(traveller, 'clinic');
    await signOut(traveller, 'permit', 'here');
    for (const asked of ['permit', 'clinic', 'permit'] as const) {
      const error = asked === 'permit' ? 'account_selection_required' : null;
      expect([asked, (await askSilently(traveller, asked)).get('error')]).toEqual([asked, error]);
    }
    await obtainTokens(traveller, 'permit');
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
    await signOut(traveller, 'permit', 'here');
    await obtainTokens(traveller, 'permit', { extra: { prompt: 'login' } });
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  it('asked for by nobody known names the open services and offers everywhere or nothing', async () => {
    const permit = await obtainTokens(traveller, 'permit');
    const page = await traveller.agent.get(
      `${world.issuer}/session/end?post_logout_redirect_uri=${encodeURIComponent('http://evil.example/')}`,
    );
    expect(page.body).toContain('تصاريح العمل');
    expect([...page.body.matchAll(/data-action="([^"]+)"/g)].map(([, action]) => action)).toEqual(['sign-out', 'stay']);
    expect(readAttribute(page.body, 'href="/" data-action')).toBe('stay');
    const form = getForm(page, /session\/end\/confirm$/);
    expect(new URL((await traveller.agent.post(form.action, form.fields)).url).pathname).toBe('/');
    expect((await fetchUserInfo(world.issuer, permit.body['access_token'])).status).toBe(200);
  });

  it('is said to have happened only where it has', async () => {
    await obtainTokens(traveller, 'permit');
    for (const query of ['', '?client_id=mol-work-permit']) {
      const page = await traveller.agent.get(`${world.issuer}/session/end/success${query}`);
      expect([query, new URL(page.url).pathname]).toEqual([query, '/']);
    }
    await signOut(traveller, 'permit', 'here');
    const left = await traveller.agent.get(`${world.issuer}/session/end/success?client_id=mol-work-permit`);
    expect(left.body).toContain('data-signed-out="here"');
    expect(new URL((await traveller.agent.get(`${world.issuer}/session/end/success`)).url).pathname).toBe('/');
  });

  it('everywhere ends the session and the tokens of every service', async () => {
    const permit = await obtainTokens(traveller, 'permit');
    const clinic = await obtainTokens(traveller, 'clinic');
    await openAccountPage(traveller);
    await signOut(traveller, 'permit', 'everywhere');
    for (const tokens of [permit, clinic]) {
      expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    }
    expect((await askSilently(traveller, 'clinic')).get('error')).toBe('login_required');
    expect(findStep(await traveller.agent.get(`${world.issuer}/account`))).toBe('sign-in');
  });

  it('everywhere leaves an entry, whichever page it was pressed on', async () => {
    await obtainTokens(traveller, 'permit');
    const before = ended();
    await signOut(traveller, 'permit', 'everywhere');
    expect(ended()).toBe(before + 1);
  });

  it('on the own page ends everything in one press, with an entry', async () => {
    const permit = await obtainTokens(traveller, 'permit');
    const form = getForm(await openAccountPage(traveller), /\/account\/sign-out$/);
    const before = ended();
    const left = await traveller.agent.post(form.action, form.fields);
    expect([left.status, new URL(left.url).pathname]).toEqual([200, '/signed-out']);
    expect([left.headers.get('clear-site-data'), left.headers.get('cache-control')]).toEqual(['"cache", "storage"', 'no-store']);
    expect(ended()).toBe(before + 1);
    expect((await fetchUserInfo(world.issuer, permit.body['access_token'])).status).toBe(401);
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
  });

  it('returns to the registered address of the service with its state', async () => {
    const tokens = await obtainTokens(traveller, 'permit');
    const url = new URL('/session/end', world.issuer);
    url.searchParams.set('id_token_hint', String(tokens.body['id_token']));
    url.searchParams.set('post_logout_redirect_uri', 'http://localhost:3001/');
    url.searchParams.set('state', 'see-you');
    const form = getForm(await traveller.agent.get(url.href), /session\/end\/confirm$/);
    const left = await traveller.agent.post(form.action, { ...form.fields, logout: 'yes' });
    expect(left.url).toBe('http://localhost:3001/?state=see-you');
  });
});
