// What a search says of requests that were not kept.

import { expect, it } from 'vitest';
import { dayMs } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { operatorLooker, searchTraces } from '../../../src/domain/traces/look.ts';

it('says since when it counts what was not kept, which is the beginning of a day and never less than a day ago', async () => {
  const counted: number[] = [];
  const search = async (now: number) =>
    searchTraces(
      {
        clock: { now: () => now },
        random: systemRandom,
        record: async () => {},
        agencies: { findService: async () => undefined, listServices: async () => [] },
        traces: {
          findTrace: async () => undefined,
          listVisit: async () => [],
          listTraces: async () => ({ traces: [], next: null }),
          countPassedOver: async (_clientIds, since) => {
            counted.push(since);
            return 7;
          },
        },
      },
      operatorLooker,
      { clientId: null, kind: 'refused', rule: null, from: null, to: null, after: null, limit: 1 },
    );
  const midnight = 20_600 * dayMs;
  for (const now of [midnight, midnight + 1, midnight + dayMs - 1]) {
    expect(await search(now)).toMatchObject({ value: { passedOver: { count: 7, since: midnight - dayMs } } });
  }
  expect(counted).toEqual([midnight - dayMs, midnight - dayMs, midnight - dayMs]);
});
