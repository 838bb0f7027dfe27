// A browser, a cookie or an address in other hands: accounts switched in one browser, a stolen session, a sign-in that was left half done (security contract 2.11).

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { allow, beginCeremony, createTraveller, enrol, signIn, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { Answered } from '../support/user-agent.ts';
import { askSilently, createRequest, findStep, getForm, goThrough, openAccountPage, visit } from '../support/visits.ts';
import { sampleData } from '../support/world.ts';

const names = { first: 'سارة القحطاني', second: 'ليلى الشمري' } as const;

describe('what is in other hands', () => {
  let at: CaseWorld;
  let time: ShiftedTime;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  beforeEach(() => {
    time = shiftTime();
  });

  afterEach(() => {
    time.restore();
  });

  const create = async (who: keyof typeof names) => {
    const [given = '', family = ''] = names[who].split(' ');
    const data = { ...sampleData, 'given_name#ar': given, 'family_name#ar': family };
    const person = await at.world.addPerson('citizen', data);
    const traveller = createTraveller(at.issuer);
    await enrol(traveller, await at.world.invite(person));
    return { person, traveller };
  };

  /** Where the one before leaves, and the one who signed in goes on. */
  const takeOver = async (at1: Traveller, by: Traveller): Promise<{ readonly taker: Traveller; readonly arrived: Answered }> => {
    const taker = { ...by, agent: at1.agent };
    const leaving = await signIn(taker, await at1.agent.get(`${at.issuer}/account/switch`));
    expect(leaving.body).toContain('data-go-on="another-person"');
    const form = getForm(leaving, /\/session\/end\/confirm$/);
    return { taker, arrived: await at1.agent.post(form.action, form.fields) };
  };

  test('SE-09 a page that was open for the person before is refused with a word about it, shares nothing and shows nothing of them', async () => {
    const [first, second] = [await create('first'), await create('second')];
    const browser = first.traveller;
    const account = await openAccountPage(browser);
    const consent = await browser.agent.get(createRequest(at.issuer, 'clinic').url);
    expect(findStep(consent)).toBe('decide');
    const asked = await browser.agent.get(`${at.issuer}/account/switch`);
    expect([findStep(asked), asked.body.includes(names.first), asked.body.includes('data-action="stay"')]).toEqual(['sign-in', true, true]);
    expect((await askSilently(browser, 'clinic')).get('error')).toBe('consent_required');
    const { taker, arrived } = await takeOver(browser, second.traveller);
    expect([new URL(arrived.url).pathname, arrived.body.includes(names.second), arrived.body.includes(names.first)]).toEqual([
      '/account',
      true,
      false,
    ]);
    const signOut = getForm(account, /\/sign-out$/);
    await at.changesNothing(async () => {
      for (const answered of [
        await browser.agent.get(consent.url),
        await submit(taker, consent, { decision: 'allow' }),
        await submit(taker, consent, { decision: 'refuse' }),
      ]) {
        expect([answered.status, findErrorCode(answered), answered.body.includes(names.first)]).toEqual([
          409,
          'interaction/session-changed',
          false,
        ]);
      }
      expect(findErrorCode(await browser.agent.post(signOut.action, signOut.fields))).toBe('request/form-outdated');
    });
    expect([...browser.agent.cookies.values()].filter(({ name }) => name === 'ended')).toEqual([]);
    expect((await goThrough(taker, await browser.agent.get(createRequest(at.issuer, 'clinic').url))).url).toContain('code=');
    expect((await at.world.storage.consents.listConsents(first.person.id)).length).toBe(0);
    expect((await at.world.storage.consents.listConsents(second.person.id)).length).toBe(1);
  });

  test('SE-09 on a shared computer the next person goes on to their service, and the browser keeps nothing of the one before but their way', async () => {
    const [first, second] = [await create('first'), await create('second')];
    const browser = first.traveller;
    const page = await browser.agent.get(`${at.issuer}/account`);
    const { verifyUrl, token, answer } = await beginCeremony(browser, page, 'authenticate');
    const verified = (await browser.agent.postJson(verifyUrl, token, { ...Object(answer), shared: true })).body;
    const account = await browser.agent.get(new URL(/"next":"([^"]+)"/.exec(verified)?.[1] ?? '', at.issuer).href);
    expect(account.body).toContain('data-band="shared"');
    const consent = await browser.agent.get(createRequest(at.issuer, 'clinic').url);
    const { action, fields } = getForm(consent, /\/decision$/);
    const switched = await browser.agent.post(action, { ...fields, switch: 'yes' });
    expect([findStep(switched), switched.body.includes('data-live'), switched.body.includes(names.first)]).toEqual([
      'sign-in',
      true,
      false,
    ]);
    const taker = { ...second.traveller, agent: browser.agent };
    const form = getForm(await signIn(taker, switched), /\/session\/end\/confirm$/);
    const left = await browser.agent.send(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields }) });
    // Clearing cookies here would take away the way of the person who goes on.
    expect([left.status, left.headers.get('clear-site-data')]).toEqual([303, '"cache", "storage"']);
    const decision = await browser.agent.get(new URL(left.headers.get('location') ?? '', at.issuer).href);
    expect([findStep(decision), decision.body.includes('data-band="shared"'), decision.body.includes(names.first)]).toEqual([
      'decide',
      false,
      false,
    ]);
    expect((await allow(taker, decision)).url).toContain('code=');
  });

  test('SE-09 a page that was open when its person’s status changed says that the sign-in is over, and nothing breaks', async () => {
    const { person, traveller } = await create('first');
    const account = await openAccountPage(traveller);
    const consent = await traveller.agent.get(createRequest(at.issuer, 'clinic').url);
    await setPersonStatus(at.world, person, 'suspended');
    await at.changesNothing(async () => {
      const answered = await submit(traveller, consent, { decision: 'allow' });
      expect([answered.status, findErrorCode(answered)]).toEqual([409, 'interaction/session-changed']);
      const form = getForm(account, /\/sign-out$/);
      const pressed = await traveller.agent.post(form.action, form.fields);
      expect([pressed.status, findErrorCode(pressed)]).toEqual([401, 'session/ended']);
      expect(findStep(await traveller.agent.get(`${at.issuer}/account/security`))).toBe('sign-in');
    });
    await setPersonStatus(at.world, person, 'active');
    const page = await traveller.agent.get(createRequest(at.issuer, 'clinic').url);
    expect((await goThrough(traveller, page)).url).toContain('code=');
  });

  test('SE-10 a stolen cookie opens nothing that asks for the passkey, and a sign-in anywhere else is told to its person', async () => {
    const { person, traveller } = await create('first');
    await openAccountPage(traveller);
    await visit(traveller, 'permit');
    const thief = createTraveller(at.issuer, createSoftwareAuthenticator());
    for (const key of ['sid;/', 'sid.sig;/']) {
      const cookie = traveller.agent.cookies.get(key);
      expect(cookie).toBeDefined();
      thief.agent.cookies.set(key, cookie ?? { name: '', value: '', path: '/', isLasting: false });
    }
    const fresh = await thief.agent.get(`${at.issuer}/account/passkeys`);
    const token = /data-token="([^"]*)"/.exec(fresh.body)?.[1] ?? '';
    const close = getForm(await thief.agent.get(`${at.issuer}/account/close`), /\/account\/close$/);
    time.advance(minutes(6));
    const paths = ['passkeys', 'freeze/code', 'close', 'take', 'take.json'].map((path) => `/account/${path}`);
    await at.changesNothing(async () => {
      for (const path of paths) {
        expect([path, findStep(await thief.agent.get(`${at.issuer}${path}`))]).toEqual([path, 'sign-in']);
      }
      const begun = await thief.agent.postJson(`${at.issuer}/account/passkeys/options`, token, {});
      expect(/"code":"([^"]*)"/.exec(begun.body)?.[1]).toBe('session/too-old');
      expect(findStep(await thief.agent.post(close.action, close.fields))).toBe('sign-in');
      const asked = await thief.agent.get(`${at.issuer}/account/passkeys`);
      await expect(signIn(thief, asked)).rejects.toThrow(/no passkey|passkey\/refused|refused/i);
    });
    const confirmed = await signIn(traveller, await traveller.agent.get(`${at.issuer}/account/passkeys`));
    expect([confirmed.status, confirmed.body.includes('data-action="create-passkey"')]).toEqual([200, true]);
    // The ceremony gave the session another cookie: what was stolen is dead.
    expect(findStep(await thief.agent.get(`${at.issuer}/account`))).toBe('sign-in');
    const before = await at.world.storage.protection.countNotices(person.id, 0);
    const elsewhere = createTraveller(at.issuer, traveller.authenticator);
    const send = elsewhere.agent.send;
    const phone = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1' };
    const page = await elsewhere.agent.get(`${at.issuer}/account`);
    const { verifyUrl, token: form, answer } = await beginCeremony(elsewhere, page, 'authenticate');
    const headers = { ...phone, 'content-type': 'application/json', accept: 'application/json', 'x-huwiya-token': form };
    expect((await send(verifyUrl, { method: 'POST', headers, body: JSON.stringify(answer) })).status).toBe(200);
    expect(await at.world.storage.protection.countNotices(person.id, 0)).toBe(before + 1);
  });

  test('SE-13 a ceremony that was answered signs nobody in until its own browser goes on with it', async () => {
    const { person, traveller } = await create('first');
    const half = async (): Promise<string> => {
      const page = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
      const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'authenticate');
      const { body } = await traveller.agent.postJson(verifyUrl, token, answer);
      return new URL(/"next":"([^"]+)"/.exec(body)?.[1] ?? '', at.issuer).href;
    };
    const isNobody = async (): Promise<void> => {
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
      expect(findStep(await traveller.agent.get(`${at.issuer}/account`))).toBe('sign-in');
    };
    await half();
    await isNobody();
    const late = await half();
    time.advance(minutes(10) + 1000);
    expect(findErrorCode(await traveller.agent.get(late))).toBe('interaction/expired');
    await isNobody();
    const stopped = await half();
    await setPersonStatus(at.world, person, 'suspended');
    await traveller.agent.get(stopped);
    await isNobody();
    await setPersonStatus(at.world, person, 'active');
    await traveller.agent.get(stopped);
    await isNobody();
    expect(findStep(await traveller.agent.get(await half()))).toBe('decide');
    expect((await askSilently(traveller, 'permit')).get('error')).toBe('consent_required');
  });

  test('SE-14 the addresses of one visit, copied to another browser, open nothing there and still serve their own', async () => {
    const [owner, stranger] = [await create('first'), await create('second')];
    await openAccountPage(stranger.traveller);
    const others = [createTraveller(at.issuer), stranger.traveller];
    const refusedElsewhere = async (url: string): Promise<void> =>
      at.changesNothing(async () => {
        for (const other of others) {
          const { status, ...shown } = await other.agent.get(url);
          expect([status, findErrorCode(shown), shown.url.includes('code=')]).toEqual([400, 'interaction/expired', false]);
        }
      });
    const { traveller } = owner;
    const page = await traveller.agent.get(createRequest(at.issuer, 'clinic').url);
    await refusedElsewhere(page.url);
    const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'authenticate');
    for (const other of others) {
      expect((await other.agent.postJson(verifyUrl, token, answer)).body).toContain('"interaction/expired"');
    }
    const verified = (await traveller.agent.postJson(verifyUrl, token, answer)).body;
    const next = new URL(/"next":"([^"]+)"/.exec(verified)?.[1] ?? '', at.issuer).href;
    await refusedElsewhere(next);
    const decision = await traveller.agent.get(next);
    expect(findStep(decision)).toBe('decide');
    await refusedElsewhere(decision.url);
    await refusedElsewhere(`${decision.url}/confirm`);
    expect((await allow(traveller, decision)).url).toContain('code=');
  });
});
