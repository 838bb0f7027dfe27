// `huwiya proofing end ISSUER`

import { endIssuer } from '../domain/proofing/change-issuers.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type ProofingEndOptions = { readonly issuer: string; readonly json: boolean };

export async function runProofingEnd(context: Context, { issuer, json }: ProofingEndOptions): Promise<ExitCode> {
  const { storage, clock, random, out, err } = context;
  const ended = await endIssuer({ proofings: storage.proofings, clock, random }, issuer);
  if (!ended.ok) {
    printFailure(err, 'proofing end', ended.code);
    return 1;
  }
  if (json) {
    printJson(out, { issuer });
  } else {
    printLine(out, `no statement of ${issuer} is taken any more`);
  }
  return 0;
}
