// The table of states: what may follow what, and that nothing else does, along any walk.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNextState, isOpen, recoveryStates, recoverySteps, recoveryWays } from '../../../src/domain/recovery/recovery.ts';
import type { RecoveryState, RecoveryStep, RecoveryWay } from '../../../src/domain/recovery/recovery.ts';

type From = RecoveryState | 'none';

const allowed: Readonly<Record<RecoveryWay, Readonly<Partial<Record<From, string>>>>> = {
  waiting: { none: 'begin', waiting: 'prepare cancel expire refuse', ready: 'prepare complete cancel expire refuse' },
  counter: { none: 'begin', begun: 'approve cancel expire refuse', ready: 'complete cancel expire refuse' },
};

const from: readonly From[] = ['none', ...recoveryStates];

describe('the states of a recovery', () => {
  test.each(recoveryWays)('EN-11 %s: each state is left in exactly the ways the model names', (way) => {
    for (const state of from) {
      const possible = recoverySteps.filter((step) => findNextState(way, state, step) !== undefined);
      expect([state, possible]).toEqual([state, recoverySteps.filter((step) => (allowed[way][state] ?? '').split(' ').includes(step))]);
    }
  });

  test('EN-11 any walk ends at most once, and ends well only after the step that its way is for', () => {
    const walks = fc.tuple(fc.constantFrom(...recoveryWays), fc.array(fc.constantFrom(...recoverySteps), { maxLength: 30 }));
    fc.assert(
      fc.property(walks, ([way, steps]) => {
        const taken: RecoveryStep[] = [];
        const left: From[] = [];
        let state: From = 'none';
        for (const step of steps) {
          const next: RecoveryState | undefined = findNextState(way, state, step);
          if (next !== undefined) {
            left.push(state);
            taken.push(step);
            state = next;
          }
        }
        const key: RecoveryStep = way === 'counter' ? 'approve' : 'prepare';
        const other: RecoveryStep = way === 'counter' ? 'prepare' : 'approve';
        expect(state === 'completed' && !(taken[0] === 'begin' && taken.includes(key))).toBe(false);
        expect(taken.includes(other)).toBe(false);
        expect(left.every((one) => one === 'none' || isOpen({ state: one }))).toBe(true);
      }),
    );
  });
});
