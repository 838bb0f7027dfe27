// What people read of a freeze and its end: how long this installation waits, how it opens again, who opened it, and how it is stopped.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { beginUnfreeze } from '../../src/domain/protection/begin-unfreeze.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { liftByOrder, liftIfDue, liftOrder } from '../../src/domain/protection/lift-freezes.ts';
import { mailEnv, readLetters } from '../support/mailbox.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createUserAgent } from '../support/user-agent.ts';
import { createOtherBrowser, getForm, openAccountPage } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const hour = 3_600_000;
const poll = { timeout: 15_000, interval: 50 };
const operator = { kind: 'operator', ref: null } as const;
const self = { kind: 'person', ref: null } as const;

describe('the words about a freeze', () => {
  let world: World;
  let database: OpenDatabase;
  let time: ShiftedTime;
  let count = 0;

  beforeAll(async () => {
    time = shiftTime();
    world = await createWorld({ env: { ...mailEnv, HUWIYA_UNFREEZE_HOURS: '72', HUWIYA_RECOVERY_HOURS: '48' } });
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
    time.restore();
  });

  type Sara = { readonly traveller: Traveller; readonly id: string; readonly email: string };

  const createSara = async (language: 'ar' | 'en' = 'en'): Promise<Sara> => {
    count += 1;
    const email = `words-${count}@example.test`;
    const traveller = createTraveller(world.issuer);
    const person = await world.addPerson('citizen', { ...sampleData, email, email_verified: true });
    await world.storage.people.saveLanguage(person.id, language);
    await enrol(traveller, await world.invite(person));
    return { traveller, id: person.id, email };
  };
  const raise = ({ id }: Sara): void => {
    database.run(`UPDATE passkeys SET standing = 'trusted', ceiling = 'high' WHERE person_id = '${id}'`);
  };
  const needs = () => ({
    protection: world.storage.protection,
    clock: { now: () => Date.now() },
    random: systemRandom,
    issuer: world.issuer,
    unfreezeDelayMs: 72 * hour,
  });
  const toWords = (html: string): string =>
    html
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/[\u2066-\u2069]/g, '')
      .replaceAll(/\s+/g, ' ');
  const read = async (path: string, agent = createUserAgent(world.issuer)): Promise<string> =>
    toWords((await agent.get(`${world.issuer}${path}`)).body);
  const freeze = async ({ id }: Sara) => freezePerson(needs(), { personId: id, how: 'session', authority: 'own', actor: self });
  const waitFor = async ({ email }: Sara, subject: RegExp): Promise<string> => {
    const find = () => readLetters(world).filter((letter) => letter.to === email && subject.test(letter.subject));
    await expect.poll(() => find().length, poll).toBe(1);
    return (find()[0]?.text ?? '').replaceAll(/[\u2066-\u2069]/g, '');
  };
  const notesOf = async ({ traveller }: Sara): Promise<string> => {
    const back = createOtherBrowser(traveller);
    await openAccountPage(back);
    return toWords((await back.agent.get(`${world.issuer}/account/activity`)).body);
  };

  it('say the days of this installation wherever a freeze or a recovery makes somebody wait', async () => {
    const sara = await createSara();
    const days = 'ثم تبدأ مهلة: 3 أيام';
    expect(await read('/freeze')).toContain(days);
    expect(await read('/frozen')).toContain(days);
    expect(await read('/unfreeze')).toContain('المهلة: 3 أيام');
    expect(await read('/unfreeze/counter')).toContain(days);
    expect(await read('/recover/ways')).toContain('بالانتظار: المهلة يومان');
    await freeze(sara);
    expect(await waitFor(sara, /identity was frozen/)).toContain('Then a delay begins: 3 days.');
    const arabic = await createSara('ar');
    await freeze(arabic);
    expect(await waitFor(arabic, /جُمّدت هويتك/)).toContain('ثم تبدأ مهلة: 3 أيام.');
  });

  it('say before it is closed how it opens again, as it is for this person', async () => {
    const sara = await createSara();
    await openAccountPage(sara.traveller);
    const lesser = await sara.traveller.agent.get(`${world.issuer}/account/freeze`);
    expect([lesser.body.includes('freeze-open-counter'), toWords(lesser.body).includes('Only at a registration office')]).toEqual([
      true,
      true,
    ]);
    raise(sara);
    const high = await sara.traveller.agent.get(`${world.issuer}/account/freeze`);
    expect([high.body.includes('freeze-open-high'), toWords(high.body).includes('With your high-level passkey')]).toEqual([true, true]);
  });

  it('lead somebody whose passkey is too little to what the counter asks for, and on from there', async () => {
    const sara = await createSara();
    await freeze(sara);
    const other = createOtherBrowser(sara.traveller);
    const counter = await signIn(other, await other.agent.get(`${world.issuer}/unfreeze`));
    expect(new URL(counter.url).pathname).toBe('/unfreeze/counter');
    expect(counter.body).toMatch(/href="\/unfreeze"[\s\S]*href="\/recover"[\s\S]*href="\/"/);
  });

  it('promise after a code no more than came of it', async () => {
    const [open, already, beneath] = [await read('/frozen'), await read('/frozen?was=already'), await read('/frozen?was=beneath')];
    const ended = 'أُغلقت كل الجلسات';
    expect([open, already, beneath].map((words) => words.includes(ended))).toEqual([true, false, true]);
    expect(already).toContain('رمزك المطبوع يبقى صالحًا');
    expect(beneath).toContain('وإذا زال ذلك السبب بقي هذا التجميد قائمًا');
  });

  it('lead to the lifting wherever somebody who is frozen is refused', async () => {
    const stranger = createUserAgent(world.issuer);
    const pages = await Promise.all(
      ['/account', '/recover/cancelled', '/enrol/gone', '/not-me/gone'].map(async (path) => stranger.get(`${world.issuer}${path}`)),
    );
    expect(pages.map(({ body }) => body.includes('href="/unfreeze"'))).toEqual([true, true, true, true]);
  });

  it('tell when the delay ends, who began it and how it is stopped; then who ended it: the delay', async () => {
    const sara = await createSara();
    await freeze(sara);
    const begun = await beginUnfreeze(needs(), { personId: sara.id, by: 'passkey', actor: self });
    const letter = await waitFor(sara, /Lifting the freeze was asked for, with a passkey/);
    expect(letter).toMatch(/If nobody stops it, the freeze ends on .*\d{4}[\s\S]*printed freeze code stops it too[\s\S]*\/not-me\//);
    const [link = ''] = /https?:\/\/\S+\/not-me\/\S+/.exec(letter) ?? [];
    expect(toWords((await createUserAgent(world.issuer).get(link)).body)).toContain('موعد انتهاء التجميد، ما لم يُوقَف');
    time.advance(72 * hour);
    expect([begun.ok, await liftIfDue(needs(), sara.id)]).toEqual([true, true]);
    expect(await waitFor(sara, /the delay is over/)).toContain('If you asked for it');
    expect(await notesOf(sara)).toMatch(/The delay was over, and nobody had stopped it\.[\s\S]*With a passkey of yours\./);
  });

  it('tell that an authority froze, that its order ended, and that the operator ended a freeze', async () => {
    const sara = await createSara();
    await freeze(sara);
    await freezePerson(needs(), { personId: sara.id, how: 'command', authority: 'ordered', actor: operator });
    await waitFor(sara, /frozen by order of an authority/);
    expect(await liftOrder(needs(), sara.id, {})).toBe('own-stands');
    await waitFor(sara, /order to freeze your identity has ended; your own freeze goes on/);
    expect(await liftByOrder(needs(), sara.id)).toBe(true);
    expect(await waitFor(sara, /operator of Huwiya ended the freeze/)).toContain('If you asked for it');
    expect(await notesOf(sara)).toMatch(/The operator of Huwiya ended it\./);
  });

  it('say what “keep it frozen” says: nothing opens', async () => {
    const sara = await createSara();
    raise(sara);
    await freeze(sara);
    const other = createOtherBrowser(sara.traveller);
    const waits = await signIn(other, await other.agent.get(`${world.issuer}/unfreeze`));
    const form = getForm(waits, /\/unfreeze\/stop$/);
    expect((await other.agent.post(form.action, form.fields)).body).toContain('data-frozen="open"');
  });
});
