// The purposes that a question is about, as the log stood: of the agency or the service that was asked for.

import type { Purpose } from '../../agencies/agency.ts';
import { readRegisterThen } from '../register-then.ts';
import type { PurposeThen } from '../register-then.ts';
import { toPeriod } from './asked-search.ts';
import { toFactFilter } from './entry-search.ts';
import type { Asking, Finding } from './question.ts';

/** Each version that was ever in force, with its time. */
export async function listPurposesThen({ ports, services, sight }: Asking): Promise<readonly PurposeThen[]> {
  return (await readRegisterThen(ports, { services, below: sight.below })).purposes;
}

export const toInForce = (purposes: readonly PurposeThen[]): readonly Purpose[] =>
  purposes.filter(({ until }) => until === null).map(({ purpose }) => purpose);

/** A purpose without an entry was put into the register past everything that approves and records. */
export const judgeRegister = (purposes: readonly PurposeThen[]): Finding => ({
  name: 'register-in-log',
  holds: purposes.every(({ index }) => index !== null),
});

/** Whether a version was in force in the time that was asked for; without a beginning: at its end. */
export function stoodIn(asking: Asking, { from, until }: Pick<PurposeThen, 'from' | 'until'>): boolean {
  const asked = toFactFilter(toPeriod(asking.values), asking.sight);
  const end = asked.to ?? asking.now + 1;
  return (from ?? 0) < end && (until === null || until > (asked.from ?? end - 1));
}
