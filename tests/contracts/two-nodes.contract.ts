// What one node reads of the register after another one changed it, each with connections of its own.

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { Fault } from '../../src/domain/kernel/errors.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { createStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { createSchema } from '../support/postgres-database.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { createAgency, createEvent, createName, createPurpose, createService, noChanges } from '../support/store-samples.ts';

type Node = { readonly storage: Storage; readonly state: { reads: number; isAway: boolean } };

function openNode(engine: Engine): Node {
  const state = { reads: 0, isAway: false };
  const read: Engine['read'] = async (statement) => {
    state.reads += 1;
    if (state.isAway) {
      throw new Fault('store/unavailable', 'no answer');
    }
    return engine.read(statement);
  };
  return { storage: createStorage({ ...engine, read }), state };
}

export function describeRegisterOfTwoNodes(server: PostgresServer): void {
  describe('The register, read on one node and changed on another', () => {
    const close: (() => Promise<void>)[] = [];
    let [here, there]: [Node?, Node?] = [];
    const nodes = (): readonly [Node, Node] => {
      if (here === undefined || there === undefined) {
        throw new Error('the nodes are not open yet');
      }
      return [here, there];
    };
    beforeAll(async () => {
      const schema = await createSchema(server);
      [here, there] = [openNode(openPostgres(schema.url)), openNode(openPostgres(schema.url))];
      close.push(here.storage.close, there.storage.close, schema.drop);
      await here.storage.migrate(systemClock);
    });
    afterAll(async () => {
      for (const end of close) {
        await end();
      }
    });
    const register = async () => {
      const agency = createAgency();
      const service = createService(agency.id);
      const purposes = [createPurpose(service.clientId)];
      await nodes()[0].storage.agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service], purposes });
      return { agency, service, purposes };
    };

    test('FT-25 says of a service what stands now at each use: suspended, changed, with another purpose, of a renamed agency', async () => {
      const [{ storage: first }, { storage: second }] = nodes();
      const { agency, service, purposes } = await register();
      const find = async () => second.agencies.findService(service.clientId);
      const list = async () => (await second.agencies.listServices()).find((each) => each.service.clientId === service.clientId);
      const before = { agency, service, version: 1, purposes };
      expect([await find(), await list()]).toEqual([before, before]);
      await first.agencies.saveServiceStatus(service.clientId, 'suspended', createEvent('service.status_changed'));
      const suspended = { ...before, service: { ...service, status: 'suspended' } };
      expect([await find(), await list()]).toEqual([suspended, suspended]);
      const renamed = { ...agency, name: { ar: 'اسم آخر', en: 'Another name' } };
      const more = createPurpose(service.clientId, { id: createName(), isDefault: false });
      await first.agencies.saveChanges({ ...noChanges, agencies: [renamed], purposes: [more] });
      for (const read of [await find(), await list()]) {
        expect(read?.agency).toEqual(renamed);
        expect(new Set(read?.purposes)).toEqual(new Set([...purposes, more]));
      }
      await first.agencies.saveChanges({
        ...noChanges,
        services: [{ ...service, metadata: { redirect_uris: ['https://other.example/'] } }],
      });
      expect((await find())?.service.metadata).toEqual({ redirect_uris: ['https://other.example/'] });
      expect(await list()).toEqual(await find());
    });

    it('asks one thing at each use while nothing changes, and gives the very reading that it has', async () => {
      const [, { storage, state }] = nodes();
      const { service } = await register();
      const [found, listed] = [await storage.agencies.findService(service.clientId), await storage.agencies.listServices()];
      state.reads = 0;
      expect(await storage.agencies.findService(service.clientId)).toBe(found);
      expect(await storage.agencies.listServices()).toBe(listed);
      expect(await storage.agencies.findService(createName())).toBeUndefined();
      expect(state.reads).toBe(3);
    });

    it('says nothing of what it has read while the database does not answer', async () => {
      const [, { storage, state }] = nodes();
      const { service } = await register();
      const found = await storage.agencies.findService(service.clientId);
      await storage.agencies.listServices();
      state.isAway = true;
      await expect(storage.agencies.findService(service.clientId)).rejects.toMatchObject({ code: 'store/unavailable' });
      await expect(storage.agencies.listServices()).rejects.toMatchObject({ code: 'store/unavailable' });
      state.isAway = false;
      expect(await storage.agencies.findService(service.clientId)).toEqual(found);
    });
  });
}
