// What is kept of a request of a registered service, so that its developers can see by themselves what was refused and why. A trace names nobody: it holds names
// of parameters, values that the register or a specification knows, and the rule. Never here: state, nonce, codes, tokens, hints, subjects, or words that somebody
// typed. It is no evidence: it may be missing, and nothing relies on it (ADR-0059).

import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { TraceRule } from './rules.ts';

export const traceEndpoints = [
  'authorization',
  'pushed-request',
  'page',
  'token',
  'userinfo',
  'introspection',
  'revocation',
  'sign-out',
  'agency-api',
] as const;
export type TraceEndpoint = (typeof traceEndpoints)[number];

/** How far one sign-in came. `refused` is the end of it, or a call that failed by itself. */
export const traceSteps = ['pushed', 'asked', 'signed-in', 'confirmed', 'decided', 'code', 'tokens', 'userinfo', 'refused'] as const;
export type TraceStep = (typeof traceSteps)[number];

export const factNotes = [
  'given',
  'absent',
  'unknown',
  'beyond',
  'unregistered',
  'unreadable',
  'other',
  'twice',
  'form',
  'condition',
  'unsupported',
  'no-date',
  'differs-slash',
  'differs-case',
  'differs-scheme',
  'differs-host',
  'differs-port',
  'differs-path',
  'differs-query',
] as const;

/** Why a value is not shown, or what is wrong with it. `given`: it was there, and is not kept. */
export type FactNote = (typeof factNotes)[number];

/** One thing that was asked: its name, and its value only where it is one that the register or a specification knows. */
export type TraceFact = { readonly name: string; readonly value: string | null; readonly note: FactNote | null };

export type Trace = {
  readonly id: string;
  /** The short number of the request: in its answer as `X-Request-Id`, on the person's page, and in the node's log. */
  readonly reference: string;
  readonly at: Millis;
  readonly clientId: string;
  readonly endpoint: TraceEndpoint;
  readonly step: TraceStep;
  /** Ties the requests of one sign-in together; random, and of no other use. Null where it was not followed. */
  readonly visit: string | null;
  /** Null unless refused, as the three below. */
  readonly rule: TraceRule | null;
  /** What the service received: an OAuth error, or a code of ours. */
  readonly error: string | null;
  /** The engine's own words, in English. */
  readonly detail: string | null;
  readonly status: number;
  readonly asked: readonly TraceFact[];
  readonly expiresAt: Millis;
};

export const traceLifeMs = 14 * dayMs;

const referenceForm = /^[2-9A-Z]{4}-?[2-9A-Z]{4}$/;

/** As people type it: in small letters, without the dash. Undefined when it is no number of a request. */
export function parseReference(text: string): string | undefined {
  const typed = text.replaceAll(/[\s\p{Cf}]/gu, '').toUpperCase();
  return referenceForm.test(typed) ? `${typed.slice(0, 4)}-${typed.slice(-4)}` : undefined;
}

/** As it stands in a trace: a copy of the database does not lead from it to the token that carried it. */
export function toVisitName(key: KeyObject, visit: string): string {
  return createHmac('sha256', key).update(`visit:${visit}`).digest('base64url').slice(0, 22);
}
