// Opens what a command works with and closes it whatever happens.

import type { Parts } from '../app.ts';
import { toFaultReport } from '../config/config.ts';
import type { StartFault } from '../config/config.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import type { Context, ExitCode, Output } from './context.ts';
import { loadParts } from './load-parts.ts';
import type { PartsAsked } from './load-parts.ts';

export const standardOut: Output = { write: (text) => process.stdout.write(text), isTerminal: process.stdout.isTTY === true };
export const standardErr: Output = { write: (text) => process.stderr.write(text), isTerminal: process.stderr.isTTY === true };

/** Every fault in one list, so that one failed start is enough to repair everything. */
export function printFaults(err: Output, faults: readonly StartFault[], outcome?: string): void {
  err.write(`${toFaultReport(faults, outcome)}\n`);
}

export async function withParts(asked: PartsAsked, act: (parts: Parts) => Promise<ExitCode>): Promise<ExitCode> {
  const parts = await loadParts(asked);
  if (!parts.ok) {
    printFaults(standardErr, parts.faults);
    return 1;
  }
  try {
    return await act(parts.value);
  } finally {
    await parts.value.storage.close();
  }
}

export function toContext({ config, keys, storage }: Parts, out = standardOut): Context {
  return { config, issuer: config.issuer, keys, storage, clock: systemClock, random: systemRandom, out, err: standardErr };
}

export async function withContext(file: string | undefined, act: (context: Context) => Promise<ExitCode>): Promise<ExitCode> {
  return withParts({ file, allowsPending: false }, async (parts) => act(toContext(parts)));
}
