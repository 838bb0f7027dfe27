import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseRegistrationAnswer } from '../../../src/domain/passkeys/parse-answer.ts';
import { verifyRegistration } from '../../../src/domain/passkeys/verify-ceremony.ts';
import { createPasskeyWorld, enrol, origin, register, signIn, toVerdict } from '../../support/passkey-world.ts';
import type { EncodableMap } from '../../support/encode-cbor.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { AuthenticatorSettings, Tampering } from '../../support/software-authenticator.ts';
import { createSoftwareKey } from '../../support/software-keys.ts';

type Attack = Tampering & { readonly origin?: string; readonly settings?: AuthenticatorSettings };

async function registerWith(attack: Attack): Promise<string> {
  const world = createPasskeyWorld();
  const person = await world.addPerson();
  const authenticator = createSoftwareAuthenticator(attack.settings);
  const by = { purpose: 'enrol', token: await world.invite(person.id) } as const;
  const verdict = toVerdict(await register(world, by, { authenticator, origin: attack.origin ?? origin, tampering: attack }));
  const stored = await world.passkeys.listPasskeys(person.id);
  // Evidence and passkey exist together or not at all.
  expect(stored.length).toBe(verdict === 'ok' ? 1 : 0);
  expect(world.events.filter(({ type }) => type === 'passkey.registered')).toHaveLength(stored.length);
  return verdict;
}

async function signInWith(attack: Attack): Promise<string> {
  const world = createPasskeyWorld();
  const authenticator = createSoftwareAuthenticator(attack.settings);
  await enrol(world, authenticator);
  return toVerdict(await signIn(world, authenticator, attack));
}

async function inBoth(attack: Attack): Promise<readonly string[]> {
  return [await registerWith(attack), await signInWith(attack)];
}

function both(step: string): readonly string[] {
  return [`passkey/refused ${step}`, `passkey/refused ${step}`];
}

describe('the client data', () => {
  const origins = [
    'http://id.example',
    'https://id.example:8443',
    'https://www.id.example',
    'https://mail.example',
    'https://example',
    'https://id.example.evil.test',
    'https://ID.example',
    'https://id.example.',
    'https://id.example/',
    'null',
    'android:apk-key-hash:AAAA',
  ];
  for (const wrong of origins) {
    it(`WA-04 is refused from the origin ${wrong}`, async () => {
      expect(await inBoth({ origin: wrong })).toEqual(both('origin'));
    });
  }

  for (const clientData of [
    { crossOrigin: true },
    { crossOrigin: true, topOrigin: 'https://evil.test' },
    { topOrigin: 'https://evil.test' },
    { topOrigin: origin },
    { crossOrigin: 'false' },
  ]) {
    it(`WA-06 is refused from inside another site: ${JSON.stringify(clientData)}`, async () => {
      expect(await inBoth({ clientData })).toEqual(both('cross-origin'));
    });
  }

  for (const challenge of [undefined, '', null, 7, ['AAAA'], 'AAAA']) {
    it(`WA-02 WA-19 is refused with the challenge ${JSON.stringify(challenge) ?? 'left out'}`, async () => {
      expect(await inBoth({ clientData: { challenge } })).toEqual(both('challenge'));
    });
  }

  it('WA-02 without a challenge is refused also when none is expected', async () => {
    const authenticator = createSoftwareAuthenticator();
    const options = { challenge: '', rp: { id: 'id.example' }, user: { id: 'AAAA' }, pubKeyCredParams: [{ alg: -7 }] };
    for (const challenge of ['', undefined]) {
      const answer = parseRegistrationAnswer(authenticator.register(options, origin, { clientData: { challenge } }));
      const expected = { relyingParty: { id: 'id.example', origin }, challenge: '' };
      const outcome = answer.ok ? await verifyRegistration(expected, answer.value) : answer;
      expect(outcome).toEqual({ ok: false, code: 'passkey/refused', detail: 'challenge' });
    }
  });

  for (const clientDataText of ['', '{', '[]', '"webauthn.get"', 'null', '7', Uint8Array.of(0xff, 0xfe, 0x00)]) {
    const shown = typeof clientDataText === 'string' ? JSON.stringify(clientDataText) : 'bytes that are no UTF-8';
    it(`WA-19 is refused when it is no object: ${shown}`, async () => {
      expect(await inBoth({ clientDataText })).toEqual(both(clientDataText === '' ? 'form' : 'client-data'));
    });
  }

  it('WA-19 may hold members that nobody knows yet', async () => {
    expect(await inBoth({ clientData: { later: { more: true } } })).toEqual(['ok', 'ok']);
  });

  it('WA-19 over the size limit is refused', async () => {
    expect(await inBoth({ clientData: { filling: 'x'.repeat(1_000_000) } })).toEqual(both('size'));
  });
});

describe('the authenticator data', () => {
  for (const rpId of ['example', 'www.id.example', 'other.example', 'https://id.example', '']) {
    it(`WA-05 is refused for the relying party "${rpId}"`, async () => {
      expect(await inBoth({ rpId })).toEqual(both('rp-id'));
    });
  }

  it('WA-07 is refused without user verification or without user presence', async () => {
    expect(await inBoth({ isUserVerified: false })).toEqual(both('user-verification'));
    expect(await inBoth({ isUserPresent: false })).toEqual(both('user-presence'));
  });

  it('WA-16 is refused when a passkey is backed up that may not be', async () => {
    expect(await inBoth({ isBackedUp: true })).toEqual(both('backup-state'));
  });

  it('is refused when its signature is of another key, cut short or empty', async () => {
    const stranger = createSoftwareKey(-7);
    expect(await signInWith({ signature: stranger.sign(Buffer.from('something else')) })).toBe('passkey/unknown signature');
    expect(await signInWith({ signature: Buffer.of(0x30, 0x02) })).toBe('passkey/unknown signature');
    expect(await signInWith({ signature: Buffer.alloc(0) })).toBe('passkey/refused form');
  });
});

