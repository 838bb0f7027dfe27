// What one message of the provider changes here. It speaks of one purpose: what was shared for another stays as it is.

import type { Claims } from './provider.ts';
import { keepVerified } from './verified-claims.ts';

export type TakenBack = {
  readonly subject: string;
  readonly purpose: string;
  /** `consent-withdrawn`, `consent-narrowed` and so on. */
  readonly event: string;
  /** Names of the attributes that ended and do not stand all the same. */
  readonly ended: readonly string[];
};

/** Why nothing may be done with the details of a visit, though somebody is signed in. */
export type Loss = 'withdrawn' | 'paused' | 'erased';

/** Some attributes end and the rest goes on; or all of them rest, or go on; or everything is over, which is what an unknown event is taken for. */
export type Effect = 'narrow' | 'pause' | 'resume' | 'end';

const effects: Readonly<Record<string, Effect>> = {
  'consent-narrowed': 'narrow',
  'consent-paused': 'pause',
  'consent-resumed': 'resume',
};

export function toEffect({ event }: TakenBack): Effect {
  return effects[event] ?? 'end';
}

type Holding = { readonly claims: Claims; readonly loss: Loss | undefined };

/** `email_verified` and `given_name#ar` go with the attribute that they belong to. */
function toAttribute(claim: string): string {
  return claim.replace(/#[^]*/, '').replace(/_verified$/, '');
}

export function keepRest<Value>(held: Readonly<Record<string, Value>>, ended: readonly string[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(held).filter(([name]) => !ended.includes(toAttribute(name))));
}

const outcomes: Readonly<Record<Effect, (holding: Holding, back: TakenBack) => Holding>> = {
  narrow: ({ claims, loss }, { ended }) => ({ claims: keepRest(keepVerified(claims, ended), ended), loss }),
  pause: ({ claims }) => ({ claims, loss: 'paused' }),
  resume: ({ claims }) => ({ claims, loss: undefined }),
  end: (_, { event }) => ({ claims: {}, loss: event === 'erasure-requested' ? 'erased' : 'withdrawn' }),
};

export function takeBack(holding: Holding, back: TakenBack): Holding {
  return outcomes[toEffect(back)](holding, back);
}
