// What happened to the person's data, as the entries tell it that stand about this person: what the person sees is what an auditor sees.

import { z } from 'zod';
import { verifiedClaims } from '../../domain/verified/ask-verified.ts';
import { findAttribute } from '../../domain/attributes/catalogue.ts';
import type { OwnDecision, OwnEntriesAsked, OwnEntry, OwnEntryFilter } from '../../domain/home/store.ts';
import type { EventType } from '../../domain/ledger/event.ts';
import { caseSteps } from '../../domain/protection/case.ts';
import { unfreezeWays } from '../../domain/protection/freeze.ts';
import type { ActivityGroup, ActivityItem, ActivityKind } from '../../../views/activity-model.ts';
import type { PageNeeds } from '../needs.ts';
import { createServiceReader, toReceiptLink, toServiceUrl } from './account-model.ts';
import type { PurposeVersion, ServiceReader } from './account-model.ts';
import type { Account } from './open-account.ts';
import { findSessionEnd } from './session-end.ts';

const shown: readonly (readonly [EventType, ActivityKind, ActivityGroup])[] = [
  ['consent.given', 'given', 'decided'],
  ['consent.renewed', 'renewed', 'decided'],
  ['consent.narrowed', 'narrowed', 'decided'],
  ['consent.notified', 'notified', 'decided'],
  ['consent.refused', 'refused', 'decided'],
  ['consent.deferred', 'deferred', 'decided'],
  ['consent.paused', 'paused', 'decided'],
  ['consent.resumed', 'resumed', 'decided'],
  ['consent.withdrawn', 'withdrawn', 'decided'],
  ['consent.expired', 'expired', 'decided'],
  ['consent.revoked', 'revoked', 'decided'],
  ['consent.invalidated', 'invalidated', 'decided'],
  ['data.released', 'released', 'shared'],
  ['token.refreshed', 'refreshed', 'shared'],
  ['data.denied', 'denied', 'over-asked'],
  ['data.over_ask', 'over-asked', 'over-asked'],
  ['service.entered', 'signed-in', 'entered'],
  ['session.started', 'session-started', 'entered'],
  ['session.ended', 'session-ended', 'entered'],
  ['passkey.registered', 'passkey-added', 'access'],
  ['passkey.raised', 'passkey-raised', 'access'],
  ['passkey.suspended', 'passkey-suspended', 'access'],
  ['passkey.renamed', 'passkey-renamed', 'access'],
  ['passkey.removed', 'passkey-removed', 'access'],
  ['recovery.begun', 'recovery-begun', 'access'],
  ['recovery.ready', 'recovery-ready', 'access'],
  ['recovery.approved', 'recovery-approved', 'access'],
  ['recovery.cancelled', 'recovery-cancelled', 'access'],
  ['recovery.refused', 'recovery-refused', 'access'],
  ['recovery.expired', 'recovery-expired', 'access'],
  ['recovery.completed', 'recovery-completed', 'access'],
  ['person.changed', 'details-changed', 'access'],
  ['person.invited', 'invited', 'access'],
  ['person.level_code_made', 'level-code-made', 'access'],
  ['person.proofed', 'proofed', 'access'],
  ['person.looked_up', 'looked-up', 'access'],
  ['person.document_differed', 'document-differed', 'access'],
  ['person.status_changed', 'status-changed', 'access'],
  ['person.frozen', 'frozen', 'access'],
  ['person.unfreeze_begun', 'unfreeze-begun', 'access'],
  ['person.unfrozen', 'unfrozen', 'access'],
  ['person.order_lifted', 'order-lifted', 'access'],
  ['person.disowned', 'disowned', 'access'],
  ['case.noted', 'case-noted', 'access'],
  ['case.closed', 'case-closed', 'access'],
  ['freeze_codes.made', 'freeze-code-made', 'access'],
  ['unmask.used', 'unmasked', 'access'],
  ['unmask.listed', 'breach-listed', 'access'],
  ['audit.person_found', 'found-in-case', 'access'],
  ['complaint.opened', 'reported', 'decided'],
  ['complaint.closed', 'answered', 'decided'],
];

