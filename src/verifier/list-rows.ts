// The rows of a list, counted as its signed provenance counts them: how many, on which days, in the order of the log and within it. Goes over the bytes line by
// line: a list may be longer than any text can be.

export type ListForm = 'csv' | 'jsonl';

export type CountedRows = { readonly rows: number; readonly days: ReadonlyMap<string, number>; readonly last: number };

type Row = { readonly index: number; readonly day: string };

const lineEnd = 10;

function* readLines(bytes: Buffer): Generator<string> {
  let from = 0;
  for (let to = bytes.indexOf(lineEnd); to >= 0; to = bytes.indexOf(lineEnd, from)) {
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
  if (from < bytes.length) {
    yield bytes.toString('utf8', from);
  }
}

const patterns: Readonly<Record<ListForm, RegExp>> = {
  csv: /^"(\d{1,16})","(\d{4}-\d\d-\d\d)T[\d:.]+Z",[^\r]*\r$/u,
  jsonl: /^\{"index":(\d{1,16}),"at":"(\d{4}-\d\d-\d\d)T[\d:.]+Z",.*\}$/u,
};

function findRow(form: ListForm, line: string): Row | undefined {
  const [, index = '', day = ''] = patterns[form].exec(line) ?? [];
  return day === '' ? undefined : { index: Number(index), day };
}

/** The rows without the head of a sheet; `undefined` for a line that is none. */
function* readRows(form: ListForm, bytes: Buffer): Generator<Row | undefined> {
  let isHead = form === 'csv';
  for (const line of readLines(bytes)) {
    if (!isHead) {
      yield findRow(form, line);
    }
    isHead = false;
  }
}

/** `undefined` where a line is no row, or stands before one that is earlier in the log. */
export function countRows(form: ListForm, bytes: Buffer): CountedRows | undefined {
  const days = new Map<string, number>();
  let [rows, last] = [0, -1];
  for (const row of readRows(form, bytes)) {
    if (row === undefined || row.index <= last) {
      return undefined;
    }
    rows += 1;
    last = row.index;
    days.set(row.day, (days.get(row.day) ?? 0) + 1);
  }
  return { rows, days, last };
}
