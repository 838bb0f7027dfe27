// Rows for tests of the stores: one person, one agency with one service and one purpose, and what rests on them.

import { randomBytes } from 'node:crypto';
import { standardDetails } from '../../src/domain/agencies/agency.ts';
import type { Agency, Purpose, Service } from '../../src/domain/agencies/agency.ts';
import type { AgencyChanges } from '../../src/domain/agencies/store.ts';
import type { Change, Consent, StoredState } from '../../src/domain/consent/consent.ts';
import type { Decision } from '../../src/domain/consent/store.ts';
import type { Duty } from '../../src/domain/duties/duty.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { createUuid, systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent, type EventType, type SealedEvent } from '../../src/domain/ledger/event.ts';
import type { TokenKey } from '../../src/domain/keys/token-key.ts';
import type { OutboxMessage } from '../../src/domain/outbox/message.ts';
import type { Passkey } from '../../src/domain/passkeys/passkey.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import type { Artefact, EngineSession, EngineWrite } from '../../src/oidc/store.ts';
import type { Storage } from '../../src/storage/open-storage.ts';

/** The time at which the samples live. */
export const sampleAuthority = { name: { ar: 'هيئة البيانات', en: 'The Data Authority' }, uri: null };

export const now = 1_800_000_000_000;
export const later = now + 3_600_000;

export const createName = (): string => randomBytes(12).toString('base64url');

export function createEvent(type: EventType, about: Partial<Pick<SealedEvent, 'personRef' | 'service' | 'attributes'>> = {}): SealedEvent {
  return sealEvent(
    { clock: systemClock, random: systemRandom },
    {
      type,
      personRef: about.personRef ?? null,
      actor: { kind: 'system', ref: null },
      actedBy: null,
      service: about.service ?? null,
      purpose: null,
      purposeVersion: null,
      record: null,
      attributes: about.attributes ?? [],
      reason: null,
      payload: {},
    },
  );
}

/** Waits; its private half is no key. */
export function createTokenKey(changes: Partial<TokenKey> = {}): TokenKey {
  const times = { stagedAt: now, activeAt: null, endedAt: null, end: null, goneAt: null, retiredAt: null } as const;
  return {
    kid: createName(),
    alg: 'ES256',
    publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    sealedKey: 'sealed',
    ...times,
    ...changes,
  };
}

export function createPerson(changes: Partial<StoredPerson> = {}): StoredPerson {
  return {
    id: createName(),
    kind: 'citizen',
    status: 'active',
    handle: createName(),
    language: null,
    declared: null,
    registryDigest: createName(),
    sealed: { wrappedKey: createName(), ciphertext: createName() },
    createdAt: now,
    updatedAt: now,
    registryStatus: null,
    ...changes,
  };
}

export function createAgency(changes: Partial<Agency> = {}): Agency {
  const name = { ar: 'وزارة العمل', en: 'Ministry of Labour' };
  return { id: createName(), registrationNumber: '7000000001', name, contacts: { privacy: 'privacy@mol.example' }, ...changes };
}

export function createService(agencyId: string, changes: Partial<Service> = {}): Service {
  return {
    clientId: createName(),
    agencyId,
    serviceClass: 'standard',
    name: { ar: 'تصاريح', en: 'Permits' },
    status: 'active',
    sector: 'mol',
    audience: ['citizen', 'resident'],
    minimumLevel: 'substantial',
    metadata: { redirect_uris: ['https://mol.example/callback'], require_pushed_authorization_requests: false },
    ...changes,
  };
}

export function createPurpose(clientId: string, changes: Partial<Purpose> = {}): Purpose {
  return {
    clientId,
    ...standardDetails,
    id: 'renewal',
    version: 1,
    isDefault: true,
    text: { ar: 'تجديد', en: 'Renewal' },
    legalBasis: { type: 'consent', lawRef: null },
    retention: 'P2Y',
    expiresAfter: 'P1Y',
    attributes: [{ name: 'given_name', necessity: 'required', why: { ar: 'للتصريح', en: 'For the permit' } }],
    ...changes,
  };
}

export function createPasskey(personId: string, changes: Partial<Passkey> = {}): Passkey {
  return {
    id: createName(),
    personId,
    publicKey: createName(),
    counter: 0,
    transports: ['internal'],
    aaguid: '00000000-0000-0000-0000-000000000000',
    isBackupEligible: true,
    isBackedUp: false,
    attestationFormat: 'none',
    attestation: createName(),
    isStatementVerified: false,
    createdAt: now,
    lastUsedAt: null,
    standing: 'unknown',
    ceiling: 'substantial',
    ...changes,
  };
}

export const noChanges: AgencyChanges = { agencies: [], services: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };

export type Scene = { readonly person: StoredPerson; readonly service: Service; readonly purpose: Purpose };

/** A person and a service that may have a consent. */
export async function createScene(storage: Storage): Promise<Scene> {
  const person = createPerson();
  const agency = createAgency();
  const service = createService(agency.id);
  const purpose = createPurpose(service.clientId);
  await storage.people.savePeople([person], [createEvent('person.imported', { personRef: person.id })]);
  await storage.agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service], purposes: [purpose] });
  return { person, service, purpose };
}

