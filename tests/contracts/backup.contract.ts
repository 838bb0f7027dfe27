// What of a database comes back from the rows that a backup carries, in a database of the same kind and in one of the other.

import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { Fault } from '../../src/domain/kernel/errors.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { Sequenced } from '../../src/domain/ledger/store.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { loadRows } from '../../src/storage/load-rows.ts';
import type { RowGroup } from '../../src/storage/load-rows.ts';
import { readHead, readTables } from '../../src/storage/read-tables.ts';
import type { Snapshot } from '../../src/storage/read-tables.ts';
import { createSampleEvents, createSigner } from '../support/ledger-samples.ts';
import type { OpenedDatabase, TestDatabase } from '../support/opened-database.ts';
import { createSqliteDatabase } from '../support/sqlite-database.ts';
import {
  createEvent,
  createGrant,
  createPasskey,
  createToken,
  createTokenKey,
  noChanges,
  now,
  saveArtefact,
} from '../support/store-samples.ts';
import { createSubmission } from '../support/submission-sample.ts';

const signer = createSigner('id.example/ledger');

/** Everything that a backup carries, in groups as they are read. */
async function readAll(snapshot: Snapshot): Promise<readonly RowGroup[]> {
  const all: RowGroup[] = [];
  for (const { name, columns, groups } of readTables(snapshot)) {
    for await (const rows of groups) {
      all.push({ name, columns, rows });
    }
  }
  return all;
}

async function fill(target: OpenedDatabase, groups: readonly RowGroup[]): Promise<void> {
  for (const group of groups) {
    await loadRows(target.engine, group);
  }
}

const sequence = ({ storage }: OpenedDatabase): Promise<Sequenced> => sequenceAll({ store: storage.ledger, clock: systemClock, signer });

/** What a database holds, and the tree that it goes on to. */
async function furnishAndRead(database: TestDatabase) {
  const source = await database.open();
  await furnish(source);
  const groups = await readAll(source.engine);
  const head = await readHead(source.engine);
  const tokens = await source.engine.read({ text: 'SELECT key FROM artefacts', values: [] });
  const next = await sequence(source);
  await source.close();
  return { groups, head, tokens, next };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => (made ??= make());
}

/** A person with passkey, consent, session and token; more entries than one group; some without a number. */
async function furnish({ storage, append }: OpenedDatabase): Promise<void> {
  const grant = await createGrant(storage);
  await storage.engine.commit([saveArtefact(createToken(grant))], systemClock.now());
  await storage.passkeys.savePasskey({
    passkey: createPasskey(grant.person.id, { isBackupEligible: true, isBackedUp: false }),
    invitationDigest: null,
    now: systemClock.now(),
    event: createEvent('passkey.registered'),
  });
  await decideOne(storage);
  await append(createSampleEvents(2345, 'a'));
  await sequenceAll({ store: storage.ledger, clock: systemClock, signer });
  await append(createSampleEvents(7, 'b'));
  await storage.keys.saveKeys({ version: 0, keys: [createTokenKey({ activeAt: 1 }), createTokenKey()], events: [] });
  await storage.claimInstallation({ issuer: 'https://id.example', 'log-key': 'x' });
}

/** Something approved, by somebody who approves no more, and something that waits. */
async function decideOne({ agencies, staff }: OpenedDatabase['storage']): Promise<void> {
  const officer = { id: 'o', name: 'Officer', role: 'approver', agencyId: null, status: 'active', language: null, handle: 'h' } as const;
  await staff.saveInvitation({
    officer: { ...officer, createdAt: now },
    invitation: { digest: 'd', officerId: officer.id, createdAt: now, expiresAt: now + 1 },
    event: createEvent('officer.invited'),
  });
  const submission = createSubmission({ id: 'approved' });
  await agencies.saveChanges(noChanges, submission);
  await agencies.saveChanges(noChanges, createSubmission({ id: 'waits' }));
  const decided = { id: 'approved', decision: 'approve', decidedBy: officer.id, decidedAt: now, reason: 'because', events: [] } as const;
  const effect = { changes: submission.content, events: [], findHindrance: () => undefined };
  expect(await agencies.saveDecision({ ...decided, effect })).toBe('saved');
  await staff.saveStatus({ officerId: officer.id, status: 'suspended', event: createEvent('officer.status_changed') });
}

export function describeBackup(database: TestDatabase): void {
  describe('a backup of it', () => {
    const furnished = once(async () => furnishAndRead(database));

    it.each([database, createSqliteDatabase()])('comes back the same, proves the same and goes on the same on $name', async (other) => {
      const there = await furnished();
      const target = await other.open();
      await fill(target, there.groups);
      expect(await readAll(target.engine)).toEqual(there.groups);
      await expect(
        target.storage.agencies.saveChanges(noChanges, createSubmission({ state: 'approved', decidedBy: 'o', decidedAt: now })),
      ).rejects.toThrow(Fault);
      expect(await readHead(target.engine)).toEqual(there.head);
      const report = await verifyLog({ store: target.storage.ledger, trusted: [toVerifier(signer)] }, { kept: [] });
      expect(report.faults).toEqual([]);
      const here = await sequence(target);
      expect([here.added, here.checkpoint?.root]).toEqual([7, there.next.checkpoint?.root]);
      await target.close();
      if (other !== database) {
        await other.stop();
      }
    });

    it('leaves behind whatever lets somebody go on without signing in again', async () => {
      const { groups, tokens } = await furnished();
      expect(tokens.length).toBeGreaterThan(0);
      const target = await database.open();
      await fill(target, groups);
      for (const name of ['artefacts', 'sessions', 'ended_tokens', 'invitations', 'officer_invitations', 'staff_sessions', 'ceremonies']) {
        expect({ name, rows: await target.engine.read({ text: `SELECT 1 AS one FROM ${name}`, values: [] }) }).toEqual({ name, rows: [] });
      }
      await target.close();
    });

    it('is refused where it names a table or a column that cannot be one', async () => {
      const target = await database.open();
      const rows = [['x']];
      await expect(loadRows(target.engine, { name: 'sqlite_schema', columns: ['sql'], rows })).rejects.toThrow('does not know');
      await expect(loadRows(target.engine, { name: 'sessions', columns: ['uid'], rows })).rejects.toThrow('does not know');
      await expect(loadRows(target.engine, { name: 'people', columns: ['id) VALUES (1); --'], rows })).rejects.toThrow('cannot be one');
      await target.close();
    });
  });
}
