// `huwiya agencies prove HOST`: looks for the line of the agency where only the holder of the host can publish it.

import { proveHost } from '../domain/agencies/prove-host.ts';
import type { ProveNeeds } from '../domain/agencies/prove-host.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import type { GuardedFetch } from '../outbound/guarded-fetch.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type AgenciesProveOptions = { readonly host: string; readonly json: boolean };

export type ProveWays = Pick<ProveNeeds, 'findTexts'> & { readonly fetch: GuardedFetch };

export async function runAgenciesProve(context: Context, ways: ProveWays, options: AgenciesProveOptions): Promise<ExitCode> {
  const { storage, clock, random, issuer, out, err } = context;
  const findPage = async (url: string): Promise<string | undefined> => {
    const answer = await ways.fetch({ url, method: 'GET', headers: { accept: 'text/plain' } });
    return answer.ok && answer.value.status === 200 ? answer.value.body : undefined;
  };
  const needs = { agencies: storage.agencies, clock, random, issuer, findTexts: ways.findTexts, findPage };
  const proven = await proveHost(needs, options.host);
  if (!proven.ok) {
    printFailure(err, 'agencies prove', proven.code);
    printLine(err, proven.detail);
    return 1;
  }
  const { agencyId, host, method, provenAt } = proven.value;
  if (options.json) {
    printJson(out, { agency: agencyId, host, method, proven_at: toTimestamp(provenAt) });
  } else {
    printLine(out, `${host} is proven to be of ${agencyId}, by ${method}`);
  }
  return 0;
}
