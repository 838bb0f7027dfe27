// Places of the log that somebody types: none lies beyond its end. What a search was asked with is written in the log for ever, so a number that is no place of it, such as somebody's own, must not get there.

import type { LedgerStore } from '../../domain/ledger/store.ts';

export type BeyondLog = { readonly field: string; readonly problem: 'beyond-log' };

export async function findBeyond(
  ledger: Pick<LedgerStore, 'findCheckpoint'>,
  typed: Readonly<Record<string, number | string | null | undefined>>,
): Promise<readonly BeyondLog[]> {
  const places = Object.entries(typed).flatMap(([field, value]) =>
    value === null || value === undefined ? [] : [[field, Number(value)] as const],
  );
  if (places.length === 0) {
    return [];
  }
  const size = (await ledger.findCheckpoint())?.size ?? 0;
  return places.filter(([, place]) => place > size).map(([field]) => ({ field, problem: 'beyond-log' }));
}
