// Every way in which a request of a service ends without a code, by the word that the service hears: the person refused, or it failed.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestAnswers } from '../../src/oidc/request-answers.ts';
import type { AnswerWord } from '../../src/oidc/request-answers.ts';
import { findErrorCode, readAnswer } from '../support/case-world.ts';
import { openWorldDatabase, whileAway, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, refuse, signIn, submit } from '../support/person-journey.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { askSilently, createEnrolled, createRequest, getForm, leaveStepUp, obtainTokens, signOut, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const high = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:huwiya:loa:high' } } });

describe('a request that brings no code', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const signedIn = async () => {
    const traveller = await createEnrolled(world);
    await visit(traveller, 'permit');
    return traveller;
  };

  const onConsentPage = async () => {
    const traveller = await createEnrolled(world);
    const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    return { traveller, page };
  };

  const whileHighIsDemanded = async <T>(work: () => Promise<T>): Promise<T> => {
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const save = async (minimumLevel: 'substantial' | 'high'): Promise<void> => {
      const services = registered === undefined ? [] : [{ ...registered.service, minimumLevel }];
      await world.storage.agencies.saveChanges({
        agencies: [],
        services,
        purposes: [],
        endedPurposes: [],
        defaultPurposes: [],
        events: [],
      });
    };
    await save('high');
    try {
      return await work();
    } finally {
      await save('substantial');
    }
  };

  const ways: Readonly<Record<AnswerWord, () => Promise<URLSearchParams>>> = {
    consent_refused: async () => {
      const { traveller, page } = await onConsentPage();
      return readAnswer((await refuse(traveller, page)).url);
    },
    consent_deferred: async () => {
      const { traveller, page } = await onConsentPage();
      return readAnswer((await submit(traveller, page, { decision: 'later' })).url);
    },
    sign_in_left: async () => {
      const traveller = createTraveller(world.issuer);
      const form = getForm(await traveller.agent.get(createRequest(world.issuer, 'permit').url), /\/decision$/);
      return readAnswer((await traveller.agent.post(form.action, { ...form.fields, decision: 'leave' })).url);
    },
    level_too_low: async () =>
      whileHighIsDemanded(async () => {
        const traveller = await createEnrolled(world);
        const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
        return readAnswer((await leaveStepUp(traveller, page, 'back')).url);
      }),
    level_not_reached: async () => {
      const traveller = await createEnrolled(world);
      const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit', { claims: high }).url));
      return readAnswer((await leaveStepUp(traveller, page, 'back')).url);
    },
    another_person: async () => {
      const hint = String((await obtainTokens(await createEnrolled(world), 'permit')).body['id_token']);
      return askSilently(await signedIn(), 'permit', { id_token_hint: hint });
    },
    not_signed_in: async () => askSilently(createTraveller(world.issuer), 'permit'),
    sign_in_too_old: async () => {
      const time = shiftTime();
      try {
        const traveller = await signedIn();
        time.advance(minutes(2));
        return await askSilently(traveller, 'permit', { max_age: '60' });
      } finally {
        time.restore();
      }
    },
    fresh_sign_in_asked: async () => askSilently(await signedIn(), 'permit', { max_age: '0' }),
    higher_level_needed: async () => askSilently(await signedIn(), 'permit', { claims: high }),
    not_confirmed: async () => {
      const traveller = await signedIn();
      await signOut(traveller, 'permit', 'here');
      return askSilently(traveller, 'permit');
    },
    decision_needed: async () => askSilently(await signedIn(), 'clinic'),
    provider_unavailable: async () => {
      const traveller = await signedIn();
      return whileInsertFails(database, 'artefacts', async () => askSilently(traveller, 'permit', { state: 'kept' }));
    },
    provider_defect: async () => {
      const traveller = await signedIn();
      database.run("UPDATE sessions SET payload = '[' WHERE ended_at IS NULL");
      return askSilently(traveller, 'permit', { state: 'kept' });
    },
  };

  // Written out, so that the table in the product, which the guide prints, is held against something.
  const errors: Readonly<Record<AnswerWord, string>> = {
    consent_refused: 'access_denied',
    consent_deferred: 'access_denied',
    sign_in_left: 'access_denied',
    level_too_low: 'access_denied',
    level_not_reached: 'unmet_authentication_requirements',
    another_person: 'login_required',
    not_signed_in: 'login_required',
    sign_in_too_old: 'login_required',
    fresh_sign_in_asked: 'login_required',
    higher_level_needed: 'login_required',
    decision_needed: 'consent_required',
    not_confirmed: 'account_selection_required',
    provider_unavailable: 'temporarily_unavailable',
    provider_defect: 'server_error',
  };

  it.each(Object.entries(ways))('%s', async (word, run) => {
    const answer = await run();
    expect([answer.get('error_description'), answer.get('error')]).toEqual([
      word,
      Object.entries(errors).find(([name]) => name === word)?.[1],
    ]);
    expect([answer.getAll('iss'), answer.has('code'), answer.get('state') === null]).toEqual([[world.issuer], false, false]);
  });

  it('is told in the guide with the error that is sent', () => {
    expect(Object.fromEntries(Object.entries(requestAnswers).map(([word, { error }]) => [word, error]))).toEqual(errors);
  });

  it('where a page may be shown, a failure of ours is a page with a reference, and nothing goes to the service', async () => {
    const traveller = await signedIn();
    const page = await whileInsertFails(database, 'artefacts', async () => traveller.agent.get(createRequest(world.issuer, 'permit').url));
    expect([page.status, page.url.startsWith(world.issuer), findErrorCode(page)]).toEqual([503, true, 'store/unavailable']);
  });

  const toSignOut = (): string => `${world.issuer}/session/end?client_id=mol-work-permit`;
  const toUnknown = (): string => `${world.issuer}/auth/no-such-request`;

  it.each([
    ['a request', () => createRequest(world.issuer, 'permit').url],
    ['a request that goes on', toUnknown],
    ['a sign-out', toSignOut],
    ['a request with an answer by form', () => createRequest(world.issuer, 'clinic', { response_mode: 'form_post' }).url],
    [
      'a silent request whose parameters stand elsewhere',
      () => createRequest(world.issuer, 'permit', { prompt: 'none', request_uri: 'urn:ietf:params:oauth:request_uri:x' }).url,
    ],
  ])('while sessions cannot be read, %s is answered with our page, its headers and a line in the log', async (_, toUrl) => {
    const traveller = await signedIn();
    const before = world.logLines.length;
    const page = await whileAway(database, 'sessions', async () => traveller.agent.get(toUrl()));
    expect([page.status, findErrorCode(page)]).toEqual([503, 'store/unavailable']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const reference = page.headers.get('x-request-id') ?? 'none';
    expect(page.body).toContain(reference);
    const lines = world.logLines.slice(before).filter((line) => line.includes(reference));
    expect(lines.some((line) => line.includes('"answered"'))).toBe(true);
  });

  it('while sessions cannot be read, nothing is sent to an address that is not registered', async () => {
    const request = createRequest(world.issuer, 'permit', { prompt: 'none', redirect_uri: 'http://elsewhere.example/' });
    const page = await whileAway(database, 'sessions', async () => createTraveller(world.issuer).agent.get(request.url));
    expect([page.status, findErrorCode(page)]).toEqual([400, 'service/return-address-unknown']);
  });

  it('while sessions cannot be read, a silent request hears that it failed', async () => {
    const traveller = await signedIn();
    const answer = await whileAway(database, 'sessions', async () => askSilently(traveller, 'permit', { state: 'kept' }));
    expect(Object.fromEntries(answer)).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'provider_unavailable',
      iss: world.issuer,
      state: 'kept',
    });
  });
});
