import { describe, expect, it } from 'vitest';
import { getErrorRow } from '../../../src/domain/kernel/errors.ts';
import { beginSignIn } from '../../../src/domain/passkeys/begin-sign-in.ts';
import { finishSignIn } from '../../../src/domain/passkeys/finish-sign-in.ts';
import { binding, createPasskeyWorld, enrol, origin, register, signIn, toVerdict } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';

describe('a sign-in', () => {
  it('WA-26 names nobody in its options', async () => {
    const world = createPasskeyWorld();
    await enrol(world, createSoftwareAuthenticator());
    const { options } = await beginSignIn(world, { binding, personId: null });
    expect(options).toEqual({
      challenge: expect.any(String),
      timeout: 300_000,
      rpId: 'id.example',
      allowCredentials: [],
      userVerification: 'required',
      extensions: { uvm: true },
    });
  });

  for (const algorithm of [-8, -7, -257] as const) {
    it(`finds the person by the passkey alone, with algorithm ${algorithm}`, async () => {
      const world = createPasskeyWorld();
      const authenticator = createSoftwareAuthenticator({ algorithm });
      await enrol(world, createSoftwareAuthenticator());
      const person = await enrol(world, authenticator);
      const outcome = await signIn(world, authenticator);
      expect(outcome).toEqual({
        ok: true,
        value: {
          personId: person.id,
          passkeyId: authenticator.credentials[0]?.id,
          amr: ['hwk', 'user', 'mfa'],
          acr: 'urn:huwiya:loa:substantial',
        },
      });
    });
  }

  it('reports a passkey that can be copied to other devices as such', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator({ isBackupEligible: true, counterStep: 0 });
    await enrol(world, authenticator);
    const outcome = await signIn(world, authenticator, { isBackedUp: true });
    expect(outcome.ok && outcome.value.amr).toEqual(['swk', 'user', 'mfa']);
    expect(await world.passkeys.findPasskey(authenticator.credentials[0]?.id ?? '')).toMatchObject({ isBackedUp: true });
  });

  it('stores counter and time of the use', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator({ counterStep: 3 });
    await enrol(world, authenticator);
    world.wait(60);
    await signIn(world, authenticator);
    const passkey = await world.passkeys.findPasskey(authenticator.credentials[0]?.id ?? '');
    expect(passkey).toMatchObject({ counter: 3, lastUsedAt: world.clock.now() });
  });

  it('goes on working for an authenticator that never counts', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator({ counterStep: 0 });
    await enrol(world, authenticator);
    expect([toVerdict(await signIn(world, authenticator)), toVerdict(await signIn(world, authenticator))]).toEqual(['ok', 'ok']);
  });

  it('WA-09 finished late or at the same time never lets the counter go back', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const answers = await Promise.all(
      [1, 2, 2, 4, 3].map(async (counter) => {
        const begun = await beginSignIn(world, { binding, personId: null });
        return { ceremony: begun.ceremony, response: authenticator.authenticate(begun.options, origin, { counter }) };
      }),
    );
    const outcomes = await Promise.all(answers.map((answer) => finishSignIn(world, binding, answer)));
    const passkey = await world.passkeys.findPasskey(authenticator.credentials[0]?.id ?? '');
    expect(passkey?.counter).toBe(4);
    expect(outcomes.filter((outcome) => !outcome.ok).map(toVerdict)).toContain('passkey/refused counter');
  });

  it('WA-10 asked of one person is not answered by another', async () => {
    const world = createPasskeyWorld();
    const [hers, his] = [createSoftwareAuthenticator(), createSoftwareAuthenticator()];
    const sara = await enrol(world, hers);
    await enrol(world, his);
    expect(toVerdict(await signIn(world, his, { personId: sara.id }))).toBe('passkey/refused other-person');
    expect(toVerdict(await signIn(world, hers, { personId: sara.id }))).toBe('ok');
  });

  it('WA-11 needs the user handle of the owner of the passkey', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const other = await enrol(world, createSoftwareAuthenticator());
    const handles = [null, '', other.handle, 'bm90IG91cnM', Buffer.alloc(65).toString('base64url')];
    const verdicts: string[] = [];
    for (const userHandle of handles) {
      verdicts.push(toVerdict(await signIn(world, authenticator, { userHandle })));
    }
    const refused = 'passkey/refused user-handle';
    expect(verdicts).toEqual(['passkey/refused form', 'passkey/refused form', refused, refused, refused]);
  });

  it('WA-24 WA-26 answers an unknown passkey, a person who is not active and a wrong handle with one page text', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    const person = await enrol(world, authenticator);
    const outcomes = [await signIn(createPasskeyWorld(), authenticator), await signIn(world, authenticator, { userHandle: 'AAAA' })];
    for (const status of ['suspended', 'frozen', 'deceased', 'emigrated'] as const) {
      await world.changeStatus(person.id, status);
      outcomes.push(await signIn(world, authenticator));
    }
    const rows = outcomes.map((outcome) => (outcome.ok ? undefined : getErrorRow(outcome.code)));
    expect(rows.map((row) => row && { text: row.text, status: row.status })).toEqual(
      outcomes.map(() => ({ text: 'error-passkey-refused', status: 400 })),
    );
  });
});

