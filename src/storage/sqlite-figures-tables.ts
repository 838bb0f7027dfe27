// The table of public figures on SQLite.

import { table, text, whole } from './sqlite-columns.ts';

export const publishedFigures = table('published_figures', {
  month: text('month').notNull(),
  edition: whole('edition').notNull(),
  publishedAt: whole('published_at').notNull(),
  digest: text('digest').notNull(),
  document: text('document').notNull(),
  signature: text('signature').notNull(),
});
