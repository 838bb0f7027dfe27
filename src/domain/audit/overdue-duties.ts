// Which services owe an answer whose day has passed. It says which service, for what and since when, and nobody: neither a subject nor a record leaves.

import type { AgenciesStore } from '../agencies/store.ts';
import type { Duty } from '../duties/duty.ts';
import type { DutiesStore } from '../duties/store.ts';
import { dayMs } from '../kernel/clock.ts';
import type { Clock, Millis } from '../kernel/clock.ts';

export type OverdueDuty = Pick<Duty, 'id' | 'kind' | 'state' | 'attributes' | 'createdAt' | 'dueAt' | 'toldAt'> & {
  readonly service: string;
  readonly agency: string;
  readonly purpose: string;
  /** Whole days since the day passed. */
  readonly daysOver: number;
};

export type OverdueNeeds = {
  readonly clock: Clock;
  readonly duties: Pick<DutiesStore, 'listOverdue'>;
  readonly agencies: Pick<AgenciesStore, 'findService'>;
};

export type OverdueAsked = {
  readonly after: string | null;
  readonly limit: number;
  /** Of a mandate; null for all. */
  readonly services?: readonly string[] | null;
};

export type OverduePage = { readonly duties: readonly OverdueDuty[]; readonly next: string | null };

function toOverdue(duty: Duty, agency: string, now: Millis): OverdueDuty {
  const { id, kind, state, attributes, createdAt, dueAt, toldAt, clientId: service, purposeId: purpose } = duty;
  const daysOver = Math.floor((now - dueAt) / dayMs);
  return { id, kind, state, attributes, createdAt, dueAt, toldAt, service, agency, purpose, daysOver };
}

/** In the order in which they were opened. `after` is the id of the last one of the page before. */
export async function listOverdueDuties(needs: OverdueNeeds, { after, limit, services = null }: OverdueAsked): Promise<OverduePage> {
  const now = needs.clock.now();
  const found = await needs.duties.listOverdue({ now, limit, after, services });
  const duties: OverdueDuty[] = [];
  for (const duty of found) {
    const registered = await needs.agencies.findService(duty.clientId);
    duties.push(toOverdue(duty, registered?.agency.id ?? '', now));
  }
  return { duties, next: found.length < limit ? null : (found.at(-1)?.id ?? null) };
}
