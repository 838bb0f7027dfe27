// What the engine asks about the certificate of a service (RFC 8705): which it is, whether we know who issued it, and whether it names the service.

import { hash } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Configuration } from 'oidc-provider';
import { isSameName } from '../domain/agencies/distinguished-name.ts';

export type CertificateSource = {
  /** The origin of the door for certificates. */
  readonly url: string;
  /** A proxy of ours ends TLS and passes the certificate on. */
  readonly isBehindProxy: boolean;
  /** The certificate of whoever sent this, in its time; undefined also where the request came by another door. */
  readonly find: (request: IncomingMessage) => X509Certificate | undefined;
  /** Whether somebody whom the operator trusts issued it, for clients. */
  readonly isTrusted: (certificate: X509Certificate) => boolean;
};

/** RFC 8705 §3.1. */
export function toCertificateThumbprint({ raw }: X509Certificate): string {
  return hash('sha256', raw, 'base64url');
}

/** Node puts every value in quotes that could be read in two ways. */
const altName = /([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy;

function readAltNames({ subjectAltName }: X509Certificate, kind: string): readonly string[] {
  return [...(subjectAltName ?? '').matchAll(altName)].flatMap(([, type, value = '']) => {
    const text: unknown = type === kind && value.startsWith('"') ? JSON.parse(value) : value;
    return type === kind && typeof text === 'string' ? [text] : [];
  });
}

type Matches = (certificate: X509Certificate, expected: string) => boolean;

const sanOnly = { subject: 'never', wildcards: false } as const;

/** As RFC 4514 writes it; empty where the certificate names its holder elsewhere (RFC 5280 §4.1.2.6), for which the runtime has no text. */
function toSubject({ subject }: X509Certificate): string {
  const lines: string | undefined = subject;
  return (lines ?? '').split('\n').toReversed().join(',');
}

/** RFC 8705 §2.1.2. A wildcard stands for no name: whoever has one has not this name. */
const matchers: Readonly<Record<string, Matches>> = {
  tls_client_auth_subject_dn: (certificate, expected) => isSameName(toSubject(certificate), expected),
  tls_client_auth_san_dns: (certificate, expected) => certificate.checkHost(expected, sanOnly) !== undefined,
  tls_client_auth_san_uri: (certificate, expected) => readAltNames(certificate, 'URI').includes(expected),
  tls_client_auth_san_email: (certificate, expected) => certificate.checkEmail(expected, sanOnly) !== undefined,
};

/**
 * On also where no door is open for certificates: then nobody has one, and who is registered with one gets nothing. Were it off, the engine would forget that
 * a service's tokens are bound, and give it tokens that anybody can use.
 */
export function toMutualTls(source: CertificateSource | undefined): NonNullable<NonNullable<Configuration['features']>['mTLS']> {
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    selfSignedTlsClientAuth: true,
    tlsClientAuth: true,
    getCertificate: (ctx) => source?.find(ctx.req),
    certificateAuthorized: (ctx) => {
      const certificate = source?.find(ctx.req);
      return certificate !== undefined && source?.isTrusted(certificate) === true;
    },
    certificateSubjectMatches: (ctx, property, expected) => {
      const certificate = source?.find(ctx.req);
      return certificate !== undefined && matchers[property]?.(certificate, expected) === true;
    },
  };
}
