// `huwiya audit query`: what happened, when, for which service and purpose, about which attributes. Never about whom.

import { stringify } from 'csv-stringify/sync';
import type { Parts } from '../app.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import type { EventType } from '../domain/ledger/event.ts';
import type { Entry, EntryFilter } from '../domain/ledger/store.ts';
import type { ExitCode, Output } from './context.ts';
import { printLine, printTable } from './print.ts';
import { reportThrown } from './report-thrown.ts';
import { sequenceLog } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditQueryOptions = {
  readonly types: readonly EventType[];
  readonly service: string | undefined;
  readonly purpose: string | undefined;
  readonly attribute: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number | undefined;
  readonly format: 'table' | 'jsonl' | 'csv';
};

const pageSize = 1000;
const columns = ['index', 'type', 'at', 'service', 'purpose', 'attributes'] as const;

export async function runAuditQuery(parts: Parts, asked: AuditQueryOptions): Promise<ExitCode> {
  const broken = await sequenceLog(parts);
  if (broken !== undefined) {
    reportThrown(broken, standardErr);
  }
  printHead[asked.format](standardOut);
  let left = asked.limit ?? Number.POSITIVE_INFINITY;
  let after: number | null = null;
  do {
    const { entries, next } = await parts.storage.ledger.queryEntries(toFilter(asked), {
      order: 'oldest-first',
      after,
      limit: Math.min(pageSize, left),
    });
    printPage[asked.format](standardOut, entries);
    left -= entries.length;
    after = next;
  } while (after !== null && left > 0);
  return 0;
}

function toFilter({ types, service, purpose, attribute, from, to }: AuditQueryOptions): EntryFilter {
  return {
    ...(types.length === 0 ? {} : { types }),
    ...(service === undefined ? {} : { service }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function toCells({ index, type, at, service, purpose, attributes }: Entry): readonly string[] {
  return [String(index), type, toTimestamp(at), service ?? '', purpose ?? '', attributes.join(' ')];
}

function toJsonLine({ index, type, at, service, purpose, attributes }: Entry): string {
  return JSON.stringify({ index, type, at: toTimestamp(at), service, purpose, attributes });
}

const heading = ['INDEX', 'TYPE', 'AT', 'SERVICE', 'PURPOSE', 'ATTRIBUTES'];

const printHead = {
  table: (): void => undefined,
  jsonl: (): void => undefined,
  csv: (out: Output): void => out.write(stringify([[...columns]])),
} as const satisfies Record<AuditQueryOptions['format'], (out: Output) => void>;

const printPage = {
  table: (out: Output, entries: readonly Entry[]): void => printTable(out, [heading, ...entries.map(toCells)]),
  jsonl: (out: Output, entries: readonly Entry[]): void => entries.forEach((entry) => printLine(out, toJsonLine(entry))),
  // A cell that begins like a formula would be run by a spreadsheet.
  csv: (out: Output, entries: readonly Entry[]): void => out.write(stringify(entries.map(toCells), { escape_formulas: true })),
} as const satisfies Record<AuditQueryOptions['format'], (out: Output, entries: readonly Entry[]) => void>;
