// Certificates of services (RFC 8705): found on the connection, or in the header of a proxy of ours, and only where a request came by the door that was made
// for them. Everywhere else whatever a client sends in such a header is nothing (TK-26).

import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { toFaultReport } from '../config/config.ts';
import type { CertificateDoor } from '../config/config.ts';
import { readAuthorities } from '../config/read-tls.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { CertificateSource } from '../oidc/certificates.ts';

const arrivals = new WeakSet<IncomingMessage>();

/** For the listener alone: this request came by the door for certificates. */
export function noteCertificateDoor(request: IncomingMessage): void {
  arrivals.add(request);
}

export function cameByCertificateDoor(request: IncomingMessage): boolean {
  return arrivals.has(request);
}

function parseCertificate(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const bare = /^(?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

/** As proxies write it: PEM in percent encoding (nginx) or without line ends, DER in base64 (HAProxy, Traefik), the same between colons (RFC 9440). */
export function parseCertificateHeader(text: string): X509Certificate | undefined {
  const plain = text.includes('%') ? decode(text) : text;
  const inner = plain
    .trim()
    .replace(/^:(.*):$/s, '$1')
    .replace(/^-----BEGIN CERTIFICATE-----(.*)-----END CERTIFICATE-----$/s, '$1');
  const base64 = inner.replaceAll(/\s/g, '');
  return bare.test(base64) ? parseCertificate(Buffer.from(base64, 'base64')) : undefined;
}

/** A header that came twice is none: what stands in front may have believed the other one. */
function findInHeader(request: IncomingMessage, header: string): X509Certificate | undefined {
  const [text, ...more] = request.headersDistinct[header] ?? [];
  return text === undefined || more.length > 0 ? undefined : parseCertificateHeader(text);
}

// Node hands out the chain with the certificate once for each connection.
const shown = new WeakMap<TLSSocket, X509Certificate | undefined>();

function findOnConnection({ socket }: IncomingMessage): X509Certificate | undefined {
  if (!(socket instanceof TLSSocket)) {
    return undefined;
  }
  if (!shown.has(socket)) {
    shown.set(socket, socket.getPeerX509Certificate());
  }
  return shown.get(socket);
}

function isCurrent({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now < validToDate.getTime();
}

/** Undefined for one of a kind that nothing here knows: anybody may send a chain that holds such a certificate. */
function findKey(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const key = findKey(issuer);
  return key !== undefined && issuer.ca && certificate.checkIssued(issuer) && certificate.verify(key);
}

const curves: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const brokenHash = /md[245]|sha-?1(?!\d)/i;

/** RFC 9325 §4.5: a short key can be found. */
function isLong({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  return type === 'ed25519' || curves.has(details?.namedCurve) || (details?.modulusLength ?? 0) >= 2048;
}

/** And a signature over a broken hash can be moved to another certificate. TLS in front may have looked at neither. */
function isStrong(certificate: X509Certificate): boolean {
  const key = findKey(certificate);
  return key !== undefined && isLong(key) && !brokenHash.test(certificate.signatureAlgorithm ?? 'md5');
}

/** RFC 5280 §4.2.1.12: where a certificate says what it is for, proving a client must be among it; of an authority it says what for it issues. */
function isForClients({ keyUsage }: X509Certificate): boolean {
  const uses: readonly string[] | undefined = keyUsage;
  return uses === undefined || uses.includes('1.3.6.1.5.5.7.3.2') || uses.includes('2.5.29.37.0');
}

const longestChain = 5;

type Judge = { readonly authorities: readonly X509Certificate[]; readonly now: number };

/** Issued by an authority of ours, or by one that such an authority issued and the client sent along. Each certificate on the way has to be in its time, for clients and strong. */
function leadsHome(certificate: X509Certificate, judge: Judge, length = 0): boolean {
  const { authorities, now } = judge;
  if (length > longestChain || ![isCurrent(certificate, now), isForClients(certificate), isStrong(certificate)].every(Boolean)) {
    return false;
  }
  if (authorities.some((authority) => isCurrent(authority, now) && isIssuedBy(certificate, authority))) {
    return true;
  }
  const { issuerCertificate: next } = certificate;
  return next !== undefined && isIssuedBy(certificate, next) && leadsHome(next, judge, length + 1);
}

export function createCertificateSource(door: CertificateDoor | undefined, clock: Clock): CertificateSource | undefined {
  if (door === undefined) {
    return undefined;
  }
  const read = readAuthorities(door.authoritiesFile);
  if (!read.ok) {
    throw new Fault('configuration/invalid', toFaultReport(read.faults));
  }
  const { value: authorities } = read;
  const { header, url } = door;
  return {
    url,
    isBehindProxy: header !== undefined,
    find: (request) => {
      if (!cameByCertificateDoor(request)) {
        return undefined;
      }
      const certificate = header === undefined ? findOnConnection(request) : findInHeader(request, header);
      return certificate !== undefined && isCurrent(certificate, clock.now()) ? certificate : undefined;
    },
    isTrusted: (certificate) => leadsHome(certificate, { authorities, now: clock.now() }),
  };
}
