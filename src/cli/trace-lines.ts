// A trace as the command prints it: the same facts as on the developers' page, and the rule in both languages.

import type { Parts } from '../app.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { systemClock, toTimestamp } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import type { TraceLookNeeds } from '../domain/traces/look.ts';
import type { Trace, TraceFact } from '../domain/traces/trace.ts';
import { recordAtOnce } from '../oidc/record-event.ts';
import { enTraces } from '../../views/messages/en-traces.ts';
import { toRuleWords } from '../../views/trace-words.ts';

export function toTraceNeeds({ storage }: Parts): TraceLookNeeds {
  return {
    traces: storage.traces,
    agencies: storage.agencies,
    clock: systemClock,
    random: systemRandom,
    record: (event) => recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event),
  };
}

/** The value, and what is odd about it in the words of the page. */
export function toFactText({ value, note }: TraceFact): string {
  const shown = note === null ? [] : [`(${enTraces[`trace-note-${note}`]})`];
  return [...(value === null ? [] : [value]), ...shown].join(' ');
}

function toRule({ rule }: Trace): Json {
  if (rule === null) {
    return null;
  }
  const [[arMeans, arFix], [enMeans, enFix]] = [toRuleWords('ar', rule), toRuleWords('en', rule)];
  return { code: rule, means: { ar: arMeans, en: enMeans }, fix: { ar: arFix, en: enFix } };
}

export function toJsonTrace(trace: Trace): { readonly [name: string]: Json } {
  const { reference, at, clientId, endpoint, step, error, detail, status } = trace;
  return {
    request_id: reference,
    at: toTimestamp(at),
    client_id: clientId,
    endpoint,
    step,
    status,
    rule: toRule(trace),
    error,
    detail,
    asked: trace.asked.map(({ name, value, note }) => ({ name, value, note })),
  };
}
