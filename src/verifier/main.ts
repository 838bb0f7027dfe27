// The offline verifier as a command; `npm run docs` makes it one file, huwiya-verify.mjs. Needs Node and nothing else: no server, no network, no dependency.
// Prints one line for each check and ends with the exit code of the first fault (exit-codes.ts).

import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { TrustedLog } from './check-proof.ts';
import { exitCodes, exitUnreadable, exitUsage } from './exit-codes.ts';
import type { ExportReport } from './export-report.ts';
import { answerAsThread, isThread, startThreads } from './judging-threads.ts';
import { packMark, readPackFiles } from './pack-files.ts';
import { readPolicy } from './policy.ts';
import type { Policy } from './policy.ts';
import { verifyExport } from './verify-export.ts';
import { isFigures, verifyFigures } from './verify-figures.ts';
import type { FiguresReport } from './verify-figures.ts';
import { isEntryFile, verifyEntry } from './verify-entry.ts';
import type { EntryReport } from './verify-entry.ts';
import { isList, verifyList } from './verify-list.ts';
import type { ListReport } from './verify-list.ts';
import { verifyPack } from './verify-pack.ts';
import type { PackReport } from './verify-pack.ts';
import { verifyReceipt } from './verify-receipt.ts';
import type { ReceiptReport } from './verify-receipt.ts';

const codeLines = Object.entries(exitCodes).map(([name, code]) => `  ${code}  ${name}`);

const usage = `usage: node huwiya-verify.mjs FILE [--log-key VKEY|FILE] [--keys JWKSFILE] [--issuer URL]
       [--key-history FILE] [--policy FILE] [--kept CHECKPOINTFILE]…

FILE is one of these:
  a receipt (huwiya-receipt/1)
  an entry with its proof (huwiya-entry/1)
  an export of the whole log (huwiya-log/1)
  an evidence pack (huwiya-pack/1) or a list (huwiya-list/1), as a ZIP file or unpacked to a folder
  the public figures of a month (huwiya-figures/1)

  --log-key      the key of the log that you trust, or a file that holds it
  --key-history  how the key of the log was changed, as /ledger/keys gives it: leads from the key that you trust to all others
  --policy       the logs and witnesses that you trust (C2SP tlog-policy): enough of them have to have cosigned the checkpoint
  --keys         the JSON Web Key Set of the issuer that you trust, for receipts, packs, lists and figures
  --issuer       the issuer that you expect, for the same
  --kept         a checkpoint that was kept, or for figures the file of an earlier month; may be repeated

Exit codes; the first fault decides:
  0   everything that could be checked holds
  ${exitUnreadable}   the file could not be read
  ${exitUsage}   wrong usage
${codeLines.join('\n')}`;

const options = {
  'log-key': { type: 'string' },
  keys: { type: 'string' },
  issuer: { type: 'string' },
  'key-history': { type: 'string' },
  policy: { type: 'string' },
  kept: { type: 'string', multiple: true },
} as const;

type Asked = {
  readonly file: string;
  readonly logKey: string | undefined;
  readonly keyHistory: string | undefined;
  readonly policy: string | undefined;
  readonly keys: string | undefined;
  readonly issuer: string | undefined;
  readonly kept: readonly string[];
};

type Print = (line: string) => void;

function findAsked(args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      return undefined;
    }
    const { keys, issuer, policy, kept = [] } = values;
    return { file, logKey: values['log-key'], keyHistory: values['key-history'], policy, keys, issuer, kept };
  } catch {
    return undefined;
  }
}

const beginningSize = 65_536;

async function readBeginning(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    // A folder is a pack that somebody unpacked.
    if ((await handle.stat()).isDirectory()) {
      return packMark;
    }
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginningSize), 0, beginningSize, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const trustNotes = {
  given: 'checked with the key you gave',
  'from-file': 'checked with the key in the file itself, which proves less',
  none: 'none were given, so nothing here is signed for',
} as const;

