// Which approved attributes ever left, and which never did: found from what was written, so that the answer key says it as it is.

import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import type { KeyBook } from './answer-key.ts';

export type UseBook = {
  readonly note: (event: SealedEvent) => void;
  /** The entry by which each purpose was registered of which nothing, or not everything, ever left. */
  readonly noteUnused: (storage: Pick<Storage, 'agencies' | 'ledger'>, book: KeyBook) => Promise<void>;
};

const toPlace = (service: string | null, purpose: string | null, name: string): string => `${service}/${purpose}/${name}`;

export function createUseBook(): UseBook {
  const used = new Set<string>();
  return {
    note: ({ attributes, purpose, service, type }) => {
      if (type === 'data.released') {
        attributes.forEach((name) => used.add(toPlace(service, purpose, name)));
      }
    },
    noteUnused: async ({ agencies, ledger }, book) => {
      const registered = await ledger.queryEntries({ types: ['purpose.changed'] }, { order: 'oldest-first', after: null, limit: 500 });
      for (const purpose of await agencies.listPurposes()) {
        const isUnused = purpose.attributes.some(({ name }) => !used.has(toPlace(purpose.clientId, purpose.id, name)));
        const entry = registered.entries.find((each) => each.service === purpose.clientId && each.purpose === purpose.id);
        if (isUnused && entry !== undefined) {
          book.note('unused-approval', entry.index);
        }
      }
    },
  };
}
