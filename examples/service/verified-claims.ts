// How a person's identity was checked, for a service whose law has to know it: what is asked of the provider and what comes of it (OpenID Connect for Identity
// Assurance 1.0). It comes beside details that the provider vouches for, or not at all, and never with an error.

import { findMember } from './read-json.ts';
import type { Purpose } from './settings.ts';

/** What arrived of a person. */
type Arrived = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, null>>;

function toNamed(names: readonly string[]): Named {
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** Each part by its name; what is only there as `null` may be missing. */
const verification = {
  trust_framework: null,
  assurance_level: null,
  evidence: [{ type: { value: 'document' }, document_details: { type: null }, check_details: [{ check_method: null }] }],
};

/** Whoever asks for verified claims names the plain ones too: nothing else is asked then. */
export function toClaimsParameter({ attributes, verified }: Purpose): string {
  const plain = toNamed(attributes.map(({ name }) => name));
  return JSON.stringify({ userinfo: { ...plain, verified_claims: { verification, claims: toNamed(verified) } } });
}

export type Check = { readonly level: string | undefined; readonly documents: readonly string[]; readonly methods: readonly string[] };

function listOf(value: unknown, name: string): readonly unknown[] {
  const member = findMember(value, name);
  return Array.isArray(member) ? member : [];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Undefined where the provider said nothing of a check. */
export function findCheck(claims: Arrived): Check | undefined {
  const found = findMember(claims['verified_claims'], 'verification');
  if (found === undefined) {
    return undefined;
  }
  const evidence = listOf(found, 'evidence');
  const level = findMember(found, 'assurance_level');
  return {
    level: isText(level) ? level : undefined,
    documents: evidence.map((document) => findMember(findMember(document, 'document_details'), 'type')).filter(isText),
    methods: evidence
      .flatMap((document) => listOf(document, 'check_details'))
      .map((check) => findMember(check, 'check_method'))
      .filter(isText),
  };
}

/** Without those elements in which a detail stands that was taken back. */
export function keepVerified(claims: Arrived, ended: readonly string[]): Arrived {
  const { verified_claims: verified, ...rest } = claims;
  const names = Object.keys({ ...toObject(findMember(verified, 'claims')) }).map((name) => name.replace(/#[^]*/, ''));
  return verified === undefined || names.some((name) => ended.includes(name)) ? rest : claims;
}

function toObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
