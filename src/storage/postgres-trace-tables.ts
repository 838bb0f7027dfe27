// Tables of what developers of services see of their own requests on PostgreSQL.

import { traceRules } from '../domain/traces/rules.ts';
import { traceShares } from '../domain/traces/store.ts';
import { traceEndpoints, traceSteps } from '../domain/traces/trace.ts';
import type { TraceFact } from '../domain/traces/trace.ts';
import { json, table, text, whole } from './postgres-columns.ts';

export const traces = table('traces', {
  id: text('id').notNull(),
  reference: text('reference').notNull(),
  at: whole('at').notNull(),
  clientId: text('client_id').notNull(),
  endpoint: text('endpoint', { enum: traceEndpoints }).notNull(),
  step: text('step', { enum: traceSteps }).notNull(),
  visit: text('visit'),
  rule: text('rule', { enum: traceRules }),
  error: text('error'),
  detail: text('detail'),
  status: whole('status').notNull(),
  asked: json('asked').$type<readonly TraceFact[]>().notNull(),
  expiresAt: whole('expires_at').notNull(),
});

/** How many requests of one service there were on one day, and of how many a trace was to be kept: once the day is full, that is more than were. */
export const traceCounts = table('trace_counts', {
  id: text('id').notNull(),
  clientId: text('client_id').notNull(),
  share: text('share', { enum: traceShares }).notNull(),
  day: whole('day').notNull(),
  seen: whole('seen').notNull(),
  kept: whole('kept').notNull(),
  expiresAt: whole('expires_at').notNull(),
});
