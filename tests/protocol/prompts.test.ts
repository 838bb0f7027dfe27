// What a service may ask of the person's attention, and what it hears when the person would have to act (OpenID Connect Core 1.0 §3.1.2.1).

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readIdToken } from '../support/id-token.ts';
import type { Traveller } from '../support/person-journey.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import {
  askSilently,
  createEnrolled,
  createOtherBrowser,
  createRequest,
  findStep,
  goThrough,
  obtainTokens,
  visit,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('prompt and max_age', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;
  let time: ShiftedTime;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  beforeEach(async () => {
    time = shiftTime();
    traveller = await createEnrolled(world);
  });

  afterEach(() => {
    time.restore();
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const open = (extra: Readonly<Record<string, string>>) => traveller.agent.get(createRequest(world.issuer, 'permit', extra).url);

  it('prompt=none hears login_required without a session, consent_required without a consent, and a code with both', async () => {
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    await visit(traveller, 'permit');
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
    expect((await askSilently(traveller, 'clinic')).get('error')).toBe('consent_required');
    expect(database.rows("SELECT id FROM consents WHERE client_id = 'moh-clinic'")).toEqual([]);
  });

  it('prompt=none never shows "continue as": a standing consent is answer enough', async () => {
    await visit(traveller, 'permit');
    await visit(traveller, 'clinic');
    const other = createOtherBrowser(traveller);
    await visit(other, 'permit');
    expect((await askSilently(other, 'clinic')).has('code')).toBe(true);
  });

  it('prompt=login asks for a ceremony whatever the session says, and auth_time moves', async () => {
    const before = await obtainTokens(traveller, 'permit');
    time.advance(minutes(5));
    expect(findStep(await open({ prompt: 'login' }))).toBe('sign-in');
    const after = await obtainTokens(traveller, 'permit', { extra: { prompt: 'login' } });
    const [old, fresh] = await Promise.all([before, after].map(async ({ body }) => readIdToken(world.issuer, body['id_token'])));
    expect(Number(fresh?.['auth_time']) - Number(old?.['auth_time'])).toBeGreaterThanOrEqual(300);
  });

  it('prompt=consent shows the consent page again', async () => {
    await visit(traveller, 'permit');
    expect(findStep(await open({ prompt: 'consent' }))).toBe('decide');
  });

  it('prompt=select_account shows "continue as" once more, and the answer goes on', async () => {
    await visit(traveller, 'permit');
    const page = await open({ prompt: 'select_account' });
    expect(findStep(page)).toBe('continue');
    expect(page.body).toContain('data-action="continue"');
    expect((await goThrough(traveller, page)).url).toContain('code=');
  });

  it('prompt=select_account merges into the consent page when one is due', async () => {
    await visit(traveller, 'permit');
    const page = await traveller.agent.get(createRequest(world.issuer, 'clinic', { prompt: 'select_account' }).url);
    expect(findStep(page)).toBe('decide');
    expect((await goThrough(traveller, page)).url).toContain('code=');
  });

  it('max_age asks for a ceremony only when the last one is older', async () => {
    await visit(traveller, 'permit');
    time.advance(minutes(6));
    expect((await askSilently(traveller, 'permit', { max_age: '600' })).has('code')).toBe(true);
    expect((await askSilently(traveller, 'permit', { max_age: '300' })).get('error')).toBe('login_required');
    expect(findStep(await open({ max_age: '300' }))).toBe('sign-in');
    const tokens = await obtainTokens(traveller, 'permit', { extra: { max_age: '300' } });
    const { auth_time: authTime } = await readIdToken(world.issuer, tokens.body['id_token']);
    expect(Math.floor(Date.now() / 1000) - Number(authTime)).toBeLessThan(60);
  });

  it('a POST to the authorization endpoint is answered 303 to the same request by GET, with nothing read from it before', async () => {
    const { url } = createRequest(world.issuer, 'permit');
    const { searchParams } = new URL(url);
    const posted = await fetch(`${world.issuer}/auth`, { method: 'POST', body: searchParams, redirect: 'manual' });
    expect(posted.status).toBe(303);
    const target = new URL(posted.headers.get('location') ?? '', world.issuer);
    expect(target.href.startsWith(`${world.issuer}/auth?`)).toBe(true);
    expect(Object.fromEntries(target.searchParams)).toEqual(Object.fromEntries(searchParams));
    expect(findStep(await traveller.agent.get(target.href))).toBe('sign-in');
  });
});
