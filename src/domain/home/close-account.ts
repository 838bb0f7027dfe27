// Closing an account within the law (ADR-0035): consents are withdrawn one by one, then one act destroys the person's key first and with it everything that
// only the key opens. What opens their entries goes with it and in batches after it; nothing of that is needed for the erasure to hold.

import type { Consent } from '../consent/consent.ts';
import { isStanding } from '../consent/consent.ts';
import type { ConsentNeeds, DecisionContext } from '../consent/decide.ts';
import { withdrawConsent } from '../consent/withdraw-consent.ts';
import { Fault } from '../kernel/errors.ts';
import { createToken } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Person } from '../people/person.ts';
import type { HomeStore } from './store.ts';

export type Erasure = {
  readonly personId: string;
  /** Stand in the place of what named the person; random, so that the row says nothing. */
  readonly handle: string;
  readonly registryDigest: string;
  readonly event: SealedEvent;
};

export type ErasureStore = {
  /**
   * MUST be one act: overwrites key and data, frees the registry identity, ends sessions and tokens, tells the services that were entered, deletes passkeys, links, ceremonies and the words of reports,
   * writes the event, and destroys the first batch of what opens the person's entries. The rest follows by `continueErasures`. `standing` when something stands that only
   * the person could withdraw, `unknown` when there is no such account any more; then nothing changes.
   */
  readonly erasePerson: (erasure: Erasure) => Promise<'erased' | 'standing' | 'unknown'>;
  /** Destroys a further batch for each begun erasure; how many rows went. Late ones of requests under way included, for a day. */
  readonly continueErasures: (now: number) => Promise<number>;
  /** Leaves nothing of what was overwritten in files beside the database, where the database can do that. */
  readonly scrub: () => Promise<void>;
};

export type CloseNeeds = ConsentNeeds & {
  readonly home: Pick<HomeStore, 'readAllConsents'>;
  readonly erasures: Pick<ErasureStore, 'erasePerson' | 'scrub'>;
};

type FindContext = (consent: Consent) => Promise<DecisionContext | undefined>;

const together = 50;

/** Each with its receipt, its entry and its message to the agency, as if the person had pressed each button. */
async function withdrawAll(needs: CloseNeeds, person: Person, findContext: FindContext): Promise<void> {
  let after: string | null = null;
  do {
    const consents = await needs.home.readAllConsents(person.id, { after, limit: together });
    const standing = consents.filter((consent) => isStanding(consent) && consent.basis === 'consent');
    await Promise.all(
      standing.map(async (consent) => {
        const context = await findContext(consent);
        return context && withdrawConsent(needs, context, consent);
      }),
    );
    after = consents.length < together ? null : (consents.at(-1)?.id ?? null);
  } while (after !== null);
}

/** Another tab may give consent while this one withdraws. */
const mostRounds = 5;

/**
 * A crash before the act leaves an open account, of whose consents some are withdrawn, each wholly, as the person asked: pressed again, it goes on. A crash after the act
 * leaves nothing that opens anything. `store/conflict` where something was given again each time.
 */
export async function closeAccount(needs: CloseNeeds, person: Person, findContext: FindContext): Promise<void> {
  for (let round = 1; ; round += 1) {
    await withdrawAll(needs, person, findContext);
    const erased = await needs.erasures.erasePerson({
      personId: person.id,
      handle: createToken(needs.random),
      registryDigest: `closed:${createToken(needs.random)}`,
      event: sealEvent(needs, { type: 'person.erased', personRef: null, actor: { kind: 'person', ref: null } }),
    });
    if (erased !== 'standing') {
      break;
    }
    if (round === mostRounds) {
      throw new Fault('store/conflict', 'a consent was given again while the account was closed');
    }
  }
  await needs.erasures.scrub();
}
