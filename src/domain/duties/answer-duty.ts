import type { Localized } from '../agencies/agency.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventDraft, EventType } from '../ledger/event.ts';
import { canFollow } from './duty.ts';
import type { Duty, DutyState } from './duty.ts';
import type { DutiesStore } from './store.ts';

export type Answer = { readonly state: 'acknowledged' | 'erased' } | { readonly state: 'kept'; readonly article: Localized };

const types: Readonly<Record<Answer['state'], EventType>> = {
  acknowledged: 'rp.acknowledged',
  erased: 'rp.erased',
  kept: 'rp.kept_by_law',
};

export type DutyNeeds = { readonly clock: Clock; readonly random: Random; readonly duties: DutiesStore };

/** What the entries of a duty have in common. The article is words of the agency and stands in the entry as its digest only. */
export function toDutyDraft(duty: Duty, type: EventType, payload: { readonly [name: string]: string }): EventDraft {
  const { clientId: service, purposeId: purpose, recordId: record, attributes, personId: personRef } = duty;
  const actor = { kind: 'service', ref: service } as const;
  return { type, personRef, actor, actedBy: null, service, purpose, record, attributes, payload: { duty: duty.id, ...payload } };
}

/** A service at its interface, or an operator who holds what the agency wrote. */
export type Answerer = { readonly clientId: string } | { readonly letter: string };

type Answered = { readonly answer: Answer; readonly by: Answerer; readonly at: Millis };

/** The reference of the letter stands in the entry for good, and names nobody. */
function toAnsweredDraft(duty: Duty, { answer, at, by }: Answered): EventDraft {
  const inTime = answer.state === 'acknowledged' ? {} : { in_time: at < duty.dueAt ? 'yes' : 'no' };
  const kept = answer.state === 'kept' ? { article_sha256: toDigest(`${answer.article.ar}\n${answer.article.en}`) } : {};
  const article = { ...kept, ...inTime };
  const type = types[answer.state];
  return 'letter' in by
    ? { ...toDutyDraft(duty, type, { ...article, reference: by.letter }), actor: { kind: 'operator', ref: null }, actedBy: 'authority' }
    : toDutyDraft(duty, type, article);
}

function isSame(duty: Duty, answer: Answer): boolean {
  const article = answer.state === 'kept' ? answer.article : null;
  return duty.state === answer.state && duty.article?.ar === article?.ar && duty.article?.en === article?.en;
}

/**
 * A service answers for a duty of its own, also after the day has passed. The same answer again is the same answer.
 * `duty/unknown` when there is none, or it is another service's; `duty/answered` when another answer stands.
 */
export async function answerDuty(
  needs: DutyNeeds,
  by: Answerer,
  { id, answer }: { readonly id: string; readonly answer: Answer },
): Promise<Outcome<Duty, 'duty/unknown' | 'duty/answered'>> {
  const duty = await needs.duties.findDuty(id);
  if (duty === undefined || ('clientId' in by && duty.clientId !== by.clientId)) {
    return refuse('duty/unknown', 'no duty of this service');
  }
  if (isSame(duty, answer)) {
    return succeed(duty);
  }
  const { state } = answer;
  if (!canFollow(duty.state, state)) {
    return refuse('duty/answered', `${duty.state} is not followed by ${state}`);
  }
  const article = answer.state === 'kept' ? answer.article : null;
  const at = needs.clock.now();
  const event = sealEvent(needs, toAnsweredDraft(duty, { answer, at, by }));
  const before: DutyState = duty.state;
  const saved = await needs.duties.saveAnswer({ id, before, state, article, at, event });
  return saved === 'saved' ? succeed({ ...duty, state, article, answeredAt: at }) : refuse('duty/answered', 'another answer came first');
}
