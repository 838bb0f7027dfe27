// An answer as the page shows it: cells in words, figures and rows that lead to the entries they count.

import type { ColumnName, QuestionName } from '../../../domain/audit/questions/names.ts';
import type { EntrySearch } from '../../../domain/audit/questions/entry-search.ts';
import type { Answer, Cell, CellKind, Column, Figure, Row, Table } from '../../../domain/audit/questions/question.ts';
import type { ShownCell, ShownChart, ShownFigure, ShownRow, ShownTable } from '../../../../views/question-model.ts';
import { toFactQuery } from './fact-query.ts';
import { toContent, toPlain } from './shown-cells.ts';
import type { CellWords } from './shown-cells.ts';

export type Links = {
  /** Where entries are listed. */
  readonly entriesUrl: string;
  /** Where the questions are that a consent, a notice or a person leads to. */
  readonly questionsUrl: string;
  readonly toEntryUrl: (index: number) => string;
  /** The same question about one officer, where it can be asked. */
  readonly toOfficerUrl?: (officerId: string) => string;
  /** The log as it stood; its size goes along, so that what is listed is what was counted. */
  readonly asOf: number;
};

export function toEntriesUrl({ entriesUrl, asOf }: Links, search: EntrySearch): string {
  const query = toFactQuery(search);
  query.set('as_of', String(asOf));
  return `${entriesUrl}?${query.toString()}`;
}

const questionsAbout: { readonly [Name in ColumnName]?: QuestionName } = {
  record: 'prove-consent',
  notice: 'what-was-shown',
  person: 'shared-about-person',
};

function toQuestionUrl({ questionsUrl }: Links, name: ColumnName, cell: Cell): string | null {
  const question = questionsAbout[name];
  const query = new URLSearchParams({ ask: '1', [name]: String(cell) });
  return question === undefined || typeof cell !== 'string' ? null : `${questionsUrl}/${question}?${query.toString()}`;
}

/** An officer stands as "officer 0198…", or by the id alone; nobody else's acts are asked about by name. */
function toOfficerUrl({ toOfficerUrl: toUrl }: Links, cell: Cell): string | null {
  const [, id] = (typeof cell === 'string' && /^(?:officer )?([\da-f]{8}-[\da-f-]{27})$/.exec(cell)) || [];
  return toUrl === undefined || id === undefined ? null : toUrl(id);
}

type Shown = { readonly words: CellWords; readonly links: Links };

function toCellUrl({ links }: Shown, column: Column, { cell, row }: { readonly cell: Cell; readonly row: Row }): string | null {
  if (column.kind === 'index' && typeof cell === 'number') {
    return links.toEntryUrl(cell);
  }
  if (column.kind === 'actor') {
    return toOfficerUrl(links, cell);
  }
  const own = row.links?.[column.name];
  return own === undefined ? toQuestionUrl(links, column.name, cell) : toEntriesUrl(links, own);
}

/** The first of many are enough to begin with. */
const mostLinks = 12;

function toEntryLinks({ links }: Shown, cell: Cell): ShownCell['content'] {
  const indexes = typeof cell === 'object' && cell !== null ? cell.map(Number) : [];
  return {
    kind: 'entries',
    count: indexes.length,
    entries: indexes.slice(0, mostLinks).map((index) => ({ index, url: links.toEntryUrl(index) })),
  };
}

function toRow(shown: Shown, { columns }: Table, row: Row): ShownRow {
  const cells = columns.map((column, at): ShownCell => {
    const cell = row.cells[at] ?? null;
    if (column.kind === 'indexes') {
      return { content: toEntryLinks(shown, cell), url: null };
    }
    return { content: toContent(shown.words, column.kind, cell), url: toCellUrl(shown, column, { cell, row }) };
  });
  return { cells, entriesUrl: row.entries === null ? null : toEntriesUrl(shown.links, row.entries) };
}

const counted: ReadonlySet<CellKind> = new Set(['number', 'millis', 'share', 'time', 'index', 'indexes']);

