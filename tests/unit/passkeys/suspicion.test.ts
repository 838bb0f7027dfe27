// An answer that shows that a key is not the one it was: refused, and the passkey ends, where nothing else can explain it and the signature is good.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { beginSignIn } from '../../../src/domain/passkeys/begin-sign-in.ts';
import { finishSignIn } from '../../../src/domain/passkeys/finish-sign-in.ts';
import { binding, createPasskeyWorld, enrol, origin, signIn, toVerdict } from '../../support/passkey-world.ts';
import type { PasskeyWorld } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { AuthenticatorSettings, SoftwareAuthenticator, Tampering } from '../../support/software-authenticator.ts';
import { createSoftwareKey } from '../../support/software-keys.ts';

type Held = { readonly world: PasskeyWorld; readonly authenticator: SoftwareAuthenticator };

/** A person whose passkey was used once, with the count 5 where it counts. */
async function createUsed(settings: AuthenticatorSettings = {}): Promise<Held> {
  const world = createPasskeyWorld();
  const authenticator = createSoftwareAuthenticator(settings);
  await enrol(world, authenticator);
  world.wait(60);
  const counter = settings.counterStep === 0 ? 0 : 5;
  expect(toVerdict(await signIn(world, authenticator, { counter }))).toBe('ok');
  world.wait(60);
  return { world, authenticator };
}

function toReason(body: string): string {
  return z.object({ reason: z.string() }).parse(JSON.parse(body)).reason;
}

async function listEnds({ world, authenticator }: Held): Promise<readonly unknown[]> {
  const left = await world.passkeys.findPasskey(authenticator.credentials[0]?.id ?? '');
  const told = world.events.filter(({ type }) => type === 'passkey.suspended');
  return [left === undefined ? 'ended' : 'alive', ...told.map(({ body }) => toReason(body))];
}

describe('a copied passkey', () => {
  for (const counter of [5, 4, 0]) {
    it(`WA-08 with the count ${counter} after 5 is refused and ends, with its entry`, async () => {
      const held = await createUsed();
      expect(toVerdict(await signIn(held.world, held.authenticator, { counter }))).toBe('passkey/suspended counter');
      expect(await listEnds(held)).toEqual(['ended', 'copied']);
      expect(toVerdict(await signIn(held.world, held.authenticator, { counter: 9 }))).toBe('passkey/unknown ended');
    });
  }

  it('WA-08 that may be copied by its nature is refused that once, and goes on', async () => {
    const held = await createUsed({ isBackupEligible: true });
    expect(toVerdict(await signIn(held.world, held.authenticator, { counter: 4 }))).toBe('passkey/refused counter');
    expect(await listEnds(held)).toEqual(['alive']);
    expect(toVerdict(await signIn(held.world, held.authenticator, { counter: 6 }))).toBe('ok');
  });

  it('WA-08 is not what an answer shows that was signed before the last one and came later', async () => {
    const held = await createUsed();
    const { world, authenticator } = held;
    const early = await beginSignIn(world, { binding, personId: null });
    const answer = { ceremony: early.ceremony, response: authenticator.authenticate(early.options, origin, { counter: 6 }) };
    world.wait(1);
    expect(toVerdict(await signIn(world, authenticator, { counter: 7 }))).toBe('ok');
    expect(toVerdict(await finishSignIn(world, binding, answer))).toBe('passkey/refused counter');
    expect(await listEnds(held)).toEqual(['alive']);
    const again = await beginSignIn(world, { binding, personId: null });
    world.wait(1);
    expect(toVerdict(await signIn(world, authenticator, { counter: 8 }))).toBe('ok');
    const same = { ceremony: again.ceremony, response: authenticator.authenticate(again.options, origin, { counter: 8 }) };
    expect(toVerdict(await finishSignIn(world, binding, same))).toBe('passkey/suspended counter');
    expect(await listEnds(held)).toEqual(['ended', 'copied']);
  });
});

describe('a passkey of another kind than it was', () => {
  it('WA-16 is refused and ends when its backup eligibility changes, in either direction', async () => {
    const bound = await createUsed();
    expect(toVerdict(await signIn(bound.world, bound.authenticator, { isBackupEligible: true, counter: 6 }))).toBe(
      'passkey/suspended backup-eligibility',
    );
    expect(await listEnds(bound)).toEqual(['ended', 'changed']);
    const synced = await createUsed({ isBackupEligible: true, counterStep: 0 });
    expect(toVerdict(await signIn(synced.world, synced.authenticator, { isBackupEligible: false }))).toBe(
      'passkey/suspended backup-eligibility',
    );
    expect(await listEnds(synced)).toEqual(['ended', 'changed']);
  });

  it('WA-16 is refused, and stays, when it is backed up and may not be', async () => {
    const held = await createUsed();
    expect(toVerdict(await signIn(held.world, held.authenticator, { isBackedUp: true, counter: 6 }))).toBe('passkey/refused backup-state');
    expect(await listEnds(held)).toEqual(['alive']);
  });
});

describe('somebody who holds no key', () => {
  const stranger = createSoftwareKey(-7).sign(Buffer.from('something else'));
  const forged: readonly Tampering[] = [
    { counter: 0, signature: stranger },
    { counter: 5, signature: stranger },
    { isBackupEligible: true, counter: 6, signature: stranger },
    { isUserVerified: false, counter: 0 },
    { rpId: 'evil.example', counter: 0 },
  ];
  for (const tampering of forged) {
    const { signature, ...shown } = tampering;
    it(`WA-08 WA-16 ends no passkey with ${JSON.stringify(shown)}${signature === undefined ? '' : ' and a signature of another key'}`, async () => {
      const held = await createUsed();
      expect(toVerdict(await signIn(held.world, held.authenticator, tampering))).toMatch(/^passkey\/(?:refused|unknown signature)/);
      expect(await listEnds(held)).toEqual(['alive']);
      expect(toVerdict(await signIn(held.world, held.authenticator, { counter: 6 }))).toBe('ok');
    });
  }
});
