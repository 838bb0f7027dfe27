// `huwiya receipt verify FILE`: needs no settings, no database and no network. What it knows it has from the separate verifier.

import { readPolicy } from '../verifier/policy.ts';
import { verifyReceipt } from '../verifier/verify-receipt.ts';
import type { ReceiptReport, Trusted } from '../verifier/verify-receipt.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { printLine } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type ReceiptVerifyOptions = {
  readonly file: string;
  readonly logKey: string | undefined;
  readonly keyHistory: string | undefined;
  readonly policy: string | undefined;
  readonly keys: string | undefined;
  readonly issuer: string | undefined;
  readonly kept: readonly string[];
  readonly json: boolean;
};

const trustNotes = {
  given: 'checked with the key you gave',
  'from-file': 'checked with the key in the file itself, which proves less',
} as const;

/** With no keys but its own, a receipt only shows that it agrees with itself: whoever made it could have made the keys too. */
function toValidLine({ keys, log }: ReceiptReport['trust']): string {
  const isTrusted = keys === 'given' && log === 'given';
  return isTrusted
    ? 'the receipt is valid'
    : 'the receipt is valid, if the keys in it are the issuer’s: give --log-key and --keys to be sure';
}

function printReport({ checks, trust, isValid }: ReceiptReport): void {
  checks.forEach(({ name, result, detail }) => printLine(standardOut, `${result.padEnd(7)} ${name}: ${detail}`));
  printLine(standardOut, `trust   keys of the issuer: ${trustNotes[trust.keys]}`);
  printLine(standardOut, `trust   key of the log: ${trustNotes[trust.log]}`);
  printLine(isValid ? standardOut : standardErr, isValid ? toValidLine(trust) : 'THE RECEIPT IS NOT VALID');
}

/** A verifier key is one line with plus signs; anything else names a file that holds one. */
function findLogKey(given: string): string | undefined {
  return /^[^\s+]+\+[0-9a-f]{8}\+/.test(given) ? given : findFileText(given)?.trim();
}

type Readable = { readonly ok: true; readonly trusted: Trusted } | { readonly ok: false; readonly problem: string };

type Given = { readonly file: string; readonly text: string | undefined };

function readNamed({ logKey, keyHistory, keys }: ReceiptVerifyOptions): readonly (Given & { readonly member: keyof Trusted })[] {
  return [
    ...(logKey === undefined ? [] : [{ file: logKey, text: findLogKey(logKey), member: 'logKey' as const }]),
    ...(keyHistory === undefined ? [] : [{ file: keyHistory, text: findFileText(keyHistory), member: 'keyHistory' as const }]),
    ...(keys === undefined ? [] : [{ file: keys, text: findFileText(keys), member: 'keys' as const }]),
  ];
}

function readTrusted(asked: ReceiptVerifyOptions): Readable {
  const named = readNamed(asked);
  const kept = asked.kept.map((file) => ({ file, text: findFileText(file) }));
  const policyFiles = asked.policy === undefined ? [] : [{ file: asked.policy, text: findFileText(asked.policy) }];
  const missing = [...named, ...kept, ...policyFiles].find(({ text }) => text === undefined);
  if (missing !== undefined) {
    return { ok: false, problem: `${missing.file}: cannot be read` };
  }
  const [policy] = policyFiles.map(({ text }) => readPolicy(text ?? ''));
  if (typeof policy === 'number') {
    return { ok: false, problem: `${asked.policy}: is no policy of logs and witnesses${policy === 0 ? '' : `, line ${policy}`}` };
  }
  const trusted: Trusted = {
    ...Object.fromEntries(named.map(({ member, text }) => [member, text ?? ''])),
    ...(asked.issuer === undefined ? {} : { issuer: asked.issuer }),
    ...(policy === undefined ? {} : { policy }),
    kept: kept.map(({ text }) => text ?? ''),
  };
  return { ok: true, trusted };
}

export async function runReceiptVerify(asked: ReceiptVerifyOptions): Promise<ExitCode> {
  const text = findFileText(asked.file);
  const readable = readTrusted(asked);
  if (text === undefined || !readable.ok) {
    printLine(standardErr, readable.ok ? `${asked.file}: cannot be read` : readable.problem);
    return 1;
  }
  const report = verifyReceipt(text, readable.trusted);
  if (asked.json) {
    standardOut.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else {
    printReport(report);
  }
  return report.isValid ? 0 : 1;
}