/** Whoever made the whole file anew made the keys in it too: then nobody has said yet whose word this is. */
function toVerdict(isValid: boolean, trust: readonly (keyof typeof trustNotes)[]): string {
  if (!isValid) {
    return 'NOT VALID';
  }
  return trust.includes('from-file') ? 'VALID ONLY IF THE KEYS IN THE FILE ARE THE RIGHT ONES: give the published ones to know' : 'VALID';
}

function printChecks(
  { checks, format, isValid, trust }: ReceiptReport | EntryReport | PackReport | ListReport | FiguresReport,
  print: Print,
): number {
  for (const { name, result, detail } of checks) {
    print(`${result.padEnd(7)} ${name}: ${detail}`);
  }
  const keys = 'keys' in trust ? `keys of the issuer: ${trustNotes[trust.keys]}; ` : '';
  const log =
    'log' in trust
      ? `key of the log: ${trustNotes[trust.log]}`
      : `nothing in ${format === 'huwiya-figures/1' ? 'figures' : 'a list'} is proven against the log`;
  print(`trust   ${keys}${log}`);
  print(toVerdict(isValid, Object.values(trust)));
  const failed = checks.find((check) => check.result === 'failed');
  return failed === undefined ? 0 : exitCodes[failed.name];
}

function printPack(report: PackReport, print: Print): number {
  const { isValid, said } = report;
  if (said !== null) {
    print(`pack    case ${said.case}, for ${said.recipient}; made ${said.createdAt}, to be destroyed by ${said.expiresAt}`);
    print(`reason  ${said.reason}`);
  }
  if (said !== null && isValid) {
    said.proven.forEach((each) => print(`proven     ${each}`));
    said.unproven.forEach((each) => print(`not proven ${each}`));
  }
  return printChecks(report, print);
}

/** What the provenance says is printed only when it is signed, in JSON: no sign of it runs in a terminal. */
function printList(report: ListReport, print: Print): number {
  const { said } = report;
  if (said !== null) {
    const { author, case: paper, query, reason, recipient, rows, size } = said;
    print(`list    ${JSON.stringify({ case: paper, recipient, reason, author, query, rows, size })}`);
    print('not proven that no other entry meets the query, nor what a row says: the issuer signed so');
  }
  return printChecks(report, print);
}

function printFigures(report: FiguresReport, print: Print): number {
  const { said } = report;
  if (said !== null) {
    print(`figures of ${JSON.stringify(said.month)}, edition ${said.edition}, counted in the first ${said.size} entries of the log`);
    print('not proven that they were counted right: the issuer signed so');
  }
  return printChecks(report, print);
}

function printExport(report: ExportReport, print: Print): number {
  for (const { code, index, id, line, detail } of report.faults) {
    const place = [
      index === null ? '' : ` entry ${index}`,
      id === null ? '' : ` id ${JSON.stringify(id)}`,
      line === null ? '' : ` line ${line}`,
    ];
    print(`failed  ${code}${place.join('')}: ${detail}`);
  }
  print(`read    ${report.entries} entries, ${report.erased} of them erased; ${report.comparedRoots} checkpoints compared`);
  if (report.erased > 0) {
    print('not proven what the erased entries say: only that they stand at their place, and that the log accounts for each');
  }
  print(`trust   key of the log: ${trustNotes[report.trust.log]}`);
  print(toVerdict(report.isValid, [report.trust.log]));
  const [first] = report.faults;
  return first === undefined ? 0 : exitCodes[first.code];
}

/** A verifier key is one line with plus signs; anything else names a file that holds one. */
async function readLogKey(given: string): Promise<string> {
  return /^[^\s+]+\+[0-9a-f]{8}\+/.test(given) ? given : (await readFile(given, 'utf8')).trim();
}

async function readPolicyFile(file: string): Promise<Policy> {
  const policy = readPolicy(await readFile(file, 'utf8'));
  if (typeof policy === 'number') {
    throw new TypeError(`${file} is no policy${policy === 0 ? '' : `: line ${policy}`}`);
  }
  return policy;
}

