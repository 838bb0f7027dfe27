// `huwiya audit query`: what happened, when, for which service and purpose, about which attributes. Never about whom. The look is an entry itself.

import type { Parts } from '../app.ts';
import type { SearchFilter } from '../domain/audit/filter.ts';
import type { ListedEntry } from '../domain/audit/look.ts';
import type { Order } from '../domain/audit/search-entries.ts';
import { takeEntries } from '../domain/audit/take-entries.ts';
import type { EventType } from '../domain/ledger/event.ts';
import { createDpvForm } from '../web/audit/dpv-lines.ts';
import { lineForms, toCells } from '../web/audit/entry-lines.ts';
import type { LineForm } from '../web/audit/entry-lines.ts';
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

/** Outside a case there is also `jsonld`: entries in the terms of a vocabulary that knows no pseudonym. */
export type AuditQueryAsked = Omit<AuditQueryOptions, 'format'> & { readonly format: AuditQueryOptions['format'] | 'jsonld' };

export async function runAuditQuery(parts: Parts, asked: AuditQueryAsked): Promise<ExitCode> {
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
  const print = format === 'jsonld' ? toPrinter(createDpvForm(parts.config.issuer)) : printers[format];
  print.head(standardOut);
  if (taken.value.count === 0) {
    print.entries(standardOut, []);
  }
  for await (const entries of taken.value.pages) {
    print.entries(standardOut, entries);
  }
  print.tail(standardOut);
  return 0;
}

function toFilter({ types, service, purpose, attribute, from, to }: AuditQueryAsked): SearchFilter {
  return {
    ...(types.length === 0 ? {} : { types }),
    ...(service === undefined ? {} : { service }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

const heading = ['INDEX', 'TYPE', 'AT', 'SERVICE', 'PURPOSE', 'ATTRIBUTES'];

type Printer = {
  readonly head: (out: Output) => void;
  readonly entries: (out: Output, entries: readonly ListedEntry[]) => void;
  readonly tail: (out: Output) => void;
};

const toPrinter = ({ head, tail = '', toLines }: LineForm & { readonly tail?: string }): Printer => ({
  head: (out) => out.write(head),
  entries: (out, entries) => out.write(toLines(entries)),
  tail: (out) => out.write(tail),
});

const printers = {
  table: {
    head: () => undefined,
    entries: (out, entries) => printTable(out, [heading, ...entries.map(toCells)]),
    tail: () => undefined,
  },
  jsonl: toPrinter(lineForms.jsonl),
  csv: toPrinter(lineForms.csv),
} as const satisfies Record<AuditQueryOptions['format'], Printer>;
