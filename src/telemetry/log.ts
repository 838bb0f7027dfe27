// Structured logs: one line per event, from a closed list of fields. What is not on the list cannot be logged, so personal data, tokens and secrets have no way in.

import { pino } from 'pino';
import { errorCatalogue } from '../domain/kernel/errors.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { ErrorCode, LogLevel } from '../domain/kernel/errors.ts';

export type LogFields = {
  readonly reference?: string;
  readonly code?: ErrorCode;
  readonly clientId?: string;
  readonly method?: string;
  /** Route pattern or fixed path, never a path with values in it. */
  readonly route?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly version?: string;
  readonly issuer?: string;
  readonly dialect?: string;
  /** `host:port` of this node's own listener. */
  readonly listen?: string;
  /** Left of something that ends; since something was due. */
  readonly days?: number;
  /** Since the log was last witnessed as a whole; how long its verification took. */
  readonly seconds?: number;
  /** Of metadata; the name of a witness in the policy. */
  readonly source?: string;
  /** Kind of message that leaves. */
  readonly topic?: string;
  /** Host of an address that a service registered. */
  readonly host?: string;
  /** Code of what kept a message from arriving, never words of the other side. */
  readonly failure?: string;
  /** Of the span that is under way, under the name that collectors of logs look for. */
  readonly trace_id?: string;
  /** Whether spans are made. */
  readonly spans?: boolean;
};

export type Log = {
  readonly write: (level: LogLevel, message: string, fields: LogFields) => void;
  readonly fault: (code: ErrorCode, thrown: unknown, fields: LogFields) => void;
};

type Cause = { readonly name: string; readonly at: string; readonly detail?: string };

/** Class, place and, for our own faults, the detail: foreign messages may quote values and stay out. */
function toCauses(thrown: unknown, depth = 0): readonly Cause[] {
  if (!(thrown instanceof Error) || depth > 4) {
    return [];
  }
  const at =
    thrown.stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? '';
  const own = thrown instanceof Fault ? { detail: thrown.detail } : {};
  return [{ name: thrown.name, at, ...own }, ...toCauses(thrown.cause, depth + 1)];
}

export function createLog(
  level: 'debug' | 'info' | 'warn' | 'error',
  destination: { write: (text: string) => void } = process.stdout,
): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    write: (at, message, fields) => logger[at](fields, message),
    fault: (code, thrown, fields) => logger[errorCatalogue[code].level]({ ...fields, code, causes: toCauses(thrown) }, code),
  };
}
