// What somebody tries with a stolen session, a removed passkey or a second tab: adding and removing passkeys, and the sessions of a person (security contract 2.7, 2.12).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mostPasskeys } from '../../src/domain/passkeys/passkey.ts';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { beginCeremony, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { BegunCeremony, Traveller } from '../support/person-journey.ts';
import { shiftTime } from '../support/shift-time.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createPasskey } from '../support/store-samples.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  findForms,
  findStep,
  getForm,
  goThrough,
  obtainTokens,
  openAccountPage,
  visit,
} from '../support/visits.ts';

const errorOf = (answered: Answered): string => /"code":"([^"]*)"/.exec(answered.body)?.[1] ?? `none: ${answered.status}`;

describe('the passkeys and sessions of a person', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const send = async (who: Traveller, { verifyUrl, token, answer }: BegunCeremony): Promise<Answered> =>
    who.agent.postJson(verifyUrl, token, answer);
  const withNewKey = (who: Traveller): Traveller => ({ ...who, authenticator: createSoftwareAuthenticator() });
  const openAdding = async (who: Traveller): Promise<Answered> => {
    await openAccountPage(who);
    return who.agent.get(`${at.issuer}/account/passkeys`);
  };
  const add = async (who: Traveller): Promise<Traveller> => {
    const page = await openAdding(who);
    const other = withNewKey(who);
    expect((await send(who, await beginCeremony(other, page, 'register'))).status).toBe(200);
    return createOtherBrowser(other);
  };
  const findRemovals = async (who: Traveller): Promise<readonly string[]> => {
    const { body } = await who.agent.get(`${at.issuer}/account/security`);
    return [...body.matchAll(/href="(\/account\/passkeys\/[\w-]{22}\/remove)"/g)].map(([, url = '']) => `${at.issuer}${url}`);
  };

  test('WA-20 with a session of more than five minutes nobody adds a passkey, and who may is told of in an entry', async () => {
    const time = shiftTime();
    try {
      const person = await at.newPerson();
      const page = await openAdding(person);
      const begun = await beginCeremony(withNewKey(person), page, 'register');
      time.advance(302_000);
      await at.changesNothing(async () => {
        const refused = await send(person, begun);
        expect([refused.status, errorOf(refused)]).toEqual([401, 'session/too-old']);
        await expect(beginCeremony(withNewKey(person), page, 'register')).rejects.toThrow('session/too-old');
        const asked = await person.agent.get(`${at.issuer}/account/passkeys`);
        expect(findStep(asked)).toBe('sign-in');
        // Nobody is told that they were signed out: they were not.
        expect(asked.body).toContain('نطلب مفتاح المرور مرة أخرى');
        expect((await person.agent.get(`${at.issuer}/account/switch`)).body).not.toContain('نطلب مفتاح المرور مرة أخرى');
      });
      const onwards = await signIn(person, await person.agent.get(`${at.issuer}/account/passkeys`));
      expect([new URL(onwards.url).pathname, onwards.body.includes('data-ceremony="create"')]).toEqual(['/account/passkeys', true]);
      time.advance(302_000);
      const before = at.database.rows("SELECT id FROM entries WHERE type = 'passkey.registered'").length;
      await signIn(person, await person.agent.get(`${at.issuer}/account/passkeys`));
      await add(person);
      expect(at.database.rows("SELECT id FROM entries WHERE type = 'passkey.registered'").length - before).toBe(1);
      const bound = at.database.rows('SELECT ceiling, created_at FROM passkeys ORDER BY created_at DESC LIMIT 1')[0];
      expect(bound?.['ceiling']).toBe('substantial');
      expect(Number(bound?.['created_at'])).toBeGreaterThan(Date.now() - 60_000);
    } finally {
      time.restore();
    }
  });

  test('WA-21 a registration begun in one session is not finished in another, nor after the account was switched in another tab', async () => {
    const person = await at.newPerson();
    const begun = await beginCeremony(withNewKey(person), await openAdding(person), 'register');
    const elsewhere = createOtherBrowser(person);
    const there = await beginCeremony(withNewKey(elsewhere), await openAdding(elsewhere), 'register');
    await at.changesNothing(async () => {
      const crossed = { ...there, answer: begun.answer };
      expect(errorOf(await send(elsewhere, begun))).toBe('request/form-outdated');
      expect(errorOf(await send(elsewhere, crossed))).toBe('passkey/challenge-unknown');
    });
    const again = await beginCeremony(withNewKey(person), await openAdding(person), 'register');
    const other = { ...(await at.newPerson()), agent: person.agent };
    await person.agent.post(`${at.issuer}/account/sign-out`, getForm(await openAccountPage(person), /\/account\/sign-out$/).fields);
    const others = await beginCeremony(withNewKey(other), await openAdding(other), 'register');
    await at.changesNothing(async () => {
      expect(errorOf(await send(other, again))).toBe('request/form-outdated');
      expect(errorOf(await send(other, { ...others, answer: again.answer }))).toBe('passkey/challenge-unknown');
    });
    const fresh = await beginCeremony(withNewKey(other), await openAdding(other), 'register');
    expect((await send(other, fresh)).status).toBe(200);
  });

  test('WA-23 the last passkey stays, the 51st is refused, and a removal comes wholly before or after a sign-in with it', async () => {
    const { traveller: person, person: stored } = await createEnrolledPerson(at.world);
    await openAccountPage(person);
    const [only = ''] = await findRemovals(person);
    const page = await person.agent.get(only);
    expect(findForms(page, /\/remove$/)).toEqual([]);
    await at.changesNothing(async () => {
      const refused = await person.agent.post(only, getForm(page, /\/account\/sign-out$/).fields);
      expect([refused.status, findErrorCode(refused)]).toEqual([409, 'passkey/last-one']);
    });
    const second = await add(person);
    // A step-up with the second is pending: its assertion is made, and its passkey goes before it arrives.
    const asked = await second.agent.get(createRequest(at.issuer, 'permit').url);
    const pending = await beginCeremony(second, asked, 'authenticate');
    const [, removal = ''] = await findRemovals(person);
    const removed = await person.agent.post(removal, getForm(await person.agent.get(removal), /\/remove$/).fields);
    expect(removed.status).toBe(200);
    await at.changesNothing(async () => {
      expect(errorOf(await send(second, pending))).toBe('passkey/refused');
      expect(findErrorCode(await person.agent.post(removal, getForm(page, /\/account\/sign-out$/).fields))).toBe('passkey/gone');
    });
    // The same, when the sign-in was accepted and its browser is on the way back.
    const third = await add(person);
    const accepted = await beginCeremony(third, await third.agent.get(createRequest(at.issuer, 'permit').url), 'authenticate');
    const next: unknown = JSON.parse((await send(third, accepted)).body).next;
    const [, other = ''] = await findRemovals(person);
    await person.agent.post(other, getForm(await person.agent.get(other), /\/remove$/).fields);
    await third.agent.get(new URL(String(next), at.issuer).href);
    const live = 'SELECT uid FROM sessions WHERE person_id = ? AND ended_at IS NULL';
    expect(at.database.rows(live, stored.id)).toHaveLength(1);
    expect(findStep(await third.agent.get(`${at.issuer}/account`))).toBe('sign-in');
    const begun = await beginCeremony(withNewKey(person), await openAdding(person), 'register');
    for (let count = 1; count < mostPasskeys; count += 1) {
      const event = sealEvent(
        { clock: at.world.clock, random: systemRandom },
        { type: 'passkey.registered', personRef: stored.id, actor: { kind: 'person', ref: null } },
      );
      await at.world.storage.passkeys.savePasskey({ passkey: createPasskey(stored.id), invitationDigest: null, now: Date.now(), event });
    }
    const full = await openAdding(person);
    expect(full.body).toContain('data-without="passkey"');
    await at.changesNothing(async () => {
      const refused = await send(person, begun);
      expect([refused.status, errorOf(refused)]).toEqual([409, 'passkey/too-many']);
      const url = `${at.issuer}/account/passkeys/options`;
      expect(errorOf(await person.agent.postJson(url, begun.token, {}))).toBe('passkey/too-many');
    });
  });

  test('WA-24 a removed passkey and one of a frozen account are refused alike, and the log names nobody', async () => {
    const { traveller: person } = await createEnrolledPerson(at.world);
    const removed = await add(person);
    const [, removal = ''] = await findRemovals(person);
    await person.agent.post(removal, getForm(await person.agent.get(removal), /\/remove$/).fields);
    const { traveller: frozen, person: held } = await createEnrolledPerson(at.world);
    await setPersonStatus(at.world, held, 'frozen');
    const offer = async (who: Traveller): Promise<Response> => {
      const browser = createOtherBrowser(who);
      const { verifyUrl, token, answer } = await beginCeremony(
        browser,
        await browser.agent.get(createRequest(at.issuer, 'permit').url),
        'authenticate',
      );
      const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-huwiya-token': token };
      return browser.agent.send(verifyUrl, { method: 'POST', headers, body: JSON.stringify(answer) });
    };
    const from = at.world.logLines.length;
    const answers = await at.changesNothing(async () => [await offer(removed), await offer(frozen)]);
    const bodies = await Promise.all(answers.map(async (answer) => (await answer.text()).replace(/[2-9A-Z]{4}-[2-9A-Z]{4}/, '')));
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect(bodies[0]).toContain('"code":"passkey/refused"');
    expect(bodies[1]).toBe(bodies[0]);
    // Whoever holds the key of a removed passkey may forget it; that of a frozen account must stay where it is.
    expect(answers.map(({ headers }) => headers.get('x-huwiya-passkey'))).toEqual(['unknown', null]);
    const logged = at.world.logLines.slice(from).filter((line) => line.includes('passkey/refused'));
    expect(logged).toHaveLength(2);
    const ids = [...removed.authenticator.credentials, ...frozen.authenticator.credentials].flatMap(({ id, userHandle }) => [
      id,
      userHandle,
    ]);
    expect([...ids, held.id].filter((id) => logged.some((line) => line.includes(id)))).toEqual([]);
    expect((await visit(createOtherBrowser(person), 'permit')).answer.has('code')).toBe(true);
  });

  test('SE-05 removing a passkey asks for a ceremony of the last five minutes, as adding one does', async () => {
    const time = shiftTime();
    try {
      const person = await at.newPerson();
      await add(person);
      const [, removal = ''] = await findRemovals(person);
      const form = getForm(await person.agent.get(removal), /\/remove$/);
      time.advance(302_000);
      await at.changesNothing(async () => {
        expect(findStep(await person.agent.post(form.action, form.fields))).toBe('sign-in');
        expect(findStep(await person.agent.get(removal))).toBe('sign-in');
      });
      const page = await goThrough(person, await person.agent.get(removal));
      expect(page.url).toBe(removal);
      const again = getForm(page, /\/remove$/);
      expect(new URL((await person.agent.post(again.action, again.fields)).url).pathname).toMatch(/signed-out|security/);
    } finally {
      time.restore();
    }
  });

  test('SE-07 sessions end one by one, all others or all, services are told, and the eleventh ends the one unused for longest', async () => {
    const { traveller: person, person: stored } = await createEnrolledPerson(at.world);
    const first = createOtherBrowser(person);
    await obtainTokens(first, 'permit');
    const browsers = Array.from({ length: 9 }, () => createOtherBrowser(person));
    for (const browser of browsers) {
      await openAccountPage(browser);
    }
    const count = (): number => at.database.rows('SELECT uid FROM sessions WHERE person_id = ? AND ended_at IS NULL', stored.id).length;
    expect(count()).toBe(10);
    const last = createOtherBrowser(person);
    await openAccountPage(last);
    expect(count()).toBe(10);
    expect(findStep(await first.agent.get(`${at.issuer}/account`))).toBe('sign-in');
    const [ended] = at.database.rows("SELECT body FROM entries WHERE type = 'session.ended' ORDER BY id DESC LIMIT 1");
    expect(JSON.parse(String(ended?.['body']))).toMatchObject({ reason: 'too-many-sessions', actor: { kind: 'system' } });
    const told = "SELECT client_id FROM service_sessions WHERE person_id = ? AND state <> 'open'";
    expect(at.database.rows(told, stored.id).map((row) => row['client_id'])).toContain('mol-work-permit');
    const page = await last.agent.get(`${at.issuer}/account/security?lang=en`);
    expect(page.body).toContain('data-capped');
    expect((await last.agent.get(`${at.issuer}/account/sign-ins`)).body).toContain('because 10 sessions were open');
    const others = getForm(page, /\/account\/sessions\/end-others$/);
    await last.agent.post(others.action, others.fields);
    expect(count()).toBe(1);
    const [one = person] = browsers;
    expect(findStep(await one.agent.get(`${at.issuer}/account`))).toBe('sign-in');
    expect(findStep(await last.agent.get(`${at.issuer}/account`))).toBeUndefined();
  });

  test('a second passkey right after enrolment is for that browser, once, and ends with the first sign-in', async () => {
    const enrolNew = async (): Promise<{ readonly who: Traveller; readonly page: Answered }> => {
      const who = createTraveller(at.issuer);
      return { who, page: await enrol(who, await at.world.invite(await at.world.addPerson())) };
    };
    const { who, page } = await enrolNew();
    const [raced, late] = [await beginCeremony(withNewKey(who), page, 'register'), await beginCeremony(withNewKey(who), page, 'register')];
    const elsewhere = createTraveller(at.issuer);
    expect((await elsewhere.agent.get(`${at.issuer}/enrol/done`)).body).not.toContain('data-ceremony');
    await at.changesNothing(async () => expect(errorOf(await send(elsewhere, raced))).toBe('enrolment/offer-ended'));
    expect((await send(who, raced)).status).toBe(200);
    await at.changesNothing(async () => expect(errorOf(await send(who, late))).toBe('enrolment/offer-ended'));
    expect((await who.agent.get(`${at.issuer}/enrol/done?done=spare&lang=en`)).body).toContain('You now have two passkeys');
    const signedIn = await enrolNew();
    const begun = await beginCeremony(withNewKey(signedIn.who), signedIn.page, 'register');
    await openAccountPage(createOtherBrowser(signedIn.who));
    await at.changesNothing(async () => expect(errorOf(await send(signedIn.who, begun))).toBe('enrolment/offer-ended'));
    const skipped = await enrolNew();
    const kept = await beginCeremony(withNewKey(skipped.who), skipped.page, 'register');
    const skip = getForm(skipped.page, /\/enrol\/spare\/skip$/);
    expect(findStep(await skipped.who.agent.post(skip.action, skip.fields))).toBe('sign-in');
    await at.changesNothing(async () => expect(errorOf(await send(skipped.who, kept))).toBe('enrolment/offer-ended'));
    const time = shiftTime();
    try {
      const slow = await enrolNew();
      // Whoever sits down there next finds nothing.
      time.advance(181_000);
      await expect(beginCeremony(withNewKey(slow.who), slow.page, 'register')).rejects.toThrow('enrolment/offer-ended');
    } finally {
      time.restore();
    }
  });
});
