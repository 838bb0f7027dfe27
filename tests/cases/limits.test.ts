// Floods, guesses and spellings, from addresses of their own: what is left lying is bounded, whoever fails waits, and nobody is kept out by what another does
// (security contract 2.7 and 2.13; ADR-0081).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findErrorCode, watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { behindProxy, createNetwork, createTravellerAt } from '../support/from-address.ts';
import { whileAway } from '../support/open-database.ts';
import { beginCeremony, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Answered } from '../support/user-agent.ts';
import { createRequest, findStep, getForm, goThrough, openAccountPage, signOut, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const limits = [
  'request.client=5',
  'request.ipv4=8',
  'request.ipv6=5',
  'ceremony.ipv4=6',
  'ceremony.ipv6=4',
  'sign-in.ipv4=4',
  'sign-in.ipv6=3',
  'enrolment-code.ipv4=5',
  'enrolment-code.ipv6=3',
  'freeze-code.ipv6=3',
  'recovery-code.ipv6=3',
].join(',');

describe('limits', () => {
  let world: World;
  let watch: Watch;

  beforeAll(async () => {
    world = await createWorld({ env: { ...behindProxy, HUWIYA_LIMITS: limits } });
    watch = watchWorld(world);
  });

  afterAll(async () => {
    watch.close();
    await world.close();
  });

  const at = (address: string, authenticator = createSoftwareAuthenticator()): Traveller =>
    createTravellerAt(world.issuer, address, authenticator);

  const createPersonAt = async (address: string): Promise<Traveller> => {
    const traveller = at(address);
    await enrol(traveller, await world.invite(await world.addPerson()));
    return traveller;
  };

  const beginAt = async (address: string, place: 'permit' | 'clinic' = 'permit'): Promise<Answered> =>
    at(address).agent.get(createRequest(world.issuer, place).url);

  const requests = (): number => Number(watch.database.rows("SELECT count(*) AS n FROM artefacts WHERE model = 'Interaction'")[0]?.['n']);
  const ceremonies = (): number => Number(watch.database.rows('SELECT count(*) AS n FROM ceremonies')[0]?.['n']);

  const verdict = (page: Pick<Answered, 'status' | 'body'>): string =>
    `${page.status} ${findErrorCode(page) ?? /"code":"([^"]*)"/.exec(page.body)?.[1] ?? ''}`.trim();

  /** With a passkey that nobody has here, on a page of a ceremony. */
  const fail = async (traveller: Traveller, page: Answered): Promise<string> => {
    const begun = await beginCeremony(traveller, page, 'authenticate');
    return verdict(await traveller.agent.postJson(begun.verifyUrl, begun.token, begun.answer));
  };

  const openSignIn = (traveller: Traveller): Promise<Answered> => traveller.agent.get(createRequest(world.issuer, 'permit').url);

  /** Has a passkey of this site, which nobody here knows. */
  const createStranger = async (address: string): Promise<Traveller> => {
    const traveller = await createPersonAt(createNetwork() + '::1');
    const known = traveller.authenticator.credentials.map(({ id }) => id);
    watch.database.run(`UPDATE passkeys SET id = id || 'x' WHERE id IN ('${known.join("','")}')`);
    return at(address, traveller.authenticator);
  };

  describe('RX-01 requests that were begun and left lying', () => {
    test('are bounded by network, with a page that says how long, and leave no row and no cookie beyond', async () => {
      const network = createNetwork();
      for (let begun = 0; begun < 5; begun += 1) {
        expect(findStep(await beginAt(`${network}::${begun}`))).toBe('sign-in');
      }
      const before = requests();
      const refused = at(`${network}:ffff::1`);
      const page = await refused.agent.get(createRequest(world.issuer, 'permit').url);
      expect([verdict(page), refused.agent.cookies.size]).toEqual(['429 limit/reached', 0]);
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(60);
      expect(requests()).toBe(before);
      expect(findStep(await beginAt(`${createNetwork()}::1`))).toBe('sign-in');
    });

    test('are bounded by service and address, so that one service is never stopped for others', async () => {
      for (let begun = 0; begun < 5; begun += 1) {
        expect(findStep(await beginAt('192.0.2.1'))).toBe('sign-in');
      }
      expect(verdict(await beginAt('192.0.2.1'))).toBe('429 limit/reached');
      expect(findStep(await beginAt('192.0.2.2'))).toBe('sign-in');
      for (let begun = 0; begun < 3; begun += 1) {
        expect(findStep(await beginAt('192.0.2.1', 'clinic'))).toBe('sign-in');
      }
      expect(verdict(await beginAt('192.0.2.1', 'clinic'))).toBe('429 limit/reached');
    });

    test('never count for who signs in, turns back, or is signed in already', async () => {
      const network = createNetwork();
      const person = await createPersonAt(`${network}::1`);
      for (let times = 0; times < 8; times += 1) {
        expect((await visit(person, 'permit')).answer.has('code')).toBe(true);
        await signOut(person, 'permit', 'everywhere');
      }
      for (let times = 0; times < 8; times += 1) {
        const page = await openSignIn(person);
        const form = getForm(page, /\/decision$/);
        const left = await person.agent.post(form.action, { ...form.fields, decision: 'leave' });
        expect(new URL(left.url).searchParams.get('error_description')).toBe('sign_in_left');
      }
      await visit(person, 'permit');
      for (let begun = 0; begun < 6; begun += 1) {
        await beginAt(`${network}::2`);
      }
      expect(verdict(await beginAt(`${network}::2`))).toBe('429 limit/reached');
      expect((await visit(person, 'clinic')).answer.has('code')).toBe(true);
    });

    test('go when their time is over, and not a day later', async () => {
      const network = createNetwork();
      await beginAt(`${network}::1`);
      const before = requests();
      expect(before).toBeGreaterThan(0);
      while ((await world.storage.removeExpired(world.clock.now() + 660_000)) > 0) {
        // As often as there is something.
      }
      expect(requests()).toBe(0);
    });
  });

  test('RX-01 ceremonies that were begun and not answered are bounded by network, and never count for who signs in', async () => {
    const network = createNetwork();
    const person = await createPersonAt(`${network}::1`);
    const idle = at(`${network}::2`);
    const page = await openSignIn(idle);
    for (let begun = 0; begun < 4; begun += 1) {
      await beginCeremony(await createIdle(idle), page, 'authenticate').catch(() => undefined);
    }
    const before = ceremonies();
    await expect(beginCeremony(await createIdle(idle), page, 'authenticate')).rejects.toThrow(/limit\/reached/);
    expect(ceremonies()).toBe(before);
    const other = at(`${createNetwork()}::1`, person.authenticator);
    for (let times = 0; times < 6; times += 1) {
      await visit(other, 'permit');
      await signOut(other, 'permit', 'everywhere');
    }
  });

  /** Whose authenticator answers nothing. */
  async function createIdle(traveller: Traveller): Promise<Traveller> {
    return { ...traveller, authenticator: createSoftwareAuthenticator() };
  }

  describe('RX-06', () => {
    test('many accounts from one network: every spelling of an address is one, and another network goes on', async () => {
      const network = createNetwork();
      const stranger = await createStranger(`${network}::1`);
      const spellings = [`${network}:a:b:c:d`, `[${network.toUpperCase()}::2]:4711`, `${network}:0:0:0:3`];
      for (const address of spellings) {
        const traveller = at(address, stranger.authenticator);
        expect(await fail(traveller, await openSignIn(traveller))).toBe('400 passkey/refused');
      }
      const late = at(`${network}::99`, stranger.authenticator);
      expect(await fail(late, await openSignIn(late))).toBe('429 limit/reached');
      const elsewhere = at(`${createNetwork()}::1`, stranger.authenticator);
      expect(await fail(elsewhere, await openSignIn(elsewhere))).toBe('400 passkey/refused');
    });

    test('one address of IPv4 in whatever dress: mapped, translated, 6to4, with a port', async () => {
      const stranger = await createStranger('198.51.100.7');
      for (const address of ['198.51.100.7', '::ffff:198.51.100.7', '[64:ff9b::c633:6407]:80', '2002:c633:6407::1']) {
        const traveller = at(address, stranger.authenticator);
        expect([address, await fail(traveller, await openSignIn(traveller))]).toEqual([address, '400 passkey/refused']);
      }
      const late = at('198.51.100.7:1234', stranger.authenticator);
      expect(await fail(late, await openSignIn(late))).toBe('429 limit/reached');
    });

    test('one account from many networks: whoever fails anywhere, the person signs in meanwhile, also from an address that is full', async () => {
      const home = createNetwork();
      const person = await createPersonAt(`${home}::1`);
      const [mine] = person.authenticator.credentials;
      for (let from = 0; from < 12; from += 1) {
        // From where the person is, too.
        const address = from < 4 ? `${home}::${from}` : `${createNetwork()}::1`;
        const forger = at(address, person.authenticator);
        const begun = await beginCeremony(forger, await openSignIn(forger), 'authenticate');
        const bent = JSON.parse(
          JSON.stringify(begun.answer).replace(/("signature":"[^"]{20})(.)/, (_, head, one) => `${head}${one === 'A' ? 'B' : 'A'}`),
        );
        expect(JSON.stringify(bent)).toContain(mine?.id ?? 'no id');
        const answered = verdict(await forger.agent.postJson(begun.verifyUrl, begun.token, bent));
        expect(answered).toBe(from === 3 ? '429 limit/reached' : '400 passkey/refused');
      }
      expect((await visit(at(`${home}::1`, person.authenticator), 'permit')).answer.has('code')).toBe(true);
      expect((await openAccountPage(at(`${createNetwork()}::1`, person.authenticator))).status).toBe(200);
    });

    test('at the desks of staff as well, and an officer’s own passkey is never stopped', async () => {
      const network = createNetwork();
      const officer = await createSignedInOfficer(world, 'auditor');
      const stranger = await createStranger(`${network}::1`);
      const answers: string[] = [];
      for (let tried = 0; tried < 4; tried += 1) {
        answers.push(await fail(stranger, await stranger.agent.get(`${world.issuer}/audit`)));
      }
      expect(answers).toEqual([...Array.from({ length: 3 }, () => '400 officer/refused'), '429 limit/reached']);
      const beside = at(`${network}::2`, officer.traveller.authenticator);
      expect((await goThrough(beside, await beside.agent.get(`${world.issuer}/audit`))).body).not.toContain('data-verify-url');
    });
  });

  const typeCode = async (traveller: Traveller, path: string, code: string): Promise<Answered> => {
    const form = getForm(await traveller.agent.get(`${world.issuer}${path}`), new RegExp(`${path}$`));
    return traveller.agent.post(form.action, { ...form.fields, code });
  };

  const toWrongCode = (seed: number): string => `2345-6789-ABCD-${String(seed + 2222).replaceAll(/[01]/g, '9')}`;

  test('EN-01 guesses of enrolment codes end after a few from each network, rotated or spelt anew, and the true person enrols meanwhile', async () => {
    const network = createNetwork();
    const link = await world.invite(await world.addPerson());
    const guessed: string[] = [];
    for (let tried = 0; tried < 6; tried += 1) {
      guessed.push(verdict(await typeCode(at(`${network}:${tried}::1`), '/enrol', toWrongCode(tried))));
    }
    const wrong = '410 enrolment/invalid-link';
    expect(guessed).toEqual([wrong, wrong, wrong, ...Array.from({ length: 3 }, () => '429 limit/reached')]);
    // A link is a code like any other, and counts with them.
    expect(verdict(await at(`${network}::1`).agent.get(`${world.issuer}/enrol/${'A'.repeat(43)}`))).toBe('429 limit/reached');
    for (let from = 0; from < 30; from += 1) {
      expect((await typeCode(at(`${createNetwork()}::1`), '/enrol', toWrongCode(from))).status).not.toBe(429);
    }
    const person = at(`${createNetwork()}::1`);
    await watch.changesNothing(async () => person.agent.get(link));
    await enrol(person, link);
    expect((await openAccountPage(person)).status).toBe(200);
  });

  test('RX-06 whoever fills an address with wrong codes keeps no right one out, and goes on reading the same answer', async () => {
    const network = createNetwork();
    const person = await createPersonAt(`${network}::1`);
    await openAccountPage(person);
    const made = getForm(await goThrough(person, await person.agent.get(`${world.issuer}/account/freeze/code`)), /\/freeze\/code$/);
    const code = /data-freeze-code>([^<]*)</.exec((await person.agent.post(made.action, made.fields)).body)?.[1] ?? '';
    const link = await world.invite(await world.addPerson());
    const thief = at(`${network}::2`);
    for (const path of ['/freeze', '/enrol']) {
      for (let tried = 0; tried < 3; tried += 1) {
        expect((await typeCode(thief, path, toWrongCode(tried))).status).not.toBe(429);
      }
      expect(verdict(await typeCode(thief, path, toWrongCode(9)))).toBe('429 limit/reached');
    }
    const newcomer = at(`${network}::3`);
    await enrol(newcomer, link);
    expect((await openAccountPage(newcomer)).status).toBe(200);
    const frozen = await typeCode(at(`${network}::4`), '/freeze', code);
    expect([frozen.status, new URL(frozen.url).pathname]).toEqual([200, '/frozen']);
    for (const path of ['/freeze', '/enrol']) {
      expect(verdict(await typeCode(thief, path, toWrongCode(10)))).toBe('429 limit/reached');
    }
  });

  test('RX-07 while limits cannot be counted, no code is looked at, right or wrong, and passkeys go on with a limit of the node’s own', async () => {
    const network = createNetwork();
    const person = await createPersonAt(`${network}::1`);
    const stranger = await createStranger(`${network}::2`);
    const link = await world.invite(await world.addPerson());
    await whileAway(watch.database, 'limit_counts', async () => {
      const closed = await watch.changesNothing(async () => [
        await person.agent.get(link),
        await person.agent.get(`${world.issuer}/enrol/${'A'.repeat(43)}`),
        await typeCode(person, '/enrol', toWrongCode(1)),
        await typeCode(person, '/freeze', toWrongCode(1)),
      ]);
      expect(closed.map(verdict)).toEqual(Array.from({ length: 4 }, () => '503 store/unavailable'));
      const answers: string[] = [];
      for (let tried = 0; tried < 4; tried += 1) {
        answers.push(await fail(stranger, await openSignIn(stranger)));
      }
      expect(answers).toEqual([...Array.from({ length: 3 }, () => '400 passkey/refused'), '429 limit/reached']);
      expect((await visit(person, 'permit')).answer.has('code')).toBe(true);
    });
    expect((await person.agent.get(link)).status).toBe(200);
  });
});
