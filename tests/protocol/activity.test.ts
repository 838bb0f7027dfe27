// The place "activity": what a person reads about their own data is what the log holds about them, and about nobody else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endByAuthority } from '../../src/domain/consent/end-by-authority.ts';
import type { AuthorityNeeds } from '../../src/domain/consent/end-by-authority.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { getSubject } from '../../src/domain/people/get-subject.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createEnrolled, createEnrolledPerson, obtainTokens, openAccountPage, visit, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const received = /went to the Ministry of Labour/;

const toAuthorityNeeds = ({ clock, config, issuer, keys, storage }: World): AuthorityNeeds => ({
  ...storage,
  clock,
  random: systemRandom,
  signer: { issuer, authority: config.authority, key: keys.receipt.privateKey, kid: keys.receipt.kid },
  getSubject: (person, sector) => getSubject({ people: storage.people, random: systemRandom }, person, sector),
});

describe('the activity of a person', () => {
  let world: World;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    traveller = await createEnrolled(world);
    const { body } = await obtainTokens(traveller, 'permit');
    await fetchUserInfo(world.issuer, body['access_token']);
    await visit(traveller, 'clinic');
    await openAccountPage(traveller);
    await withdraw(traveller, 'permit');
    await readLog(world);
  });

  afterAll(async () => {
    await world.close();
  });

  const read = async (query = '', who = traveller): Promise<string> => {
    const page = await who.agent.get(`${world.issuer}/account/activity?lang=en${query}`);
    expect(page.status).toBe(200);
    return page.body.replace(/[\u2066-\u2069]/g, '');
  };

  const titles = (page: string): readonly string[] =>
    [...page.matchAll(/<p class="event-title">([^<]*)<\/p>/g)].map(([, title = '']) => title);

  it('holds every share, decision and sign-in, the newest first, under its day in both calendars', async () => {
    const page = await read();
    const told = titles(page);
    expect(told[0]).toBe('You withdrew your consent from the service Work permits');
    expect(told.filter((title) => received.test(title))).toHaveLength(1);
    expect(told.at(-1)).toBe('A link to create a passkey was made');
    expect(page).toMatch(/<h2 id="day-\d{4}-\d\d-\d\d">\w+day, <time[^>]*>[^<]+<span class="hijri">\([^)]+AH\)<\/span>/);
    expect(page).toMatch(/aria-current="page">Activity</);
  });

  it('is narrowed to one service, or to one kind, by a plain form', async () => {
    const clinic = titles(await read('&service=moh-clinic'));
    expect(clinic.length).toBeGreaterThan(0);
    expect(clinic.filter((title) => received.test(title))).toEqual([]);
    const shared = titles(await read('&kind=shared'));
    expect(shared.filter((title) => !received.test(title))).toEqual([]);
    expect(titles(await read('&kind=shared&service=moh-clinic'))).toEqual([]);
    expect(await read('&kind=over-asked')).toContain('Nothing of this kind');
  });

  it('shows everything again when the address names what no filter knows', async () => {
    const all = titles(await read());
    for (const query of [
      '&kind=everything',
      '&service=other',
      '&attribute=other',
      '&period=ever',
      "&service='",
      '&kind=shared&kind=decided',
    ]) {
      expect(titles(await read(query))).toEqual(all);
    }
  });

  it('goes on page by page, without a gap and without saying a thing twice', async () => {
    for (let times = 0; times < 14; times += 1) {
      await obtainTokens(traveller, 'clinic');
    }
    await readLog(world);
    const pages: string[] = [];
    let query = '';
    for (;;) {
      const page = await read(query);
      pages.push(page);
      const older = /href="\/account\/activity\?after=([\w.-]+)"/.exec(page.replaceAll('&amp;', '&'));
      if (older === null || pages.length > 9) {
        break;
      }
      query = `&after=${older[1] ?? ''}`;
    }
    expect(pages.length).toBeGreaterThan(1);
    const total = pages.flatMap(titles);
    expect(titles(pages[0] ?? '')).toHaveLength(20);
    expect(total.filter((title) => title.includes('withdrew'))).toHaveLength(1);
    expect(total.at(-1)).toBe('A link to create a passkey was made');
    expect(pages.at(-1)).toContain('>Newest<');
  });

  it('opens each of its entries, those of an authority too, which say who acted', async () => {
    const { traveller: subject, person } = await createEnrolledPerson(world);
    await obtainTokens(subject, 'permit');
    const [consent] = await world.storage.consents.listConsents(person.id);
    const act = { reason: 'court order', reference: 'C-17', actor: { kind: 'operator', ref: null } } as const;
    expect(await endByAuthority(toAuthorityNeeds(world), { record: consent?.id ?? '', end: 'revoke', act })).toMatchObject({ ok: true });
    await openAccountPage(subject);
    await readLog(world);
    const links = [...(await read('', subject)).matchAll(/href="(\/account\/activity\/[^"?]+)"/g)].map(([, path = '']) => path);
    const opened = await Promise.all([...new Set(links)].map(async (path) => subject.agent.get(`${world.issuer}${path}?lang=en`)));
    expect(opened.map(({ status }) => status)).toEqual(opened.map(() => 200));
    expect(opened.filter(({ body }) => body.includes('An authority, by a decision'))).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    const other = await createEnrolled(world);
    await openAccountPage(other);
    await readLog(world);
    expect(titles(await read('', other)).filter((title) => /Work permits|went to/.test(title))).toEqual([]);
  });
});
