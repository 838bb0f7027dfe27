// A small log, a small register and somebody who looks, for tests of the auditor's domain without a database.

import type { LookNeeds, Looker } from '../../src/domain/audit/look.ts';
import type { ViewNeeds } from '../../src/domain/audit/view-entry.ts';
import type { Purpose, RegisteredService } from '../../src/domain/agencies/agency.ts';
import { Fault } from '../../src/domain/kernel/errors.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { EventType, SealedEvent } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';
import { createSeededRandom, createSigner, createSteppingClock, sampleEvent, sampleStart } from './ledger-samples.ts';
import { createMemoryLedgerStore } from './memory-ledger-store.ts';
import type { MemoryLedgerStore } from './memory-ledger-store.ts';
import { sampleServices } from './sample-services.ts';

export const officer: Looker = { kind: 'officer', ref: 'officer-1' };

export type AuditWorld = {
  readonly needs: ViewNeeds;
  readonly store: MemoryLedgerStore;
  readonly signer: NoteSigner;
  /** What looking has left. */
  readonly recorded: SealedEvent[];
  readonly append: (events: readonly SealedEvent[]) => Promise<void>;
  /** The same needs where nothing can be written. */
  readonly broken: ViewNeeds;
};

const types: readonly EventType[] = ['consent.given', 'data.released', 'consent.withdrawn', 'service.entered', 'passkey.registered'];
const places = [
  { service: 'mol-work-permit', purpose: 'permit-renewal', attributes: ['given_name', 'email'] },
  { service: 'moh-clinic', purpose: 'booking', attributes: ['given_name'] },
  { service: null, purpose: null, attributes: [] },
] as const;

/** `count` events of every kind, one second apart. */
export function createMixedEvents(count: number): readonly SealedEvent[] {
  const needs = { clock: createSteppingClock(sampleStart, 1000), random: createSeededRandom('mixed') };
  return Array.from({ length: count }, (_, at) =>
    sealEvent(needs, {
      ...sampleEvent,
      ...(places[at % places.length] ?? places[2]),
      type: types[at % types.length] ?? 'data.released',
      personRef: at % 4 === 3 ? null : `person-${at % 3}`,
      actor: { kind: 'person', ref: null },
      record: at % 7 === 6 ? null : `record-${at % 5}`,
    }),
  );
}

function createRegister(): LookNeeds['agencies'] {
  const { agencies, services, purposes } = sampleServices;
  const find = (clientId: string): RegisteredService | undefined => {
    const service = services.find((each) => each.clientId === clientId);
    const agency = agencies.find(({ id }) => id === service?.agencyId);
    const own: readonly Purpose[] = purposes.filter((purpose) => purpose.clientId === clientId);
    return service && agency && { service, agency, version: 1, purposes: own };
  };
  return {
    findService: (clientId) => Promise.resolve(find(clientId)),
    listPurposes: () => Promise.resolve(purposes),
    listServices: () => Promise.resolve(services.flatMap(({ clientId }) => find(clientId) ?? [])),
  };
}

export async function createAuditWorld(count: number): Promise<AuditWorld> {
  const store = createMemoryLedgerStore();
  const signer = createSigner('ledger.example/ledger');
  const clock = createSteppingClock(sampleStart + 86_400_000, 1000);
  const recorded: SealedEvent[] = [];
  const append = async (events: readonly SealedEvent[]): Promise<void> => {
    await store.append(events);
    await sequenceAll({ store, signer, clock });
  };
  await append(createMixedEvents(count));
  const needs: ViewNeeds = {
    ledger: store,
    agencies: createRegister(),
    consents: {
      listDecisions: (consentId) =>
        Promise.resolve(
          store.rows.entries
            .filter(({ body, type }) => type.startsWith('consent.') && body.includes(`"record":"${consentId}"`))
            .map(({ id, at }, version) => ({ version: version + 1, state: 'given', change: 'given' as const, decidedAt: at, eventId: id })),
        ),
    },
    clock,
    random: createSeededRandom('looks'),
    assertRoom: async () => undefined,
    record: (event) => {
      recorded.push(event);
      return append([event]);
    },
  };
  const broken = { ...needs, record: () => Promise.reject(new Fault('ledger/unavailable', 'the disk is full')) };
  return { needs, store, signer, recorded, append, broken };
}
