// A certificate as an authority would issue it (RFC 5280), signed by its own key, for the host and the days a test wants.

import { generateKeyPairSync, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

export type TestCertificate = { readonly certificate: string; readonly key: string };

export type CertificateAsked = { readonly host: string; readonly from: Date; readonly until: Date };

function toLength(length: number): Buffer {
  return length < 128 ? Buffer.of(length) : Buffer.of(0x82, length >> 8, length & 0xff);
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), toLength(content.length), content]);
};

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

const ecdsaWithSha256 = sequence(der(0x06, hex('2a8648ce3d040302')));
const commonName = der(0x06, hex('550403'));
const subjectAltName = der(0x06, hex('551d11'));

/** GeneralizedTime, in UTC, without fractions. */
function toTime(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`));
}

const toPem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** A name, or an address of IPv4 (RFC 5280 §4.2.1.6). */
function toAltName(host: string): Buffer {
  return isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
}

export function createCertificate({ host, from, until }: CertificateAsked): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(host)))));
  const names = sequence(subjectAltName, der(0x04, sequence(toAltName(host))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    ecdsaWithSha256,
    name,
    sequence(toTime(from), toTime(until)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(names)),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', body, privateKey));
  return {
    certificate: toPem(sequence(body, ecdsaWithSha256, signature)),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
