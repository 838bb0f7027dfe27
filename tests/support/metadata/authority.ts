// Authorities and the certificates of makers, as a test wants them: with every fault that a chain can have, or none.

import { X509Certificate, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { der, hex, sequence, toExtension, toName, toPem, toTime } from '../certificate.ts';
import type { Subject } from '../certificate.ts';

const day = 86_400_000;
const flag = der(0x01, Buffer.of(0xff));
const oid = (bytes: string): Buffer => der(0x06, hex(bytes));

/** Object identifiers in hexadecimal. */
export const uses = { server: '2b06010505070301', client: '2b06010505070302', chip: '6781050803' } as const;

const nameIds = { uses: oid('551d25'), keyUsage: oid('551d0f'), constraints: oid('551d13'), names: oid('551d11') } as const;

export type Extra = { readonly id: string; readonly value: Uint8Array; readonly isCritical?: boolean };

export type CertificateAsked = {
  readonly subject?: Subject;
  /** Days from `now`. */
  readonly from?: number;
  readonly until?: number;
  readonly now?: number;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** First byte of the bits of RFC 5280 §4.2.1.3. */
  readonly keyUsage?: number;
  readonly use?: string;
  readonly host?: string;
  /** Whole extensions beside those above. */
  readonly extras?: readonly Extra[];
  readonly key?: { readonly publicKey: KeyObject; readonly privateKey?: KeyObject };
  readonly curve?: 'P-256' | 'P-384';
  readonly rsaBits?: number;
  readonly isWeak?: boolean;
};

export type Made = {
  readonly der: Buffer;
  readonly pem: string;
  readonly base64: string;
  readonly privateKey: KeyObject | undefined;
  readonly publicKey: KeyObject;
  readonly issue: (asked?: CertificateAsked) => Made;
};

type Signer = { readonly name: Buffer; readonly key: KeyObject };

const algorithms = {
  ec: { strong: ['2a8648ce3d040302', 'sha256'], weak: ['2a8648ce3d0401', 'sha1'] },
  rsa: { strong: ['2a864886f70d01010b', 'sha256'], weak: ['2a864886f70d010105', 'sha1'] },
} as const;

function createPair({ curve = 'P-256', rsaBits }: CertificateAsked) {
  return rsaBits === undefined ? generateKeyPairSync('ec', { namedCurve: curve }) : generateKeyPairSync('rsa', { modulusLength: rsaBits });
}

function toCritical(id: Buffer, value: Buffer): Buffer {
  return sequence(id, flag, der(0x04, value));
}

function toExtensions({ isAuthority, pathLength, keyUsage, use, host, extras = [] }: CertificateAsked): readonly Buffer[] {
  const length = pathLength === undefined ? [] : [der(0x02, Buffer.of(pathLength))];
  return [
    ...(isAuthority === undefined ? [] : [toCritical(nameIds.constraints, sequence(...(isAuthority ? [flag, ...length] : [])))]),
    ...(keyUsage === undefined ? [] : [toCritical(nameIds.keyUsage, der(0x03, Buffer.of(0, keyUsage)))]),
    ...(use === undefined ? [] : [toExtension(nameIds.uses, sequence(oid(use)))]),
    ...(host === undefined ? [] : [toExtension(nameIds.names, sequence(der(0x82, Buffer.from(host))))]),
    ...extras.map(({ id, value, isCritical }) =>
      isCritical === true ? toCritical(oid(id), Buffer.from(value)) : toExtension(oid(id), Buffer.from(value)),
    ),
  ];
}

function toDays({ from = -1000, until = 3650, now = Date.now() }: CertificateAsked): Buffer {
  return sequence(toTime(new Date(now + from * day)), toTime(new Date(now + until * day)));
}

function toSigning({ key }: Signer, strength: 'strong' | 'weak') {
  const kind = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  const [algorithm, hash] = algorithms[kind][strength];
  return { id: sequence(oid(algorithm), ...(kind === 'rsa' ? [der(0x05)] : [])), hash };
}

export function makeCertificate(asked: CertificateAsked, issuer?: Signer): Made {
  const { publicKey, privateKey } = asked.key ?? createPair(asked);
  const name = toName(asked.subject ?? {});
  const signer = issuer ?? { name, key: privateKey ?? fail() };
  const { id, hash } = toSigning(signer, asked.isWeak === true ? 'weak' : 'strong');
  const extensions = toExtensions(asked);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    id,
    signer.name,
    toDays(asked),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const whole = sequence(body, id, der(0x03, Buffer.of(0), sign(hash, body, signer.key)));
  return {
    der: whole,
    pem: toPem(whole),
    base64: whole.toString('base64'),
    privateKey,
    publicKey: new X509Certificate(whole).publicKey,
    issue: (next = {}) => makeCertificate(next, { name, key: privateKey ?? fail() }),
  };
}

function fail(): never {
  throw new Error('a key that is not here cannot sign');
}

/** Of a maker, or of a source of metadata. */
export function makeAuthority(name: string, asked: CertificateAsked = {}): Made {
  return makeCertificate({ subject: { C: 'SA', O: name, CN: `${name} root` }, isAuthority: true, keyUsage: 0x06, ...asked });
}
