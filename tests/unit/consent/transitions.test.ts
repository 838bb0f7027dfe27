// The table of states: what may follow what, and that nothing else does.

import { describe, expect, test } from 'vitest';
import { changes, storedStates } from '../../../src/domain/consent/consent.ts';
import type { Change } from '../../../src/domain/consent/consent.ts';
import { findNextState } from '../../../src/domain/consent/transitions.ts';
import type { From } from '../../../src/domain/consent/transitions.ts';

const from: readonly From[] = ['none', ...storedStates, 'expired'];

/** Every pair that is allowed, by the state it comes from. */
const allowed: Readonly<Record<From, string>> = {
  none: 'given notified refused deferred',
  unknown: 'given notified refused deferred',
  refused: 'given notified refused deferred',
  deferred: 'given notified refused deferred',
  withdrawn: 'given notified refused deferred invalidated',
  revoked: 'given notified refused deferred invalidated',
  invalidated: 'given notified refused deferred',
  given: 'notified refused deferred renewed narrowed paused withdrawn revoked invalidated',
  notified: 'given notified refused deferred revoked invalidated',
  paused: 'notified refused deferred renewed narrowed resumed withdrawn revoked invalidated',
  expired: 'given notified refused deferred renewed invalidated',
};

describe('the states of a record', () => {
  test.each(from)('that is %s can be changed in exactly the ways the model names', (state) => {
    const possible = changes.filter((change) => findNextState(state, change) !== undefined);
    expect(possible).toEqual(changes.filter((change) => allowed[state].split(' ').includes(change)));
  });

  test('never lead to release but through a decision of the person or the notice of the law', () => {
    const lending: readonly Change[] = ['given', 'notified', 'renewed', 'resumed'];
    const opened = from.flatMap((state) =>
      changes.filter((change) => {
        const next = findNextState(state, change);
        return (next === 'given' || next === 'notified') && state !== 'given' && state !== 'notified' && !lending.includes(change);
      }),
    );
    expect(opened).toEqual([]);
  });

  test('that stand by law are not the person’s to end, to pause or to narrow', () => {
    expect(
      ['withdrawn', 'paused', 'narrowed'].map((change) => findNextState('notified', changes.find((one) => one === change) ?? 'given')),
    ).toEqual([undefined, undefined, undefined]);
  });
});
