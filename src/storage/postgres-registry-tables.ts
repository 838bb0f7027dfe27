// Tables of people, agencies and passkeys on PostgreSQL.

import { basisTypes, serviceClasses, serviceStatuses } from '../domain/agencies/agency.ts';
import { levels } from '../domain/kernel/levels.ts';
import type { AskedAttribute, ClientMetadata, DataStorage, Localized, PurposeDetails, Verification } from '../domain/agencies/agency.ts';
import { proofMethods } from '../domain/agencies/host-proof.ts';
import type { Organisation } from '../domain/agencies/agency.ts';
import { channels } from '../domain/declared/channel.ts';
import { reportCategories } from '../domain/home/report.ts';
import { ceremonyPurposes, passkeyEnds, standings } from '../domain/passkeys/passkey.ts';
import { personKinds, personStatuses, registryWords } from '../domain/people/person.ts';
import type { PersonKind } from '../domain/people/person.ts';
import { flag, json, table, text, whole } from './postgres-columns.ts';

export const people = table('people', {
  id: text('id').notNull(),
  kind: text('kind', { enum: personKinds }).notNull(),
  status: text('status', { enum: personStatuses }).notNull(),
  handle: text('handle').notNull(),
  language: text('language', { enum: ['ar', 'en'] }),
  registryDigest: text('registry_digest').notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
  declaredKey: text('declared_key'),
  declaredCiphertext: text('declared_ciphertext'),
  createdAt: whole('created_at').notNull(),
  updatedAt: whole('updated_at').notNull(),
  registryStatus: text('registry_status', { enum: registryWords }),
  signInsSince: whole('sign_ins_since'),
});

export const personSubjects = table('person_subjects', {
  registryDigest: text('registry_digest').notNull(),
  sector: text('sector').notNull(),
  subject: text('subject').notNull(),
});

export const erasures = table('erasures', {
  personId: text('person_id').notNull(),
  begunAt: whole('begun_at').notNull(),
  doneAt: whole('done_at'),
});

export const reports = table('reports', {
  id: text('id').notNull(),
  caseNumber: text('case_number').notNull(),
  personId: text('person_id').notNull(),
  clientId: text('client_id').notNull(),
  entryId: text('entry_id'),
  category: text('category', { enum: reportCategories }).notNull(),
  openedAt: whole('opened_at').notNull(),
  wordsKey: text('words_key').notNull(),
  wordsText: text('words_text').notNull(),
  answerKey: text('answer_key'),
  answerText: text('answer_text'),
  closedAt: whole('closed_at'),
});

export const invitations = table('invitations', {
  digest: text('digest').notNull(),
  personId: text('person_id').notNull(),
  createdAt: whole('created_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  usedAt: whole('used_at'),
  ceiling: text('ceiling', { enum: levels }).notNull(),
});

export const agencies = table('agencies', {
  id: text('id').notNull(),
  registrationNumber: text('registration_number').notNull(),
  name: json('name').$type<Localized>().notNull(),
  contacts: json('contacts').$type<Readonly<Record<string, string>>>().notNull(),
  organisation: json('organisation').$type<Organisation>(),
});

export const provenHosts = table('proven_hosts', {
  agencyId: text('agency_id').notNull(),
  host: text('host').notNull(),
  method: text('method', { enum: proofMethods }).notNull(),
  provenAt: whole('proven_at').notNull(),
});

export const services = table('services', {
  clientId: text('client_id').notNull(),
  agencyId: text('agency_id').notNull(),
  serviceClass: text('service_class', { enum: serviceClasses }).notNull(),
  name: json('name').$type<Localized>().notNull(),
  status: text('status', { enum: serviceStatuses }).notNull(),
  sector: text('sector').notNull(),
  audience: json('audience').$type<readonly PersonKind[]>().notNull(),
  minimumLevel: text('minimum_level', { enum: levels }).notNull(),
  metadata: json('metadata').$type<ClientMetadata>().notNull(),
  version: whole('version').notNull(),
});

export const serviceVersions = table('service_versions', {
  clientId: text('client_id').notNull(),
  version: whole('version').notNull(),
  since: whole('since'),
  entryId: text('entry_id'),
  submissionId: text('submission_id'),
  agencyId: text('agency_id').notNull(),
  serviceClass: text('service_class', { enum: serviceClasses }).notNull(),
  name: json('name').$type<Localized>().notNull(),
  sector: text('sector').notNull(),
  audience: json('audience').$type<readonly PersonKind[]>().notNull(),
  minimumLevel: text('minimum_level', { enum: levels }).notNull(),
  metadata: json('metadata').$type<ClientMetadata>().notNull(),
});

export const purposes = table('purposes', {
  clientId: text('client_id').notNull(),
  id: text('id').notNull(),
  version: whole('version').notNull(),
  isCurrent: flag('is_current').notNull(),
  isDefault: flag('is_default').notNull(),
  text: json('text').$type<Localized>().notNull(),
  basis: text('basis', { enum: basisTypes }).notNull(),
  lawRef: text('law_ref'),
  lawText: json('law_text').$type<Localized>(),
  basisByKind: json('basis_by_kind').$type<PurposeDetails['basisByKind']>(),
  code: text('code'),
  recipients: json('recipients').$type<PurposeDetails['recipients']>(),
  storage: json('storage').$type<DataStorage>(),
  terms: json('terms').$type<PurposeDetails['terms']>(),
  resources: json('resources').$type<PurposeDetails['resources']>(),
  verification: json('verification').$type<Verification>(),
  dpiaRef: text('dpia_ref'),
  retention: text('retention').notNull(),
  expiresAfter: text('expires_after').notNull(),
  attributes: json('attributes').$type<readonly AskedAttribute[]>().notNull(),
});

export const passkeys = table('passkeys', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
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
  ceiling: text('ceiling', { enum: levels }).notNull(),
  endedAt: whole('ended_at'),
  endReason: text('end_reason', { enum: passkeyEnds }),
});

export const ceremonies = table('ceremonies', {
  id: text('id').notNull(),
  challenge: text('challenge').notNull(),
  purpose: text('purpose', { enum: ceremonyPurposes }).notNull(),
  personId: text('person_id'),
  binding: text('binding').notNull(),
  expiresAt: whole('expires_at').notNull(),
});

/** At most one for each person and channel. The new address is sealed, the code a keyed digest. */
export const contactChanges = table('contact_changes', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  channel: text('channel', { enum: channels }).notNull(),
  sessionDigest: text('session_digest').notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
  codeDigest: text('code_digest').notNull(),
  tries: whole('tries').notNull(),
  begunAt: whole('begun_at').notNull(),
  sentAt: whole('sent_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
});

/** When codes were sent, for the limits. */
export const contactCodes = table('contact_codes', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  channel: text('channel', { enum: channels }).notNull(),
  destinationDigest: text('destination_digest').notNull(),
  sentAt: whole('sent_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
});
