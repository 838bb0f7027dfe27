// Freezing and lifting a freeze over HTTP: closing from a session and by a printed code, opening only with a passkey that reaches high, after a delay.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { beginCeremony, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createUserAgent } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  createEnrolledPerson,
  createOtherBrowser,
  findStep,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
} from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const hour = 3_600_000;

describe('a frozen identity', () => {
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

  type Sara = { readonly traveller: Traveller; readonly id: string };

  const createSara = async (): Promise<Sara> => {
    const { traveller, person } = await createEnrolledPerson(world);
    return { traveller, id: person.id };
  };
  const open = async ({ traveller }: Pick<Sara, 'traveller'>, path: string): Promise<Answered> =>
    traveller.agent.get(`${world.issuer}${path}`);
  const statusOf = ({ id }: Sara): unknown => database.rows('SELECT status FROM people WHERE id = ?', id)[0]?.['status'];
  const freeze = async (sara: Sara): Promise<Answered> => {
    await openAccountPage(sara.traveller);
    const form = getForm(await open(sara, '/account/freeze'), /\/account\/freeze$/);
    return sara.traveller.agent.post(form.action, form.fields);
  };
  /** As an attested passkey bound at a counter stands in the database. */
  const raise = ({ id }: Sara): void => {
    database.run(`UPDATE passkeys SET standing = 'trusted', ceiling = 'high' WHERE person_id = '${id}'`);
  };
  const askToLift = async (traveller: Traveller): Promise<Answered> => signIn(traveller, await open({ traveller }, '/unfreeze'));
  const typeCode = async (code: string): Promise<Answered> => {
    const agent = createUserAgent(world.issuer);
    const form = getForm(await agent.get(`${world.issuer}/freeze`), /\/freeze$/);
    return agent.post(form.action, { ...form.fields, code });
  };

  it('opens nothing at the next request anywhere: no session, no token, no sign-in, no link', async () => {
    const sara = await createSara();
    const { body } = await obtainTokens(sara.traveller, 'permit');
    const done = await freeze(sara);
    expect([done.url, done.status, statusOf(sara)]).toEqual([`${world.issuer}/frozen`, 200, 'frozen']);
    expect((await fetchUserInfo(world.issuer, body['access_token'])).status).toBe(401);
    const page = await open(sara, '/account');
    expect(findStep(page)).toBe('sign-in');
    const { verifyUrl, token, answer } = await beginCeremony(sara.traveller, page, 'authenticate');
    expect((await sara.traveller.agent.postJson(verifyUrl, token, answer)).body).toContain('passkey/refused');
  });

  it('is lifted with a passkey that reaches high, after the delay, and not a moment before', async () => {
    const sara = await createSara();
    raise(sara);
    await freeze(sara);
    const waits = await askToLift(createOtherBrowser(sara.traveller));
    expect([new URL(waits.url).pathname, waits.body.includes('data-unfreeze="waits"')]).toEqual(['/unfreeze/waits', true]);
    time.advance(23 * hour);
    await askToLift(createOtherBrowser(sara.traveller));
    expect(statusOf(sara)).toBe('frozen');
    time.advance(hour);
    await askToLift(createOtherBrowser(sara.traveller));
    expect(statusOf(sara)).toBe('active');
    expect((await openAccountPage(createOtherBrowser(sara.traveller))).status).toBe(200);
    expect(findStep(await open(sara, '/account'))).toBe('sign-in');
  });

  it('stays when whoever asked to lift it presses “keep it frozen”; opening the page changes nothing', async () => {
    const sara = await createSara();
    raise(sara);
    await freeze(sara);
    const waits = await askToLift(createOtherBrowser(sara.traveller));
    const stranger = createUserAgent(world.issuer);
    const form = getForm(await stranger.get(waits.url), /\/unfreeze\/stop$/);
    const waiting = (): number => database.rows('SELECT id FROM freezes WHERE person_id = ? AND unfreeze_at IS NOT NULL', sara.id).length;
    expect(waiting()).toBe(1);
    expect((await stranger.post(form.action, form.fields)).url).toBe(`${world.issuer}/frozen`);
    expect([waiting(), statusOf(sara)]).toEqual([0, 'frozen']);
    expect(findErrorCode(await stranger.post(form.action, { ...form.fields, freeze: 'another' }))).toBe('request/form-outdated');
  });

  it('is not lifted with a lesser passkey, which is told so only after it verified', async () => {
    const sara = await createSara();
    await freeze(sara);
    const told = await askToLift(sara.traveller);
    expect([new URL(told.url).pathname, statusOf(sara)]).toEqual(['/unfreeze/counter', 'frozen']);
    expect(database.rows('SELECT id FROM freezes WHERE person_id = ? AND unfreeze_at IS NOT NULL', sara.id)).toEqual([]);
  });

  it('EN-06 tells nobody whose passkey it was: suspended, deceased or removed, the answer is one', async () => {
    const people = [await createSara(), await createSara(), await createSara()];
    const [suspended, deceased, removed] = people.map(({ id }) => id);
    database.run(`UPDATE people SET status = 'suspended' WHERE id = '${suspended}'`);
    database.run(`UPDATE people SET status = 'deceased' WHERE id = '${deceased}'`);
    database.run(`UPDATE passkeys SET ended_at = 1, end_reason = 'removed' WHERE person_id = '${removed}'`);
    const answers = await Promise.all(
      people.map(async ({ traveller }) => {
        const begun = await beginCeremony(traveller, await open({ traveller }, '/unfreeze'), 'authenticate');
        const { status, body } = await traveller.agent.postJson(begun.verifyUrl, begun.token, begun.answer);
        return `${status} ${body.replace(/"reference":"[^"]*"/, '')}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^400 .*passkey\/refused/);
  });

  it('that an operator ordered is not the person’s to lift', async () => {
    const sara = await createSara();
    raise(sara);
    await freeze(sara);
    database.run(
      `INSERT INTO freezes (id, person_id, authority, how, frozen_at) VALUES ('by order', '${sara.id}', 'ordered', 'command', 1)`,
    );
    const told = await askToLift(sara.traveller);
    expect([new URL(told.url).pathname, statusOf(sara)]).toEqual(['/unfreeze/ordered', 'frozen']);
  });

  it('WA-03 takes no answer to a challenge that was made for a sign-in, nor the other way round', async () => {
    const sara = await createSara();
    const signInPage = await open(sara, '/account');
    const begun = await beginCeremony(sara.traveller, signInPage, 'authenticate');
    const page = await open(sara, '/unfreeze');
    const own = await beginCeremony(sara.traveller, page, 'authenticate');
    const crossed = await sara.traveller.agent.postJson(own.verifyUrl, own.token, begun.answer);
    expect([crossed.status, crossed.body.includes('passkey/challenge-unknown')]).toEqual([400, true]);
    const back = await sara.traveller.agent.postJson(begun.verifyUrl, begun.token, own.answer);
    expect([back.status, back.body.includes('passkey/challenge-unknown')]).toEqual([400, true]);
  });

  it('comes by a printed code too, made after a fresh ceremony, shown once, and every wrong code has one answer', async () => {
    const sara = await createSara();
    await openAccountPage(sara.traveller);
    const form = getForm(await goThrough(sara.traveller, await open(sara, '/account/freeze/code')), /\/freeze\/code$/);
    const sheet = await sara.traveller.agent.post(form.action, form.fields);
    const [, code = ''] = /data-freeze-code>([^<]*)</.exec(sheet.body) ?? [];
    expect(code).toMatch(/^[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}$/);
    expect(sheet.body).not.toMatch(/Sara Alqahtani|1000000008/);
    expect((await open(sara, '/account/freeze')).body).not.toContain(code);
    const wrong = [await typeCode('2345-6789-ABCD-EFGH'), await typeCode('nonsense'), await typeCode('')];
    const plain = wrong.map(({ status, body }) => [status, body.replaceAll(/value="[^"]*"/g, '').replaceAll(/nonce="[^"]*"/g, '')]);
    expect(new Set(plain.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(plain[0]?.[0]).toBe(400);
    expect(wrong[1]?.body).toContain('value="nonsense"');
    expect(statusOf(sara)).toBe('active');
    const done = await typeCode(code.toLowerCase().replaceAll('-', ' '));
    expect([done.url, statusOf(sara)]).toEqual([`${world.issuer}/frozen`, 'frozen']);
    expect((await typeCode(code)).status).toBe(400);
    time.advance(6 * 60_000);
    const stale = await createSara();
    await openAccountPage(stale.traveller);
    time.advance(6 * 60_000);
    expect(findStep(await open(stale, '/account/freeze/code'))).toBe('sign-in');
    expect(findErrorCode(await open(stale, '/unfreeze/waits?at=1&mark=x'))).toBe('request/not-found');
  });
});
