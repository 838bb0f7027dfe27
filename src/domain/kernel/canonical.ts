// One encoding only: what is hashed or signed is RFC 8785 (JCS) and nothing else, so that a digest has exactly one preimage form.

import canonicalize from 'canonicalize';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * RFC 8785 JSON Canonicalization Scheme.
 * Throws a TypeError for anything that is not JSON (NaN, infinities, lone surrogates, undefined at the top).
 */
export function toCanonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('this value has no canonical JSON form');
  }
  return text;
}

/** Undefined for what is no JSON: it has no shape either, and is told as such. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
