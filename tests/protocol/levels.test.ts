// A level that a service demands, or wishes for, and that a sign-in does not reach: the person reads why and what to do, the request waits meanwhile, nobody is sent
// round, and the service hears no more than one word.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readIdToken } from '../support/id-token.ts';
import { beginCeremony, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { exchangeCode } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { noChanges } from '../support/store-samples.ts';
import { createBothKinds } from '../support/strong-passkey.ts';
import type { Answered } from '../support/user-agent.ts';
import { askSilently, createEnrolled, createRequest, findStep, goThrough, leaveStepUp, obtainTokens, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const high = 'urn:huwiya:loa:high';
const substantial = 'urn:huwiya:loa:substantial';
const essential = (value: string): Readonly<Record<string, string>> => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, value } } }),
});

/** Which page explains: with a passkey that would do, or with what to bring. */
function findExplanation(page: Answered): 'confirm' | 'none' | undefined {
  if (page.body.includes('/step-up/verify')) {
    return 'confirm';
  }
  return page.body.includes('data-action="other-passkey"') ? 'none' : undefined;
}

const toAnswer = (page: Answered): readonly (string | null)[] => {
  const { searchParams } = new URL(page.url);
  return [searchParams.get('error'), searchParams.get('error_description')];
};

describe('a level that is not reached', () => {
  let world: World;
  let time: ShiftedTime;

  beforeAll(async () => {
    world = await createWorld();
  });

  beforeEach(() => {
    time = shiftTime();
  });

  afterEach(() => {
    time.restore();
  });

  afterAll(async () => {
    await world.close();
  });

  const ask = (extra: Readonly<Record<string, string>>) => createRequest(world.issuer, 'permit', extra);

  const setMinimum = async (minimumLevel: 'substantial' | 'high'): Promise<void> => {
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const services = registered === undefined ? [] : [{ ...registered.service, minimumLevel }];
    await world.storage.agencies.saveChanges({ ...noChanges, services });
  };

  const readAcr = async (arrived: Answered, verifier: string): Promise<readonly unknown[]> => {
    const tokens = await exchangeCode(world.issuer, arrived.url, verifier);
    const claims = await readIdToken(world.issuer, tokens.body['id_token']);
    return [claims['acr'], claims['amr']];
  };

  it('asks whoever has another passkey that reaches it for that one, names only such, and goes on where the request was', async () => {
    const { weak, strong, strongId } = await createBothKinds(world);
    await visit(weak, 'permit');
    const request = ask(essential(high));
    const page = await weak.agent.get(request.url);
    expect(findExplanation(page)).toBe('confirm');
    expect(page.body).toContain('data-action="back"');
    expect(page.body).not.toContain('data-action="below"');
    const { answer } = await beginCeremony(strong, page, 'authenticate');
    expect(toObject(JSON.stringify(toObject(JSON.stringify(answer))['response']))['id']).toBe(strongId);
    const arrived = await goThrough(strong, await signIn(strong, await weak.agent.get(page.url)));
    expect(new URL(arrived.url).searchParams.get('state')).toBe(request.state);
    expect(await readAcr(arrived, request.verifier)).toEqual([high, ['hwk', 'user', 'mfa']]);
    // The session is of that level from now on: nothing is asked again.
    expect((await askSilently(weak, 'permit', essential(high))).has('code')).toBe(true);
  });

  it('AZ-19 that no passkey of the person reaches is explained, and the service hears one word when they turn back', async () => {
    const traveller = await createEnrolled(world);
    const page = await goThrough(traveller, await traveller.agent.get(ask(essential(high)).url));
    expect(findExplanation(page)).toBe('none');
    expect(toAnswer(await leaveStepUp(traveller, page, 'back'))).toEqual(['unmet_authentication_requirements', 'level_not_reached']);
    expect((await askSilently(traveller, 'permit', essential(high))).get('error')).toBe('login_required');
  });

  it('never sends anybody round: each further try is a press of the person, and ends at the same page', async () => {
    const traveller = await createEnrolled(world);
    let page = await goThrough(traveller, await traveller.agent.get(ask(essential(high)).url));
    for (const _try of [1, 2]) {
      expect(findExplanation(page)).toBe('none');
      const other = await traveller.agent.get(`${page.url}?switch=yes`);
      expect([findStep(other), findExplanation(other)]).toEqual(['sign-in', undefined]);
      page = await signIn(traveller, other);
    }
    expect(findExplanation(page)).toBe('none');
    expect(toAnswer(await leaveStepUp(traveller, page, 'back'))[1]).toBe('level_not_reached');
  });

  it('that a service demands of everybody is explained the same way, at once an error where no page is allowed, and never gone below', async () => {
    const { weak, strong } = await createBothKinds(world);
    await setMinimum('high');
    onTestFinished(() => setMinimum('substantial'));
    const request = ask({});
    const page = await signIn(weak, await weak.agent.get(request.url));
    expect(findExplanation(page)).toBe('confirm');
    const silent = await askSilently(weak, 'permit');
    expect([silent.get('error'), silent.get('error_description')]).toEqual(['login_required', 'higher_level_needed']);
    expect((await leaveStepUp(weak, page, 'below')).status).toBe(400);
    const arrived = await goThrough(strong, page);
    expect(await readAcr(arrived, request.verifier)).toEqual([high, ['hwk', 'user', 'mfa']]);
    const other = await createEnrolled(world);
    const explained = await goThrough(other, await other.agent.get(ask({}).url));
    expect(findExplanation(explained)).toBe('none');
    expect(toAnswer(await leaveStepUp(other, explained, 'back'))).toEqual(['access_denied', 'level_too_low']);
  });

  it('that is only wished for is asked of whom can fulfil it, once, and may be declined', async () => {
    const { weak, strong } = await createBothKinds(world);
    const without = await createEnrolled(world);
    const plain = await obtainTokens(without, 'permit', { extra: { acr_values: high } });
    expect((await readIdToken(world.issuer, plain.body['id_token']))['acr']).toBe(substantial);
    const request = ask({ acr_values: high });
    const first = await signIn(weak, await weak.agent.get(request.url));
    expect([findExplanation(first), first.body.includes('data-action="below"')]).toEqual(['confirm', true]);
    const declined = await goThrough(weak, await leaveStepUp(weak, first, 'below'));
    expect(await readAcr(declined, request.verifier)).toEqual([substantial, ['hwk', 'user', 'mfa']]);
    expect((await askSilently(weak, 'permit', { acr_values: high })).has('code')).toBe(true);
    const both = ask({ acr_values: `${high} ${substantial}` });
    expect(findExplanation(await weak.agent.get(both.url))).toBeUndefined();
    const again = ask({ acr_values: high });
    const reached = await goThrough(strong, await weak.agent.get(again.url));
    expect(await readAcr(reached, again.verifier)).toEqual([high, ['hwk', 'user', 'mfa']]);
    const left = await createBothKinds(world);
    const shown = await signIn(left.weak, await left.weak.agent.get(ask({ acr_values: high }).url));
    expect(toAnswer(await leaveStepUp(left.weak, shown, 'back'))).toEqual(['access_denied', 'sign_in_left']);
  });

  it('is not mixed up with a sign-in that is too old: who it is comes first, and the level after it if it is still missing', async () => {
    const { weak, strong } = await createBothKinds(world);
    await visit(weak, 'permit');
    time.advance(minutes(3));
    const stale = { ...essential(high), max_age: '60' };
    const page = await weak.agent.get(ask(stale).url);
    expect([findStep(page), findExplanation(page)]).toEqual(['sign-in', undefined]);
    expect(findExplanation(await signIn(weak, page))).toBe('confirm');
    const anew = ask(stale);
    const arrived = await goThrough(strong, await signIn(strong, await weak.agent.get(anew.url)));
    const claims = await readIdToken(world.issuer, (await exchangeCode(world.issuer, arrived.url, anew.verifier)).body['id_token']);
    expect(claims['acr']).toBe(high);
    expect(Math.floor(Date.now() / 1000) - Number(claims['auth_time'])).toBeLessThan(30);
  });

  it('is never asked of whom is above it, who is told to be where they were demanded', async () => {
    const { weak, strong } = await createBothKinds(world);
    await visit(strong, 'permit');
    const demanded = ask(essential(substantial));
    expect(await readAcr(await goThrough(strong, await weak.agent.get(demanded.url)), demanded.verifier)).toEqual([
      substantial,
      ['hwk', 'user', 'mfa'],
    ]);
    const wished = ask({ acr_values: substantial });
    expect((await readAcr(await goThrough(strong, await weak.agent.get(wished.url)), wished.verifier))[0]).toBe(high);
  });

  it('that there is none of is refused before anybody signs in for it', async () => {
    const traveller: Traveller = await createEnrolled(world);
    const arrived = await traveller.agent.get(ask(essential('urn:example:none')).url);
    expect(toAnswer(arrived)).toEqual(['unmet_authentication_requirements', 'level_not_reached']);
  });
});
