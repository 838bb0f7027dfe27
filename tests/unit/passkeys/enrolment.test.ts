import { describe, expect, it } from 'vitest';
import { toDigest } from '../../../src/domain/kernel/ids.ts';
import { beginRegistration } from '../../../src/domain/passkeys/begin-registration.ts';
import { createInvitation } from '../../../src/domain/passkeys/create-invitation.ts';
import { findEnrolment } from '../../../src/domain/passkeys/find-enrolment.ts';
import { finishRegistration } from '../../../src/domain/passkeys/finish-registration.ts';
import { createPasskeyWorld, enrol, origin, register, startOfWorld, toVerdict } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';

const operator = { kind: 'operator', ref: null } as const;

describe('an invitation', () => {
  it('gives a token of 256 bits, stores only its digest, and is told in the ledger without either', async () => {
    const world = createPasskeyWorld();
    const person = await world.addPerson();
    const token = await world.invite(person.id);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await world.people.findInvitation(token, world.clock.now())).toBeUndefined();
    expect(await world.people.findInvitation(toDigest(token), world.clock.now())).toMatchObject({ personId: person.id });
    expect(world.events.map(({ type, personRef }) => ({ type, personRef }))).toEqual([{ type: 'person.invited', personRef: person.id }]);
    const body = world.events.map((event) => event.body).join('');
    expect([token, toDigest(token), person.id].filter((secret) => body.includes(secret))).toEqual([]);
  });

  it('is refused for a person who is unknown or not active', async () => {
    const world = createPasskeyWorld();
    const person = await world.addPerson();
    await world.changeStatus(person.id, 'deceased');
    const needs = { ...world, invitationLifeSeconds: 60 };
    const outcomes = await Promise.all([person.id, 'nobody'].map((personId) => createInvitation(needs, { personId, actor: operator })));
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, false]);
    expect(world.events.filter(({ type }) => type === 'person.invited')).toEqual([]);
  });

  it('EN-12 is not used up by looking at it', async () => {
    const world = createPasskeyWorld();
    const person = await world.addPerson();
    const token = await world.invite(person.id);
    const looks = await Promise.all([1, 2, 3].map(() => findEnrolment(world, token)));
    expect(looks.map((look) => look.ok && look.value.person.id)).toEqual([person.id, person.id, person.id]);
    expect(toVerdict(await register(world, { purpose: 'enrol', token }, { authenticator: createSoftwareAuthenticator() }))).toBe('ok');
  });

  it('WA-22 EN-03 stops working when it was used, replaced or is too old, and for a person who is no longer active', async () => {
    const world = createPasskeyWorld();
    const attempt = async (token: string): Promise<string> =>
      toVerdict(await register(world, { purpose: 'enrol', token }, { authenticator: createSoftwareAuthenticator() }));
    const person = await world.addPerson();
    const used = await world.invite(person.id);
    expect(await attempt(used)).toBe('ok');
    expect(await attempt(used)).toBe('enrolment/invalid-link absent');
    const replaced = await world.invite(person.id);
    const newer = await world.invite(person.id);
    expect(await attempt(replaced)).toBe('enrolment/invalid-link absent');
    world.wait(3600);
    expect(await attempt(newer)).toBe('enrolment/invalid-link absent');
    const last = await world.invite(person.id);
    await world.changeStatus(person.id, 'suspended');
    expect(await attempt(last)).toBe('enrolment/invalid-link person');
    expect(await attempt('not a token')).toBe('enrolment/invalid-link form');
  });

  it('EN-03 lets one of many parallel ceremonies register', async () => {
    const world = createPasskeyWorld();
    const person = await world.addPerson();
    const token = await world.invite(person.id);
    const attempts = Array.from({ length: 16 }, () =>
      register(world, { purpose: 'enrol', token }, { authenticator: createSoftwareAuthenticator() }),
    );
    const verdicts = (await Promise.all(attempts)).map(toVerdict);
    expect(verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(1);
    expect(await world.passkeys.listPasskeys(person.id)).toHaveLength(1);
  });
});

