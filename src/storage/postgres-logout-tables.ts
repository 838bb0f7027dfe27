// Tables of what services are told of the end of sessions on PostgreSQL.

import { serviceSessionStates } from '../domain/logout/service-session.ts';
import { table, text, whole } from './postgres-columns.ts';

export const serviceSessions = table('service_sessions', {
  id: text('id').notNull(),
  sessionUid: text('session_uid').notNull(),
  personId: text('person_id').notNull(),
  clientId: text('client_id').notNull(),
  sid: text('sid').notNull(),
  enteredAt: whole('entered_at').notNull(),
  state: text('state', { enum: serviceSessionStates }).notNull(),
  endedAt: whole('ended_at'),
  settledAt: whole('settled_at'),
  expiresAt: whole('expires_at').notNull(),
});
