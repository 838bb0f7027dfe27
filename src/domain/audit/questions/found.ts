// What the rules of anomalies find where a question is asked: the same rules as on the page of anomalies, over what is in sight and nothing else.

import { rules } from '../anomalies/find-anomalies.ts';
import type { Anomaly, Swept } from '../anomalies/rule.ts';
import type { Asking, Column, Question, Row, Table } from './question.ts';

function toServices({ services, sight, values }: Asking): readonly string[] | null {
  const isNarrow = sight.services !== null || values.agency !== undefined || values.service !== undefined;
  return isNarrow ? services.map(({ service }) => service.clientId) : null;
}

function toSwept(asking: Asking): Swept {
  const { now, page, sight, values } = asking;
  return {
    from: Math.max(values.from ?? 0, sight.covers.from ?? 0),
    to: Math.min(values.to ?? now + 1, sight.covers.to ?? Number.MAX_SAFE_INTEGER),
    below: sight.below,
    services: toServices(asking),
    ...(sight.personRefs === null ? {} : { personRefs: sight.personRefs }),
    most: page.limit,
  };
}

const columns: readonly Column[] = [
  { name: 'rule', kind: 'rule' },
  { name: 'service', kind: 'service' },
  { name: 'purpose', kind: 'purpose' },
  { name: 'actor', kind: 'actor' },
  { name: 'at', kind: 'time' },
  { name: 'entries', kind: 'indexes' },
];

function toRow({ entries, from, officer, purpose, rule, service }: Anomaly): Row {
  const place = purpose === null ? null : `${service ?? ''} ${purpose}`;
  return { cells: [rule, service, place, officer === null ? null : `officer ${officer}`, from, entries.map(String)], entries: null };
}

/** Nothing where the question has no rule. */
export async function listFound(asking: Asking, { rules: names }: Pick<Question, 'rules'>): Promise<readonly Table[]> {
  const swept = toSwept(asking);
  const isWhole = swept.services === null && swept.personRefs === undefined;
  const own = rules.filter(({ name, readsAll }) => names.includes(name) && (isWhole || readsAll !== true));
  if (own.length === 0) {
    return [];
  }
  const { officer } = asking.values;
  const found = (await Promise.all(own.map(async (rule) => rule.find(asking.ports, swept)))).flat();
  const rows = found.filter((each) => officer === undefined || each.officer === officer).map(toRow);
  return [{ name: 'found', columns, rows, chart: null, isCut: false }];
}
