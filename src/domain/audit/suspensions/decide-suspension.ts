// The second of the two people: another member, by another name and with another passkey. Where they agree, it happens in the same act: the status, its entry, and what the
// agency is told.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { SealedEvent } from '../../ledger/event.ts';
import type { OpenedCase } from '../case.ts';
import { isOwnRequest } from '../decide-unmask.ts';
import type { UnmaskJudged } from '../decide-unmask.ts';
import { isUndecided } from '../unmask.ts';
import { sealSuspensionEvent } from './ask-suspension.ts';
import type { SuspensionNeeds } from './ask-suspension.ts';
import { findReached, findSubject, listReceivers } from './reach.ts';
import type { FoundSubject } from './reach.ts';
import { toSignal } from './signal.ts';
import type { SuspensionEffect } from './store.ts';
import type { Suspension } from './suspension.ts';

const outcomes = {
  approve: { state: 'approved', type: 'suspension.approved' },
  deny: { state: 'denied', type: 'suspension.denied' },
} as const;

type Refusal = 'unmask/unknown' | 'unmask/own' | 'unmask/decided' | 'suspension/outside' | 'suspension/no-effect';

type Agreed = { readonly opened: OpenedCase; readonly suspension: Suspension; readonly officerId: string };

function sealChange(needs: SuspensionNeeds, { opened, suspension, officerId }: Agreed, found: FoundSubject): SealedEvent {
  const turn = suspension.orderId === null ? { from: 'active', to: 'suspended' } : { from: 'suspended', to: 'active' };
  const actor = { kind: 'officer', ref: officerId } as const;
  const by = { ...turn, case: opened.number, suspension: suspension.id };
  return found.kind === 'service'
    ? sealEvent(needs, {
        type: 'service.status_changed',
        personRef: null,
        actor,
        service: suspension.subject,
        payload: { agency: found.agencyId, ...by },
      })
    : sealEvent(needs, {
        type: 'officer.status_changed',
        personRef: null,
        actor,
        payload: { officer: found.officer.id, role: found.officer.role, ...by },
      });
}

async function toEffect(needs: SuspensionNeeds, agreed: Agreed): Promise<Outcome<SuspensionEffect, 'suspension/outside'>> {
  const { opened, suspension } = agreed;
  const subject = { kind: suspension.kind, id: suspension.subject };
  const found = findSubject(await findReached(needs, opened), subject);
  if (found === undefined) {
    return refuse('suspension/outside', 'not within the reach of the case any more');
  }
  const status = suspension.orderId === null ? 'suspended' : 'active';
  const receivers = await listReceivers(needs, found.agencyId);
  const told = receivers.map(({ service: { clientId } }) => toSignal(needs, { subject, status }, clientId));
  return succeed({ suspension, event: sealChange(needs, agreed, found), told });
}

export async function decideSuspension(
  needs: SuspensionNeeds,
  opened: OpenedCase,
  { id, officer, passkeyId, decision }: UnmaskJudged,
): Promise<Outcome<Suspension, Refusal>> {
  const suspension = await needs.suspensions.findSuspension(id);
  if (suspension?.caseId !== opened.id) {
    return refuse('unmask/unknown', 'none of this case');
  }
  if (await isOwnRequest(needs, suspension, { officer, passkeyId })) {
    return refuse('unmask/own', id);
  }
  if (!isUndecided(suspension, needs.clock.now())) {
    return refuse('unmask/decided', id);
  }
  const { state, type } = outcomes[decision];
  const effect = decision === 'deny' ? succeed(null) : await toEffect(needs, { opened, suspension, officerId: officer.id });
  if (!effect.ok) {
    return effect;
  }
  const event = sealSuspensionEvent(needs, { type, officerId: officer.id, number: opened.number }, suspension);
  const decided = { id, state, decidedBy: officer.id, decidedWith: passkeyId, event, effect: effect.value };
  const saved = await needs.suspensions.saveSuspensionDecided(decided);
  return saved === 'saved' ? succeed({ ...suspension, state }) : refuse(saved, id);
}

/** What was not decided in time ends with an entry; what stands goes on. */
export async function expireSuspensions(needs: Pick<SuspensionNeeds, 'clock' | 'random' | 'suspensions'>): Promise<number> {
  return needs.suspensions.expireSuspensions(needs.clock.now(), (over) =>
    sealSuspensionEvent(needs, { type: 'suspension.expired', officerId: null, number: over.number }, over),
  );
}
