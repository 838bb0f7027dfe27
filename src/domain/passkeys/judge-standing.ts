// How a passkey stands by the metadata: its statement was made by a key whose certificates lead to a root that a source names for this very model. The times
// of certificates are those of the registration: a maker's certificate that ran out later made the passkey no worse.

import { extensionIds, findCertificate, toConstraints } from '../metadata/certificate.ts';
import type { Certificate } from '../metadata/certificate.ts';
import { findPath } from '../metadata/find-path.ts';
import { hasHardware } from '../metadata/model.ts';
import type { Model } from '../metadata/model.ts';
import { parseAttestation } from './parse-attestation.ts';
import type { HeldPasskey, Standing } from './passkey.ts';
import { findChain } from './statement.ts';

type JudgedPasskey = Pick<HeldPasskey, 'attestation' | 'isStatementVerified' | 'createdAt'>;

/** `models`: what the sources say of its AAGUID. A warning counts whoever else vouches for the model. */
export function judgeStanding(passkey: JudgedPasskey, models: readonly Model[]): Standing {
  if (models.some(({ isWarned }) => isWarned)) {
    return 'revoked';
  }
  return isVouchedFor(passkey, models) ? 'trusted' : 'unknown';
}

export function isVouchedFor({ attestation, isStatementVerified, createdAt }: JudgedPasskey, models: readonly Model[]): boolean {
  const vouching = isStatementVerified ? models.filter((model) => model.isListed && hasHardware(model)) : [];
  const chain = vouching.length === 0 ? [] : toChain(attestation);
  const [leaf] = chain;
  if (leaf === undefined || !isLeafOfMaker(leaf)) {
    return false;
  }
  return vouching.some(({ roots }) => findPath({ chain, roots: toCertificates(roots), at: createdAt }).ok);
}

function toChain(attestation: string): readonly Certificate[] {
  const parsed = parseAttestation(Buffer.from(attestation, 'base64url'));
  return (parsed.ok ? findChain(parsed.value.statement) : undefined) ?? [];
}

/** WebAuthn L3 §8.2.1, §8.3.1: of version 3, and no authority itself. */
function isLeafOfMaker(leaf: Certificate): boolean {
  return leaf.isVersion3 && !(leaf.extensions.has(extensionIds.constraints) && toConstraints(leaf).isAuthority);
}

const known = new Map<string, Certificate | undefined>();

/** Roots are few and asked for again and again. Kept by their content, so that none can grow old. */
function toCertificates(roots: readonly string[]): readonly Certificate[] {
  return roots.map(toCertificate).filter((certificate) => certificate !== undefined);
}

const mostKept = 2000;

function toCertificate(root: string): Certificate | undefined {
  const found = known.get(root) ?? findCertificate(Buffer.from(root, 'base64'));
  if (known.size >= mostKept) {
    known.clear();
  }
  known.set(root, found);
  return found;
}
