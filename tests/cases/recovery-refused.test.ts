// Who may say no to a recovery in a session: not with a passkey of an hour ago, and not with a session alone (security contract 2.7, 2.12).

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import { findErrorCode } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { createLostWorld } from '../support/lost-people.ts';
import type { Lost, LostWorld } from '../support/lost-people.ts';
import { createTraveller, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { bindPasskey, lettersTo } from '../support/recovery-journey.ts';
import { hours } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { Answered } from '../support/user-agent.ts';
import { createRequest, getForm, goThrough, openAccountPage, visit } from '../support/visits.ts';
import type { World } from '../support/world.ts';

describe('a no to a recovery', () => {
  let lostWorld: LostWorld;
  let world: World;
  let watch: Watch;
  let time: ShiftedTime;

  beforeAll(async () => {
    lostWorld = await createLostWorld();
    ({ world, watch, time } = lostWorld);
  });

  // What an earlier case counted is long gone.
  beforeEach(() => time.advance(hours(24 * 40)));

  afterAll(async () => lostWorld.close());

  const createLost = async (): Promise<Lost> => lostWorld.create();
  const begin = async (lost: Lost): Promise<Answered> => lostWorld.begin(lost);
  const entriesOf = (lost: Lost, type: string): number => lostWorld.countEntries(lost, type);

  test('WA-20 a passkey that was added a moment ago beside an older one cancels nothing; a day later it does', async () => {
    const lost = await createLost();
    await openAccountPage(lost.before);
    const planted = createSoftwareAuthenticator();
    const thief: Traveller = { ...lost.before, authenticator: planted };
    const add = await lost.before.agent.get(`${world.issuer}/account/passkeys`);
    await bindPasskey(thief, add);
    await begin(lost);
    const other = createTraveller(world.issuer, planted);
    const cancel = async (): Promise<Answered> => {
      const form = getForm(await openAccountPage(other), /\/account\/recoveries\/[\w-]+\/cancel$/);
      return other.agent.post(form.action, form.fields);
    };
    expect(findErrorCode(await cancel())).toBe('recovery/passkey-too-new');
    expect(entriesOf(lost, 'recovery.cancelled')).toBe(0);
    // It removes no older one; and where one was removed in another way, nobody holds the oldest by that.
    const all = `SELECT id FROM passkeys WHERE person_id = '${lost.person.id}'`;
    const oldest = watch.database.rows(`${all} ORDER BY created_at LIMIT 1`)[0]?.['id'];
    const removal = `${world.issuer}/account/passkeys/${toDigest(`passkey-handle:${String(oldest)}`).slice(0, 22)}/remove`;
    expect(findErrorCode(await other.agent.get(removal))).toBe('passkey/too-new');
    watch.database.run(`UPDATE passkeys SET ended_at = 1, end_reason = 'removed' WHERE id = '${String(oldest)}'`);
    expect([watch.database.rows(all).length, watch.database.rows(`${all} AND ended_at IS NULL`).length]).toEqual([2, 1]);
    expect(findErrorCode(await cancel())).toBe('recovery/passkey-too-new');
    time.advance(hours(25));
    expect((await cancel()).url).toContain('/recover/cancelled');
  });

  test.each(['suspended', 'emigrated', 'deceased'] as const)(
    'a recovery that ends because its person is %s is told to whoever waited, in words that name no status and promise nothing',
    async (status) => {
      const lost = await createLost();
      await begin(lost);
      await setPersonStatus(world, lost.person, status);
      expect(entriesOf(lost, 'recovery.cancelled')).toBe(1);
      const told = () =>
        lettersTo(world, lost.email).filter(({ subject }) => /has stopped: the status of your identity|لتغيّر حالة هويتك/.test(subject));
      await expect.poll(() => told().length, { timeout: 15_000 }).toBe(1);
      const text = told()[0]?.text ?? '';
      expect(text).toMatch(/A registration office tells you why|يبيّن لك مكتب التسجيل/);
      expect(text).not.toMatch(/deceased|died|suspended|emigrated|there is nothing to do|متوف|فلا يلزم شيء/);
    },
  );

  test('SE-05 a session whose passkey has not answered for five minutes says no only after the ceremony, on the own page and on the way to a service', async () => {
    const [lost, other] = [await createLost(), await createLost()];
    await visit(other.before, 'permit');
    const old = await openAccountPage(lost.before);
    expect(old.status).toBe(200);
    await begin(lost);
    await begin(other);
    time.advance(6 * 60_000);
    const form = getForm(await openAccountPage(lost.before), /\/account\/recoveries\/[\w-]+\/cancel$/);
    const asked = await watch.changesNothing(async () => lost.before.agent.post(form.action, form.fields));
    expect([asked.body.includes('data-ceremony="sign-in"'), entriesOf(lost, 'recovery.cancelled')]).toEqual([true, 0]);
    const back = await signIn(lost.before, asked);
    expect(back.url).toBe(new URL(form.action, world.issuer).href);
    const again = getForm(back, /\/account\/recoveries\/[\w-]+\/cancel$/);
    expect((await lost.before.agent.post(again.action, again.fields)).url).toContain('/recover/cancelled?way=waiting');
    expect(entriesOf(lost, 'recovery.cancelled')).toBe(1);

    const held = await other.before.agent.get(createRequest(world.issuer, 'permit').url);
    const look = getForm(held, /\/decision$/);
    const stop = { ...look.fields, decision: 'stop' };
    const led = await watch.changesNothing(async () => other.before.agent.post(look.action, stop));
    expect([led.body.includes('data-ceremony="sign-in"'), entriesOf(other, 'recovery.cancelled')]).toEqual([true, 0]);
    const shown = await signIn(other.before, led);
    const fresh = getForm(shown, /\/decision$/);
    expect(shown.body).toContain('data-action="stop-recovery"');
    const stopped = await other.before.agent.post(fresh.action, { ...fresh.fields, decision: 'stop' });
    expect([stopped.url.endsWith('?stopped=waiting'), entriesOf(other, 'recovery.cancelled')]).toEqual([true, 1]);
    expect((await goThrough(other.before, stopped)).url).toContain('code=');
  });
});
