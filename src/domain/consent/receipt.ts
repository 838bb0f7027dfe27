// The signed receipt: the record as decided. It is signed before the act commits, and commits with it.

import { CompactSign } from 'jose';
import type { KeyObject } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Consent } from './consent.ts';
import { toRecord } from './consent-record.ts';
import type { Authority, RecordContext } from './consent-record.ts';

export type ReceiptSigner = {
  readonly issuer: string;
  /** Named in each record as the one to turn to. */
  readonly authority: Authority;
  readonly key: KeyObject;
  readonly kid: string;
};

/** Compact JWS (RFC 7515), EdDSA, payload `{ iat, iss, jti, record }` in canonical form. */
export async function signReceipt(
  signer: ReceiptSigner,
  consent: Consent,
  context: Omit<RecordContext, 'issuer' | 'authority'>,
): Promise<string> {
  const { authority, issuer } = signer;
  const payload = toCanonicalJson({
    iat: Math.floor(context.now / 1000),
    iss: signer.issuer,
    jti: context.id,
    record: toRecord(consent, { ...context, issuer, authority }),
  });
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: 'huwiya-receipt+jwt' })
    .sign(signer.key);
}

/** What the entry carries: the receipt is bound to the log without being in it. */
export function toReceiptDigest(jws: string): string {
  return toDigest(jws);
}
