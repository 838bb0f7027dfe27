// What the ledger records, and the exact bytes by which an event enters the tree. The tree holds only a salted commitment and a random id;
// whatever says something about a person stays in the body, the salt and the person's reference, which live outside and can be erased.
// A change to any byte form in this file would orphan every proof already given: a new form needs a new `v` in the leaf.

import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

/** Every type of event and when it is written; docs/reference/events.md is printed from it. */
export const eventCatalogue = {
  'consent.requested': 'A person was shown what a service asks; once in each request, whatever they answered.',
  'consent.given': 'A person agreed to share the listed attributes with a service for a purpose.',
  'consent.notified': 'A person was told of a release whose legal basis is not consent, and continued.',
  'consent.refused': 'A person refused what a service asked; what stood before goes on as it was.',
  'consent.deferred': 'A person turned back from a page or a notice and decided nothing; what stood before goes on as it was.',
  'consent.renewed': 'A person agreed again before or after a consent ran out.',
  'consent.narrowed': 'A person took some attributes out of a consent that goes on.',
  'consent.paused': 'A person paused a consent; nothing is released under it until they resume it.',
  'consent.resumed': 'A person resumed a paused consent; it runs until the end it had.',
  'consent.withdrawn': 'A person withdrew a consent; nothing is released under it afterwards.',
  'consent.expired': 'A consent or a notice ran out; nothing was released under it since the moment that the entry names.',
  'consent.revoked':
    'An authority ended a record, by the reason and the legal reference that the entry names; nothing is released under it afterwards.',
  'consent.invalidated':
    'A court or an authority declared that a record never was valid, by the reason and the legal reference that the entry names.',
  'set.queued': 'A message to a service was queued together with the change that it tells of.',
  'set.delivered': 'The receiver of a service took a message.',
  'set.failed': 'A message to a service was given up: its receiver refused it, or could not be reached for a week.',
  'erasure.requested': 'A person asked a service to delete what it was given under a record.',
  'rp.acknowledged': 'A service said that it knows what it owes a person; its answer is still due.',
  'rp.erased': 'A service said that it deleted what was taken back from it.',
  'rp.kept_by_law': 'A service said that it keeps what was taken back, and by which law; the entry holds the digest of its words.',
  'rp.overdue': 'The day passed by which a service owed a person an answer.',
  'data.released':
    'The values of the listed attributes left through UserInfo; says in which form, under which version of the record, by which token, and what was withheld.',
  'data.denied':
    'A service asked for data under a record that was paused, had ended, was used up, or no longer covers the purpose; once for each token and reason; the entry names the attributes that were asked for and not sent.',
  'data.over_ask': 'A service asked for attributes beyond its approved purpose; they were dropped.',
  'token.issued': 'A program or a service received a token for the auditor’s interface or for that of agencies.',
  'token.refreshed': 'A service received new tokens by a refresh, without its person.',
  'token.revoked': 'A service gave a token back before its time.',
  'session.started': 'A person signed in with a passkey.',
  'session.ended':
    'One session of a person ended, for all its services, which are told: they signed out, ended it on their own page, removed its passkey, or had more sessions open than can be.',
  'logout.delivered': 'A service that had been entered in a session took the message that the session has ended.',
  'logout.failed': 'That message was given up: the service refused it, or could not be reached for a day.',
  'service.entered': 'A signed-in person went on to a service, and the service received its tokens.',
  'passkey.registered': 'A passkey was registered for a person.',
  'passkey.raised':
    'A person brought one of their passkeys to the level high, with a code that a registration officer had handed to them and an answer of the passkey itself.',
  'passkey.suspended':
    'A passkey ended because an answer of it showed a copy of its key, or another kind of key than it was; so did the sessions that were begun with it.',
  'passkey.renamed': 'A person gave one of their passkeys a name, or took it away; the entry holds no name.',
  'passkey.removed': 'A person removed one of their passkeys; every session that was begun with it ended.',
  'recovery.begun':
    'Somebody gave the code that went to a person’s own channel, or stood at a counter, and said that the person’s passkeys are lost; the entry says which way.',
  'recovery.ready': 'The waiting time of a recovery passed and a second code was given; for a short time one new passkey can be bound.',
  'recovery.approved':
    'A second officer looked at the evidence and agreed to a recovery at a counter; for a short time one new passkey can be bound.',
  'recovery.cancelled': 'A recovery was cancelled, by the reason that the entry names; nothing changed.',
  'recovery.refused': 'A recovery was refused, by the reason that the entry names; nothing changed.',
  'recovery.expired': 'A recovery was not finished in its time; nothing changed.',
  'recovery.completed':
    'A new passkey was bound after a recovery. Every earlier passkey, every session and every token ended; what the person agreed to stays.',
  'person.imported': 'A person was added or changed by an import from the registry.',
  'person.changed': 'A person changed details that are their own to change; the entry names them and holds no value.',
  'person.invited': 'A one-time enrolment link was made for a person.',
  'person.proofed':
    'The identity of a person was checked: by an officer at the counter, or by a provider whose signed statement was taken. Says the method, the kind of document, the level and the framework; no number stands in it.',
  'person.level_code_made':
    'A registration officer saw a person who has a passkey, and handed over a code with which one of their passkeys reaches the level high; the code lets nobody in.',
  'issuer.trusted':
    'An operator registered a registry or provider whose signed statements about people are taken; the entry says what it may state and under which keys.',
  'issuer.ended': 'An operator ended that: no statement of the issuer is taken any more.',
  'person.looked_up':
    'A registration officer looked for a person at the counter; where nobody was found the entry names nobody and holds no number.',
  'person.document_differed':
    'What a registration officer wrote down of a document does not agree with the registry, and nothing came of it. Says the kind of document, and nothing that was written.',
  'person.status_changed': 'The status of a person changed.',
  'person.frozen':
    'Every way in was closed: sessions, tokens and what was under way ended; says how, and whether an authority ordered it or the person may lift it.',
  'person.unfreeze_begun': 'The person, or a registration officer for them, asked to open the ways in again; the entry says from when.',
  'person.unfrozen':
    'The delay passed without an objection, the person came back at a counter before two officers, or an operator ended the freeze: they can sign in again.',
  'person.order_lifted': 'An operator ended the freeze that was ordered; the person’s own freeze goes on, and they may lift it again.',
  'person.disowned':
    'Somebody who was told of an act said that it was not theirs; every way in was closed; the entry holds the case number.',
  'case.noted': 'A registration officer noted what was done about a disowned act; the entry holds the case number and one of a few words.',
  'case.closed': 'A registration officer closed the case of a disowned act, with the last of what was done.',
  'freeze_codes.made': 'A person made a printed freeze code; an older one no longer works.',
  'complaint.opened':
    'A person reported something about a service; the entry holds the case number and the category, and none of their words.',
  'complaint.closed': 'An auditor answered a report; the entry holds the case number and none of the words.',
  'person.erased':
    'A person closed their account: their key, their data and what opens their entries are destroyed; the entry names nobody.',
  'person.secrets_destroyed':
    'What opens entries about people who were erased was destroyed; the entry says how many, with a digest of which, and names neither entries nor people.',
  'officer.invited': 'A one-time enrolment link was made for an officer.',
  'officer.enrolled': 'A passkey was registered for an officer.',
  'officer.signed_in': 'An officer signed in at a desk.',
  'officer.signed_out': 'An officer signed out.',
  'officer.status_changed': 'The status of an officer changed; every session of a suspended officer ended.',
  'agency.changed': 'An agency was registered or its particulars changed.',
  'agency.host_proven': 'An agency showed that it holds a host that its registration names.',
  'service.changed': 'A service was registered or its particulars changed.',
  'service.status_changed': 'The status of a service changed.',
  'purpose.submitted': 'A new or wider purpose, service or agency was submitted; it waits for an approver, and nothing of it is in force.',
  'submission.viewed':
    'An approver opened what waits, or a page of it as people would see it; the entry says which. It is there before anything is shown.',
  'purpose.approved':
    'An approver agreed to what was submitted. It takes effect in the act of the last approval that it needs: one, or two of different approvers.',
  'purpose.declined': 'An approver declined what was submitted, with a reason; nothing changed.',
  'purpose.changed': 'A new version of a purpose took effect.',
  'purpose.retired': 'A purpose was ended and can no longer be asked for.',
  'key.begun': 'Keys for an algorithm began: one that signs tokens and one that waits; the entry names them.',
  'key.rotated':
    'A waiting key took over the signing of tokens; the entry names it, the one that ended, until when what that one signed is accepted, and the one that waits now.',
  'key.revoked':
    'In an emergency a key stopped signing tokens, and what it signed is refused; the entry names it and the one that took over.',
  'key.retired': 'A key that had ended is no longer published; what it signed is refused.',
  'key.log_rotated':
    'The log changed the key that signs it; the entry names both keys, the last size that the earlier one answers for, the reason, and the digest of the statement that both signed.',
  'metadata.imported':
    'An operator took in an edition of FIDO metadata; the entry names its source and number, and the models that it newly warns of.',
  'figures.published':
    'The public figures of a month were published; the entry names the month, the edition, the digest of what was signed and the size of the log that was counted.',
  'export.requested':
    'An auditor asked for an export within a case; the entry holds the query, how many entries met it, and the size of the log.',
  'export.approved': 'A second auditor of the case agreed to a large export, with their passkey.',
  'export.denied': 'A second auditor of the case refused a large export; nothing of it left.',
  'export.cancelled': 'The auditor who had asked for an export called it off; nothing more of it leaves.',
  'export.created':
    'An operator took the whole log out of the system, or somebody took an evidence pack or a list of entries; says which, by its digest, and for which case.',
  'backup.created': 'An operator took a backup of the whole database.',
  'log.restored': 'An operator put a backup in the place of a database; says how far the backup goes and how many entries are lost.',
  'log.moved': 'An operator carried the whole database over to another one; says from which kind to which, and how far the log went.',
  'log.lost': 'Stands in the place of an entry that was signed and is lost; the next log.restored says why.',
  'record.searched': 'An auditor, a program or an operator searched the log; the entry holds the filter and how many entries it gave.',
  'record.viewed': 'An auditor, a program or an operator opened one entry; the entry holds its index.',
  'audit.case_opened':
    'An auditor opened a case; the entry holds its number, basis, scope, period and end, and none of the words of the paper.',
  'audit.member_added': 'A member of a case added an auditor to it; the entry holds the number of the case and the account of the auditor.',
  'audit.expert_appointed': 'An operator let an expert read one case to a day; the entry holds the case, the account and the day.',
  'audit.case_closed': 'A member of a case closed it before its end; nobody is shown in it any more.',
  'audit.person_found':
    'A person was found within a case, by their own receipt or by a registrar who had them before them; the person sees it, and the entry holds no pseudonym.',
  'unmask.requested':
    'A member of a case asked who stands under a pseudonym; the entry holds the case, how long, and by which order of a court the person is told later.',
  'unmask.approved': 'Another member of the case agreed to an unmasking; the entry holds until when it can be used.',
  'unmask.denied': 'Another member of the case refused an unmasking; nobody was shown.',
  'unmask.used': 'An auditor was shown the name and number of a person whose unmasking two agreed to; each showing is an entry.',
  'unmask.listed':
    'The name and address of a person came on the list by which people are told of a breach, after two auditors agreed; once for each person of a list.',
  'unmask.expired': 'An unmasking was not decided in time, or can no longer be used; the entry holds how often it was used.',
  'suspension.requested':
    'A member of a case proposed to suspend a service or an officer, or to end that; the entry holds the case, and no word of the reason.',
  'suspension.approved':
    'Another member of the case agreed to a suspension, or to its end; service.status_changed or officer.status_changed stands beside it.',
  'suspension.denied': 'Another member of the case refused a suspension, or its end; nothing changed.',
  'suspension.expired': 'A suspension that was proposed, or its end, was not decided in time; nothing changed.',
  'trace.searched':
    'A developer of an agency, or an operator, listed refused requests of its services; the entry holds the filter and how many there were.',
  'trace.viewed': 'A developer of an agency, or an operator, looked up one request by its number; the entry says whether there was one.',
} as const satisfies Record<string, string>;