describe('the credential id', () => {
  it('WA-13 around the answer must be the attested one', async () => {
    const outerId = Buffer.alloc(32, 7).toString('base64url');
    expect(await registerWith({ outerId })).toBe('passkey/refused credential-id');
    expect(await signInWith({ outerId })).toBe('passkey/unknown absent');
  });

  it('WA-13 has 1 to 1,023 bytes', async () => {
    expect(await registerWith({ attestedId: Buffer.alloc(1023, 1) })).toBe('ok');
    expect(await registerWith({ attestedId: Buffer.alloc(1, 1) })).toBe('ok');
    expect(await registerWith({ attestedId: Buffer.alloc(1024, 1) })).toBe('passkey/refused credential-id');
    expect(await registerWith({ attestedId: Buffer.alloc(0) })).toBe('passkey/refused credential-id');
  });

  it('WA-12 is registered once, for whomever', async () => {
    const world = createPasskeyWorld();
    const attestedId = Buffer.alloc(32, 9);
    const [sara, other] = [await world.addPerson(), await world.addPerson()];
    const attempt = async (personId: string): Promise<string> => {
      const by = { purpose: 'add-passkey', personId, sessionUid: 'session', binding: 'session' } as const;
      return toVerdict(await register(world, by, { authenticator: createSoftwareAuthenticator(), tampering: { attestedId } }));
    };
    expect(await attempt(sara.id)).toBe('ok');
    expect(await attempt(sara.id)).toBe('passkey/already-registered store');
    expect(await attempt(other.id)).toBe('passkey/already-registered store');
    expect(world.events.filter(({ type }) => type === 'passkey.registered')).toHaveLength(1);
  });
});

describe('the public key', () => {
  const fine = createSoftwareKey(-7).cose;
  const edwards = createSoftwareKey(-8).cose;
  const change = (key: EncodableMap, changes: readonly (readonly [number, number | Uint8Array])[]): EncodableMap =>
    new Map([...key, ...changes]);
  const weak = createSoftwareKey(-257, 1024).cose;
  const refused: Readonly<Record<string, { readonly coseKey: EncodableMap; readonly step: string }>> = {
    RS1: { coseKey: change(createSoftwareKey(-257).cose, [[3, -65535]]), step: 'algorithm' },
    ES256K: {
      coseKey: change(fine, [
        [3, -47],
        [-1, 8],
      ]),
      step: 'algorithm',
    },
    ES384: {
      coseKey: change(fine, [
        [3, -35],
        [-1, 2],
      ]),
      step: 'algorithm',
    },
    Ed448: {
      coseKey: change(edwards, [
        [3, -53],
        [-1, 7],
      ]),
      step: 'algorithm',
    },
    'no algorithm': { coseKey: new Map([...fine].filter(([name]) => name !== 3)), step: 'algorithm' },
    'RSA of 1,024 bits': { coseKey: weak, step: 'public-key' },
    'RSA with exponent 1': { coseKey: change(createSoftwareKey(-257).cose, [[-2, Buffer.of(1)]]), step: 'public-key' },
    'a point that is not on the curve': { coseKey: change(fine, [[-3, Buffer.alloc(32, 5)]]), step: 'public-key' },
    'another curve': { coseKey: change(fine, [[-1, 2]]), step: 'public-key' },
    'a coordinate cut short': { coseKey: change(fine, [[-2, Buffer.alloc(31, 5)]]), step: 'public-key' },
    'another type of key than the algorithm': { coseKey: change(edwards, [[3, -7]]), step: 'public-key' },
    'X25519 as Ed25519': {
      coseKey: change(edwards, [
        [-1, 4],
        [-2, toX25519()],
      ]),
      step: 'public-key',
    },
  };
  for (const [name, { coseKey, step }] of Object.entries(refused)) {
    it(`WA-15 is refused: ${name}`, async () => {
      expect(await registerWith({ coseKey })).toBe(`passkey/refused ${step}`);
    });
  }
});

function toX25519(): Buffer {
  const { x = '' } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

describe('the attestation', () => {
  it('WA-14 is refused when the statement says none and holds something, or its own signature is wrong', async () => {
    const statement = new Map([['sig', Buffer.alloc(64)]]);
    expect(await registerWith({ statement })).toBe('passkey/refused attestation');
    const forged = new Map<string, number | Uint8Array>([
      ['alg', -7],
      ['sig', createSoftwareKey(-7).sign(Buffer.from('x'))],
    ]);
    expect(await registerWith({ settings: { attestation: 'packed' }, statement: forged })).toBe('passkey/refused attestation');
  });

  it('WA-14 of a kind that is not examined is kept as it came and counts for nothing', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    const person = await world.addPerson();
    const statement = new Map([['x5c', [createHash('sha256').digest()]]]);
    const by = { purpose: 'enrol', token: await world.invite(person.id) } as const;
    const done = await register(world, by, { authenticator, tampering: { format: 'fido-u2f', statement } });
    expect(done.ok && done.value.passkey.attestationFormat).toBe('fido-u2f');
    const outcome = await signIn(world, authenticator);
    expect(outcome.ok && outcome.value.acr).toBe('urn:huwiya:loa:substantial');
  });
});
