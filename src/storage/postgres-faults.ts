// Errors of PostgreSQL as faults of ours. Its messages and details repeat values, so only the state and the names of things are kept.

import { Fault } from '../domain/kernel/errors.ts';

/** unique_violation, foreign_key_violation. */
const conflicts: ReadonlySet<string> = new Set(['23505', '23503']);

/** serialization_failure, deadlock_detected: nothing was done, and the same act may succeed. */
const retryable = ['40001', '40P01'];

const noAnswer = 'no answer';

function findText(error: unknown, name: string): string | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

export function isRetryable(error: unknown): boolean {
  return error instanceof Fault && retryable.some((state) => error.detail.startsWith(`PostgreSQL ${state}`));
}

/** The database said nothing at all: its connection serves nobody any more. */
export function isLost(error: unknown): boolean {
  return error instanceof Fault && error.detail.startsWith(`PostgreSQL ${noAnswer}`);
}

/** Of the network or the system; connection exceptions; a server that stops, starts or has no room for another connection. */
const away = /^PostgreSQL (?:no answer|E[A-Z_]+|08\w{3}|57P0[123]|53300)/;

const full = 'every connection of this node is in use';

/** Whoever waited for a connection of ours asked nothing of the server. */
export const createFullFault = (): Fault => new Fault('store/unavailable', full);

/** Nobody is there to be asked; undefined where nobody was asked. */
export function isAway(error: unknown): boolean | undefined {
  const detail = error instanceof Fault ? error.detail : '';
  return detail === full ? undefined : away.test(detail);
}

export function toPostgresFault(error: unknown, isEvidence: boolean): Fault {
  const state = findText(error, 'code') ?? noAnswer;
  const where = ['table', 'column', 'constraint', 'routine'].map((name) => findText(error, name)).filter((name) => name !== undefined);
  const detail = [`PostgreSQL ${state}`, ...where].join(' ');
  if (isEvidence) {
    return new Fault('ledger/unavailable', detail);
  }
  return new Fault(conflicts.has(state) ? 'store/conflict' : 'store/unavailable', detail);
}
