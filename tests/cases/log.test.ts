// The log against somebody inside who can write to the database and runs the very code that makes it (security.md 2.9). Each case has a positive control, and each
// fault is named by the node's own verification and by the offline verifier, which share no code.

import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Parts } from '../../src/app.ts';
import { sequenceLog, toLogSigner } from '../../src/cli/sequence-log.ts';
import { parseJson, toCanonicalJson } from '../../src/domain/kernel/canonical.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { emptyRoot, hashLeaf, hashNode } from '../../src/domain/ledger/merkle.ts';
import { isIncluded } from '../../src/domain/ledger/merkle-verify.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import type { LedgerStore } from '../../src/domain/ledger/store.ts';
import { findMembers } from '../../src/verifier/canonical.ts';
import { findRootOfPath, toTreeHash } from '../../src/verifier/tree.ts';
import { verifyExport } from '../../src/verifier/verify-export.ts';
import { createExport } from '../support/receipt-samples.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../support/memory-ledger-store.ts';
import { createInstallation, createUpkeepFolder } from '../support/upkeep-world.ts';
import type { Installation } from '../support/upkeep-world.ts';

/** The places that each verifier names; -1 for the log as a whole. */
type Judged = { readonly node: readonly number[]; readonly offline: readonly number[]; readonly codes: readonly string[] };

type Asked = { readonly signer: NoteSigner; readonly kept?: readonly string[] };

async function judge(store: LedgerStore, { signer, kept = [] }: Asked): Promise<Judged> {
  const own = await verifyLog({ store, trusted: [toVerifier(signer)] }, { kept });
  const logKey = toVerifierText(toVerifier(signer));
  const written = await createExport(store, { log: logKey });
  const offline = await verifyExport([Buffer.from(written)], { logKey, kept });
  const toPlaces = (faults: readonly { readonly index: number | null }[]): readonly number[] => faults.map(({ index }) => index ?? -1);
  return {
    node: toPlaces(own.faults),
    offline: toPlaces(offline.faults),
    codes: [...own.faults, ...offline.faults].map(({ code }) => code),
  };
}

const textColumns = ['id', 'type', 'service', 'purpose', 'attributes', 'body', 'commitment', 'salt', 'person_ref'] as const;

