// `huwiya figures publish MONTH`: what a node does by itself, and the correction of what was published, which only an operator decides.

import { publishMonth } from '../domain/audit/figures/publish-month.ts';
import type { Correction } from '../domain/audit/figures/publish-month.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';

export type FiguresPublishOptions = { readonly month: string; readonly correction: Correction | null; readonly json: boolean };

const isSaid = ({ reason }: Correction): boolean => reason.ar.trim() !== '' && reason.en.trim() !== '';

export async function runFiguresPublish(context: Context, { month, correction, json }: FiguresPublishOptions): Promise<ExitCode> {
  const { clock, err, issuer, keys, out, random, storage } = context;
  if (correction !== null && !isSaid(correction)) {
    printLine(err, 'figures publish: say why in both languages, with --reason-ar and --reason-en');
    return 2;
  }
  const { figures, ledger, agencies } = storage;
  const signer = { issuer, key: keys.receipt.privateKey, kid: keys.receipt.kid };
  const actor = { kind: 'operator', ref: null } as const;
  const published = await publishMonth({ clock, random, figures, ledger, agencies, signer, actor }, month, correction);
  if (!published.ok) {
    printFailure(err, `figures publish ${month}`, published.code);
    return 1;
  }
  const { edition, digest } = published.value;
  if (json) {
    printJson(out, { month, edition, digest });
  } else {
    printLine(out, `${month}: published, edition ${edition}, fingerprint ${digest}`);
  }
  return 0;
}
