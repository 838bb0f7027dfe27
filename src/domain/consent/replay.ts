// A record computed from the bodies of its entries alone: what the log says is enough to know every version, and what is stored can be held against it.
// Who the person is no body says.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { parseDecisionBody } from './parse-decision-body.ts';
import type { LoggedDecision } from './parse-decision-body.ts';
import { toState } from './consent.ts';
import type { Consent } from './consent.ts';
import { findNextState, isLeftAsItWas } from './transitions.ts';

/** One version of a record as far as the log knows it. */
export type ReplayedVersion = Omit<Consent, 'personId'>;

/** Whether the entry is of this record and of the version after that. */
function isNext({ id, version }: LoggedDecision, current: ReplayedVersion | undefined): boolean {
  return current === undefined ? version === 1 : id === current.id && version === current.version + 1;
}

function findNext(current: ReplayedVersion | undefined, logged: LoggedDecision): ReplayedVersion | undefined {
  const { at, change } = logged;
  const from = current === undefined ? 'none' : toState(current, at);
  const state = findNextState(from, change);
  if (state === undefined || !isNext(logged, current)) {
    return undefined;
  }
  return current !== undefined && isLeftAsItWas(from, change)
    ? { ...current, version: logged.version, change, actedBy: logged.actedBy }
    : toVersion(logged, state, current?.createdAt ?? at);
}

function toVersion({ at: decidedAt, ...logged }: LoggedDecision, state: Consent['state'], createdAt: number): ReplayedVersion {
  return { ...logged, state, createdAt, decidedAt };
}

/**
 * Every version of one record, oldest first. `bodies`: those of the entries of all its decisions, in the order of the log; that it was asked for (`consent.requested`) is none.
 * `ledger/broken` when an entry is not one of a decision, or tells of a change that cannot follow what came before it.
 */
export function replay(bodies: readonly string[]): Outcome<readonly ReplayedVersion[], 'ledger/broken'> {
  const versions: ReplayedVersion[] = [];
  for (const body of bodies) {
    const logged = parseDecisionBody(body);
    const next = logged === undefined ? undefined : findNext(versions.at(-1), logged);
    if (next === undefined) {
      return refuse('ledger/broken', `version ${versions.length + 1} does not follow from the entries before it`);
    }
    versions.push(next);
  }
  return succeed(versions);
}