const placeOf = ({ columns }: Table, name: ColumnName): number => columns.findIndex((column) => column.name === name);

const isTold = (labels: readonly string[]): boolean => new Set(labels).size === labels.length;
const tellsApart = ({ kind, name }: Column): boolean => name === 'version' || !counted.has(kind);

function readColumn({ words }: Shown, { columns, rows }: Table, at: number): readonly string[] {
  const kind = columns[at]?.kind ?? 'code';
  return rows.map(({ cells }) => toPlain(words, toContent(words, kind, cells[at] ?? null)));
}

/** No two bars under one name: where rows share it, what tells them apart comes along, one other column or all of them. */
function toBarLabels(shown: Shown, table: Table, label: number): readonly string[] {
  const own = readColumn(shown, table, label);
  if (isTold(own)) {
    return own;
  }
  const others = table.columns.flatMap((column, at) => (at !== label && tellsApart(column) ? [readColumn(shown, table, at)] : []));
  const join = (added: readonly (readonly string[])[]): readonly string[] =>
    own.map((text, row) => [text, ...added.map((column) => column[row] ?? '')].join(shown.words.texts.t('list-comma')));
  return others.map((other) => join([other])).find(isTold) ?? join(others);
}

function toChart(shown: Shown, table: Table): ShownChart | null {
  const { words } = shown;
  if (table.chart === null) {
    return null;
  }
  const [label, value] = [placeOf(table, table.chart.label), placeOf(table, table.chart.value)];
  const kind = table.columns[value]?.kind ?? 'number';
  const isBars = table.chart.kind === 'bars';
  const labels = isBars ? toBarLabels(shown, table, label) : readColumn(shown, table, label);
  const points = table.rows.flatMap(({ cells }, row) => {
    const at = cells[value];
    return typeof at === 'number' ? [{ label: labels[row] ?? '', value: at, text: toPlain(words, toContent(words, kind, at)) }] : [];
  });
  if (isBars) {
    return { kind: 'bars', bars: points };
  }
  const dots = points.map((point) => ({ label: point.label, at: point.value }));
  const toDay = (at: number): string => (Number.isFinite(at) ? toPlain(words, { kind: 'day', value: at }) : '');
  const times = dots.map(({ at }) => at);
  return { kind: 'timeline', dots, firstDay: toDay(Math.min(...times)), lastDay: toDay(Math.max(...times)) };
}

const isNothing = (cell: Cell | undefined): boolean => cell === undefined || cell === null || (Array.isArray(cell) && cell.length === 0);

/** A column in which nothing stands is left out: persons outside a case, faults where there are none. */
function withoutEmpty(table: Table): Table {
  const kept = table.columns.flatMap((_, at) => (table.rows.some(({ cells }) => !isNothing(cells[at])) ? [at] : []));
  return {
    ...table,
    columns: table.columns.filter((_, at) => kept.includes(at)),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, at) => kept.includes(at)) })),
  };
}

function toTable(shown: Shown, given: Table): ShownTable {
  const table = withoutEmpty(given);
  return {
    name: table.name,
    columns: table.columns.map(({ name }) => name),
    rows: table.rows.map((row) => toRow(shown, table, row)),
    chart: toChart(shown, table),
    isCut: table.isCut,
  };
}

function toFigure({ words, links }: Shown, { name, kind, value, mustBeZero, entries }: Figure): ShownFigure {
  return {
    name,
    cell: { content: toContent(words, kind, value), url: entries === null ? null : toEntriesUrl(links, entries) },
    isZero: mustBeZero ? value === 0 : null,
  };
}

export function toShownAnswer(words: CellWords, links: Links, answer: Answer) {
  const shown = { words, links };
  return {
    figures: answer.figures.map((figure) => toFigure(shown, figure)),
    findings: answer.findings,
    tables: answer.tables.map((table) => toTable(shown, table)),
  };
}
