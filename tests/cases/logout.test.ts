// Signing out under attack (security contract 2.4).

import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { enterServices, startCrowd } from '../support/logout-crowd.ts';
import { startLogoutReceiver } from '../support/logout-receiver.ts';
import { whileInsertIsSlow } from '../support/open-database.ts';
import { toPort } from '../support/raw-request.ts';
import { registerMetadata } from '../support/receiver.ts';
import { startSecondNode } from '../support/second-node.ts';
import type { SecondNode } from '../support/second-node.ts';
import { fetchUserInfo } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { asBrowser, createPost, fire } from '../support/two-doors.ts';
import {
  askSilently,
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  findForms,
  getForm,
  obtainTokens,
  openAccountPage,
  signOut,
  visit,
} from '../support/visits.ts';

describe('signing out', () => {
  let at: CaseWorld;
  let nodes: readonly SecondNode[];

  beforeAll(async () => {
    at = await createCaseWorld();
    nodes = await Promise.all([startSecondNode(at.world), startSecondNode(at.world)]);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(nodes.map(async (node) => node.stop()));
    await at.close();
  });

  const toEnd = (parameters: Readonly<Record<string, string>>): string =>
    `${at.issuer}/session/end?${new URLSearchParams(parameters).toString()}`;

  test('LO-01 nobody is sent to an address that the service did not register', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'permit');
    const hint = String(tokens.body['id_token']);
    for (const target of [
      'http://evil.example/',
      'http://localhost:3001/x',
      'http://localhost:3001',
      'http://localhost:3001.evil.example/',
      'http://localhost:3002/',
    ]) {
      const page = await traveller.agent.get(toEnd({ id_token_hint: hint, post_logout_redirect_uri: target }));
      expect([target, page.status, page.url.startsWith(at.issuer), findForms(page, /confirm$/).length]).toEqual([target, 400, true, 0]);
    }
    for (const parameters of [{ post_logout_redirect_uri: 'http://localhost:3001/' }, {}]) {
      const page = await traveller.agent.get(toEnd(parameters));
      expect(page.url.startsWith(at.issuer)).toBe(true);
      const [form] = findForms(page, /confirm$/);
      const left = form === undefined ? page : await traveller.agent.post(form.action, form.fields);
      expect(left.url.startsWith(at.issuer)).toBe(true);
    }
    await visit(traveller, 'permit');
    const form = getForm(
      await traveller.agent.get(toEnd({ id_token_hint: hint, post_logout_redirect_uri: 'http://localhost:3001/' })),
      /confirm$/,
    );
    expect((await traveller.agent.post(form.action, { ...form.fields, logout: 'yes' })).url).toBe('http://localhost:3001/');
  });

  test('LO-02 an image, a foreign hint or a forged form signs nobody out', async () => {
    const [traveller, other] = [await at.newPerson(), await at.newPerson()];
    const tokens = await obtainTokens(traveller, 'permit');
    const foreign = await obtainTokens(other, 'permit');
    await at.changesNothing(async () => {
      await traveller.agent.send(toEnd({}), { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' } });
      await traveller.agent.get(toEnd({ id_token_hint: String(foreign.body['id_token']) }));
      await traveller.agent.get(toEnd({ id_token_hint: String(tokens.body['id_token']) }));
      const page = await traveller.agent.get(toEnd({ client_id: 'mol-work-permit' }));
      const form = getForm(page, /confirm$/);
      for (const xsrf of ['', 'A'.repeat(43)]) {
        const forged = await traveller.agent.post(form.action, { xsrf, logout: 'yes' });
        expect([xsrf.length, forged.status]).toEqual([xsrf.length, 400]);
      }
    });
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
    await signOut(traveller, 'permit', 'everywhere');
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
  });

  test('LO-03 the form of one person signs out nobody else, whatever it names', async () => {
    const [traveller, other] = [await at.newPerson(), await at.newPerson()];
    await visit(other, 'permit');
    await visit(traveller, 'permit');
    const page = await other.agent.get(toEnd({ client_id: 'mol-work-permit' }));
    const form = getForm(page, /confirm$/);
    const uids = at.database.rows('SELECT uid FROM sessions WHERE ended_at IS NULL').map(({ uid }) => String(uid));
    await at.changesNothing(async () => {
      const crossed = await traveller.agent.post(form.action, { ...form.fields, logout: 'yes', sessions: uids, sid: uids, uid: uids });
      expect(crossed.status).toBe(400);
    });
    expect((await askSilently(other, 'permit')).has('code')).toBe(true);
    const own = getForm(await openAccountPage(traveller), /\/account\/sign-out$/);
    await traveller.agent.post(own.action, { ...own.fields, sessions: uids, uid: uids });
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    expect((await askSilently(other, 'permit')).has('code')).toBe(true);
  });

  test('LO-08 a hint of an ID token that ran out works; one that never was ours signs nobody out and is answered by a page', async () => {
    const traveller = await at.newPerson();
    const { body } = await obtainTokens(traveller, 'permit');
    const hint = String(body['id_token']);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [head = '', claims = ''] = hint.split('.');
    for (const header of [head, Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'never-ours' })).toString('base64url')]) {
      const signature = sign('sha256', Buffer.from(`${header}.${claims}`), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const page = await traveller.agent.get(toEnd({ id_token_hint: `${header}.${claims}.${signature.toString('base64url')}` }));
      expect([page.status, findErrorCode(page)]).toEqual([400, 'sign-out/refused']);
      expect(page.body).toContain('href="/account"');
    }
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
    const time = shiftTime();
    try {
      time.advance(minutes(20));
      const form = getForm(await traveller.agent.get(toEnd({ id_token_hint: hint })), /confirm$/);
      await traveller.agent.post(form.action, { ...form.fields, logout: 'yes' });
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    } finally {
      time.restore();
    }
  });

  test('LO-04 a request under way while the person signs out does not bring the session back', { timeout: 60_000 }, async () => {
    const host = { host: new URL(at.issuer).host };
    const [leaving = 0, entering = 0] = nodes.map(({ port }) => port);
    const run = async (): Promise<readonly string[]> => {
      const traveller = await at.newPerson();
      await visit(traveller, 'permit');
      const form = getForm(await traveller.agent.get(toEnd({ client_id: 'mol-work-permit' })), /confirm$/);
      const { pathname, search } = new URL(createRequest(at.issuer, 'permit').url);
      const enter = asBrowser(traveller.agent, { path: `${pathname}${search}`, headers: host });
      const leave = asBrowser(traveller.agent, createPost(at.issuer, '/session/end/confirm', { ...form.fields, logout: 'yes' }));
      // Signing out takes long to commit, so that the others have read the session before it and write after it.
      const [left] = await whileInsertIsSlow(at.database, 'entries', async () =>
        Promise.all([fire(leaving, leave), ...Array.from({ length: 10 }, async (_, index) => fire(entering, enter, index * 6))]),
      );
      const after = await fire(entering, { ...enter, path: `${enter.path}&prompt=none` });
      const said = new URL(String(after.answer.headers.location), at.issuer).searchParams.get('error');
      return [String(left.answer.status), said ?? 'signed in'];
    };
    for (let round = 0; round < 8; round += 1) {
      expect([round, ...(await run())]).toEqual([round, '303', 'login_required']);
    }
  });

  test('LO-04 nothing more is released to a request under way, once the sign-out stands in the log', { timeout: 60_000 }, async () => {
    const [leaving = 0, fetching = 0] = nodes.map(({ port }) => port);
    const { traveller, person } = await createEnrolledPerson(at.world);
    const { body } = await obtainTokens(traveller, 'permit');
    expect((await fetchUserInfo(at.issuer, body['access_token'])).status).toBe(200);
    const form = getForm(await traveller.agent.get(toEnd({ client_id: 'mol-work-permit' })), /confirm$/);
    const leave = asBrowser(traveller.agent, createPost(at.issuer, '/session/end/confirm', { ...form.fields, logout: 'yes' }));
    const headers = { host: new URL(at.issuer).host, authorization: `Bearer ${String(body['access_token'])}` };
    const shot = { method: 'GET', path: '/me', headers };
    // They have read the token before the sign-out commits, and write after it.
    const answers = await whileInsertIsSlow(at.database, 'entries', async () =>
      Promise.all([fire(leaving, leave), ...Array.from({ length: 10 }, async (_, index) => fire(fetching, shot, index * 6))]),
    );
    const [left, ...fetched] = answers.map(({ answer }) => answer.status);
    expect([left, fetched.filter((status) => status !== 200 && status !== 401)]).toEqual([303, []]);
    expect((await fire(fetching, shot)).answer.status).toBe(401);
    const types = at.database.rows(
      `SELECT type FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE person_ref = ? AND type IN ('data.released', 'session.ended')
        ORDER BY entries.rowid`,
      person.id,
    );
    expect([types[0], types.at(-1)]).toEqual([{ type: 'data.released' }, { type: 'session.ended' }]);
  });

  test(
    'LO-07 signing out everywhere holds on three nodes at once, for sessions and tokens, and the services are told',
    { timeout: 60_000 },
    async () => {
      const permits = await startLogoutReceiver(at.issuer, 'mol-work-permit');
      await registerMetadata(at.world, 'mol-work-permit', { backchannel_logout_uri: permits.url });
      const ports = [toPort(at.issuer), ...nodes.map(({ port }) => port)];
      const here = await at.newPerson();
      const there = createOtherBrowser(here);
      const tokens = [await obtainTokens(here, 'permit'), await obtainTokens(there, 'permit')];
      await openAccountPage(here);
      const form = getForm(await here.agent.get(`${at.issuer}/account/security`), /\/account\/sessions\/end$/);
      const host = { host: new URL(at.issuer).host };
      const { pathname, search } = new URL(createRequest(at.issuer, 'permit', { prompt: 'none' }).url);
      /** What each node says to each token and each browser. */
      const ask = async (): Promise<readonly string[]> => {
        const said = ports.flatMap((port) => [
          ...tokens.map(async ({ body }) => {
            const headers = { ...host, authorization: `Bearer ${String(body['access_token'])}` };
            return String((await fire(port, { method: 'GET', path: '/me', headers })).answer.status);
          }),
          ...[here, there].map(async ({ agent }) => {
            const { answer } = await fire(port, asBrowser(agent, { path: `${pathname}${search}`, headers: host }));
            const { searchParams } = new URL(String(answer.headers.location), at.issuer);
            return searchParams.get('error') ?? 'code';
          }),
        ]);
        return Promise.all(said);
      };
      try {
        expect(await ask()).toEqual(ports.flatMap(() => ['200', '200', 'code', 'code']));
        const [, leaving = 0] = ports;
        const left = await fire(leaving, asBrowser(here.agent, createPost(at.issuer, '/account/sessions/end', form.fields)));
        expect(left.answer.status).toBe(303);
        expect(await ask()).toEqual(ports.flatMap(() => ['401', '401', 'login_required', 'login_required']));
        await expect.poll(() => permits.taken.length, { timeout: 15_000 }).toBe(2);
        expect(new Set(permits.taken.map(({ payload }) => payload['sid'])).size).toBe(2);
      } finally {
        await permits.close();
      }
    },
  );

  test('LO-05 RX-08 two hundred services that are down, slow, turn away, fail or pour hold up nobody', { timeout: 60_000 }, async () => {
    const crowd = await startCrowd();
    const { traveller, person } = await createEnrolledPerson(at.world);
    await obtainTokens(traveller, 'permit');
    const form = getForm(await openAccountPage(traveller), /\/account\/sign-out$/);
    const kinds = ['down', '302', '500', 'huge', 'down', '302', '500', 'huge', 'down', 'slow'] as const;
    const uris = Array.from({ length: 205 }, (_, index) => crowd.urlOf(index < 200 ? (kinds[index % 10] ?? 'ok') : 'ok'));
    const clientIds = await enterServices(at, person.id, uris);
    const began = performance.now();
    const page = await traveller.agent.post(form.action, form.fields);
    expect([page.status, performance.now() - began < 3000]).toEqual([200, true]);
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
    const first = (): readonly string[] =>
      clientIds.map((clientId) => {
        const [row] = at.database.rows('SELECT state, failure FROM outbox WHERE client_id = ?', clientId);
        return row?.['state'] === 'sent' ? 'sent' : String(row?.['failure']);
      });
    await expect.poll(() => first().includes('null'), { timeout: 30_000, interval: 200 }).toBe(false);
    const failures = { down: 'unreachable', slow: 'timed-out', 302: 'redirected', 500: 'status-500', huge: 'too-large' };
    expect(first()).toEqual(uris.map((_, index) => (index < 200 ? failures[kinds[index % 10] ?? 'down'] : 'sent')));
    expect([crowd.mostAtOnce() <= 16 * 3, crowd.elsewhere()]).toEqual([true, 0]);
    await crowd.close();
  });
});
