// What the registry says of somebody, as it arrives: by the operator's command, over a file, while people are under way (security contract 2.8).

import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPeopleImport } from '../../src/cli/people-import.ts';
import { runPeopleStatus } from '../../src/cli/people-status.ts';
import { registryStatuses } from '../../src/domain/people/person.ts';
import { createCapturedContext } from '../support/captured-context.ts';
import type { CapturedContext } from '../support/captured-context.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { sendRaw } from '../support/raw-request.ts';
import { hours, shiftTime } from '../support/shift-time.ts';
import { startSecondNode } from '../support/second-node.ts';
import type { SecondNode } from '../support/second-node.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createUserAgent } from '../support/user-agent.ts';
import { asBrowser } from '../support/two-doors.ts';
import { askSilently, createRequest, findStep, getForm, goThrough, obtainTokens, openAccountPage } from '../support/visits.ts';

const endings = registryStatuses.filter((status) => status !== 'active');

describe('the registry feed', () => {
  let at: CaseWorld;
  let operator: CapturedContext;
  let node: SecondNode;
  let count = 0;

  beforeAll(async () => {
    at = await createCaseWorld();
    const { issuer, storage, keys } = at.world;
    const captured = createCapturedContext(storage);
    operator = { ...captured, context: { ...captured.context, issuer, keys } };
    node = await startSecondNode(at.world);
  }, 60_000);

  afterAll(async () => {
    await node.stop();
    await at.close();
  });

  type Line = Readonly<Record<string, string>>;

  const feed = async (lines: readonly Line[]): Promise<unknown> => {
    const file = join(at.world.folder, 'feed.jsonl');
    writeFileSync(file, '');
    lines.forEach((line) => appendFileSync(file, `${JSON.stringify(line)}\n`));
    expect(await runPeopleImport(operator.context, { file, json: true })).toBe(0);
    return JSON.parse(operator.takeOut());
  };

  type Known = { readonly line: Line; readonly traveller: Traveller; readonly id: string };

  const create = async (birthdate = '1990-05-17'): Promise<Known> => {
    count += 1;
    const line = { id: `EN14-${count}`, kind: 'visitor', 'given_name#ar': 'سارة', birthdate };
    await feed([line]);
    const person = await at.world.storage.people.findPersonByHandle(await findHandle());
    if (person === undefined) {
      throw new Error('the feed brought nobody');
    }
    const traveller = createTraveller(at.issuer);
    await enrol(traveller, await at.world.invite(person));
    return { line, traveller, id: person.id };
  };

  const findHandle = async (): Promise<string> =>
    String(at.database.rows('SELECT handle FROM people ORDER BY created_at DESC, id DESC LIMIT 1')[0]?.['handle']);
  const statusOf = ({ id }: Known): unknown => at.database.rows('SELECT status FROM people WHERE id = ?', id)[0]?.['status'];
  const entriesOf = (): number =>
    Number(at.database.rows("SELECT count(*) AS n FROM entries WHERE type = 'person.status_changed'")[0]?.['n']);

  /** What a request without pages hears at the other node. */
  const hearElsewhere = async ({ traveller }: Known): Promise<string | null> => {
    const { pathname, search } = new URL(createRequest(at.issuer, 'permit', { prompt: 'none' }).url);
    const shot = asBrowser(traveller.agent, { path: `${pathname}${search}`, headers: { host: new URL(at.issuer).host } });
    const answer = await sendRaw({ ...shot, port: node.port });
    return new URL(String(answer.headers.location), at.issuer).searchParams.get('error');
  };

  test.each(endings)(
    'EN-14 who is %s by the feed is out at the next request of every node, and back only by a new ceremony',
    async (status) => {
      const [known, neighbour] = [await create(), await create()];
      const { traveller, line } = known;
      const tokens = await obtainTokens(traveller, 'permit', { extra: { scope: 'openid offline_access', prompt: 'consent' } });
      await openAccountPage(traveller);
      await openAccountPage(neighbour.traveller);
      expect([await hearElsewhere(known), (await askSilently(traveller, 'permit')).get('error')]).toEqual([null, null]);
      const before = entriesOf();
      expect(await feed([{ ...line, status }, neighbour.line])).toMatchObject({ unchanged: 2, status_changed: 1 });
      expect([await hearElsewhere(known), (await askSilently(traveller, 'permit')).get('error')]).toEqual([
        'login_required',
        'login_required',
      ]);
      expect(findStep(await traveller.agent.get(`${at.issuer}/account`))).toBe('sign-in');
      expect(findStep(await neighbour.traveller.agent.get(`${at.issuer}/account`))).toBeUndefined();
      expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
      const renewal = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
      expect((await requestTokens(at.issuer, renewal)).body['error']).toBe('invalid_grant');
      // The same file again, and one that says nothing of it, are no change and no entry.
      expect(await feed([{ ...line, status }, neighbour.line])).toMatchObject({ unchanged: 2, status_changed: 0 });
      expect(await feed([line])).toMatchObject({ unchanged: 1, status_changed: 0 });
      expect([statusOf(known), entriesOf()]).toEqual([status, before + 1]);
      const back = createTraveller(at.issuer, traveller.authenticator);
      const page = await back.agent.get(createRequest(at.issuer, 'permit').url);
      await expect(signIn(back, page)).rejects.toThrow(/passkey\/refused/);
      expect(await feed([{ ...line, status: 'active' }])).toMatchObject({ status_changed: 1 });
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
      expect((await requestTokens(at.issuer, renewal)).body['error']).toBe('invalid_grant');
      expect((await goThrough(back, await back.agent.get(createRequest(at.issuer, 'permit').url))).url).toContain('code=');
    },
  );

  test('EN-14 a freeze of the person outlives the feed and an operator who take back what lay above it', async () => {
    const known = await create();
    const press = async (): Promise<void> => {
      const form = getForm(await openFreeze(known.traveller), /\/account\/freeze$/);
      await known.traveller.agent.post(form.action, form.fields);
    };
    await press();
    expect(statusOf(known)).toBe('frozen');
    await feed([{ ...known.line, status: 'deceased' }]);
    expect(statusOf(known)).toBe('deceased');
    await feed([{ ...known.line, status: 'active' }]);
    expect(statusOf(known)).toBe('frozen');
    const give = async (status: string): Promise<unknown> => {
      expect(await runPeopleStatus(operator.context, { id: known.line['id'] ?? '', status, json: true })).toBe(0);
      return JSON.parse(operator.takeOut());
    };
    expect([await give('suspended'), await give('active')]).toEqual([
      { from: 'frozen', to: 'suspended' },
      { from: 'suspended', to: 'frozen' },
    ]);
    expect(operator.takeErr()).toContain('a freeze stands beneath it and is not lifted');
    const back = createTraveller(at.issuer, known.traveller.authenticator);
    await expect(signIn(back, await back.agent.get(`${at.issuer}/account`))).rejects.toThrow(/passkey\/refused/);
    const short = { id: known.line['id'] ?? '', status: 'active', json: true };
    expect(await runPeopleStatus(operator.context, short)).toBe(1);
    expect([operator.takeOut(), operator.takeErr().includes('the freeze is the person’s own'), statusOf(known)]).toEqual([
      '',
      true,
      'frozen',
    ]);
    expect(await runPeopleStatus(operator.context, { ...short, endsOwnFreeze: true })).toBe(0);
    expect(JSON.parse(operator.takeOut())).toEqual({ from: 'frozen', to: 'active' });
    expect(operator.takeErr()).toContain('the person’s own freeze');
    expect(new URL((await signIn(back, await back.agent.get(`${at.issuer}/account`))).url).pathname).toBe('/account');
  });

  test.each(['suspended', 'emigrated'] as const)(
    'EN-14 a printed code, and “this was not me”, of somebody who is %s lie beneath, and are found when the feed takes that back',
    async (status) => {
      const [known, other] = [await create(), await create()];
      const { traveller } = known;
      await openAccountPage(traveller);
      const sheet = getForm(await goThrough(traveller, await traveller.agent.get(`${at.issuer}/account/freeze/code`)), /\/freeze\/code$/);
      const [, code = ''] = /data-freeze-code>([^<]*)</.exec((await traveller.agent.post(sheet.action, sheet.fields)).body) ?? [];
      await openAccountPage(other.traveller);
      const notices = await other.traveller.agent.get(`${at.issuer}/account/notices`);
      const [link = ''] = /[^"]*\/not-me\/[^"]+/.exec(notices.body) ?? [];
      await feed([
        { ...known.line, status },
        { ...other.line, status },
      ]);
      const stranger = createUserAgent(at.issuer);
      const typing = getForm(await stranger.get(`${at.issuer}/freeze`), /\/freeze$/);
      const typed = await stranger.post(typing.action, { ...typing.fields, code });
      const saying = getForm(await stranger.get(new URL(link, at.issuer).href), /\/not-me\//);
      const said = await stranger.post(saying.action, saying.fields);
      expect([typed, said].map((page) => [page.status, page.body.includes('data-frozen="beneath"')])).toEqual([
        [200, true],
        [200, true],
      ]);
      expect([typed, said].some(({ body }) => /suspended|emigrated|href="\/unfreeze"/.test(body))).toBe(false);
      expect([statusOf(known), statusOf(other)]).toEqual([status, status]);
      await feed([
        { ...known.line, status: 'active' },
        { ...other.line, status: 'active' },
      ]);
      expect([statusOf(known), statusOf(other)]).toEqual(['frozen', 'frozen']);
      expect((await stranger.get(said.url)).body).toContain('data-frozen="open"');
      const back = createTraveller(at.issuer, traveller.authenticator);
      await expect(signIn(back, await back.agent.get(`${at.issuer}/account`))).rejects.toThrow(/passkey\/refused/);
      for (const { line } of [known, other]) {
        expect(await runPeopleStatus(operator.context, { id: line['id'] ?? '', status: 'active', endsOwnFreeze: true, json: true })).toBe(
          0,
        );
      }
      expect((await stranger.get(said.url)).body).toContain('data-frozen="ended"');
      expect([statusOf(known), operator.takeErr().includes('the person’s own freeze'), operator.takeOut()]).toEqual([
        'active',
        true,
        expect.any(String),
      ]);
    },
  );

  test('EN-14 an order to freeze somebody who is suspended lies beneath, and is said', async () => {
    const known = await create();
    const give = async (status: string): Promise<unknown> => {
      expect(await runPeopleStatus(operator.context, { id: known.line['id'] ?? '', status, json: true })).toBe(0);
      return JSON.parse(operator.takeOut());
    };
    await give('suspended');
    operator.takeErr();
    expect(await give('frozen')).toEqual({ from: 'suspended', to: 'suspended' });
    expect(operator.takeErr()).toContain('the freeze stands now beneath suspended');
    expect([await give('active'), await give('active')]).toEqual([
      { from: 'suspended', to: 'frozen' },
      { from: 'frozen', to: 'active' },
    ]);
    operator.takeErr();
  });

  const openFreeze = async (traveller: Traveller) => {
    await openAccountPage(traveller);
    return traveller.agent.get(`${at.issuer}/account/freeze`);
  };

  test('EN-14 whoever comes of age is so on the day, without a word of the registry; and a date that it corrects counts at the next release', async () => {
    const now = new Date();
    const isBorn = (years: number, days: number): string =>
      new Date(Date.UTC(now.getUTCFullYear() - years, now.getUTCMonth(), now.getUTCDate() + days)).toISOString().slice(0, 10);
    const { agencies } = at.world.storage;
    const [purpose] = (await agencies.findService('moh-clinic'))?.purposes ?? [];
    const [sample] = purpose?.attributes ?? [];
    if (purpose === undefined || sample === undefined) {
      throw new Error('the sample service is missing');
    }
    const asking = {
      ...purpose,
      version: purpose.version + 1,
      attributes: [{ ...sample, name: 'age_over_18', necessity: 'required' as const }],
    };
    await agencies.saveChanges({ agencies: [], services: [], purposes: [asking], endedPurposes: [], defaultPurposes: [], events: [] });
    const isAdult = async ({ traveller }: Known): Promise<unknown> => {
      const { body } = await obtainTokens(traveller, 'clinic');
      return (await fetchUserInfo(at.issuer, body['access_token'])).body['age_over_18'];
    };
    const [young, wrong] = [await create(isBorn(18, 2)), await create(isBorn(17, 0))];
    expect([await isAdult(young), await isAdult(wrong)]).toEqual([false, false]);
    expect(await feed([{ ...wrong.line, birthdate: isBorn(30, 0) }])).toMatchObject({ changed: 1, status_changed: 0 });
    expect([await isAdult(young), await isAdult(wrong)]).toEqual([false, true]);
    const time = shiftTime();
    try {
      time.advance(3 * hours(24));
      expect(await isAdult(young)).toBe(true);
    } finally {
      time.restore();
    }
  });
});
