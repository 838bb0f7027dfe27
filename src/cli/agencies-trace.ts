// `huwiya agencies trace REQUEST_ID`: one request of a service, why it was refused, and the sign-in that it belongs to.

import type { Parts } from '../app.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import { operatorLooker, viewTrace } from '../domain/traces/look.ts';
import type { TraceView } from '../domain/traces/look.ts';
import { parseReference } from '../domain/traces/trace.ts';
import type { Trace } from '../domain/traces/trace.ts';
import { toRuleWords } from '../../views/trace-words.ts';
import type { ExitCode, Output } from './context.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';
import { toFactText, toJsonTrace, toTraceNeeds } from './trace-lines.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AgenciesTraceOptions = { readonly reference: string; readonly json: boolean };

export async function runAgenciesTrace(parts: Parts, { reference: typed, json }: AgenciesTraceOptions): Promise<ExitCode> {
  const reference = parseReference(typed);
  if (reference === undefined) {
    printLine(standardErr, `${typed}: is no number of a request; it is like 4T7K-M2Q9`);
    return 2;
  }
  const found = await viewTrace(toTraceNeeds(parts), operatorLooker, reference);
  if (!found.ok) {
    printFailure(standardErr, reference, found.code);
    return 1;
  }
  if (json) {
    const { trace, visit } = found.value;
    printJson(standardOut, { ...toJsonTrace(trace), visit: visit.map(toJsonTrace) });
  } else {
    printView(standardOut, found.value);
  }
  return 0;
}

function printView(out: Output, { trace, registered, visit }: TraceView): void {
  printTable(out, [
    ['request', trace.reference],
    ['time', toTimestamp(trace.at)],
    ['service', `${trace.clientId} (${registered.service.name.en})`],
    ['endpoint', trace.endpoint],
    ['answer', [String(trace.status), trace.error ?? trace.step, trace.detail ?? ''].filter((part) => part !== '').join(' · ')],
    ...toRuleRows(trace),
  ]);
  if (trace.asked.length > 0) {
    printLine(out, '');
    printTable(out, [['ASKED', 'VALUE'], ...trace.asked.map((fact) => [fact.name, toFactText(fact)])]);
  }
  if (visit.length > 1) {
    printLine(out, '');
    printTable(out, [['THE SIGN-IN', 'REQUEST', 'STEP', 'RULE'], ...visit.map(toStepRow)]);
  }
}

function toRuleRows({ rule }: Trace): readonly (readonly string[])[] {
  if (rule === null) {
    return [];
  }
  const [en, ar] = [toRuleWords('en', rule), toRuleWords('ar', rule)];
  return [
    ['rule', rule],
    ['means', en[0]],
    ['', ar[0]],
    ['fix', en[1]],
    ['', ar[1]],
  ];
}

function toStepRow({ at, reference, step, rule }: Trace): readonly string[] {
  return [toTimestamp(at), reference, step, rule ?? ''];
}