const kinds: ReadonlyMap<string, ActivityKind> = new Map(shown.map(([type, kind]) => [type, kind]));

const returningSchema = z.object({ payload: z.object({ returning: z.literal(true) }) });

export function findActivityKind({ type, body }: Pick<OwnEntry, 'type' | 'body'>): ActivityKind | undefined {
  const kind = kinds.get(type);
  return kind === 'invited' && returningSchema.safeParse(JSON.parse(body)).success ? 'invited-again' : kind;
}

export function toTypes(group: ActivityGroup | undefined): readonly EventType[] {
  return shown.filter(([, , candidate]) => group === undefined || candidate === group).map(([type]) => type);
}

// These concern the person alone: the words of all others name their service.
const withoutService: ReadonlySet<ActivityKind> = new Set([
  'session-started',
  'session-ended',
  'passkey-added',
  'passkey-raised',
  'passkey-suspended',
  'passkey-renamed',
  'passkey-removed',
  'recovery-begun',
  'recovery-ready',
  'recovery-approved',
  'recovery-cancelled',
  'recovery-refused',
  'recovery-expired',
  'recovery-completed',
  'details-changed',
  'invited',
  'invited-again',
  'level-code-made',
  'proofed',
  'looked-up',
  'document-differed',
  'status-changed',
  'frozen',
  'unfreeze-begun',
  'unfrozen',
  'order-lifted',
  'disowned',
  'case-noted',
  'case-closed',
  'freeze-code-made',
  'unmasked',
  'found-in-case',
]);

/** Null where the person acted alone; undefined for a service that is no longer registered, or one of our own. */
function findItemService(entry: OwnEntry, kind: ActivityKind, reader: ServiceReader): ActivityItem['service'] | undefined {
  if (withoutService.has(kind)) {
    return null;
  }
  const registered = entry.service === null ? undefined : reader.findService(entry.service);
  return (
    registered && {
      serviceName: registered.service.name[reader.language],
      agencyName: registered.agency.name[reader.language],
      url: toServiceUrl(registered.service.clientId),
    }
  );
}

const versionSchema = z.object({ purpose_version: z.int().nullable() });

/** The purpose as it was when this happened. */
function findVersion({ body, purpose, service }: Pick<OwnEntry, 'body' | 'purpose' | 'service'>): PurposeVersion | undefined {
  return service === null || purpose === null
    ? undefined
    : { clientId: service, purposeId: purpose, purposeVersion: versionSchema.parse(JSON.parse(body)).purpose_version };
}

function toNamed(entry: OwnEntry): readonly ({ readonly clientId: string } | PurposeVersion)[] {
  const version = findVersion(entry);
  return entry.service === null ? [] : [version ?? { clientId: entry.service }];
}

function findPurposeText(entry: OwnEntry, reader: ServiceReader): string | null {
  const version = findVersion(entry);
  return (version && reader.findPurpose(version)?.text[reader.language]) ?? null;
}

const decisionSchema = z.object({ record: z.string().nullable(), payload: z.object({ version: z.int().optional() }) });

/** The record and version that an entry of a decision tells of. */
export function findDecisionPlace(
  entry: Pick<OwnEntry, 'type' | 'body'>,
): { readonly consentId: string; readonly version: number } | undefined {
  if (!entry.type.startsWith('consent.')) {
    return undefined;
  }
  const { record, payload } = decisionSchema.parse(JSON.parse(entry.body));
  return record === null || payload.version === undefined ? undefined : { consentId: record, version: payload.version };
}

export type ActivityReader = ServiceReader & {
  readonly decisions: ReadonlyMap<string, OwnDecision>;
  /** A service can ask for what no catalogue has. */
  readonly toLabel: (attribute: string) => string;
};

