// Which of what is asked stands on the page, when something brings the page. A choice that was declined a short while ago is not offered again beside it:
// a service that asks at every visit must not wear a person down (CO-03).

import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Asked } from './asked.ts';
import { isStanding } from './consent.ts';
import type { Consent } from './consent.ts';

const quietMillis = 90 * dayMs;

/** `current`: the record there is, also one that ran out. After a refusal or a withdrawal everything is a first question again. */
export function toOffered(request: Asked, current: Consent | undefined, now: Millis): Asked {
  if (current === undefined || !isStanding(current)) {
    return request;
  }
  const quiet = new Set(
    current.attributes
      .filter(({ decision, declinedAt }) => decision === 'declined' && (declinedAt ?? current.decidedAt) > now - quietMillis)
      .map(({ name }) => name),
  );
  return { ...request, attributes: request.attributes.filter(({ name, necessity }) => necessity === 'required' || !quiet.has(name)) };
}