async function readTrusted({ logKey, keyHistory, policy, kept }: Asked): Promise<TrustedLog> {
  return {
    ...(logKey === undefined ? {} : { logKey: await readLogKey(logKey) }),
    ...(keyHistory === undefined ? {} : { keyHistory: await readFile(keyHistory, 'utf8') }),
    ...(policy === undefined ? {} : { policy: await readPolicyFile(policy) }),
    kept: await Promise.all(kept.map((file) => readFile(file, 'utf8'))),
  };
}

type Kind = {
  /** Sees how the file begins. */
  readonly is: (beginning: Buffer) => boolean;
  /** Gives the exit code. */
  readonly verify: (asked: Asked, trusted: TrustedLog, print: Print) => Promise<number>;
};

/** A shorter log is verified before a thread has started. */
const longFile = 4_000_000;

async function verifyExportFile({ file }: Asked, trusted: TrustedLog, print: Print): Promise<number> {
  const chunks = createReadStream(file, { highWaterMark: 1_048_576 });
  const { size } = await stat(file);
  if (size < longFile) {
    return printExport(await verifyExport(chunks, trusted), print);
  }
  const threads = startThreads(new URL(import.meta.url));
  try {
    return printExport(await verifyExport(chunks, { ...trusted, findRun: threads.findRun }), print);
  } finally {
    await threads.stop();
  }
}

async function readIssuer({ issuer, keys }: Asked): Promise<{ readonly keys?: string; readonly issuer?: string }> {
  return { ...(keys === undefined ? {} : { keys: await readFile(keys, 'utf8') }), ...(issuer === undefined ? {} : { issuer }) };
}

async function verifyOneEntry(asked: Asked, trusted: TrustedLog, print: Print): Promise<number> {
  const text = await readFile(asked.file, 'utf8');
  if (isEntryFile(text)) {
    return printChecks(verifyEntry(text, trusted), print);
  }
  if (isFigures(text)) {
    return printFigures(verifyFigures(text, { kept: trusted.kept ?? [], ...(await readIssuer(asked)) }), print);
  }
  return printChecks(verifyReceipt(text, { ...trusted, ...(await readIssuer(asked)) }), print);
}

async function verifyPackFile(asked: Asked, trusted: TrustedLog, print: Print): Promise<number> {
  const files = await readPackFiles(asked.file);
  const issuer = await readIssuer(asked);
  return files !== undefined && isList(files)
    ? printList(verifyList(files, issuer), print)
    : printPack(verifyPack(files, { ...trusted, ...issuer }), print);
}

/** An export begins with its header line. A receipt or an entry may be written over many lines, so it is whatever nothing else is. */
const kinds: readonly Kind[] = [
  { is: (beginning) => /^[^\n]*"format":"huwiya-log\//.test(beginning.toString()), verify: verifyExportFile },
  { is: (beginning) => beginning.subarray(0, packMark.length).equals(packMark), verify: verifyPackFile },
  { is: () => true, verify: verifyOneEntry },
];

async function verifyFile(asked: Asked, print: Print): Promise<number> {
  const trusted = await readTrusted(asked);
  const beginning = await readBeginning(asked.file);
  const kind = kinds.find(({ is }) => is(beginning));
  return kind === undefined ? exitUnreadable : kind.verify(asked, trusted, print);
}

/** Gives the exit code. */
export async function runVerifier(args: readonly string[], print: Print): Promise<number> {
  if (args.includes('--help')) {
    print(usage);
    return 0;
  }
  const asked = findAsked(args);
  if (asked === undefined) {
    print(usage);
    return exitUsage;
  }
  try {
    return await verifyFile(asked, print);
  } catch (error) {
    print(`failed  the file could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    return exitUnreadable;
  }
}

if (isThread()) {
  answerAsThread();
} else if (import.meta.main) {
  process.exitCode = await runVerifier(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
}
