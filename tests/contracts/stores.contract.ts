// Every port's contract on one database.

import { afterAll, beforeAll, describe } from 'vitest';
import type { OpenedDatabase, TestDatabase } from '../support/opened-database.ts';
import { describeAgenciesStore } from './agencies-store.contract.ts';
import { describeAuditCasesStore } from './audit-cases-store.contract.ts';
import { describeBreachLists } from './breach-lists.contract.ts';
import { describeUnmaskings } from './unmaskings.contract.ts';
import { describeAuditExportsStore } from './audit-exports-store.contract.ts';
import { describeAuditSearchesStore } from './audit-searches-store.contract.ts';
import { describeBackup } from './backup.contract.ts';
import { describeConsentsStore } from './consents-store.contract.ts';
import { describeClosing } from './closing.contract.ts';
import { describeConsentStatus } from './consent-status.contract.ts';
import { describeDutiesStore } from './duties-store.contract.ts';
import { describeDeclaredStore } from './declared-store.contract.ts';
import { describeEngine } from './engine.contract.ts';
import { describeEngineStore } from './engine-store.contract.ts';
import { describeErasures } from './erasures.contract.ts';
import { describeExpiredConsents } from './expired-consents.contract.ts';
import { describeFiguresStore } from './figures-store.contract.ts';
import { describeVerificationStore } from './verifications-store.contract.ts';
import { describeWitnessesStore } from './witnesses-store.contract.ts';
import { describeFreezeBeneath } from './freeze-beneath.contract.ts';
import { describeHealth } from './health.contract.ts';
import { describeFactStore } from './facts-store.contract.ts';
import { describeFactsOfErased } from './facts-of-erased.contract.ts';
import { describeHomeStore } from './home-store.contract.ts';
import { describeKeysStore } from './keys-store.contract.ts';
import { describeLedgerSearch } from './ledger-search.contract.ts';
import { describeLedgerStore } from './ledger-store.contract.ts';
import { describeLimitsStore } from './limits-store.contract.ts';
import { describeLogoutsStore } from './logouts-store.contract.ts';
import { describeMetadataStore } from './metadata-store.contract.ts';
import { describeMigrations } from './migrate.contract.ts';
import { describeOutboxStore } from './outbox-store.contract.ts';
import { describeLevelCodes } from './level-codes.contract.ts';
import { describePasskeyNames } from './passkey-names.contract.ts';
import { describePasskeysStore } from './passkeys-store.contract.ts';
import { describePeopleStore } from './people-store.contract.ts';
import { describeProofingStore } from './proofing-store.contract.ts';
import { describeProtectionStore } from './protection-store.contract.ts';
import { describeSchema } from './schema.contract.ts';
import { describeSeedWriter } from './seed-writer.contract.ts';
import { describeSecurityNotices } from './security-notices.contract.ts';
import { describeSignOuts } from './sign-outs.contract.ts';
import { describeStaffStore } from './staff-store.contract.ts';
import { describeSuspensions } from './suspensions.contract.ts';
import { describeSuspendedOfficers } from './suspended-officers.contract.ts';
import { describeCounterRecoveries } from './counter-recoveries.contract.ts';
import { describeFrozenRecoveries } from './frozen-recoveries.contract.ts';
import { describeRecoveriesStore } from './recoveries-store.contract.ts';
import { describeSubmissions } from './submissions.contract.ts';
import { describeTracesStore } from './traces-store.contract.ts';
import { describeTraps } from './traps.contract.ts';

const suites = [
  describeSchema,
  describeMigrations,
  describeEngine,
  describePeopleStore,
  describeAgenciesStore,
  describePasskeysStore,
  describePasskeyNames,
  describeLevelCodes,
  describeProofingStore,
  describeProtectionStore,
  describeFreezeBeneath,
  describeSecurityNotices,
  describeMetadataStore,
  describeStaffStore,
  describeAuditCasesStore,
  describeAuditExportsStore,
  describeAuditSearchesStore,
  describeFactStore,
  describeFactsOfErased,
  describeLedgerSearch,
  describeUnmaskings,
  describeBreachLists,
  describeSuspensions,
  describeSuspendedOfficers,
  describeSubmissions,
  describeConsentsStore,
  describeConsentStatus,
  describeExpiredConsents,
  describeDutiesStore,
  describeOutboxStore,
  describeLogoutsStore,
  describeSignOuts,
  describeDeclaredStore,
  describeRecoveriesStore,
  describeFrozenRecoveries,
  describeCounterRecoveries,
  describeHomeStore,
  describeErasures,
  describeClosing,
  describeEngineStore,
  describeKeysStore,
  describeTracesStore,
  describeLimitsStore,
  describeTraps,
  describeFiguresStore,
  describeHealth,
  describeSeedWriter,
  // Last: it puts checkpoints into the log that nobody signed.
  describeVerificationStore,
  describeWitnessesStore,
];

export function describeStores(database: TestDatabase): void {
  describe(`Storage on ${database.name}`, () => {
    afterAll(async () => database.stop());
    describe('keeps what its ports promise:', () => {
      let opened: OpenedDatabase | undefined;
      const get = (): OpenedDatabase => {
        if (opened === undefined) {
          throw new Error('the database is not open yet');
        }
        return opened;
      };
      beforeAll(async () => {
        opened = await database.open();
      });
      afterAll(async () => opened?.close());
      suites.forEach((describeStore) => describeStore(get));
    });
    describeBackup(database);
    describeLedgerStore(database.name, async () => {
      const { storage, append, close } = await database.open();
      return { ...storage.ledger, append, close };
    });
  });
}
