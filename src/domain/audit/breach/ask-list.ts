// Asking for the list of a breach. Who is on it is fixed then, in the order of their pseudonyms, which says nothing; asking shows nobody.

import { Fault, refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { Millis } from '../../kernel/clock.ts';
import { createUuid } from '../../kernel/ids.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { EventType, SealedEvent, SealNeeds } from '../../ledger/event.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import { catchUp } from '../catch-up.ts';
import { toCaseFilter } from '../case-people.ts';
import type { CaseFilter } from '../case-people.ts';
import type { CaseNeeds } from '../case-needs.ts';
import { toCasePseudonym } from '../case.ts';
import type { OpenedCase } from '../case.ts';
import type { FactFilter, FactStore } from '../facts.ts';
import { openRequestMs } from '../unmask.ts';
import { longestBreachList } from './list.ts';
import type { BreachList } from './list.ts';
import type { BreachStore } from './store.ts';

export type BreachNeeds = CaseNeeds & {
  readonly breaches: BreachStore;
  readonly facts: Pick<FactStore, 'projectFacts' | 'findProjected' | 'findReadable' | 'groupFacts'>;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint'>;
};

export type BreachAsked = Pick<BreachList, 'service' | 'from' | 'to'>;

export type BreachPeople = { readonly personRefs: readonly string[]; readonly size: number };

type Refusal = 'breach/other-basis' | 'breach/outside' | 'breach/nobody' | 'breach/too-many';

type Facts = Pick<BreachNeeds, 'facts' | 'ledger'>;

/** A list made from a part of the log would look whole. */
async function findWholeSize(needs: Facts): Promise<number> {
  const covered = (await needs.ledger.findCheckpoint())?.size ?? 0;
  const size = await catchUp(needs);
  if (size < covered) {
    throw new Fault('store/unavailable', 'the facts are behind the log');
  }
  return size;
}

const isWithin = ({ services, from, to }: CaseFilter, asked: BreachAsked): boolean =>
  (services?.includes(asked.service) ?? true) && asked.from >= (from ?? asked.from) && asked.to <= (to ?? asked.to);

export function toReleases({ service, from, to, size }: Pick<BreachList, 'service' | 'from' | 'to' | 'size'>): FactFilter {
  return { types: ['data.released'], services: [service], from, to, below: size };
}

/** Whose data the service received then, within the reach of a case on a breach. */
export async function findBreachPeople(
  needs: BreachNeeds,
  opened: OpenedCase,
  asked: BreachAsked,
): Promise<Outcome<BreachPeople, Refusal>> {
  const reach = await toCaseFilter(needs, opened);
  if (opened.basis !== 'breach') {
    return refuse('breach/other-basis', opened.id);
  }
  if (!isWithin(reach, asked)) {
    return refuse('breach/outside', 'another service or time than the case reaches');
  }
  const size = await findWholeSize(needs);
  const { personRefs } = reach;
  const filter = { ...toReleases({ ...asked, size }), ...(personRefs === undefined ? {} : { personRefs }) };
  const groups = await needs.facts.groupFacts(filter, { by: ['person'], limit: longestBreachList + 2 });
  const found = groups.map(({ keys: [person] }) => person).filter((person) => typeof person === 'string');
  if (found.length === 0 || found.length > longestBreachList) {
    return refuse(found.length === 0 ? 'breach/nobody' : 'breach/too-many', opened.id);
  }
  const places = new Map(found.map((personRef) => [personRef, toCasePseudonym(opened, personRef)]));
  return succeed({ personRefs: found.toSorted((one, other) => ((places.get(one) ?? '') < (places.get(other) ?? '') ? -1 : 1)), size });
}

type Told = {
  readonly type: Extract<EventType, `unmask.${string}`>;
  /** Null where its time has passed. */
  readonly officerId: string | null;
  readonly number: string;
  /** Who is told of it; absent where it is about the whole list. */
  readonly person?: string;
};

/** It names the service, so that an auditor of its agency alone sees it too, and nobody. */
export function sealBreachEvent(needs: SealNeeds, { type, officerId, number, person }: Told, list: BreachList): SealedEvent {
  const { id, service, from, to, people, uses } = list;
  const actor = officerId === null ? ({ kind: 'system', ref: null } as const) : ({ kind: 'officer', ref: officerId } as const);
  const whole = person === undefined ? { people, from, to, uses } : {};
  const payload = { case: number, unmask: id, ...whole };
  return sealEvent(needs, { type, personRef: person ?? null, actor, actedBy: null, service, payload });
}

export type BreachRequest = BreachAsked &
  Pick<BreachList, 'reason' | 'minutes'> & { readonly officerId: string; readonly passkeyId: string };

export async function askBreachList(
  needs: BreachNeeds,
  opened: OpenedCase,
  asked: BreachRequest,
): Promise<Outcome<BreachList, Refusal | 'audit/case-ended'>> {
  const found = await findBreachPeople(needs, opened, asked);
  if (!found.ok) {
    return found;
  }
  const { personRefs, size } = found.value;
  const { officerId, passkeyId, ...about } = asked;
  const requestedAt: Millis = needs.clock.now();
  const list: BreachList = {
    ...about,
    id: createUuid(needs.random, requestedAt),
    caseId: opened.id,
    size,
    people: personRefs.length,
    requestedBy: officerId,
    requestedWith: passkeyId,
    requestedAt,
    openUntil: requestedAt + openRequestMs,
    ...({ state: 'asked', decidedBy: null, decidedAt: null, usableUntil: null, uses: 0 } as const),
  };
  const event = sealBreachEvent(needs, { type: 'unmask.requested', officerId, number: opened.number }, list);
  const saved = await needs.breaches.saveBreachAsked({ list, personRefs, event });
  return saved === 'saved' ? succeed(list) : refuse(saved, opened.id);
}