export function createConsent(scene: Scene, changes: Partial<Consent> = {}): Consent {
  return {
    id: createName(),
    personId: scene.person.id,
    clientId: scene.service.clientId,
    purposeId: scene.purpose.id,
    purposeVersion: 1,
    version: 1,
    state: 'given',
    change: 'given',
    attributes: [{ name: 'given_name', necessity: 'required', decision: 'granted' }],
    basis: 'consent',
    language: 'ar',
    personKind: 'citizen',
    level: 'substantial',
    isOffline: false,
    actedBy: 'self',
    createdAt: now,
    decidedAt: now,
    expiresAt: now + 1_000_000_000,
    ...changes,
  };
}

export function createDecision(consent: Consent, expectedVersion: number | null): Decision {
  const type = `consent.${consent.change}` as const;
  const event = createEvent(type, { personRef: consent.personId, service: consent.clientId, attributes: ['given_name'] });
  const { id: consentId, personId, version, clientId } = consent;
  return {
    consent,
    expectedVersion,
    receipt: {
      id: createUuid(systemRandom, now),
      consentId,
      personId,
      version,
      jws: createName(),
      eventId: event.id,
      createdAt: consent.decidedAt,
    },
    events: [event],
    duties: [],
    notice: null,
    outbox: consent.state === 'withdrawn' ? [createOutboxMessage({ recipient: clientId, personId })] : [],
  };
}

export function createOutboxMessage(changes: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    id: createName(),
    topic: 'security-event',
    recipient: createName(),
    personId: null,
    body: '{}',
    createdAt: now,
    giveUpAt: now + 86_400_000,
    ...changes,
  };
}

const changesByState: Readonly<Partial<Record<StoredState, Change>>> = {
  notified: 'notified',
  refused: 'refused',
  deferred: 'deferred',
  paused: 'paused',
  withdrawn: 'withdrawn',
  revoked: 'revoked',
  invalidated: 'invalidated',
};

/** The decision that follows `consent`; the change is the one that its state tells of. */
export function createNextDecision(consent: Consent, changes: Partial<Consent>): Decision {
  const change = changesByState[changes.state ?? consent.state] ?? 'given';
  return createDecision({ ...consent, change, ...changes, version: consent.version + 1 }, consent.version);
}

export function createSession(personId: string | null, changes: Partial<EngineSession> = {}): EngineSession {
  const names = { uid: createName(), key: createName(), payload: '{"kind":"Session"}', personId };
  return { ...names, expiresAt: later, lastSeenAt: now, startedAt: now, device: null, isShared: false, passkeyId: null, ...changes };
}

export function createArtefact(changes: Partial<Artefact> = {}): Artefact {
  return {
    key: createName(),
    model: 'AccessToken',
    payload: '{"kind":"AccessToken"}',
    expiresAt: later,
    createdAt: now,
    consumedAt: null,
    personId: null,
    clientId: null,
    consentId: null,
    sessionUid: null,
    isOffline: false,
    ...changes,
  };
}

export const saveArtefact = (artefact: Artefact): EngineWrite => ({ kind: 'save-artefact', artefact });

export const saveSession = (session: EngineSession, previousKey: string | null = null, isSignIn = false) =>
  ({ kind: 'save-session', session, previousKey, isSignIn, answeredAt: session.lastSeenAt, at: session.lastSeenAt }) as const;

export const consume = (artefact: Artefact): EngineWrite => ({ kind: 'consume', model: artefact.model, key: artefact.key, at: now });

export const noLimits = { mostUses: null, frequency: null } as const;

export type Grant = Scene & { readonly consent: Consent; readonly session: EngineSession };

/** A scene in which the person gave consent and has a session. */
export async function createGrant(storage: Storage): Promise<Grant> {
  const scene = await createScene(storage);
  const consent = createConsent(scene);
  const session = createSession(scene.person.id);
  await storage.consents.saveDecision(createDecision(consent, null));
  await storage.engine.commit([saveSession(session)], now);
  return { ...scene, consent, session };
}

/** An artefact that rests on everything of `grant`. */
export function createToken(grant: Grant, changes: Partial<Artefact> = {}): Artefact {
  const { person, service, consent, session } = grant;
  return createArtefact({ personId: person.id, clientId: service.clientId, consentId: consent.id, sessionUid: session.uid, ...changes });
}

export function createSampleDuty(changes: Partial<Duty> = {}): Duty {
  return {
    id: createUuid(systemRandom, now),
    kind: 'withdrawn',
    recordId: createName(),
    version: 2,
    personId: createName(),
    subject: createName(),
    clientId: createName(),
    purposeId: 'renewal',
    attributes: ['given_name'],
    createdAt: now,
    dueAt: later,
    messageId: null,
    toldAt: null,
    state: 'open',
    article: null,
    answeredAt: null,
    overdueAt: null,
    ...changes,
  };
}
