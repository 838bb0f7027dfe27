// Every month that has ended and is not published, the oldest first, from the month of the first entry on.

import type { LedgerStore } from '../../ledger/store.ts';
import { listEndedMonths } from './month.ts';
import { publishMonth, settleMs } from './publish-month.ts';
import type { PublishNeeds } from './publish-month.ts';

export type DueNeeds = PublishNeeds & { readonly ledger: Pick<LedgerStore, 'findCheckpoint' | 'readEntries'> };

export async function findDueMonth({ figures, ledger, clock }: DueNeeds): Promise<string | undefined> {
  const [first] = await ledger.readEntries(0, 1);
  if (first === undefined) {
    return undefined;
  }
  const published = new Set((await figures.listEditions()).map(({ month }) => month));
  return listEndedMonths(first.at, clock.now() - settleMs).find((month) => !published.has(month));
}

/** How many months were published: 1 where another may be due, else 0. */
export async function publishDue(needs: DueNeeds): Promise<number> {
  const month = await findDueMonth(needs);
  if (month === undefined) {
    return 0;
  }
  const published = await publishMonth(needs, month);
  return published.ok ? 1 : 0;
}
