// By which means an authenticator says that it verified its user: the extension `uvm` (WebAuthn L2 §10.3) in the data that it signs. What the browser says
// about it beside that data is never read: the page could write it.

import type { CborMap, CborValue } from './parse-cbor.ts';

/** RFC 8176 §2. A pattern is a `pin` there ("not restricted to containing only numbers"). */
export const userMethods = ['fpt', 'face', 'pin', 'vbm'] as const;
export type UserMethod = (typeof userMethods)[number];

/**
 * FIDO Registry of Predefined Values §3.1. Left out, because RFC 8176 has no word that is true of them: eyeprint (it tells no iris from a retina), handprint,
 * location, and mere presence.
 */
const methodOfCode: ReadonlyMap<number, UserMethod> = new Map([
  [0x00000002, 'fpt'],
  [0x00000004, 'pin'],
  [0x00000008, 'vbm'],
  [0x00000010, 'face'],
  [0x00000080, 'pin'],
  [0x00000800, 'pin'],
  [0x00001000, 'pin'],
]);

/** The same by their names in the FIDO metadata (FIDO Metadata Statement §3.2, `userVerificationDetails`). */
const methodOfName: ReadonlyMap<string, UserMethod> = new Map([
  ['fingerprint_internal', 'fpt'],
  ['passcode_internal', 'pin'],
  ['voiceprint_internal', 'vbm'],
  ['faceprint_internal', 'face'],
  ['pattern_internal', 'pin'],
  ['passcode_external', 'pin'],
  ['pattern_external', 'pin'],
]);

/** WebAuthn L2 §10.3: one to three factors. */
const mostFactors = 3;

/** Method, protection of the key, protection of the matcher: three numbers. Undefined for anything else. */
function findCode(entry: CborValue): number | undefined {
  const numbers = Array.isArray(entry) ? entry.filter((item): item is number => typeof item === 'number' && item >= 0) : [];
  return Array.isArray(entry) && entry.length === 3 && numbers.length === 3 ? numbers[0] : undefined;
}

/** Nothing where the entry is absent, or has another form than the specification gives it: then nothing is known. */
export function toUserMethods(extensions: CborMap | undefined): readonly UserMethod[] {
  const given = extensions?.get('uvm');
  const entries: readonly CborValue[] = Array.isArray(given) && given.length <= mostFactors ? given : [];
  const codes = entries.map(findCode);
  if (codes.includes(undefined)) {
    return [];
  }
  const methods = codes.map((code) => methodOfCode.get(code ?? 0)).filter((method) => method !== undefined);
  return [...new Set(methods)];
}

/**
 * Where a model has one way of verifying its user and no other, it was that one: each list is a combination, each member of it a method that the combination needs.
 * Nothing where there are several, or one that RFC 8176 has no word for.
 */
export function toOnlyMethods(combinations: readonly (readonly string[])[]): readonly UserMethod[] {
  // Presence is no verification, and every model that verifies may list it beside.
  const verifying = combinations.map((names) => names.filter((name) => name !== 'presence_internal')).filter((names) => names.length > 0);
  const [only = [], ...others] = verifying;
  const methods = only.map((name) => methodOfName.get(name));
  return others.length > 0 || methods.includes(undefined) ? [] : [...new Set(methods.filter((method) => method !== undefined))];
}
