// Enrolment links: what they hold, how often they work, and what looking at them does (security contract 2.7).

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { createRequest, goThrough } from '../support/visits.ts';

const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

describe('an enrolment link', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const look = async (link: string) => createTraveller(at.issuer).agent.get(link);
  const newLink = async (): Promise<string> => at.world.invite(await at.world.addPerson());

  const expectDead = async (link: string): Promise<void> => {
    const page = await look(link);
    expect([page.status, findErrorCode(page)]).toEqual([410, 'enrolment/invalid-link']);
    await expect(enrol(createTraveller(at.issuer), link)).rejects.toThrow(/has no|was refused/);
  };

  test('EN-01 a link holds 256 random bits, and a guess is told apart from nothing', async () => {
    const tokens: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      tokens.push(tokenOf(await newLink()));
    }
    const bytes = tokens.map((token) => Buffer.from(token, 'base64url'));
    expect(new Set(bytes.map(({ length }) => length))).toEqual(new Set([32]));
    expect(new Set(tokens).size).toBe(40);
    const ones = bytes.flatMap((each) => [...each]).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    expect(Math.abs(ones / (40 * 256) - 0.5)).toBeLessThan(0.03);
    for (let place = 0; place < 32; place += 1) {
      expect(new Set(bytes.map((each) => each[place])).size).toBeGreaterThan(8);
    }
    const used = await newLink();
    await enrol(createTraveller(at.issuer), used);
    const answers = await Promise.all([used, `${at.issuer}/enrol/${'A'.repeat(43)}`, `${at.issuer}/enrol/short`].map(look));
    const shown = answers.map(({ status, body }) => [
      status,
      body.replaceAll(/[2-9A-Z]{4}-[2-9A-Z]{4}|\/enrol\/[\w-]+|<time[\s\S]*?<\/time>/g, ''),
    ]);
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
  });

  test('EN-01 a link of the operator says on its page whose it is, how far it reaches and that nobody saw the person; whoever has a passkey is offered no second one', async () => {
    const person = await at.world.addPerson();
    const link = await at.world.invite(person);
    const page = await createTraveller(at.issuer).agent.get(`${link}?lang=en`);
    expect(page.body).toContain('data-made-by="operator"');
    expect(page.body).toMatch(/The operator of Huwiya made this link[\s\S]*substantial/);
    expect(page.body).not.toContain('The registration office can give you a new one');
    const first = await enrol(createTraveller(at.issuer), link);
    expect(first.body).toContain('data-action="skip-spare"');
    const other = await enrol(createTraveller(at.issuer), await at.world.invite(person));
    expect([new URL(other.url).search, other.body.includes('data-action="skip-spare"')]).toEqual(['?done=another', false]);
    const english = await createTraveller(at.issuer).agent.get(`${at.issuer}/enrol/done?done=another&lang=en`);
    expect(english.body).toContain('Your other passkeys still work');
    expect(english.body).not.toContain('second passkey');
  });

  test('EN-02 an altered link is unknown: nothing in it is trusted, and only its digest is stored', async () => {
    const [link, other] = [await newLink(), await newLink()];
    const token = tokenOf(link);
    const altered = [
      `${token.slice(0, 42)}${token.endsWith('A') ? 'Q' : 'A'}`,
      `${token.slice(0, 20)}${tokenOf(other).slice(20)}`,
      `${token}A`,
      token.slice(1),
      token.toUpperCase(),
      `${token}.${tokenOf(other)}`,
    ];
    await at.changesNothing(async () => {
      for (const one of altered) {
        await expectDead(`${at.issuer}/enrol/${one}`);
      }
    });
    const digests = at.database.rows('SELECT digest FROM invitations').map(({ digest }) => digest);
    expect([digests.includes(createHash('sha256').update(token).digest('base64url')), digests.includes(token)]).toEqual([true, false]);
    expect((await enrol(createTraveller(at.issuer), link)).status).toBe(200);
  });

  test('EN-03 a link works once: not again, not in parallel, not after its time, its replacement or the end of its person', async () => {
    const time = shiftTime();
    try {
      const used = await newLink();
      expect((await enrol(createTraveller(at.issuer), used)).status).toBe(200);
      await expectDead(used);
      const raced = await newLink();
      const racing = await Promise.allSettled(Array.from({ length: 12 }, async () => enrol(createTraveller(at.issuer), raced)));
      expect(racing.filter(({ status }) => status === 'fulfilled').length).toBe(1);
      const person = await at.world.addPerson();
      const replaced = await at.world.invite(person);
      const current = await at.world.invite(person);
      await expectDead(replaced);
      await setPersonStatus(at.world, person, 'suspended');
      await expectDead(current);
      await setPersonStatus(at.world, person, 'active');
      // What was open when the person could not come in stays closed; the office gives a new one.
      await expectDead(current);
      expect((await enrol(createTraveller(at.issuer), await at.world.invite(person))).status).toBe(200);
      const late = await newLink();
      time.advance(minutes(60) + 1000);
      await expectDead(late);
    } finally {
      time.restore();
    }
  });

  test('EN-12 a scanner that opens the link uses nothing up', async () => {
    const link = await newLink();
    await at.changesNothing(async () => {
      for (let count = 0; count < 5; count += 1) {
        expect((await look(link)).status).toBe(200);
        await fetch(link, { method: 'HEAD' });
        await fetch(`${link}/options`).catch(() => undefined);
        await fetch(`${link}/verify`).catch(() => undefined);
      }
      const posted = await fetch(`${link}/options`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
      });
      expect(posted.status).toBe(403);
    });
    const traveller = createTraveller(at.issuer);
    expect((await enrol(traveller, link)).status).toBe(200);
    expect((await goThrough(traveller, await traveller.agent.get(createRequest(at.issuer, 'permit').url))).url).toContain('code=');
  });
});
