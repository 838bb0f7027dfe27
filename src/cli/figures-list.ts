// `huwiya figures list`: which months were published.

import { toTimestamp } from '../domain/kernel/clock.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine, printTable } from './print.ts';

export async function runFiguresList({ out, storage }: Context, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const editions = await storage.figures.listEditions();
  const rows = editions.map(({ month, edition, publishedAt, digest }) => ({
    month,
    edition,
    published_at: toTimestamp(publishedAt),
    digest,
  }));
  if (json) {
    printJson(out, { editions: rows });
  } else if (rows.length === 0) {
    printLine(out, 'no month was published yet');
  } else {
    const cells = rows.map((row) => [row.month, String(row.edition), row.published_at, row.digest]);
    printTable(out, [['MONTH', 'EDITION', 'PUBLISHED', 'FINGERPRINT'], ...cells]);
  }
  return 0;
}
