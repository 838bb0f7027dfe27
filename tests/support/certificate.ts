// A certificate as an authority would issue it (RFC 5280), signed by its own key, for the host and the days a test wants.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

export type TestCertificate = { readonly certificate: string; readonly key: string };

export type CertificateAsked = { readonly host: string; readonly from: Date; readonly until: Date };

function toLength(length: number): Buffer {
  if (length < 128) {
    return Buffer.of(length);
  }
  return length < 256 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}

export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), toLength(content.length), content]);
};

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** Of ECDSA with this hash. */
const signatureIds = { sha256: sequence(der(0x06, hex('2a8648ce3d040302'))), sha1: sequence(der(0x06, hex('2a8648ce3d0401'))) } as const;

type Hash = keyof typeof signatureIds;
const subjectAltName = der(0x06, hex('551d11'));

/** GeneralizedTime, in UTC, without fractions. */
export function toTime(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`));
}

export const toPem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** A name, or an address of IPv4 (RFC 5280 §4.2.1.6). */
function toAltName(host: string): Buffer {
  return isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
}

type Days = Pick<CertificateAsked, 'from' | 'until'>;

export type Subject = Readonly<Record<string, string>>;

const nameTypes: Readonly<Record<string, string>> = { C: '550406', ST: '550408', O: '55040a', OU: '55040b', CN: '550403' };

/** One part after the other, as they are given. */
export function toName(subject: Subject): Buffer {
  const parts = Object.entries(subject).map(([type, value]) =>
    der(0x31, sequence(der(0x06, hex(nameTypes[type] ?? '')), der(0x0c, Buffer.from(value)))),
  );
  return sequence(...parts);
}

type Signed = { readonly name: Buffer; readonly key: KeyObject };

type Made = {
  readonly subject: Buffer;
  readonly days: Days;
  readonly extensions: readonly Uint8Array[];
  readonly issuer?: Signed | undefined;
  readonly hash?: Hash | undefined;
  /** A key of RSA with as many bits, in place of one on a curve. */
  readonly rsaBits?: number | undefined;
};

function createPair(rsaBits: number | undefined) {
  return rsaBits === undefined
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: rsaBits });
}

function make({
  subject,
  days,
  extensions,
  issuer,
  hash = 'sha256',
  rsaBits,
}: Made): TestCertificate & { readonly signer: Signed; readonly publicKey: KeyObject } {
  const { publicKey, privateKey } = createPair(rsaBits);
  const signer = issuer ?? { name: subject, key: privateKey };
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    signatureIds[hash],
    signer.name,
    sequence(toTime(days.from), toTime(days.until)),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = der(0x03, Buffer.of(0), sign(hash, body, signer.key));
  return {
    certificate: toPem(sequence(body, signatureIds[hash], signature)),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    signer: { name: subject, key: privateKey },
    publicKey,
  };
}

export const toExtension = (id: Buffer, value: Buffer): Buffer => sequence(id, der(0x04, value));

export function createCertificate({ host, ...days }: CertificateAsked): TestCertificate {
  const { certificate, key } = make({
    subject: toName({ CN: host }),
    days,
    extensions: [toExtension(subjectAltName, sequence(toAltName(host)))],
  });
  return { certificate, key };
}

export type IssuedAsked = {
  readonly subject: Subject;
  readonly names?: { readonly dns?: string; readonly uri?: string; readonly email?: string };
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
  /** Object identifier of the one use that it is for, in hexadecimal. */
  readonly use?: string;
  readonly isAuthority?: boolean;
  /** What it is signed over; SHA-256 where it is not said. */
  readonly hash?: Hash;
  readonly rsaBits?: number;
};

/** A certificate of a service, with its key as a JWK that carries it. */
export type Issued = TestCertificate & {
  readonly jwk: Readonly<Record<string, string | readonly string[]>>;
  readonly issue: (asked: IssuedAsked) => Issued;
};

const basicConstraints = der(0x06, hex('551d13'));
const extendedUse = der(0x06, hex('551d25'));
const nameTags = { email: 0x81, dns: 0x82, uri: 0x86 } as const;
const day = 86_400_000;

function toExtensions({ names = {}, use, isAuthority = false }: IssuedAsked): readonly Uint8Array[] {
  const alternatives = (['dns', 'uri', 'email'] as const).flatMap((kind) => {
    const name = names[kind];
    return name === undefined ? [] : [der(nameTags[kind], Buffer.from(name))];
  });
  return [
    ...(isAuthority ? [toExtension(basicConstraints, sequence(der(0x01, Buffer.of(0xff))))] : []),
    ...(use === undefined ? [] : [toExtension(extendedUse, sequence(der(0x06, hex(use))))]),
    ...(alternatives.length === 0 ? [] : [toExtension(subjectAltName, sequence(...alternatives))]),
  ];
}

function issueFrom(asked: IssuedAsked, issuer: Signed | undefined): Issued {
  const days = { from: new Date(Date.now() + (asked.from ?? -1) * day), until: new Date(Date.now() + (asked.until ?? 30) * day) };
  const { hash, rsaBits } = asked;
  const made = make({ subject: toName(asked.subject), days, extensions: toExtensions(asked), issuer, hash, rsaBits });
  const { x = '', y = '' } = made.publicKey.export({ format: 'jwk' });
  const x5c = [made.certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')];
  return {
    certificate: made.certificate,
    key: made.key,
    jwk: { kty: 'EC', crv: 'P-256', x, y, use: 'sig', alg: 'ES256', kid: randomBytes(6).toString('hex'), x5c },
    issue: (next) => issueFrom(next, made.signer),
  };
}

/** Nobody issued it but its own key. */
export const createSelfSigned = (asked: IssuedAsked): Issued => issueFrom(asked, undefined);

export const createAuthority = (name: string): Issued => createSelfSigned({ subject: { C: 'SA', O: name }, isAuthority: true, until: 365 });
