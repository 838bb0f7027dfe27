// `huwiya people status ID STATUS`

import { giveStatus } from '../domain/protection/change-status.ts';
import type { GivenStatus } from '../domain/protection/change-status.ts';
import { givenStatuses } from '../domain/people/person.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type PeopleStatusOptions = { readonly id: string; readonly status: string; readonly json: boolean };

export async function runPeopleStatus(context: Context, options: PeopleStatusOptions): Promise<ExitCode> {
  const { storage, keys, clock, random, issuer, out, err } = context;
  const status = givenStatuses.find((known) => known === options.status);
  if (status === undefined) {
    printLine(err, `people status: the status must be one of ${givenStatuses.join(', ')}`);
    return 2;
  }
  const needs = { people: storage.people, protection: storage.protection, issuer, lookupKey: keys.data.lookup, clock, random };
  const changed = await giveStatus(needs, options.id, status);
  if (!changed.ok) {
    printFailure(err, 'people status', changed.code);
    return 1;
  }
  const { from, to } = changed.value;
  const remark = findRemark(status, changed.value);
  if (remark !== undefined) {
    printLine(err, `people status: ${remark}`);
  }
  if (options.json) {
    printJson(out, { from, to });
  } else {
    const { isOrderAdded, isBeneath } = changed.value;
    printLine(out, from === to && !isOrderAdded && !isBeneath ? `is ${to} already` : `${from} → ${to}`);
  }
  return 0;
}

/** Where the word did less than it says, or more than anybody else could. No failure: a script that tries again would lift the freeze. */
function findRemark(asked: string, { from, to, isOwnLifted, isOrderAdded, isBeneath }: GivenStatus): string | undefined {
  if (asked === 'active' && to === 'frozen') {
    return `what lay above is taken back (${from}); a freeze stands beneath it and is not lifted. Lift it by the same command only where you know who ordered it`;
  }
  if (isBeneath) {
    return `the freeze stands now beneath ${to}, which stays; it is found when that is taken back`;
  }
  if (isOrderAdded) {
    return 'an order stands now beside the person’s own freeze; they can no longer lift it';
  }
  return isOwnLifted ? 'that was the person’s own freeze, and it ended without the delay; they are told' : undefined;
}
