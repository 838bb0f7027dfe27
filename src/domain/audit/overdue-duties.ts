// Which services owe an answer whose day has passed. It says which service, for what and since when, and nobody: neither a subject nor a record leaves.

import type { AgenciesStore } from '../agencies/store.ts';
import type { Duty } from '../duties/duty.ts';
import type { DutiesStore } from '../duties/store.ts';
import { dayMs } from '../kernel/clock.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { recordLook } from './look.ts';
import type { Looker, LookNeeds } from './look.ts';
import { listMandated } from './mandate.ts';

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

export type OverdueLookNeeds = OverdueNeeds & Pick<LookNeeds, 'agencies' | 'assertRoom' | 'random' | 'record'>;
export type OverdueLook = Pick<OverdueAsked, 'after' | 'limit'> & { readonly form: string };

/** As far as the mandate goes. In the log before anything is handed out, as every look. */
export async function lookAtOverdueDuties(needs: OverdueLookNeeds, by: Looker, { form, ...asked }: OverdueLook): Promise<OverduePage> {
  const page = await listOverdueDuties(needs, { ...asked, services: await listMandated(needs, by) });
  const payload = { query: 'duties', case: null, after: asked.after, returned: page.duties.length, form };
  await recordLook(needs, by, { type: 'record.searched', payload });
  return page;
}
