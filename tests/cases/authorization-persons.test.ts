// Who has to sign in, and how surely, when the service says so: levels, hints and long values (security contract 2.1).

import { generateKeyPairSync, sign } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAltered, createCaseWorld, findErrorCode, readAnswer } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { beginCeremony, createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { clinicRedirect, permitRedirect } from '../support/sample-services.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  askSilently,
  createOtherBrowser,
  createRequest,
  findStep,
  getForm,
  goThrough,
  leaveStepUp,
  obtainTokens,
  visit,
} from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { vouchForModel } from '../support/vouched-model.ts';

const high = 'urn:huwiya:loa:high';
const substantial = 'urn:huwiya:loa:substantial';

describe('levels and persons that a request names', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const demand = (acr: unknown, extra: Readonly<Record<string, string>> = {}): string =>
    createRequest(at.issuer, 'permit', { claims: JSON.stringify({ id_token: { acr } }), ...extra }).url;

  const hintOf = async (traveller: Traveller, place: Place = 'permit'): Promise<string> =>
    String((await obtainTokens(traveller, place)).body['id_token']);

  /** Answers the ceremony of a sign-in page with this person's passkey; the code of the refusal. */
  const confirmAs = async (traveller: Traveller, page: Answered): Promise<unknown> => {
    const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'authenticate');
    const answered = await traveller.agent.postJson(verifyUrl, token, answer);
    return toObject(JSON.stringify(toObject(answered.body)['error']))['code'];
  };

  /** Somebody else at this browser, with a passkey of their own. */
  const atSameBrowser = async (traveller: Traveller): Promise<Traveller> => {
    const other = await at.newPerson();
    return { ...traveller, authenticator: other.authenticator };
  };

  test('AZ-19 a level that the session does not reach is explained, and is never lowered in silence', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    const url = demand({ essential: true, value: high });
    const silent = readAnswer((await traveller.agent.get(`${url}&prompt=none`)).url);
    expect(silent.get('error')).toBe('login_required');
    const unreachable = await traveller.agent.get(url);
    expect(unreachable.body).not.toContain('data-action="other-passkey"');
    await vouchForModel(at.world.storage);
    const page = await traveller.agent.get(url);
    expect(page.body).toContain('data-action="other-passkey"');
    const answer = readAnswer((await leaveStepUp(traveller, page, 'back')).url);
    expect([answer.get('error'), answer.get('error_description'), answer.has('code')]).toEqual([
      'unmet_authentication_requirements',
      'level_not_reached',
      false,
    ]);
    const reached = await traveller.agent.get(demand({ essential: true, value: substantial }));
    expect(readAnswer((await goThrough(traveller, reached)).url).has('code')).toBe(true);
  });

  test('AZ-19b a demanded level stays demanded beside a wish for another, and without a value it is no demand', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    const page = await traveller.agent.get(demand({ essential: true, value: high }, { acr_values: substantial }));
    expect(readAnswer((await leaveStepUp(traveller, page, 'back')).url).get('error_description')).toBe('level_not_reached');
    for (const acr of [null, { essential: true }, { essential: false, value: high }, { value: high }]) {
      const arrived = await goThrough(traveller, await traveller.agent.get(demand(acr, { prompt: 'login' })));
      expect([acr, readAnswer(arrived.url).has('code')]).toEqual([acr, true]);
    }
  });

  test('AZ-19c a demand that cannot be read is invalid_request before anybody signs in', async () => {
    for (const acr of ['high', 5, [], { essential: true, value: 7 }, { essential: true, values: [] }, { values: high }, { value: '' }]) {
      const arrived = await at.changesNothing(async () => createTraveller(at.issuer).agent.get(demand(acr)));
      expect([acr, readAnswer(arrived.url).get('error')]).toEqual([acr, 'invalid_request']);
    }
  });

  test('AZ-20 acr_values are a wish: what comes back states what happened, however the address was edited', async () => {
    const traveller = await at.newPerson();
    for (const wished of [high, 'nonsense', 'phr phrh', `${high} ${substantial}`, '']) {
      const tokens = await obtainTokens(traveller, 'permit', { extra: { acr_values: wished } });
      expect([wished, (await readIdToken(at.issuer, tokens.body['id_token']))['acr']]).toEqual([wished, substantial]);
    }
  });

  test('AZ-21 whoever confirms in the place of the person whom the service named is refused, and nobody is switched', async () => {
    const [named, stranger] = [await at.newPerson(), await at.newPerson()];
    const hint = await hintOf(named);
    await visit(stranger, 'permit');
    expect((await askSilently(stranger, 'permit', { id_token_hint: hint })).get('error')).toBe('login_required');
    const page = await stranger.agent.get(createRequest(at.issuer, 'permit', { id_token_hint: hint }).url);
    expect(findStep(page)).toBe('sign-in');
    await at.changesNothing(async () => expect(await confirmAs(stranger, page)).toBe('sign-in/another-person'));
    expect((await askSilently(stranger, 'permit')).has('code')).toBe(true);
    const fresh = createOtherBrowser(stranger);
    const alone = await fresh.agent.get(createRequest(at.issuer, 'permit', { id_token_hint: hint }).url);
    expect(await confirmAs(fresh, alone)).toBe('sign-in/another-person');
    const left = getForm(alone, /\/decision$/);
    const answer = readAnswer((await fresh.agent.post(left.action, { ...left.fields, decision: 'leave' })).url);
    expect([answer.get('error'), answer.get('error_description')]).toEqual(['access_denied', 'sign_in_left']);
    const right = createOtherBrowser(named);
    const own = await right.agent.get(createRequest(at.issuer, 'permit', { id_token_hint: hint }).url);
    expect(readAnswer((await goThrough(right, own)).url).has('code')).toBe(true);
  });

  test('AZ-21b a subject that is named as a claim of the ID token binds like a hint, and two names that differ let nobody in', async () => {
    const [named, stranger] = [await at.newPerson(), await at.newPerson()];
    const hint = await hintOf(named);
    const { sub } = decodeJwt(hint);
    const claims = JSON.stringify({ id_token: { sub: { value: sub } } });
    const page = await stranger.agent.get(createRequest(at.issuer, 'permit', { claims }).url);
    expect(await confirmAs(stranger, page)).toBe('sign-in/another-person');
    expect(findStep(await named.agent.get(createRequest(at.issuer, 'permit', { claims }).url))).not.toBe('sign-in');
    expect((await askSilently(named, 'permit', { claims })).has('code')).toBe(true);
    const otherHint = await hintOf(stranger);
    const torn = await named.agent.get(createRequest(at.issuer, 'permit', { claims, id_token_hint: otherHint }).url);
    expect(await confirmAs(named, torn)).toBe('sign-in/another-person');
  });

  test('AZ-21c a change of person on the way of a request that names one is refused as well', async () => {
    const named = await at.newPerson();
    const hint = await hintOf(named);
    const page = await named.agent.get(createRequest(at.issuer, 'permit', { id_token_hint: hint, prompt: 'select_account' }).url);
    expect(findStep(page)).toBe('continue');
    const switched = await named.agent.get(`${page.url}?switch=yes`);
    const stranger = await atSameBrowser(named);
    expect(await confirmAs(stranger, switched)).toBe('sign-in/another-person');
    expect(readAnswer((await goThrough(named, page)).url).has('code')).toBe(true);
  });

  test('AZ-21d a hint counts when it has run out, and never when it is unsigned, edited or made for another service', async () => {
    const time = shiftTime();
    try {
      const named = await at.newPerson();
      const hint = await hintOf(named);
      const foreign = await hintOf(named, 'clinic');
      time.advance(minutes(20));
      expect((await askSilently(named, 'permit', { id_token_hint: hint })).has('code')).toBe(true);
      const [head = '', body = '', signature = ''] = hint.split('.');
      const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const forged = sign('sha256', Buffer.from(`${head}.${body}`), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
      const other = Buffer.from(JSON.stringify({ ...decodeJwt(hint), sub: 'somebody' })).toString('base64url');
      const faults = [
        foreign,
        `${unsigned}.${body}.`,
        `${head}.${body}.${forged}`,
        `${head}.${other}.${signature}`,
        `${head}.${body}`,
        'x',
      ];
      for (const fault of faults) {
        const arrived = await at.changesNothing(async () =>
          named.agent.get(createRequest(at.issuer, 'permit', { id_token_hint: fault }).url),
        );
        expect([fault.slice(-20), readAnswer(arrived.url).get('error')]).toEqual([fault.slice(-20), 'invalid_request']);
      }
    } finally {
      time.restore();
    }
  });

  test('AZ-28 state and nonce of 64 and of 384 characters come back whole, and ones of a megabyte are refused', async () => {
    const traveller = await at.newPerson();
    for (const length of [64, 384]) {
      const [state, nonce] = ['s'.repeat(length - 1).concat('~'), 'n'.repeat(length)];
      const tokens = await obtainTokens(traveller, 'permit', { extra: { state, nonce } });
      expect(tokens.visit.answer.get('state')).toBe(state);
      expect((await readIdToken(at.issuer, tokens.body['id_token']))['nonce']).toBe(nonce);
    }
    for (const name of ['state', 'nonce']) {
      const url = createAltered(at.issuer, 'permit', { [name]: 'x'.repeat(1_000_000) });
      const refused = await at.changesNothing(async () => traveller.agent.send(url));
      expect([name, refused.status, findErrorCode({ body: await refused.text() })]).toEqual([name, 431, 'request/too-large']);
    }
  });

  test('AZ-32 a broken parameter leads back to the registered address of an active service, and to no other', async () => {
    const broken: readonly Readonly<Record<string, string>>[] = [
      { scope: 'profile' },
      { prompt: 'nonsense' },
      { max_age: 'x' },
      { claims: '{' },
      { purpose: 'nothing' },
      { id_token_hint: 'x' },
    ];
    for (const changes of broken) {
      const page = await at.changesNothing(async () => createTraveller(at.issuer).agent.get(createAltered(at.issuer, 'permit', changes)));
      expect([changes, page.url.split('?')[0], readAnswer(page.url).get('error')]).toEqual([changes, permitRedirect, 'invalid_request']);
      for (const wrong of [{ redirect_uri: 'http://evil.tld/' }, { redirect_uri: clinicRedirect }, { client_id: 'nobody' }]) {
        const own = await createTraveller(at.issuer).agent.get(createAltered(at.issuer, 'permit', { ...changes, ...wrong }));
        expect([wrong, own.url.startsWith(at.issuer), own.status]).toEqual([wrong, true, 400]);
      }
    }
  });
});
