// Tells the log of each duty whose day has passed without an answer: once, by whichever node sees it first. Who reads a duty computes it and needs no log.

import { sealEvent } from '../ledger/event.ts';
import { toTimestamp } from '../kernel/clock.ts';
import { toDutyDraft } from './answer-duty.ts';
import type { DutyNeeds } from './answer-duty.ts';

const mostAtOnce = 100;

/** How many there were; call again while it is not 0. */
export async function recordOverdue(needs: DutyNeeds): Promise<number> {
  const now = needs.clock.now();
  const passed = await needs.duties.listUnrecorded({ now, limit: mostAtOnce });
  for (const duty of passed) {
    const draft = toDutyDraft(duty, 'rp.overdue', { due_at: toTimestamp(duty.dueAt), state: duty.state });
    const event = sealEvent(needs, { ...draft, actor: { kind: 'system', ref: null } });
    await needs.duties.recordOverdue({ id: duty.id, at: now, event });
  }
  return passed.length;
}