export function toDetailLabel({ frame, language }: Account, attribute: string): string {
  const named = findAttribute(attribute)?.labels[language];
  return named ?? frame.texts.t(attribute === verifiedClaims ? 'term-verification' : 'attribute-unlisted');
}

/** What the words of these entries need: their services, and the receipts of the decisions among them. */
export async function createActivityReader(needs: PageNeeds, account: Account, entries: readonly OwnEntry[]): Promise<ActivityReader> {
  const places = entries.map(findDecisionPlace).filter((place) => place !== undefined);
  const decisions = await needs.home.readDecisionsAt(account.person.id, places);
  const reader = await createServiceReader(needs, account, entries.flatMap(toNamed));
  const toLabel = (attribute: string): string => toDetailLabel(account, attribute);
  return { ...reader, toLabel, decisions: new Map(decisions.map((decision) => [decision.eventId, decision])) };
}

const caseSchema = z.object({ payload: z.object({ case: z.string() }) });

const stepSchema = z.object({ payload: z.object({ step: z.enum(caseSteps) }) });

const openedSchema = z.object({
  payload: z.union([z.object({ by: z.enum(unfreezeWays) }), z.object({ after: z.enum(['delay', 'order', 'recovery']) })]),
});

function findOpener(body: string): ActivityItem['note'] {
  const opened = openedSchema.safeParse(JSON.parse(body));
  if (!opened.success) {
    return null;
  }
  const { payload } = opened.data;
  return 'by' in payload ? `unfreeze-by-${payload.by}` : `unfrozen-after-${payload.after}`;
}

/** Whoever was signed out wonders whether a stranger did it, whoever has a case what came of it, and whoever was frozen who opened. */
function findNote({ type, body }: OwnEntry): ActivityItem['note'] {
  if (type === 'case.noted' || type === 'case.closed') {
    return `case-step-${stepSchema.parse(JSON.parse(body)).payload.step}`;
  }
  if (type === 'person.unfreeze_begun' || type === 'person.unfrozen') {
    return findOpener(body);
  }
  const reason = type === 'session.ended' ? findSessionEnd(body) : null;
  return reason === null ? null : `sign-in-end-${reason}`;
}

export function toActivityUrl(id: string): string {
  return `/account/activity/${encodeURIComponent(id)}`;
}

/** Their words name the case. */
const ofCases: ReadonlySet<ActivityKind> = new Set(['unmasked', 'found-in-case', 'breach-listed']);

export function toItem(entry: OwnEntry, reader: ActivityReader): ActivityItem | undefined {
  const kind = findActivityKind(entry);
  const service = kind === undefined ? undefined : findItemService(entry, kind, reader);
  if (kind === undefined || service === undefined) {
    return undefined;
  }
  const decision = reader.decisions.get(entry.id);
  return {
    kind,
    at: entry.at,
    service,
    purpose: findPurposeText(entry, reader),
    attributeLabels: entry.attributes.map(reader.toLabel),
    receipt: decision === undefined ? null : toReceiptLink(decision),
    url: toActivityUrl(entry.id),
    note: findNote(entry),
    ...(ofCases.has(kind) ? { caseNumber: caseSchema.parse(JSON.parse(entry.body)).payload.case } : {}),
  };
}

export type Activity = {
  /** Newest first. */
  readonly items: readonly ActivityItem[];
  /** Where the next page goes on; null on the last one. */
  readonly next: string | null;
  readonly lookedBackTo: number | null;
  readonly entries: readonly OwnEntry[];
};

export async function findActivity(
  needs: PageNeeds,
  account: Account,
  asked: { readonly filter: OwnEntryFilter; readonly page: OwnEntriesAsked },
): Promise<Activity> {
  const found = await needs.home.readEntries(account.person.id, { types: toTypes(undefined), ...asked.filter }, asked.page);
  const reader = await createActivityReader(needs, account, found.entries);
  const items = found.entries.map((entry) => toItem(entry, reader)).filter((item) => item !== undefined);
  return { items, next: found.next, lookedBackTo: found.lookedBackTo, entries: found.entries };
}
