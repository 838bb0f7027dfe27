import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShortfall, toAuthenticationFacts, toLevel } from '../../../src/domain/passkeys/authentication-facts.ts';
import { parseCborItem, isCborMap } from '../../../src/domain/passkeys/parse-cbor.ts';
import { standings } from '../../../src/domain/passkeys/passkey.ts';
import { levels } from '../../../src/domain/kernel/levels.ts';
import { findMethods } from '../../../src/domain/passkeys/find-methods.ts';
import { toOnlyMethods, toUserMethods } from '../../../src/domain/passkeys/user-verification.ts';
import { encodeCbor } from '../../support/encode-cbor.ts';
import type { Encodable } from '../../support/encode-cbor.ts';
import { createPasskeyWorld, enrol, signIn, toVerdict } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';

const strongest = { isBackupEligible: false, standing: 'trusted', ceiling: 'high' } as const;

describe('the level of a passkey', () => {
  it('WA-17 is high only where it cannot leave its device, its model is vouched for, and it was bound as strongly', () => {
    expect(toLevel(strongest)).toBe('high');
    const rated = fc.record({
      isBackupEligible: fc.boolean(),
      standing: fc.constantFrom(...standings),
      ceiling: fc.constantFrom(...levels),
    });
    fc.assert(
      fc.property(rated, (passkey) => {
        const isStrongest = !passkey.isBackupEligible && passkey.standing === 'trusted' && passkey.ceiling === 'high';
        return (toLevel(passkey) === 'high') === isStrongest && (findShortfall(passkey) === undefined) === isStrongest;
      }),
    );
  });

  it('that falls short says by what', () => {
    expect(findShortfall({ ...strongest, isBackupEligible: true })).toBe('synced');
    expect(findShortfall({ ...strongest, standing: 'revoked' })).toBe('revoked');
    expect(findShortfall({ ...strongest, standing: 'unknown' })).toBe('unattested');
    expect(findShortfall({ ...strongest, ceiling: 'substantial' })).toBe('binding');
  });

  it('is what a service is told, with what is known of the factor and nothing else', () => {
    expect(toAuthenticationFacts(strongest, ['fpt'])).toEqual({ amr: ['hwk', 'user', 'fpt', 'mfa'], acr: 'urn:huwiya:loa:high' });
    expect(toAuthenticationFacts({ ...strongest, isBackupEligible: true }, [])).toEqual({
      amr: ['swk', 'user', 'mfa'],
      acr: 'urn:huwiya:loa:substantial',
    });
  });
});

const toExtensions = (uvm: Encodable): Buffer => encodeCbor(new Map<string, Encodable>([['uvm', uvm]]));

function read(bytes: Uint8Array): readonly string[] {
  const item = parseCborItem(bytes, 0);
  return toUserMethods(item.ok && isCborMap(item.value.value) ? item.value.value : undefined);
}

describe('the means of verification', () => {
  const known: readonly (readonly [code: number, method: readonly string[]])[] = [
    [0x02, ['fpt']],
    [0x10, ['face']],
    [0x04, ['pin']],
    [0x80, ['pin']],
    [0x800, ['pin']],
    [0x08, ['vbm']],
    [0x01, []],
    [0x20, []],
    [0x40, []],
    [0x100, []],
    [0x200, []],
    [0x7fffffff, []],
  ];
  for (const [code, methods] of known) {
    it(`with the code ${code} is ${methods[0] ?? 'not told, because no word is true of it'}`, () => {
      expect(read(toExtensions([[code, 2, 2]]))).toEqual(methods);
    });
  }

  it('may be two at once, each told once', () => {
    const both = [
      [2, 2, 2],
      [4, 2, 2],
      [0x80, 2, 2],
    ];
    expect(read(toExtensions(both))).toEqual(['fpt', 'pin']);
  });

  it('is unknown where the entry has another form than it must have', () => {
    const broken: readonly Encodable[] = [
      2,
      'fpt',
      [],
      [2, 2, 2],
      [[2]],
      [[2, 2, 2, 2]],
      [['2', 2, 2]],
      [[-2, 2, 2]],
      Array(4).fill([2, 2, 2]),
      [[2, 2, 2], 4],
    ];
    for (const uvm of broken) {
      expect(read(toExtensions(uvm))).toEqual([]);
    }
  });

  it('is read from what the authenticator signed and never from what the browser says beside it', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const signed = await signIn(world, authenticator, { extensions: toExtensions([[2, 2, 2]]) });
    expect(signed.ok && signed.value.amr).toEqual(['hwk', 'user', 'fpt', 'mfa']);
    const silent = await signIn(world, authenticator);
    expect(silent.ok && silent.value.amr).toEqual(['hwk', 'user', 'mfa']);
    const others = encodeCbor(new Map<string, Encodable>([['hmac-secret', true]]));
    const unasked = await signIn(world, authenticator, { extensions: others });
    expect(unasked.ok && unasked.value.amr).toEqual(['hwk', 'user', 'mfa']);
  });

  it('in extensions that are no map of texts is refused with them', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const numbered = encodeCbor(new Map<number, Encodable>([[1, true]]));
    expect(toVerdict(await signIn(world, authenticator, { extensions: numbered }))).toBe('passkey/refused extensions');
    expect(toVerdict(await signIn(world, authenticator, { extensions: encodeCbor([1]) }))).toBe('passkey/refused cbor');
    const trailing = Buffer.concat([toExtensions([[2, 2, 2]]), Buffer.of(0)]);
    expect(toVerdict(await signIn(world, authenticator, { extensions: trailing }))).toBe('passkey/refused authenticator-data');
  });

  it('of a model is told where it has one way and no other', () => {
    expect(toOnlyMethods([['fingerprint_internal']])).toEqual(['fpt']);
    expect(toOnlyMethods([['presence_internal', 'passcode_external'], ['presence_internal']])).toEqual(['pin']);
    expect(toOnlyMethods([['fingerprint_internal', 'passcode_internal']])).toEqual(['fpt', 'pin']);
    expect(toOnlyMethods([['fingerprint_internal'], ['passcode_internal']])).toEqual([]);
    expect([toOnlyMethods([['eyeprint_internal']]), toOnlyMethods([]), toOnlyMethods([['presence_internal']])]).toEqual([[], [], []]);
  });

  it('of a model counts for a passkey that is attested and vouched for, and only where the authenticator signed nothing of it', async () => {
    const aaguid = '11111111-2222-3333-4444-555555555555';
    const named = { source: 'fido', aaguid, description: 'A key', isListed: true, isWarned: false, status: null, statusSince: null };
    const model = { ...named, roots: [], userVerification: [['fingerprint_internal']], keyProtection: [], attestationTypes: [] };
    const needs = { metadata: { findModels: async () => [model] } };
    const passkey = { aaguid, standing: 'trusted' } as const;
    expect(await findMethods(needs, passkey, [])).toEqual(['fpt']);
    expect(await findMethods(needs, passkey, ['pin'])).toEqual(['pin']);
    expect(await findMethods(needs, { ...passkey, standing: 'unknown' }, [])).toEqual([]);
  });
});
