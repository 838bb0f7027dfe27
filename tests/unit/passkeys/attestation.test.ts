// What an attestation statement is worth: every format of a maker that the metadata vouch for, and every way in which its chain or its words fail.

import { describe, expect, test } from 'vitest';
import type { Model } from '../../../src/domain/metadata/model.ts';
import { uses } from '../../support/metadata/authority.ts';
import type { CertificateAsked, Made } from '../../support/metadata/authority.ts';
import { createMaker, toModelExtension } from '../../support/metadata/maker.ts';
import type { Attestor, Maker, MakerAsked } from '../../support/metadata/maker.ts';
import { createPasskeyWorld, register as registerIn, startOfWorld } from '../../support/passkey-world.ts';
import { createSoftwareKey } from '../../support/software-keys.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { AuthenticatorSettings, Tampering } from '../../support/software-authenticator.ts';

const maker = createMaker();
const stranger = createMaker('Somebody else');

function toModel(changes: Partial<Model> = {}): Model {
  return {
    source: 'fido',
    aaguid: maker.aaguid,
    description: 'Security key of the test',
    isListed: true,
    isWarned: false,
    status: 'FIDO_CERTIFIED_L1',
    statusSince: '2024-01-01',
    roots: [maker.root.base64],
    userVerification: [],
    keyProtection: ['hardware'],
    attestationTypes: ['basic_full'],
    ...changes,
  };
}

type Registered = { readonly settings?: AuthenticatorSettings; readonly tampering?: Tampering; readonly models?: readonly Model[] };

/** The standing of the passkey, or the code of the refusal. */
async function register(attestation: AuthenticatorSettings['attestation'], asked: Registered = {}): Promise<string> {
  const world = createPasskeyWorld(asked.models ?? [toModel()]);
  const person = await world.addPerson();
  const authenticator = createSoftwareAuthenticator({ ...(attestation === undefined ? {} : { attestation }), ...asked.settings });
  const registering = { purpose: 'enrol', token: await world.invite(person.id) } as const;
  const outcome = await registerIn(world, registering, { authenticator, ...(asked.tampering && { tampering: asked.tampering }) });
  return outcome.ok ? outcome.value.passkey.standing : outcome.code;
}

const formats = ['packed', 'tpm', 'androidKey', 'apple'] as const;

describe.each(formats)('a passkey with a statement of the format %s', (format) => {
  const attest = (asked: MakerAsked = {}, from: Maker = maker): Attestor => from[format](asked);

  test('is trusted where the metadata name the root of its chain', async () => {
    expect(await register(attest())).toBe('trusted');
  });

  test('is unknown, and registered all the same, where nobody knows its model or its root', async () => {
    expect(await register(attest(), { models: [] })).toBe('unknown');
    expect(await register(attest(), { models: [toModel({ roots: [stranger.root.base64] })] })).toBe('unknown');
    expect(await register(attest(), { models: [toModel({ isListed: false })] })).toBe('unknown');
    expect(await register(attest(), { models: [toModel({ roots: ['AAAA'] })] })).toBe('unknown');
  });

  test('is revoked where a source warns of the model, whoever else vouches for it', async () => {
    expect(await register(attest(), { models: [toModel(), toModel({ source: 'another', isWarned: true })] })).toBe('revoked');
  });

  test('is unknown where the maker says that its keys are in software', async () => {
    expect(await register(attest(), { models: [toModel({ keyProtection: ['software', 'remote_handle'] })] })).toBe('unknown');
  });

  test('is refused where the statement was made for another ceremony', async () => {
    const tampering = { clientData: { extra: 'said afterwards' } };
    const { attest: make, ...rest } = attest();
    const other: typeof make = (asked) => make({ ...asked, clientDataHash: Buffer.alloc(32, 5) });
    expect(await register({ ...rest, attest: other }, { tampering })).toBe('passkey/refused');
  });

  test('is refused where the statement was made over other data of the authenticator', async () => {
    const { attest: make, ...rest } = attest();
    const toOther = (data: Uint8Array): Buffer => Buffer.concat([data, Buffer.of(0)]);
    const other: typeof make = (asked) => make({ ...asked, authenticatorData: toOther(asked.authenticatorData) });
    expect(await register({ ...rest, attest: other })).toBe('passkey/refused');
  });
});

test.each(formats.slice(1))('a certificate of the format %s that is about another key is refused', async (format) => {
  const { attest, ...rest } = maker[format]();
  const other: typeof attest = (asked) => attest({ ...asked, key: createSoftwareKey(-7) });
  expect(await register({ ...rest, attest: other })).toBe('passkey/refused');
});

const faults: readonly (readonly [string, MakerAsked])[] = [
  ['whose leaf has run out', { leaf: { until: -400 } }],
  ['whose leaf is not valid yet', { leaf: { from: 300 } }],
  ['whose issuer has run out', { between: { until: -400 } }],
  ['whose issuer is no authority', { between: { isAuthority: false } }],
  ['whose issuer may not sign certificates', { between: { keyUsage: 0x80 } }],
  [
    'whose leaf has a critical extension that nobody knows',
    { leaf: { extras: [{ id: '2a0304', value: Buffer.of(5, 0), isCritical: true }] } },
  ],
  ['whose issuer was signed with SHA-1', { between: { isWeak: true } }],
];