describe('the log, in a database that somebody inside writes to', () => {
  const place = createUpkeepFolder();
  let own: Installation;
  let signer: NoteSigner;
  /** After four, seven and nine entries. */
  let heads: readonly string[];

  const add = async ({ storage }: Parts, events: readonly SealedEvent[]): Promise<void> => {
    const writes = events.map((event) => ({ kind: 'append-event' as const, event }));
    expect(await storage.engine.commit(writes, systemClock.now())).toEqual({ ok: true });
  };

  const createEvent = (at: number, clock = systemClock): SealedEvent =>
    sealEvent(
      { clock, random: systemRandom },
      {
        type: 'export.created',
        personRef: null,
        actor: { kind: 'operator', ref: null },
        record: `rec-${at}`,
        service: 'permit',
        purpose: 'renewal',
        attributes: ['email'],
        payload: { note: 'تجديد' },
      },
    );

  beforeAll(async () => {
    own = await createInstallation({ folder: join(place.path, 'own'), issuer: 'http://localhost:4162' });
    heads = await own.use(async (parts) => {
      signer = toLogSigner(parts);
      const texts: string[] = [];
      for (const count of [4, 3, 2]) {
        await add(
          parts,
          Array.from({ length: count }, (_, at) => createEvent(at)),
        );
        await sequenceLog(parts);
        texts.push((await parts.storage.ledger.findCheckpoint())?.text ?? '');
      }
      return texts;
    });
    copyFileSync(own.databaseFile, join(place.path, 'untouched.db'));
  });
  afterAll(() => place.remove());

  /** Does something to a copy behind the back of the product, with every guard of the database taken away. */
  async function bend<T>(act: (insider: Database.Database, store: LedgerStore) => Promise<T>): Promise<T> {
    ['-wal', '-shm'].forEach((end) => rmSync(`${own.databaseFile}${end}`, { force: true }));
    copyFileSync(join(place.path, 'untouched.db'), own.databaseFile);
    const insider = new Database(own.databaseFile);
    try {
      insider.pragma('foreign_keys = OFF');
      const guards = insider.prepare<[], { readonly name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
      guards.forEach(({ name }) => insider.exec(`DROP TRIGGER ${name}`));
      return await own.use(async (parts) => act(insider, parts.storage.ledger));
    } finally {
      insider.close();
    }
  }

  test('AL-01 one byte of one row is another, in each column in turn: both verifiers name the row', async () => {
    await bend(async (insider, store) => {
      expect(await judge(store, { signer })).toEqual({ node: [], offline: [], codes: [] });
      const secret = { table: 'entry_secrets', where: 'entry_id = (SELECT id FROM entries WHERE log_index = ?)' };
      const toPlace = (column: string): typeof secret =>
        column === 'salt' || column === 'person_ref' ? secret : { table: 'entries', where: 'log_index = ?' };
      const change = fc.asyncProperty(fc.nat(8), fc.nat(), fc.constantFrom(...textColumns), async (row, at, column) => {
        const { table, where } = toPlace(column);
        const found = insider
          .prepare<[number], { readonly text: string | null }>(`SELECT ${column} AS text FROM ${table} WHERE ${where}`)
          .get(row);
        const text = found?.text ?? '';
        const set = insider.prepare<[string | null, number]>(`UPDATE ${table} SET ${column} = ? WHERE ${where}`);
        const spot = text === '' ? 0 : at % text.length;
        set.run(`${text.slice(0, spot)}${text[spot] === 'A' ? 'B' : 'A'}${text.slice(spot + 1)}`, row);
        const { node, offline } = await judge(store, { signer });
        set.run(found?.text ?? null, row);
        expect([node.includes(row), offline.includes(row)], `${column} of ${row} at ${spot}`).toEqual([true, true]);
      });
      await fc.assert(change, { numRuns: 60 });
      insider.exec('UPDATE entries SET at = at + 1 WHERE log_index = 6');
      const moved = await judge(store, { signer });
      expect([moved.node, moved.offline]).toEqual([[6], [6]]);
    });
  });

  test.each([
    ['a row that was deleted', 'DELETE FROM entries WHERE log_index = 3', 3],
    [
      'two rows that were swapped',
      'UPDATE entries SET log_index = -1 WHERE log_index = 3; UPDATE entries SET log_index = 3 WHERE log_index = 4; UPDATE entries SET log_index = 4 WHERE log_index = -1',
      3,
    ],
    [
      'a row that was inserted',
      `UPDATE entries SET log_index = -2 - log_index WHERE log_index >= 3; UPDATE entries SET log_index = -1 - log_index WHERE log_index < 0;
       INSERT INTO entries (id, type, at, service, purpose, attributes, body, commitment, log_index, leaf_hash)
       SELECT 'inserted', type, at, service, purpose, attributes, body, commitment, 3, leaf_hash FROM entries WHERE log_index = 0`,
      3,
    ],
  ])('AL-02 %s is found, and its place is named', async (_, script, index) => {
    await bend(async (insider, store) => {
      insider.exec(script);
      const { node, offline } = await judge(store, { signer });
      expect(node).toContain(index);
      expect(offline.length).toBeGreaterThan(0);
      expect(Math.min(...offline.filter((each) => each >= 0))).toBeLessThanOrEqual(index);
    });
  });

  /** What somebody makes who has every row and the product's own code, and signs with `by`: the same log without its fifth entry. */
  async function recompute(store: LedgerStore, by: NoteSigner) {
    const entries = (await store.readEntries(0, 9)).filter(({ index }) => index !== 4);
    const forged = createMemoryLedgerStore();
    await forged.append(entries.map((entry) => ({ ...entry, type: 'export.created', salt: entry.salt ?? '' })));
    await sequenceAll({ store: forged, signer: by, clock: systemClock });
    return forged;
  }

  test('AL-04 a log that was recomputed whole without the key of the log is refused: by every signature, and by every head that was signed before', async () => {
    await bend(async (_, store) => {
      const forged = await recompute(store, createSigner(signer.name, 'insider'));
      expect((await judge(forged, { signer: createSigner(signer.name, 'insider') })).codes).toEqual([]);
      const { codes } = await judge(forged, { signer });
      expect(new Set(codes)).toEqual(new Set(['checkpoint-signature']));
      // The heads that were truly signed are put back in: now the entries do not give their roots.
      forged.rows.checkpoints = [...(await store.readCheckpoints(-1, 10))];
      const signed = await judge(forged, { signer });
      expect(signed.codes).toEqual(expect.arrayContaining(['root-mismatch', 'tail-missing']));
    });
  });

  test('AL-04 with the key of the log as well only a head that somebody kept outside tells: one kept head is enough', async () => {
    await bend(async (_, store) => {
      const forged = await recompute(store, signer);
      expect((await judge(forged, { signer })).codes).toEqual([]);
      const [, second = '', last = ''] = heads;
      expect((await judge(forged, { signer, kept: [second] })).codes).toEqual(
        expect.arrayContaining(['inconsistent-with-earlier-checkpoint', 'kept-checkpoint']),
      );
      expect((await judge(forged, { signer, kept: [last] })).codes).toContain('tail-missing');
      expect((await judge(store, { signer, kept: heads })).codes).toEqual([]);
    });
  });

  test('AL-07 an entry whose clock went back an hour stands where it was entered, and the verification points at it', async () => {
    await bend(async (_insider, store) => {
      const before = await verifyLog({ store, trusted: [toVerifier(signer)] }, { kept: [] });
      expect(before.notices).toEqual([]);
      const late = createEvent(9, { now: () => Date.now() - 3_600_000 });
      await own.use(async (parts) => {
        await add(parts, [late]);
        await sequenceLog(parts);
      });
      const [entry] = await store.readEntries(9, 10);
      expect(entry?.id).toBe(late.id);
      const after = await verifyLog({ store, trusted: [toVerifier(signer)] }, { kept: heads });
      expect([after.faults, after.notices]).toEqual([[], [{ code: 'time-backwards', index: 9, id: late.id }]]);
      // Whatever time it says: the head of nine entries was signed, and seen, without it.
      expect(heads[2]).toContain('\n9\n');
    });
  });

  test('AL-08 an event that comes twice, at once or after its number, is one entry', async () => {
    await bend(async (_insider, store) => {
      await own.use(async (parts) => {
        const event = createEvent(10);
        const other = createEvent(11);
        await expect(add(parts, [event, event])).rejects.toBeInstanceOf(Error);
        await add(parts, [event]);
        await expect(add(parts, [event])).rejects.toBeInstanceOf(Error);
        await sequenceLog(parts);
        await expect(add(parts, [other, event])).rejects.toBeInstanceOf(Error);
        await sequenceLog(parts);
        await add(parts, [other]);
        await sequenceLog(parts);
        const ids = (await store.readEntries(0, 20)).map(({ id }) => id);
        expect(ids.slice(9)).toEqual([event.id, other.id]);
      });
      expect((await judge(store, { signer, kept: heads })).codes).toEqual([]);
    });
  });

  test('AL-10 a body in another spelling of the same meaning is another body: order, escapes, numbers, names that stand twice', async () => {
    await bend(async (insider, store) => {
      const read = insider.prepare<[], { readonly body: string }>('SELECT body FROM entries WHERE log_index = 2');
      const write = insider.prepare<[string]>('UPDATE entries SET body = ? WHERE log_index = 2');
      const body = read.get()?.body ?? '';
      const { acted_by: by, ...rest } = Object(parseJson(body));
      const spellings = [
        JSON.stringify({ ...rest, acted_by: by }),
        body.replace('تجديد', '\\u062a\\u062c\\u062f\\u064a\\u062f'),
        body.replace(/"at":(\d+)/, '"at":$1.0'),
        body.replace(/"at":(\d+)/, '"at":$1e0'),
        body.replace('{"acted_by":', '{"acted_by":"self","acted_by":'),
        body.replace(',', ', '),
        `${body} `,
      ];
      expect(spellings.filter((text) => text === body)).toEqual([]);
      for (const text of spellings) {
        write.run(text);
        const { node, offline } = await judge(store, { signer });
        expect([node.includes(2), offline.includes(2)], `spelled ${text}`).toEqual([true, true]);
      }
      write.run(body);
      expect((await judge(store, { signer })).codes).toEqual([]);
    });
    const oneSpelling = fc.property(fc.dictionary(fc.string(), fc.json().map(parseJson)), (value) => {
      const plain = JSON.stringify(value);
      const text = toCanonicalJson(z.json().parse(value));
      expect(findMembers(text)).toBeDefined();
      expect(toCanonicalJson(z.json().parse(parseJson(text)))).toBe(text);
      expect(findMembers(plain) !== undefined).toBe(plain === text);
    });
    fc.assert(oneSpelling, { numRuns: 300 });
  });
});

test('AL-09 an inner node of the tree is never taken for an entry, nor an entry for a node', () => {
  const leaves = ['a', 'b', 'c', 'd'].map((text) => hashLeaf(Buffer.from(text)));
  const [a, b, c, d] = [leaves[0] ?? emptyRoot, leaves[1] ?? emptyRoot, leaves[2] ?? emptyRoot, leaves[3] ?? emptyRoot];
  const [left, right] = [hashNode(a, b), hashNode(c, d)];
  const root = hashNode(left, right);
  // Whoever could have the two hashes under a node read as the bytes of an entry would prove an entry that nobody made.
  const bytes = Buffer.concat([a, b]);
  const forged = [hashLeaf(bytes), hashLeaf(Buffer.concat([Uint8Array.of(1), bytes]))];
  expect(isIncluded({ leafHash: a, index: 0, size: 4, path: [b, right], root })).toBe(true);
  for (const leafHash of forged) {
    expect(isIncluded({ leafHash, index: 0, size: 2, path: [right], root })).toBe(false);
    expect(findRootOfPath(toTreeHash(Buffer.from(leafHash)), { index: 0, size: 2, hashes: [toTreeHash(Buffer.from(right))] })).not.toBe(
      toTreeHash(Buffer.from(root)),
    );
  }
  // RFC 6962 §2.1: the empty tree, and the tree of one empty entry.
  expect(Buffer.from(emptyRoot).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(Buffer.from(hashLeaf(Buffer.alloc(0))).toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(isIncluded({ leafHash: left, index: 0, size: 4, path: [right], root })).toBe(false);
});
