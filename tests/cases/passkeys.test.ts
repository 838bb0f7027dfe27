// Passkeys that are not what they were, or less than what is asked (security contract 2.2): from outside, at the running product.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { beginCeremony, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import type { AuthenticatorSettings, SoftwareAuthenticator, Tampering } from '../support/software-authenticator.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createSoftwareKey } from '../support/software-keys.ts';
import { createCounter } from '../support/counter.ts';
import { createAttestedOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { addStrongPasskey, createBothKinds } from '../support/strong-passkey.ts';
import type { Answered } from '../support/user-agent.ts';
import {
  askSilently,
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  findStep,
  goThrough,
  openAccountPage,
  visit,
} from '../support/visits.ts';

const high = 'urn:huwiya:loa:high';
const demandHigh = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: high } } }) };

/** The same device with something wrong in its answers. */
function tamper(authenticator: SoftwareAuthenticator, tampering: Tampering): SoftwareAuthenticator {
  return { ...authenticator, authenticate: (options, origin) => authenticator.authenticate(options, origin, tampering) };
}

function readCode(answered: Answered): string {
  const { error } = toObject(answered.body);
  return error === undefined ? 'ok' : `${answered.status} ${String(toObject(JSON.stringify(error))['code'])}`;
}

describe('a passkey that is not what it was', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  /** Somebody whose passkey counts, signed in at a service. */
  const createSignedIn = async (settings: AuthenticatorSettings = {}): Promise<Traveller> => {
    const traveller = createTraveller(at.issuer, createSoftwareAuthenticator(settings));
    await enrol(traveller, await at.world.invite(await at.world.addPerson()));
    await visit(traveller, 'permit');
    return traveller;
  };

  /** What the ceremony of a page answers to a passkey with this wrong about it. */
  const answerWith = async (traveller: Traveller, page: Answered, tampering: Tampering): Promise<string> => {
    const hand = { ...traveller, authenticator: tamper(traveller.authenticator, tampering) };
    const { verifyUrl, token, answer } = await beginCeremony(hand, page, 'authenticate');
    return readCode(await traveller.agent.postJson(verifyUrl, token, answer));
  };

  /** At a browser of its own, as a thief would be. */
  const signInElsewhere = async (traveller: Traveller, tampering: Tampering): Promise<string> => {
    const other = createOtherBrowser(traveller);
    return answerWith(other, await other.agent.get(createRequest(at.issuer, 'permit').url), tampering);
  };

  const countSuspended = (): unknown => at.database.rows("SELECT count(*) AS n FROM entries WHERE type = 'passkey.suspended'")[0]?.['n'];

  for (const counter of [1, 0]) {
    test(`WA-08 a count of ${counter} after 1 is refused; the passkey and the session that it began end, and an entry tells`, async () => {
      const traveller = await createSignedIn();
      const before = Number(countSuspended());
      at.world.clock.advance(2000);
      expect(await signInElsewhere(traveller, { counter })).toBe('403 passkey/suspended');
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
      expect(await signInElsewhere(traveller, { counter: 9 })).toBe('400 passkey/refused');
      expect(Number(countSuspended())).toBe(before + 1);
    });
  }

  test('WA-08 the person reads it among what happened, signed in with another passkey', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    await visit(traveller, 'permit');
    const spare = await addStrongPasskey(at.world, person);
    at.world.clock.advance(2000);
    expect(await signInElsewhere(traveller, { counter: 1 })).toBe('403 passkey/suspended');
    await openAccountPage(spare.traveller);
    const activity = await spare.traveller.agent.get(`${at.issuer}/account/activity`);
    expect(activity.body).toContain('أُوقف مفتاح مرور لحمايتك');
  });

  test('WA-08 a passkey that may be copied by its nature is refused that once and goes on', async () => {
    const traveller = await createSignedIn({ isBackupEligible: true });
    at.world.clock.advance(2000);
    await at.changesNothing(async () => expect(await signInElsewhere(traveller, { counter: 1 })).toBe('400 passkey/refused'));
    expect(await signInElsewhere(traveller, { counter: 5 })).toBe('ok');
  });

  test('WA-08 WA-16 whoever cannot sign ends nothing, whatever they write into the answer', async () => {
    const traveller = await createSignedIn();
    at.world.clock.advance(2000);
    const signature = createSoftwareKey(-7).sign(Buffer.from('something else'));
    for (const wrong of [{ counter: 0 }, { counter: 1 }, { counter: 5, isBackupEligible: true }]) {
      await at.changesNothing(async () => expect(await signInElsewhere(traveller, { ...wrong, signature })).toBe('400 passkey/refused'));
    }
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
    expect(await signInElsewhere(traveller, { counter: 5 })).toBe('ok');
  });

  test('WA-09 of two answers at once with the counts 3 and 4 the stored count is the higher one, whoever came first', async () => {
    const traveller = await createSignedIn();
    const begin = async (counter: number): Promise<() => Promise<string>> => {
      const browser = createOtherBrowser(traveller);
      const hand = { ...browser, authenticator: tamper(browser.authenticator, { counter }) };
      const begun = await beginCeremony(hand, await browser.agent.get(createRequest(at.issuer, 'permit').url), 'authenticate');
      return async () => readCode(await browser.agent.postJson(begun.verifyUrl, begun.token, begun.answer));
    };
    // Both challenges are out before either is answered.
    const begun = [await begin(3), await begin(4)];
    const answers = await Promise.all(begun.map((answer) => answer()));
    expect(answers).toContain('ok');
    expect(answers.every((answer) => ['ok', '400 passkey/refused'].includes(answer))).toBe(true);
    const id = traveller.authenticator.credentials[0]?.id ?? '';
    const [row] = at.database.rows('SELECT counter, ended_at FROM passkeys WHERE id = ?', id);
    expect(row).toMatchObject({ counter: answers[1] === 'ok' ? 4 : 3, ended_at: null });
  });

  test('WA-16 a passkey whose backup eligibility changes, either way, is refused and ends', async () => {
    const bound = await createSignedIn();
    expect(await signInElsewhere(bound, { counter: 5, isBackupEligible: true })).toBe('403 passkey/suspended');
    expect((await askSilently(bound, 'permit')).get('error')).toBe('login_required');
    const synced = await createSignedIn({ isBackupEligible: true, counterStep: 0 });
    expect(await signInElsewhere(synced, { isBackupEligible: false })).toBe('403 passkey/suspended');
    expect((await askSilently(synced, 'permit')).get('error')).toBe('login_required');
  });

  test('WA-16 a passkey that is backed up and may not be is refused, and nothing ends; one that may be becomes so', async () => {
    const bound = await createSignedIn();
    await at.changesNothing(async () => expect(await signInElsewhere(bound, { counter: 5, isBackedUp: true })).toBe('400 passkey/refused'));
    expect(await signInElsewhere(bound, { counter: 6 })).toBe('ok');
    const synced = await createSignedIn({ isBackupEligible: true, counterStep: 0 });
    expect(await signInElsewhere(synced, { isBackedUp: true })).toBe('ok');
  });

  test('WA-17 a passkey that is copied between devices never reaches high: no page offers it, no answer of it steps up', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    const synced = await addStrongPasskey(at.world, person, { isBackupEligible: true, counterStep: 0 });
    const alone = { ...traveller, authenticator: synced.traveller.authenticator };
    const page = await goThrough(alone, await alone.agent.get(createRequest(at.issuer, 'permit', demandHigh).url));
    expect([findStep(page), page.body.includes('data-action="other-passkey"')]).toEqual([undefined, true]);

    const both = await createBothKinds(at.world);
    await visit(both.weak, 'permit');
    const shown = await both.weak.agent.get(createRequest(at.issuer, 'permit', demandHigh).url);
    // The page named the other passkey alone; this answers all the same, over the very challenge.
    const unasked = { ...both.weak.authenticator };
    const { authenticate } = both.weak.authenticator;
    const forged: SoftwareAuthenticator = {
      ...unasked,
      authenticate: (options, origin) => authenticate({ ...toObject(JSON.stringify(options)), allowCredentials: [] }, origin),
    };
    const begun = await beginCeremony({ ...both.weak, authenticator: forged }, shown, 'authenticate');
    const answered = await at.changesNothing(() => both.weak.agent.postJson(begun.verifyUrl, begun.token, begun.answer));
    expect([answered.status, toObject(JSON.stringify(toObject(answered.body)['error']))['code']]).toEqual([403, 'service/level-too-low']);
    expect((await askSilently(both.weak, 'permit', demandHigh)).get('error_description')).toBe('higher_level_needed');
    const arrived = await signIn(both.strong, await both.weak.agent.get(shown.url));
    expect(new URL(arrived.url).searchParams.has('code')).toBe(true);
  });

  describe('of an officer', () => {
    const readEntries = (): readonly unknown[] =>
      at.database
        .rows("SELECT body FROM entries WHERE type = 'officer.status_changed' ORDER BY rowid")
        .map((row): unknown => JSON.parse(String(row['body'])));
    const isAtDesk = async ({ traveller }: Officer): Promise<boolean> =>
      (await traveller.agent.get(`${at.issuer}/office`)).body.includes('data-action="sign-out"');
    const signInAsCopy = async ({ traveller }: Officer, tampering: Tampering): Promise<string> => {
      const other = createOtherBrowser(traveller);
      return answerWith(other, await other.agent.get(`${at.issuer}/office`), tampering);
    };

    for (const counter of [1, 0]) {
      test(`WA-08 a count of ${counter} after 1 suspends the officer: the desk closes, one entry says why, and nobody comes in again`, async () => {
        const officer = await createAttestedOfficer(at.world, 'registrar', `Copied at ${counter}`);
        const before = readEntries().length;
        at.world.clock.advance(2000);
        expect(await isAtDesk(officer)).toBe(true);
        expect(await signInAsCopy(officer, { counter })).toBe('403 officer/suspended');
        expect(await isAtDesk(officer)).toBe(false);
        expect(await signInAsCopy(officer, { counter: 9 })).toBe('400 officer/refused');
        expect(readEntries().slice(before)).toMatchObject([
          {
            actor: { kind: 'system', ref: null },
            reason: 'copied',
            payload: { officer: officer.id, role: 'registrar', from: 'active', to: 'suspended' },
          },
        ]);
      });
    }

    test('WA-08 WA-16 whoever cannot sign suspends nobody, and a synced key is refused that once', async () => {
      const officer = await createAttestedOfficer(at.world, 'registrar', 'Slandered');
      at.world.clock.advance(2000);
      const signature = createSoftwareKey(-7).sign(Buffer.from('something else'));
      for (const wrong of [{ counter: 0 }, { counter: 5, isBackupEligible: true }]) {
        expect(await signInAsCopy(officer, { ...wrong, signature })).toBe('400 officer/refused');
      }
      expect(await isAtDesk(officer)).toBe(true);
      expect(await signInAsCopy(officer, { counter: 5 })).toBe('ok');
    });

    test('WA-08 the copy suspends no less when it answers to an act at the desk', async () => {
      const officer = await createAttestedOfficer(at.world, 'registrar', 'Copied at the counter');
      await at.world.addPerson();
      const people = Number(at.database.rows('SELECT count(*) AS n FROM people')[0]?.['n']);
      const counter = createCounter(at.world, officer);
      at.world.clock.advance(2000);
      const shown = await counter.giveEvidence(await counter.find(people === 1 ? '1000000008' : `test-${people}`));
      expect(await answerWith(officer.traveller, shown, { counter: 1 })).toBe('403 officer/suspended');
      expect(await isAtDesk(officer)).toBe(false);
    });
  });

  test('WA-03 a challenge of a step up signs nobody in, and one of a sign-in steps nobody up', async () => {
    const { weak, strong } = await createBothKinds(at.world);
    await visit(weak, 'permit');
    const shown = await weak.agent.get(createRequest(at.issuer, 'permit', demandHigh).url);
    const other = await weak.agent.get(`${shown.url}?switch=yes`);
    const [up, plain] = [await beginCeremony(strong, shown, 'authenticate'), await beginCeremony(strong, other, 'authenticate')];
    const send = async (url: string, begun: typeof up): Promise<unknown> =>
      toObject(JSON.stringify(toObject((await weak.agent.postJson(url, begun.token, begun.answer)).body)['error']))['code'];
    expect(await send(plain.verifyUrl, up)).toBe('passkey/challenge-unknown');
    expect(await send(up.verifyUrl, plain)).toBe('passkey/challenge-unknown');
  });
});
