// `huwiya receipt verify FILE`: needs no settings, no database and no network. What it knows it has from the separate verifier.

import { verifyReceipt } from '../verifier/verify-receipt.ts';
import type { ReceiptReport, Trusted } from '../verifier/verify-receipt.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { printLine } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type ReceiptVerifyOptions = {
  readonly file: string;
  readonly logKey: string | undefined;
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

type Readable = { readonly ok: true; readonly trusted: Trusted } | { readonly ok: false; readonly file: string };

function readTrusted({ logKey, keys, issuer, kept }: ReceiptVerifyOptions): Readable {
  const files = [
    ...(logKey === undefined ? [] : [{ file: logKey, text: findLogKey(logKey), member: 'logKey' as const }]),
    ...(keys === undefined ? [] : [{ file: keys, text: findFileText(keys), member: 'keys' as const }]),
  ];
  const keptTexts = kept.map((file) => ({ file, text: findFileText(file) }));
  const missing = [...files, ...keptTexts].find(({ text }) => text === undefined);
  if (missing !== undefined) {
    return { ok: false, file: missing.file };
  }
  const named = Object.fromEntries(files.map(({ member, text }) => [member, text ?? '']));
  return { ok: true, trusted: { ...named, ...(issuer === undefined ? {} : { issuer }), kept: keptTexts.map(({ text }) => text ?? '') } };
}

export async function runReceiptVerify(asked: ReceiptVerifyOptions): Promise<ExitCode> {
  const text = findFileText(asked.file);
  const readable = readTrusted(asked);
  if (text === undefined || !readable.ok) {
    printLine(standardErr, `${readable.ok ? asked.file : readable.file}: cannot be read`);
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
