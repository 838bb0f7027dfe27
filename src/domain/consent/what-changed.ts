// What is new since a person last agreed, so that the page says that and not the whole list again (domain model 3.8, rule 10). Every reason for which they are
// asked anew has a line of its own, and every other difference that is worse for them too: a page never says that they agreed to what they never saw.

import { toBasis } from '../agencies/agency.ts';
import type { AskedAttribute, DataStorage, Localized, Purpose, Recipient, Transfer, Verification } from '../agencies/agency.ts';
import { detailFields, toActs } from '../agencies/wider-details.ts';
import type { Act } from '../agencies/wider-details.ts';
import { saysMore, toForm } from '../attributes/form.ts';
import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { toAskedOf } from './asked.ts';
import { isStanding, toGranted, toState } from './consent.ts';
import type { StoredConsent } from './consent.ts';
import { toAskReason } from './needs-asking.ts';
import type { AskedOf } from './needs-asking.ts';
import { isCovered } from './superseded.ts';
import { isUsedUp } from './uses.ts';

export type NeededChange = { readonly kind: 'new-needed' | 'now-needed' | 'other-reason' | 'fuller'; readonly name: string };

/** `other-choice`: it was chosen, and is asked for another reason or in another form now. */
export type ChoiceChange = { readonly kind: 'new-choice' | 'other-choice'; readonly name: string };

export type Difference =
  | NeededChange
  | ChoiceChange
  /** `person-kind`: which they were and are is not said, because the text of a page is no place for it. `terms`: what they agreed to is not known any more. */
  | { readonly kind: 'ended' | 'used-up' | 'paused' | 'person-kind' | 'stronger-sign-in' | 'now-yours' | 'terms' }
  | { readonly kind: 'purpose-words'; readonly before: Localized; readonly after: Localized }
  | { readonly kind: 'kept-longer' | 'use'; readonly before: Purpose; readonly after: Purpose }
  | { readonly kind: 'lasts-longer'; readonly before: string; readonly after: string }
  | { readonly kind: 'recipient'; readonly recipient: Recipient }
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'place'; readonly before: DataStorage | null; readonly after: DataStorage | null }
  | { readonly kind: 'transfer'; readonly transfer: Transfer }
  | { readonly kind: 'verification'; readonly verification: Verification };

export type WhatChanged = {
  readonly differences: readonly Difference[];
  /** Whether the page shows everything beside them: nothing stands any more that could be left as it is, or what it is for is another. */
  readonly isWhole: boolean;
  /** Needed attributes that stay as they are. */
  readonly unchanged: readonly string[];
};

/** What leaves the rest as it was agreed to. */
const partial: ReadonlySet<Difference['kind']> = new Set([
  'new-needed',
  'now-needed',
  'other-reason',
  'fuller',
  'new-choice',
  'other-choice',
  'kept-longer',
  'lasts-longer',
  'recipient',
  'act',
  'place',
  'transfer',
  'use',
  'verification',
  'stronger-sign-in',
]);

function findStanding(current: StoredConsent, asked: AskedOf, now: Millis): readonly Difference[] {
  const state = toState(current, now);
  if (state === 'expired' || state === 'paused') {
    return [{ kind: state === 'expired' ? 'ended' : 'paused' }];
  }
  return isUsedUp(current, asked) ? [{ kind: 'used-up' }] : [];
}

function findCircumstances(current: StoredConsent, { kind, purpose, service }: AskedOf): readonly Difference[] {
  const isNowTheirs = current.basis !== 'consent' && toBasis(purpose, kind).type === 'consent';
  const isTooLow = service.minimumLevel === 'high' && current.level !== 'high';
  return [
    ...(current.personKind === kind ? [] : [{ kind: 'person-kind' } as const]),
    ...(isNowTheirs ? [{ kind: 'now-yours' } as const] : []),
    ...(isTooLow ? [{ kind: 'stronger-sign-in' } as const] : []),
  ];
}

const isSame = (one: Json, other: Json): boolean => toCanonicalJson(one) === toCanonicalJson(other);
const isLonger = (after: string, before: string): boolean => addDuration(0, after) > addDuration(0, before);
const isKept = ({ terms }: Purpose): boolean => terms.mode === 'store';

/** Where the agency only looks, nothing is kept, however long it says. */
function isKeptLonger(after: Purpose, before: Purpose): boolean {
  return isKept(after) && (!isKept(before) || isLonger(after.retention, before.retention));
}

