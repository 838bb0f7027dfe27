// What a node counts while it answers: answers and how long they took, how far sign-ins came, refusals and faults. In memory and from the start of the process
// on; a reader takes differences. Whatever comes, what is kept stays small.

import { errorCatalogue } from '../domain/kernel/errors.ts';
import type { Log } from './log.ts';
import type { MetricName } from './metric-catalogue.ts';
import type { Metric, Sample } from './metrics.ts';

export type CountedAnswer = { readonly area: string; readonly status: number; readonly seconds: number };

export type NodeCounts = {
  /** `area` MUST be of a closed list. */
  readonly noteAnswer: (answer: CountedAnswer) => void;
  readonly noteStep: (step: string) => void;
  readonly noteRefusal: (code: string) => void;
  readonly noteFault: (code: string) => void;
  readonly read: () => readonly Metric[];
};

/** More values of a label than any list of ours has. What comes beyond them is counted together. */
const mostSeries = 300;

type Tally = { readonly add: (...values: readonly string[]) => void; readonly read: () => Metric };

function createTally(name: MetricName, labels: readonly string[]): Tally {
  const series = new Map<string, { readonly values: readonly string[]; count: number }>();
  const find = (values: readonly string[]) => {
    const key = values.join(' ');
    const known = series.get(key);
    if (known !== undefined || series.size > mostSeries) {
      return known;
    }
    const made = { values, count: 0 };
    series.set(key, made);
    return made;
  };
  const rest = find(labels.map(() => 'other'));
  const toSample = (values: readonly string[], value: number): Sample => ({
    labels: Object.fromEntries(labels.map((label, index) => [label, values[index] ?? ''])),
    value,
  });
  return {
    add: (...values) => {
      const counted = find(values) ?? rest;
      if (counted !== undefined) {
        counted.count += 1;
      }
    },
    read: () => ({ name, samples: [...series.values()].map(({ values, count }) => toSample(values, count)) }),
  };
}

/** Seconds; the last bucket is everything. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Number.POSITIVE_INFINITY] as const;

type Times = { readonly add: (area: string, seconds: number) => void; readonly read: () => Metric };

function toTimeSamples(area: string, { counts, sum }: { readonly counts: readonly number[]; readonly sum: number }): readonly Sample[] {
  let upTo = 0;
  const buckets = counts.map((count, index): Sample => {
    upTo += count;
    const bound = bounds[index] ?? Number.POSITIVE_INFINITY;
    return { suffix: '_bucket', labels: { area, le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound) }, value: upTo };
  });
  return [...buckets, { suffix: '_sum', labels: { area }, value: sum }, { suffix: '_count', labels: { area }, value: upTo }];
}

function createTimes(name: MetricName): Times {
  const areas = new Map<string, { readonly counts: number[]; sum: number }>();
  return {
    add: (area, seconds) => {
      const known = areas.get(area) ?? { counts: bounds.map(() => 0), sum: 0 };
      areas.set(area, known);
      const place = bounds.findIndex((bound) => seconds <= bound);
      known.counts[place] = (known.counts[place] ?? 0) + 1;
      known.sum += seconds;
    },
    read: () => ({ name, samples: [...areas].flatMap(([area, times]) => toTimeSamples(area, times)) }),
  };
}

export function createNodeCounts(): NodeCounts {
  const answers = createTally('huwiya_answers_total', ['area', 'status']);
  const times = createTimes('huwiya_answer_seconds');
  const steps = createTally('huwiya_sign_in_steps_total', ['step']);
  const refusals = createTally('huwiya_refusals_total', ['code']);
  const faults = createTally('huwiya_faults_total', ['code']);
  return {
    noteAnswer: ({ area, status, seconds }) => {
      answers.add(area, `${Math.floor(status / 100)}xx`);
      times.add(area, seconds);
    },
    noteStep: steps.add,
    noteRefusal: refusals.add,
    noteFault: faults.add,
    read: () => [answers, times, steps, refusals, faults].map(({ read }) => read()),
  };
}

/** The same log, and what is counted of a node; faults are counted where they need somebody. */
export function toCountedLog(log: Log): { readonly log: Log; readonly counts: NodeCounts } {
  const counts = createNodeCounts();
  const fault: Log['fault'] = (code, thrown, fields) => {
    if (errorCatalogue[code].level === 'error') {
      counts.noteFault(code);
    }
    log.fault(code, thrown, fields);
  };
  return { counts, log: { ...log, fault } };
}
