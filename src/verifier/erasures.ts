// Entries that nobody can open any more, held against what the log says of them. An entry `person.secrets_destroyed` gives a number and the product of
// their hashes modulo a prime (MuHash); products of all such entries must be the product of all that were found.

import { createHash } from 'node:crypto';
import { findCount, findString, isObject, parseObject } from './json.ts';

const modulus = 2n ** 3072n - 1103717n;
const widthBytes = 384;

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

export type Erasures = {
  found: number;
  said: number;
  foundProduct: bigint;
  saidProduct: bigint;
};

export function createErasures(): Erasures {
  return { found: 0, said: 0, foundProduct: 1n, saidProduct: 1n };
}

export function addFound(erasures: Erasures, id: string): void {
  const hash = createHash('shake256', { outputLength: widthBytes }).update(id).digest();
  erasures.found += 1;
  erasures.foundProduct = (erasures.foundProduct * toNumber(hash)) % modulus;
}

/** The body of an entry that is proven to say so. What has not this form accounts for nothing. */
export function addSaid(erasures: Erasures, body: string): void {
  const payload = parseObject(body)?.['payload'];
  const count = isObject(payload) ? findCount(payload, 'count') : undefined;
  const product = isObject(payload) ? findString(payload, 'product') : undefined;
  const bytes = Buffer.from(product ?? '', 'base64url');
  if (count !== undefined && bytes.length === widthBytes) {
    erasures.said += count;
    erasures.saidProduct = (erasures.saidProduct * toNumber(bytes)) % modulus;
  }
}

export function isAccounted({ found, said, foundProduct, saidProduct }: Erasures): boolean {
  return found === said && foundProduct === saidProduct;
}

/** What was counted elsewhere, in whatever order: products do not tell it. */
export function addErasures(erasures: Erasures, others: Erasures): void {
  erasures.found += others.found;
  erasures.said += others.said;
  erasures.foundProduct = (erasures.foundProduct * others.foundProduct) % modulus;
  erasures.saidProduct = (erasures.saidProduct * others.saidProduct) % modulus;
}
