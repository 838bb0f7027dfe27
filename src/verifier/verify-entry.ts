// Verifies one entry of the log without a network: that it is what was committed to, that the log holds it, that the log was signed.
// Imports nothing of the server.

import { checkHistory, checkOpening, checkPlace, collectProof, isWhole, toCheck, toTrust } from './check-proof.ts';
import type { Check, Trust, TrustedLog } from './check-proof.ts';
import { findString, parseObject } from './json.ts';
import { findProvenEntry } from './proof-form.ts';

const required = ['form', 'entry-canonical', 'commitment', 'inclusion', 'checkpoint-signature'] as const;

export type EntryCheckName = (typeof required)[number] | 'key-history' | 'witnesses' | 'kept-checkpoint';

export type EntryReport = {
  readonly format: 'huwiya-entry/1';
  readonly isValid: boolean;
  readonly trust: { readonly log: Trust };
  readonly checks: readonly Check<EntryCheckName>[];
};

const format = 'huwiya-entry/1';

export function isEntryFile(text: string): boolean {
  const file = parseObject(text);
  return file !== undefined && findString(file, 'format') === format;
}

/** Takes the text of an entry file. Every check is listed in order; the entry is valid when all of them passed. */
export function verifyEntry(text: string, trusted: TrustedLog = {}): EntryReport {
  const file = isEntryFile(text) ? parseObject(text) : undefined;
  const proven = file && findProvenEntry(file);
  const trust = { log: toTrust(trusted) };
  if (proven === undefined) {
    const rest = required.slice(1).map((name) => ({ name, result: 'not-run' as const, detail: 'the file is no entry' }));
    return { format, isValid: false, trust, checks: [toCheck('form', false, 'the file does not have the form of an entry'), ...rest] };
  }
  const evidence = collectProof(proven, trusted);
  const checks = [
    toCheck('form', true, 'the file has the form of an entry'),
    ...checkHistory(evidence, trusted),
    ...checkOpening(evidence),
    ...checkPlace(evidence, trusted),
  ];
  return { format, isValid: isWhole(checks), trust, checks };
}
