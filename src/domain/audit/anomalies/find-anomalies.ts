// One sweep of every rule over a period of the log, as it stood at a checkpoint.

import { catchUp } from '../catch-up.ts';
import { ceremonyRule } from './ceremony-rule.ts';
import { clockRule, flawRules, hastyRule, overdueRule } from './flaw-rules.ts';
import { burstRule, curiousRule, nightRule } from './officer-rules.ts';
import { refusalRule } from './refusal-rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';
import { unusedRule } from './unused-rule.ts';
import { widenedRule } from './widened-rule.ts';

export const rules: readonly Rule[] = [
  ...flawRules,
  widenedRule,
  ceremonyRule,
  hastyRule,
  refusalRule,
  overdueRule,
  unusedRule,
  burstRule,
  nightRule,
  curiousRule,
  clockRule,
];

export type Sweep = {
  readonly size: number;
  readonly findings: readonly { readonly rule: Rule; readonly anomalies: readonly Anomaly[] }[];
};

export async function findAnomalies(ports: AnomalyPorts, asked: Omit<Swept, 'below'>): Promise<Sweep> {
  const size = await catchUp(ports);
  const findings: Sweep['findings'][number][] = [];
  for (const rule of rules.filter(({ readsAll }) => readsAll !== true || asked.services === null)) {
    findings.push({ rule, anomalies: await rule.find(ports, { ...asked, below: size }) });
  }
  return { size, findings };
}