export type EventType = keyof typeof eventCatalogue;

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(eventCatalogue, text);
}

export const actorKinds = ['person', 'service', 'officer', 'operator', 'system'] as const;

/** `officer` is a member of staff who signed in at a desk, with the officer's id; `operator` is whoever ran the command. */
export type Actor = {
  readonly kind: (typeof actorKinds)[number];
  readonly ref: string | null;
};

export const actedBys = ['self', 'guardian', 'representative', 'office_clerk', 'authority'] as const;

export type ActedBy = (typeof actedBys)[number];

/** What a use case hands over. `payload` MUST NOT hold values of attributes, tokens or secrets. */
export type LedgerEvent = {
  readonly type: EventType;
  /** Internal pseudonym of the person concerned; never the registry identifier. */
  readonly personRef: string | null;
  readonly actor: Actor;
  readonly actedBy: ActedBy | null;
  readonly service: string | null;
  readonly purpose: string | null;
  readonly purposeVersion: number | null;
  /** Id of the consent record. */
  readonly record: string | null;
  readonly attributes: readonly string[];
  readonly reason: string | null;
  readonly payload: Json;
};

/** An event in the form in which it is stored and numbered. `type` to `attributes` repeat the body for queries; verification compares them. */
export type SealedEvent = {
  /** UUIDv7. */
  readonly id: string;
  readonly type: EventType;
  readonly at: Millis;
  readonly service: string | null;
  readonly purpose: string | null;
  readonly attributes: readonly string[];
  /** RFC 8785 text; the very bytes under the commitment. */
  readonly body: string;
  /** 32 random bytes, base64url. Erasable together with `personRef`. */
  readonly salt: string;
  readonly personRef: string | null;
  /** base64url of SHA-256. */
  readonly commitment: string;
  /** For the person's own notice and never part of the entry: with or of which passkey, on which kind of device. */
  readonly seenOn?: SeenOn;
  /** Never part of the entry: until then its person is not told of it, as a court ordered. */
  readonly keptBackUntil?: Millis;
};

