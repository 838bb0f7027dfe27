// Confirming an act with a passkey: of the very person, over the very digest, once.

import { describe, expect, it } from 'vitest';
import { toDigest } from '../../../src/domain/kernel/ids.ts';
import { beginConfirmation } from '../../../src/domain/passkeys/begin-confirmation.ts';
import { beginSignIn } from '../../../src/domain/passkeys/begin-sign-in.ts';
import { finishConfirmation } from '../../../src/domain/passkeys/finish-confirmation.ts';
import { finishSignIn } from '../../../src/domain/passkeys/finish-sign-in.ts';
import { binding, createPasskeyWorld, enrol, origin } from '../../support/passkey-world.ts';
import type { PasskeyWorld } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { SoftwareAuthenticator, Tampering } from '../../support/software-authenticator.ts';

const challenge = toDigest('the record');

type Scene = { readonly world: PasskeyWorld; readonly authenticator: SoftwareAuthenticator; readonly personId: string };

async function createScene(authenticator = createSoftwareAuthenticator()): Promise<Scene> {
  const world = createPasskeyWorld();
  const { id } = await enrol(world, authenticator);
  return { world, authenticator, personId: id };
}

async function confirm({ world, authenticator, personId }: Scene, tampering: Tampering = {}, by = authenticator): Promise<string> {
  const begun = await beginConfirmation(world, { binding, personId, challenge, level: 'substantial' });
  // A browser would not offer a passkey that is not named; whoever answers without one may.
  const options = by === authenticator ? begun.options : { ...begun.options, allowCredentials: [] };
  const response = by.authenticate(options, origin, tampering);
  const outcome = await finishConfirmation(world, { personId, binding, level: 'substantial' }, { ceremony: begun.ceremony, response });
  return outcome.ok ? 'ok' : `${outcome.code} ${outcome.detail}`;
}

describe('a confirmation', () => {
  it('names the passkeys of the person and asks for the digest itself, with the person verified', async () => {
    const { world, authenticator, personId } = await createScene();
    await enrol(world, createSoftwareAuthenticator());
    const { options } = await beginConfirmation(world, { binding, personId, challenge, level: 'substantial' });
    expect(options).toMatchObject({ challenge, userVerification: 'required' });
    expect(options.allowCredentials.map(({ id }) => id)).toEqual(authenticator.credentials.map(({ id }) => id));
  });

  it.each([-7, -8, -257] as const)('gives back what anybody can check it by, with algorithm %d', async (algorithm) => {
    const { world, authenticator, personId } = await createScene(createSoftwareAuthenticator({ algorithm }));
    const begun = await beginConfirmation(world, { binding, personId, challenge, level: 'substantial' });
    const answer = { ceremony: begun.ceremony, response: authenticator.authenticate(begun.options, origin) };
    const outcome = await finishConfirmation(world, { personId, binding, level: 'substantial' }, answer);
    const { response } = answer.response;
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        challenge,
        assertion: {
          authenticatorData: response.authenticatorData,
          clientDataJson: response.clientDataJSON,
          signature: response.signature,
        },
      },
    });
    const kinds = { [-7]: 'EC', [-8]: 'OKP', [-257]: 'RSA' };
    expect(outcome.ok && outcome.value.assertion.key['kty']).toBe(kinds[algorithm]);
    expect(outcome.ok && 'd' in outcome.value.assertion.key).toBe(false);
  });

  it('may leave out whose passkey it is, and must not name somebody else', async () => {
    const scene = await createScene();
    expect(await confirm(scene, { userHandle: null })).toBe('ok');
    expect(await confirm(scene, { userHandle: Buffer.alloc(32, 9).toString('base64url') })).toBe('passkey/refused user-handle');
  });

  it('is refused to the passkey of somebody else, and to one that nobody has', async () => {
    const scene = await createScene();
    const other = createSoftwareAuthenticator();
    await enrol(scene.world, other);
    expect(await confirm(scene, {}, other)).toBe('passkey/not-own other-person');
    expect(await confirm(scene, { outerId: Buffer.alloc(32, 7).toString('base64url') })).toBe('passkey/not-own absent');
  });

  it.each([
    ['the person was not verified', { isUserVerified: false }, 'user-verification'],
    ['nobody was present', { isUserPresent: false }, 'user-presence'],
    ['another digest was signed', { clientData: { challenge: toDigest('another record') } }, 'challenge'],
    ['it was on another site', { clientData: { origin: 'https://evil.example' } }, 'origin'],
    ['it was in a frame', { clientData: { crossOrigin: true } }, 'cross-origin'],
    ['another key signed', { signature: Buffer.alloc(70, 1) }, 'signature'],
  ] as const)('is refused when %s', async (_, tampering, detail) => {
    expect(await confirm(await createScene(), tampering)).toBe(`passkey/refused ${detail}`);
  });

  it('is answered once, in its time, in its place, by its person', async () => {
    const { world, authenticator, personId } = await createScene();
    const other = await enrol(world, createSoftwareAuthenticator());
    const ask = async (whose: { personId: string; binding: string }, waitSeconds = 0): Promise<readonly string[]> => {
      const who = { ...whose, level: 'substantial' } as const;
      const begun = await beginConfirmation(world, { binding, personId, challenge, level: 'substantial' });
      const answer = { ceremony: begun.ceremony, response: authenticator.authenticate(begun.options, origin) };
      world.wait(waitSeconds);
      const outcomes = [await finishConfirmation(world, who, answer), await finishConfirmation(world, who, answer)];
      return outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.detail));
    };
    expect(await ask({ personId, binding })).toEqual(['ok', 'taken']);
    expect(await ask({ personId, binding: 'another' })).toEqual(['binding', 'taken']);
    expect(await ask({ personId: other.id, binding })).toEqual(['person', 'taken']);
    expect(await ask({ personId, binding }, 301)).toEqual(['expired', 'taken']);
  });

  it('is no sign-in, and a sign-in is no confirmation', async () => {
    const { world, authenticator, personId } = await createScene();
    const begun = await beginConfirmation(world, { binding, personId, challenge, level: 'substantial' });
    const signedIn = await finishSignIn(world, binding, {
      ceremony: begun.ceremony,
      response: authenticator.authenticate(begun.options, origin),
    });
    expect(signedIn).toMatchObject({ ok: false, detail: 'purpose' });
    const signIn = await beginSignIn(world, { binding, personId });
    const response = authenticator.authenticate(signIn.options, origin);
    const confirmed = await finishConfirmation(world, { personId, binding, level: 'substantial' }, { ceremony: signIn.ceremony, response });
    expect(confirmed).toMatchObject({ ok: false, detail: 'purpose' });
  });
});