describe('a challenge', () => {
  it('WA-01 is answered once, also by 32 answers at a time, and a refused answer uses it up', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const begun = await beginSignIn(world, { binding, personId: null });
    const answer = { ceremony: begun.ceremony, response: authenticator.authenticate(begun.options, origin) };
    const verdicts = (await Promise.all(Array.from({ length: 32 }, () => finishSignIn(world, binding, answer)))).map(toVerdict);
    expect(verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'passkey/challenge-unknown taken')).toHaveLength(31);

    const next = await beginSignIn(world, { binding, personId: null });
    const good = authenticator.authenticate(next.options, origin);
    const bad = { ...good, type: 'password' };
    expect(toVerdict(await finishSignIn(world, binding, { ceremony: next.ceremony, response: bad }))).toBe('passkey/refused form');
    expect(toVerdict(await finishSignIn(world, binding, { ceremony: next.ceremony, response: good }))).toBe(
      'passkey/challenge-unknown taken',
    );
  });

  it('WA-02 is refused when it is not pending, of another page, or 300 seconds old', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const answer = async (): Promise<{ readonly ceremony: string; readonly response: unknown }> => {
      const begun = await beginSignIn(world, { binding, personId: null });
      return { ceremony: begun.ceremony, response: authenticator.authenticate(begun.options, origin) };
    };
    const unknown = { ...(await answer()), ceremony: 'never begun' };
    expect(toVerdict(await finishSignIn(world, binding, unknown))).toBe('passkey/challenge-unknown taken');
    expect(toVerdict(await finishSignIn(world, 'another page', await answer()))).toBe('passkey/challenge-unknown binding');
    const [early, late] = [await answer(), await answer()];
    world.wait(299);
    expect(toVerdict(await finishSignIn(world, binding, early))).toBe('ok');
    world.wait(1);
    expect(toVerdict(await finishSignIn(world, binding, late))).toBe('passkey/challenge-unknown expired');
  });

  it('WA-02 that is empty is refused before anything is verified', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    await world.passkeys.saveCeremony({
      id: 'hollow',
      challenge: '',
      purpose: 'sign-in',
      personId: null,
      binding,
      expiresAt: world.clock.now() + 1000,
    });
    const response = authenticator.authenticate({ challenge: '', rpId: 'id.example' }, origin, { clientData: { challenge: undefined } });
    expect(toVerdict(await finishSignIn(world, binding, { ceremony: 'hollow', response }))).toBe('passkey/challenge-unknown empty');
  });

  it('WA-03 of a registration does not sign anybody in, and the reverse', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    const person = await enrol(world, authenticator);
    await world.passkeys.saveCeremony({
      id: 'for a registration',
      challenge: 'AAAA',
      purpose: 'add-passkey',
      personId: person.id,
      binding,
      expiresAt: world.clock.now() + 1000,
    });
    const response = authenticator.authenticate({ challenge: 'AAAA', rpId: 'id.example' }, origin);
    expect(toVerdict(await finishSignIn(world, binding, { ceremony: 'for a registration', response }))).toBe(
      'passkey/challenge-unknown purpose',
    );
    const by = { purpose: 'add-passkey', personId: person.id, sessionUid: 'session', binding } as const;
    const asSignIn = { authenticator: createSoftwareAuthenticator(), tampering: { clientData: { type: 'webauthn.get' } } };
    expect(toVerdict(await register(world, by, asSignIn))).toBe('passkey/refused type');
    expect(toVerdict(await signIn(world, authenticator, { clientData: { type: 'webauthn.create' } }))).toBe('passkey/refused type');
  });
});
