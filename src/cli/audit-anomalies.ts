// `huwiya audit anomalies`: every rule over a period, for an operator. With an answer key of a made-up country it prints how much of what was planted is found.

import { z } from 'zod';
import type { Parts } from '../app.ts';
import { findAnomalies } from '../domain/audit/anomalies/find-anomalies.ts';
import type { Sweep } from '../domain/audit/anomalies/find-anomalies.ts';
import { scoreSweep } from '../domain/audit/anomalies/score.ts';
import type { Planting, RuleScore } from '../domain/audit/anomalies/score.ts';
import { catchUp } from '../domain/audit/catch-up.ts';
import { recordLook } from '../domain/audit/look.ts';
import { parseJson } from '../domain/kernel/canonical.ts';
import { systemClock, toTimestamp } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import { recordAtOnce } from '../oidc/record-event.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { unlimited } from './look.ts';
import { printJson, printLine, printTable } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditAnomaliesOptions = {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Absent: nothing is compared. */
  readonly key: string | undefined;
  readonly json: boolean;
};

const keySchema = z.object({
  plantings: z.array(z.object({ kind: z.string(), isLawful: z.boolean(), entries: z.array(z.int()) })),
});

/** More entries than this of one finding are not compared. */
const mostEntries = 100_000;

function readKey(file: string): readonly Planting[] | undefined {
  const read = keySchema.safeParse(parseJson(findFileText(file) ?? ''));
  return read.success ? read.data.plantings : undefined;
}

const toShare = (share: number | null): string => (share === null ? '–' : share.toFixed(3));

function printScores(scores: readonly RuleScore[]): void {
  printTable(standardOut, [
    ['RULE', 'MUST BE ZERO', 'PLANTED', 'FOUND', 'RIGHT', 'RECALL', 'PRECISION'],
    ...scores.map(({ rule, mustBeZero, planted, found, right, recall, precision }) => [
      rule,
      mustBeZero ? 'yes' : 'no',
      String(planted),
      String(found),
      String(right),
      toShare(recall),
      toShare(precision),
    ]),
  ]);
}

const toNumbers = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

function printFindings({ findings, size }: Sweep): void {
  const rows = findings.flatMap(({ anomalies }) =>
    anomalies.map(({ rule, service, purpose, officer, numbers, from, entries }) => [
      rule,
      service ?? officer ?? '–',
      purpose ?? '–',
      toTimestamp(from).slice(0, 10),
      toNumbers(numbers),
      entries.slice(0, 6).join(' '),
    ]),
  );
  printTable(standardOut, [['RULE', 'WHO', 'PURPOSE', 'SINCE', 'NUMBERS', 'ENTRIES'], ...rows]);
  printLine(standardOut, `${rows.length} findings in the first ${size} entries`);
}

/** Facts are made in small acts, so that no sign-in waits; a command waits for all of them. */
async function bringUp({ storage }: Parts): Promise<void> {
  const covered = (await storage.ledger.findCheckpoint())?.size ?? 0;
  for (let done = -1, last = -2; done < covered && done !== last;) {
    last = done;
    done = await catchUp(storage);
  }
}

async function sweep(parts: Parts, { from = 0, to = systemClock.now() }: AuditAnomaliesOptions): Promise<Sweep> {
  const { storage } = parts;
  await bringUp(parts);
  const swept = await findAnomalies(storage, { from, to, services: null, most: mostEntries });
  const record: Parameters<typeof recordLook>[0]['record'] = async (event) =>
    recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event);
  const returned = swept.findings.reduce((sum, { anomalies }) => sum + anomalies.length, 0);
  const parameters = { from: toTimestamp(from), to: toTimestamp(to) };
  const payload = { query: 'anomalies', parameters, case: null, as_of: swept.size, after: null, returned, form: 'table' };
  const needs = { clock: systemClock, random: systemRandom, assertRoom: unlimited, record };
  await recordLook(needs, { kind: 'operator', ref: null }, { type: 'record.searched', payload });
  return swept;
}

function print(swept: Sweep, scores: readonly RuleScore[] | null, { json }: AuditAnomaliesOptions): void {
  if (json) {
    const findings = swept.findings.flatMap(({ anomalies }) => anomalies.map((anomaly) => ({ ...anomaly })));
    printJson(standardOut, { size: swept.size, findings, scores: scores?.map((score) => ({ ...score })) ?? null });
  } else if (scores === null) {
    printFindings(swept);
  } else {
    printScores(scores);
  }
}

export async function runAuditAnomalies(parts: Parts, options: AuditAnomaliesOptions): Promise<ExitCode> {
  const plantings = options.key === undefined ? null : readKey(options.key);
  if (plantings === undefined) {
    printLine(standardErr, `${options.key}: is no answer key of a made-up country`);
    return 1;
  }
  const swept = await sweep(parts, options);
  print(swept, plantings === null ? null : scoreSweep(swept, plantings), options);
  return 0;
}
