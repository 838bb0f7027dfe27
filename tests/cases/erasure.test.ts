// AL-20: after an erasure every proof still proves, and what the log kept of the person is found by nobody who tries every number there is.

import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toCommitment } from '../../src/domain/ledger/event.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import type { Entry } from '../../src/domain/ledger/store.ts';
import { getInclusionPath } from '../../src/domain/ledger/tiles.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { hasCheckDigit } from '../../src/domain/people/parse-registry-id.ts';
import { verifyExport } from '../../src/verifier/verify-export.ts';
import { createExport } from '../support/receipt-samples.ts';
import { createSigner, createSteppingClock } from '../support/ledger-samples.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSqliteDatabase } from '../support/sqlite-database.ts';
import { createEvent, createName, createScene, now } from '../support/store-samples.ts';

const signer = createSigner('id.example/ledger');
const logKey = toVerifierText(toVerifier(signer));
const about = 4;

/** A stretch of the number space around a number: the whole of it differs by its length alone. */
function listNumbers(around: number, count: number): readonly string[] {
  const all = Array.from({ length: count * 10 }, (_, at) => String(around - count * 5 + at));
  return all.filter(hasCheckDigit).slice(0, count);
}

/** The place of every entry that one of the candidates, under one of the salts, gives the commitment of. */
function findByForce(entries: readonly Entry[], candidates: readonly string[], salts: readonly string[]): readonly number[] {
  return entries
    .filter(({ body, commitment }) =>
      salts.some((salt) => candidates.some((personRef) => toCommitment({ body, salt, personRef }) === commitment)),
    )
    .map(({ index }) => index);
}

describe('a person who was erased', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let personId: string;
  let candidates: readonly string[];
  let before: readonly Entry[];
  /** The places of the entries about the person. */
  let places: readonly number[];

  const readEntries = async (): Promise<readonly Entry[]> => opened.storage.ledger.readEntries(0, 100);

  const readExport = async (): Promise<readonly Buffer[]> => {
    return [Buffer.from(await createExport(opened.storage.ledger, { log: logKey }))];
  };

  const add = async (events: readonly SealedEvent[]): Promise<void> => {
    await opened.storage.engine.commit(
      events.map((event) => ({ kind: 'append-event' as const, event })),
      now,
    );
    await sequenceAll({ store: opened.storage.ledger, signer, clock: createSteppingClock(now, 1) });
  };

  beforeAll(async () => {
    opened = await database.open();
    const [scene, other] = [await createScene(opened.storage), await createScene(opened.storage)];
    personId = scene.person.id;
    await add(Array.from({ length: about }, () => createEvent('data.released', { personRef: personId, attributes: ['national_id'] })));
    await add([createEvent('data.released', { personRef: other.person.id }), createEvent('backup.created')]);
    const numbers = listNumbers(1_082_500_000, 2000);
    candidates = [...numbers, ...numbers.map((number) => hash('sha256', number, 'base64url')), personId];
    before = await readEntries();
    places = before.filter(({ personRef }) => personRef === personId).map(({ index }) => index);
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  test('AL-20 is found by force as long as the salts are there: that is what destroying them takes away', () => {
    const salts = before.map(({ salt }) => salt ?? '');
    expect(places.length).toBeGreaterThanOrEqual(about);
    expect(findByForce(before, candidates.slice(-3), salts)).toEqual(places);
  });

  test('AL-20 is found by nobody afterwards, with every salt that is left and every number, and all proofs hold', async () => {
    const { ledger, erasures } = opened.storage;
    const event = createEvent('person.erased');
    expect(await erasures.erasePerson({ personId, handle: createName(), registryDigest: createName(), event })).toBe('erased');
    await sequenceAll({ store: ledger, signer, clock: createSteppingClock(now, 1) });
    const after = await readEntries();
    const erased = after.filter(({ index }) => places.includes(index));
    expect(erased.map(({ salt, personRef }) => [salt, personRef])).toEqual(places.map(() => [null, null]));
    const left = after.map(({ salt }) => salt).filter((salt) => salt !== null);
    const salts = [...left, '', Buffer.alloc(32).toString('base64url')];
    expect(findByForce(erased, candidates, salts)).toEqual([]);

    const isSame = after
      .slice(0, before.length)
      .every(({ commitment, id }, at) => commitment === before[at]?.commitment && id === before[at].id);
    const report = await verifyLog({ store: ledger, trusted: [toVerifier(signer)] }, { kept: [] });
    expect([isSame, report.faults, report.erased]).toEqual([true, [], places.length]);
    const chunks = await readExport();
    expect(await verifyExport(chunks, { logKey })).toMatchObject({ isValid: true, erased: places.length });
    expect((await getInclusionPath(ledger, 0, after.length)).length).toBeGreaterThan(2);
    // Nothing that leads to the person is in what anybody can read: neither in bodies nor in the tiles.
    const tile = await ledger.readTile(0, 0);
    const bytes = Buffer.concat([...chunks, Buffer.from(tile?.hashes ?? [])]).toString('latin1');
    expect(bytes).toContain(after[0]?.commitment);
    expect(bytes).not.toContain(personId);
  });

  test('is accounted for in a file of the whole log, also when the erasure comes while it is written', async () => {
    const { ledger, erasures } = opened.storage;
    const scene = await createScene(opened.storage);
    await add(Array.from({ length: 3 }, () => createEvent('data.released', { personRef: scene.person.id })));
    const named = { personId: scene.person.id, handle: createName(), registryDigest: createName(), event: createEvent('person.erased') };
    let reads = 0;
    const store = {
      findCheckpoint: async () => ledger.findCheckpoint(),
      readEntries: async (from: number, to: number) => {
        reads += 1;
        if (reads === 1) {
          await erasures.erasePerson(named);
        }
        return ledger.readEntries(from, to);
      },
    };
    const sequence = async () => sequenceAll({ store: ledger, signer, clock: createSteppingClock(now, 1) });
    const written = await createExport(store, { log: logKey, sequence });
    expect([reads, await verifyExport([Buffer.from(written)], { logKey })]).toMatchObject([2, { isValid: true, faults: [] }]);
  });

  test('AL-01 an entry that somebody inside makes unprovable, as if it were erased: both verifiers tell it from an erasure', async () => {
    const { ledger } = opened.storage;
    const kept = (await readEntries()).findLast(({ salt, personRef }) => salt !== null && personRef !== null);
    const judge = async (): Promise<readonly string[]> => {
      const own = await verifyLog({ store: ledger, trusted: [toVerifier(signer)] }, { kept: [] });
      return [...own.faults, ...(await verifyExport(await readExport(), { logKey })).faults].map(({ code }) => code);
    };
    expect(await judge()).toEqual([]);
    await opened.engine.atomic(function* () {
      yield { text: 'DELETE FROM entry_secrets WHERE entry_id = ?', values: [kept?.id ?? ''] };
    });
    expect(await judge()).toEqual(['erasure-unaccounted', 'erasure-unaccounted']);
  });
});