describe('a chain', () => {
  test.each(faults)('%s gives an unknown passkey, and refuses nobody', async (_what, asked) => {
    expect(await register(maker.packed(asked))).toBe('unknown');
  });

  test('that another maker signed is unknown, though it names the model', async () => {
    const forger = createMaker('Self-made', Buffer.from(maker.aaguid.replaceAll('-', ''), 'hex'));
    expect(await register(forger.packed())).toBe('unknown');
  });

  test('with one more authority than its issuer may have below it is unknown', async () => {
    const first = maker.root.issue({ subject: { CN: 'first' }, isAuthority: true, pathLength: 0, keyUsage: 0x06 });
    const second = first.issue({ subject: { CN: 'second' }, isAuthority: true, keyUsage: 0x06 });
    expect(await register(fromIssuer(second, [second, first]))).toBe('unknown');
    expect(await register(fromIssuer(first, [first]))).toBe('trusted');
  });

  test('may end in the root itself, and a leaf may be named as such', async () => {
    const first = maker.root.issue({ subject: { CN: 'first' }, isAuthority: true, keyUsage: 0x06 });
    expect(await register(fromIssuer(first, [first, maker.root]))).toBe('trusted');
    const leaf = maker.root.issue(leafAsked);
    expect(await register(fromLeaf(leaf, [leaf]), { models: [toModel({ roots: [leaf.base64] })] })).toBe('trusted');
  });

  test('in the wrong order is unknown', async () => {
    const first = maker.root.issue({ subject: { CN: 'first' }, isAuthority: true, keyUsage: 0x06 });
    const second = first.issue({ subject: { CN: 'second' }, isAuthority: true, keyUsage: 0x06 });
    expect(await register(fromIssuer(second, [first, second]))).toBe('unknown');
  });

  test('whose leaf names another model is refused: the statement contradicts itself', async () => {
    const leaf = { extras: [toModelExtension(Buffer.alloc(16, 3))] };
    expect(await register(maker.packed({ leaf }))).toBe('passkey/refused');
    expect(await register(maker.packed({ leaf: { extras: [] } }))).toBe('trusted');
  });

  test('is judged by the time of the registration', async () => {
    const leaf = { now: startOfWorld, from: -1, until: 1 };
    expect(await register(maker.packed({ leaf }))).toBe('trusted');
  });
});

describe('a passkey', () => {
  test('that attests itself, or not at all, is unknown, whatever model it claims', async () => {
    const settings = { aaguid: Buffer.from(maker.aaguid.replaceAll('-', ''), 'hex') };
    expect(await register('packed', { settings })).toBe('unknown');
    expect(await register('none', { settings })).toBe('unknown');
    expect(await register('none', { settings, models: [toModel({ isWarned: true })] })).toBe('revoked');
  });

  test('whose statement has no signature, or that of another key, is refused', async () => {
    const { attest, ...rest } = maker.packed();
    const without: typeof attest = (asked) => new Map(Array.from(attest(asked)).filter(([name]) => name !== 'sig'));
    expect(await register({ ...rest, attest: without })).toBe('passkey/refused');
    const other: typeof attest = (asked) =>
      new Map([...attest(asked), ...Array.from(maker.packed().attest(asked)).filter(([name]) => name === 'sig')]);
    expect(await register({ ...rest, attest: other })).toBe('passkey/refused');
  });

  test('whose statement names an algorithm of another kind of key is refused', async () => {
    const { attest, ...rest } = maker.packed();
    const other: typeof attest = (asked) => new Map([...attest(asked), ['alg', -257] as const]);
    expect(await register({ ...rest, attest: other })).toBe('passkey/refused');
  });

  test('of a chip that still signs with SHA-1, or of a certificate for other uses, is unknown', async () => {
    const { attest, ...rest } = maker.tpm();
    const other: typeof attest = (asked) => new Map([...attest(asked), ['alg', -65_535] as const]);
    expect(await register({ ...rest, attest: other })).toBe('unknown');
    expect(await register(maker.tpm({ leaf: { use: uses.client } }))).toBe('unknown');
  });

  // Without sensitiveDataOrigin, fixedParent, fixedTPM: it was made outside, or may go elsewhere.
  test.each(['00060452', '00060462', '00060470', '00040000'])(
    'WA-14 whose chip says that it was not born there, or may leave, is unknown: %s',
    async (attributes) => {
      expect(await register(maker.tpm({ attributes }))).toBe('unknown');
    },
  );

  test('of a format that cannot say who was there is unknown', async () => {
    const { attest, aaguid } = maker.packed();
    expect(await register({ format: 'fido-u2f', aaguid, attest })).toBe('unknown');
    expect(await register({ format: 'of-tomorrow', aaguid, attest })).toBe('unknown');
  });
});

const leafAsked: CertificateAsked = {
  subject: { C: 'SA', O: 'Maker of the test', OU: 'Authenticator Attestation', CN: 'key' },
  isAuthority: false,
};

function fromLeaf(leaf: Made, chain: readonly Made[]): Attestor {
  const { attest, ...rest } = maker.packed({
    leaf: { key: { publicKey: leaf.publicKey, ...(leaf.privateKey && { privateKey: leaf.privateKey }) } },
    chain,
  });
  return { ...rest, attest };
}

function fromIssuer(issuer: Made, above: readonly Made[]): Attestor {
  const leaf = issuer.issue(leafAsked);
  return fromLeaf(leaf, above[0] === issuer || above.includes(issuer) ? [leaf, ...above] : above);
}
