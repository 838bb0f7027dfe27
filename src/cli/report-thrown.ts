// What a command says when it fails for a reason that nobody expected: one line, with what to do.

import { Fault, getErrorRow } from '../domain/kernel/errors.ts';
import type { ExitCode } from './context.ts';

/** Messages of faults are ours; those of the system name files and ports. Neither holds personal data. */
export function reportThrown(thrown: unknown, err: { readonly write: (text: string) => void }): ExitCode {
  if (thrown instanceof Fault) {
    err.write(`${thrown.code}: ${thrown.detail}. ${getErrorRow(thrown.code).advice}\n`);
  } else {
    err.write(`internal/unexpected: ${thrown instanceof Error ? thrown.message : 'no reason given'}\n`);
  }
  return 1;
}
