// What is sealed in a backup: a line that names a table and its columns, lines with groups of its rows, and at the end how many rows there were.

import { z } from 'zod';
import type { RowGroup } from '../../storage/load-rows.ts';
import type { TableRows } from '../../storage/read-tables.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const line = z.union([
  z.strictObject({ table: z.string(), columns: z.array(z.string()) }),
  z.strictObject({ rows: z.array(z.array(value)) }),
  z.strictObject({ end: z.int() }),
]);

export async function* toLines(tables: readonly TableRows[], report: (table: string, rows: number) => void): AsyncGenerator<string> {
  let count = 0;
  for (const { name, columns, groups } of tables) {
    yield `${JSON.stringify({ table: name, columns })}\n`;
    for await (const rows of groups) {
      count += rows.length;
      report(name, count);
      yield `${JSON.stringify({ rows })}\n`;
    }
  }
  yield `${JSON.stringify({ end: count })}\n`;
}

/** Groups of rows in the order in which they were written. Throws when the lines are not those of a whole backup. */
export async function* readGroups(lines: AsyncIterable<string>): AsyncGenerator<RowGroup> {
  let table: Omit<RowGroup, 'rows'> | undefined;
  let count = 0;
  let end: number | undefined;
  for await (const text of lines) {
    const parsed = line.parse(JSON.parse(text));
    if ('table' in parsed) {
      table = { name: parsed.table, columns: parsed.columns };
    } else if ('end' in parsed) {
      ({ end } = parsed);
    } else if (table !== undefined) {
      count += parsed.rows.length;
      yield { ...table, rows: parsed.rows };
    }
  }
  if (end !== count) {
    throw new RangeError('the backup does not hold the rows that it names');
  }
}
