// What a person says when a service asks: they read, and agree, refuse or turn back; each by the use case of the product.

import type { RegisteredService } from '../../src/domain/agencies/agency.ts';
import { toBasis } from '../../src/domain/agencies/agency.ts';
import { findAttribute } from '../../src/domain/attributes/catalogue.ts';
import { recordDecision } from '../../src/domain/consent/decide.ts';
import type { DecisionContext } from '../../src/domain/consent/decide.ts';
import { deferConsent } from '../../src/domain/consent/defer-consent.ts';
import { planGrant } from '../../src/domain/consent/grant-consent.ts';
import { findConfirmationReasons } from '../../src/domain/consent/needs-confirmation.ts';
import type { AskedOf } from '../../src/domain/consent/needs-asking.ts';
import { toNotice } from '../../src/domain/consent/notice.ts';
import type { Notice } from '../../src/domain/consent/notice.ts';
import { refuseConsent } from '../../src/domain/consent/refuse-consent.ts';
import { createToken } from '../../src/domain/kernel/ids.ts';
import type { ErrorCode, Outcome } from '../../src/domain/kernel/errors.ts';
import type { Language } from '../../src/domain/people/person.ts';
import { drawTail, isLucky } from './dice.ts';
import { append, getOwnSubject, pass, toClock, toKey } from './life.ts';
import type { Life } from './life.ts';
import { toConsentNeeds } from './own-consents.ts';
import { findUnrest } from './plan.ts';
import type { Twist } from './twist.ts';

export type Told = { readonly registered: RegisteredService; readonly asked: AskedOf; readonly twist: Twist };

const headings = {
  ar: { asks: 'تطلب هذه الخدمة بياناتك:', until: 'تنتهي الموافقة بعد المدة المذكورة، وتستطيع سحبها متى شئت.' },
  en: { asks: 'This service asks for your details:', until: 'It ends after the stated time, and you can take it back at any time.' },
} as const;

/** Shorter than the page of the product, and of the same kind: who asks, why, and each detail with its reason. */
export function createNotice({ asked: { purpose }, registered }: Pick<Told, 'asked' | 'registered'>, language: Language): Notice {
  const { asks, until } = headings[language];
  const details = purpose.attributes.map(({ name, why }) => `${findAttribute(name)?.labels[language] ?? name}: ${why[language]}`);
  const lines = [registered.agency.name[language], registered.service.name[language], purpose.text[language], asks, ...details, until];
  return toNotice(purpose, language, lines.join('\n'));
}

/** At an ordinary pace, most skim; nobody decides before they can have read a line. */
function drawReadingMs(life: Life, notice: Notice): number {
  return Math.max(9000, notice.text.length * 60) + 6000 * drawTail(life.dice, 0.9);
}

type Answer = NonNullable<Twist['answer']>;

function drawAnswer(life: Life, { asked: { purpose, kind }, twist }: Told): Answer {
  const isChoice = toBasis(purpose, kind).type === 'consent';
  if (twist.answer !== undefined) {
    return twist.answer;
  }
  const unrest = findUnrest(life.country, { clientId: purpose.clientId, purposeId: purpose.id, at: life.now });
  const refuses = unrest?.refuses ?? 0.05;
  if (isChoice && isLucky(life.dice, refuses)) {
    return 'refused';
  }
  return isLucky(life.dice, 0.05) ? 'deferred' : 'given';
}

/** Where a button is not enough the passkey confirms; nobody's passkey is there to sign, so the record says the method and holds no signature. */
async function agree(life: Life, context: DecisionContext, { asked, group }: Agreeing): Promise<Outcome<unknown, ErrorCode>> {
  const needs = toConsentNeeds(life, group);
  const optional = asked.request.attributes.filter(({ necessity }) => necessity === 'optional').map(({ name }) => name);
  const chosen = optional.filter(() => isLucky(life.dice, 0.62));
  const shownVersion = life.records.get(toKey(asked.purpose.clientId, asked.purpose.id))?.version ?? null;
  const isLaw = toBasis(asked.purpose, asked.kind).type !== 'consent';
  const choice = { asked: asked.request, chosen: isLaw ? [] : chosen, language: life.language, shownVersion, agreed: asked.agreed };
  const planned = await planGrant(needs, context, choice);
  if (!planned.ok) {
    return planned;
  }
  const reasons = findConfirmationReasons(planned.value.terms, { now: needs.clock.now(), isOffline: false });
  const { expression } = context;
  const confirmed = expression && { ...expression, method: 'button_passkey' as const, nonce: createToken(life.dice) };
  return recordDecision(needs, reasons.length === 0 ? context : { ...context, expression: confirmed }, planned.value);
}

type Agreeing = Pick<Told, 'asked'> & { readonly group: string | undefined };

export function toDecisionContext(
  life: Life,
  { asked, registered }: Pick<Told, 'asked' | 'registered'>,
  notice: Notice | null,
): DecisionContext {
  const { session } = life;
  return {
    person: life.person,
    registered,
    purpose: asked.purpose,
    subject: getOwnSubject(life, registered.service.sector),
    notice,
    expression: session && {
      method: 'button',
      acr: session.acr,
      amr: session.amr,
      authTime: session.authTime,
      deviceClass: /iphone|android/.test(life.device) ? 'handheld' : 'computer',
      sessionRef: session.uid,
    },
  };
}

function toDecisionGroup(life: Life, { asked: { purpose }, twist }: Told, answer: Answer): string | undefined {
  const unrest = findUnrest(life.country, { clientId: purpose.clientId, purposeId: purpose.id, at: life.now });
  const ofUnrest = answer === 'refused' ? unrest?.group : undefined;
  return (twist.marks?.includes('decision') ?? true) ? (twist.group ?? ofUnrest) : ofUnrest;
}

/** True where something stands afterwards under which data may leave. */
export async function decide(life: Life, told: Told): Promise<boolean> {
  const { asked, twist } = told;
  const notice = createNotice(told, life.language);
  const about = { service: asked.purpose.clientId, purpose: asked.purpose.id, purposeVersion: asked.purpose.version };
  append(life, {
    type: 'consent.requested',
    actor: { kind: 'service', ref: about.service },
    ...about,
    record: life.records.get(toKey(about.service, about.purpose))?.id ?? null,
    attributes: asked.request.attributes.map(({ name }) => name),
    payload: { language: life.language, notice_sha256: notice.digest },
  });
  pass(life, twist.readsForMs ?? drawReadingMs(life, notice));
  const context = toDecisionContext(life, told, notice);
  const answer = drawAnswer(life, told);
  const group = toDecisionGroup(life, told, answer);
  const turned = { request: asked.request, language: life.language, agreed: asked.agreed };
  const needs = toConsentNeeds(life, group);
  const outcome =
    answer === 'given'
      ? await agree(life, context, { asked, group })
      : await (answer === 'refused' ? refuseConsent : deferConsent)(needs, context, turned);
  if (!outcome.ok) {
    throw new TypeError(
      `a life went wrong at ${about.service}/${about.purpose}: ${outcome.code} ${outcome.detail} at ${toClock(life).now()}`,
    );
  }
  return answer === 'given';
}
