// UserInfo, the one door through which personal data leaves (security contract 2.3).

import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus, whileRegistered } from '../support/change-standing.ts';
import { createProof, createProofKey } from '../support/dpop-proof.ts';
import type { ProofKey } from '../support/dpop-proof.ts';
import { readIdToken } from '../support/id-token.ts';
import { whileInsertFails } from '../support/open-database.ts';
import { allow } from '../support/person-journey.ts';
import { sendRaw, toObject, toPort } from '../support/raw-request.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { createAssertion, fetchUserInfo } from '../support/service.ts';
import { days, shiftTime } from '../support/shift-time.ts';
import { askSilently, createEnrolledPerson, createRequest, obtainTokens, openAccountPage, visit, withdraw } from '../support/visits.ts';

describe('UserInfo', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const releases = (): number => at.database.rows("SELECT id FROM entries WHERE type = 'data.released'").length;

  const ask = async (headers: Readonly<Record<string, string>>, path = '/me', body = '') => {
    const answer = await sendRaw({
      port: toPort(at.issuer),
      method: body === '' ? 'GET' : 'POST',
      path,
      body,
      headers: {
        host: new URL(at.issuer).host,
        ...(body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
    });
    return answer.status;
  };

  test('UI-01 a token in the address, or two tokens at once, open nothing', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit');
    const token = String(tokens.body['access_token']);
    const before = releases();
    expect(await ask({}, `/me?access_token=${token}`)).toBe(400);
    expect(await ask({ authorization: `Bearer ${token}` }, `/me?access_token=${token}`)).toBe(400);
    expect(await ask({ authorization: `Bearer ${token}` }, '/me', `access_token=${token}`)).toBe(400);
    expect(await ask({ authorization: `DPoP ${token}` })).toBeOneOf([400, 401]);
    expect(await ask({})).toBeOneOf([400, 401]);
    expect(releases()).toBe(before);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(200);
    expect(releases()).toBe(before + 1);
  });

  test('UI-02 odd spacing and odd schemes are refused without a defect', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit');
    const token = String(tokens.body['access_token']);
    for (const value of [
      `Bearer\t${token}`,
      `Bearer  ${token}`,
      `Bearer ${token} ${token}`,
      `Bearer ${token},Bearer ${token}`,
      'Bearer',
      'Bearer ',
      token,
      `Basic ${token}`,
      'Bearer \u00e9\u00e9',
      `Bearer ${'x'.repeat(9000)}`,
    ]) {
      const status = await ask({ authorization: value });
      expect([value.slice(0, 12), status >= 400 && status < 500]).toEqual([value.slice(0, 12), true]);
    }
    expect(await ask({ authorization: `bearer ${token}` })).toBeOneOf([200, 400]);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(200);
  });

  /** Tokens bound to a key: the second try brings the nonce that the first was told. */
  const obtainBound = async (key: ProofKey): Promise<string> => {
    const visited = await visit(await at.newPerson(), 'permit');
    const url = `${at.issuer}/token`;
    const send = async (nonce?: string) =>
      fetch(url, {
        method: 'POST',
        headers: { dpop: createProof(key, { url, claims: { htm: 'POST', ...(nonce === undefined ? {} : { nonce }) } }) },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: visited.answer.get('code') ?? '',
          redirect_uri: permitRedirect,
          code_verifier: visited.request.verifier,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: createAssertion(at.issuer),
        }),
      });
    const told = await send();
    return String(toObject(await (await send(told.headers.get('dpop-nonce') ?? '')).text())['access_token']);
  };

  test('UI-01b a token that is bound to a key opens nothing as a bearer, in the form body, or with the proof of another key', async () => {
    const [key, other] = [createProofKey(), createProofKey()];
    const token = await obtainBound(key);
    const before = releases();
    const url = `${at.issuer}/me`;
    const told = await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop: createProof(key, { url, token }) } });
    const nonce = told.headers.get('dpop-nonce') ?? '';
    expect([told.status, nonce === '']).toEqual([401, false]);
    const prove = (by: ProofKey, method = 'GET'): string => createProof(by, { url, token, claims: { nonce, htm: method } });
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(401);
    expect(await ask({ authorization: `Bearer ${token}`, dpop: prove(key) })).toBeOneOf([400, 401]);
    expect(await ask({}, '/me', `access_token=${token}`)).toBeOneOf([400, 401]);
    expect(await ask({ dpop: prove(key, 'POST') }, '/me', `access_token=${token}`)).toBeOneOf([400, 401]);
    expect(await ask({ authorization: `DPoP ${token}`, dpop: prove(other) })).toBe(401);
    expect(await ask({ authorization: `DPoP ${token}` })).toBeOneOf([400, 401]);
    expect(releases()).toBe(before);
    expect(await ask({ authorization: `DPoP ${token}`, dpop: prove(key) })).toBe(200);
    expect(releases()).toBe(before + 1);
  });

  test('UI-01c the four ways to bring one bearer token bring the same answer', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit');
    const token = String(tokens.body['access_token']);
    const authorization = `Bearer ${token}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked: readonly RequestInit[] = [
      { headers: { authorization } },
      { method: 'POST', headers: { authorization } },
      { method: 'POST', headers: { authorization, ...form }, body: 'scope=openid' },
      { method: 'POST', headers: form, body: `access_token=${token}` },
    ];
    const answers = await Promise.all(asked.map(async (init) => (await fetch(`${at.issuer}/me`, init)).text()));
    expect(toObject(answers[0] ?? '')['given_name']).toBe('سارة');
    expect(new Set(answers).size).toBe(1);
    expect((await fetch(`${at.issuer}/me`, { method: 'POST', body: JSON.stringify({ access_token: token }) })).status).toBe(400);
  });

  test('UI-03 nothing comes after the withdrawal, the end of the consent or of the person, and only what is still granted after a change', async () => {
    const time = shiftTime();
    try {
      const { traveller, person } = await createEnrolledPerson(at.world);
      const read = async (token: unknown) => fetchUserInfo(at.issuer, token);
      const wide = await obtainTokens(traveller, 'permit', { attributes: ['email', 'birthdate'] });
      expect((await read(wide.body['access_token'])).body).toHaveProperty('birthdate');
      const page = await traveller.agent.get(createRequest(at.issuer, 'permit', { prompt: 'consent' }).url);
      await allow(traveller, page, ['email']);
      const narrowed = await read(wide.body['access_token']);
      expect([narrowed.body['email'], narrowed.body['birthdate']]).toEqual(['sara@example.test', undefined]);
      await setPersonStatus(at.world, person, 'frozen');
      expect((await read(wide.body['access_token'])).status).toBe(401);
      await setPersonStatus(at.world, person, 'active');
      const tokens = await obtainTokens(traveller, 'permit');
      await withdraw(traveller, 'permit');
      expect((await read(tokens.body['access_token'])).status).toBe(401);
      const offline = { scope: 'openid offline_access', prompt: 'consent' };
      const expiring = await obtainTokens(traveller, 'permit', { extra: offline });
      expect((await read(expiring.body['access_token'])).status).toBe(200);
      time.advance(days(366));
      expect((await read(expiring.body['access_token'])).status).toBe(401);
    } finally {
      time.restore();
    }
  });

  test('UI-04 what the purpose does not list is absent and recorded, however it is asked for', async () => {
    const claims = JSON.stringify({ userinfo: { national_id: { essential: true }, gender: { value: 'female' }, email: null } });
    const tokens = await obtainTokens(await at.newPerson(), 'permit', {
      extra: { claims, scope: 'openid profile' },
      attributes: ['email'],
    });
    const info = await fetchUserInfo(at.issuer, tokens.body['access_token']);
    expect(info.body).toMatchObject({ email: 'sara@example.test' });
    for (const name of ['national_id', 'gender']) {
      expect(info.body).not.toHaveProperty(name);
    }
    const asked = at.database.rows("SELECT attributes FROM entries WHERE type = 'data.over_ask'");
    expect(asked.map(({ attributes }) => attributes)).toContain(JSON.stringify(['national_id', 'gender']));
  });

  test('UI-08 a signed answer names the one service that it was made for, and proves nothing to another', async () => {
    const answer = await whileRegistered(at.world, { place: 'permit', more: { userinfo_signed_response_alg: 'ES256' } }, async () => {
      const tokens = await obtainTokens(await at.newPerson(), 'permit');
      const authorization = `Bearer ${String(tokens.body['access_token'])}`;
      return (await fetch(`${at.issuer}/me`, { headers: { authorization } })).text();
    });
    const keys = createRemoteJWKSet(new URL('/jwks', at.issuer));
    const rules = { issuer: at.issuer, algorithms: ['ES256'] };
    expect((await jwtVerify(answer, keys, { ...rules, audience: 'mol-work-permit' })).payload['given_name']).toBe('سارة');
    await expect(jwtVerify(answer, keys, { ...rules, audience: 'moh-clinic' })).rejects.toThrow('aud');
    const replayed = await at.changesNothing(async () => fetchUserInfo(at.issuer, answer));
    expect(replayed.status).toBe(401);
    const hinted = await askSilently(await at.newPerson(), 'clinic', { id_token_hint: answer });
    expect(hinted.get('error')).toBe('invalid_request');
  });

  test('UI-09 two agencies that compare what they hold find no common name for the same person', async () => {
    const traveller = await at.newPerson();
    const [permit, clinic] = [await obtainTokens(traveller, 'permit'), await obtainTokens(traveller, 'clinic')];
    const one = {
      ...(await fetchUserInfo(at.issuer, permit.body['access_token'])).body,
      ...(await readIdToken(at.issuer, permit.body['id_token'])),
    };
    const two = {
      ...(await fetchUserInfo(at.issuer, clinic.body['access_token'])).body,
      ...(await readIdToken(at.issuer, clinic.body['id_token'])),
    };
    for (const name of ['sub', 'sid', 'nonce']) {
      expect([name, Object.entries(one).find(([key]) => key === name)?.[1]]).not.toEqual([
        name,
        Object.entries(two).find(([key]) => key === name)?.[1],
      ]);
    }
    const again = await obtainTokens(traveller, 'permit');
    expect((await readIdToken(at.issuer, again.body['id_token']))['sub']).toBe(Object.entries(one).find(([key]) => key === 'sub')?.[1]);
  });

  test('UI-10 each reading is an entry before the answer leaves, and the person finds it on the own page', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const tokens = await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    const own = (): number =>
      at.database.rows(
        "SELECT entries.id FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE type = 'data.released' AND person_ref = ?",
        person.id,
      ).length;
    expect(own()).toBe(0);
    await openAccountPage(traveller);
    const shown = async (): Promise<number> => {
      const page = await traveller.agent.get(`${at.issuer}/account/services/mol-work-permit`);
      return page.body.split('class="event-title"').length;
    };
    // What happened before has to be numbered first, so that only the release can add to it.
    await expect.poll(() => at.database.rows('SELECT id FROM entries WHERE log_index IS NULL').length, { timeout: 3000 }).toBe(0);
    const before = await shown();
    const refused = await whileInsertFails(at.database, 'entries', async () => fetchUserInfo(at.issuer, tokens.body['access_token']));
    expect([refused.status, own()]).toEqual([503, 0]);
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
    expect(own()).toBe(1);
    const [entry] = at.database.rows("SELECT attributes FROM entries WHERE type = 'data.released' ORDER BY rowid DESC LIMIT 1");
    expect(entry?.['attributes']).toBe(JSON.stringify(['given_name', 'family_name', 'email']));
    await expect.poll(shown, { timeout: 3000 }).toBeGreaterThan(before);
  });
});
