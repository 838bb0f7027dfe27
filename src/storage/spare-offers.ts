// The offer of a second passkey right after enrolment. One statement takes it, and only one caller can win.

import type { SpareOffer, SpareOffersStore } from '../domain/passkeys/store.ts';
import type { Engine, Statement } from './engine.ts';
import { findOne, insertInto, selectFrom } from './statements.ts';

const takeOffer = `DELETE FROM spare_offers WHERE digest = ? AND person_id = ? AND expires_at > ?
  AND EXISTS (SELECT 1 FROM people WHERE people.id = spare_offers.person_id AND people.status = 'active') RETURNING *`;

/** Gives a row back where it was there to be taken. */
export function toTakeOffer(digest: string, personId: string, now: number): Statement {
  return { text: takeOffer, values: [digest, personId, now] };
}

/** A later enrolment takes the place of an earlier one. */
export function* openOffer(engine: Engine, offer: SpareOffer): Generator<Statement, void> {
  yield endOffers(offer.personId);
  yield insertInto(engine.tables.spareOffers, offer);
}

/** From the first sign-in on there is a fresh ceremony to add a passkey with. */
export function endOffers(personId: string): Statement {
  return { text: 'DELETE FROM spare_offers WHERE person_id = ?', values: [personId] };
}

export function createSpareOffersStore(engine: Engine): SpareOffersStore {
  return {
    findOffer: async (digest, now) =>
      findOne(engine, selectFrom(engine.tables.spareOffers, 'WHERE digest = ? AND expires_at > ?', [digest, now])),
    endOffer: async (digest) =>
      engine.atomic(function* () {
        yield { text: 'DELETE FROM spare_offers WHERE digest = ?', values: [digest] };
      }),
  };
}
