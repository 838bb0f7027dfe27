// The body of an entry of a decision, read back. Written by decision-event.ts; what does not have that form is nothing.

import { basisTypes } from '../agencies/agency.ts';
import { levels } from '../kernel/levels.ts';
import { personKinds } from '../people/person.ts';
import { changes } from './consent.ts';
import type { AttributeDecision, Consent } from './consent.ts';

type Logged =
  | 'id'
  | 'clientId'
  | 'purposeId'
  | 'purposeVersion'
  | 'version'
  | 'change'
  | 'attributes'
  | 'basis'
  | 'language'
  | 'actedBy'
  | 'personKind'
  | 'level'
  | 'isOffline'
  | 'expiresAt';

export type LoggedDecision = Pick<Consent, Logged> & { readonly at: number };

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseMembers(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : {};
  } catch {
    return {};
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';

function findOneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

const isDefined = <T>(value: T | undefined): value is T => value !== undefined;

function toAttribute(value: unknown): AttributeDecision | undefined {
  const { name, declined_at: declinedAt, ...rest } = isMembers(value) ? value : {};
  const necessity = findOneOf(['required', 'optional'] as const, rest['necessity']);
  const decision = findOneOf(['granted', 'declined', 'notified'] as const, rest['decision']);
  if (!isText(name) || necessity === undefined || decision === undefined) {
    return undefined;
  }
  return { name, necessity, decision, ...(isNumber(declinedAt) ? { declinedAt } : {}) };
}

type Decider = Pick<LoggedDecision, 'personKind' | 'level'>;
type Terms = Pick<LoggedDecision, 'attributes' | 'basis' | 'language' | 'isOffline' | 'expiresAt' | 'version'>;

function toTerms(payload: unknown): Terms | undefined {
  const { decisions, expires_at: expiresAt, version, ...rest } = isMembers(payload) ? payload : {};
  const attributes = Array.isArray(decisions) ? decisions.map(toAttribute) : [undefined];
  const basis = findOneOf(basisTypes, rest['basis']);
  const language = findOneOf(['ar', 'en'] as const, rest['language']);
  if (!attributes.every(isDefined) || basis === undefined || language === undefined || !isNumber(expiresAt) || !isNumber(version)) {
    return undefined;
  }
  // Entries from before this was said are of records that say no.
  return { attributes, basis, language, isOffline: rest['offline'] === true, expiresAt, version };
}

function toDecider(payload: unknown): Decider | undefined {
  const said = isMembers(payload) ? payload : {};
  const personKind = findOneOf(personKinds, said['person_kind']);
  const level = findOneOf(levels, said['level']);
  return personKind === undefined || level === undefined ? undefined : { personKind, level };
}

type Place = Pick<LoggedDecision, 'id' | 'clientId' | 'purposeId' | 'purposeVersion' | 'at'>;

function toPlace(body: Members): Place | undefined {
  const { at, purpose: purposeId, purpose_version: purposeVersion, record: id, service: clientId } = body;
  if (!isText(id) || !isText(clientId) || !isText(purposeId) || !isNumber(purposeVersion) || !isNumber(at)) {
    return undefined;
  }
  return { id, clientId, purposeId, purposeVersion, at };
}

/** Undefined for anything but the body of a decision. */
export function parseDecisionBody(text: string): LoggedDecision | undefined {
  const body = parseMembers(text);
  const change = changes.find((one) => body['type'] === `consent.${one}`);
  const actedBy = findOneOf(['self', 'authority'] as const, body['acted_by']);
  const parts = [toPlace(body), toTerms(body['payload']), toDecider(body['payload'])] as const;
  const [place, terms, decider] = parts;
  if (change === undefined || actedBy === undefined || place === undefined || terms === undefined || decider === undefined) {
    return undefined;
  }
  return { ...place, ...terms, ...decider, change, actedBy };
}

function findNamed(text: string, member: 'receipt_sha256' | 'notice_sha256'): string | undefined {
  const { payload } = parseMembers(text);
  const named = isMembers(payload) ? payload[member] : undefined;
  return isText(named) ? named : undefined;
}

/** The digest of the receipt that an entry names; undefined where it names none. */
export const findNamedReceipt = (text: string): string | undefined => findNamed(text, 'receipt_sha256');

/** The same of the text that was shown. */
export const findNamedNotice = (text: string): string | undefined => findNamed(text, 'notice_sha256');
