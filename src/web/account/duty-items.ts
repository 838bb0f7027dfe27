// What agencies owe a person, as the person's pages show it.

import type { StoredConsent } from '../../domain/consent/consent.ts';
import { findErasable } from '../../domain/consent/find-erasable.ts';
import { isAnswered, isOverdue } from '../../domain/duties/duty.ts';
import type { Duty } from '../../domain/duties/duty.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import type { Dates } from '../../../views/dates.ts';
import type { DutyItem } from '../../../views/duty-model.ts';
import type { PageNeeds } from '../needs.ts';
import type { Account } from './open-account.ts';

function toTold({ messageId, toldAt }: Duty): DutyItem['told'] {
  if (toldAt !== null) {
    return { how: 'told', at: toldAt };
  }
  return { how: messageId === null ? 'untold' : 'telling' };
}

type At = { readonly now: Millis; readonly language: 'ar' | 'en'; readonly dates: Dates };

function toDutyItem(duty: Duty, at: At): DutyItem {
  const { kind, state, dueAt, answeredAt, article } = duty;
  const isLate = isOverdue(duty, at.now);
  const runs = !isAnswered(duty) && !isLate;
  return {
    kind,
    state: isLate ? 'overdue' : state,
    told: toTold(duty),
    dueAt,
    daysLeft: runs ? at.dates.countDays(at.now, dueAt) : null,
    answeredAt,
    article: article?.[at.language] ?? null,
  };
}

export type DutyReader = (recordId: string, version?: number) => readonly DutyItem[];

/** By record: names of what its agency can still be asked to erase. */
export async function readErasable(
  needs: PageNeeds,
  { person }: Account,
  consents: readonly StoredConsent[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const used = consents.filter(({ lastUsedAt }) => lastUsedAt !== null);
  const versions = Map.groupBy(await needs.home.readVersions(used.map(({ id }) => id)), ({ consentId }) => consentId);
  const duties = Map.groupBy(await needs.duties.listDuties(person.id), ({ recordId }) => recordId);
  return new Map(
    used.map((consent) => {
      const facts = { usage: consent, versions: versions.get(consent.id) ?? [], duties: duties.get(consent.id) ?? [] };
      return [consent.id, findErasable(facts)];
    }),
  );
}

/** Everything owed to the person, by record; of one version of it where that is asked for. Newest first. */
export async function createDutyReader(needs: PageNeeds, { person, language, frame }: Account): Promise<DutyReader> {
  const duties = await needs.duties.listDuties(person.id);
  const now = needs.clock.now();
  return (recordId, version) =>
    duties
      .filter((duty) => duty.recordId === recordId && (version === undefined || duty.version === version))
      .map((duty) => toDutyItem(duty, { now, language, dates: frame.dates }));
}
