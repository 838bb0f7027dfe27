// One sweep of every rule over a period of the log, as it stood at a checkpoint.

import type { Millis } from '../../kernel/clock.ts';
import { flawRules, hastyRule, overdueRule } from './flaw-rules.ts';
import { burstRule, curiousRule, nightRule } from './officer-rules.ts';
import { refusalRule } from './refusal-rule.ts';
import type { Anomaly, AnomalyPorts, Rule, Swept } from './rule.ts';
import { unusedRule } from './unused-rule.ts';

export const rules: readonly Rule[] = [...flawRules, hastyRule, refusalRule, overdueRule, unusedRule, burstRule, nightRule, curiousRule];

export type Sweep = {
  readonly size: number;
  readonly at: Millis | null;
  readonly findings: readonly { readonly rule: Rule; readonly anomalies: readonly Anomaly[] }[];
};

const projectLimit = 5000;

/** Every entry of the checkpoint has to be among the facts before anything is counted. */
async function bringUp({ facts }: AnomalyPorts, size: number): Promise<void> {
  for (let done = -1, last = -2; done < size && done !== last;) {
    last = done;
    done = (await facts.projectFacts(projectLimit)).size;
  }
}

export async function findAnomalies(ports: AnomalyPorts, asked: Omit<Swept, 'below'>): Promise<Sweep> {
  const checkpoint = await ports.ledger.findCheckpoint();
  const size = checkpoint?.size ?? 0;
  await bringUp(ports, size);
  const findings: Sweep['findings'][number][] = [];
  for (const rule of rules) {
    findings.push({ rule, anomalies: await rule.find(ports, { ...asked, below: size }) });
  }
  return { size, at: checkpoint?.at ?? null, findings };
}
