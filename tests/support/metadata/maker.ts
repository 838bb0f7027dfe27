// A maker of authenticators: its root, and what its models say of passkeys that they made, in each format.

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { der, hex, sequence } from '../certificate.ts';
import type { Encodable, EncodableMap } from '../encode-cbor.ts';
import type { SoftwareKey } from '../software-keys.ts';
import { makeAuthority, uses } from './authority.ts';
import type { CertificateAsked, Made } from './authority.ts';

export type Attested = {
  readonly key: SoftwareKey;
  readonly authenticatorData: Uint8Array;
  readonly clientDataHash: Uint8Array;
};

export type Attestor = {
  readonly format: string;
  readonly aaguid: Uint8Array;
  readonly attest: (attested: Attested) => EncodableMap;
};

export type MakerAsked = {
  /** Of the leaf. */
  readonly leaf?: CertificateAsked;
  /** Between root and leaf. */
  readonly between?: CertificateAsked;
  /** What stands in the statement in place of the true chain. */
  readonly chain?: readonly Made[];
  /** Of a key in a TPM, in hexadecimal; without them, those of a key that was made in it and stays there. */
  readonly attributes?: string;
};

export type Maker = {
  readonly root: Made;
  readonly aaguid: string;
  readonly packed: (asked?: MakerAsked) => Attestor;
  readonly tpm: (asked?: MakerAsked) => Attestor;
  readonly androidKey: (asked?: MakerAsked) => Attestor;
  readonly apple: (asked?: MakerAsked) => Attestor;
};

const modelExtension = '2b0601040182e51c010104';
const descriptionExtension = '2b06010401d679020111';
const nonceExtension = '2a864886f763640802';

export const toModelExtension = (aaguid: Uint8Array) => ({ id: modelExtension, value: der(0x04, aaguid) });

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

function toStatement(members: readonly (readonly [string, Encodable])[], chain: readonly Made[]): EncodableMap {
  return new Map<string, Encodable>([...members, ['x5c', chain.map((certificate) => new Uint8Array(certificate.der))]]);
}

function toAaguidText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function createMaker(name = 'Maker of the test', aaguid: Uint8Array = randomBytes(16)): Maker {
  const root = makeAuthority(name);
  const createBetween = (asked: MakerAsked): Made =>
    root.issue({ subject: { C: 'SA', O: name, CN: 'batch' }, isAuthority: true, pathLength: 0, keyUsage: 0x06, ...asked.between });
  const subject = { C: 'SA', O: name, OU: 'Authenticator Attestation', CN: 'key of the batch' };
  const issue = (asked: MakerAsked, own: CertificateAsked): { readonly leaf: Made; readonly chain: readonly Made[] } => {
    const between = createBetween(asked);
    const leaf = between.issue({ isAuthority: false, ...own, ...asked.leaf });
    return { leaf, chain: asked.chain ?? [leaf, between] };
  };
  return {
    root,
    aaguid: toAaguidText(aaguid),
    packed: (asked = {}) => {
      const { leaf, chain } = issue(asked, { subject, extras: [toModelExtension(aaguid)] });
      return { format: 'packed', aaguid, attest: (attested) => attestPacked(attested, leaf.privateKey ?? missing(), chain) };
    },
    tpm: (asked = {}) => {
      const chip = { id: '551d11', value: sequence(der(0xa4, sequence())), isCritical: true };
      const { leaf, chain } = issue(asked, { use: uses.chip, extras: [chip, toModelExtension(aaguid)] });
      return {
        format: 'tpm',
        aaguid,
        attest: (attested) => attestTpm(attested, { key: leaf.privateKey ?? missing(), attributes: asked.attributes }, chain),
      };
    },
    androidKey: (asked = {}) => ({
      format: 'android-key',
      aaguid,
      attest: (attested) => {
        const extras = [{ id: descriptionExtension, value: toDescription(attested.clientDataHash) }];
        const { chain } = issue(asked, { subject, extras, key: { publicKey: attested.key.publicKey } });
        const signature = attested.key.sign(Buffer.concat([attested.authenticatorData, attested.clientDataHash]));
        return toStatement(
          [
            ['alg', attested.key.algorithm],
            ['sig', new Uint8Array(signature)],
          ],
          chain,
        );
      },
    }),
    apple: (asked = {}) => ({
      format: 'apple',
      aaguid,
      attest: ({ key, authenticatorData, clientDataHash }) => {
        const nonce = sequence(der(0xa1, der(0x04, sha256(authenticatorData, clientDataHash))));
        const { chain } = issue(asked, { subject, extras: [{ id: nonceExtension, value: nonce }], key: { publicKey: key.publicKey } });
        return toStatement([], chain);
      },
    }),
  };
}

function missing(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function attestPacked({ authenticatorData, clientDataHash }: Attested, key: KeyObject, chain: readonly Made[]): EncodableMap {
  const signature = sign('sha256', Buffer.concat([authenticatorData, clientDataHash]), key);
  return toStatement(
    [
      ['alg', key.asymmetricKeyType === 'rsa' ? -257 : -7],
      ['sig', new Uint8Array(signature)],
    ],
    chain,
  );
}

/** KeyDescription: made in the keystore (origin 0), for signing (purpose 2), enforced by hardware (level 1). */
function toDescription(challenge: Uint8Array): Buffer {
  const level = der(0x0a, Buffer.of(1));
  const enforced = sequence(hexItem('a1', der(0x31, der(0x02, Buffer.of(2)))), Buffer.concat([hex('bf853e03'), der(0x02, Buffer.of(0))]));
  return sequence(der(0x02, Buffer.of(3)), level, der(0x02, Buffer.of(4)), level, der(0x04, challenge), der(0x04), sequence(), enforced);
}

function hexItem(tag: string, content: Buffer): Buffer {
  return der(Number.parseInt(tag, 16), content);
}

const sized = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);

function toPublicArea(publicKey: KeyObject, attributes = '00060472'): Buffer {
  const { kty, x = '', y = '', n = '' } = publicKey.export({ format: 'jwk' });
  const head = (type: string): Buffer => Buffer.concat([hex(`${type}000b${attributes}`), sized(Buffer.alloc(0)), hex('00100010')]);
  return kty === 'RSA'
    ? Buffer.concat([head('0001'), hex('080000000000'), sized(Buffer.from(n, 'base64url'))])
    : Buffer.concat([head('0023'), hex('00030010'), sized(Buffer.from(x, 'base64url')), sized(Buffer.from(y, 'base64url'))]);
}

type Chip = { readonly key: KeyObject; readonly attributes: string | undefined };

function attestTpm({ key, authenticatorData, clientDataHash }: Attested, chip: Chip, chain: readonly Made[]): EncodableMap {
  const pubArea = toPublicArea(key.publicKey, chip.attributes);
  const certInfo = Buffer.concat([
    hex('ff5443478017'),
    sized(Buffer.alloc(34, 7)),
    sized(sha256(authenticatorData, clientDataHash)),
    Buffer.alloc(25, 1),
    sized(Buffer.concat([hex('000b'), sha256(pubArea)])),
    sized(Buffer.alloc(34, 9)),
  ]);
  return toStatement(
    [
      ['ver', '2.0'],
      ['alg', -7],
      ['sig', new Uint8Array(sign('sha256', certInfo, chip.key))],
      ['certInfo', new Uint8Array(certInfo)],
      ['pubArea', new Uint8Array(pubArea)],
    ],
    chain,
  );
}