function findTerms(after: Purpose, before: Purpose): readonly Difference[] {
  const [after0, before0] = [{ ...after.terms, mode: 'view' } as const, { ...before.terms, mode: 'view' } as const];
  const isUsedMore = detailFields.terms({ ...after, terms: after0 }, { ...before, terms: before0 });
  return [
    ...(isSame(after.text, before.text) ? [] : [{ kind: 'purpose-words', before: before.text, after: after.text } as const]),
    ...(isKeptLonger(after, before) ? [{ kind: 'kept-longer', before, after } as const] : []),
    ...(isUsedMore ? [{ kind: 'use', before, after } as const] : []),
    ...(isLonger(after.expiresAfter, before.expiresAfter)
      ? [{ kind: 'lasts-longer', before: before.expiresAfter, after: after.expiresAfter } as const]
      : []),
  ];
}

function findNew<Item extends Json>(after: readonly Item[], before: readonly Item[]): readonly Item[] {
  return after.filter((item) => !before.some((known) => isSame(known, item)));
}

const toPlace = ({ storage }: Purpose): Json => storage && { location: storage.location, jurisdiction: storage.jurisdiction };

function findReceivers(after: Purpose, before: Purpose): readonly Difference[] {
  const isElsewhere = !isSame(toPlace(after), toPlace(before));
  const isTold = detailFields.verification(after, before) && after.verification !== null;
  return [
    ...(isTold ? [{ kind: 'verification', verification: after.verification } as const] : []),
    ...findNew(toActs(after), toActs(before)).map((act) => ({ kind: 'act', act }) as const),
    ...findNew(after.recipients, before.recipients).map((recipient) => ({ kind: 'recipient', recipient }) as const),
    ...(isElsewhere ? [{ kind: 'place', before: before.storage, after: after.storage } as const] : []),
    ...findNew(after.storage?.transfers ?? [], before.storage?.transfers ?? []).map(
      (transfer) => ({ kind: 'transfer', transfer }) as const,
    ),
  ];
}

function toAttributeChange(current: StoredConsent, asked: AskedAttribute, before: Purpose | undefined): NeededChange['kind'] | undefined {
  const known = before?.attributes.find(({ name }) => name === asked.name);
  if (!toGranted(current).includes(asked.name)) {
    const wasDeclined = current.attributes.some(({ name }) => name === asked.name);
    return wasDeclined ? 'now-needed' : 'new-needed';
  }
  if (known === undefined) {
    return undefined;
  }
  if (saysMore(toForm(asked), toForm(known))) {
    return 'fuller';
  }
  if (!isSame(known.why, asked.why)) {
    return 'other-reason';
  }
  return known.necessity === 'optional' ? 'now-needed' : undefined;
}

function toNeeded({ request }: AskedOf): readonly AskedAttribute[] {
  return request.attributes.filter(({ necessity }) => necessity === 'required');
}

function findNeeded(current: StoredConsent, asked: AskedOf): readonly NeededChange[] {
  return toNeeded(asked).flatMap((attribute) => {
    const kind = toAttributeChange(current, attribute, asked.agreed);
    return kind === undefined ? [] : [{ kind, name: attribute.name }];
  });
}

/** What was declined stays so, whatever it would be asked for now. */
function findChoices(current: StoredConsent, asked: AskedOf): readonly ChoiceChange[] {
  const { attributes } = toAskedOf(asked.request, asked.purpose, asked.kind);
  return attributes.flatMap((attribute) => {
    const { name, necessity } = attribute;
    const decided = current.attributes.find((each) => each.name === name);
    if (necessity === 'required' || decided?.decision === 'declined' || (decided !== undefined && isCovered(current, attribute, asked))) {
      return [];
    }
    return [{ kind: decided === undefined ? 'new-choice' : 'other-choice', name }];
  });
}

/** Undefined where the person never agreed or took it back: then they are asked as for the first time. */
export function findWhatChanged(current: StoredConsent | undefined, asked: AskedOf, now: Millis): WhatChanged | undefined {
  if (current === undefined || !isStanding(current)) {
    return undefined;
  }
  const { agreed, purpose } = asked;
  const attributes = findNeeded(current, asked);
  const known = [
    ...findStanding(current, asked, now),
    ...findCircumstances(current, asked),
    ...(agreed === undefined ? [{ kind: 'terms' } as const] : [...findTerms(purpose, agreed), ...findReceivers(purpose, agreed)]),
    ...attributes,
    ...(agreed === undefined ? [] : findChoices(current, asked)),
  ];
  // A reason that no line above names is a change of the terms all the same.
  const isUnnamed = known.length === 0 && toAskReason(current, asked, now) !== undefined;
  const differences: readonly Difference[] = isUnnamed ? [{ kind: 'terms' }] : known;
  const changed = new Set(attributes.map(({ name }) => name));
  return {
    differences,
    isWhole: differences.length === 0 || differences.some(({ kind }) => !partial.has(kind)),
    unchanged: toNeeded(asked)
      .map(({ name }) => name)
      .filter((name) => !changed.has(name)),
  };
}
