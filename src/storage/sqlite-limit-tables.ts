// The table of limits on SQLite.

import { table, text, whole } from './sqlite-columns.ts';

/** One moment says how full a vessel is: until when it holds anything. The key is a keyed digest. */
export const limitCounts = table('limit_counts', {
  key: text('key').notNull(),
  expiresAt: whole('expires_at').notNull(),
});
