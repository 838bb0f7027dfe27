// The manifest of a pack names every file in it by its digest, and who took it, why and for whom; a signature of the issuer stands over the manifest.
// The key is that of receipts: both say "this is what our records show", and the header tells them apart (ADR-0099).

import { sign } from 'node:crypto';
import { toCanonicalJson } from '../../kernel/canonical.ts';
import type { Json } from '../../kernel/canonical.ts';
import { toTimestamp } from '../../kernel/clock.ts';
import { toDigest } from '../../kernel/ids.ts';
import type { PackNeeds, PackSummary } from './pack.ts';
import { packFormat } from './pack.ts';
import { toQueryJson } from './query.ts';
import type { PackFile } from './zip.ts';

const toPart = (text: string): string => Buffer.from(text).toString('base64url');

export type ManifestSummary = Omit<PackSummary, 'opened' | 'stretch' | 'isListed' | 'isWitnessed' | 'areWordsProven'>;

export type SaidFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

export const toSaidFile = ({ bytes, name }: PackFile): SaidFile => ({ name, bytes: bytes.length, sha256: toDigest(bytes) });

/** What only one of the formats says. */
export type ManifestMembers = { readonly format: typeof packFormat | 'huwiya-list/1'; readonly [name: string]: Json };

export function toManifest(
  summary: ManifestSummary,
  files: readonly SaidFile[],
  members: ManifestMembers = { format: packFormat },
): string {
  const { approvedBy = null, author, createdAt, expiresAt, id, issuer, openings, query, reason, receipts, recipient, rows, size } = summary;
  return toCanonicalJson({
    approved_by: approvedBy,
    author: { kind: author.kind, ref: author.ref },
    case: summary.case,
    created_at: toTimestamp(createdAt),
    expires_at: toTimestamp(expiresAt),
    files: Object.fromEntries(files.map(({ name, bytes, sha256 }) => [name, { bytes, sha256 }])),
    id,
    issuer,
    openings,
    query: toQueryJson(query),
    reason,
    receipts,
    recipient,
    rows,
    size,
    ...members,
  });
}

/** Compact JWS (RFC 7515), EdDSA, over the very bytes of the manifest. */
export function signManifest({ key, kid }: PackNeeds['signer'], manifest: string): string {
  const header = toPart(JSON.stringify({ alg: 'EdDSA', kid, typ: 'huwiya-pack+jwt' }));
  const signed = `${header}.${toPart(manifest)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}
