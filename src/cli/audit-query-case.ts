// `huwiya audit query --case NUMBER`: entries within the reach of a case, newest first, under its pseudonyms, no more than
// one person takes alone. Every page of them is a look of the operator.

import { stringify } from 'csv-stringify/sync';
import type { Parts } from '../app.ts';
import type { AskNeeds } from '../domain/audit/questions/ask-question.ts';
import type { EntrySearch } from '../domain/audit/questions/entry-search.ts';
import { toListTable } from '../domain/audit/questions/list.ts';
import type { ListColumn } from '../domain/audit/questions/list.ts';
import type { Table } from '../domain/audit/questions/question.ts';
import { searchFacts } from '../domain/audit/questions/search-facts.ts';
import type { FoundFacts } from '../domain/audit/questions/search-facts.ts';
import type { Inside } from '../domain/audit/questions/sight.ts';
import { searchLimit } from '../domain/audit/search-entries.ts';
import { toRowCells, toRowJson } from '../web/audit/questions/answer-lines.ts';
import { findInside, toAskNeeds } from './audit-ask.ts';
import type { AuditQueryOptions } from './audit-query.ts';
import type { ExitCode } from './context.ts';
import { operator } from './look.ts';
import { createProgressBar, printFailure, printLine, printTable } from './print.ts';
import { reportThrown } from './report-thrown.ts';
import { sequenceLog } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

const columns: readonly ListColumn[] = ['entry', 'type', 'at', 'service', 'purpose', 'attributes', 'person'];

function toSearch({ attribute, from, purpose, service, to, types }: AuditQueryOptions): EntrySearch {
  return {
    ...(types.length === 0 ? {} : { types }),
    ...(service === undefined ? {} : { service }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attribute === undefined ? {} : { marks: [{ kind: 'attribute', term: attribute }] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );

const heads = {
  table: () => undefined,
  jsonl: () => undefined,
  csv: () => standardOut.write(toCsv([columns])),
} as const;

const printers = {
  table: (table: Table) => printTable(standardOut, [columns.map((name) => name.toUpperCase()), ...toRows(table)]),
  jsonl: (table: Table) => table.rows.forEach((row) => standardOut.write(`${JSON.stringify(toRowJson(table, row))}\n`)),
  csv: (table: Table) => standardOut.write(toCsv(toRows(table))),
} as const;

const toRows = (table: Table): readonly (readonly string[])[] => table.rows.map((row) => toRowCells(table, row));

function toTable({ facts }: FoundFacts): Table {
  const people = new Map(facts.map(({ person, personRef }) => [personRef, person]));
  return toListTable({ toPerson: (personRef) => people.get(personRef) ?? null }, facts, columns);
}

type Asked = { readonly options: AuditQueryOptions; readonly inside: Inside; readonly limit: number };

type Place = { readonly after: number | null; readonly asOf: number | null };

/** The log as it stood at the first page; an outcome that is refused is the last. */
async function* readPages(needs: AskNeeds, { inside, limit, options }: Asked): AsyncGenerator<Awaited<ReturnType<typeof searchFacts>>> {
  const standing = { inside, services: null };
  let place: Place | undefined = { after: null, asOf: null };
  for (let left = limit; place !== undefined && left > 0; left -= searchLimit) {
    const page = { after: place.after, limit: Math.min(left, searchLimit) };
    const found: Awaited<ReturnType<typeof searchFacts>> = await searchFacts(needs, operator, {
      search: toSearch(options),
      standing,
      asOf: place.asOf,
      page,
      form: options.format,
    });
    yield found;
    place = toNext(found);
  }
}

function toNext(found: Awaited<ReturnType<typeof searchFacts>>): Place | undefined {
  return found.ok && found.value.next !== null ? { after: found.value.next, asOf: found.value.checkpoint?.size ?? null } : undefined;
}

async function printPages(parts: Parts, asked: Asked): Promise<ExitCode> {
  const { format } = asked.options;
  const bar = createProgressBar(standardErr);
  const needs = toAskNeeds(parts, (done) => bar.draw({ label: 'facts', done, total: null }));
  let [isFirst, isMore] = [true, false];
  for await (const found of readPages(needs, asked)) {
    bar.end();
    if (!found.ok) {
      printFailure(standardErr, 'the entries', found.code);
      return 1;
    }
    if (isFirst) {
      heads[format]();
    }
    isFirst = false;
    isMore = found.value.next !== null;
    printers[format](toTable(found.value));
  }
  if (isMore && asked.limit < (asked.options.limit ?? Number.POSITIVE_INFINITY)) {
    printLine(standardErr, `more match: ${asked.limit} entries are what one person takes alone; ask for a file of the case at the desk`);
  }
  return 0;
}

export async function runAuditQueryInCase(parts: Parts, options: AuditQueryOptions, number: string): Promise<ExitCode> {
  const broken = await sequenceLog(parts);
  if (broken !== undefined) {
    reportThrown(broken, standardErr);
  }
  const inside = await findInside(parts, number);
  const alone = parts.config.exportAloneLimit;
  const limit = Math.min(options.limit ?? alone, alone);
  return inside === undefined || inside === null ? 1 : printPages(parts, { inside, options, limit });
}
