// `huwiya agencies traces CLIENT_ID`: what was refused to a service lately.

import type { Parts } from '../app.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import { operatorLooker, searchTraces } from '../domain/traces/look.ts';
import type { FoundTraces } from '../domain/traces/look.ts';
import type { ExitCode, Output } from './context.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';
import { toJsonTrace, toTraceNeeds } from './trace-lines.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AgenciesTracesOptions = {
  readonly clientId: string;
  readonly since: number | null;
  readonly limit: number;
  readonly isAll: boolean;
  readonly json: boolean;
};

export async function runAgenciesTraces(parts: Parts, asked: AgenciesTracesOptions): Promise<ExitCode> {
  const { clientId, since, limit, isAll, json } = asked;
  const filter = { clientId, kind: isAll ? 'all' : 'refused', rule: null, from: since, to: null, after: null, limit } as const;
  const found = await searchTraces(toTraceNeeds(parts), operatorLooker, filter);
  if (!found.ok) {
    printFailure(standardErr, 'agencies traces', found.code);
    return 1;
  }
  if (json) {
    const { count, since } = found.value.passedOver;
    printJson(standardOut, { traces: found.value.traces.map(toJsonTrace), not_kept: count, not_kept_since: toTimestamp(since) });
  } else {
    printFound(standardOut, found.value);
  }
  return 0;
}

function printFound(out: Output, { traces, passedOver, next }: FoundTraces): void {
  if (traces.length > 0) {
    printTable(out, [
      ['TIME', 'REQUEST', 'ENDPOINT', 'STATUS', 'RULE'],
      ...traces.map(({ at, reference, endpoint, status, step, rule }) => [
        toTimestamp(at),
        reference,
        endpoint,
        String(status),
        rule ?? step,
      ]),
    ]);
  }
  printLine(out, `${traces.length} ${traces.length === 1 ? 'request' : 'requests'}${next === null ? '' : ', and older ones'}`);
  if (passedOver.count > 0) {
    printLine(out, `${passedOver.count} more were refused since ${toTimestamp(passedOver.since)} and not kept, because too many came`);
  }
}
