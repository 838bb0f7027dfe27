// The page's answer as it came over the wire: nothing about it is known yet but that it was JSON. Only the members that are checked later are read.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';

export type CeremonyAnswer = {
  /** Id of the ceremony that is answered. */
  readonly ceremony: string;
  /** RegistrationResponseJSON or AuthenticationResponseJSON (WebAuthn L3 §5.1), unchecked. */
  readonly response: unknown;
};

export type RegistrationAnswer = {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: readonly string[];
};

export type SignInAnswer = {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
};

/** All members together, as they came. Certificate chains of real authenticators need about half of it. */
const sizeLimitCharacters = 16 * 1024;
/** WebAuthn L3 §7.1 step 26: at most 1,023 bytes, which are 1,364 characters of base64url. */
const idPattern = /^[A-Za-z0-9_-]{2,1364}$/;
const base64urlPattern = /^[A-Za-z0-9_-]+$/;
const transportPattern = /^[a-z-]{1,20}$/;

export function parseRegistrationAnswer(value: unknown): Outcome<RegistrationAnswer, 'passkey/refused'> {
  const parts = parseParts(value, ['clientDataJSON', 'attestationObject']);
  if (!parts.ok) {
    return parts;
  }
  const { id, response, members } = parts.value;
  const [clientDataJSON = '', attestationObject = ''] = members;
  return succeed({ id, clientDataJSON, attestationObject, transports: toTransports(response['transports']) });
}

export function parseSignInAnswer(value: unknown): Outcome<SignInAnswer, 'passkey/refused'> {
  const parts = parseParts(value, ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle']);
  if (!parts.ok) {
    return parts;
  }
  const [clientDataJSON = '', authenticatorData = '', signature = '', userHandle = ''] = parts.value.members;
  return succeed({ id: parts.value.id, clientDataJSON, authenticatorData, signature, userHandle });
}

/** A confirmation names the passkeys that will do, and an authenticator may then leave out whose it is (WebAuthn L3 §7.2 step 6): the handle is empty. */
export function parseConfirmationAnswer(value: unknown): Outcome<SignInAnswer, 'passkey/refused'> {
  const parts = parseParts(value, ['clientDataJSON', 'authenticatorData', 'signature']);
  if (!parts.ok) {
    return parts;
  }
  const [clientDataJSON = '', authenticatorData = '', signature = ''] = parts.value.members;
  const { userHandle = null } = parts.value.response;
  const given = { id: parts.value.id, clientDataJSON, authenticatorData, signature };
  return userHandle === null ? succeed({ ...given, userHandle: '' }) : parseSignInAnswer(value);
}

type Parts = { readonly id: string; readonly response: Readonly<Record<string, unknown>>; readonly members: readonly string[] };

function parseParts(value: unknown, names: readonly string[]): Outcome<Parts, 'passkey/refused'> {
  if (!isRecord(value) || !isRecord(value['response']) || value['type'] !== 'public-key') {
    return refuse('passkey/refused', 'form');
  }
  const { id, rawId, response } = value;
  if (!isId(id) || id !== rawId) {
    return refuse('passkey/refused', 'credential-id');
  }
  const members = names.map((name) => response[name]).filter((member) => typeof member === 'string');
  if (members.reduce((size, member) => size + member.length, 0) > sizeLimitCharacters) {
    return refuse('passkey/refused', 'size');
  }
  return members.filter((member) => base64urlPattern.test(member)).length === names.length
    ? succeed({ id, response, members })
    : refuse('passkey/refused', 'form');
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

/** Hints for the next ceremony, nothing more: what is not one of the specification's short words is left out. */
function toTransports(value: unknown): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(value) ? value.slice(0, 16) : [];
  return [...new Set(listed.filter((item) => typeof item === 'string').filter((item) => transportPattern.test(item)))];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
