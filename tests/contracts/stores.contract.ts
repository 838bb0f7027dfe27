// Every port's contract on one database.

import { afterAll, describe } from 'vitest';
import type { TestDatabase } from '../support/opened-database.ts';
import { describeLedgerStore } from './ledger-store.contract.ts';

export function describeStores(database: TestDatabase): void {
  describe(`Storage on ${database.name}`, () => {
    afterAll(async () => database.stop());
    describeLedgerStore(database.name, async () => {
      const { storage, append, close } = await database.open();
      return { ...storage.ledger, append, close };
    });
  });
}
