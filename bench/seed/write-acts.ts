// Acts into the database, by the stores of the product and in the order in which they happened; then numbered, hashed and signed by its sequencer.

import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { createPlanner, sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';
import { toStatusEnds } from '../../src/domain/people/status-ends.ts';
import { appendEvents } from '../../src/storage/append-events.ts';
import type { Engine } from '../../src/storage/engine.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { countEntries, isAboutPerson } from './acts.ts';
import type { Act, Deed, PersonDeed, RecordDeed } from './acts.ts';
import { createDice } from './dice.ts';

export type Place = { readonly engine: Engine; readonly storage: Storage; readonly signer: NoteSigner };

export type Writer = {
  /** Where the next entry will stand. */
  readonly next: () => number;
  /** What it writes is there after the next `settle`. */
  readonly write: (act: Pick<Act, 'at' | 'deed'>) => Promise<void>;
  /** Writes what waits, and numbers it. */
  readonly settle: () => Promise<void>;
  /** After something else wrote to the log. */
  readonly catchUp: () => Promise<void>;
  /** Milliseconds by part; `ledgerCpu` is what a core worked for both. */
  readonly spent: () => { readonly writing: number; readonly numbering: number; readonly ledgerCpu: number };
};

/** Entries that share a commit: pages that many of them touch are written once. */
const mostWaiting = 24_000;
const mostTogether = 250;

const sessionless = createDice('nobody is in a session');

type Timed<D extends Deed> = { readonly at: number; readonly deed: D };

async function performOnRecord({ storage }: Place, deed: RecordDeed): Promise<unknown> {
  switch (deed.kind) {
    case 'decision':
      return storage.consents.saveDecision(deed.decision);
    case 'subject':
      return storage.people.getSubject(deed.registryDigest, deed.sector, deed.subject);
    case 'expiry':
      return storage.consents.tellExpiry(deed.told);
    case 'answer':
      return storage.duties.saveAnswer(deed.answer);
    case 'overdue':
      return storage.duties.recordOverdue(deed.overdue);
  }
}

async function performOnPerson({ storage }: Place, { at, deed }: Timed<PersonDeed>): Promise<unknown> {
  switch (deed.kind) {
    case 'report':
      return storage.reports.saveReport(deed.report, deed.event);
    case 'report-answer':
      return storage.reports.saveAnswer(deed.answer);
    case 'status': {
      const { event, from, personId, to } = deed;
      const ends = toStatusEnds({ clock: { now: () => at }, random: sessionless });
      return storage.people.turnStatus({ personId, from, to, event, ends });
    }
    case 'erase':
      return storage.erasures.erasePerson(deed.erasure);
  }
}

const refused = new Set<unknown>(['store/conflict', 'duty/answered', 'standing', 'unknown', false]);

async function perform(place: Place, { at, deed }: Timed<PersonDeed | RecordDeed>): Promise<void> {
  const outcome = isAboutPerson(deed) ? await performOnPerson(place, { at, deed }) : await performOnRecord(place, deed);
  if (refused.has(outcome)) {
    throw new TypeError(`the store refused an act of the kind ${deed.kind}: ${String(outcome)}`);
  }
}

function toCpuMs(): number {
  const { system, user } = process.threadCpuUsage();
  return (system + user) / 1000;
}

type Step = () => Promise<void>;

type Parted = { readonly deed: Deed | null; readonly events: readonly SealedEvent[]; readonly isInOrder: boolean };

/** A record's entries may wait for the next ones, whatever is written of the record itself; what else writes entries of its own writes them in its turn. */
function part(deed: Deed): Parted {
  if (deed.kind === 'events') {
    return { deed: null, events: deed.events, isInOrder: false };
  }
  if (deed.kind === 'decision') {
    return { deed: { ...deed, decision: { ...deed.decision, events: [] } }, events: deed.decision.events, isInOrder: false };
  }
  if (deed.kind === 'expiry') {
    return { deed: { ...deed, told: { ...deed.told, events: [] } }, events: deed.told.events, isInOrder: false };
  }
  return { deed, events: [], isInOrder: deed.kind !== 'subject' };
}

/** In their order; entries that follow each other are written together. */
function toSteps(place: Place, queue: readonly Timed<Deed>[]): readonly Step[] {
  const { engine } = place;
  const steps: Step[] = [];
  let plain: SealedEvent[] = [];
  const endPlain = (): void => {
    const events = plain;
    plain = [];
    if (events.length > 0) {
      steps.push(async () => engine.atomic(() => appendEvents(engine.tables, events)));
    }
  };
  for (const { at, deed: whole } of queue) {
    const { deed, events, isInOrder } = part(whole);
    if (isInOrder || plain.length >= mostTogether) {
      endPlain();
    }
    if (deed !== null && deed.kind !== 'events') {
      steps.push(async () => perform(place, { at, deed }));
    }
    plain.push(...events);
  }
  endPlain();
  return steps;
}

/** One connection keeps the order by itself, and makes one commit of it; with several each act has to wait for the one before. */
async function take(place: Place, steps: readonly Step[]): Promise<void> {
  if (place.engine.dialect === 'sqlite') {
    await Promise.all(steps.map(async (step) => step()));
    return;
  }
  for (const step of steps) {
    await step();
  }
}

/** When the last of each so many entries was written: a checkpoint follows soon after, as a node would have signed it. */
function toMoments(queue: readonly Timed<Deed>[], every: number): readonly number[] {
  const moments: number[] = [];
  let count = 0;
  let last = 0;
  for (const { at, deed } of queue) {
    count += countEntries(deed);
    last = Math.max(last, Math.floor(at));
    while (moments.length < Math.floor(count / every)) {
      moments.push(last);
    }
  }
  return count % every === 0 ? moments : [...moments, last];
}

/** `every`: so many entries at most stand between two checkpoints. */
export function createWriter(place: Place, every: number): Writer {
  const { signer, storage } = place;
  let count = 0;
  let lastAt = 0;
  let settled = 0;
  let queue: Timed<Deed>[] = [];
  const spent = { writing: 0, numbering: 0, ledgerCpu: 0 };
  const number = async (moments: readonly number[]): Promise<number> => {
    for (const moment of moments) {
      await storage.ledger.sequenceEvents(createPlanner({ clock: { now: () => moment + 400 }, signer }), every);
    }
    const { size } = await sequenceAll({ store: storage.ledger, clock: { now: () => lastAt + 400 }, signer });
    settled = size;
    return size;
  };
  const settle = async (): Promise<void> => {
    const before = performance.now();
    const cpuBefore = toCpuMs();
    const steps = toSteps(place, queue);
    const moments = toMoments(queue, every);
    queue = [];
    await take(place, steps);
    const written = performance.now();
    const size = await number(moments);
    spent.writing += written - before;
    spent.numbering += performance.now() - written;
    spent.ledgerCpu += toCpuMs() - cpuBefore;
    if (size !== count) {
      throw new TypeError(`the log has ${size} entries, ${count} were written`);
    }
  };
  return {
    next: () => count,
    spent: () => spent,
    settle,
    catchUp: async () => {
      count = await number([]);
    },
    write: async ({ at, deed }) => {
      queue.push({ at, deed });
      lastAt = Math.max(lastAt, Math.floor(at));
      count += countEntries(deed);
      if (count - settled >= mostWaiting) {
        await settle();
      }
    },
  };
}

export const sealAt = (
  random: Parameters<typeof sealEvent>[0]['random'],
  at: number,
  draft: Parameters<typeof sealEvent>[1],
): SealedEvent => sealEvent({ random, clock: { now: () => at } }, draft);
