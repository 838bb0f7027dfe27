// Tables of staff on PostgreSQL.

import { officerStatuses, roles } from '../domain/staff/officer.ts';
import { flag, json, table, text, whole } from './postgres-columns.ts';

export const officers = table('officers', {
  id: text('id').notNull(),
  name: text('name').notNull(),
  role: text('role', { enum: roles }).notNull(),
  agencyId: text('agency_id'),
  status: text('status', { enum: officerStatuses }).notNull(),
  language: text('language', { enum: ['ar', 'en'] }),
  handle: text('handle').notNull(),
  createdAt: whole('created_at').notNull(),
});

export const officerInvitations = table('officer_invitations', {
  digest: text('digest').notNull(),
  officerId: text('officer_id').notNull(),
  createdAt: whole('created_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  usedAt: whole('used_at'),
});

export const officerPasskeys = table('officer_passkeys', {
  id: text('id').notNull(),
  officerId: text('officer_id').notNull(),
  publicKey: text('public_key').notNull(),
  counter: whole('counter').notNull(),
  transports: json('transports').$type<readonly string[]>().notNull(),
  aaguid: text('aaguid').notNull(),
  isBackupEligible: flag('is_backup_eligible').notNull(),
  isBackedUp: flag('is_backed_up').notNull(),
  attestationFormat: text('attestation_format').notNull(),
  attestation: text('attestation').notNull(),
  createdAt: whole('created_at').notNull(),
  lastUsedAt: whole('last_used_at'),
});

export const staffSessions = table('staff_sessions', {
  digest: text('digest').notNull(),
  officerId: text('officer_id').notNull(),
  startedAt: whole('started_at').notNull(),
  lastSeenAt: whole('last_seen_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  endedAt: whole('ended_at'),
});
