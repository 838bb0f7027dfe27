// Changing an email address or a number: only with a fresh passkey, only by the code that went to the new address, only in the session that asked.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { liftByOrder } from '../../src/domain/protection/lift-freezes.ts';
import { isFoundIn } from '../support/find-secret.ts';
import { getCode, mailEnv, readLetters, waitForLetter } from '../support/mailbox.ts';
import { openWorldDatabase, readDatabaseFiles, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import { createOtherBrowser, findStep, getForm, goThrough, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const minute = 60_000;
const poll = { timeout: 15_000, interval: 50 };

describe('the email address and the number of a person', () => {
  let world: World;
  let database: OpenDatabase;
  let time: ShiftedTime;
  let count = 0;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld({ env: mailEnv });
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
    time.restore();
  });

  type Sara = { readonly traveller: Traveller; readonly id: string; readonly old: string; readonly fresh: string };

  /** Each with addresses of her own: codes are counted by address too. */
  const createSara = async (): Promise<Sara> => {
    count += 1;
    const old = `old-${count}@example.test`;
    const traveller = createTraveller(world.issuer);
    const person = await world.addPerson('citizen', { ...sampleData, email: old });
    await enrol(traveller, await world.invite(person));
    await openAccountPage(traveller);
    return { traveller, id: person.id, old, fresh: `new-${count}@example.test` };
  };

  const open = async ({ traveller }: Pick<Sara, 'traveller'>, path = ''): Promise<Answered> =>
    traveller.agent.get(`${world.issuer}/account/details${path}`);

  const ask = async (sara: Sara, address = sara.fresh, channel = 'email'): Promise<Answered> => {
    const form = getForm(await goThrough(sara.traveller, await open(sara, `/${channel}`)), new RegExp(`/${channel}$`));
    return sara.traveller.agent.post(form.action, { ...form.fields, address });
  };

  const type = async (sara: Pick<Sara, 'traveller'>, code: string, channel = 'email'): Promise<Answered> => {
    const { fields } = getForm(await open(sara), /\/language$/);
    return sara.traveller.agent.post(`${world.issuer}/account/details/${channel}/code`, { ...fields, code });
  };

  const resend = async (sara: Pick<Sara, 'traveller'>): Promise<Answered> => {
    const { fields } = getForm(await open(sara), /\/language$/);
    return sara.traveller.agent.post(`${world.issuer}/account/details/email/resend`, fields);
  };

  const findError = (page: Answered): string | undefined => /data-error="([^"]*)"/.exec(page.body)?.[1];

  const entriesOf = ({ id }: Pick<Sara, 'id'>): readonly unknown[] =>
    database.rows(
      "SELECT e.attributes FROM entries e JOIN entry_secrets s ON s.entry_id = e.id WHERE e.type = 'person.changed' AND s.person_ref = ?",
      id,
    );

  const wrongFor = (code: string): string => (code === '12345678' ? '87654321' : '12345678');

  it('change by the code from the new address: one entry, true to services at once, and the old address is told without the new one', async () => {
    const sara = await createSara();
    const page = await ask(sara);
    expect(page.url).toMatch(/\/account\/details\/email\/code$/);
    expect(page.body).toContain(sara.fresh);
    const letter = await waitForLetter(world, sara.fresh);
    expect([letter.headers.get('from'), letter.headers.get('auto-submitted')]).toEqual([
      expect.stringContaining('<notices@huwiya.example>'),
      'auto-generated',
    ]);
    expect((await open(sara)).body).toContain(sara.old);
    expect(entriesOf(sara)).toEqual([]);
    const changed = await type(sara, getCode(letter));
    expect(changed.url).toMatch(/\/account\/details\?changed=email$/);
    expect(changed.body).toContain(sara.fresh);
    expect(changed.body).not.toContain(sara.old);
    expect(entriesOf(sara)).toEqual([{ attributes: '["email"]' }]);
    const notice = await waitForLetter(world, sara.old);
    expect(`${notice.subject}${notice.text}${notice.html}`).not.toContain('new-');
    const tokens = await obtainTokens(sara.traveller, 'permit', { attributes: ['email'] });
    const released = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect(released.body).toMatchObject({ email: sara.fresh, email_verified: true });
  });

  it('tell a proven address that was replaced for 30 days of what concerns the access, and then no more', async () => {
    const sara = await createSara();
    await ask(sara);
    await type(sara, getCode(await waitForLetter(world, sara.fresh)));
    const replaced = /Your email address or mobile number has changed/;
    const count = (address: string, subject: RegExp): number =>
      readLetters(world).filter((letter) => letter.to === address && subject.test(letter.subject)).length;
    await expect.poll(() => [count(sara.old, replaced), count(sara.fresh, replaced)], poll).toEqual([1, 1]);
    const told = readLetters(world).find(({ to, subject }) => to === sara.old && replaced.test(subject));
    expect(told?.text).toMatch(/replaced less than 30 days ago/);
    expect(told?.text).toMatch(/\/not-me\//);
    expect(told?.text).not.toContain(sara.fresh);
    const { protection } = world.storage;
    const needs = { protection, clock: { now: () => Date.now() }, random: systemRandom, issuer: world.issuer };
    const [frozen, unfrozen] = [/identity was frozen/, /ended the freeze of your identity/];
    await freezePerson(needs, { personId: sara.id, how: 'command', authority: 'ordered', actor: { kind: 'operator', ref: null } });
    await expect.poll(() => [count(sara.old, frozen), count(sara.fresh, frozen)], poll).toEqual([1, 1]);
    time.advance(30 * 24 * 60 * minute);
    await liftByOrder(needs, sara.id);
    await expect.poll(() => count(sara.fresh, unfrozen), poll).toBe(1);
    expect(count(sara.old, unfrozen)).toBe(0);
  });

  it('ask for the passkey when it was last used more than five minutes ago, at the page and at its form', async () => {
    const sara = await createSara();
    const form = getForm(await open(sara, '/email'), /\/email$/);
    time.advance(6 * minute);
    expect(findStep(await open(sara, '/email'))).toBe('sign-in');
    const posted = await sara.traveller.agent.post(form.action, { ...form.fields, address: sara.fresh });
    expect(findStep(posted)).toBe('sign-in');
    const back = await goThrough(sara.traveller, posted);
    expect(back.url).toMatch(/\/account\/details\/email$/);
    expect(readLetters(world).filter(({ to }) => to === sara.fresh)).toEqual([]);
  });

  it('use a code once', async () => {
    const sara = await createSara();
    await ask(sara);
    const code = getCode(await waitForLetter(world, sara.fresh));
    await type(sara, code);
    const again = await type(sara, code);
    expect([again.status, findError(again)]).toEqual([410, 'contact/code-ended']);
    expect(entriesOf(sara)).toHaveLength(1);
  });

  it('end a code after five wrong ones, so that the right one comes too late; a new one can be had', async () => {
    const sara = await createSara();
    await ask(sara);
    const code = getCode(await waitForLetter(world, sara.fresh));
    const told: unknown[] = [];
    for (const typed of ['', '1234', ...Array.from({ length: 5 }, () => wrongFor(code)), code]) {
      const page = await type(sara, typed);
      told.push([page.status, findError(page)]);
    }
    const [wrong, ended] = [
      [400, 'contact/code-wrong'],
      [410, 'contact/code-ended'],
    ];
    expect(told).toEqual([wrong, wrong, wrong, wrong, wrong, wrong, ended, ended]);
    expect(entriesOf(sara)).toEqual([]);
    time.advance(minute);
    expect((await resend(sara)).url).toMatch(/\/code$/);
    expect((await type(sara, getCode(await waitForLetter(world, sara.fresh, 2)))).url).toMatch(/changed=email$/);
    expect(entriesOf(sara)).toHaveLength(1);
  });

  it('let no code live longer than ten minutes', async () => {
    const sara = await createSara();
    await ask(sara);
    const code = getCode(await waitForLetter(world, sara.fresh));
    time.advance(10 * minute);
    const late = await type(sara, code);
    expect([late.status, findError(late)]).toEqual([410, 'contact/code-ended']);
    expect(late.body).toContain('data-action="resend-code"');
    expect(late.body).not.toContain('data-action="confirm-code"');
    time.advance(21 * minute);
    await goThrough(sara.traveller, await open(sara));
    expect((await open(sara, '/email/code')).body).not.toContain('data-action="resend-code"');
    expect(entriesOf(sara)).toEqual([]);
  });

  it('end the code before when a new one is asked for', async () => {
    const sara = await createSara();
    await ask(sara);
    const first = getCode(await waitForLetter(world, sara.fresh));
    time.advance(minute);
    await resend(sara);
    const second = getCode(await waitForLetter(world, sara.fresh, 2));
    expect(findError(await type(sara, first))).toBe(first === second ? undefined : 'contact/code-wrong');
    expect((await type(sara, second)).url).toMatch(/changed=email$/);
  });

  it('take the code in the session that asked, and in no other of the same person', async () => {
    const sara = await createSara();
    await ask(sara);
    const code = getCode(await waitForLetter(world, sara.fresh));
    const other = { traveller: createOtherBrowser(sara.traveller) };
    await openAccountPage(other.traveller);
    expect(findError(await type(other, code))).toBe('contact/code-ended');
    expect((await open(other, '/email/code')).body).not.toContain(sara.fresh);
    expect(findError(await resend(other))).toBe('contact/code-ended');
    expect((await type(sara, code)).url).toMatch(/changed=email$/);
    const stranger = await createSara();
    expect(findError(await type(stranger, code))).toBe('contact/code-ended');
  });

  it('send no more than a code a minute and three an hour to one address, and say so', async () => {
    const sara = await createSara();
    await ask(sara);
    const hasty = await resend(sara);
    expect([hasty.status, findError(hasty)]).toEqual([429, 'contact/too-many-codes']);
    const told: unknown[] = [];
    for (const _ of [2, 3, 4]) {
      time.advance(minute);
      told.push(findError(await resend(sara)));
    }
    expect(told).toEqual([undefined, undefined, 'contact/too-many-codes']);
    const other = await createSara();
    expect(findError(await ask(other, sara.fresh.toUpperCase()))).toBe('contact/too-many-codes');
    await waitForLetter(world, sara.fresh, 3);
    expect(readLetters(world).filter(({ to }) => to.toLowerCase() === sara.fresh)).toHaveLength(3);
  });

  it('change nothing while the entry cannot be written, and then still take the code', async () => {
    const sara = await createSara();
    await ask(sara);
    const code = getCode(await waitForLetter(world, sara.fresh));
    const failed = await whileInsertFails(database, 'entries', () => type(sara, code));
    expect([failed.status, findError(failed)]).toEqual([503, 'ledger/unavailable']);
    expect((await open(sara)).body).toContain(sara.old);
    expect((await type(sara, code)).url).toMatch(/changed=email$/);
    expect(entriesOf(sara)).toHaveLength(1);
  });

  it('refuse what is no address or no change, on the form itself, with what was typed', async () => {
    const sara = await createSara();
    const bad = await ask(sara, 'sara@example.test\r\nBcc: x@example.test');
    expect([bad.status, findError(bad)]).toEqual([400, 'contact/address-invalid']);
    expect(bad.body).toContain('aria-invalid="true"');
    expect(findError(await ask(sara, sara.old))).toBe('contact/unchanged');
    // Beside the notices of her passkey and her sign-in, which lead to a page of their own.
    expect(readLetters(world).filter(({ to, text }) => to === sara.old && !text.includes('/not-me/'))).toEqual([]);
  });

  it('prove a number by a text message through the gateway, in the person’s language', async () => {
    const sara = await createSara();
    const page = await ask(sara, '٠٠٩٦٦ ٥٠ ٠٠٠ ٠٠٧٧', 'phone');
    expect(page.url).toMatch(/\/phone\/code$/);
    const message = await waitForLetter(world, '966500000077@sms.example');
    expect([message.subject, message.html]).toEqual(['', null]);
    expect(message.text.trim().split('\n').at(-1)).toBe(`@localhost #${getCode(message)}`);
    expect(message.text).toMatch(/رمز هوية|Huwiya code/);
    const changed = await type(sara, getCode(message), 'phone');
    expect(changed.body).toContain('+966500000077');
    expect(entriesOf(sara)).toEqual([{ attributes: '["phone_number"]' }]);
    expect((await waitForLetter(world, sara.old)).text).not.toContain('0000077');
  });

  it('leave no code and no address in the database or the log, also while they wait', async () => {
    const sara = await createSara();
    await ask(sara);
    const used = getCode(await waitForLetter(world, sara.fresh));
    await type(sara, used);
    const waiting = `waiting-${count}@example.test`;
    time.advance(minute);
    await ask(sara, waiting);
    const values = { used, waiting: getCode(await waitForLetter(world, waiting)), old: sara.old, fresh: sara.fresh, address: waiting };
    const bytes = Buffer.concat([...readDatabaseFiles(world).map((file) => file.bytes), Buffer.from(world.logLines.join(''))]);
    expect(Object.entries(values).filter(([, value]) => isFoundIn(bytes, value))).toEqual([]);
    expect(isFoundIn(bytes, 'person.changed')).toBe(true);
  });
});
