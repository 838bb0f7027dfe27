import { describeLedgerStore } from '../../contracts/ledger-store.contract.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';

describeLedgerStore('the store in memory', () => Promise.resolve(createMemoryLedgerStore()));
