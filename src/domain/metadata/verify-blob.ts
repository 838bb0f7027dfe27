// A BLOB of the FIDO Metadata Service (v3.1 §3.1.7, §3.2): a JWT whose chain of certificates leads to a root that the operator trusts. Only then is one
// byte of its content looked at.

import { createHash } from 'node:crypto';
import { parseJson } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { findCertificate, findUses, keyUses, mayKey } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { findPath } from './find-path.ts';
import { fidoSource } from './model.ts';
import { isJoseAlgorithm, isJoseSignature } from './verify-signature.ts';

/** `host`: whom the signing certificate has to be for, where a root vouches for the whole world. */
export type TrustedRoot = { readonly certificate: Certificate; readonly host: string | null };

export type VerifiedBlob = { readonly source: string; readonly name: string; readonly digest: string; readonly content: unknown };

type Refusal = 'metadata/malformed' | 'metadata/untrusted';

export function verifyBlob(text: string, roots: readonly TrustedRoot[], at: Millis): Outcome<VerifiedBlob, Refusal> {
  const parsed = parseBlob(text);
  if (!parsed.ok) {
    return parsed;
  }
  const { chain, payload } = parsed.value;
  const path = findPath({ chain, roots: roots.map(({ certificate }) => certificate), at });
  if (!path.ok) {
    return refuse('metadata/untrusted', path.fault);
  }
  const host = roots.find(({ certificate }) => certificate === path.root)?.host ?? null;
  const fault = findSignatureFault(parsed.value, host);
  if (fault !== undefined) {
    return refuse('metadata/untrusted', fault);
  }
  const content = parseJson(payload.toString('utf8'));
  const digest = createHash('sha256').update(payload).digest('base64url');
  return content === undefined
    ? refuse('metadata/malformed', 'the content is no JSON')
    : succeed({ ...toSource(path.root, host), digest, content });
}

function toSource({ der, x509 }: Certificate, host: string | null): Pick<VerifiedBlob, 'source' | 'name'> {
  const source = host === null ? createHash('sha256').update(der).digest('hex') : fidoSource;
  return { source, name: host ?? x509.subject.replaceAll('\n', ', ') };
}

const serverUse = '1.3.6.1.5.5.7.3.1';
const documentUse = '1.3.6.1.5.5.7.3.36';

function findSignatureFault({ leaf, algorithm, signed, signature }: Parsed, host: string | null): string | undefined {
  const fault = host === null ? findUseFault(leaf, [serverUse, documentUse]) : findHostFault(leaf, host);
  if (fault !== undefined) {
    return fault;
  }
  return isJoseSignature(algorithm, { key: leaf.publicKey, data: signed, signature }) ? undefined : 'the signature is wrong';
}

/** Under a root that vouches for servers of the whole world anybody may have a certificate: it has to be the one of the service. */
function findHostFault(leaf: Certificate, host: string): string | undefined {
  if (findUses(leaf) === undefined) {
    return 'the key of the signer is for other uses';
  }
  const isOfHost = leaf.x509.checkHost(host, { subject: 'never', wildcards: false }) !== undefined;
  return isOfHost ? findUseFault(leaf, [serverUse]) : `the signer is not ${host}`;
}

function findUseFault(leaf: Certificate, allowed: readonly string[]): string | undefined {
  const uses = findUses(leaf) ?? allowed;
  const isFit = mayKey(leaf, keyUses.signature) && uses.some((use) => allowed.includes(use));
  return isFit ? undefined : 'the key of the signer is for other uses';
}

type Parsed = {
  readonly algorithm: string;
  readonly chain: readonly Certificate[];
  readonly leaf: Certificate;
  readonly signed: Buffer;
  readonly signature: Buffer;
  readonly payload: Buffer;
};

/** RFC 7515 §7.1: three parts, each in the one form that its bytes have. */
function parseBlob(text: string): Outcome<Parsed, Refusal> {
  const parts = text.trim().split('.');
  if (parts.length !== 3 || !parts.every(isCanonical)) {
    return refuse('metadata/malformed', 'it is no JWT');
  }
  const [head = '', payload = '', signature = ''] = parts;
  const { alg: algorithm, x5c, crit } = toRecord(parseJson(toBytes(head).toString('utf8')));
  if (!isKnown(algorithm) || crit !== undefined) {
    return refuse('metadata/untrusted', 'the header names an algorithm or an extension that is not known');
  }
  return toParsed({ algorithm, x5c }, Buffer.from(`${head}.${payload}`), [payload, signature].map(toBytes));
}

type Head = { readonly algorithm: string; readonly x5c: unknown };

function toParsed({ algorithm, x5c }: Head, signed: Buffer, parts: readonly Buffer[]): Outcome<Parsed, Refusal> {
  const chain = toChain(x5c);
  const [leaf] = chain;
  const [payload, signature] = parts;
  return leaf === undefined || payload === undefined || signature === undefined
    ? refuse('metadata/untrusted', 'the header holds no chain of certificates')
    : succeed({ algorithm, chain, leaf, signed, signature, payload });
}

function isKnown(algorithm: unknown): algorithm is string {
  return typeof algorithm === 'string' && isJoseAlgorithm(algorithm);
}

/** Empty where one of them cannot be read. */
function toChain(x5c: unknown): readonly Certificate[] {
  const listed: readonly unknown[] = Array.isArray(x5c) ? x5c : [];
  const found = listed.map((item) => (typeof item === 'string' ? findCertificate(Buffer.from(item, 'base64')) : undefined));
  const chain = found.filter((certificate) => certificate !== undefined);
  return chain.length === found.length ? chain : [];
}

const base64url = /^[A-Za-z0-9_-]+$/;

function isCanonical(part: string): boolean {
  return base64url.test(part) && toBytes(part).toString('base64url') === part;
}

function toBytes(part: string): Buffer {
  return Buffer.from(part, 'base64url');
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
