// Whether a chain of certificates leads to a root that somebody decided to trust (RFC 5280 §6.1, as far as it concerns chains without policies and name
// constraints: a critical extension that is not known here ends the path). Revocation lists are not followed: who may no longer be believed says the metadata.

import type { Millis } from '../kernel/clock.ts';
import { extensionIds, keyUses, mayKey, toConstraints } from './certificate.ts';
import type { Certificate } from './certificate.ts';

export type PathAsked = {
  /** The leaf first, each issued by the next. */
  readonly chain: readonly Certificate[];
  readonly roots: readonly Certificate[];
  readonly at: Millis;
};

export type Path = { readonly ok: true; readonly root: Certificate } | { readonly ok: false; readonly fault: string };

const longestChain = 8;

/** ECDSA and RSA with SHA-256 or longer, and Ed25519 (RFC 5758, RFC 4055, RFC 8410): no SHA-1, no MD5. */
const signatureOids = new Set([
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.2.840.113549.1.1.10',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.3.101.112',
]);
const leastModulusBits = 2048;

const { keyUsage, names, constraints, policies, uses } = extensionIds;
const known = new Set([keyUsage, names, constraints, policies, uses]);

/** A root that stands in the chain itself, even as its leaf, ends it there. */
export function findPath({ chain, roots, at }: PathAsked): Path {
  if (chain.length === 0 || chain.length > longestChain) {
    return { ok: false, fault: 'length of the chain' };
  }
  for (const [depth, certificate] of chain.entries()) {
    const fault = findFault(certificate, depth, at);
    if (fault !== undefined) {
      return { ok: false, fault };
    }
    const root = roots.find((candidate) => endsAt(candidate, certificate, { depth, at }));
    if (root !== undefined) {
      return { ok: true, root };
    }
    const issuer = chain[depth + 1];
    if (issuer !== undefined && !isIssuedBy(certificate, issuer)) {
      return { ok: false, fault: 'a certificate was not issued by the next one' };
    }
  }
  return { ok: false, fault: 'it leads to no trusted root' };
}

type Place = { readonly depth: number; readonly at: Millis };

function endsAt(root: Certificate, certificate: Certificate, { depth, at }: Place): boolean {
  return root.der.equals(certificate.der) || (isIssuedBy(certificate, root) && findFault(root, depth + 1, at) === undefined);
}

/** `depth` 0 is the leaf; every other one must be an authority that may have as many below it. */
function findFault(certificate: Certificate, depth: number, at: Millis): string | undefined {
  if (!(certificate.notBefore <= at && at <= certificate.notAfter)) {
    return 'a certificate is not valid at this time';
  }
  if (!isStrong(certificate)) {
    return 'a certificate has a weak signature or key';
  }
  if (Array.from(certificate.extensions).some(([oid, { isCritical }]) => isCritical && !known.has(oid))) {
    return 'a certificate has an unknown critical extension';
  }
  return depth === 0 ? undefined : findAuthorityFault(certificate, depth);
}

function findAuthorityFault(certificate: Certificate, depth: number): string | undefined {
  const { isAuthority, pathLength } = toConstraints(certificate);
  if (!isAuthority || !mayKey(certificate, keyUses.signCertificates)) {
    return 'an issuer is no authority';
  }
  return pathLength < depth - 1 ? 'an authority may not have another below it' : undefined;
}

function isStrong({ signatureOid, publicKey }: Certificate): boolean {
  const { modulusLength = leastModulusBits } = publicKey.asymmetricKeyDetails ?? {};
  return signatureOids.has(signatureOid) && modulusLength >= leastModulusBits;
}

function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return issuer.subject.equals(certificate.issuer) && certificate.x509.verify(issuer.publicKey);
  } catch {
    // A key of another kind than the signature.
    return false;
  }
}
