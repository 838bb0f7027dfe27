// Finds in a log, by reading all of it once and remembering everything, what the answer key of a made-up country says was planted in it.

import { z } from 'zod';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import type { Entry } from '../../src/domain/ledger/store.ts';
import type { Storage } from '../../src/storage/open-storage.ts';

const bodySchema = z.object({
  record: z.string().nullable(),
  purpose_version: z.int().nullable(),
  payload: z.object({ acr: z.string().nullish(), expires_at: z.number().nullish() }),
});

type Read = Entry & { readonly body: string; readonly said: z.infer<typeof bodySchema> };

type Known = {
  readonly purposes: ReadonlyMap<string, Purpose>;
  readonly highServices: ReadonlySet<string>;
  readonly entries: readonly Read[];
};

export type Finder = {
  readonly find: (kind: string) => readonly number[];
  readonly types: () => readonly string[];
  readonly rhythm: () => { readonly friday: number; readonly sunday: number; readonly night: number; readonly noon: number };
};

const isRelease = ({ type }: Entry): boolean => type === 'data.released';

function findOutside({ entries, purposes }: Known): readonly Read[] {
  return entries.filter((entry) => {
    const purpose = purposes.get(`${entry.service}/${entry.purpose}/${entry.said.purpose_version}`);
    return isRelease(entry) && entry.attributes.some((name) => !purpose?.attributes.some((asked) => asked.name === name));
  });
}

/** The last decision of the record before the entry, if it is about what the entry is about. */
function findState(entries: readonly Read[], { index, personRef, purpose, said, service }: Read): Read | undefined {
  const isSame = (other: Read): boolean =>
    other.said.record === said.record && other.service === service && other.purpose === purpose && other.personRef === personRef;
  const ofRecord = entries.slice(0, index).filter((other) => isSame(other) && other.type.startsWith('consent.'));
  return ofRecord.findLast(({ type }) => !['consent.requested', 'consent.deferred', 'consent.refused', 'consent.expired'].includes(type));
}

function findUnder(known: Known, isFaulty: (decision: Read | undefined, entry: Read) => boolean): readonly Read[] {
  return known.entries.filter((entry) => isRelease(entry) && isFaulty(findState(known.entries, entry), entry));
}

function findHasty({ entries }: Known): readonly Read[] {
  const asked = new Map<string, number>();
  return entries.filter((entry) => {
    const key = `${entry.personRef}/${entry.service}/${entry.purpose}`;
    if (entry.type === 'consent.requested') {
      asked.set(key, entry.at);
      return false;
    }
    return ['consent.given', 'consent.notified', 'consent.renewed'].includes(entry.type) && entry.at - (asked.get(key) ?? 0) < 1000;
  });
}

/** More than an hour behind what stands before it. */
function findBehind({ entries }: Known): readonly Read[] {
  let newest = 0;
  return entries.filter(({ at, personRef }) => {
    newest = Math.max(newest, at);
    return personRef !== null && newest - at > 3_600_000;
  });
}

const finders: Readonly<Record<string, (known: Known) => readonly Read[]>> = {
  hasty: findHasty,
  'below-level': ({ entries, highServices }) =>
    entries.filter(
      ({ said, service, type }) => type === 'service.entered' && highServices.has(service ?? '') && !said.payload.acr?.endsWith('high'),
    ),
  'outside-purpose': findOutside,
  'after-withdrawal': (known) => findUnder(known, (decision) => decision?.type === 'consent.withdrawn'),
  'after-expiry': (known) =>
    findUnder(known, (decision, { at }) => decision?.type !== 'consent.withdrawn' && (decision?.said.payload.expires_at ?? at) < at),
  'no-record': (known) => findUnder(known, (decision) => decision === undefined),
  'clock-back': findBehind,
  'overdue-answers': ({ entries }) => entries.filter(({ type }) => type === 'rp.overdue'),
};

async function readAll({ ledger }: Pick<Storage, 'ledger'>): Promise<readonly Read[]> {
  const checkpoint = await ledger.findCheckpoint();
  const entries = await ledger.readEntries(0, checkpoint?.size ?? 0);
  return entries.map((entry) => ({ ...entry, said: bodySchema.parse(JSON.parse(entry.body)) }));
}

const hourOf = (at: number): number => new Date(at + 3 * 3_600_000).getUTCHours();
const dayOf = (at: number): number => new Date(at + 3 * 3_600_000).getUTCDay();

export async function createFinder(storage: Storage): Promise<Finder> {
  const services = await storage.agencies.listServices();
  const versions = await Promise.all(services.map(async ({ service }) => storage.agencies.listPurposeVersions(service.clientId)));
  const entries = await readAll(storage);
  const known: Known = {
    entries,
    purposes: new Map(versions.flat().map((purpose) => [`${purpose.clientId}/${purpose.id}/${purpose.version}`, purpose])),
    highServices: new Set(services.filter(({ service }) => service.minimumLevel === 'high').map(({ service }) => service.clientId)),
  };
  const signIns = entries.filter(({ type }) => type === 'session.started');
  const count = (isCounted: (entry: Entry) => boolean): number => signIns.filter(isCounted).length;
  return {
    find: (kind) => finders[kind]?.(known).map(({ index }) => index) ?? [],
    types: () => [...new Set(entries.map(({ type }) => type))],
    rhythm: () => ({
      friday: count(({ at }) => dayOf(at) === 5),
      sunday: count(({ at }) => dayOf(at) === 0),
      night: count(({ at }) => hourOf(at) >= 2 && hourOf(at) < 5),
      noon: count(({ at }) => hourOf(at) >= 9 && hourOf(at) < 12),
    }),
  };
}
