// `huwiya agencies status CLIENT_ID STATUS`

import { serviceStatuses } from '../domain/agencies/agency.ts';
import { changeServiceStatus } from '../domain/agencies/change-service-status.ts';
import { finishRetirement } from '../domain/consent/finish-retirement.ts';
import { toAuthorityNeeds } from './consents-end.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type AgenciesStatusOptions = { readonly clientId: string; readonly status: string; readonly json: boolean };

/** What stood with a service that is gone ends with it. Asked again, it goes on where it broke off; so does every node that runs. */
async function finish(context: Context, clientId: string): Promise<number> {
  const needs = { ...toAuthorityNeeds(context), actor: { kind: 'operator', ref: null } } as const;
  let revoked = 0;
  for (let ended = 1; ended > 0; revoked += ended) {
    ended = await finishRetirement(needs, clientId);
  }
  return revoked;
}

/** Before a service comes back, its retirement is whole: what was promised to have ended must not stand again. */
async function finishEarlier(context: Context, clientId: string): Promise<number> {
  const registered = await context.storage.agencies.findService(clientId);
  return registered?.service.status === 'retired' ? finish(context, clientId) : 0;
}

export async function runAgenciesStatus(context: Context, options: AgenciesStatusOptions): Promise<ExitCode> {
  const { storage, clock, random, out, err } = context;
  const status = serviceStatuses.find((known) => known === options.status);
  if (status === undefined) {
    printLine(err, `agencies status: the status must be one of ${serviceStatuses.join(', ')}`);
    return 2;
  }
  const left = await finishEarlier(context, options.clientId);
  const changed = await changeServiceStatus({ agencies: storage.agencies, clock, random }, options.clientId, status);
  if (!changed.ok) {
    printFailure(err, 'agencies status', changed.code);
    return 1;
  }
  const { from, to } = changed.value;
  const revoked = left + (to === 'retired' ? await finish(context, options.clientId) : 0);
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
