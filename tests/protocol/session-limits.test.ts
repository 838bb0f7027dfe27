// A session ends by itself: 30 minutes after the last use, and 12 hours after the sign-in whatever happens. Neither is ever a defect to look at.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allow, goOn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { whileRegistered } from '../support/change-standing.ts';
import { hours, minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import {
  askSilently,
  createEnrolled,
  createRequest,
  findStep,
  goThrough,
  obtainTokens,
  openAccountPage,
  visit,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('the limits of a session', () => {
  let world: World;
  let traveller: Traveller;
  let time: ShiftedTime;

  beforeEach(async () => {
    time = shiftTime();
    world = await createWorld();
    traveller = await createEnrolled(world);
  });

  afterEach(async () => {
    time.restore();
    await world.close();
  });

  /** Whether the session still carries a request that may show no page. */
  const isAlive = async (): Promise<boolean> => {
    const answer = await askSilently(traveller, 'permit');
    expect(['login_required', null]).toContain(answer.get('error'));
    return answer.has('code');
  };

  it('lets it rest for just under 30 minutes', async () => {
    await visit(traveller, 'permit');
    time.advance(minutes(30) - 2000);
    expect(await isAlive()).toBe(true);
  });

  it('ends it after 30 minutes without use, everywhere, with the sign-in page instead of an error', async () => {
    const tokens = await obtainTokens(traveller, 'permit');
    await openAccountPage(traveller);
    time.advance(minutes(30) + 1000);
    expect(await isAlive()).toBe(false);
    expect(findStep(await traveller.agent.get(`${world.issuer}/account`))).toBe('sign-in');
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect([page.status, findStep(page)]).toEqual([200, 'sign-in']);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect((await goThrough(traveller, page)).url).toContain('code=');
  });

  it('is pushed back by use, but never beyond 12 hours from the sign-in', async () => {
    await visit(traveller, 'permit');
    for (let used = 0; used < 28; used += 1) {
      time.advance(minutes(25));
      expect(await isAlive()).toBe(true);
    }
    time.advance(minutes(15));
    expect(await isAlive()).toBe(true);
    time.advance(minutes(5) + 2000);
    expect(await isAlive()).toBe(false);
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    expect([page.status, findStep(page)]).toEqual([200, 'sign-in']);
  });

  it('is pushed back by reading the own page', async () => {
    await visit(traveller, 'permit');
    await openAccountPage(traveller);
    for (let read = 0; read < 3; read += 1) {
      time.advance(minutes(25));
      expect(findStep(await traveller.agent.get(`${world.issuer}/account/activity`))).toBeUndefined();
    }
    expect(await isAlive()).toBe(true);
  });

  it('may rest for less time at one service: there a fresh ceremony is asked for until it is done, and elsewhere the session goes on', async () => {
    await visit(traveller, 'permit');
    await visit(traveller, 'clinic');
    await whileRegistered(world, { place: 'permit', more: { session_idle: 300 } }, async () => {
      time.advance(minutes(5) - 1000);
      expect(await isAlive()).toBe(true);
      time.advance(minutes(5) + 1000);
      expect(await isAlive()).toBe(false);
      // To ask again is no use of the session, and to use it elsewhere is no ceremony.
      expect(await isAlive()).toBe(false);
      expect((await askSilently(traveller, 'clinic')).has('code')).toBe(true);
      expect(await isAlive()).toBe(false);
      const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
      expect(findStep(page)).toBe('sign-in');
      expect((await goThrough(traveller, page)).url).toContain('code=');
      expect([await isAlive(), (await askSilently(traveller, 'clinic')).has('code')]).toEqual([true, true]);
    });
  });

  it.each(['decide', 'continue'] as const)(
    'that rested too long for a service is not used by its page %s, which was left open',
    async (left) => {
      await (left === 'continue' ? visit(traveller, 'permit') : visit(traveller, 'clinic'));
      await whileRegistered(world, { place: 'permit', more: { session_idle: 60 } }, async () => {
        const page = await traveller.agent.get(
          createRequest(world.issuer, 'permit', left === 'continue' ? { prompt: 'select_account' } : {}).url,
        );
        expect(findStep(page)).toBe(left);
        time.advance(minutes(9));
        const pressed = await (left === 'continue' ? goOn(traveller, page) : allow(traveller, page));
        expect(findStep(pressed)).toBe('sign-in');
        expect((await goThrough(traveller, pressed)).url).toContain('code=');
        expect(await isAlive()).toBe(true);
      });
    },
  );

  it('may be too old for one service by its registration: there a fresh ceremony is asked for, and elsewhere the session goes on', async () => {
    await visit(traveller, 'permit');
    await visit(traveller, 'clinic');
    await whileRegistered(world, { place: 'permit', more: { default_max_age: 600 } }, async () => {
      time.advance(minutes(6));
      expect(await isAlive()).toBe(true);
      time.advance(minutes(6));
      expect(await isAlive()).toBe(false);
      expect((await askSilently(traveller, 'clinic')).has('code')).toBe(true);
      await visit(traveller, 'permit');
      expect(await isAlive()).toBe(true);
    });
  });

  it('turns a page that was left open for too long into a page that says so', async () => {
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    time.advance(minutes(10) + 1000);
    const left = await traveller.agent.get(page.url);
    expect([left.status, left.body.includes('data-error="interaction/expired"')]).toEqual([400, true]);
  });

  it('answers nothing with a defect when a dead cookie comes back after days', async () => {
    await visit(traveller, 'permit');
    await openAccountPage(traveller);
    time.advance(hours(80));
    const answers = await Promise.all(
      ['/', '/account', '/account/passkeys', '/session/end?client_id=mol-work-permit', '/auth?client_id=mol-work-permit'].map(
        async (path) => traveller.agent.send(`${world.issuer}${path}`),
      ),
    );
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect(world.logLines.filter((line) => line.includes('internal/unexpected'))).toEqual([]);
  });
});
