// `huwiya agencies status CLIENT_ID STATUS`

import { serviceStatuses } from '../domain/agencies/agency.ts';
import { changeServiceStatus } from '../domain/agencies/change-service-status.ts';
import { revokeAllOf } from '../domain/consent/end-by-authority.ts';
import { toAuthorityNeeds } from './consents-end.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type AgenciesStatusOptions = { readonly clientId: string; readonly status: string; readonly json: boolean };

/** What stood with a service that is gone ends with it. Asked again, it goes on where it broke off. */
async function revokeAll(context: Context, clientId: string): Promise<number> {
  const act = { reason: 'The service was retired.', reference: 'register of services', actor: { kind: 'operator', ref: null } } as const;
  return revokeAllOf(toAuthorityNeeds(context), clientId, act);
}

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
  const revoked = to === 'retired' ? await revokeAll(context, options.clientId) : 0;
  if (options.json) {
    printJson(out, { client_id: options.clientId, from, to, revoked });
  } else {
    printLine(out, from === to ? `${options.clientId} is ${to} already` : `${options.clientId}: ${from} → ${to}`);
    if (revoked > 0) {
      printLine(out, `${revoked} ${revoked === 1 ? 'record' : 'records'} revoked`);
    }
  }
  return 0;
}
