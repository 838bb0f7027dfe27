// `huwiya audit show INDEX`: one entry, and whether its proof holds. What checks it is the separate verifier, with the key of this node.

import { closeSync, rmSync, writeSync } from 'node:fs';
import type { Parts } from '../app.ts';
import { toEntryBody } from '../domain/audit/entry-body.ts';
import { findEntryFile } from '../domain/audit/entry-file.ts';
import type { EntryFile } from '../domain/audit/entry-file.ts';
import type { EntryView } from '../domain/audit/view-entry.ts';
import { viewEntry } from '../domain/audit/view-entry.ts';
import type { Inside } from '../domain/audit/questions/sight.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import { succeed } from '../domain/kernel/errors.ts';
import type { ErrorCode, Outcome } from '../domain/kernel/errors.ts';
import { toVerifier, toVerifierText } from '../domain/ledger/signed-note.ts';
import { verifyEntry } from '../verifier/verify-entry.ts';
import type { EntryReport } from '../verifier/verify-entry.ts';
import { findInside } from './audit-ask.ts';
import type { ExitCode } from './context.ts';
import { claimFile } from './files/claim-file.ts';
import { operator, toViewNeeds } from './look.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';
import { reportThrown } from './report-thrown.ts';
import { sequenceLog, toLogSigner } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditShowOptions = {
  readonly index: number;
  /** Number of the case that is looked through, as on the paper. */
  readonly case: string | undefined;
  readonly proof: string | undefined;
  readonly json: boolean;
};

type Shown = { readonly view: EntryView; readonly file: EntryFile | undefined; readonly report: EntryReport | undefined };

export async function runAuditShow(parts: Parts, asked: AuditShowOptions): Promise<ExitCode> {
  const claimed = asked.proof === undefined ? undefined : claimFile(asked.proof);
  if (claimed?.ok === false) {
    printLine(standardErr, `${claimed.file}: ${claimed.problem}`);
    return 1;
  }
  return show(parts, asked, claimed);
}

async function show(parts: Parts, asked: AuditShowOptions, target: Target | undefined): Promise<ExitCode> {
  const shown = await findOrSay(parts, asked);
  const isWritten = writeProof(target, shown);
  if (shown === undefined) {
    return 1;
  }
  print(shown, asked);
  return shown.report?.isValid === true && isWritten ? 0 : 1;
}

/** `undefined` where it was said already why there is nothing to show. */
async function findOrSay(parts: Parts, asked: AuditShowOptions): Promise<Shown | undefined> {
  const inside = await findInside(parts, asked.case);
  const found = inside === undefined ? undefined : await findShown(parts, asked, inside);
  if (found?.ok === false) {
    printFailure(standardErr, String(asked.index), found.code);
  }
  return found?.ok === true ? found.value : undefined;
}

function toForm({ proof, json }: AuditShowOptions): 'proof-file' | 'json' | 'text' {
  if (proof !== undefined) {
    return 'proof-file';
  }
  return json ? 'json' : 'text';
}

async function findShown(parts: Parts, asked: AuditShowOptions, inside: Inside | null): Promise<Outcome<Shown, ErrorCode>> {
  const broken = await sequenceLog(parts);
  if (broken !== undefined) {
    reportThrown(broken, standardErr);
  }
  const found = await viewEntry(toViewNeeds(parts), operator, { index: asked.index, form: toForm(asked), inside });
  if (!found.ok) {
    return found;
  }
  const logKey = toVerifierText(toVerifier(toLogSigner(parts)));
  const file = findEntryFile(found.value, logKey);
  return succeed({ view: found.value, file, report: file && verifyEntry(JSON.stringify(file), { logKey }) });
}

type Target = { readonly file: string; readonly handle: number };

/** A file that was claimed and has nothing to hold does not stay. */
function writeProof(target: Target | undefined, shown: Shown | undefined): boolean {
  if (target === undefined) {
    return true;
  }
  const proof = shown?.file;
  if (proof !== undefined) {
    writeSync(target.handle, `${JSON.stringify(proof, undefined, 2)}\n`);
  }
  closeSync(target.handle);
  if (proof === undefined) {
    rmSync(target.file);
  }
  return proof !== undefined;
}

function print(shown: Shown, { json, proof }: AuditShowOptions): void {
  if (json) {
    printJson(standardOut, toJson(shown));
  } else {
    printTable(standardOut, toRows(shown.view));
    printChecks(shown);
  }
  if (proof !== undefined && shown.file !== undefined && !json) {
    printLine(standardOut, `${proof}: written`);
  }
}

function toJson({ view, report }: Shown) {
  const { entry, person, pseudonym, proof, checkpoint, decisions } = view;
  return {
    entry: { ...entry, at: toTimestamp(entry.at), attributes: [...entry.attributes] },
    person,
    ...(pseudonym === null ? {} : { pseudonym }),
    proof: proof && { ...proof, path: [...proof.path] },
    checkpoint: checkpoint?.text ?? null,
    decisions: decisions.map(({ index, type, at }) => ({ index, type, at: toTimestamp(at) })),
    checks: report === undefined ? [] : report.checks.map((check) => ({ ...check })),
    is_proven: report?.isValid === true,
  };
}

function toRows({ entry, person, pseudonym, decisions }: EntryView): readonly (readonly [string, string])[] {
  const { actor, purposeVersion, record, reason } = toEntryBody(entry.body);
  const purpose = entry.purpose !== null && purposeVersion !== null ? `${entry.purpose}, version ${purposeVersion}` : entry.purpose;
  const rows: readonly (readonly [string, string | null])[] = [
    ['index', String(entry.index)],
    ['type', entry.type],
    ['at', toTimestamp(entry.at)],
    ['actor', actor.ref === null ? actor.kind : `${actor.kind} ${actor.ref}`],
    ['service', entry.service],
    ['purpose', purpose],
    ['attributes', entry.attributes.join(' ') || null],
    ['reason', reason],
    ['record', record],
    ['decisions', decisions.map(({ index, type }) => `${index} ${type}`).join(', ') || null],
    ['pseudonym', pseudonym],
    ['person', person === null ? null : `${person} (the mask of this entry, in no other)`],
    ['body', entry.body],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function printChecks({ view, report }: Shown): void {
  report?.checks.forEach(({ name, result, detail }) => printLine(standardOut, `${result.padEnd(7)} ${name}: ${detail}`));
  if (report?.isValid === true) {
    printLine(standardOut, `the entry is proven under the checkpoint of ${view.checkpoint?.size ?? 0} entries`);
  } else {
    const reason = view.entry.salt === null ? 'what opens it was erased' : 'follow docs/runbooks/broken-log.md';
    printLine(standardErr, `THE ENTRY IS NOT PROVEN: ${reason}`);
  }
}
