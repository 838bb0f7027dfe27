// `huwiya audit query`: what happened, when, for which service and purpose, about which attributes. Never about whom. The look is an entry itself.

import { stringify } from 'csv-stringify/sync';
import type { Parts } from '../app.ts';
import type { SearchFilter } from '../domain/audit/filter.ts';
import type { ListedEntry } from '../domain/audit/look.ts';
import type { Order } from '../domain/audit/search-entries.ts';
import { takeEntries } from '../domain/audit/take-entries.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import type { EventType } from '../domain/ledger/event.ts';
import type { ExitCode, Output } from './context.ts';
import { operator, toViewNeeds } from './look.ts';
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
  readonly order: Order;
  readonly format: 'table' | 'jsonl' | 'csv';
};

const columns = ['index', 'type', 'at', 'service', 'purpose', 'attributes'] as const;

export async function runAuditQuery(parts: Parts, asked: AuditQueryOptions): Promise<ExitCode> {
  const broken = await sequenceLog(parts);
  if (broken !== undefined) {
    reportThrown(broken, standardErr);
  }
  const { order, limit = null, format } = asked;
  const taken = await takeEntries(toViewNeeds(parts), operator, { filter: toFilter(asked), order, limit, form: format });
  if (!taken.ok) {
    printLine(standardErr, `${taken.detail}; huwiya agencies list and docs/reference/attributes.md name what there is`);
    return 1;
  }
  printHead[format](standardOut);
  if (taken.value.count === 0) {
    printPage[format](standardOut, []);
  }
  for await (const entries of taken.value.pages) {
    printPage[format](standardOut, entries);
  }
  return 0;
}

function toFilter({ types, service, purpose, attribute, from, to }: AuditQueryOptions): SearchFilter {
  return {
    ...(types.length === 0 ? {} : { types }),
    ...(service === undefined ? {} : { service }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function toCells({ index, type, at, service, purpose, attributes }: ListedEntry): readonly string[] {
  return [String(index), type, toTimestamp(at), service ?? '', purpose ?? '', attributes.join(' ')];
}

function toJsonLine({ index, type, at, service, purpose, attributes }: ListedEntry): string {
  return JSON.stringify({ index, type, at: toTimestamp(at), service, purpose, attributes });
}

const heading = ['INDEX', 'TYPE', 'AT', 'SERVICE', 'PURPOSE', 'ATTRIBUTES'];

const printHead = {
  table: (): void => undefined,
  jsonl: (): void => undefined,
  csv: (out: Output): void => out.write(stringify([[...columns]])),
} as const satisfies Record<AuditQueryOptions['format'], (out: Output) => void>;

const printPage = {
  table: (out: Output, entries: readonly ListedEntry[]): void => printTable(out, [heading, ...entries.map(toCells)]),
  jsonl: (out: Output, entries: readonly ListedEntry[]): void => entries.forEach((entry) => printLine(out, toJsonLine(entry))),
  // A cell that begins like a formula would be run by a spreadsheet.
  csv: (out: Output, entries: readonly ListedEntry[]): void => out.write(stringify(entries.map(toCells), { escape_formulas: true })),
} as const satisfies Record<AuditQueryOptions['format'], (out: Output, entries: readonly ListedEntry[]) => void>;
