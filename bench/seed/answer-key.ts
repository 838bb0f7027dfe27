// What was planted, with the entries by which it can be found: `anomalies.json` beside the database. Queries and sweeps are measured against it.

import { toTimestamp } from '../../src/domain/kernel/clock.ts';
import type { LedgerStore } from '../../src/domain/ledger/store.ts';

/** Of each group: what it is, and whether it is lawful and only looks alike. */
export const groupWords: Readonly<Record<string, string>> = {
  hasty: 'Decided in less than a second, on a notice of many lines.',
  'hasty-decoy': 'Turned back at once, and decided nothing.',
  'below-level': 'Entered a service of the level high with a sign-in of the level substantial.',
  'below-level-decoy': 'Signed in once more at the level high before entering.',
  'outside-purpose': 'An attribute left that the version of the purpose does not name, or under a version that nobody registered.',
  'outside-purpose-decoy': 'An attribute beyond the purpose was asked for and withheld.',
  'after-withdrawal': 'A release under a record that had been withdrawn.',
  'after-withdrawal-decoy': 'A request after the withdrawal, which was denied.',
  'after-expiry': 'A release under a record that had run out.',
  'after-expiry-decoy': 'A release after the record had been renewed.',
  'no-record': 'A release under a record that the log does not know, or that was given to another service.',
  'after-death': 'A sign-in and a release of a person whose status was deceased.',
  'after-death-decoy': 'An authority ended a record of a person who had died.',
  'device-burst': 'Fourteen people signed in and decided within half an hour, all with the mark of one passkey.',
  'device-burst-decoy': 'Twelve people over a day at one shared computer, each with a passkey of their own.',
  'counter-burst': 'One officer checked the identity of 24 people within 17 minutes.',
  'counter-burst-decoy': 'Four officers checked the identity of 24 people over a working day.',
  'clock-back': 'Entries of a node whose clock stood 97 minutes behind.',
  'refusals-after-text': 'The refusals of two months after a text changed: half of all who were asked.',
  'refusals-after-text-decoy': 'The refusals after another change of a text: hardly more than before.',
  'overdue-answers': 'A service let the days pass by which it owed answers.',
  'curious-auditor': 'An auditor opened 45 entries of one person on five days.',
  'curious-auditor-decoy': 'An auditor opened six entries of one person on one day.',
  'beyond-consent':
    'An attribute left that the person had not granted: with what left outside a purpose, after a withdrawal or after a widening.',
  'widened-unannounced': 'A purpose was widened without approval, and the new attribute left without a new notice.',
  'night-approval': 'An approver agreed between two and three at night.',
  'night-approval-decoy': 'Approvals by day, the latest of them after the office had closed.',
  'unused-approval': 'A purpose, or an attribute of one, was approved and nothing ever left for it. The entry is that of its registration.',
};

export type KeyBook = {
  /** `eventId`: of the entry that must stand there, where it is known beforehand. */
  readonly note: (group: string, index: number, eventId?: string) => void;
  readonly write: (ledger: Pick<LedgerStore, 'readEntries'>) => Promise<readonly Planting[]>;
};

export type Planting = {
  readonly kind: string;
  readonly isLawful: boolean;
  readonly about: string;
  readonly entries: readonly number[];
  readonly from: string | null;
  readonly to: string | null;
  readonly services: readonly string[];
  readonly officers: readonly string[];
};

type Noted = { readonly index: number; readonly eventId: string | undefined };

function findOfficer(body: string): readonly string[] {
  const found = /"actor":\{"kind":"officer","ref":"([^"]+)"\}/.exec(body)?.[1];
  return found === undefined ? [] : [found];
}

async function toPlanting(ledger: Pick<LedgerStore, 'readEntries'>, kind: string, noted: readonly Noted[]): Promise<Planting> {
  const entries = noted.map(({ index }) => index);
  const found = (await Promise.all(entries.map(async (index) => ledger.readEntries(index, index + 1)))).flat();
  if (noted.some(({ eventId }, place) => eventId !== undefined && found[place]?.id !== eventId)) {
    throw new TypeError(`an entry of ${kind} stands elsewhere than it was written`);
  }
  const times = found.map(({ at }) => at);
  const unique = (words: readonly (string | null)[]): readonly string[] => [...new Set(words.filter((word) => word !== null))].toSorted();
  return {
    kind: kind.replace(/-decoy$/, ''),
    isLawful: kind.endsWith('-decoy'),
    about: groupWords[kind] ?? '',
    entries,
    from: times.length === 0 ? null : toTimestamp(Math.min(...times)),
    to: times.length === 0 ? null : toTimestamp(Math.max(...times)),
    services: unique(found.map(({ service }) => service)),
    officers: unique(found.flatMap(({ body }) => findOfficer(body))),
  };
}

export function createKeyBook(): KeyBook {
  const groups = new Map<string, Noted[]>(Object.keys(groupWords).map((kind) => [kind, []]));
  return {
    note: (group, index, eventId) => {
      groups.get(group)?.push({ index, eventId });
    },
    write: async (ledger) => {
      const plantings: Planting[] = [];
      for (const [kind, entries] of groups) {
        plantings.push(await toPlanting(ledger, kind, entries));
      }
      return plantings;
    },
  };
}
