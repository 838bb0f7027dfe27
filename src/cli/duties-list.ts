// `huwiya duties list SERVICE`: what an agency owes people after they took something back, for an operator who writes to it.

import { toTimestamp } from '../domain/kernel/clock.ts';
import { isOverdue } from '../domain/duties/duty.ts';
import type { Duty } from '../domain/duties/duty.ts';
import type { Context, ExitCode } from './context.ts';
import { recordList } from './look.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';

export type DutiesListOptions = { readonly service: string; readonly limit: number; readonly json: boolean };

/** Nothing of the person: the agency knows the duty by its id. */
function toJson(duty: Duty, now: number) {
  const { id, kind, purposeId: purpose, attributes, state, createdAt, dueAt } = duty;
  return {
    id,
    kind,
    purpose,
    attributes,
    state,
    created_at: toTimestamp(createdAt),
    due_at: toTimestamp(dueAt),
    overdue: isOverdue(duty, now),
  };
}

export async function runDutiesList(context: Context, { service, limit, json }: DutiesListOptions): Promise<ExitCode> {
  const { clock, err, out, storage } = context;
  if ((await storage.agencies.findService(service)) === undefined) {
    printFailure(err, 'duties list', 'service/unknown');
    return 1;
  }
  const now = clock.now();
  const duties = await storage.duties.listOfService(service, { now, limit, after: null, isUnanswered: true });
  await recordList(context, { query: 'duties', returned: duties.length });
  if (json) {
    printJson(out, { service, duties: duties.map((duty) => toJson(duty, now)) });
    return 0;
  }
  if (duties.length > 0) {
    const rows = duties.map((duty) => toJson(duty, now));
    printTable(out, [
      ['ID', 'KIND', 'PURPOSE', 'STATE', 'DUE', 'OVERDUE', 'DETAILS'],
      ...rows.map((row) => [row.id, row.kind, row.purpose, row.state, row.due_at, row.overdue ? 'yes' : 'no', row.attributes.join(' ')]),
    ]);
  }
  printLine(out, `${duties.length} unanswered`);
  return 0;
}
