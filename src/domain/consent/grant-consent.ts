import { toBasis } from '../agencies/agency.ts';
import type { Purpose } from '../agencies/agency.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Language } from '../people/person.ts';
import { toAskedOf } from './asked.ts';
import type { Asked } from './asked.ts';
import { isStanding, isValid, toGranted } from './consent.ts';
import type { AttributeDecision, Change, StoredConsent } from './consent.ts';
import { recordDecision, toDecider } from './decide.ts';
import type { ConsentNeeds, Decided, DecisionContext, RecordedDecision, Terms } from './decide.ts';
import { findConfirmationReasons } from './needs-confirmation.ts';
import { isCovered, isSuperseded } from './superseded.ts';
import type { NowAsked } from './superseded.ts';
import { isUsedUp } from './uses.ts';

export type Choice = {
  /** What the page showed. */
  readonly asked: Asked;
  /** Names of the optional attributes that the person ticked. */
  readonly chosen: readonly string[];
  readonly language: Language;
  /** The version the page was printed from; null when there was no record. */
  readonly shownVersion: number | null;
  /** The purpose in the version that the record there is was agreed to. */
  readonly agreed?: Purpose | undefined;
  /** Whether the request is for access while the person is away too. */
  readonly isOffline?: boolean;
};

type Before = { readonly current: StoredConsent | undefined; readonly agreed: Purpose | undefined; readonly now: Millis };

/**
 * The person agrees, or is notified where the basis is not consent (decision 12). `consent/unconfirmed` when a button is not enough for this: nothing is
 * kept, and the person confirms with a passkey (confirm-consent.ts).
 * `consent/attribute-not-offered` when the form names something the page did not offer; `store/conflict` when another decision came first.
 */
export async function grantConsent(
  needs: ConsentNeeds,
  context: DecisionContext,
  choice: Choice,
): Promise<Outcome<Decided, GrantRefusal | 'consent/unconfirmed'>> {
  const planned = await planGrant(needs, context, choice);
  if (!planned.ok) {
    return planned;
  }
  const reasons = findConfirmationReasons(planned.value.terms, { now: needs.clock.now(), isOffline: choice.isOffline === true });
  return reasons.length > 0
    ? refuse('consent/unconfirmed', `a passkey has to confirm it: ${reasons.join(', ')}`)
    : recordDecision(needs, context, planned.value);
}

export type GrantRefusal = 'store/conflict' | 'consent/wrong-state' | 'consent/attribute-not-offered';

/** What agreeing comes to, before anything is kept of it. */
export async function planGrant(
  needs: Pick<ConsentNeeds, 'clock' | 'consents'>,
  context: DecisionContext,
  choice: Choice,
): Promise<Outcome<RecordedDecision, 'store/conflict' | 'consent/attribute-not-offered'>> {
  const asked = toAskedOf(choice.asked, context.purpose, context.person.kind);
  const optional = new Set(asked.attributes.filter(({ necessity }) => necessity === 'optional').map(({ name }) => name));
  if (choice.chosen.some((name) => !optional.has(name))) {
    return refuse('consent/attribute-not-offered', 'the form names an attribute that this page does not offer as a choice');
  }
  const current = await needs.consents.findConsentFor(context.person.id, context.registered.service.clientId, context.purpose.id);
  if ((current?.version ?? null) !== choice.shownVersion) {
    return refuse('store/conflict', 'the record changed while the page was open');
  }
  const terms = toTerms(needs, context, { choice: { ...choice, asked }, current });
  const before = { current, agreed: choice.agreed, now: needs.clock.now() };
  return succeed({ change: toChange(terms, context.purpose, before), current, terms });
}

function toTerms(
  needs: Pick<ConsentNeeds, 'clock'>,
  context: DecisionContext,
  answer: { readonly choice: Choice; readonly current: StoredConsent | undefined },
): Terms {
  const { choice, current } = answer;
  const { person, purpose } = context;
  const basis = toBasis(purpose, person.kind).type;
  const now = needs.clock.now();
  const decided = toDecided(context, choice, now);
  const before = { current, agreed: choice.agreed, now };
  const kept = toKept(context, decided, before);
  const isKeptOffline = !choice.isOffline && current?.isOffline === true && isCarried(context, before);
  const isPartlyShown = isKeptOffline || toGranted({ attributes: kept }).length > 0;
  return {
    purposeVersion: purpose.version,
    attributes: [...decided, ...kept],
    basis,
    language: choice.language,
    ...toDecider(context),
    isOffline: choice.isOffline === true || isKeptOffline,
    expiresAt: toEnd(purpose, { current: isPartlyShown ? current : undefined, now }),
  };
}

/** What the page did not show was not renewed: the record ends when it would have ended. */
function toEnd({ expiresAfter }: Purpose, { current, now }: Pick<Before, 'current' | 'now'>): Millis {
  const renewedUntil = addDuration(now, expiresAfter);
  return Math.min(current?.expiresAt ?? renewedUntil, renewedUntil);
}

/** A consent that ran out, was paused or is used up is given again; one that goes on is renewed, or narrowed where something was taken out. */
function toChange(terms: Terms, purpose: Purpose, { agreed, current, now }: Before): Change {
  if (terms.basis !== 'consent') {
    return 'notified';
  }
  if (current?.basis !== 'consent' || !isStanding(current)) {
    return 'given';
  }
  const granted = new Set(toGranted(terms));
  const goesOn = isValid(current, now) && !isUsedUp(current, { agreed, purpose });
  return goesOn && toGranted(current).some((name) => !granted.has(name)) ? 'narrowed' : 'renewed';
}

function toDecided(context: DecisionContext, choice: Choice, now: Millis): readonly AttributeDecision[] {
  const isNotice = toBasis(context.purpose, context.person.kind).type !== 'consent';
  const chosen = new Set(choice.chosen);
  return choice.asked.attributes.map((attribute): AttributeDecision => {
    const isIn = attribute.necessity === 'required' || chosen.has(attribute.name);
    const granted = isNotice ? 'notified' : 'granted';
    const { name, necessity } = attribute;
    return isIn ? { name, necessity, decision: granted } : { name, necessity, decision: 'declined', declinedAt: now };
  });
}

function toNowAsked(context: DecisionContext, agreed: Purpose | undefined): NowAsked {
  return { purpose: context.purpose, agreed, kind: context.person.kind, service: context.registered.service };
}

/** Whether the record lets data leave on the present terms: then a narrower request takes nothing of it back. */
function isCarried(context: DecisionContext, { agreed, current, now }: Before): boolean {
  const asked = toNowAsked(context, agreed);
  return current !== undefined && isValid(current, now) && !isSuperseded(current, asked) && !isUsedUp(current, asked);
}

/**
 * What the page did not show: decisions of a record that stands on terms which cover the present ones, because a narrower request takes nothing back;
 * and choices that were declined, on whatever terms, because they stay declined.
 */
function toKept(context: DecisionContext, decided: readonly AttributeDecision[], before: Before): readonly AttributeDecision[] {
  const { agreed, current } = before;
  if (current === undefined || !isStanding(current)) {
    return [];
  }
  const asked = toNowAsked(context, agreed);
  const isGoingOn = isCarried(context, before);
  const shown = new Set(decided.map(({ name }) => name));
  return current.attributes.filter(({ name, decision }) => {
    const registered = context.purpose.attributes.find((attribute) => attribute.name === name);
    if (registered === undefined || shown.has(name)) {
      return false;
    }
    return decision === 'declined' ? registered.necessity === 'optional' : isGoingOn && isCovered(current, registered, asked);
  });
}
