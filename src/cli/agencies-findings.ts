// Findings of the onboarding check on the terminal, and the way from a file to them.

import type { Config } from '../config/config.ts';
import { toHostRules } from '../config/host-rules.ts';
import type { UriRules } from '../domain/agencies/check-uris.ts';
import { findUnproven } from '../domain/agencies/host-proof.ts';
import type { Finding, Proposal } from '../domain/agencies/proposal.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import type { Context } from './context.ts';
import { parseAgenciesFile } from './files/agencies-file.ts';
import { findFileText } from './files/read-file.ts';
import { printJson, printLine } from './print.ts';

export type AgenciesFileOptions = { readonly file: string; readonly json: boolean };

/** What the configuration of this provider opens to services. */
export function toRules({ loopback, certificateDoor }: Pick<Config, 'loopback' | 'certificateDoor'>): UriRules {
  return { isLoopback: loopback, hasCertificateDoor: certificateDoor !== undefined };
}

/** Hosts that nobody has proven yet, with what to publish. */
export async function findUnprovenHosts({ storage, issuer, config }: Context, proposal: Proposal): Promise<readonly Finding[]> {
  const proofs = await storage.agencies.listProofs();
  return findUnproven({ issuer, ...toHostRules(config), proofs }, proposal);
}

/** `undefined` after the reasons were printed. */
export function readProposal(context: Context, options: AgenciesFileOptions): Proposal | undefined {
  const text = findFileText(options.file);
  if (text === undefined) {
    printLine(context.err, `${options.file}: cannot be read`);
    return undefined;
  }
  const parsed = parseAgenciesFile(text);
  if (!parsed.ok) {
    printRefused(context, options, parsed.findings);
    return undefined;
  }
  return parsed.proposal;
}

export function printRefused(context: Context, options: AgenciesFileOptions, findings: readonly Finding[]): void {
  const refusals = findings.filter(({ severity }) => severity === 'refusal');
  if (options.json) {
    printJson(context.out, { error: 'import/invalid', ...toJsonFindings(findings) });
  }
  printFindings(context, findings);
  printLine(context.err, `${options.file}: ${refusals.length} ${refusals.length === 1 ? 'refusal' : 'refusals'}; nothing was changed`);
}

export function printFindings({ err }: Context, findings: readonly Finding[]): void {
  for (const { severity, path, problem, fix } of findings) {
    printLine(err, `${severity}: ${path}: ${problem}; ${fix}`);
  }
}

export function toJsonFindings(findings: readonly Finding[]): { readonly refusals: Json; readonly warnings: Json } {
  const pick = (wanted: Finding['severity']): Json =>
    findings.filter(({ severity }) => severity === wanted).map(({ path, problem, fix }) => ({ path, problem, fix }));
  return { refusals: pick('refusal'), warnings: pick('warning') };
}
