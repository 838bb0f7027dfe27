// `huwiya agencies status CLIENT_ID STATUS`

import { serviceStatuses } from '../domain/agencies/agency.ts';
import { changeServiceStatus } from '../domain/agencies/change-service-status.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type AgenciesStatusOptions = { readonly clientId: string; readonly status: string; readonly json: boolean };

export async function runAgenciesStatus(context: Context, options: AgenciesStatusOptions): Promise<ExitCode> {
  const { storage, clock, random, out, err } = context;
  const status = serviceStatuses.find((known) => known === options.status);
  if (status === undefined) {
    printLine(err, `agencies status: the status must be one of ${serviceStatuses.join(', ')}`);
    return 2;
  }
  const changed = await changeServiceStatus({ agencies: storage.agencies, clock, random }, options.clientId, status);
  if (!changed.ok) {
    printFailure(err, 'agencies status', changed.code);
    return 1;
  }
  const { from, to } = changed.value;
  if (options.json) {
    printJson(out, { client_id: options.clientId, from, to });
  } else {
    printLine(out, from === to ? `${options.clientId} is ${to} already` : `${options.clientId}: ${from} → ${to}`);
  }
  return 0;
}
