// Tables of auditors’ cases on SQLite.

import { findWays } from '../domain/audit/case-store.ts';
import { caseBases, caseScopeKinds } from '../domain/audit/case.ts';
import { suspendedKinds } from '../domain/audit/suspensions/suspension.ts';
import { unmaskStates } from '../domain/audit/unmask.ts';
import { table, text, whole } from './sqlite-columns.ts';

export const auditCases = table('audit_cases', {
  id: text('id').notNull(),
  number: text('number').notNull(),
  authority: text('authority').notNull(),
  basis: text('basis', { enum: caseBases }).notNull(),
  scope: text('scope', { enum: caseScopeKinds }).notNull(),
  agencyId: text('agency_id'),
  coversFrom: whole('covers_from'),
  coversTo: whole('covers_to'),
  openedBy: text('opened_by').notNull(),
  openedAt: whole('opened_at').notNull(),
  endsAt: whole('ends_at').notNull(),
  closedAt: whole('closed_at'),
  sealedKey: text('sealed_key').notNull(),
});

export const auditCaseMembers = table('audit_case_members', {
  caseId: text('case_id').notNull(),
  officerId: text('officer_id').notNull(),
  addedBy: text('added_by').notNull(),
  addedAt: whole('added_at').notNull(),
});

export const auditCasePeople = table('audit_case_people', {
  caseId: text('case_id').notNull(),
  pseudonym: text('pseudonym').notNull(),
  personId: text('person_id').notNull(),
  foundAt: whole('found_at'),
  foundBy: text('found_by'),
  foundWay: text('found_way', { enum: findWays }),
});

export const unmaskings = table('unmaskings', {
  id: text('id').notNull(),
  caseId: text('case_id').notNull(),
  pseudonym: text('pseudonym').notNull(),
  personId: text('person_id').notNull(),
  reason: text('reason').notNull(),
  minutes: whole('minutes').notNull(),
  court: text('court'),
  tellAt: whole('tell_at'),
  requestedBy: text('requested_by').notNull(),
  requestedWith: text('requested_with').notNull(),
  requestedAt: whole('requested_at').notNull(),
  openUntil: whole('open_until').notNull(),
  state: text('state', { enum: unmaskStates }).notNull(),
  decidedBy: text('decided_by'),
  decidedWith: text('decided_with'),
  decidedAt: whole('decided_at'),
  usableUntil: whole('usable_until'),
  uses: whole('uses').notNull(),
});

/** Entries that their person is told of later. */
export const keptBackEntries = table('kept_back_entries', {
  entryId: text('entry_id').notNull(),
  personId: text('person_id').notNull(),
  until: whole('until').notNull(),
});

/** Codes of registrars, by which a complainant is found within one case. */
export const caseLinks = table('case_links', {
  digest: text('digest').notNull(),
  caseNumber: text('case_number').notNull(),
  personId: text('person_id').notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: whole('made_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  usedAt: whole('used_at'),
});

/** Lists by which people are told of a breach. */
export const breachLists = table('breach_lists', {
  id: text('id').notNull(),
  caseId: text('case_id').notNull(),
  service: text('service').notNull(),
  from: whole('from_at').notNull(),
  to: whole('to_at').notNull(),
  size: whole('size').notNull(),
  people: whole('people').notNull(),
  reason: text('reason').notNull(),
  minutes: whole('minutes').notNull(),
  requestedBy: text('requested_by').notNull(),
  requestedWith: text('requested_with').notNull(),
  requestedAt: whole('requested_at').notNull(),
  openUntil: whole('open_until').notNull(),
  state: text('state', { enum: unmaskStates }).notNull(),
  decidedBy: text('decided_by'),
  decidedWith: text('decided_with'),
  decidedAt: whole('decided_at'),
  usableUntil: whole('usable_until'),
  uses: whole('uses').notNull(),
});

export const breachPeople = table('breach_people', {
  listId: text('list_id').notNull(),
  place: whole('place').notNull(),
  personId: text('person_id').notNull(),
  toldAt: whole('told_at'),
});

/** Services and officers that two members of a case suspended, and the ends of that. */
export const suspensions = table('suspensions', {
  id: text('id').notNull(),
  caseId: text('case_id').notNull(),
  kind: text('kind', { enum: suspendedKinds }).notNull(),
  subject: text('subject').notNull(),
  orderId: text('order_id'),
  reason: text('reason').notNull(),
  requestedBy: text('requested_by').notNull(),
  requestedWith: text('requested_with').notNull(),
  requestedAt: whole('requested_at').notNull(),
  openUntil: whole('open_until').notNull(),
  state: text('state', { enum: unmaskStates }).notNull(),
  decidedBy: text('decided_by'),
  decidedWith: text('decided_with'),
  decidedAt: whole('decided_at'),
  endedAt: whole('ended_at'),
});

/** Who reads one case, to a day. */
export const caseExperts = table('case_experts', {
  officerId: text('officer_id').notNull(),
  caseId: text('case_id').notNull(),
  appointedAt: whole('appointed_at').notNull(),
  endsAt: whole('ends_at').notNull(),
});
