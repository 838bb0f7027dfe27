// What the log itself shows to be wrong at its place: releases without a record that stood, beyond the purpose, sign-ins below the level, acts of somebody who
// had died. The projection of facts marks them; here they are counted by service. Each must be zero. And decisions made faster than anybody reads.

import { nothingMore, readAll, toFilter, toPlace } from './rule.ts';
import type { Anomaly, AnomalyPorts, Rule, RuleName, Swept } from './rule.ts';
import type { FactFilter, Flaw } from '../facts.ts';
import { clockToleranceMs } from '../judge-fact.ts';

/** Services, of which a country has few. */
const mostServices = 100_000;
/** Entries that are looked through for those of no service. */
const readLimit = 5000;

type Looked = { readonly rule: RuleName; readonly filter: Partial<FactFilter> };

type Shown = Pick<Swept, 'most'> & Pick<Anomaly, 'service'>;

/** The oldest of them, and the last; no filter asks for entries of no service. */
async function readSome(ports: AnomalyPorts, filter: FactFilter, { most, service }: Shown) {
  if (service === null) {
    return (await readAll(ports, filter, readLimit)).filter((fact) => fact.service === null);
  }
  const own = { ...filter, services: [service] };
  const some = await readAll(ports, own, most);
  const newest = await ports.facts.readFacts(own, { order: 'newest-first', after: null, limit: 1 });
  return [...some, ...newest.facts.filter(({ index }) => index > (some.at(-1)?.index ?? -1))];
}

/** One finding for each service. All are counted; only some are read, to be shown. */
async function findByService(ports: AnomalyPorts, swept: Swept, { rule, filter }: Looked): Promise<readonly Anomaly[]> {
  const asked = toFilter(swept, filter);
  const groups = await ports.facts.groupFacts(asked, { by: ['service'], limit: mostServices });
  const found = groups.map(async ({ count, keys }): Promise<Anomaly> => {
    const service = typeof keys[0] === 'string' ? keys[0] : null;
    const own = await readSome(ports, asked, { most: swept.most, service });
    return { ...nothingMore, rule, service, numbers: { count }, ...toPlace(own, swept.most) };
  });
  return Promise.all(found);
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

export const hastyRule: Rule = {
  name: 'hasty',
  mustBeZero: false,
  limits: {},
  find: (ports, swept) => findByService(ports, swept, { rule: 'hasty', filter: toFlawed('hasty') }),
};

export const overdueRule: Rule = {
  name: 'overdue-answers',
  mustBeZero: false,
  limits: {},
  find: (ports, swept) => findByService(ports, swept, { rule: 'overdue-answers', filter: { types: ['rp.overdue'] } }),
};
