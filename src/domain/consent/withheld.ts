// What was asked in a release and did not leave, and why: as much a part of the evidence as what did.

import { isCovered } from './superseded.ts';
import type { NowAsked } from './superseded.ts';
import type { Asked } from './asked.ts';
import type { Consent } from './consent.ts';

export type Withheld = {
  readonly name: string;
  /** `superseded`: the purpose now asks more of this detail than the person agreed to. */
  readonly reason: 'declined' | 'not-decided' | 'superseded' | 'not-on-record' | 'beyond-purpose';
};

/** `released`: what left. */
export function findWithheld(
  consent: Consent,
  asked: NowAsked & { readonly request: Asked },
  released: readonly string[],
): readonly Withheld[] {
  const { attributes, overAsked } = asked.request;
  const within = attributes
    .filter(({ name }) => !released.includes(name))
    .map((attribute): Withheld => {
      const decision = consent.attributes.find(({ name }) => name === attribute.name)?.decision;
      const isKept = isCovered(consent, attribute, asked) ? ('not-on-record' as const) : ('superseded' as const);
      const reasons = { granted: isKept, notified: isKept, declined: 'declined' } as const;
      return { name: attribute.name, reason: decision === undefined ? 'not-decided' : reasons[decision] };
    });
  return [...within, ...overAsked.map((name): Withheld => ({ name, reason: 'beyond-purpose' }))];
}
