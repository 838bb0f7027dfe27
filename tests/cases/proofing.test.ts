// What a provider states about a person, and codes that come of it: whom it lets in, how often, and what it may say (security contract 2.7).

import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { endIssuer, trustIssuer } from '../../src/domain/proofing/change-issuers.ts';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { beginCeremony, createTraveller, enrol } from '../support/person-journey.ts';
import { createProvider, handIn, trustProvider } from '../support/proofing-issuer.ts';
import type { ProofingProvider, Said, StatementAnswer } from '../support/proofing-issuer.ts';
import { readAttribute } from '../support/user-agent.ts';
import { getForm } from '../support/visits.ts';

const refused = [400, 'proofing/statement-refused'];
const toOutcome = ({ status, body }: StatementAnswer) => [status, body['code']];

describe('a signed statement of a registered provider', () => {
  let at: CaseWorld;
  let provider: ProofingProvider;
  let person: StoredPerson;
  let number = '';

  beforeAll(async () => {
    at = await createCaseWorld();
    provider = await createProvider(at.world);
    await trustProvider(at.world, provider);
  });
  afterAll(async () => at.close());
  beforeEach(async () => {
    ({ person, number } = await addPerson());
  });

  const state = async (said: Said = {}, sub = number): Promise<StatementAnswer> => handIn(at.issuer, await provider.state(sub, said));
  const getLink = (answer: StatementAnswer): string => String(answer.body['link']);
  const getCode = (answer: StatementAnswer): string => String(answer.body['enrolment_code']);
  const findCeilings = async (): Promise<readonly string[]> =>
    (await at.world.storage.passkeys.listPasskeys(person.id)).map(({ ceiling }) => ceiling);
  const expectRefused = async (work: () => Promise<StatementAnswer>): Promise<void> =>
    at.changesNothing(async () => expect(toOutcome(await work())).toEqual(refused));

  const typeCode = async (code: string) => {
    const { agent } = createTraveller(at.issuer);
    const { action, fields } = getForm(await agent.get(`${at.issuer}/enrol`), /\/enrol$/);
    return agent.post(action, { ...fields, code });
  };

  test('WA-22 a code serves its own person, once and in its time; with another statement the newer one alone works', async () => {
    const first = await state();
    const second = await state();
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(findErrorCode(await typeCode(getCode(first)))).toBe('enrolment/invalid-link');
    const other = await at.world.addPerson();
    await enrol(createTraveller(at.issuer), getLink(second));
    expect([(await findCeilings()).length, (await at.world.storage.passkeys.listPasskeys(other.id)).length]).toEqual([1, 0]);
    expect(findErrorCode(await typeCode(getCode(second)))).toBe('enrolment/invalid-link');
    const third = await handIn(at.issuer, await provider.state((await addPerson()).number));
    // A ceremony that began in time ends too late: the statement that takes the code asks for the time itself.
    const late = createTraveller(at.issuer);
    const begun = await beginCeremony(late, await late.agent.get(getLink(third)), 'register');
    at.database.run(`UPDATE invitations SET expires_at = ${at.world.clock.now() - 1} WHERE used_at IS NULL`);
    await at.changesNothing(async () => {
      expect((await late.agent.postJson(begun.verifyUrl, begun.token, begun.answer)).status).toBe(410);
      expect(findErrorCode(await typeCode(getCode(third)))).toBe('enrolment/invalid-link');
    });
  });

  test('WA-22 a passkey that was made for one code is not taken by another', async () => {
    const [mine, theirs] = [await state(), await handIn(at.issuer, await provider.state((await addPerson()).number))];
    const one = createTraveller(at.issuer);
    const begun = await beginCeremony(one, await one.agent.get(getLink(mine)), 'register');
    const token = readAttribute((await one.agent.get(getLink(theirs))).body, 'data-token');
    await at.changesNothing(async () => {
      const answer = await one.agent.postJson(`${getLink(theirs)}/verify`, token, begun.answer);
      expect([answer.status, answer.body.includes('passkey/challenge-unknown')]).toEqual([400, true]);
    });
  });

  test('EN-02 a code is a random name: as it is typed it opens the same page, altered it opens nothing, and only its digest is kept', async () => {
    const code = getCode(await state());
    const plain = code.replaceAll('-', '');
    const spelled = [
      code,
      plain.toLowerCase(),
      ` ${plain.slice(0, 8)} ${plain.slice(8)} `,
      toArabicDigits(code),
      code.replaceAll('-', '–'),
    ];
    for (const text of spelled) {
      const page = await typeCode(text);
      expect([text, page.status, page.url]).toEqual([text, 200, `${at.issuer}/enrol/${code}`]);
    }
    for (const text of [
      `${plain.slice(0, 15)}${plain.endsWith('2') ? '3' : '2'}`,
      plain.slice(1),
      `${plain}2`,
      plain.toLowerCase().replace(/./, '0'),
    ]) {
      expect(findErrorCode(await typeCode(text))).toBe('enrolment/invalid-link');
    }
    const kept = JSON.stringify(at.database.rows('SELECT * FROM invitations'));
    expect([kept.includes(plain), kept.includes(createHash('sha256').update(plain).digest('base64url'))]).toEqual([false, true]);
  });

  test('EN-03 a code works once, also when many use it at the same moment, not after it was replaced, and not after the account is active', async () => {
    const answer = await state();
    const racing = await Promise.allSettled(Array.from({ length: 8 }, async () => enrol(createTraveller(at.issuer), getLink(answer))));
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(findErrorCode(await typeCode(getCode(answer)))).toBe('enrolment/invalid-link');
    await expectRefused(async () => state());
    const late = await addPerson();
    const [old, replaced] = [await provider.state(late.number), await provider.state(late.number)];
    const [first, second] = [await handIn(at.issuer, old), await handIn(at.issuer, replaced)];
    expect(findErrorCode(await typeCode(getCode(first)))).toBe('enrolment/invalid-link');
    // The account becomes active by another way than the code that is still out.
    await enrol(createTraveller(at.issuer), await at.world.invite(late.person));
    expect(findErrorCode(await typeCode(getCode(second)))).toBe('enrolment/invalid-link');
    expect(await at.world.storage.passkeys.listPasskeys(late.person.id)).toHaveLength(1);
  });

  test('EN-04 a statement about one person lets no other in, and one for another purpose, place or issuer nobody', async () => {
    const jwt = await provider.state(number);
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const other = await addPerson();
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    const swapped = Buffer.from(JSON.stringify({ ...Object(claims), sub: other.number })).toString('base64url');
    await expectRefused(async () => handIn(at.issuer, `${head}.${swapped}.${signature}`));
    await expectRefused(async () => state({ claims: { purpose: 'recovery' } }));
    await expectRefused(async () => state({ claims: { aud: 'https://other.example' } }));
    await expectRefused(async () => state({ claims: { aud: [at.issuer, 'https://other.example'] } }));
    await expectRefused(async () => state({ claims: { iss: 'https://unknown.example' } }));
    await expectRefused(async () => state({ header: { typ: 'JWT' } }));
    await expectRefused(async () => state({ header: { typ: 'logout+jwt' } }));
    const foreign = await createProvider(at.world);
    await expectRefused(async () => handIn(at.issuer, await foreign.state(number)));
    const now = Math.floor(at.world.clock.now() / 1000);
    await expectRefused(async () => state({ claims: { iat: now - 400, exp: now - 100 } }));
    await expectRefused(async () => state({ claims: { exp: now + 3600 } }));
    await expectRefused(async () => state({ claims: { jti: undefined } }));
    const used = { claims: { jti: randomUUID() } };
    expect((await state(used)).status).toBe(201);
    await expectRefused(async () => state(used, other.number));
    await expectRefused(async () => state(used));
    expect((await handIn(at.issuer, jwt)).status).toBe(201);
  });

  test('EN-05 what a statement says of itself makes it no stronger: unknown members, levels and methods are refused', async () => {
    await expectRefused(async () => state({ claims: { verified: true } }));
    await expectRefused(async () => state({ claims: { assurance: 3 } }));
    await expectRefused(async () => state({ verification: { high: true } }));
    await expectRefused(async () => state({ verification: { trust_framework: 'eidas' } }));
    await expectRefused(async () => state({ verification: { assurance_level: 'very_high' } }));
    await expectRefused(async () => state({ methods: ['vpip', 'pvp'] }));
    await enrol(createTraveller(at.issuer), getLink(await state({ methods: ['vri', 'pvr'] })));
    expect(await findCeilings()).toEqual(['substantial']);
  });

  test('EN-05 only a chip or presence that the provider may state, and of the last day, leads to high', async () => {
    await enrol(createTraveller(at.issuer), getLink(await state()));
    expect(await findCeilings()).toEqual(['high']);
    const other = await addPerson();
    ({ person } = other);
    const old = new Date(at.world.clock.now() - 3 * 24 * 3600 * 1000).toISOString();
    await enrol(createTraveller(at.issuer), getLink(await state({ verification: { time: old } }, other.number)));
    expect(await findCeilings()).toEqual(['substantial']);
  });

  test.each([
    ['a document without a picture', { document: 'birth_certificate' }],
    ['a face that nobody compared', { methods: ['vcrypt'] }],
    ['questions in place of a document', { methods: ['kbv', 'bvr'] }],
    ['a document that was held into a camera', { methods: ['vri', 'bvr'] }],
    ['checks of long ago under a time of today', { checkedAt: '2020-01-01T00:00:00Z' }],
  ])('EN-05 %s leads no further than substantial', async (_what, said) => {
    await enrol(createTraveller(at.issuer), getLink(await state(said)));
    expect(await findCeilings()).toEqual(['substantial']);
  });

  test('EN-06 nobody is told apart: unknown, enrolled, frozen and deceased people get one answer', async () => {
    const enrolled = await addPerson();
    await enrol(createTraveller(at.issuer), await at.world.invite(enrolled.person));
    const [frozen, deceased] = [await addPerson(), await addPerson()];
    await setPersonStatus(at.world, frozen.person, 'frozen');
    await setPersonStatus(at.world, deceased.person, 'deceased');
    const answers = [];
    for (const sub of ['nobody-at-all', enrolled.number, frozen.number, deceased.number]) {
      const { status, body, headers } = await state({}, sub);
      const { reference, instance, ...said } = body;
      expect([String(instance).endsWith(String(reference)), headers.get('content-type')]).toEqual([true, 'application/problem+json']);
      answers.push([status, said]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject([400, { code: 'proofing/statement-refused', title: expect.any(String) }]);
  });

  test('EN-07 links are built from the configured issuer, whatever the request names', async () => {
    const jwt = await provider.state(number);
    const answer = await handIn(at.issuer, jwt, {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      origin: 'https://evil.example',
    });
    expect(answer.status).toBe(201);
    expect(getLink(answer)).toBe(`${at.issuer}/enrol/${getCode(answer)}`);
  });

  test('EN-11 no step can be skipped: without the code’s own form there is no challenge, and a challenge of one code answers no other', async () => {
    const mine = await state();
    const other = await handIn(at.issuer, await provider.state((await addPerson()).number));
    await at.changesNothing(async () => {
      const { agent } = createTraveller(at.issuer);
      const without = await agent.postJson(`${getLink(mine)}/options`, '', {});
      const verified = await agent.postJson(`${getLink(mine)}/verify`, '', { ceremony: 'x', response: {} });
      expect([without.status, verified.status]).toEqual([409, 409]);
      const page = await agent.get(getLink(other));
      const token = /data-token="([^"]+)"/.exec(page.body)?.[1] ?? '';
      expect((await agent.postJson(`${getLink(mine)}/options`, token, {})).status).toBe(409);
    });
  });

  test('EN-12 opening the code’s page, by hand or by a scanner, changes nothing', async () => {
    const answer = await state();
    await at.changesNothing(async () => {
      for (let count = 0; count < 3; count += 1) {
        expect((await fetch(getLink(answer))).status).toBe(200);
        expect((await typeCode(getCode(answer))).status).toBe(200);
      }
    });
    expect((await enrol(createTraveller(at.issuer), getLink(answer))).status).toBe(200);
  });

  test('EN-13 one person in any digits is one account: a statement in Arabic-Indic digits lets in nobody twice', async () => {
    expect((await state({}, toArabicDigits(number))).status).toBe(201);
    const second = await state({}, ` ${number}\u200E`);
    await enrol(createTraveller(at.issuer), getLink(second));
    await expectRefused(async () => state({}, toArabicDigits(number)));
    expect(await at.world.storage.passkeys.listPasskeys(person.id)).toHaveLength(1);
    expect(await at.world.storage.proofings.listProofings(person.id)).toHaveLength(2);
  });

  test('EN-04 nothing is taken of an issuer whose trust has ended', async () => {
    const ended = await createProvider(at.world, 'https://ended.example');
    await trustProvider(at.world, ended);
    const early = await handIn(at.issuer, await ended.state(number));
    expect(early.status).toBe(201);
    await endIssuer({ proofings: at.world.storage.proofings, clock: at.world.clock, random: systemRandom }, 'https://ended.example');
    await expectRefused(async () => handIn(at.issuer, await ended.state(number)));
  });

  test('discovery names our own framework and those of issuers whose statements are taken, from the moment that they are', async () => {
    const read = async (): Promise<unknown> => {
      const document: unknown = await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json();
      return Object(document)['trust_frameworks_supported'];
    };
    const before = await read();
    const needs = { proofings: at.world.storage.proofings, clock: at.world.clock, random: systemRandom };
    const other = await createProvider(at.world, 'https://other.example');
    await trustIssuer(needs, { ...other.file, trust_framework: 'urn:other:framework' });
    expect([before, await read()]).toEqual([
      ['urn:huwiya:proofing', provider.file.trust_framework],
      ['urn:huwiya:proofing', 'urn:other:framework', provider.file.trust_framework],
    ]);
    await endIssuer(needs, 'https://other.example');
    expect(await read()).toEqual(before);
  });

  async function addPerson(): Promise<{ readonly person: StoredPerson; readonly number: string }> {
    const added = await at.world.addPerson();
    const { id } = getPersonalData({ dataKey: at.world.keys.data.encryption }, added);
    return { person: added, number: z.string().parse(id) };
  }
});

const toArabicDigits = (text: string): string => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
