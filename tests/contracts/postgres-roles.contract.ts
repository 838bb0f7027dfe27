// The roles of the operator's guide, on a real server: a node works with the one that owns nothing, which cannot touch evidence.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import { createNightly } from '../../src/nightly.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { createSchema } from '../support/postgres-database.ts';
import type { TestSchema } from '../support/postgres-database.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { createEvent, createName, createPerson } from '../support/store-samples.ts';

const guide = readFileSync(new URL('../../docs/guides/operator.md', import.meta.url), 'utf8');
const written = [...guide.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql ?? '').join('\n');

async function runOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export function describePostgresRoles(server: PostgresServer): void {
  describe('The roles of the operator’s guide', () => {
    const mark = randomBytes(4).toString('hex');
    const node = `huwiya_node_${mark}`;
    let schema: TestSchema;
    let own: Storage;
    let url = '';
    let storage: Storage;

    beforeAll(async () => {
      schema = await createSchema(server);
      own = openStorage({ kind: 'postgres', url: schema.url });
      await own.migrate(systemClock);
      const name = /search_path%3D(\w+)/.exec(schema.url)?.[1] ?? '';
      const roles = written.replaceAll('SCHEMA public', `SCHEMA ${name}`).replaceAll(/huwiya_(?:node|reader)/g, `$&_${mark}`);
      await runOnce(schema.url, roles);
      const as = new URL(schema.url);
      as.username = node;
      as.password = '';
      url = as.href;
      storage = openStorage({ kind: 'postgres', url });
    });
    afterAll(async () => {
      await storage.close();
      await own.close();
      await runOnce(
        schema.url,
        ['node', 'reader'].map((each) => `DROP OWNED BY huwiya_${each}_${mark}; DROP ROLE huwiya_${each}_${mark};`).join(''),
      );
      await schema.drop();
    });

    it('let a node write, number, sign, erase and read, with nothing against its start', async () => {
      expect(await storage.checkStart()).toEqual([]);
      const person = createPerson();
      await storage.people.savePeople([person], [], []);
      const shown = { ...createEvent('session.started'), personRef: person.id };
      await storage.engine.commit([{ kind: 'append-event', event: shown }], systemClock.now());
      const { size } = await sequenceAll({ store: storage.ledger, clock: systemClock, signer: createSigner('roles.example/ledger') });
      expect(size).toBeGreaterThan(0);
      await storage.facts.projectFacts(100);
      const erasure = { personId: person.id, handle: createName(), registryDigest: createName(), event: createEvent('person.erased') };
      expect(await storage.erasures.erasePerson(erasure)).toBe('erased');
      expect((await storage.ledger.readEntries(0, 1))[0]).toMatchObject({ salt: null, personRef: null });
    });

    it('let a node verify the whole log at night, and keep what it found', async () => {
      const clock = { now: () => Date.parse('2026-05-02T01:30:00Z') };
      const config = { database: { kind: 'postgres', url }, verifyHour: 1 } as const;
      const held = [toVerifierText(toVerifier(createSigner('roles.example/ledger')))];
      const log = createLog('info', { write: () => undefined });
      await createNightly({ config, storage, clock, log, held, findKept: async () => [] }).look();
      const { root, size } = (await storage.ledger.findCheckpoint()) ?? {};
      // Of the person above nothing but the secrets was taken, which no entry accounts for.
      const found = { night: '2026-05-02', size, root, faults: 1, firstFault: 'erasure-unaccounted' };
      expect(await storage.verifications.listVerifications(1)).toMatchObject([found]);
    });

    it.each([
      'ALTER TABLE entries DISABLE TRIGGER ALL',
      'DROP TRIGGER entries_update ON entries',
      "SET session_replication_role = 'replica'",
      "UPDATE entries SET body = 'x'",
      'DELETE FROM entries',
      'UPDATE checkpoints SET size = 1',
      'DELETE FROM checkpoint_signatures',
      'DELETE FROM ledger_tiles',
      'TRUNCATE entry_secrets',
      'INSERT INTO migrations SELECT * FROM migrations',
    ])('refuse a node: %s', async (sql) => {
      await expect(runOnce(url, sql)).rejects.toThrow(/permission denied|must be owner/);
    });

    it('are told apart by what an operator is warned of', async () => {
      const kinds = async ({ health }: Storage) => (await health.findCares()).map(({ kind }) => kind);
      expect([await kinds(own), await kinds(storage)]).toEqual([['owner'], []]);
      const local = openStorage({ kind: 'postgres', url: url.replace('search_path', 'synchronous_commit%3Dlocal%20-c%20search_path') });
      try {
        expect(await kinds(local)).toEqual(['standby']);
      } finally {
        await local.close();
      }
    });
  });
}
