// Takes people in from the registry. The file is read twice: once to check every line, and only if all are right once more to write.
// So one bad line changes nothing, and a file of any length needs no more memory than one batch and the identifiers seen.

import type { KeyObject } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Clock } from '../kernel/clock.ts';
import { Fault } from '../kernel/errors.ts';
import { createToken, createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealedEvent } from '../ledger/event.ts';
import { checkPerson } from './check-person.ts';
import type { GivenPerson, ParseValues } from './check-person.ts';
import { heldWords } from './person.ts';
import type { PersonStatus, RegistryStatus, RegistryWord, StoredPerson } from './person.ts';
import { toRegistryDigest } from './registry-digest.ts';
import { sealData, unsealData } from './seal-data.ts';
import { toStatusEnds } from './status-ends.ts';
import type { PeopleStore, StatusTurn } from './store.ts';

/** A line in the shape of a person, or the reason why it has not even that. Numbers count from 1. */
export type GivenLine =
  | { readonly number: number; readonly ok: true; readonly given: GivenPerson }
  | { readonly number: number; readonly ok: false; readonly reason: string };

export type ImportProgress = { readonly phase: 'checking' | 'writing'; readonly done: number; readonly total: number | null };

export type ImportNeeds = {
  readonly people: Pick<PeopleStore, 'findPersonByRegistry' | 'savePeople' | 'hasFreeze'>;
  readonly dataKey: KeyObject;
  readonly lookupKey: KeyObject;
  readonly clock: Clock;
  readonly random: Random;
  readonly parseValues: ParseValues;
  readonly onProgress: (progress: ImportProgress) => void;
};

export type BadLine = { readonly line: number; readonly reason: string };

export type ImportResult =
  | { readonly ok: true; readonly added: number; readonly changed: number; readonly unchanged: number; readonly statusChanged: number }
  | { readonly ok: false; readonly code: 'import/invalid'; readonly badLines: readonly BadLine[] };

const batchSize = 500;

/** `readLines` MUST start from the beginning each time it is called. */
export async function importPeople(needs: ImportNeeds, readLines: () => AsyncIterable<GivenLine>): Promise<ImportResult> {
  const checked = await checkLines(needs, readLines());
  if (checked.badLines.length > 0) {
    return { ok: false, code: 'import/invalid', badLines: checked.badLines };
  }
  const counted = { added: 0, changed: 0, unchanged: 0, statusChanged: 0 };
  let done = 0;
  for await (const batch of toBatches(readLines())) {
    for (const { change, turn } of await writeBatch(needs, batch)) {
      counted[change] += 1;
      counted.statusChanged += turn === undefined ? 0 : 1;
    }
    done += batch.length;
    needs.onProgress({ phase: 'writing', done, total: checked.total });
  }
  return { ok: true, ...counted };
}

type CheckedLines = { readonly total: number; readonly badLines: readonly BadLine[] };

async function checkLines(needs: ImportNeeds, lines: AsyncIterable<GivenLine>): Promise<CheckedLines> {
  const firstLines = new Map<string, number>();
  const badLines: BadLine[] = [];
  let total = 0;
  for await (const line of lines) {
    total += 1;
    const reason = findReason(needs, line, firstLines);
    if (reason !== undefined) {
      badLines.push({ line: line.number, reason });
    }
    if (total % batchSize === 0) {
      needs.onProgress({ phase: 'checking', done: total, total: null });
    }
  }
  return { total, badLines };
}

function findReason(needs: ImportNeeds, line: GivenLine, firstLines: Map<string, number>): string | undefined {
  const checked = line.ok ? checkPerson(needs.parseValues, line.given) : line;
  if (!checked.ok) {
    return checked.reason;
  }
  const firstLine = firstLines.get(checked.person.id);
  if (firstLine !== undefined) {
    return `id is the same as in line ${firstLine}`;
  }
  firstLines.set(checked.person.id, line.number);
  return undefined;
}

