// Consents in memory, with the promises of the port: conditional on the version, one standing record, all or nothing. Answers after `pause`, so that a test
// can let one decision overtake another.

import { isStanding } from '../../src/domain/consent/consent.ts';
import type { Consent, StoredConsent } from '../../src/domain/consent/consent.ts';
import type { ConsentStore, Decision } from '../../src/domain/consent/store.ts';

export type MemoryConsents = ConsentStore & { readonly saved: readonly Decision[] };

function isSame(one: Consent, other: Consent): boolean {
  return one.personId === other.personId && one.clientId === other.clientId && one.purposeId === other.purposeId;
}

export function createMemoryConsents(pause: () => Promise<void> = () => Promise.resolve()): MemoryConsents {
  const saved: Decision[] = [];
  const find = (isThis: (consent: Consent) => boolean): StoredConsent | undefined => {
    const found = saved.findLast(({ consent }) => isThis(consent))?.consent;
    return found && { ...found, uses: 0, lastUsedAt: null };
  };
  const save = (decision: Decision): 'saved' | 'store/conflict' => {
    const { consent, expectedVersion } = decision;
    const known = find(({ id }) => id === consent.id);
    const standing = find((other) => isSame(other, consent) && other.id !== consent.id);
    if ((known?.version ?? null) !== expectedVersion || (standing !== undefined && isStanding(standing) && isStanding(consent))) {
      return 'store/conflict';
    }
    saved.push(decision);
    return 'saved';
  };
  return {
    saved,
    saveDecision: async (decision) => {
      await pause();
      return save(decision);
    },
    findConsentFor: async (personId, clientId, purposeId) => {
      await pause();
      return find((consent) => consent.personId === personId && consent.clientId === clientId && consent.purposeId === purposeId);
    },
    findConsent: async (id) => find((consent) => consent.id === id),
    listOfSubjects: async () => [],
    listConsents: async () => [],
    listStandingOf: async () => [],
    readRecords: async () => [],
    readRecord: async () => undefined,
    countRecords: async () => 0,
    listUntold: async () => [],
    tellExpiry: async () => undefined,
    listReceipts: async () => saved.map(({ receipt }) => receipt),
    listDecisions: async () => [],
    findNotice: async (digest) => saved.find(({ notice }) => notice?.digest === digest)?.notice ?? undefined,
    findNoticeIn: async ({ purposeId, purposeVersion }, language) =>
      saved
        .map(({ notice }) => notice)
        .find((notice) => notice?.purposeId === purposeId && notice.purposeVersion === purposeVersion && notice.language === language) ??
      undefined,
    findReceipt: async (id) => saved.find(({ receipt }) => receipt.id === id)?.receipt,
  };
}
