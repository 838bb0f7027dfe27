// Closing an account within the law (ADR-0035): consents are withdrawn one by one, then one act destroys the person's key first and with it everything that
// only the key opens. What opens their entries goes with it and in batches after it; nothing of that is needed for the erasure to hold.

import type { Consent } from '../consent/consent.ts';
import { isStanding } from '../consent/consent.ts';
import type { ConsentNeeds, DecisionContext } from '../consent/decide.ts';
import { withdrawConsent } from '../consent/withdraw-consent.ts';
import type { Clock } from '../kernel/clock.ts';
import { Fault } from '../kernel/errors.ts';
import { createToken } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, SealedEvent } from '../ledger/event.ts';
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
  /** Internal ids of every account that was closed, the earliest first: they lead nowhere but into another copy of this database. */
  readonly listClosed: () => Promise<readonly string[]>;
  /** Leaves nothing of what was overwritten in files beside the database, where the database can do that. */
  readonly scrub: () => Promise<void>;
};

export type ErasingNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly home: Pick<HomeStore, 'readAllConsents'>;
  readonly erasures: Pick<ErasureStore, 'erasePerson' | 'scrub'>;
};

export type CloseNeeds = ConsentNeeds & ErasingNeeds;

type FindContext = (consent: Consent) => Promise<DecisionContext | undefined>;

const together = 50;

type End = (consent: Consent) => Promise<unknown>;

/** Whatever the person could withdraw, page by page; what stands by law goes on. */
async function endAll({ home }: Pick<CloseNeeds, 'home'>, personId: string, end: End): Promise<void> {
  let after: string | null = null;
  do {
    const consents = await home.readAllConsents(personId, { after, limit: together });
    await Promise.all(consents.filter((consent) => isStanding(consent) && consent.basis === 'consent').map(end));
    after = consents.length < together ? null : (consents.at(-1)?.id ?? null);
  } while (after !== null);
}

/** Another tab may give consent while this one withdraws. */
const mostRounds = 5;

export type Closing = { readonly personId: string; readonly actor: Actor; readonly end: End };

/** Ends what stands and destroys what leads back, until nothing stands at the moment of destroying. `store/conflict` where something was given again each time. */
export async function endAndErase(needs: ErasingNeeds, { personId, actor, end }: Closing): Promise<void> {
  for (let round = 1; ; round += 1) {
    await endAll(needs, personId, end);
    const erased = await needs.erasures.erasePerson({
      personId,
      handle: createToken(needs.random),
      registryDigest: `closed:${createToken(needs.random)}`,
      event: sealEvent(needs, { type: 'person.erased', personRef: null, actor }),
    });
    if (erased !== 'standing') {
      return;
    }
    if (round === mostRounds) {
      throw new Fault('store/conflict', 'a consent was given again while the account was closed');
    }
  }
}

/**
 * Each consent with its receipt, its entry and its message to the agency, as if the person had pressed each button. A crash before the act leaves an open account, of whose
 * consents some are withdrawn, each wholly, as the person asked: pressed again, it goes on. A crash after the act leaves nothing that opens anything.
 */
export async function closeAccount(needs: CloseNeeds, person: Person, findContext: FindContext): Promise<void> {
  const end: End = async (consent) => {
    const context = await findContext(consent);
    return context && withdrawConsent(needs, context, consent);
  };
  await endAndErase(needs, { personId: person.id, actor: { kind: 'person', ref: null }, end });
  await needs.erasures.scrub();
}
