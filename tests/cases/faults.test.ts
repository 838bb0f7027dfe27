// Parts that fail while people are under way: nothing is believed for longer, done twice or lost (security contract 2.14).

import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { decodeProtectedHeader } from 'jose';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { whileAway, whileDeleteFails } from '../support/open-database.ts';
import { answerCeremony, createTraveller } from '../support/person-journey.ts';
import { toObject, toPort } from '../support/raw-request.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { days, minutes, shiftTime } from '../support/shift-time.ts';
import { createSignedInOfficer, inviteStaff } from '../support/staff-journey.ts';
import type { Visit } from '../support/visits.ts';
import {
  askSilently,
  createOtherBrowser,
  createRequest,
  exchange,
  findStep,
  obtainTokens,
  openAccountPage,
  visit,
} from '../support/visits.ts';

const offline = { extra: { scope: 'openid offline_access', prompt: 'consent' } };

describe('a fault', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const rest = ['artefacts', 'sessions', 'ceremonies', 'invitations', 'staff_sessions', 'officer_invitations', 'replays'];
  const count = (query: string): number => Number(at.database.rows(`SELECT count(*) AS n FROM ${query}`)[0]?.['n']);

  const refresh = async (tokens: { readonly body: Readonly<Record<string, unknown>> }) =>
    requestTokens(at.issuer, { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) });

  test('FT-24 of the removal of what is old, for a hundred days, changes nothing: all of it is there, and none of it opens anything', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'permit', offline);
    const code = await visit(traveller, 'permit');
    const officer = await createSignedInOfficer(at.world, 'registrar');
    const link = await at.world.invite(await at.world.addPerson());
    const staffLink = (await inviteStaff(at.world, 'registrar', 'Huda Alotaibi')).link;
    const begun = await createTraveller(at.issuer).agent.get(createRequest(at.issuer, 'permit').url);
    const stranger = createTraveller(at.issuer);
    const desk = async (): Promise<boolean> =>
      (await officer.traveller.agent.get(`${at.issuer}/office`)).body.includes('action="/staff/sign-out"');
    await openAccountPage(traveller);
    expect([findStep(begun), (await stranger.agent.get(link)).status, (await stranger.agent.get(staffLink)).status]).toEqual([
      'sign-in',
      200,
      200,
    ]);
    expect([await desk(), (await fetchUserInfo(at.issuer, tokens.body['access_token'])).status]).toEqual([true, 200]);
    const before = at.database.count(rest);
    const lookLater = async (): Promise<void> => {
      expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
      expect((await exchange(code, at.issuer)).body['error']).toBe('invalid_grant');
      expect((await refresh(tokens)).body['error']).toBe('invalid_grant');
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
      expect(findStep(await traveller.agent.get(`${at.issuer}/account`))).toBe('sign-in');
      expect(findErrorCode(await stranger.agent.get(link))).toBe('enrolment/invalid-link');
      expect(findErrorCode(await stranger.agent.get(staffLink))).toBe('officer/invalid-link');
      expect(findErrorCode(await stranger.agent.get(begun.url))).toBe('interaction/expired');
      expect(await desk()).toBe(false);
    };
    const time = shiftTime();
    try {
      await whileDeleteFails(at.database, rest, async () => {
        time.advance(days(100));
        await expect(at.world.storage.removeExpired(Date.now())).rejects.toThrow('planted fault');
        await lookLater();
        // They were there all the time: time closed them, and no broom.
        const after = at.database.count(rest);
        expect(rest.filter((table) => (after[table] ?? 0) < (before[table] ?? 0))).toEqual([]);
      });
    } finally {
      time.restore();
    }
  });

  const entriesOf = (type: string): number => count(`entries WHERE type = '${type}'`);

  const prove = (): Readonly<Record<string, string>> => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: createAssertion(at.issuer),
  });

  /** Sends a request whose answer nobody reads: it is on its way, and what it tells of is in the database. Yields how it can be read all the same. */
  async function sendUnread(
    fields: Readonly<Record<string, string>>,
    isDone: () => boolean,
  ): Promise<() => Promise<Readonly<Record<string, unknown>>>> {
    const body = new URLSearchParams({ ...fields, ...prove() }).toString();
    const socket = connect({ host: '127.0.0.1', port: toPort(at.issuer) });
    await once(socket, 'connect');
    const head = {
      host: new URL(at.issuer).host,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': body.length,
      connection: 'close',
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
    socket.write(['POST /token HTTP/1.1', ...lines, '', body].join('\r\n'));
    await expect.poll(isDone, { interval: 5 }).toBe(true);
    return async () => {
      const answer = await text(socket);
      return toObject(answer.slice(answer.indexOf('\r\n\r\n')).trim());
    };
  }

  test('FT-28 that loses the answer of a committed exchange: the code serves nobody again, its tokens end, and the service begins anew', async () => {
    const traveller = await at.newPerson();
    await obtainTokens(traveller, 'permit');
    const visited = await visit(traveller, 'permit');
    const fields = {
      grant_type: 'authorization_code',
      code: visited.answer.get('code') ?? '',
      code_verifier: visited.request.verifier,
      redirect_uri: permitRedirect,
    };
    const entered = entriesOf('service.entered');
    const read = await sendUnread(fields, () => entriesOf('service.entered') === entered + 1);
    const retried = await requestTokens(at.issuer, fields);
    expect([retried.status, retried.body['error']]).toEqual([400, 'invalid_grant']);
    expect(entriesOf('service.entered')).toBe(entered + 1);
    const lost = await read();
    expect((await fetchUserInfo(at.issuer, lost['access_token'])).status).toBe(401);
    const anew = await exchange(await visit(traveller, 'permit'), at.issuer);
    expect((await fetchUserInfo(at.issuer, anew.body['access_token'])).status).toBe(200);
  });

  test('FT-28 that loses the answer of a committed refresh: the old token serves nobody again, no second family lives, and the person signs in anew', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'permit', offline);
    const fields = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
    const key = toDigest(`RefreshToken:${fields.refresh_token}`);
    // Most of its life is over: the next use brings a successor.
    const older = "json_set(payload, '$.iat', json_extract(payload, '$.iat') - 21600000)";
    at.database.run(`UPDATE artefacts SET payload = ${older} WHERE key = '${key}'`);
    const refreshed = entriesOf('token.refreshed');
    const read = await sendUnread(fields, () => entriesOf('token.refreshed') === refreshed + 1);
    const retried = await requestTokens(at.issuer, fields);
    expect([retried.status, retried.body['error']]).toEqual([400, 'invalid_grant']);
    const lost = await read();
    expect((await refresh({ body: lost })).body['error']).toBe('invalid_grant');
    expect((await fetchUserInfo(at.issuer, lost['access_token'])).status).toBe(401);
    const anew = await obtainTokens(traveller, 'permit', offline);
    expect((await refresh(anew)).status).toBe(200);
  });

  /** A node signs for five seconds with keys that it has not heard of. */
  const untilKeysAreUnknown = (): void => at.world.clock.advance(6000);

  async function expectNoSignature(visited: Visit): Promise<void> {
    const before = count("artefacts WHERE model = 'AccessToken'");
    const answered = await exchange(visited, at.issuer);
    expect(count("artefacts WHERE model = 'AccessToken'")).toBe(before);
    expect([answered.status, answered.body['error'], 'id_token' in answered.body]).toEqual([503, 'temporarily_unavailable', false]);
  }

  test('FT-15 of the store of signing keys: nothing is signed by any other, codes stay good, and it goes on by itself', async () => {
    const traveller = await at.newPerson();
    await obtainTokens(traveller, 'permit');
    const visited = await visit(traveller, 'permit');
    await whileAway(at.database, 'key_sets', async () => {
      untilKeysAreUnknown();
      await expectNoSignature(visited);
    });
    const tokens = await exchange(visited, at.issuer);
    const published = (await at.world.storage.keys.readKeys()).keys.map(({ kid }) => kid);
    expect(published).toContain(decodeProtectedHeader(String(tokens.body['id_token'])).kid);
  });

  test('FT-15 of a signing key that does not open: nothing is signed by another, and it goes on when the key is whole again', async () => {
    const traveller = await at.newPerson();
    await obtainTokens(traveller, 'permit');
    const visited = await visit(traveller, 'permit');
    const look = (): void => at.database.run('UPDATE key_sets SET version = version + 1');
    const turn =
      "UPDATE token_keys SET active_at = staged_at, ended_at = CASE WHEN active_at IS NULL THEN NULL ELSE staged_at END, end_kind = CASE WHEN active_at IS NULL THEN NULL ELSE 'rotated' END";
    at.database.run('CREATE TABLE kept_keys AS SELECT * FROM token_keys');
    at.database.run(`${turn}; UPDATE token_keys SET sealed_key = 'x' || sealed_key`);
    look();
    untilKeysAreUnknown();
    await expectNoSignature(visited);
    at.database.run('DELETE FROM token_keys; INSERT INTO token_keys SELECT * FROM kept_keys; DROP TABLE kept_keys');
    look();
    expect((await exchange(visited, at.issuer)).status).toBe(200);
  });

  test.each([
    ['five minutes on', 5],
    ['five minutes back', -5],
    ['a day on', 1440],
    ['a day back', -1440],
    ['half a minute on', 0.5],
  ])(
    'FT-11 of the clock, which is set %s in the middle of a sign-in: it goes on or is refused plainly, and the person comes in afterwards',
    async (_, by) => {
      const traveller = await at.newPerson();
      const page = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
      const time = shiftTime();
      try {
        time.advance(minutes(by));
        const answer = await answerCeremony(traveller, page).then(
          async (goOn) => findStep(await goOn()),
          (refused: unknown) => String(refused),
        );
        expect(answer).toMatch(/^decide$|passkey\/challenge-unknown|interaction\/expired/);
        expect((await visit(createOtherBrowser(traveller), 'permit')).answer.has('code')).toBe(true);
      } finally {
        time.restore();
      }
      expect((await visit(createOtherBrowser(traveller), 'permit')).answer.has('code')).toBe(true);
      expect(count('consents')).toBe(count('(SELECT DISTINCT person_id, client_id, purpose_id FROM consents)'));
    },
  );

  test('FT-11 of the clock of a service is no fault up to ten seconds, and refused beyond', async () => {
    const now = Math.floor(at.world.clock.now() / 1000);
    const ask = async (claims: Readonly<Record<string, unknown>>): Promise<number> => {
      const proof = { ...prove(), client_assertion: createAssertion(at.issuer, claims) };
      return (await fetch(`${at.issuer}/token/revocation`, { method: 'POST', body: new URLSearchParams({ token: 'none', ...proof }) }))
        .status;
    };
    expect(await ask({ iat: now + 8, exp: now + 60 })).toBe(200);
    expect(await ask({ iat: now + 30, exp: now + 60 })).toBe(401);
    expect(await ask({ iat: now - 300, exp: now - 30 })).toBe(401);
  });

  test('FT-05 of another process that holds the database: who writes hears 503 and when to ask again, nothing is half done, and it goes on at once', async () => {
    const traveller = await at.newPerson();
    const visited = await visit(traveller, 'permit');
    const path = at.world.config.database.kind === 'sqlite' ? at.world.config.database.path : '';
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const [refused, alive] = await at.changesNothing(async () =>
      Promise.all([
        fetch(`${at.issuer}/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'authorization_code',
            code: visited.answer.get('code') ?? '',
            code_verifier: visited.request.verifier,
            redirect_uri: permitRedirect,
            ...prove(),
          }),
        }),
        fetch(`${at.issuer}/.well-known/openid-configuration`),
      ]),
    );
    expect([refused.status, Number(refused.headers.get('retry-after')), alive.status]).toEqual([503, 2, 200]);
    other.exec('ROLLBACK');
    other.close();
    expect((await exchange(visited, at.issuer)).status).toBe(200);
  });

  test('FT-05 of a reader that is stuck, or a backup: nobody waits for either', async () => {
    const traveller = await at.newPerson();
    const path = at.world.config.database.kind === 'sqlite' ? at.world.config.database.path : '';
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entries').get();
    const copying = reader.backup(`${path}.copy`);
    expect((await obtainTokens(traveller, 'permit')).status).toBe(200);
    await copying;
    reader.close();
  });
});
