// Whether a single entry lies in what a case covers. The same reach narrows every question and every search of the case.

import type { Entry } from '../ledger/store.ts';
import type { Inside } from './questions/sight.ts';

type Reach = Pick<Inside, 'services' | 'personRefs' | 'covers'>;

const holds = (list: readonly string[] | null, member: string | null): boolean =>
  list === null || (member !== null && list.includes(member));

/** Outside any case everything is. */
export function isInside(reach: Reach | null, { service, personRef, at }: Pick<Entry, 'service' | 'personRef' | 'at'>): boolean {
  if (reach === null) {
    return true;
  }
  const { services, personRefs, covers } = reach;
  const isThen = (covers.from === null || at >= covers.from) && (covers.to === null || at < covers.to);
  return isThen && holds(services, service) && holds(personRefs, personRef);
}