async function* toBatches(lines: AsyncIterable<GivenLine>): AsyncIterable<readonly GivenLine[]> {
  let batch: GivenLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

/** What became of each person of the batch. Who is known just as the file says is not written again and leaves no entry. */
async function writeBatch(needs: ImportNeeds, lines: readonly GivenLine[]): Promise<readonly Row[]> {
  const rows = await Promise.all(lines.map((line) => createRow(needs, getPerson(needs, line))));
  const written = rows.filter((row) => row.isWritten);
  if (written.length > 0) {
    await needs.people.savePeople(
      written.map(({ person }) => person),
      written.flatMap(({ change, event }) => (change === 'unchanged' ? [] : [event])),
      written.flatMap(({ turn }) => (turn === undefined ? [] : [turn])),
    );
  }
  return rows;
}

function getPerson(needs: ImportNeeds, line: GivenLine): GivenPerson {
  const checked = line.ok ? checkPerson(needs.parseValues, line.given) : line;
  if (!checked.ok) {
    throw new Fault('import/invalid', `line ${line.number} changed while the file was read; import it again once nobody writes to it`);
  }
  return checked.person;
}

type Change = 'added' | 'changed' | 'unchanged';

type Row = {
  readonly person: StoredPerson;
  readonly event: SealedEvent;
  readonly change: Change;
  readonly turn: StatusTurn | undefined;
  readonly isWritten: boolean;
};

/**
 * What the registry says anew, and nothing that it repeats: what others decided since stands. It takes back only what it did itself, so that `active` in a nightly
 * feed lifts no suspension of an operator and nobody's freeze: what it takes back lay above the freeze, which is found again.
 */
async function toStatus(needs: ImportNeeds, known: StoredPerson, given: RegistryStatus | null): Promise<PersonStatus> {
  if (given === null || isRepeated(known, given) || known.status === 'closed') {
    return known.status;
  }
  if (given !== 'active') {
    return given;
  }
  if (known.status !== known.registryStatus) {
    return known.status;
  }
  return (await needs.people.hasFreeze(known.id)) ? 'frozen' : 'active';
}

/** Also where it was remembered as held: what an operator decided since stands. */
function isRepeated({ registryStatus }: StoredPerson, given: RegistryStatus): boolean {
  return registryStatus === given || (given !== 'active' && registryStatus === heldWords[given]);
}

function toWord(known: StoredPerson, given: RegistryStatus | null): RegistryWord | null {
  if (given === null || isRepeated(known, given)) {
    return known.registryStatus;
  }
  return given !== 'active' && isBoundByOthers(known) ? heldWords[given] : given;
}

/** What the registry says on top of it is applied and not its to take back: nobody would find again what it covered. */
function isBoundByOthers({ status, registryStatus }: StoredPerson): boolean {
  return status !== 'active' && status !== 'frozen' && status !== registryStatus;
}

function findTurn(needs: ImportNeeds, person: StoredPerson, to: PersonStatus): StatusTurn | undefined {
  const { id: personId, status: from } = person;
  if (from === to) {
    return undefined;
  }
  const event = sealEvent(needs, {
    type: 'person.status_changed',
    personRef: personId,
    actor: { kind: 'operator', ref: null },
    payload: { from, to, source: 'registry' },
  });
  return { personId, from, to, event, ends: toStatusEnds(needs) };
}

function toChange(needs: ImportNeeds, known: StoredPerson | undefined, given: GivenPerson): Change {
  if (known === undefined) {
    return 'added';
  }
  const before = toCanonicalJson(unsealData(needs.dataKey, known.registryDigest, known.sealed));
  return known.kind === given.kind && before === toCanonicalJson(given.data) ? 'unchanged' : 'changed';
}

async function createRow(needs: ImportNeeds, given: GivenPerson): Promise<Row> {
  const registryDigest = toRegistryDigest(needs.lookupKey, given.id);
  const known = await needs.people.findPersonByRegistry(registryDigest);
  const change = toChange(needs, known, given);
  const now = needs.clock.now();
  const person = {
    ...(known ?? {
      id: createUuid(needs.random, now),
      handle: createToken(needs.random),
      status: 'active',
      language: null,
      declared: null,
      createdAt: now,
      registryStatus: null,
    }),
    kind: given.kind,
    registryDigest,
    sealed: sealData(needs, registryDigest, given.data),
    updatedAt: now,
  };
  const event = sealEvent(needs, {
    type: 'person.imported',
    personRef: person.id,
    actor: { kind: 'operator', ref: null },
    payload: { change },
  });
  const turn = findTurn(needs, person, await toStatus(needs, person, given.status));
  const registryStatus = toWord(person, given.status);
  const isWritten = change !== 'unchanged' || turn !== undefined || registryStatus !== person.registryStatus;
  return { person: { ...person, registryStatus }, event, change, turn, isWritten };
}
