// What asking a question needs, from what pages have.

import type { AskNeeds } from '../../../domain/audit/questions/ask-question.ts';
import { recordAtOnce } from '../../../oidc/record-event.ts';
import type { WebNeeds } from '../../needs.ts';
import { assertLookRoom } from '../look-room.ts';

export function toAskNeeds(needs: WebNeeds): AskNeeds {
  const { clock, random, ledger, agencies, consents, facts, verifications } = needs;
  const { homeCountry, witnessing } = needs;
  const looks: Pick<AskNeeds, 'assertRoom' | 'record' | 'findWitnessed'> = {
    assertRoom: (by) => assertLookRoom(needs, by),
    record: (event) => recordAtOnce(needs, event),
    findWitnessed: witnessing && (async () => witnessing.findWitnessed(0)),
  };
  return { clock, random, ledger, agencies, consents, facts, verifications, homeCountry, ...looks };
}