export type SeenOn = { readonly passkeyId: string; readonly device: string | null };

export type Opening = Pick<SealedEvent, 'body' | 'salt' | 'personRef'>;

/**
 * How a person stands in one entry: HMAC-SHA-256 of the reference under the entry's salt, base64url. It differs from entry to entry,
 * so that two receipts of one person in different hands cannot be brought together by it.
 */
export function toPersonMask(opening: Pick<SealedEvent, 'salt' | 'personRef'>): string | null {
  if (opening.personRef === null) {
    return null;
  }
  // A key object, because the library throws and catches inside itself for each key given as bytes.
  const key = createSecretKey(Buffer.from(opening.salt, 'base64url'));
  return createHmac('sha256', key).update(`person:${opening.personRef}`).digest('base64url');
}

/** base64url(SHA-256(salt ‖ JCS({ body, person }))), `person` being the mask. The body MUST already be canonical. */
export function toCommitment(opening: Opening): string {
  // RFC 8785 of an object with these two members is the members in this order, so the body needs no second parse; the mask is base64url, or null.
  const text = `{"body":${opening.body},"person":${JSON.stringify(toPersonMask(opening))}}`;
  return createHash('sha256').update(Buffer.from(opening.salt, 'base64url')).update(text).digest('base64url');
}

