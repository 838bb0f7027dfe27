// A recovery at the counter: one officer alone can do nothing, and two give the person one passkey and end everything before (security contract 2.7).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findErrorCode, watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { confirmRecovery, confirmShown, toRecoveryAct, samplePassport } from '../support/counter.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { bindPasskey, giveCode } from '../support/recovery-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { getForm, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const seen = { ...samplePassport, digits: '٤٢AB' };

/** Of everybody here, as their national card bears it. */
const sampleNumber = '1000000008';

type Places = Readonly<Record<'ways' | 'steps' | 'office', boolean>>;

/** What stands in the visible fields of a page. */
const readTyped = ({ body }: Answered, names: readonly string[]): readonly (string | undefined)[] =>
  names.map((name) => new RegExp(`id="${name}"[^>]*?value="([^"]*)"`).exec(body)?.[1]);

describe('a recovery at the counter', () => {
  let world: World;
  let watch: Watch;
  let one: Officer;
  let two: Officer;
  let count = 0;
  let alone: Places;

  beforeAll(async () => {
    world = await createWorld();
    watch = watchWorld(world);
    one = await createSignedInOfficer(world, 'registrar', 'First officer');
    alone = await lookAround();
    two = await createSignedInOfficer(world, 'registrar', 'Second officer');
  });

  afterAll(async () => {
    watch.close();
    await world.close();
  });

  /** What is said of counters: to people, and at the office. */
  const lookAround = async (): Promise<Places> => {
    const { agent } = createTraveller(world.issuer);
    const [ways, steps] = [await agent.get(`${world.issuer}/recover/ways`), await agent.get(`${world.issuer}/recover/counter`)];
    const office = await one.traveller.agent.get(`${world.issuer}/office/recoveries`);
    return {
      ways: ways.body.includes('data-action="by-counter"'),
      steps: steps.body.includes('<ol'),
      office: office.body.includes('data-action="open-recovery"'),
    };
  };

  test('EN-08 while there is one registrar nobody is sent to a counter, and the office opens nothing', async () => {
    expect(alone).toEqual({ ways: false, steps: false, office: false });
    expect(await lookAround()).toEqual({ ways: true, steps: true, office: true });
  });

  const createLost = async (): Promise<{ readonly number: string; readonly before: Traveller; readonly personId: string }> => {
    count += 1;
    const person = await world.addPerson();
    const before = createTraveller(world.issuer);
    await enrol(before, await world.invite(person));
    return { number: count === 1 ? '1000000008' : `test-${count}`, before, personId: person.id };
  };

  /** As filled in: what is asked before the officer's passkey. */
  const fill = async (
    { traveller: { agent } }: Officer,
    [page, action = page]: readonly [page: string, action?: string],
    fields: Readonly<Record<string, string>>,
  ): Promise<Answered> => {
    const form = getForm(await agent.get(`${world.issuer}${page}`), new RegExp(`${action}$`));
    return agent.post(form.action, { ...form.fields, ...fields });
  };
  const post = async (officer: Officer, at: readonly [page: string, action?: string], fields: Readonly<Record<string, string>>) =>
    confirmRecovery(officer.traveller, await fill(officer, at, fields));
  const open = async (officer: Officer, number: string): Promise<string> => {
    await post(officer, ['/office/recoveries'], { ...seen, number });
    const rows = watch.database.rows("SELECT id FROM recoveries WHERE state = 'begun' ORDER BY begun_at DESC, id DESC LIMIT 1");
    return `/office/recoveries/${String(rows[0]?.['id'])}`;
  };
  const readCode = (page: Answered): string => /data-code>([^<]+)</.exec(page.body)?.[1] ?? '';

  test('EN-08 two officers who each look give one passkey of the high ceiling; the old one is dead and the subject stays', async () => {
    const lost = await createLost();
    const old = await obtainTokens(lost.before, 'permit');
    const sub = (await fetchUserInfo(world.issuer, old.body['access_token'])).body['sub'];
    const url = await open(one, lost.number);
    const sheet = await post(two, [url, `${url}/approve`], seen);
    const came = createTraveller(world.issuer);
    const bind = await giveCode(came, readCode(sheet));
    expect(bind.url).toContain('/recover/passkey/');
    expect((await bindPasskey(came, bind)).status).toBe(200);
    const tokens = await obtainTokens(came, 'permit');
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).body['sub']).toBe(sub);
    expect((await fetchUserInfo(world.issuer, old.body['access_token'])).status).toBe(401);
    const held = watch.database.rows(`SELECT ceiling, end_reason FROM passkeys WHERE person_id = '${lost.personId}' ORDER BY created_at`);
    expect(held).toEqual([
      { ceiling: 'substantial', end_reason: 'recovered' },
      { ceiling: 'high', end_reason: null },
    ]);
    expect(findErrorCode(await createTraveller(world.issuer).agent.get(bind.url))).toBe('recovery/code-wrong');
    const told = watch.database
      .rows(
        `SELECT type FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE person_ref = '${lost.personId}' AND type LIKE 'recovery.%' ORDER BY at`,
      )
      .map(({ type }) => type);
    expect(told).toEqual(['recovery.begun', 'recovery.approved', 'recovery.completed']);
  });

  test('EN-08 an officer alone, another role, another document or no look: nothing is approved', async () => {
    const lost = await createLost();
    const url = await open(one, lost.number);
    // What waits names nobody: opening it is the look.
    const [waiting = ''] =
      /aria-labelledby="waiting"[^]*?<\/section>/.exec((await two.traveller.agent.get(`${world.issuer}/office/recoveries`)).body) ?? [];
    expect([waiting.includes(url), waiting.includes('First officer'), waiting.includes('•')]).toEqual([true, true, false]);
    expect((await one.traveller.agent.get(`${world.issuer}${url}`)).body).not.toContain('approve-recovery');
    const other = await open(two, (await createLost()).number);
    const alone = getForm(await one.traveller.agent.get(`${world.issuer}${other}`), /approve$/);
    const own = await one.traveller.agent.post(`${world.issuer}${url}/approve`, { ...alone.fields, ...seen });
    expect(findErrorCode(await confirmRecovery(one.traveller, own))).toBe('recovery/own');
    const faceless = await post(two, [url, `${url}/approve`], { ...seen, face: '' });
    expect([faceless.status, findErrorCode(faceless), faceless.body.includes('face-error')]).toEqual([
      400,
      'proofing/evidence-incomplete',
      true,
    ]);
    expect(faceless.body).toContain('value="Passports"');
    const expired = await post(two, [url, `${url}/approve`], { ...seen, expiry: '2020-01-01' });
    expect([expired.status, findErrorCode(expired)]).toEqual([400, 'proofing/evidence-incomplete']);
    const short = await post(two, [url, `${url}/approve`], { ...seen, digits: 'AB' });
    expect([short.status, findErrorCode(short)]).toEqual([400, 'proofing/evidence-incomplete']);
    for (const role of ['approver', 'operator', 'developer'] as const) {
      const officer = await createSignedInOfficer(world, role);
      expect((await officer.traveller.agent.get(`${world.issuer}${url}`)).status).toBe(403);
    }
    expect(watch.database.rows("SELECT count(*) AS n FROM recovery_approvals WHERE recovery_id = '" + url.split('/').at(-1) + "'")).toEqual(
      [{ n: 0 }],
    );
    expect((await post(two, [url, `${url}/refuse`], {})).url).toContain('/office/recoveries');
    expect(findErrorCode(await two.traveller.agent.get(`${world.issuer}${url}`))).toBe('recovery/over');
    expect((await obtainTokens(lost.before, 'permit')).status).toBe(200);
  });

  test('EN-08 a number that nobody has comes back with everything that was typed, and what was written is changed without a word lost', async () => {
    const unknown = await post(one, ['/office/recoveries'], { ...seen, number: '1000000099' });
    expect([unknown.status, findErrorCode(unknown)]).toEqual([404, 'officer/number-unknown']);
    expect(readTyped(unknown, ['number', 'issuer', 'digits', 'expiry'])).toEqual(['1000000099', 'Passports', '42AB', '2099-01-01']);
    expect(unknown.body).toMatch(/value="passport" selected/);
    const lost = await createLost();
    const shown = await fill(one, ['/office/recoveries'], { ...seen, number: lost.number });
    const { action, fields } = toRecoveryAct(shown);
    const { confirmation: _none, ...kept } = fields;
    const again = await one.traveller.agent.post(action, { ...kept, change: 'yes' });
    expect([again.status, ...readTyped(again, ['number', 'issuer', 'digits'])]).toEqual([200, lost.number, 'Passports', '42AB']);
    expect(findErrorCode(again)).toBeUndefined();
  });

  test('EN-08 of somebody who has an open recovery, or whose status allows none, nothing is opened and nothing typed is lost', async () => {
    const lost = await createLost();
    await open(one, lost.number);
    const again = await post(two, ['/office/recoveries'], { ...seen, number: lost.number });
    expect([again.status, findErrorCode(again), ...readTyped(again, ['number', 'issuer'])]).toEqual([
      409,
      'recovery/already-open',
      lost.number,
      'Passports',
    ]);
    const gone = await createLost();
    watch.database.run(`UPDATE people SET status = 'deceased' WHERE id = '${gone.personId}'`);
    const refused = await fill(one, ['/office/recoveries'], { ...seen, number: gone.number });
    expect([refused.status, findErrorCode(refused), ...readTyped(refused, ['number', 'issuer'])]).toEqual([
      409,
      'recovery/status-refused',
      gone.number,
      'Passports',
    ]);
  });

  test('EN-08 the second officer has one try: another document refuses the recovery, as an entry', async () => {
    const lost = await createLost();
    const url = await open(one, lost.number);
    const differs = await post(two, [url, `${url}/approve`], { ...seen, digits: '42AC' });
    expect([differs.status, findErrorCode(differs)]).toEqual([409, 'recovery/evidence-differs']);
    // What this officer saw stands ready for the next recovery, and nothing of what the first one wrote.
    expect(readTyped(differs, ['issuer', 'digits', 'number'])).toEqual(['Passports', '42AC', '']);
    expect(differs.body).not.toContain('42AB');
    expect(findErrorCode(await two.traveller.agent.get(`${world.issuer}${url}`))).toBe('recovery/over');
    const ended = watch.database.rows(`SELECT state, end_reason FROM recoveries WHERE person_id = '${lost.personId}'`);
    expect(ended).toEqual([{ state: 'refused', end_reason: 'evidence' }]);
    const told = watch.database.rows(
      `SELECT type FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE person_ref = '${lost.personId}' AND type = 'recovery.refused'`,
    );
    expect(told).toEqual([{ type: 'recovery.refused' }]);
    const again = await open(one, lost.number);
    expect((await post(two, [again, `${again}/approve`], seen)).body).toContain('data-code');
  });

  test('EN-08 the second officer reads nothing that has to agree, and the day on which the document ends has to agree too', async () => {
    const lost = await createLost();
    const url = await open(one, lost.number);
    const shown = (await two.traveller.agent.get(`${world.issuer}${url}`)).body.replaceAll(/<[^>]*>/g, ' ');
    expect(shown).toContain('س••• ا•••••••');
    for (const hidden of [sampleNumber, sampleNumber.slice(-4), lost.number, 'Alqahtani', 'القحطاني', '42AB', '2099']) {
      expect(shown).not.toContain(hidden);
    }
    expect(findErrorCode(await post(two, [url, `${url}/approve`], { ...seen, expiry: '2099-01-02' }))).toBe('recovery/evidence-differs');
    const ended = watch.database.rows(`SELECT state, end_reason FROM recoveries WHERE person_id = '${lost.personId}'`);
    expect(ended).toEqual([{ state: 'refused', end_reason: 'evidence' }]);
  });

  test('EN-08 two honest officers who see a genuine passport of somebody else recover nothing', async () => {
    const lost = await createLost();
    const others = { ...seen, birth: '1984-11-02' };
    const opened = await fill(one, ['/office/recoveries'], { ...others, number: lost.number });
    expect([opened.status, findErrorCode(opened)]).toEqual([400, 'proofing/holder-differs']);
    expect(readTyped(opened, ['number', 'issuer', 'birth'])).toEqual([lost.number, 'Passports', '1984-11-02']);
    const card = { ...seen, document: 'idcard', digits: '42AB', number: lost.number };
    expect(findErrorCode(await fill(one, ['/office/recoveries'], card))).toBe('proofing/holder-differs');
    const url = await open(one, lost.number);
    const looked = await fill(two, [url, `${url}/approve`], others);
    expect([looked.status, findErrorCode(looked), readTyped(looked, ['issuer'])]).toEqual([400, 'proofing/holder-differs', ['Passports']]);
    const rows = watch.database.rows(`SELECT state FROM recoveries WHERE person_id = '${lost.personId}'`);
    expect(rows).toEqual([{ state: 'begun' }]);
    const sheet = await fill(two, [url, `${url}/approve`], seen);
    const { action, fields } = toRecoveryAct(sheet);
    const confirmation = await confirmShown(two.traveller, sheet);
    const unsaid = await two.traveller.agent.post(action, { ...fields, confirmation, holder: '' });
    expect([unsaid.status, findErrorCode(unsaid), unsaid.body.includes('data-code')]).toEqual([400, 'officer/nothing-chosen', false]);
    expect((await two.traveller.agent.post(action, { ...fields, confirmation })).body).toContain('data-code');
  });

  test('EN-08 an open desk without the passkey of its officer opens nothing and approves nothing', async () => {
    const lost = await createLost();
    const asked = { ...seen, number: lost.number };
    const begun = () => watch.database.rows(`SELECT id FROM recoveries WHERE person_id = '${lost.personId}'`);
    const approved = (id: unknown) => watch.database.rows(`SELECT passkey_id FROM recovery_approvals WHERE recovery_id = '${String(id)}'`);
    const send = async ({ traveller: { agent } }: Officer, page: Answered, changes: Readonly<Record<string, string>>) => {
      const { action, fields } = toRecoveryAct(page);
      return findErrorCode(await agent.post(action, { ...fields, ...changes }));
    };
    const opening = await fill(one, ['/office/recoveries'], asked);
    expect([opening.status, begun()]).toEqual([200, []]);
    const ofOne = await confirmShown(one.traveller, opening);
    for (const changes of [{}, { confirmation: 'A'.repeat(43) }, { confirmation: ofOne, digits: '42AC' }]) {
      expect(await send(one, opening, changes)).toBe('officer/unconfirmed');
    }
    expect(begun()).toEqual([]);
    const url = await open(one, lost.number);
    const [{ id } = {}] = begun();
    const sheet = await fill(two, [url, `${url}/approve`], seen);
    expect(sheet.body).not.toContain('data-code');
    const elsewhere = await confirmShown(one.traveller, await fill(one, ['/office/recoveries'], asked));
    for (const changes of [{}, { confirmation: elsewhere }, { confirmation: await confirmShown(two.traveller, sheet), digits: '42AC' }]) {
      expect(await send(two, sheet, changes)).toBe('officer/unconfirmed');
    }
    expect(approved(id)).toEqual([]);
    const confirmation = await confirmShown(two.traveller, sheet);
    expect(await send(two, sheet, { confirmation })).toBeUndefined();
    const [held] = await world.storage.staff.listPasskeys(two.id);
    expect(approved(id)).toEqual([{ passkey_id: held?.id }]);
    expect((await world.storage.recoveries.findRecovery(String(id)))?.openedWith).toBe(
      (await world.storage.staff.listPasskeys(one.id))[0]?.id,
    );
  });

  test('EN-08 two accounts that share a spelling of their name are not two officers', async () => {
    const lost = await createLost();
    const both = await createSignedInOfficer(world, 'registrar', 'فهد العتيبي · Fahad Alotaibi');
    const latin = await createSignedInOfficer(world, 'registrar', 'FAHAD ALOTAIBI');
    const url = await open(both, lost.number);
    expect(findErrorCode(await post(latin, [url, `${url}/approve`], seen))).toBe('recovery/own');
    expect((await post(two, [url, `${url}/approve`], seen)).body).toContain('data-code');
  });

  test('EN-08 an officer of the person’s own name takes no part', async () => {
    const lost = await createLost();
    for (const name of ['سارة القحطاني · Sara Alqahtani', 'ساره القحطاني / S. Alqahtani', 'Noura - SARA ALQAHTANI']) {
      const either = await createSignedInOfficer(world, 'registrar', name);
      expect(findErrorCode(await post(either, ['/office/recoveries'], { ...seen, number: lost.number }))).toBe('recovery/own-identity');
    }
    const same = await createSignedInOfficer(world, 'registrar', 'Sara Alqahtani');
    expect(findErrorCode(await post(same, ['/office/recoveries'], { ...seen, number: lost.number }))).toBe('recovery/own-identity');
    const url = await open(one, lost.number);
    expect(findErrorCode(await post(same, [url, `${url}/approve`], seen))).toBe('recovery/own-identity');
  });
});
