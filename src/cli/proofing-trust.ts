// `huwiya proofing trust FILE`

import { trustIssuer } from '../domain/proofing/change-issuers.ts';
import { issuerSchema } from '../domain/proofing/issuer.ts';
import type { Context, ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { printJson, printLine, toShownPath } from './print.ts';

export type ProofingTrustOptions = { readonly file: string; readonly json: boolean };

function findJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export async function runProofingTrust(context: Context, { file, json }: ProofingTrustOptions): Promise<ExitCode> {
  const { storage, clock, random, out, err } = context;
  const shown = toShownPath(file);
  const text = findFileText(file);
  if (text === undefined) {
    printLine(err, `${shown}: cannot be read`);
    return 1;
  }
  const given = findJson(text);
  if (given === undefined) {
    printLine(err, `${shown}: is no JSON`);
    return 1;
  }
  const parsed = issuerSchema.safeParse(given);
  if (!parsed.success) {
    parsed.error.issues.forEach(({ path, message }) => printLine(err, `${shown}: ${path.join('.') || 'the file'}: ${message}`));
    return 1;
  }
  const { issuer, jwks } = await trustIssuer({ proofings: storage.proofings, clock, random }, parsed.data);
  const keys = jwks.keys.map(({ kid }) => kid);
  if (json) {
    printJson(out, { issuer, keys });
  } else {
    printLine(out, `statements of ${issuer} are taken, signed with ${keys.join(', ')}`);
  }
  return 0;
}
