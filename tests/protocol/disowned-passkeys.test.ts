// Whoever took over a session can bind a key of their own. What the person says of it, and of a sign-in with it, decides what that key may still do in a freeze.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { bindPasskey } from '../support/recovery-journey.ts';
import { shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createEnrolledPerson, createOtherBrowser, getForm, openAccountPage } from '../support/visits.ts';
import { createUserAgent } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const hour = 3_600_000;

describe('a passkey that somebody bound in an open session', () => {
  let world: World;
  let database: OpenDatabase;
  let time: ShiftedTime;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
    time.restore();
  });

  type Taken = { readonly person: Traveller; readonly thief: Traveller; readonly id: string };

  const raise = (id: string): void => database.run(`UPDATE passkeys SET standing = 'trusted', ceiling = 'high' WHERE person_id = '${id}'`);
  /** Somebody who has had a passkey of `high` for a month, and in whose open session a second one was bound a moment ago. */
  const createTaken = async (): Promise<Taken> => {
    const { traveller, person } = await createEnrolledPerson(world);
    time.advance(24 * 30 * hour);
    await openAccountPage(traveller);
    const planted: Traveller = { ...traveller, authenticator: createSoftwareAuthenticator() };
    await bindPasskey(planted, await traveller.agent.get(`${world.issuer}/account/passkeys`));
    raise(person.id);
    return { person: traveller, thief: createOtherBrowser(planted), id: person.id };
  };
  const freeze = async ({ person }: Taken): Promise<void> => {
    const form = getForm(await person.agent.get(`${world.issuer}/account/freeze`), /\/account\/freeze$/);
    await person.agent.post(form.action, form.fields);
  };
  const askToLift = async (who: Traveller): Promise<string> => {
    const other = createOtherBrowser(who);
    return new URL((await signIn(other, await other.agent.get(`${world.issuer}/unfreeze`))).url).pathname;
  };
  const disown = async ({ person }: Taken, kind: string): Promise<Answered> => {
    const { body } = await person.agent.get(`${world.issuer}/account/notices`);
    const link = new RegExp(`data-notice="${kind}"[^]*?href="([^"]*/not-me/[^"]+)"`).exec(body)?.[1] ?? 'no link';
    const agent = createUserAgent(world.issuer);
    const form = getForm(await agent.get(new URL(link, world.issuer).href), /\/not-me\//);
    return agent.post(form.action, form.fields);
  };
  const endsOf = ({ id }: Pick<Taken, 'id'>): readonly unknown[] =>
    database.rows('SELECT end_reason FROM passkeys WHERE person_id = ? ORDER BY created_at', id).map((row) => row['end_reason']);
  const statusOf = ({ id }: Pick<Taken, 'id'>): unknown => database.rows('SELECT status FROM people WHERE id = ?', id)[0]?.['status'];

  it('WA-20 removes no older one and closes no account for a day, and says from when', async () => {
    const { thief, id } = await createTaken();
    await openAccountPage(thief);
    const { body } = await thief.agent.get(`${world.issuer}/account/security`);
    const [older = ''] = /\/account\/passkeys\/[\w-]{22}\/remove/.exec(body) ?? [];
    const removal = `${world.issuer}${older}`;
    const close = `${world.issuer}/account/close`;
    const token = getForm(await openAccountPage(thief), /\/account\/sign-out$/).fields;
    const refused = [
      await thief.agent.get(removal),
      await thief.agent.post(removal, token),
      await thief.agent.get(close),
      await thief.agent.post(close, token),
    ];
    expect(refused.map(findErrorCode)).toEqual(refused.map(() => 'passkey/too-new'));
    expect([statusOf({ id }), endsOf({ id })]).toEqual(['active', [null, null]]);
    time.advance(25 * hour);
    const back = await signIn(thief, await thief.agent.get(removal));
    const form = getForm(back, /\/remove$/);
    await thief.agent.post(form.action, form.fields);
    expect(endsOf({ id })).toEqual(['removed', null]);
  });

  it('WA-20 within the day before a freeze lifts nothing, and the one from before does', async () => {
    const taken = await createTaken();
    await freeze(taken);
    expect([await askToLift(taken.thief), statusOf(taken)]).toEqual(['/unfreeze/counter', 'frozen']);
    time.advance(30 * hour);
    expect([await askToLift(taken.thief), statusOf(taken)]).toEqual(['/unfreeze/counter', 'frozen']);
    expect(await askToLift(taken.person)).toBe('/unfreeze/waits');
  });

  it('WA-20 that its person disowns ends in the same act, and the others stay', async () => {
    const taken = await createTaken();
    expect((await disown(taken, 'passkey-added')).status).toBe(200);
    expect([statusOf(taken), endsOf(taken)]).toEqual(['frozen', [null, 'disowned']]);
    await expect(askToLift(taken.thief)).rejects.toThrow('passkey/');
    expect(await askToLift(taken.person)).toBe('/unfreeze/waits');
  });

  it('WA-20 whose sign-in its person disowns lifts nothing before an officer closed the case, however old it is', async () => {
    const taken = await createTaken();
    time.advance(48 * hour);
    await openAccountPage(createOtherBrowser(taken.thief));
    await openAccountPage(taken.person);
    expect((await disown(taken, 'new-device')).status).toBe(200);
    expect([statusOf(taken), endsOf(taken)]).toEqual(['frozen', [null, null]]);
    expect(await askToLift(taken.thief)).toBe('/unfreeze/counter');
    database.run(`UPDATE security_notices SET case_closed_at = ${Date.now()} WHERE person_id = '${taken.id}'`);
    expect(await askToLift(taken.thief)).toBe('/unfreeze/waits');
  });

  it('WA-20 and is the only one of its person is not ended by a letter, and lifts nothing', async () => {
    const {
      traveller: person,
      person: { id },
    } = await createEnrolledPerson(world);
    raise(id);
    await openAccountPage(person);
    const taken = { person, thief: person, id };
    expect((await disown(taken, 'enrolled')).status).toBe(200);
    expect([statusOf(taken), endsOf(taken), await askToLift(person)]).toEqual(['frozen', [null], '/unfreeze/counter']);
  });
});
