// A certificate (RFC 5280) as far as trust in metadata and in attestations needs it. Nothing here looks anywhere: not for an issuer, not for a revocation list.

import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Millis } from '../kernel/clock.ts';
import { constructed, explicit, findItems, findMembers, findWhole, isUniversal, toOid, universal } from './parse-der.ts';
import type { DerItem } from './parse-der.ts';

export type Extension = { readonly isCritical: boolean; readonly value: Buffer };

export type Certificate = {
  readonly der: Buffer;
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  readonly isVersion3: boolean;
  /** Of the signature over it, as its signed part names it. */
  readonly signatureOid: string;
  /** The names as they are encoded: they are compared byte by byte. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Millis;
  readonly notAfter: Millis;
  readonly extensions: ReadonlyMap<string, Extension>;
};

export const extensionIds = {
  keyUsage: '2.5.29.15',
  names: '2.5.29.17',
  constraints: '2.5.29.19',
  policies: '2.5.29.32',
  uses: '2.5.29.37',
};

/** Undefined for what is no certificate: nothing of it counts. */
export function findCertificate(der: Uint8Array): Certificate | undefined {
  const bytes = Buffer.from(der);
  const fields = findFields(bytes);
  if (fields === undefined) {
    return undefined;
  }
  try {
    const x509 = new X509Certificate(bytes);
    const { publicKey, validFromDate, validToDate } = x509;
    return { ...fields, der: bytes, x509, publicKey, notBefore: validFromDate.getTime(), notAfter: validToDate.getTime() };
  } catch {
    // The crypto library throws for what it cannot read, and for keys that it does not know.
    return undefined;
  }
}

type Fields = Pick<Certificate, 'isVersion3' | 'signatureOid' | 'issuer' | 'subject' | 'extensions'>;

/** RFC 5280 §4.1. */
function findFields(bytes: Buffer): Fields | undefined {
  const members = findSignedPart(bytes);
  const versioned = findExplicit(members, 0);
  const [, algorithm, issuer, , subject] = members.slice(versioned === undefined ? 0 : 1);
  const extensions = toExtensions(findExplicit(members, 3));
  if (algorithm === undefined || issuer === undefined || subject === undefined || extensions === undefined) {
    return undefined;
  }
  const isVersion3 = findWhole(findFirst(versioned)) === 2;
  return { isVersion3, signatureOid: toOid(findFirst(algorithm)), issuer: issuer.whole, subject: subject.whole, extensions };
}

function findSignedPart(bytes: Buffer): readonly DerItem[] {
  const [signed] = findMembers(bytes) ?? [];
  return signed === undefined ? [] : (findMembers(signed.whole) ?? []);
}

function findFirst(holder: DerItem | undefined): DerItem | undefined {
  return holder === undefined ? undefined : findItems(holder.content)?.[0];
}

function findExplicit(members: readonly DerItem[], wanted: number): DerItem | undefined {
  return members.find(({ form, number }) => form === explicit && number === wanted);
}

/** Undefined where one stands twice (RFC 5280 §4.2) or cannot be read. */
function toExtensions(holder: DerItem | undefined): ReadonlyMap<string, Extension> | undefined {
  const items = holder === undefined ? [] : findMembers(holder.content);
  const found = (items ?? []).map(findExtension).filter((extension) => extension !== undefined);
  const byOid = new Map(found.map(({ oid, ...extension }) => [oid, extension]));
  return byOid.size === items?.length ? byOid : undefined;
}

function findExtension({ form, content }: DerItem): (Extension & { readonly oid: string }) | undefined {
  const members = (form === constructed ? findItems(content) : undefined) ?? [];
  const value = members.at(-1);
  const critical = members.length === 3 ? members[1] : undefined;
  return isUniversal(value, universal.octets)
    ? { oid: toOid(members[0]), isCritical: critical?.content[0] === 0xff, value: value.content }
    : undefined;
}

const unitName = '2.5.4.11';

/** Organisational units of the subject (RFC 5280 §4.1.2.4). */
export function listUnits({ subject }: Pick<Certificate, 'subject'>): readonly string[] {
  const parts = (findMembers(subject) ?? []).flatMap(({ content }) => findItems(content) ?? []);
  const pairs = parts.map(({ content }) => findItems(content) ?? []);
  return pairs.filter(([type]) => toOid(type) === unitName).map(([, value]) => value?.content.toString() ?? '');
}

export type Constraints = { readonly isAuthority: boolean; /** How many authorities may stand below it. */ readonly pathLength: number };

/** RFC 5280 §4.2.1.9. */
export function toConstraints({ extensions }: Certificate): Constraints {
  const extension = extensions.get(extensionIds.constraints);
  const members = (extension && findMembers(extension.value)) ?? [];
  const [first, second] = members;
  const isAuthority = isUniversal(first, universal.boolean) && first.content[0] === 0xff;
  return { isAuthority, pathLength: second === undefined ? Number.POSITIVE_INFINITY : (findWhole(second) ?? -1) };
}

/** Bits of RFC 5280 §4.2.1.3. */
export const keyUses = { signature: 0x80, signCertificates: 0x04 };

/** Whether the key may be used so; where nothing is said, it may. */
export function mayKey({ extensions }: Certificate, use: number): boolean {
  const extension = extensions.get(extensionIds.keyUsage);
  const [bits] = (extension && findItems(extension.value)) ?? [];
  return extension === undefined || ((bits?.content[1] ?? 0) & use) !== 0;
}

/** Extended key usages (RFC 5280 §4.2.1.12); undefined where nothing is said. */
export function findUses({ extensions }: Certificate): readonly string[] | undefined {
  const extension = extensions.get(extensionIds.uses);
  return extension && (findMembers(extension.value) ?? []).map(toOid);
}
