// The claims of a receipt that a passkey confirmed, put together as the product does it, with one thing wrong where a test says so.

import { hash } from 'node:crypto';
import { toCanonicalJson } from '../../src/domain/kernel/canonical.ts';
import type { Json } from '../../src/domain/kernel/canonical.ts';
import { findJwk } from '../../src/domain/passkeys/check-public-key.ts';
import { createSoftwareKey } from './software-keys.ts';
import type { Algorithm, SoftwareKey } from './software-keys.ts';
import { receiptClaims } from './receipt-samples.ts';

type Members = { readonly [name: string]: Json };

export type Assertion = {
  readonly key: { readonly [name: string]: string };
  readonly authenticator_data: string;
  readonly client_data_json: string;
  readonly signature: string;
};

export type Lie = {
  /** Members of the record after it was signed. */
  readonly record?: Members;
  readonly method?: string;
  readonly client?: Members;
  readonly host?: string;
  readonly flags?: number;
  /** In the place of the key that signed. */
  readonly key?: SoftwareKey;
  readonly integrity?: Members;
};

export const content: Members = { ...receiptClaims.record, version: 1, receipt_id: 'receipt-77', claims: [{ name: 'national_id' }] };

function toKey(key: SoftwareKey): Assertion['key'] {
  const jwk = Object.entries(findJwk(new Map(Array.from(key.cose, ([label, value]) => [label, value === true ? 1 : value]))) ?? {});
  return Object.fromEntries(jwk.map(([name, value]) => [name, String(value)]));
}

const toDigest = (record: Members): string => hash('sha256', toCanonicalJson(record), 'base64url');

export type Confirmed = {
  readonly record: Members;
  readonly integrity: { readonly content_sha256: string; readonly assertion: Assertion };
};

/** What a passkey with this key says of the sample record. */
export function confirm(key: SoftwareKey, lie: Lie = {}): Confirmed {
  const record = { ...content, expression: { method: lie.method ?? 'button_passkey' } };
  const challenge = toDigest(record);
  const said = { type: 'webauthn.get', challenge, origin: 'https://id.example', crossOrigin: false, ...lie.client };
  const client = Buffer.from(JSON.stringify(said));
  const counter = Buffer.alloc(4, 1);
  const data = Buffer.concat([hash('sha256', lie.host ?? 'id.example', 'buffer'), Buffer.of(lie.flags ?? 0x05), counter]);
  const signature = key.sign(Buffer.concat([data, hash('sha256', client, 'buffer')]));
  const assertion = {
    key: toKey(lie.key ?? key),
    authenticator_data: data.toString('base64url'),
    client_data_json: client.toString('base64url'),
    signature: signature.toString('base64url'),
  };
  const changed = { ...record, ...lie.record };
  return { record: changed, integrity: { content_sha256: toDigest(changed), assertion } };
}

/** In canonical form, as the product signs it. */
export function toClaims(record: Members, integrity: Members): unknown {
  return JSON.parse(toCanonicalJson({ ...receiptClaims, record: { ...record, integrity } }));
}

export function createConfirmedClaims(algorithm: Algorithm, lie: Lie = {}): unknown {
  const { record, integrity } = confirm(createSoftwareKey(algorithm), lie);
  return toClaims(record, { ...integrity, ...lie.integrity });
}