export type Leaf = Pick<SealedEvent, 'id' | 'commitment'>;

/** The public bytes of an entry. They name nobody and nothing. */
export function toLeafBytes(leaf: Leaf): Uint8Array {
  return Buffer.from(toCanonicalJson({ commitment: leaf.commitment, id: leaf.id, v: 1 }));
}

/** RFC 6962 §2.1: SHA-256(0x00 ‖ leaf bytes). */
export function toLeafHash(leaf: Leaf): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(0)).update(toLeafBytes(leaf)).digest();
}

/** An event as a use case writes it: what does not concern it is left out and stands as nothing; a person acts for themselves. */
export type EventDraft = Pick<LedgerEvent, 'type' | 'personRef' | 'actor'> & Partial<LedgerEvent>;

const nothing = {
  actedBy: 'self',
  service: null,
  purpose: null,
  purposeVersion: null,
  record: null,
  attributes: [],
  reason: null,
  payload: {},
} as const satisfies Partial<LedgerEvent>;

export type SealNeeds = { readonly clock: Clock; readonly random: Random };

/** Gives an event its id, time, salt and commitment. The result MUST be stored in the same atomic act as the change it tells of. */
export function sealEvent(needs: SealNeeds, draft: EventDraft): SealedEvent {
  const event: LedgerEvent = { ...nothing, ...draft };
  const at = needs.clock.now();
  const id = createUuid(needs.random, at);
  const salt = Buffer.from(needs.random.bytes(32)).toString('base64url');
  const body = toCanonicalJson({
    id,
    at,
    type: event.type,
    actor: { kind: event.actor.kind, ref: event.actor.ref },
    acted_by: event.actedBy,
    service: event.service,
    purpose: event.purpose,
    purpose_version: event.purposeVersion,
    record: event.record,
    attributes: event.attributes,
    reason: event.reason,
    payload: event.payload,
  });
  const { type, service, purpose, attributes, personRef } = event;
  return { id, type, at, service, purpose, attributes, body, salt, personRef, commitment: toCommitment({ body, salt, personRef }) };
}
