// What a service is told of a sign-in is true at each of its requests: metadata that take back the word for a model, and the end of a passkey, count at the very next one.

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { readIdToken } from '../support/id-token.ts';
import { createMetadataSource, toEntry } from '../support/metadata/blob.ts';
import type { StatusReport } from '../support/metadata/blob.ts';
import { importEdition } from '../support/metadata/import-edition.ts';
import { createMaker } from '../support/metadata/maker.ts';
import { allow, beginCeremony, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { createAssertion, exchangeCode, fetchUserInfo, requestTokens } from '../support/service.ts';
import type { Tokens } from '../support/service.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { AuthenticatorSettings } from '../support/software-authenticator.ts';
import { noChanges } from '../support/store-samples.ts';
import { createBothKinds, inviteStrongly, setStanding } from '../support/strong-passkey.ts';
import type { BothKinds } from '../support/strong-passkey.ts';
import type { Answered } from '../support/user-agent.ts';
import { askSilently, createOtherBrowser, createRequest, findStep, goThrough, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const high = 'urn:huwiya:loa:high';
const substantial = 'urn:huwiya:loa:substantial';
const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe('a sign-in at the high level', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  const setMinimum = async (minimumLevel: 'substantial' | 'high'): Promise<void> => {
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const services = registered === undefined ? [] : [{ ...registered.service, minimumLevel }];
    await world.storage.agencies.saveChanges({ ...noChanges, services });
  };

  const introspect = async (token: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const form = new URLSearchParams({
      token: String(token),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: createAssertion(world.issuer),
    });
    return toObject(await (await fetch(`${world.issuer}/token/introspection`, { method: 'POST', body: form })).text());
  };

  const refresh = (token: unknown): Promise<Tokens> =>
    requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: String(token) });

  const readAcr = async (tokens: Tokens): Promise<unknown> => (await readIdToken(world.issuer, tokens.body['id_token']))['acr'];

  /** Without a page: what the session is worth now. */
  const askAgain = async (traveller: Traveller): Promise<unknown> => {
    const request = createRequest(world.issuer, 'permit', { prompt: 'none' });
    const arrived = await traveller.agent.get(request.url);
    return readAcr(await exchangeCode(world.issuer, arrived.url, request.verifier));
  };

  const enter = async (extra: Readonly<Record<string, string>> = {}): Promise<BothKinds & { readonly tokens: Tokens }> => {
    const both = await createBothKinds(world);
    return { ...both, tokens: await obtainTokens(both.strong, 'permit', { extra }) };
  };

  it('is told in ID tokens, at introspection and in the record of the decision', async () => {
    const { person, strong, tokens } = await enter(offline);
    expect(await readAcr(tokens)).toBe(high);
    expect(await introspect(tokens.body['access_token'])).toMatchObject({ active: true, acr: high });
    expect(await askAgain(strong)).toBe(high);
    expect(await readAcr(await refresh(tokens.body['refresh_token']))).toBe(high);
    expect(await world.storage.consents.findConsentFor(person.id, 'mol-work-permit', 'permit-renewal')).toMatchObject({
      level: 'high',
    });
  });

  it('is substantial from the next request on when the model of its passkey is downgraded: session, code, tokens, refreshed tokens', async () => {
    const { strong, strongId, tokens } = await enter(offline);
    const pending = createRequest(world.issuer, 'permit', { prompt: 'none' });
    const waiting = await strong.agent.get(pending.url);
    await setStanding(world, strongId, 'revoked');
    expect(await introspect(tokens.body['access_token'])).toMatchObject({ active: true, acr: substantial });
    expect(await readAcr(await exchangeCode(world.issuer, waiting.url, pending.verifier))).toBe(substantial);
    expect(await askAgain(strong)).toBe(substantial);
    expect(await readAcr(await refresh(tokens.body['refresh_token']))).toBe(substantial);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
    const silent = await askSilently(strong, 'permit', { claims: JSON.stringify({ id_token: { acr: { essential: true, value: high } } }) });
    expect(silent.get('error_description')).toBe('higher_level_needed');
  });

  it('opens nothing any more at a service that demands it, once the model is downgraded', async () => {
    await setMinimum('high');
    onTestFinished(() => setMinimum('substantial'));
    const { strong, strongId, tokens } = await enter(offline);
    const pending = createRequest(world.issuer, 'permit', { prompt: 'none' });
    const waiting = await strong.agent.get(pending.url);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
    await setStanding(world, strongId, 'unknown');
    const read = await fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${String(tokens.body['access_token'])}` } });
    expect([read.status, read.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer realm="${world.issuer}", error="insufficient_user_authentication", acr_values="${high}"`,
    ]);
    expect(await introspect(tokens.body['access_token'])).toEqual({ active: false });
    expect((await exchangeCode(world.issuer, waiting.url, pending.verifier)).body['error']).toBe('invalid_grant');
    expect((await refresh(tokens.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await strong.agent.get(createRequest(world.issuer, 'permit').url)).body).toContain('data-action="other-passkey"');
  });

  it('is substantial in what comes of a decision that was under way, and the page of the level comes first where it is demanded', async () => {
    const decide = async (): Promise<{ readonly both: BothKinds; readonly verifier: string; readonly page: Answered }> => {
      const both = await createBothKinds(world);
      const request = createRequest(world.issuer, 'permit');
      const page = await signIn(both.strong, await both.strong.agent.get(request.url));
      expect(findStep(page)).toBe('decide');
      return { both, page, verifier: request.verifier };
    };
    const { both, page, verifier } = await decide();
    await setStanding(world, both.strongId, 'revoked');
    const arrived = await allow(both.strong, page);
    expect(await readAcr(await exchangeCode(world.issuer, arrived.url, verifier))).toBe(substantial);

    await setMinimum('high');
    onTestFinished(() => setMinimum('substantial'));
    const other = await decide();
    await setStanding(world, other.both.strongId, 'revoked');
    const stopped = await allow(other.both.strong, other.page);
    expect([new URL(stopped.url).origin, stopped.body.includes('data-action="other-passkey"')]).toEqual([world.issuer, true]);
  });

  it('counts again after a new ceremony, when the model is vouched for again', async () => {
    const { strong, strongId } = await enter();
    await setStanding(world, strongId, 'revoked');
    expect(await askAgain(strong)).toBe(substantial);
    await setStanding(world, strongId, 'trusted');
    expect(await askAgain(strong)).toBe(substantial);
    const request = createRequest(world.issuer, 'permit', { acr_values: high });
    const arrived = await goThrough(strong, await strong.agent.get(request.url));
    expect(await readAcr(await exchangeCode(world.issuer, arrived.url, request.verifier))).toBe(high);
  });

  it('ends with its passkey, and nothing is refreshed any more while the person is away', async () => {
    const { person, strong, strongId, tokens } = await enter(offline);
    const seal = (type: 'passkey.suspended' | 'session.ended') => () =>
      sealEvent(
        { clock: world.clock, random: systemRandom },
        { type, personRef: person.id, actor: { kind: 'system', ref: null }, payload: {} },
      );
    await world.storage.passkeys.endPasskeys({
      personId: person.id,
      ids: [strongId],
      reason: 'copied',
      at: world.clock.now(),
      keepsOne: false,
      events: [seal('passkey.suspended')()],
      sealSessionEnd: seal('session.ended'),
    });
    expect((await askSilently(strong, 'permit')).get('error')).toBe('login_required');
    expect((await refresh(tokens.body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect(await introspect(tokens.body['access_token'])).toEqual({ active: false });
  });

  it('is shown to its person among their passkeys', async () => {
    const { strong } = await enter();
    await openAccountPage(strong);
    const page = await strong.agent.get(`${world.issuer}/account/security`);
    expect([page.body.includes('تحقق عالٍ'), page.body.includes('تحقق معزَّز')]).toEqual([true, true]);
  });

  it('rises and falls with the metadata that an operator imports, also of a passkey that was bound by one of the level high', async () => {
    const maker = createMaker('Maker of two keys');
    const source = createMetadataSource('Scheme of the levels');
    const importWith = async (no: number, status: readonly StatusReport[]): Promise<void> =>
      importEdition(world.storage, source, { no, entries: [toEntry({ aaguid: maker.aaguid, roots: [maker.root], status })] });
    const add = async (who: Traveller, settings: AuthenticatorSettings): Promise<Traveller> => {
      await openAccountPage(who);
      const hand = { ...who, authenticator: createSoftwareAuthenticator(settings) };
      const begun = await beginCeremony(hand, await who.agent.get(`${world.issuer}/account/passkeys`), 'register');
      expect((await who.agent.postJson(begun.verifyUrl, begun.token, begun.answer)).status).toBe(200);
      return createOtherBrowser(hand);
    };
    const enter = async (who: Traveller): Promise<readonly [unknown, Tokens]> => {
      const tokens = await obtainTokens(who, 'permit');
      return [await readAcr(tokens), tokens];
    };
    const person = await world.addPerson();
    const first = createTraveller(world.issuer, createSoftwareAuthenticator({ attestation: maker.packed() }));
    await enrol(first, await inviteStrongly(world, person.id));
    expect((await enter(createOtherBrowser(first)))[0]).toBe(substantial);
    await importWith(1, [{ status: 'FIDO_CERTIFIED_L1' }]);

    // A fresh ceremony of the level high binds as strongly as it is itself, one of the level substantial does not.
    const second = await add(createOtherBrowser(first), { attestation: maker.tpm() });
    const synced = await add(createOtherBrowser(first), { isBackupEligible: true, counterStep: 0 });
    const third = await add(synced, { attestation: maker.packed() });
    const [acr, tokens] = await enter(second);
    expect([acr, (await enter(synced))[0], (await enter(third))[0]]).toEqual([high, substantial, substantial]);

    expect(await introspect(tokens.body['access_token'])).toMatchObject({ active: true, acr: high });
    await importWith(2, [{ status: 'FIDO_CERTIFIED_L1' }, { status: 'ATTESTATION_KEY_COMPROMISE', effectiveDate: '2026-01-01' }]);
    expect(await introspect(tokens.body['access_token'])).toMatchObject({ active: true, acr: substantial });
    expect(await askAgain(second)).toBe(substantial);
    await importWith(3, [
      { status: 'ATTESTATION_KEY_COMPROMISE', effectiveDate: '2026-01-01' },
      { status: 'FIDO_CERTIFIED_L1', effectiveDate: '2026-02-01' },
    ]);
    expect((await enter(createOtherBrowser(second)))[0]).toBe(high);
  });
});