describe('the registration options', () => {
  it('ask for a discoverable, verified passkey, name no personal data but the label, and exclude what is there', async () => {
    const world = createPasskeyWorld();
    const person = await enrol(world, createSoftwareAuthenticator());
    const begun = await beginRegistration(
      world,
      { purpose: 'add-passkey', personId: person.id, sessionUid: 'session', binding: 'session' },
      'Sara',
    );
    const [known] = await world.passkeys.listPasskeys(person.id);
    expect(begun.ok && begun.value.options).toMatchObject({
      rp: { id: 'id.example', name: 'Huwiya' },
      user: { id: person.handle, name: 'Sara', displayName: 'Sara' },
      pubKeyCredParams: [{ alg: -8 }, { alg: -7 }, { alg: -257 }],
      timeout: 300_000,
      attestation: 'direct',
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: [{ type: 'public-key', id: known?.id, transports: ['internal', 'hybrid'] }],
    });
  });
});

describe('a registration', () => {
  it('stores passkey and event in one act, with what the authenticator said', async () => {
    const world = createPasskeyWorld();
    const person = await world.addPerson();
    const aaguid = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const authenticator = createSoftwareAuthenticator({ attestation: 'packed', isBackupEligible: true, isBackedUp: true, aaguid });
    const done = await register(world, { purpose: 'enrol', token: await world.invite(person.id) }, { authenticator });
    expect(done.ok && done.value.passkey).toMatchObject({
      id: authenticator.credentials[0]?.id,
      personId: person.id,
      counter: 0,
      transports: ['internal', 'hybrid'],
      aaguid: '00112233-4455-6677-8899-aabbccddeeff',
      isBackupEligible: true,
      isBackedUp: true,
      attestationFormat: 'packed',
      createdAt: startOfWorld,
      lastUsedAt: null,
    });
    const event = world.events.find(({ type }) => type === 'passkey.registered');
    expect(JSON.parse(event?.body ?? '{}')).toMatchObject({
      actor: { kind: 'person', ref: null },
      acted_by: 'self',
      payload: { aaguid: '00112233-4455-6677-8899-aabbccddeeff', backup_eligible: true, format: 'packed' },
    });
    expect(event?.personRef).toBe(person.id);
  });

  for (const algorithm of [-8, -7, -257] as const) {
    for (const attestation of ['none', 'packed'] as const) {
      it(`accepts algorithm ${algorithm} with attestation ${attestation}`, async () => {
        const world = createPasskeyWorld();
        const person = await world.addPerson();
        const token = await world.invite(person.id);
        const authenticator = createSoftwareAuthenticator({ algorithm, attestation });
        expect(toVerdict(await register(world, { purpose: 'enrol', token }, { authenticator }))).toBe('ok');
      });
    }
  }

  it('adds a second passkey to a person who is signed in, and not to one who is no longer active', async () => {
    const world = createPasskeyWorld();
    const person = await enrol(world, createSoftwareAuthenticator());
    const by = { purpose: 'add-passkey', personId: person.id, sessionUid: 'session', binding: 'session' } as const;
    expect(toVerdict(await register(world, by, { authenticator: createSoftwareAuthenticator() }))).toBe('ok');
    expect(await world.passkeys.listPasskeys(person.id)).toHaveLength(2);
    await world.changeStatus(person.id, 'frozen');
    expect(toVerdict(await register(world, by, { authenticator: createSoftwareAuthenticator() }))).toBe('session/ended person');
  });

  it('WA-21 started in one session or for one link is not finished in another', async () => {
    const world = createPasskeyWorld();
    const [sara, other] = [await enrol(world, createSoftwareAuthenticator()), await world.addPerson()];
    const authenticator = createSoftwareAuthenticator();
    const begin = async (): Promise<{ readonly ceremony: string; readonly response: unknown }> => {
      const begun = await beginRegistration(
        world,
        { purpose: 'add-passkey', personId: sara.id, sessionUid: 'session', binding: 'session A' },
        'Sara',
      );
      const value = begun.ok ? begun.value : undefined;
      return { ceremony: value?.ceremony ?? '', response: authenticator.register(value?.options, origin) };
    };
    const inOtherSession = { purpose: 'add-passkey', personId: sara.id, sessionUid: 'session', binding: 'session B' } as const;
    expect(toVerdict(await finishRegistration(world, inOtherSession, await begin()))).toBe('passkey/challenge-unknown binding');
    const byOtherPerson = { purpose: 'add-passkey', personId: other.id, sessionUid: 'session', binding: 'session A' } as const;
    expect(toVerdict(await finishRegistration(world, byOtherPerson, await begin()))).toBe('passkey/challenge-unknown person');
    const byLink = { purpose: 'enrol', token: await world.invite(other.id) } as const;
    expect(toVerdict(await finishRegistration(world, byLink, await begin()))).toBe('passkey/challenge-unknown purpose');
    expect(await world.passkeys.listPasskeys(other.id)).toEqual([]);
  });
});
