// The end of a session reaches the services that were entered in it: as a logout token that a real receiver checks, from every way in which a session ends,
// and the person is shown how it went (OpenID Connect Back-Channel Logout 1.0).

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { setPersonStatus } from '../support/change-standing.ts';
import { readIdToken } from '../support/id-token.ts';
import { confirm, startLogoutReceiver } from '../support/logout-receiver.ts';
import type { LogoutReceiver } from '../support/logout-receiver.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { registerMetadata } from '../support/receiver.ts';
import { requestTokens } from '../support/service.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  askSilently,
  createEnrolledPerson,
  createOtherBrowser,
  exchange,
  getForm,
  obtainTokens,
  openAccountPage,
  signOut,
  visit,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';

const permit = 'mol-work-permit';
const clinic = 'moh-clinic';
const waiting = { timeout: 15_000, interval: 50 };

describe('the services that were entered', () => {
  let world: World;
  let database: OpenDatabase;
  let traveller: Traveller;
  let person: StoredPerson;
  let permits: LogoutReceiver;
  let clinics: LogoutReceiver;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  beforeEach(async () => {
    ({ traveller, person } = await createEnrolledPerson(world));
    permits = await startLogoutReceiver(world.issuer, permit);
    clinics = await startLogoutReceiver(world.issuer, clinic);
    await registerMetadata(world, permit, { backchannel_logout_uri: permits.url });
    await registerMetadata(world, clinic, { backchannel_logout_uri: clinics.url, id_token_signed_response_alg: 'RS256' });
  });

  afterEach(async () => {
    await Promise.all([permits.close(), clinics.close()]);
  });

  const entries = (type: string): number =>
    database.rows(
      'SELECT e.id FROM entries e JOIN entry_secrets s ON s.entry_id = e.id WHERE e.type = ? AND s.person_ref = ?',
      type,
      person.id,
    ).length;
  const left = (page: Answered): readonly string[] => [...page.body.matchAll(/data-left="(\w+)"/g)].map(([, state = '']) => state);
  const leave = async (): Promise<Answered> => {
    const form = getForm(await openAccountPage(traveller), /\/account\/sign-out$/);
    return traveller.agent.post(form.action, form.fields);
  };
  const state = () => database.rows('SELECT id, state, failure, body FROM outbox ORDER BY id DESC LIMIT 1')[0];
  const hurry = async (): Promise<void> => {
    const now = world.clock.now();
    await world.storage.outbox.retry({ id: String(state()?.['id']), now, giveUpAt: now + 1_000_000 });
  };

  test('LO-06 each receive a token that they can check, and that names their own session and their own subject', async () => {
    const tokens = await obtainTokens(traveller, 'permit');
    const others = await obtainTokens(traveller, 'clinic');
    const page = await leave();
    expect(new URL(page.url).pathname).toBe('/signed-out');
    expect(left(page)).toEqual(['told', 'told']);
    for (const [receiver, clientId, alg, idToken] of [
      [permits, permit, 'ES256', tokens.body['id_token']],
      [clinics, clinic, 'RS256', others.body['id_token']],
    ] as const) {
      const facts = await readIdToken(world.issuer, idToken);
      const [told] = receiver.taken;
      expect(receiver.attempts()).toBe(1);
      expect(told?.type).toBe('application/x-www-form-urlencoded');
      expect(told?.header).toEqual({ alg, kid: expect.any(String), typ: 'logout+jwt' });
      expect(told?.payload).toEqual({
        iss: world.issuer,
        aud: clientId,
        sub: facts['sub'],
        sid: facts['sid'],
        iat: expect.any(Number),
        exp: Number(told?.payload.iat) + 120,
        jti: expect.stringMatching(/^[\da-f-]{36}$/),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      });
    }
    expect([entries('session.ended'), entries('logout.delivered'), entries('logout.failed')]).toEqual([1, 2, 0]);
    expect(
      database.rows("SELECT id FROM outbox WHERE topic = 'logout' AND state = 'sent' AND (body <> '' OR person_id IS NOT NULL)"),
    ).toEqual([]);
  });

  test('are told of the end of one session elsewhere, and the page "security" shows it', async () => {
    const away = createOtherBrowser(traveller);
    await obtainTokens(away, 'permit');
    await obtainTokens(traveller, 'clinic');
    await openAccountPage(traveller);
    const form = getForm(await traveller.agent.get(`${world.issuer}/account/security`), /\/account\/sessions\/[\w-]{22}\/end$/);
    await traveller.agent.post(form.action, form.fields);
    await expect.poll(() => permits.taken.length, waiting).toBe(1);
    await expect.poll(() => state(), waiting).toMatchObject({ state: 'sent' });
    expect(left(await traveller.agent.get(`${world.issuer}/account/security`))).toEqual(['told']);
    expect(clinics.attempts()).toBe(0);
  });

  test('SE-07 of all sessions are told when all of them end together', async () => {
    const away = createOtherBrowser(traveller);
    await obtainTokens(away, 'permit');
    await obtainTokens(traveller, 'clinic');
    await openAccountPage(traveller);
    const form = getForm(await traveller.agent.get(`${world.issuer}/account/security`), /\/account\/sessions\/end$/);
    const page = await traveller.agent.post(form.action, form.fields);
    expect(left(page)).toEqual(['told', 'told']);
    expect([permits.taken.length, clinics.taken.length]).toEqual([1, 1]);
  });

  test('are told when one of them asks for a sign-out everywhere, and not for one that is only its own', async () => {
    await obtainTokens(traveller, 'permit');
    await obtainTokens(traveller, 'clinic');
    await signOut(traveller, 'permit', 'here');
    expect((await askSilently(traveller, 'clinic')).has('code')).toBe(true);
    expect(database.rows("SELECT id FROM outbox WHERE person_id = ? AND topic <> 'notice'", person.id)).toEqual([]);
    const page = await signOut(traveller, 'clinic', 'everywhere');
    expect(left(page)).toEqual(['told', 'told']);
    expect([permits.attempts(), clinics.attempts()]).toEqual([1, 1]);
  });

  test.each(['frozen', 'suspended', 'deceased'] as const)('are told when their person becomes %s', async (status) => {
    const tokens = await obtainTokens(traveller, 'permit');
    await setPersonStatus(world, person, status);
    await expect.poll(() => permits.taken.length, waiting).toBe(1);
    const { sid, sub } = await readIdToken(world.issuer, tokens.body['id_token']);
    expect(permits.taken[0]?.payload).toMatchObject({ sid, sub });
  });

  test('are told when the account is closed, by the subject that nobody can find any more', async () => {
    const tokens = await obtainTokens(traveller, 'permit');
    await openAccountPage(traveller);
    const form = getForm(await traveller.agent.get(`${world.issuer}/account/close`), /\/account\/close$/);
    const page = await traveller.agent.post(form.action, form.fields);
    expect([new URL(page.url).pathname, left(page)]).toEqual(['/account/closed', ['told']]);
    await expect.poll(() => permits.taken.length, waiting).toBe(1);
    const { sid, sub } = await readIdToken(world.issuer, tokens.body['id_token']);
    expect(permits.taken[0]?.payload).toMatchObject({ sid, sub });
  });

  test('are told at once when they enter with a code that outlived its session', async () => {
    const pending = await visit(traveller, 'permit', { extra: { scope: 'openid offline_access', prompt: 'consent' } });
    await leave();
    expect(permits.attempts()).toBe(0);
    const tokens = await exchange(pending, world.issuer);
    expect(tokens.status).toBe(200);
    await expect.poll(() => permits.taken.length, waiting).toBe(1);
    expect(permits.taken[0]?.payload['sid']).toBe((await readIdToken(world.issuer, tokens.body['id_token']))['sid']);
  });

  test.each([
    ['answers 503', (receiver: LogoutReceiver) => receiver.answer((response) => void response.writeHead(503).end()), 'status-503'],
    [
      'sends us elsewhere',
      (receiver: LogoutReceiver) => receiver.answer((response) => void response.writeHead(302, { location: '/x' }).end()),
      'redirected',
    ],
    ['hangs up', (receiver: LogoutReceiver) => receiver.answer((response) => void response.destroy()), 'unreachable'],
    [
      'pours out an answer',
      (receiver: LogoutReceiver) => receiver.answer((response) => void response.writeHead(200).end('x'.repeat(200_000))),
      'too-large',
    ],
  ] as const)('LO-05 one that %s holds up nobody, and is asked again with the same id', async (_, misbehave, failure) => {
    misbehave(permits);
    await obtainTokens(traveller, 'permit');
    const form = getForm(await openAccountPage(traveller), /\/account\/sign-out$/);
    const began = Date.now();
    const page = await traveller.agent.post(form.action, form.fields);
    expect(Date.now() - began).toBeLessThan(3000);
    expect(left(page)).toEqual(['trying']);
    await expect.poll(() => state(), waiting).toMatchObject({ state: 'waiting', failure });
    permits.answer(confirm);
    await hurry();
    await expect.poll(() => state(), waiting).toMatchObject({ state: 'sent', body: '' });
    expect(new Set(permits.taken.map(({ payload }) => payload.jti))).toEqual(new Set([state()?.['id']]));
    expect(left(await traveller.agent.get(`${world.issuer}/signed-out`))).toEqual(['told']);
    expect(entries('logout.delivered')).toBe(1);
  });

  test('one that says 400 is not asked again, and the person, the log and the operator know; brought back, it is tried again', async () => {
    permits.answer((response) => void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"سارة"}'));
    await obtainTokens(traveller, 'permit');
    expect(left(await leave())).toEqual(['failed']);
    expect(state()).toMatchObject({ state: 'dead', failure: 'status-400' });
    expect([entries('logout.delivered'), entries('logout.failed')]).toEqual([0, 1]);
    const { sub, sid } = permits.taken[0]?.payload ?? {};
    for (const secret of ['سارة', String(sub), String(sid)]) {
      expect(world.logLines.join('')).not.toContain(secret);
    }
    permits.answer((response) => void response.writeHead(204).end());
    await hurry();
    await expect.poll(() => state(), waiting).toMatchObject({ state: 'sent' });
    expect(left(await traveller.agent.get(`${world.issuer}/signed-out`))).toEqual(['told']);
  });

  test('find at the interface for agencies what became of each message, and nothing of another service or of the person', async () => {
    const grants = { grant_types: ['authorization_code', 'client_credentials'] };
    await Promise.all([permit, clinic].map(async (clientId) => registerMetadata(world, clientId, grants)));
    const list = async (place: 'permit' | 'clinic', query = '') => {
      const { body } = await requestTokens(world.issuer, { grant_type: 'client_credentials', scope: 'consents' }, place);
      const headers = { authorization: `Bearer ${String(body['access_token'])}` };
      const response = await fetch(`${world.issuer}/agency/api/v1/deliveries${query}`, { headers });
      return z.object({ items: z.array(z.record(z.string(), z.json())) }).parse(await response.json()).items;
    };
    const theirs = (await list('clinic')).length;
    permits.answer((response) => void response.writeHead(503).end());
    await obtainTokens(traveller, 'permit');
    await leave();
    const id = state()?.['id'];
    const time = expect.stringMatching(/^\d{4}-.*Z$/);
    const common = { id, kind: 'logout', tries: 1, created_at: time, tried_until: time };
    await expect
      .poll(async () => (await list('permit'))[0], waiting)
      .toEqual({ ...common, state: 'waiting', last_failure: 'status-503', next_try_at: time, delivered_at: null });
    permits.answer(confirm);
    await hurry();
    await expect
      .poll(async () => (await list('permit', '?state=delivered'))[0], waiting)
      .toEqual({ ...common, state: 'delivered', last_failure: null, next_try_at: null, delivered_at: time });
    expect((await list('permit', '?state=waiting')).filter((item) => item['id'] === id)).toEqual([]);
    const [mine, foreign] = [await list('permit'), await list('clinic')];
    expect([foreign.length, foreign.some((item) => mine.some((own) => own['id'] === item['id']))]).toEqual([theirs, false]);
    expect(JSON.stringify(mine)).not.toContain(person.id);
  });

  test('one that registered no address is shown as one that cannot be told', async () => {
    await registerMetadata(world, permit, { backchannel_logout_uri: null });
    await obtainTokens(traveller, 'permit');
    expect(left(await leave())).toEqual(['untold']);
    expect(database.rows("SELECT id FROM outbox WHERE person_id = ? AND topic <> 'notice'", person.id)).toEqual([]);
  });

  test('are shown to the browser that signed out, for five minutes, and to nobody else', async () => {
    await obtainTokens(traveller, 'permit');
    expect(left(await leave())).toEqual(['told']);
    const key = 'ended;/';
    const cookie = traveller.agent.cookies.get(key);
    const stranger = createOtherBrowser(traveller);
    const look = async (value: string | undefined) => {
      if (value !== undefined) {
        stranger.agent.cookies.set(key, { name: 'ended', path: '/', value, isLasting: false });
      }
      return left(await stranger.agent.get(`${world.issuer}/signed-out`));
    };
    const [named = '', mark = ''] = cookie?.value.split('.') ?? [];
    const later = named.replace(/^\d+/, (until) => String(Number(until) + 1));
    expect(await look(undefined)).toEqual([]);
    for (const forged of ['', '.', named, `${named}.`, `${named}.${'A'.repeat(mark.length)}`, `${later}.${mark}`, `~.${mark}`]) {
      expect([forged, await look(forged)]).toEqual([forged, []]);
    }
    expect(await look(cookie?.value)).toEqual(['told']);
    world.clock.advance(5 * 60_000);
    expect(left(await traveller.agent.get(`${world.issuer}/signed-out`))).toEqual([]);
  });

  test('find in the metadata of the provider that it tells them, and of which session', async () => {
    const metadata: unknown = await (await fetch(`${world.issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ backchannel_logout_supported: true, backchannel_logout_session_supported: true });
  });
});
