// What is new since a person last agreed, so that the page shows that and not the whole list again (domain model 3.8, rule 10).
// It must never hide a difference: where something changed that cannot be named by itself, everything is shown.

import { haveSameDetails } from '../agencies/same-details.ts';
import type { AskedAttribute, Purpose } from '../agencies/agency.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Asked } from './asked.ts';
import { isStanding, toGranted, toState } from './consent.ts';
import type { Consent } from './consent.ts';

export type WhatChanged = {
  readonly acceptedAt: Millis;
  /** Names of needed attributes that were not granted before. */
  readonly newNeeded: readonly string[];
  /** How long the agency keeps what it receives, where that grew. */
  readonly retention: { readonly before: string; readonly after: string } | null;
  /** Needed attributes that stay as they are. */
  readonly unchanged: readonly string[];
};

/** `before`: the purpose in the version that was agreed to. */
export type AskedAgain = { readonly before: Purpose | undefined; readonly purpose: Purpose; readonly request: Asked };

function isSameAttribute(one: AskedAttribute | undefined, other: AskedAttribute): boolean {
  return one?.necessity === other.necessity && one.why.ar === other.why.ar && one.why.en === other.why.en;
}

/** Whether nothing differs besides what `WhatChanged` can name. */
function isNameable(current: Consent, { before, purpose, request }: AskedAgain): boolean {
  if (before === undefined) {
    return false;
  }
  const decided = new Set(current.attributes.map((attribute) => attribute.name));
  const known = request.attributes.filter((attribute) => decided.has(attribute.name));
  return (
    before.text.ar === purpose.text.ar &&
    before.text.en === purpose.text.en &&
    haveSameDetails(before, purpose) &&
    before.expiresAfter === purpose.expiresAfter &&
    known.every((attribute) =>
      isSameAttribute(
        before.attributes.find(({ name }) => name === attribute.name),
        attribute,
      ),
    )
  );
}

function findLonger({ before, purpose }: AskedAgain): WhatChanged['retention'] {
  const isLonger = before !== undefined && addDuration(0, before.retention) < addDuration(0, purpose.retention);
  return isLonger ? { before: before.retention, after: purpose.retention } : null;
}

/** Undefined where the person never agreed or took it back: then they are asked as for the first time. */
export function findWhatChanged(current: Consent | undefined, asked: AskedAgain, now: Millis): WhatChanged | undefined {
  if (current === undefined || !isStanding(current)) {
    return undefined;
  }
  const all = { acceptedAt: current.decidedAt, newNeeded: [], retention: null, unchanged: [] };
  if (toState(current, now) === 'expired' || !isNameable(current, asked)) {
    return all;
  }
  const granted = new Set(toGranted(current));
  const needed = asked.request.attributes.filter((attribute) => attribute.necessity === 'required').map((attribute) => attribute.name);
  return {
    ...all,
    newNeeded: needed.filter((name) => !granted.has(name)),
    retention: findLonger(asked),
    unchanged: needed.filter((name) => granted.has(name)),
  };
}
