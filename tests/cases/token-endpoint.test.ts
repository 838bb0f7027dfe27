// Codes, refresh tokens and grants at the token endpoint (security contract 2.2).

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setPersonStatus, setServiceStatus } from '../support/change-standing.ts';
import { createAltered, createCaseWorld, readAnswer } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { clinicRedirect, permitRedirect } from '../support/sample-services.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import type { Tokens } from '../support/service.ts';
import { days, shiftTime } from '../support/shift-time.ts';
import { askSilently, createEnrolledPerson, exchange, obtainTokens, places, signOut, visit, withdraw } from '../support/visits.ts';
import type { Place, Visit } from '../support/visits.ts';

const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe('the token endpoint', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const errorOf = async (tokens: Promise<Tokens>): Promise<unknown> => (await tokens).body['error'];
  const refresh = (token: unknown, extra: Readonly<Record<string, string>> = {}, place: Place = 'permit') =>
    requestTokens(at.issuer, { grant_type: 'refresh_token', refresh_token: typeof token === 'string' ? token : '', ...extra }, place);

  /** The exchange of a visit with some fields changed; an empty text takes one out. */
  const exchangeWith = (visited: Visit, changes: Readonly<Record<string, string>>, place: Place = visited.place) => {
    const fields: Readonly<Record<string, string>> = {
      grant_type: 'authorization_code',
      code: visited.answer.get('code') ?? '',
      code_verifier: visited.request.verifier,
      redirect_uri: places[visited.place].redirectUri,
      ...changes,
    };
    return requestTokens(at.issuer, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')), place);
  };

  test('TK-01 a code used twice ends the tokens of that session and service, and the consent stands', async () => {
    const traveller = await at.newPerson();
    const clinic = await obtainTokens(traveller, 'clinic');
    const first = await obtainTokens(traveller, 'permit');
    const beside = await obtainTokens(traveller, 'permit');
    expect((await fetchUserInfo(at.issuer, first.body['access_token'])).status).toBe(200);
    expect(await errorOf(exchange(first.visit, at.issuer))).toBe('invalid_grant');
    for (const dead of [first, beside]) {
      expect((await fetchUserInfo(at.issuer, dead.body['access_token'])).status).toBe(401);
    }
    expect((await fetchUserInfo(at.issuer, clinic.body['access_token'])).status).toBe(200);
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  test('TK-02 a code used 64 times at once in one process brings one set of tokens', async () => {
    const visited = await visit(await at.newPerson(), 'clinic');
    const answers = await Promise.all(Array.from({ length: 64 }, async () => exchange(visited, at.issuer)));
    const won = answers.filter(({ status }) => status === 200);
    expect([won.length, new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body['error']))]).toEqual([
      1,
      new Set(['invalid_grant']),
    ]);
  });

  test('TK-03 the code of one service is worth nothing at another, and still works where it belongs', async () => {
    const visited = await visit(await at.newPerson(), 'permit');
    await at.changesNothing(async () => {
      expect(await errorOf(exchangeWith(visited, {}, 'clinic'))).toBe('invalid_grant');
      expect(await errorOf(exchangeWith(visited, { redirect_uri: clinicRedirect }, 'clinic'))).toBe('invalid_grant');
    });
    expect((await exchange(visited, at.issuer)).status).toBe(200);
  });

  test('TK-04 a stolen code without its verifier is refused and not used up', async () => {
    const visited = await visit(await at.newPerson(), 'permit');
    const own = randomBytes(32).toString('base64url');
    await at.changesNothing(async () => {
      expect(await errorOf(exchangeWith(visited, { code_verifier: own }))).toBe('invalid_grant');
      expect(await errorOf(exchangeWith(visited, { code_verifier: '' }))).toBe('invalid_grant');
    });
    expect((await exchange(visited, at.issuer)).status).toBe(200);
  });

  test('TK-05 a code is dead after 60 seconds, after signing out, and after the withdrawal', async () => {
    const time = shiftTime();
    try {
      const traveller = await at.newPerson();
      const old = await visit(traveller, 'permit');
      time.advance(61_000);
      expect(await errorOf(exchange(old, at.issuer))).toBe('invalid_grant');
      const left = await visit(traveller, 'permit');
      await signOut(traveller, 'permit', 'everywhere');
      expect(await errorOf(exchange(left, at.issuer))).toBe('invalid_grant');
      const withdrawn = await visit(traveller, 'permit');
      await withdraw(traveller, 'permit');
      expect(await errorOf(exchange(withdrawn, at.issuer))).toBe('invalid_grant');
      const good = await visit(traveller, 'permit');
      time.advance(50_000);
      expect((await exchange(good, at.issuer)).status).toBe(200);
    } finally {
      time.restore();
    }
  });

  test('TK-06 a redirect_uri that is missing or another one is refused at the exchange', async () => {
    const visited = await visit(await at.newPerson(), 'permit');
    await at.changesNothing(async () => {
      expect(await errorOf(exchangeWith(visited, { redirect_uri: '' }))).toBe('invalid_request');
      for (const redirectUri of [clinicRedirect, `${permitRedirect}/`, 'http://localhost:3001/', 'HTTP://localhost:3001/callback']) {
        expect(await errorOf(exchangeWith(visited, { redirect_uri: redirectUri }))).toBe('invalid_grant');
      }
    });
    expect((await exchange(visited, at.issuer)).status).toBe(200);
  });

  test('TK-18 a refresh token gives nothing wider, and nothing to another service', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit', { extra: offline, attributes: ['email'] });
    expect(await errorOf(refresh(tokens.body['refresh_token'], { scope: 'openid offline_access profile' }))).toBe('invalid_scope');
    expect(await errorOf(refresh(tokens.body['refresh_token'], {}, 'clinic'))).toBe('invalid_grant');
    const refreshed = await refresh(tokens.body['refresh_token'], { scope: 'openid' });
    expect([refreshed.status, refreshed.body['scope']]).toEqual([200, 'openid']);
  });

  test('TK-19 a refresh token does not outlive 90 days or its consent, however often it is used', async () => {
    const time = shiftTime();
    try {
      const tokens = await obtainTokens(await at.newPerson(), 'permit', { extra: offline });
      let current: unknown = tokens.body['refresh_token'];
      for (const span of [40, 40, 9]) {
        time.advance(days(span));
        const refreshed = await refresh(current);
        expect(refreshed.status).toBe(200);
        current = refreshed.body['refresh_token'] ?? current;
      }
      time.advance(days(1) + 1000);
      expect(await errorOf(refresh(current))).toBe('invalid_grant');
      expect(await errorOf(refresh(tokens.body['refresh_token']))).toBe('invalid_grant');
      const shorter = await obtainTokens(await at.newPerson(), 'permit', { extra: offline });
      at.database.run(
        'UPDATE consents SET expires_at = expires_at - 31104000000 WHERE created_at = (SELECT max(created_at) FROM consents)',
      );
      expect((await refresh(shorter.body['refresh_token'])).status).toBe(200);
      time.advance(days(10));
      expect(await errorOf(refresh(shorter.body['refresh_token']))).toBe('invalid_grant');
    } finally {
      time.restore();
    }
  });

  test('TK-20 nothing is refreshed for somebody suspended or dead, for a suspended service, or after the withdrawal', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    for (const status of ['suspended', 'frozen', 'deceased', 'emigrated'] as const) {
      const ended = await obtainTokens(traveller, 'permit', { extra: offline });
      expect((await refresh(ended.body['refresh_token'])).status).toBe(200);
      await setPersonStatus(at.world, person, status);
      expect([status, await errorOf(refresh(ended.body['refresh_token']))]).toEqual([status, 'invalid_grant']);
      await setPersonStatus(at.world, person, 'active');
    }
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline });
    const again = () => refresh(tokens.body['refresh_token']);
    expect((await again()).status).toBe(200);
    await setServiceStatus(at.world, 'permit', 'suspended');
    expect(await errorOf(again())).toBe('invalid_client');
    await setServiceStatus(at.world, 'permit', 'active');
    await withdraw(traveller, 'permit');
    expect(await errorOf(again())).toBe('invalid_grant');
  });

  test('TK-27 no other grant exists, and none that is not registered can be used', async () => {
    const fields = { username: 'sara', password: 'sara', scope: 'openid' };
    for (const grant of [
      'password',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:openid:params:grant-type:ciba',
      'nonsense',
    ]) {
      expect([grant, await errorOf(requestTokens(at.issuer, { grant_type: grant, ...fields }))]).toEqual([grant, 'unsupported_grant_type']);
    }
    const machine = await errorOf(requestTokens(at.issuer, { grant_type: 'client_credentials' }));
    expect(machine).toBe('unauthorized_client');
    expect(await errorOf(requestTokens(at.issuer, {}))).toBe('invalid_request');
  });

  test('TK-28 an enormous or repetitive scope is refused at once', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    const scopes = ['openid '.repeat(2000), 'x'.repeat(12_000), Array.from({ length: 1500 }, (_, index) => `s${index}`).join(' ')];
    for (const scope of scopes) {
      const began = process.cpuUsage();
      const answered = await at.changesNothing(async () => traveller.agent.send(createAltered(at.issuer, 'permit', { scope })));
      const error = readAnswer(new URL(answered.headers.get('location') ?? '/', at.issuer).href).get('error');
      expect([scope.length, answered.status >= 400 || error !== null]).toEqual([scope.length, true]);
      expect(process.cpuUsage(began).user).toBeLessThan(500_000);
    }
    const huge = await fetch(`${at.issuer}/request`, { method: 'POST', body: new URLSearchParams({ scope: 's '.repeat(27_000) }) });
    expect(huge.status).toBeGreaterThanOrEqual(400);
    expect(huge.status).toBeLessThan(500);
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  test('TK-29 no token does the work of another kind', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit', { extra: offline });
    const text = (name: string): string => {
      const value = tokens.body[name];
      return typeof value === 'string' ? value : '';
    };
    await at.changesNothing(async () => {
      for (const other of ['id_token', 'refresh_token']) {
        expect([other, (await fetchUserInfo(at.issuer, text(other))).status]).toEqual([other, 401]);
      }
      for (const other of ['id_token', 'access_token']) {
        expect([other, await errorOf(refresh(text(other)))]).toEqual([other, 'invalid_grant']);
      }
      for (const other of ['id_token', 'access_token', 'refresh_token']) {
        expect([other, await errorOf(exchangeWith(tokens.visit, { code: text(other) }))]).toEqual([other, 'invalid_grant']);
      }
      const asAssertion = {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: text('id_token'),
      };
      expect(await errorOf(requestTokens(at.issuer, { grant_type: 'refresh_token', refresh_token: 'x', ...asAssertion }))).toBe(
        'invalid_client',
      );
      expect((await fetchUserInfo(at.issuer, createAssertion(at.issuer))).status).toBe(401);
    });
    expect((await fetchUserInfo(at.issuer, text('access_token'))).status).toBe(200);
  });

  test('TK-30 a token value that is cut, padded, in other case or of another kind is not found', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit', { extra: offline });
    const visited = await visit(await at.newPerson(), 'permit');
    const bend = (value: unknown): readonly string[] => {
      const good = String(value);
      return [
        good.slice(0, -1),
        `${good}A`,
        `${good}=`,
        good.toUpperCase(),
        good.toLowerCase(),
        `${good.slice(0, -1)}${good.endsWith('_') ? '-' : '_'}`,
        good.slice(1),
        '',
      ];
    };
    await at.changesNothing(async () => {
      for (const token of bend(tokens.body['access_token'])) {
        const { status } = await fetchUserInfo(at.issuer, token);
        expect([token.length, status === 401 || (token === '' && status === 400)]).toEqual([token.length, true]);
      }
      for (const token of bend(tokens.body['refresh_token']).filter((value) => value !== '')) {
        expect(await errorOf(refresh(token))).toBe('invalid_grant');
      }
      for (const code of bend(visited.answer.get('code')).filter((value) => value !== '')) {
        expect(await errorOf(exchangeWith(visited, { code }))).toBe('invalid_grant');
      }
    });
    expect((await exchange(visited, at.issuer)).status).toBe(200);
    expect((await refresh(tokens.body['refresh_token'])).status).toBe(200);
  });
});
