// What the log says of what was destroyed: how many entries nobody can open any more, and a digest of which. Verification holds it against the rows that
// are found without what opens them, so that nothing else can be made unprovable in silence. The digest names no entry and joins none of a person to another.

import { createHash } from 'node:crypto';
import type { Millis } from '../kernel/clock.ts';
import { parseJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { sealEvent } from './event.ts';
import type { SealedEvent } from './event.ts';

/** Entries as a number and a product: the same in whatever order they come, and products of parts make the product of the whole. */
export type Account = { readonly count: number; readonly product: bigint };

/** 2^3072 − 1103717, a prime: products of hashes by it are MuHash (Bellare and Micciancio 1997, with the numbers of Bitcoin Core). */
const modulus = 2n ** 3072n - 1103717n;

const widthBytes = 384;

export const nothingErased: Account = { count: 0, product: 1n };

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** One entry, by the id of its event. */
export function addErased({ count, product }: Account, id: string): Account {
  const hash = createHash('shake256', { outputLength: widthBytes }).update(id).digest();
  return { count: count + 1, product: (product * toNumber(hash)) % modulus };
}

export function addAccounts(a: Account, b: Account): Account {
  return { count: a.count + b.count, product: (a.product * b.product) % modulus };
}

export function isSameAccount(a: Account, b: Account): boolean {
  return a.count === b.count && a.product === b.product;
}

function toPayload({ count, product }: Account): Json {
  const hex = product.toString(16).padStart(2 * widthBytes, '0');
  return { count, product: Buffer.from(hex, 'hex').toString('base64url') };
}

type Fields = { readonly [name: string]: unknown };

function findField(value: unknown, name: string): unknown {
  const isFields = (each: unknown): each is Fields => typeof each === 'object' && each !== null;
  return isFields(value) ? value[name] : undefined;
}

/** What an entry `person.secrets_destroyed` accounts for; `undefined` where it says nothing of the kind. */
export function findAccount(body: string): Account | undefined {
  const payload = findField(parseJson(body), 'payload');
  const [count, product] = [findField(payload, 'count'), findField(payload, 'product')];
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || typeof product !== 'string') {
    return undefined;
  }
  const bytes = Buffer.from(product, 'base64url');
  return bytes.length === widthBytes ? { count, product: toNumber(bytes) } : undefined;
}

export type Destroyed = {
  /** Ids of events, at least one. */
  readonly ids: readonly string[];
  readonly at: Millis;
  /** Random text that nobody else has seen; the id and salt of the entry are drawn from it, so that one act writes one entry, however often it is tried. */
  readonly seed: string;
};

/** MUST be stored in the same atomic act that destroys what opens these entries. */
export function sealAccount({ ids, at, seed }: Destroyed): SealedEvent {
  let drawn = 0;
  const bytes = (outputLength: number): Uint8Array => {
    drawn += 1;
    return createHash('shake256', { outputLength }).update(`huwiya/secrets-destroyed ${drawn} ${seed}`).digest();
  };
  const payload = toPayload(ids.reduce(addErased, nothingErased));
  const draft = {
    type: 'person.secrets_destroyed',
    personRef: null,
    actor: { kind: 'system', ref: null },
    actedBy: null,
    payload,
  } as const;
  return sealEvent({ clock: { now: () => at }, random: { bytes } }, draft);
}
