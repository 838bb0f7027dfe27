// How much room each service has for its traces, whoever else asks for some.

import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { systemSleep } from '../../../src/domain/ledger/sleep.ts';
import { createTraceRecorder } from '../../../src/domain/traces/record-traces.ts';
import type { TraceDraft, TraceRecorder } from '../../../src/domain/traces/record-traces.ts';
import { mostADay } from '../../../src/domain/traces/store.ts';
import type { KeptTrace, PassedOver } from '../../../src/domain/traces/store.ts';
import { createName, now } from '../../support/store-samples.ts';

const toDraft = (clientId: string, changes: Partial<TraceDraft> = {}): TraceDraft => ({
  reference: createName(),
  clientId,
  endpoint: 'userinfo',
  step: 'userinfo',
  visit: createName(),
  rule: null,
  error: null,
  detail: null,
  status: 200,
  asked: [],
  ...changes,
});

const repeat = (times: number, work: () => void): void => {
  for (let time = 0; time < times; time += 1) {
    work();
  }
};

/** Rounds of writing come when the test says so. */
function createRecorder() {
  const clock = { at: now };
  const rounds: { readonly kept: readonly KeptTrace[]; readonly passedOver: readonly PassedOver[] }[] = [];
  const recorder: TraceRecorder = createTraceRecorder({
    traces: { saveTraces: async (kept, passedOver) => void rounds.push({ kept, passedOver }) },
    clock: { now: () => clock.at },
    random: systemRandom,
    pause: 500,
    sleep: systemSleep,
    report: (fault) => {
      throw fault;
    },
  });
  const countFor = (clientId: string): number =>
    rounds.flatMap(({ kept }) => kept).filter(({ trace }) => trace.clientId === clientId).length;
  return { recorder, clock, rounds, countFor };
}

describe('the room for traces', () => {
  it('is left for the refusals of one service while another calls UserInfo without end', async () => {
    const { recorder, countFor } = createRecorder();
    repeat(5000, () => recorder.keep(toDraft('noisy'), 'steps'));
    repeat(5000, () => recorder.keep(toDraft('noisy', { step: 'refused' }), 'proven'));
    expect(recorder.admits('quiet', 'proven')).toBe(true);
    recorder.keep(toDraft('quiet', { step: 'refused' }), 'proven');
    recorder.keep(toDraft('quiet'), 'steps');
    recorder.start();
    await recorder.stop();
    expect(countFor('quiet')).toBe(2);
    expect(countFor('noisy')).toBeLessThan(5000);
  });

  it('is written in turns, so that whoever waits behind a flood is in the first round', async () => {
    const { recorder, rounds } = createRecorder();
    repeat(500, () => recorder.keep(toDraft('noisy'), 'steps'));
    recorder.keep(toDraft('quiet', { step: 'refused' }), 'proven');
    recorder.keep(toDraft('calm'), 'steps');
    recorder.start();
    await recorder.stop();
    const first = rounds[0]?.kept.map(({ trace }) => trace.clientId) ?? [];
    expect(first.length).toBeLessThanOrEqual(200);
    expect(first.slice(0, 4)).toEqual(expect.arrayContaining(['quiet', 'noisy', 'calm']));
  });

  it('counts what a flood pushed out', async () => {
    const { recorder, rounds, countFor } = createRecorder();
    repeat(4000, () => recorder.keep(toDraft('noisy', { step: 'refused' }), 'unproven'));
    recorder.start();
    await recorder.stop();
    const passedOver = rounds.flatMap((round) => round.passedOver).reduce((sum, { count }) => sum + count, 0);
    expect(passedOver + countFor('noisy')).toBe(4000);
  });

  it.each(['proven', 'unproven'] as const)('of requests (%s) never comes to more on one node than the day allows', (share) => {
    const { recorder, clock } = createRecorder();
    let admitted = 0;
    repeat(24 * 60, () => {
      repeat(20, () => {
        admitted += recorder.admits('one', share) ? 1 : 0;
      });
      clock.at += dayMs / (24 * 60);
    });
    expect(admitted).toBeGreaterThan(mostADay[share] / 2);
    expect(admitted).toBeLessThanOrEqual(mostADay[share]);
  });
});

describe('the sign-ins that are followed', () => {
  it('are those of people who sign in, however many others only begin', () => {
    const { recorder } = createRecorder();
    const begin = () => recorder.admitStep({ clientId: 'one', visit: createName(), isOwn: false });
    expect(begin()).toBe('begun');
    repeat(1000, begin);
    expect(begin()).toBeUndefined();
    expect(recorder.admitStep({ clientId: 'one', visit: createName(), isOwn: true })).toBe('steps');
  });

  it('are followed to the end once they are followed, and one alone takes no room from the others', () => {
    const { recorder } = createRecorder();
    const step = (visit: string) => recorder.admitStep({ clientId: 'one', visit, isOwn: true });
    expect(step('first')).toBe('steps');
    repeat(1000, () => void step(createName()));
    expect(step('too many')).toBeUndefined();
    expect(step('first')).toBe('steps');
    expect(recorder.admitStep({ clientId: 'one', visit: 'first', isOwn: false })).toBe('steps');
    const { recorder: other } = createRecorder();
    const taken = Array.from({ length: 2000 }, () => other.admitStep({ clientId: 'one', visit: 'same', isOwn: true }));
    expect(taken.filter((share) => share !== undefined)).toHaveLength(20);
  });

  it('leave no beginning of which nothing more could be kept', () => {
    const { recorder } = createRecorder();
    repeat(1000, () => void recorder.admitStep({ clientId: 'one', visit: createName(), isOwn: true }));
    expect(recorder.admitStep({ clientId: 'one', visit: createName(), isOwn: false })).toBeUndefined();
  });
});
