// What a comparison of facts with the log says after a person was erased: what was found before stays, and nobody is accused of making it up.

import { describe, expect, it } from 'vitest';
import { catchUp } from '../../src/domain/audit/catch-up.ts';
import { verifyFacts } from '../../src/domain/audit/verify-facts.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { EventDraft } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { createName, createPerson } from '../support/store-samples.ts';

const signer = createSigner('erased.example/ledger');
const seal = (draft: Partial<EventDraft> & Pick<EventDraft, 'type' | 'personRef'>) =>
  sealEvent({ clock: systemClock, random: systemRandom }, { actor: { kind: 'service', ref: null }, ...draft });

export function describeFactsOfErased(get: () => OpenedDatabase): void {
  const append = async (drafts: readonly Parameters<typeof seal>[0][]): Promise<number> => {
    const { append: add, storage } = get();
    await add(drafts.map(seal));
    await sequenceAll({ store: storage.ledger, clock: systemClock, signer });
    return catchUp(storage);
  };
  const erase = async (personId: string): Promise<void> => {
    const erasure = {
      personId,
      handle: createName(),
      registryDigest: createName(),
      event: seal({ type: 'person.erased', personRef: null }),
    };
    expect(await get().storage.erasures.erasePerson(erasure)).toBe('erased');
    await append([]);
  };

  describe('facts of people who were erased', () => {
    it.each(['of whom data left', 'whose record it was'] as const)(
      'keep that a release stood under the record of somebody else: %s',
      async (who) => {
        const { storage } = get();
        const [holder, shown] = [createPerson(), createPerson()];
        await storage.people.savePeople([holder, shown], [], []);
        const about = { service: 'clinic', purpose: 'care', purposeVersion: 1, record: createName(), attributes: ['email'] };
        const size = await append([
          { type: 'consent.given', personRef: holder.id, ...about },
          { type: 'data.released', personRef: shown.id, ...about },
        ]);
        const judge = async () => (await verifyFacts({ facts: storage.facts, total: size })).faults;
        expect(await judge()).toEqual([]);
        await erase(who === 'of whom data left' ? shown.id : holder.id);
        expect(await judge()).toEqual([]);
        const flawed = { marks: [{ kind: 'flaw', term: 'no-record' }], record: about.record, below: size } as const;
        expect(await storage.facts.countFacts(flawed, null)).toBe(1);
      },
    );
  });
}
