// Tables of staff, and of what waits for them, on SQLite.

import { standings, suspicions } from '../domain/passkeys/passkey.ts';
import { submissionStates } from '../domain/agencies/submission.ts';
import type { Submission } from '../domain/agencies/submission.ts';
import { actorKinds } from '../domain/ledger/event.ts';
import { officerStatuses, roles } from '../domain/staff/officer.ts';
import { flag, json, table, text, whole } from './sqlite-columns.ts';

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
  isStatementVerified: flag('is_statement_verified').notNull(),
  createdAt: whole('created_at').notNull(),
  lastUsedAt: whole('last_used_at'),
  standing: text('standing', { enum: standings }).notNull(),
  judgedVersion: whole('judged_version').notNull(),
  endedAt: whole('ended_at'),
  endReason: text('end_reason', { enum: suspicions }),
});

export const staffSessions = table('staff_sessions', {
  digest: text('digest').notNull(),
  officerId: text('officer_id').notNull(),
  passkeyId: text('passkey_id'),
  startedAt: whole('started_at').notNull(),
  lastSeenAt: whole('last_seen_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  endedAt: whole('ended_at'),
});

export const submissions = table('submissions', {
  id: text('id').notNull(),
  state: text('state', { enum: submissionStates }).notNull(),
  review: text('review', { enum: ['reviewed', 'dual'] }).notNull(),
  submitterKind: text('submitter_kind', { enum: actorKinds }).notNull(),
  submitterRef: text('submitter_ref'),
  submittedAt: whole('submitted_at').notNull(),
  content: json('content').$type<Submission['content']>().notNull(),
  digest: text('digest').notNull(),
  base: text('base').notNull(),
  decidedBy: text('decided_by'),
  decidedAt: whole('decided_at'),
  reason: text('reason'),
});

export const submissionApprovals = table('submission_approvals', {
  submissionId: text('submission_id').notNull(),
  officerId: text('officer_id').notNull(),
  approvedAt: whole('approved_at').notNull(),
  reason: text('reason').notNull(),
});
