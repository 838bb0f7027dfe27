// `huwiya people status ID STATUS`

import { giveStatus } from '../domain/protection/change-status.ts';
import type { Beyond, GivenStatus } from '../domain/protection/change-status.ts';
import { givenStatuses } from '../domain/people/person.ts';
import type { PersonStatus } from '../domain/people/person.ts';
import type { Context, ExitCode } from './context.ts';
import { findWordProblem, listUnsaid, toWord } from './operators-word.ts';
import type { GivenWord } from './operators-word.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type PeopleStatusOptions = GivenWord & {
  readonly id: string;
  readonly status: string;
  /** Said in so many words: a freeze of the person's own ends too. */
  readonly endsOwnFreeze?: boolean;
  readonly json: boolean;
};

function findUsageProblem(options: PeopleStatusOptions): string | undefined {
  if (!givenStatuses.some((known) => known === options.status)) {
    return `the status must be one of ${givenStatuses.join(', ')}`;
  }
  if (options.endsOwnFreeze === true && options.status !== 'active') {
    return '--end-own-freeze goes with the status active alone';
  }
  return findWordProblem(options);
}

export async function runPeopleStatus(context: Context, options: PeopleStatusOptions): Promise<ExitCode> {
  const { storage, keys, clock, random, issuer, err } = context;
  const status = givenStatuses.find((known) => known === options.status);
  const problem = findUsageProblem(options);
  if (status === undefined || problem !== undefined) {
    printLine(err, `people status: ${problem}`);
    return 2;
  }
  const needs = { people: storage.people, protection: storage.protection, issuer, lookupKey: keys.data.lookup, clock, random };
  const endsOwnFreeze = options.endsOwnFreeze === true;
  const changed = await giveStatus(needs, options.id, { status, endsOwnFreeze, ...toWord(options) });
  if (!changed.ok) {
    printFailure(err, 'people status', changed.code);
    return 1;
  }
  return printChange(context, { ...options, status }, changed.value);
}

function printChange({ out, err }: Context, asked: PeopleStatusOptions & { readonly status: PersonStatus }, given: GivenStatus): ExitCode {
  const { from, to, beyond } = given;
  const isChanged = from !== to || (beyond !== null && beyond !== 'own-kept');
  const unsaid = isChanged && isAsked(asked.status) ? listUnsaid(asked) : [];
  [...listRemarks(asked.status, given), ...unsaid].forEach((line) => printLine(err, `people status: ${line}`));
  if (beyond === 'own-kept') {
    return 1;
  }
  if (asked.json) {
    printJson(out, { from, to });
  } else {
    printLine(out, isChanged ? `${from} → ${to}` : `is ${to} already`);
  }
  return 0;
}

/** Closing and opening an identity: whoever audits it asks why. */
const isAsked = (status: PersonStatus): boolean => status === 'frozen' || status === 'active';

const remarks: Readonly<Record<Beyond, (to: PersonStatus) => string>> = {
  beneath: (to) => `the freeze stands now beneath ${to}, which stays; it is found when that is taken back`,
  'order-added': () => 'an order stands now beside the person’s own freeze; they can no longer lift it',
  'own-ended': () => 'that was the person’s own freeze, and it ended without the delay; they are told',
  'own-stands': () => 'the order has ended; the person’s own freeze goes on, and they can lift it themselves',
  'own-kept': () =>
    'nothing was changed: the freeze is the person’s own, and they lift it themselves, at /unfreeze or at a counter. Where you answer for ending it without the delay, say --end-own-freeze',
};

/** Where the word did less than it says, or more than anybody else could. What lay above was taken back: no failure, or a script that tries again would lift the freeze. */
function listRemarks(asked: PersonStatus, { from, to, beyond }: GivenStatus): readonly string[] {
  if (beyond !== null) {
    return [remarks[beyond](to)];
  }
  return asked === 'active' && to === 'frozen'
    ? [
        `what lay above is taken back (${from}); a freeze stands beneath it and is not lifted. Lift it by the same command only where you know who ordered it`,
      ]
    : [];
}
