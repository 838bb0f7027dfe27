// What somebody holds who holds a copy of the database and of the logs: no value that opens anything, and no word about anybody.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import { isFoundIn } from '../support/find-secret.ts';
import { openWorldDatabase, readDatabaseFiles } from '../support/open-database.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { readAttribute, readHidden } from '../support/user-agent.ts';
import { createRequest, getForm, obtainTokens, openAccountPage, visit, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const personal = {
  id: '1098765430',
  national_id: '1098765430',
  'given_name#ar': 'عبدالرحمن',
  'given_name#en': 'Abdulrahmaan',
  'family_name#ar': 'الشهراني',
  'family_name#en': 'Alshahraani',
  birthdate: '1987-11-23',
  gender: 'male',
  email: 'abdulrahmaan.alshahraani@example.test',
  email_verified: true,
};

/** Fails on a value that is too short to be told from chance. */
function requireLong(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const texts = Object.entries(values).map(([name, value]): readonly [string, string] => [name, String(value)]);
  const short = texts.filter(([, value]) => value.length < 8);
  if (short.length > 0) {
    throw new Error(`not worth looking for: ${short.map(([name]) => name).join(', ')}`);
  }
  return new Map(texts);
}

async function push(world: World): Promise<string> {
  const parameters = Object.fromEntries(new URL(createRequest(world.issuer, 'permit').url).searchParams);
  const response = await fetch(`${world.issuer}/request`, {
    method: 'POST',
    body: new URLSearchParams({
      ...parameters,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: createAssertion(world.issuer),
    }),
  });
  const body: unknown = await response.json();
  const uri: unknown = typeof body === 'object' && body !== null && 'request_uri' in body ? body.request_uri : undefined;
  if (typeof uri !== 'string') {
    throw new TypeError(`nothing was pushed: ${response.status}`);
  }
  return uri.slice(uri.lastIndexOf(':') + 1);
}

describe('a copy of the database and of the logs', () => {
  let world: World;
  let live: ReadonlyMap<string, string>;

  beforeAll(async () => {
    world = await createWorld();
    const link = await world.invite(await world.addPerson('citizen', personal));
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, link);
    const unused = await world.invite(await world.addPerson());
    await obtainTokens(traveller, 'clinic', { attributes: ['gender'] });
    await openAccountPage(traveller);
    await withdraw(traveller, 'clinic');
    const offline = { scope: 'openid offline_access', prompt: 'consent' };
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline, attributes: ['email', 'birthdate'] });
    await fetchUserInfo(world.issuer, tokens.body['access_token']);
    const refreshed = await requestTokens(world.issuer, {
      grant_type: 'refresh_token',
      refresh_token: String(tokens.body['refresh_token']),
    });
    const pending = await visit(traveller, 'permit');
    const waiting = await traveller.agent.get(createRequest(world.issuer, 'clinic').url);
    const stranger = createTraveller(world.issuer, traveller.authenticator);
    const signInPage = await stranger.agent.get(createRequest(world.issuer, 'permit').url);
    await signIn(createTraveller(world.issuer, traveller.authenticator), signInPage).catch(() => undefined);
    await requestTokens(world.issuer, {
      grant_type: 'authorization_code',
      code: 'A'.repeat(43),
      redirect_uri: 'http://localhost:3001/callback',
    });
    const signOut = await traveller.agent.get(`${world.issuer}/session/end?client_id=mol-work-permit`);
    const cookies = Object.fromEntries(
      [...traveller.agent.cookies.values(), ...stranger.agent.cookies.values()].map(({ name, value }, index) => [
        `cookie ${name} ${index}`,
        value,
      ]),
    );
    live = requireLong({
      ...cookies,
      'used enrolment token': link.split('/').at(-1),
      'enrolment token': unused.split('/').at(-1),
      'used code': tokens.visit.answer.get('code'),
      code: pending.answer.get('code'),
      'access token': tokens.body['access_token'],
      'refreshed access token': refreshed.body['access_token'],
      'refresh token': refreshed.body['refresh_token'] ?? tokens.body['refresh_token'],
      'id token': tokens.body['id_token'],
      'request uri': await push(world),
      'interaction uid': new URL(waiting.url).pathname.split('/').at(-1),
      'form token': readHidden(waiting.body)['token'],
      'ceremony token': readAttribute(signInPage.body, 'data-token'),
      'sign-out secret': getForm(signOut, /session\/end\/confirm$/).fields['xsrf'],
      'client secret': clinicSecret,
      'code verifier': pending.request.verifier,
    });
  });

  afterAll(async () => {
    await world.close();
  });

  const findIn = (bytes: Buffer, values: ReadonlyMap<string, string>): readonly string[] =>
    [...values].filter(([, value]) => isFoundIn(bytes, value)).map(([name]) => name);

  it('finds what is really stored, so that finding nothing means something', () => {
    const files = readDatabaseFiles(world);
    expect(files.map(({ name }) => name).toSorted()).toEqual(['huwiya.db', 'huwiya.db-shm', 'huwiya.db-wal']);
    const all = Buffer.concat(files.map(({ bytes }) => bytes));
    expect(
      findIn(
        all,
        new Map([
          ['client', 'mol-work-permit'],
          ['purpose', 'permit-renewal'],
        ]),
      ),
    ).toEqual(['client', 'purpose']);
    const sample = Buffer.from(`{"a":"${Buffer.from(`xx${personal['given_name#ar']}yy`).toString('base64')}"}`);
    expect(isFoundIn(sample, personal['given_name#ar'])).toBe(true);
    expect(isFoundIn(Buffer.from('"\\u0639\\u0628\\u062f"'), 'عبد')).toBe(true);
  });

  it('holds no live bearer value', () => {
    expect(live.size).toBeGreaterThan(16);
    for (const { name, bytes } of readDatabaseFiles(world)) {
      expect({ name, found: findIn(bytes, live) }).toEqual({ name, found: [] });
    }
  });

  it('holds no readable personal data', () => {
    const { gender: _gender, email_verified: _verified, ...words } = personal;
    for (const { name, bytes } of readDatabaseFiles(world)) {
      expect({ name, found: findIn(bytes, requireLong(words)) }).toEqual({ name, found: [] });
    }
  });

  it('keeps neither in the log lines', () => {
    const lines = Buffer.from(world.logLines.join(''));
    expect(world.logLines.length).toBeGreaterThan(0);
    const { gender: _gender, email_verified: _verified, ...words } = personal;
    expect(findIn(lines, live)).toEqual([]);
    expect(findIn(lines, requireLong(words))).toEqual([]);
  });

  it('still knows each of them by its digest, so that all of them were stored', () => {
    const database = openWorldDatabase(world);
    const models = database.rows('SELECT DISTINCT model FROM artefacts ORDER BY model').map((row) => row['model']);
    database.close();
    expect(models).toEqual(['AccessToken', 'AuthorizationCode', 'Interaction', 'PushedAuthorizationRequest', 'RefreshToken']);
  });
});
