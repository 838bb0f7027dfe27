// What the log itself shows to be wrong at its place: releases without a record that stood, beyond the purpose, sign-ins below the level, acts of somebody who
// had died. The projection of facts marks them; here they are counted by service. Each must be zero. And decisions made faster than anybody reads.

import type { EventType } from '../../ledger/event.ts';
import { nothingMore, readAll, toFilter, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, RuleName, Swept } from './rule.ts';
import type { FactFilter, Flaw } from '../facts.ts';
import { clockToleranceMs } from '../judge-fact.ts';

/** Most entries of one rule that are read for one sweep. */
const readLimit = 5000;

/** One finding for each service. */
async function findByService(
  ports: AnomalyPorts,
  swept: Swept,
  { rule, filter }: { readonly rule: RuleName; readonly filter: Partial<FactFilter> },
): Promise<readonly Anomaly[]> {
  const found = await readAll(ports, toFilter(swept, filter), readLimit);
  return [...Map.groupBy(found, ({ service }) => service)].map(([service, own]) => ({
    ...nothingMore,
    rule,
    service,
    numbers: { count: own.length },
    ...toPlace(own, swept.most),
  }));
}

const toFlawed = (term: Flaw) => ({ marks: [{ kind: 'flaw', term }] }) as const;

function createFlawRule(name: RuleName, flaw: Flaw): Rule {
  const filter = toFlawed(flaw);
  return { name, mustBeZero: true, limits: {}, find: (ports, swept) => findByService(ports, swept, { rule: name, filter }) };
}

export const flawRules: readonly Rule[] = [
  createFlawRule('no-record', 'no-record'),
  createFlawRule('after-withdrawal', 'after-withdrawal'),
  createFlawRule('after-expiry', 'after-expiry'),
  createFlawRule('paused', 'paused'),
  createFlawRule('outside-purpose', 'beyond-purpose'),
  createFlawRule('beyond-consent', 'beyond-consent'),
  createFlawRule('below-level', 'below-level'),
  createFlawRule('after-death', 'after-death'),
];

export const clockRule: Rule = {
  name: 'clock-back',
  mustBeZero: false,
  limits: { minutes: clockToleranceMs / 60_000 },
  find: (ports, swept) => findByService(ports, swept, { rule: 'clock-back', filter: toFlawed('clock-back') }),
};

const decisions: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.notified', 'consent.refused'];
/** Nobody reads a notice and finds the button in less. */
const readingMs = 1000;

export const hastyRule: Rule = {
  name: 'hasty',
  mustBeZero: false,
  limits: {},
  find: (ports, swept) => findByService(ports, swept, { rule: 'hasty', filter: { types: decisions, elapsedBelow: readingMs } }),
};

export const overdueRule: Rule = {
  name: 'overdue-answers',
  mustBeZero: false,
  limits: {},
  find: (ports, swept) => findByService(ports, swept, { rule: 'overdue-answers', filter: { types: ['rp.overdue'] } }),
};
