// How services answer for what was taken back from them: most in good time, some on the last day, one of them late.

import { answerDuty, toDutyDraft } from '../../src/domain/duties/answer-duty.ts';
import type { Answer } from '../../src/domain/duties/answer-duty.ts';
import type { Duty } from '../../src/domain/duties/duty.ts';
import type { DutiesStore } from '../../src/domain/duties/store.ts';
import { toTimestamp } from '../../src/domain/kernel/clock.ts';
import { drawBetween, isLucky } from './dice.ts';
import { mark, perform, seal, toNeeds, wait } from './life.ts';
import type { Life } from './life.ts';

/** Planted: it lets the day pass. */
export const lateService = 'ufuq-lines';
/** Lawful, and looks alike: it answers in the last hours of the last day. */
export const lastDayService = 'amal-open';

const article = { ar: 'نظام المحفوظات، المادة 7', en: 'Records Law, article 7' };

const notHere = (): never => {
  throw new TypeError('a life knows nothing but its own duties');
};

async function answer(life: Life, duty: Duty, given: Answer): Promise<void> {
  const duties: DutiesStore = {
    findDuty: async (id) => life.duties.get(id),
    saveAnswer: async (saved) => {
      life.duties.set(duty.id, { ...(life.duties.get(duty.id) ?? duty), state: saved.state, article: saved.article, answeredAt: saved.at });
      perform(life, { kind: 'answer', answer: saved });
      return 'saved';
    },
    listDuties: notHere,
    listOfService: notHere,
    listOverdue: notHere,
    listUnrecorded: notHere,
    recordOverdue: notHere,
    saveRequest: notHere,
  };
  await answerDuty({ ...toNeeds(life), duties }, { clientId: duty.clientId }, { id: duty.id, answer: given });
}

function tellOverdue(life: Life, duty: Duty): void {
  const known = life.duties.get(duty.id) ?? duty;
  const draft = toDutyDraft(known, 'rp.overdue', { due_at: toTimestamp(known.dueAt), state: known.state });
  const event = seal(life, { ...draft, actor: { kind: 'system', ref: null } });
  mark(life, event, 'overdue-answers');
  perform(life, { kind: 'overdue', overdue: { id: duty.id, at: event.at, event } });
}

/** Of the time there is: how much passes before the answer. */
function drawPart(life: Life, { clientId }: Duty): number {
  if (clientId === lateService) {
    return drawBetween(life.dice, 1.1, 2.4);
  }
  return clientId === lastDayService ? drawBetween(life.dice, 0.965, 0.998) : drawBetween(life.dice, 0.02, 0.8);
}

export function followDuty(life: Life, duty: Duty): void {
  life.duties.set(duty.id, duty);
  const given = duty.dueAt - duty.createdAt;
  const part = drawPart(life, duty);
  const isKept = isLucky(life.dice, 0.15);
  if (isLucky(life.dice, 0.2)) {
    wait(life, given * Math.min(part, 1) * 0.5, async (later) => answer(later, duty, { state: 'acknowledged' }));
  }
  if (part > 1) {
    wait(life, given + drawBetween(life.dice, 1000, 60_000), (later) => tellOverdue(later, duty));
  }
  wait(life, given * part, async (later) => {
    const known = life.duties.get(duty.id) ?? duty;
    await answer(later, known, isKept ? { state: 'kept', article } : { state: 'erased' });
  });
}
