// `huwiya officers status ID STATUS`

import { changeOfficerStatus } from '../domain/staff/change-status.ts';
import { officerStatuses } from '../domain/staff/officer.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type OfficersStatusOptions = { readonly id: string; readonly status: string; readonly json: boolean };

export async function runOfficersStatus(context: Context, options: OfficersStatusOptions): Promise<ExitCode> {
  const { storage, clock, random, out, err } = context;
  const status = officerStatuses.find((known) => known === options.status);
  if (status === undefined) {
    printLine(err, `officers status: the status must be one of ${officerStatuses.join(', ')}`);
    return 2;
  }
  const asked = { id: options.id, status, actor: { kind: 'operator', ref: null } } as const;
  const changed = await changeOfficerStatus({ staff: storage.staff, clock, random }, asked);
  if (!changed.ok) {
    printFailure(err, 'officers status', changed.code);
    return 1;
  }
  const { from, to } = changed.value;
  if (options.json) {
    printJson(out, { from, to });
  } else {
    printLine(out, from === to ? `is ${to} already` : `${from} → ${to}`);
  }
  return 0;
}
