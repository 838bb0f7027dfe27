// A purpose that was widened without anybody's approval: a later version of it names more attributes than the one before, and no approval of that version stands
// in the log. With it what left under the new version that its people had not granted.

import type { Fact } from '../facts.ts';
import { termsOf } from '../judge-fact.ts';
import { nothingMore, readAll, toFilter, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';

/** Changes of purposes and approvals that one sweep reads. */
const readLimit = 20_000;

const toName = ({ service, purpose }: Fact): string => `${service} ${purpose}`;

function findAdded(change: Fact, changes: readonly Fact[]): readonly string[] {
  const own = changes.filter((other) => toName(other) === toName(change) && other.index < change.index);
  const before = own.at(-1);
  return before === undefined ? [] : termsOf(change, 'attribute').filter((name) => !termsOf(before, 'attribute').includes(name));
}

function isApproved(change: Fact, approvals: readonly Fact[]): boolean {
  return approvals.some((each) => toName(each) === toName(change) && each.purposeVersion === change.purposeVersion);
}

async function toAnomaly(ports: AnomalyPorts, swept: Swept, { added, change }: Widened): Promise<Anomaly> {
  const { service, purpose, purposeVersion: version, index } = change;
  const about = { ...(purpose === null ? {} : { purpose }), ...(version === null ? {} : { purposeVersion: version }) };
  const marks = [{ kind: 'flaw', term: 'beyond-consent' }] as const;
  const filter = toFilter(swept, { types: ['data.released'], ...about, ...(service === null ? {} : { services: [service] }), marks });
  const left = await readAll(ports, { ...filter, from: change.at }, readLimit);
  const all = [change, ...left.filter((release) => release.index > index)];
  const numbers = { version: version ?? 0, added: added.length, releases: all.length - 1 };
  return { ...nothingMore, rule: 'widened-unannounced', service, purpose, numbers, ...toPlace(all, swept.most) };
}

type Widened = { readonly change: Fact; readonly added: readonly string[] };

async function findWidened(ports: AnomalyPorts, swept: Swept): Promise<readonly Anomaly[]> {
  const { personRefs: _people, ...register } = swept;
  const everBefore = { ...register, from: 0 };
  const changes = await readAll(ports, toFilter(everBefore, { types: ['purpose.changed'] }), readLimit);
  const approvals = await readAll(ports, toFilter(everBefore, { types: ['purpose.approved'] }), readLimit);
  const widened = changes
    .filter((change) => change.at >= swept.from && !isApproved(change, approvals))
    .map((change) => ({ change, added: findAdded(change, changes) }))
    .filter(({ added }) => added.length > 0);
  return Promise.all(widened.map(async (each) => toAnomaly(ports, swept, each)));
}

export const widenedRule: Rule = { name: 'widened-unannounced', mustBeZero: true, limits: {}, find: findWidened };
